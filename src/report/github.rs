//! Findings as workflow commands, which GitHub shows beside the changed lines of a pull request.

use super::Sources;
use crate::check::{Findings, Notice};
use crate::lint::{Level, Place};

/// Renders a command a finding, and one for each note that somebody should act on.
pub fn github(findings: &Findings, sources: &Sources) -> Vec<u8> {
    let mut commands: Vec<((&str, u32, u32), String)> = Vec::new();
    for diagnostic in &findings.findings {
        let finding = &diagnostic.finding;
        let kind = if diagnostic.level == Level::Deny { "error" } else { "warning" };
        let mut message = vec![finding.message.clone()];
        message.extend(
            finding.chain.iter().zip(1..).map(|(step, n)| format!("{n}. {}: {}", sources.shown(step.at), step.what)),
        );
        message.extend(finding.help.iter().map(|help| format!("help: {help}")));
        let title = format!("unsnarl ({})", finding.lint);
        let command = command(kind, &title, Some(finding.at), &message.join("\n"), sources);
        commands.push((sources.order(finding.at), command));
    }
    commands.sort();
    let told = commands.into_iter().map(|(_, command)| command);
    let notes = findings.notes.iter().filter(|note| note.kind.is_warning()).map(|note| notice(note, sources));
    told.chain(notes).collect::<String>().into_bytes()
}

fn notice(note: &Notice, sources: &Sources) -> String {
    let help = note.help.iter().map(|help| format!("\nhelp: {help}")).collect::<String>();
    let title = format!("unsnarl ({})", note.kind.name());
    command("notice", &title, note.at, &format!("{}{help}", note.message), sources)
}

fn command(kind: &str, title: &str, at: Option<Place>, message: &str, sources: &Sources) -> String {
    let place = at.map(|at| {
        let source = sources.get(at.file);
        let (start, end) = (source.position(at.span.start), source.position(at.span.end));
        // Columns are only understood within one line.
        let columns = if start.line == end.line {
            format!(",col={},endColumn={}", start.column, end.column)
        } else {
            String::new()
        };
        format!(",file={},line={},endLine={}{columns}", property(&source.shown), start.line, end.line)
    });
    format!("::{kind} title={}{}::{}\n", property(title), place.unwrap_or_default(), data(message))
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value between commas.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_value_is_escaped() {
        assert_eq!(data("50 %\r\nof: a, b"), "50 %25%0D%0Aof: a, b");
        assert_eq!(property("a:b,c%"), "a%3Ab%2Cc%25");
    }
}

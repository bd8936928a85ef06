//! Findings for people and tools that read a line each.

use super::Sources;
use super::text::{Detail, counts};
use crate::check::{Diagnostic, Findings, Notice};
use crate::lint::{Certainty, Level};

/// Renders `path:line:column: warning[lint]: message`, one line a finding, then notes in the same form and a summary.
pub fn concise(findings: &Findings, sources: &Sources, detail: Detail) -> Vec<u8> {
    let mut out = finding_lines(findings, sources);
    out += &note_lines(findings, sources, detail);
    if detail != Detail::Findings {
        out += &counts(&findings.summary);
        out.push('\n');
    }
    out.into_bytes()
}

/// The findings, a line each.
pub(super) fn finding_lines(findings: &Findings, sources: &Sources) -> String {
    let line = |diagnostic: &Diagnostic| (sources.order(diagnostic.finding.at), finding_line(diagnostic, sources));
    let mut lines: Vec<((&str, u32, u32), String)> = findings.findings.iter().map(line).collect();
    // Paths that are shown from the working directory are in another order than paths from the root.
    lines.sort();
    lines.into_iter().map(|(_, line)| line + "\n").collect()
}

pub(super) fn finding_line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let finding = &diagnostic.finding;
    let kind = if diagnostic.level == Level::Deny { "error" } else { "warning" };
    let certainty = match finding.certainty {
        Certainty::Certain => String::new(),
        less => format!(" ({})", less.name()),
    };
    format!("{}: {kind}[{}]: {}{certainty}", sources.shown(finding.at), finding.lint, finding.message)
}

/// The notes that are shown, a line each.
pub(super) fn note_lines(findings: &Findings, sources: &Sources, detail: Detail) -> String {
    let shown = findings.notes.iter().filter(|note| detail.shows(note.kind));
    shown.map(|note| note_line(note, sources) + "\n").collect()
}

pub(super) fn note_line(note: &Notice, sources: &Sources) -> String {
    let kind = if note.kind.is_warning() { "warning" } else { "note" };
    let place = note.at.map(|at| format!("{}: ", sources.shown(at))).unwrap_or_default();
    format!("{place}{kind}[{}]: {}", note.kind.name(), note.message)
}

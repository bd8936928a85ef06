//! Findings for people, with the code they are about.

use super::Sources;
use crate::check::{Diagnostic, Findings, Notice, NoticeKind, Summary};
use crate::lint::{Certainty, Finding, Level, Place};
use crate::text::FileId;
use codespan_reporting::diagnostic::{self, Label, Severity};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term::termcolor::Buffer;
use codespan_reporting::term::{self, Config, DisplayStyle};
use rustc_hash::FxHashMap;
use std::io::Write;
use std::ops::Range;

/// Other places of the same cause that are written out; the rest is counted.
const PLACES_SHOWN: usize = 5;

/// How much is told besides findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    Findings,
    /// A summary, and the notes that somebody may act on.
    #[default]
    Notes,
    /// A summary and all notes.
    All,
}

impl Detail {
    /// Whether notes of a kind are told.
    pub fn shows(self, kind: NoticeKind) -> bool {
        match self {
            Detail::Findings => false,
            Detail::Notes => !kind.is_quiet(),
            Detail::All => true,
        }
    }
}

/// Renders findings, notes and a summary; with `color`, for a terminal that understands ANSI sequences.
pub fn text(findings: &Findings, sources: &Sources, color: bool) -> Vec<u8> {
    text_in_detail(findings, sources, color, Detail::default())
}

/// As [`text`], with more or less than the findings.
pub fn text_in_detail(findings: &Findings, sources: &Sources, color: bool, detail: Detail) -> Vec<u8> {
    let mut out = buffer(color);
    for note in findings.notes.iter().filter(|note| detail.shows(note.kind)) {
        write_note(&mut out, note, sources);
    }
    if findings.notes.iter().any(|note| detail.shows(note.kind)) {
        line(&mut out, "");
    }
    for group in causes(&findings.findings) {
        let (first, others) = group.split_first().expect("a group has a finding");
        emit(&mut out, &Config::default(), sources, &rendered(first, others, sources));
    }
    if detail != Detail::Findings {
        line(&mut out, &counts(&findings.summary));
    }
    out.into_inner()
}

/// Renders one finding, with the code.
pub(super) fn finding(diagnostic: &Diagnostic, sources: &Sources, color: bool) -> String {
    let mut out = buffer(color);
    emit(&mut out, &Config::default(), sources, &rendered(diagnostic, &[], sources));
    written(out)
}

/// Renders one note.
pub(super) fn note(note: &Notice, sources: &Sources, color: bool) -> String {
    let mut out = buffer(color);
    write_note(&mut out, note, sources);
    written(out)
}

fn written(out: Buffer) -> String {
    String::from_utf8(out.into_inner()).expect("only text is written")
}

/// Something that is wrong with a configuration or catalogue file, so that nothing was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misconfiguration {
    /// The file as people know it.
    pub shown: String,
    pub text: String,
    /// Bytes of the text.
    pub span: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

/// What is wrong with a configuration file, on one line: `unsnarl.toml:3: …`.
pub fn described(error: &Misconfiguration) -> String {
    let line = error.text[..error.span.start].matches('\n').count() + 1;
    let help = error.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!("{}:{line}: {}{help}", error.shown, error.message)
}

/// Renders what is wrong with a configuration file.
pub fn misconfiguration(error: &Misconfiguration, color: bool) -> Vec<u8> {
    let mut out = buffer(color);
    let file = SimpleFile::new(&error.shown, &error.text);
    let diagnostic = diagnostic::Diagnostic::error()
        .with_message(&error.message)
        .with_label(Label::primary((), error.span.clone()))
        .with_notes_iter(error.help.iter().map(|help| format!("help: {help}")));
    emit(&mut out, &Config::default(), &file, &diagnostic);
    out.into_inner()
}

fn buffer(color: bool) -> Buffer {
    if color { Buffer::ansi() } else { Buffer::no_color() }
}

fn line(out: &mut Buffer, text: &str) {
    writeln!(out, "{text}").expect("writing to memory does not fail");
}

fn emit<'f, F>(out: &mut Buffer, config: &Config, files: &'f F, diagnostic: &diagnostic::Diagnostic<F::FileId>)
where
    F: codespan_reporting::files::Files<'f> + ?Sized,
{
    let styles = term::Styles::default();
    let mut writer = term::StylesWriter::new(out, &styles);
    term::emit_to_write_style(&mut writer, config, files, diagnostic)
        .expect("labels lie in files that the report was given");
}

/// Findings with an equal cause together, at the place of the first.
fn causes(findings: &[Diagnostic]) -> Vec<Vec<&Diagnostic>> {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    let mut known: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    for diagnostic in findings {
        let cause = diagnostic.finding.cause.as_str();
        if cause.is_empty() {
            groups.push(vec![diagnostic]);
            continue;
        }
        let group = *known.entry((diagnostic.finding.lint, cause)).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(group) => group.push(diagnostic),
            None => groups.push(vec![diagnostic]),
        }
    }
    for group in &mut groups {
        // The surest and shortest explains the cause best; the sort is stable, so the first of equals stays first.
        group.sort_by_key(|diagnostic| {
            (std::cmp::Reverse(diagnostic.finding.certainty), diagnostic.finding.chain.len())
        });
    }
    groups
}

fn rendered(first: &Diagnostic, others: &[&Diagnostic], sources: &Sources) -> diagnostic::Diagnostic<FileId> {
    let finding = &first.finding;
    let severity = if first.level == Level::Deny { Severity::Error } else { Severity::Warning };
    let mut labels = vec![label(Label::primary, finding.at, sources).with_message(&finding.label)];
    for (n, step) in finding.chain.iter().enumerate() {
        labels.push(label(Label::secondary, step.at, sources).with_message(format!("{}: {}", n + 1, step.what)));
    }
    let mut notes: Vec<String> = finding.help.iter().map(|help| format!("help: {help}")).collect();
    notes.extend(remarks(finding));
    notes.extend(other_places(others, sources));
    diagnostic::Diagnostic::new(severity)
        .with_code(finding.lint)
        .with_message(&finding.message)
        .with_labels(labels)
        .with_notes(notes)
}

/// What is to be known of a finding besides help.
pub(super) fn remarks(finding: &Finding) -> impl Iterator<Item = String> {
    let certainty = match finding.certainty {
        Certainty::Certain => None,
        less => Some(format!("this is {}, not certain", less.name())),
    };
    let also = finding.also.iter().map(|name| format!("`{name}` complains of the same call"));
    certainty.into_iter().chain(also)
}

fn other_places(others: &[&Diagnostic], sources: &Sources) -> Option<String> {
    if others.is_empty() {
        return None;
    }
    let shown = others.iter().take(PLACES_SHOWN).map(|other| {
        let place = sources.shown(other.finding.at);
        if other.finding.function.is_empty() {
            format!("\n{place}")
        } else {
            format!("\n{place} in `{}`", other.finding.function)
        }
    });
    let places = if others.len() == 1 { "1 other place".to_owned() } else { format!("{} other places", others.len()) };
    let rest = match others.len().saturating_sub(PLACES_SHOWN) {
        0 => String::new(),
        rest => format!("\nand {rest} more"),
    };
    Some(format!("reached from {places}:{}{rest}", shown.collect::<String>()))
}

/// A label that ends on the line where it begins: a call of many lines is told by its first.
fn label(kind: fn(FileId, Range<usize>) -> Label<FileId>, at: Place, sources: &Sources) -> Label<FileId> {
    let text = &sources.get(at.file).text;
    let mut range = at.span.range();
    if let Some(first) = text.get(range.clone()).and_then(|code| code.find(['\n', '\r'])) {
        range.end = range.start + first;
    }
    kind(at.file, range)
}

fn write_note(out: &mut Buffer, note: &Notice, sources: &Sources) {
    let severity = if note.kind.is_warning() { Severity::Warning } else { Severity::Note };
    let rich = matches!(
        note.kind,
        NoticeKind::Directive(_)
            | NoticeKind::UnusedAllow
            | NoticeKind::UnusedNonBlocking
            | NoticeKind::UnknownFunction
    );
    let display_style = if rich { DisplayStyle::Rich } else { DisplayStyle::Short };
    let diagnostic = diagnostic::Diagnostic::new(severity)
        .with_code(note.kind.name())
        .with_message(&note.message)
        .with_labels(note.at.map(|at| label(Label::primary, at, sources)).into_iter().collect())
        .with_notes_iter(note.help.iter().map(|help| format!("help: {help}")));
    emit(out, &Config { display_style, ..Config::default() }, sources, &diagnostic);
}

/// What was found, in one line.
pub(super) fn counts(summary: &Summary) -> String {
    let checked = counted(summary.files, "file");
    let total = summary.denied + summary.warned;
    let mut told = match (total, summary.denied) {
        (0, _) => format!("no findings in {checked}"),
        (_, 0) => format!("{} in {checked}", counted(total, "finding")),
        (_, denied) => format!("{} in {checked}, {denied} of them denied", counted(total, "finding")),
    };
    if summary.silenced > 0 {
        told += &format!("; {} silenced by comments", summary.silenced);
    }
    if summary.uncertain > 0 {
        told += &format!("; {} too uncertain to show (`--min-certainty`)", summary.uncertain);
    }
    told
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

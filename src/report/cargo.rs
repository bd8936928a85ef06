//! Findings as cargo's messages: a JSON object a line, in the shape of `cargo check --message-format=json`.
//!
//! Does not know where packages come from.

use super::Sources;
use super::concise;
use super::text::{self, Detail};
use crate::check::{Diagnostic, Findings, Notice, NoticeKind};
use crate::lint::{Level, Place};
use serde::Serialize;
use std::collections::BTreeSet;

/// A package as messages name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CargoPackage {
    /// As `cargo metadata` gives it.
    pub id: String,
    pub manifest_path: String,
    pub targets: Vec<CargoTarget>,
}

/// A target of a package, as messages write it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CargoTarget {
    pub kind: Vec<String>,
    pub crate_types: Vec<String>,
    pub name: String,
    pub src_path: String,
    pub edition: &'static str,
    /// None where the manifest says nothing of them.
    #[serde(rename = "required-features", skip_serializing_if = "Option::is_none")]
    pub required_features: Option<Vec<String>>,
    pub doc: bool,
    pub doctest: bool,
    pub test: bool,
}

/// What a file belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CargoPlace {
    pub package: usize,
    /// Of the package; messages name the first. Never empty.
    pub targets: Vec<usize>,
}

/// What the files of a program belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CargoPlaces {
    pub packages: Vec<CargoPackage>,
    /// By file; none for one outside of all packages.
    pub files: Vec<Option<CargoPlace>>,
}

/// What `rendered` holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CargoRendering {
    /// A line in place of the code.
    pub is_short: bool,
    /// For a terminal that understands ANSI sequences.
    pub has_color: bool,
}

/// What is told, in two streams.
#[derive(Debug, Default)]
pub struct CargoReport {
    /// Messages of the compiler's shape, a line each.
    pub messages: Vec<u8>,
    /// For people: what is about no file of a package.
    pub rest: Vec<u8>,
}

/// Findings and notes of packages' files as messages, by package, line and column; the rest in a line each.
///
/// `sources` show files from the folder of the workspace, as the compiler does.
pub fn cargo(
    findings: &Findings,
    sources: &Sources,
    places: &CargoPlaces,
    rendering: CargoRendering,
    detail: Detail,
) -> CargoReport {
    let mut messages: Vec<(Order<'_>, String)> = Vec::new();
    let mut rest = Findings::default();
    for diagnostic in &findings.findings {
        let at = diagnostic.finding.at;
        match places.files[at.file.0 as usize].as_ref() {
            Some(place) => {
                let told = of_finding(diagnostic, sources, rendering);
                messages.push((order(at, place, sources), line(&CompilerMessage::of(place, places, told))));
            }
            None => rest.findings.push(diagnostic.clone()),
        }
    }
    for note in &findings.notes {
        let at = note.at.filter(|_| is_message(note.kind));
        match at.and_then(|at| Some((at, places.files[at.file.0 as usize].as_ref()?))) {
            Some((at, place)) => {
                let told = of_notice(note, at, sources, rendering);
                messages.push((order(at, place, sources), line(&CompilerMessage::of(place, places, told))));
            }
            None => rest.notes.push(note.clone()),
        }
    }
    messages.sort();
    let messages: String = messages.into_iter().map(|(_, line)| line).collect();
    let mut rest_told = concise::finding_lines(&rest, sources);
    rest_told += &concise::note_lines(&rest, sources, detail);
    CargoReport { messages: messages.into_bytes(), rest: rest_told.into_bytes() }
}

/// Lines that say that these targets, given as package and target, are done.
///
/// Readers take them as a sign that what is not told of the package anymore is gone.
pub fn cargo_artifacts(places: &CargoPlaces, targets: &BTreeSet<(usize, usize)>) -> Vec<u8> {
    let artifact = |(package, target): &(usize, usize)| {
        let package = &places.packages[*package];
        line(&CompilerArtifact {
            reason: "compiler-artifact",
            package_id: &package.id,
            manifest_path: &package.manifest_path,
            target: &package.targets[*target],
            profile: Profile {
                opt_level: "0",
                debuginfo: 2,
                debug_assertions: true,
                overflow_checks: true,
                test: false,
            },
            features: [],
            filenames: [],
            executable: None,
            fresh: false,
        })
    };
    targets.iter().map(artifact).collect::<String>().into_bytes()
}

/// The last line.
pub fn cargo_finished(success: bool) -> Vec<u8> {
    line(&BuildFinished { reason: "build-finished", success }).into_bytes()
}

/// Package, path, line, column.
type Order<'a> = (usize, &'a str, u32, u32);

fn order<'a>(at: Place, place: &CargoPlace, sources: &'a Sources) -> Order<'a> {
    let (path, line, column) = sources.order(at);
    (place.package, path, line, column)
}

fn line(record: &impl Serialize) -> String {
    serde_json::to_string(record).expect("plain records always serialize") + "\n"
}

/// Notes about files are the compiler's own to tell, and it tells them better.
fn is_message(kind: NoticeKind) -> bool {
    kind.is_warning() && !matches!(kind, NoticeKind::File(_))
}

fn of_finding<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources, rendering: CargoRendering) -> Message<'a> {
    let finding = &diagnostic.finding;
    let mut spans = vec![Span::of(finding.at, Some(finding.label.clone()), true, sources)];
    for (step, n) in finding.chain.iter().zip(1..) {
        let within = if step.function.is_empty() { String::new() } else { format!(", in `{}`", step.function) };
        spans.push(Span::of(step.at, Some(format!("{n}{within}: {}", step.what)), false, sources));
    }
    let mut children = Vec::new();
    // Where anything follows, rust-analyzer takes the label of the primary span for a repetition and leaves it out.
    if !finding.message.contains(&finding.label) {
        children.push(Message::child("note", finding.label.clone()));
    }
    children.extend(finding.help.iter().map(|help| Message::child("help", help.clone())));
    children.extend(text::remarks(finding).map(|remark| Message::child("note", remark)));
    let address = diagnostic.lint.address();
    children.push(Message::child("help", format!("for further information visit {address}")));
    let rendered = match rendering.is_short {
        true => format!("{}\n", concise::finding_line(diagnostic, sources)),
        false => text::finding(diagnostic, sources, rendering.has_color),
    };
    Message {
        rendered: Some(rendered),
        message_type: Some("diagnostic"),
        children,
        code: Some(Code::of(finding.lint)),
        level: if diagnostic.level == Level::Deny { "error" } else { "warning" },
        message: finding.message.clone(),
        spans,
    }
}

fn of_notice<'a>(note: &'a Notice, at: Place, sources: &'a Sources, rendering: CargoRendering) -> Message<'a> {
    let rendered = match rendering.is_short {
        true => format!("{}\n", concise::note_line(note, sources)),
        false => text::note(note, sources, rendering.has_color),
    };
    Message {
        rendered: Some(rendered),
        message_type: Some("diagnostic"),
        children: note.help.iter().map(|help| Message::child("help", help.clone())).collect(),
        code: Some(Code::of(note.kind.name())),
        level: "warning",
        message: note.message.clone(),
        spans: vec![Span::of(at, None, true, sources)],
    }
}

#[derive(Serialize)]
struct CompilerMessage<'a> {
    reason: &'static str,
    package_id: &'a str,
    manifest_path: &'a str,
    target: &'a CargoTarget,
    message: Message<'a>,
}

impl<'a> CompilerMessage<'a> {
    fn of(place: &CargoPlace, places: &'a CargoPlaces, message: Message<'a>) -> CompilerMessage<'a> {
        let package = &places.packages[place.package];
        let target = *place.targets.first().expect("a file that has a package has a target");
        CompilerMessage {
            reason: "compiler-message",
            package_id: &package.id,
            manifest_path: &package.manifest_path,
            target: &package.targets[target],
            message,
        }
    }
}

#[derive(Serialize)]
struct CompilerArtifact<'a> {
    reason: &'static str,
    package_id: &'a str,
    manifest_path: &'a str,
    target: &'a CargoTarget,
    profile: Profile,
    features: [&'a str; 0],
    filenames: [&'a str; 0],
    executable: Option<&'a str>,
    fresh: bool,
}

/// That of `cargo check`.
#[derive(Serialize)]
struct Profile {
    opt_level: &'static str,
    debuginfo: u32,
    debug_assertions: bool,
    overflow_checks: bool,
    test: bool,
}

#[derive(Serialize)]
struct BuildFinished {
    reason: &'static str,
    success: bool,
}

/// A message of the compiler, or one below it.
#[derive(Serialize)]
struct Message<'a> {
    rendered: Option<String>,
    #[serde(rename = "$message_type", skip_serializing_if = "Option::is_none")]
    message_type: Option<&'static str>,
    children: Vec<Message<'a>>,
    code: Option<Code>,
    level: &'static str,
    message: String,
    spans: Vec<Span<'a>>,
}

impl Message<'_> {
    /// One without a place of its own.
    fn child(level: &'static str, message: String) -> Self {
        Message {
            rendered: None,
            message_type: None,
            children: Vec::new(),
            code: None,
            level,
            message,
            spans: Vec::new(),
        }
    }
}

#[derive(Serialize)]
struct Code {
    code: String,
    explanation: Option<&'static str>,
}

impl Code {
    /// Readers split tool and lint at `::`.
    fn of(name: &str) -> Code {
        Code { code: format!("unsnarl::{name}"), explanation: None }
    }
}

/// A place; lines and columns count from 1, columns in characters, bytes in the file as it is on the disk.
#[derive(Serialize)]
struct Span<'a> {
    file_name: &'a str,
    byte_start: u32,
    byte_end: u32,
    line_start: u32,
    line_end: u32,
    column_start: u32,
    column_end: u32,
    is_primary: bool,
    text: Vec<SpanLine<'a>>,
    label: Option<String>,
    suggested_replacement: Option<&'static str>,
    suggestion_applicability: Option<&'static str>,
    expansion: Option<&'static str>,
}

/// A line of a span with the columns that are in it, the second one behind the last.
#[derive(Serialize)]
struct SpanLine<'a> {
    text: &'a str,
    highlight_start: u32,
    highlight_end: u32,
}

/// The compiler does not count it as a character.
const BYTE_ORDER_MARK: char = '\u{feff}';

impl<'a> Span<'a> {
    fn of(at: Place, label: Option<String>, is_primary: bool, sources: &'a Sources) -> Span<'a> {
        let source = sources.get(at.file);
        let position = |offset| {
            let position = source.position(offset);
            let is_marked = position.line == 1 && source.text.starts_with(BYTE_ORDER_MARK) && position.column > 1;
            (position.line, position.column - u32::from(is_marked))
        };
        let ((line_start, column_start), (line_end, column_end)) = (position(at.span.start), position(at.span.end));
        let text = (line_start..=line_end).map(|line| {
            let content = sources.line(at.file, line).unwrap_or_default();
            let content = content.strip_prefix(BYTE_ORDER_MARK).filter(|_| line == 1).unwrap_or(content);
            SpanLine {
                text: content,
                highlight_start: if line == line_start { column_start } else { 1 },
                highlight_end: if line == line_end { column_end } else { content.chars().count() as u32 + 1 },
            }
        });
        Span {
            file_name: &source.shown,
            byte_start: at.span.start,
            byte_end: at.span.end,
            line_start,
            line_end,
            column_start,
            column_end,
            is_primary,
            text: text.collect(),
            label: label.filter(|label| !label.is_empty()),
            suggested_replacement: None,
            suggestion_applicability: None,
            expansion: None,
        }
    }
}

//! Expectations written into sources: `#~ lint-name: words of the message` (Python), `//~ …` (Rust).
//!
//! An annotation speaks of its own line; each `^` behind the `~` moves it one line up. `MISSED` in front of the name
//! says that a finding ought to be there and is not, `WRONG` that one is there and ought not to be; the words are
//! then the reason.

use std::path::Path;
use unsnarl::check::{Diagnostic, Findings, Program, Project, Stop, Wanted, Workers};
use unsnarl::lint::Certainty;
use unsnarl::model::{DefKind, FileFacts};
use unsnarl::project::{self, Lowered, Request};
use unsnarl::report::Sources;
use unsnarl::text::{FileId, Span};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// There is a finding, rightly.
    Found,
    /// There is none, although there should be.
    Missed,
    /// There is one, although there should not be.
    Wrong,
}

#[derive(Clone, Debug)]
pub struct Annotation {
    pub line: u32,
    pub claim: Claim,
    pub lint: String,
    /// Part of the message, empty for any; the reason of what is missed or wrong.
    pub words: String,
}

/// Reads the annotations of a text.
pub fn annotations(text: &str, is_rust: bool) -> Vec<Annotation> {
    let marker = if is_rust { "//~" } else { "#~" };
    let mut all = Vec::new();
    for (n, line) in text.lines().enumerate() {
        for part in line.split(marker).skip(1) {
            let up = part.chars().take_while(|c| *c == '^').count();
            let part = part[up..].trim();
            let (claim, part) = match part.split_once(' ') {
                Some(("MISSED", rest)) => (Claim::Missed, rest),
                Some(("WRONG", rest)) => (Claim::Wrong, rest),
                _ => (Claim::Found, part),
            };
            let (lint, words) = part.split_once(':').unwrap_or((part, ""));
            all.push(Annotation {
                line: (n + 1 - up) as u32,
                claim,
                lint: lint.trim().to_owned(),
                words: words.trim().to_owned(),
            });
        }
    }
    all
}

/// The certainty from which findings are told, if the first line says so: `#@ min-certainty: possible`.
pub fn min_certainty(text: &str) -> Option<Certainty> {
    let first = text.lines().next()?;
    let setting = first.strip_prefix("#@").or_else(|| first.strip_prefix("//@"))?;
    let name = setting.trim().strip_prefix("min-certainty:")?;
    Some(Certainty::from_name(name.trim()).unwrap_or_else(|| panic!("`{name}` is a certainty")))
}

/// A project that was checked.
pub struct Checked {
    pub project: Project,
    pub sources: Sources,
    pub findings: Findings,
}

/// Checks a file, or a folder as a project.
pub fn check(path: &Path) -> Checked {
    let root = if path.is_dir() { path } else { path.parent().expect("a file is in a folder") };
    let request = Request {
        paths: vec![path.to_owned()],
        working_directory: root.to_owned(),
        root: Some(root.to_owned()),
        ..Request::default()
    };
    let loaded = project::load(&request).unwrap_or_else(|error| panic!("{} can be loaded: {error:?}", path.display()));
    let mut settings = loaded.settings();
    let asked = loaded.files.iter().find_map(|file| min_certainty(&file.source.decoded.text));
    settings.min_certainty = asked.unwrap_or(settings.min_certainty);
    let catalogue = loaded.configuration.catalogue().expect("the catalogue entries are right");
    let workers = Workers::new(Some(1)).expect("a thread can be started");
    let Lowered { project, sources, notices } = loaded.lower(catalogue.into(), &workers);
    assert_eq!(notices, []);
    let stop = Stop::never();
    let findings =
        workers.run(|| Program::link(&project, &stop).and_then(|it| it.findings(&settings, &Wanted::All, &stop)));
    Checked { project, sources, findings: findings.expect("nobody stops it") }
}

impl Checked {
    /// Every way in which findings and annotations differ, one line each.
    pub fn differences(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (n, file) in self.project.files.iter().enumerate() {
            self.compare(FileId(n as u32), &file.facts, &mut wrong);
        }
        wrong
    }

    fn compare(&self, id: FileId, facts: &FileFacts, wrong: &mut Vec<String>) {
        let source = self.sources.get(id);
        let is_rust = source.shown.ends_with(".rs");
        let expected = annotations(&source.text, is_rust);
        let found: Vec<&Diagnostic> =
            self.findings.findings.iter().filter(|diagnostic| diagnostic.finding.at.file == id).collect();
        let line_of = |diagnostic: &Diagnostic| source.position(diagnostic.finding.at.span.start).line;
        let fits = |annotation: &Annotation, diagnostic: &Diagnostic| {
            line_of(diagnostic) == annotation.line
                && diagnostic.finding.lint == annotation.lint
                && (annotation.claim != Claim::Found || diagnostic.finding.message.contains(&annotation.words))
        };
        for diagnostic in &found {
            let is_expected =
                |annotation: &&Annotation| annotation.claim != Claim::Missed && fits(annotation, diagnostic);
            if !expected.iter().any(|annotation| is_expected(&annotation)) {
                let finding = &diagnostic.finding;
                wrong.push(format!(
                    "{}:{}: unexpected {}: {} ({})",
                    source.shown,
                    line_of(diagnostic),
                    finding.lint,
                    finding.message,
                    finding.certainty.name()
                ));
            }
        }
        for annotation in expected.iter().filter(|annotation| annotation.claim != Claim::Missed) {
            if !found.iter().any(|diagnostic| fits(annotation, diagnostic)) {
                let Annotation { line, lint, words, .. } = annotation;
                wrong.push(format!("{}:{line}: not found: {lint}: {words}", source.shown));
            }
        }
        for (name, span) in named_functions(facts) {
            let lines = source.position(span.start).line..=source.position(span.end).line;
            let holds = |claim| expected.iter().any(|it| it.claim == claim && lines.contains(&it.line));
            let place = || format!("{}:{}: `{name}`", source.shown, lines.start());
            if name.ends_with("_bad") && !holds(Claim::Found) && !holds(Claim::Missed) {
                wrong.push(format!("{} promises a finding", place()));
            }
            if name.ends_with("_ok") && (holds(Claim::Found) || holds(Claim::Missed)) {
                wrong.push(format!("{} promises silence", place()));
            }
        }
    }
}

/// Functions of all kinds that have names, with their places in the file.
fn named_functions(facts: &FileFacts) -> Vec<(&str, Span)> {
    let defined = facts.outline.definitions.iter().filter(|definition| definition.kind == DefKind::Function);
    let mut all: Vec<(&str, Span)> = defined.map(|definition| (facts.text(definition.name), definition.span)).collect();
    for unit in &facts.units {
        // The first is the unit's own, which the outline has.
        let nested = unit.functions.iter().skip(1);
        all.extend(nested.map(|function| (facts.text(function.name), function.span.offset(unit.span.start))));
    }
    all
}

//! Findings for machines: version 1 of the JSON form.

use super::Sources;
use crate::check::{Diagnostic, Findings, Notice};
use crate::lint::{Place, Step};
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    findings: Vec<FindingRecord<'a>>,
    notes: Vec<NoteRecord<'a>>,
    summary: SummaryRecord,
}

/// A stretch of a file; lines and columns count from 1, the end is behind the last character.
#[derive(Serialize)]
pub(super) struct Extent<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

impl<'a> Extent<'a> {
    pub(super) fn of(at: Place, sources: &'a Sources) -> Extent<'a> {
        let source = sources.get(at.file);
        let (start, end) = (source.position(at.span.start), source.position(at.span.end));
        Extent {
            file: &source.shown,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

#[derive(Serialize)]
struct FindingRecord<'a> {
    lint: &'a str,
    family: &'a str,
    level: &'a str,
    certainty: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    at: Extent<'a>,
    function: &'a str,
    chain: Vec<StepRecord<'a>>,
    help: Vec<String>,
    cause: &'a str,
    fingerprint: String,
}

impl<'a> FindingRecord<'a> {
    fn of(diagnostic: &'a Diagnostic, sources: &'a Sources) -> FindingRecord<'a> {
        let finding = &diagnostic.finding;
        let also = finding.also.iter().map(|name| format!("`{name}` complains of the same call"));
        FindingRecord {
            lint: finding.lint,
            family: diagnostic.lint.family.name(),
            level: diagnostic.level.name(),
            certainty: finding.certainty.name(),
            severity: finding.severity.name(),
            message: &finding.message,
            at: Extent::of(finding.at, sources),
            function: &finding.function,
            chain: finding.chain.iter().map(|step| StepRecord::of(step, sources)).collect(),
            help: finding.help.iter().cloned().chain(also).collect(),
            cause: &finding.cause,
            fingerprint: format!("{:016x}", diagnostic.fingerprint),
        }
    }
}

#[derive(Serialize)]
pub(super) struct StepRecord<'a> {
    #[serde(flatten)]
    at: Extent<'a>,
    function: &'a str,
    what: &'a str,
}

impl<'a> StepRecord<'a> {
    pub(super) fn of(step: &'a Step, sources: &'a Sources) -> StepRecord<'a> {
        StepRecord { at: Extent::of(step.at, sources), function: &step.function, what: &step.what }
    }
}

#[derive(Serialize)]
struct NoteRecord<'a> {
    kind: &'a str,
    level: &'a str,
    message: &'a str,
    #[serde(flatten)]
    at: Option<Extent<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

impl<'a> NoteRecord<'a> {
    fn of(note: &'a Notice, sources: &'a Sources) -> NoteRecord<'a> {
        NoteRecord {
            kind: note.kind.name(),
            level: if note.kind.is_warning() { "warn" } else { "note" },
            message: &note.message,
            at: note.at.map(|at| Extent::of(at, sources)),
            help: note.help.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct SummaryRecord {
    files: usize,
    lines: u64,
    findings: usize,
    deny: usize,
    warn: usize,
    silenced: usize,
    uncertain: usize,
}

/// Renders everything that is told, in one document that ends with a line feed.
pub fn json(findings: &Findings, sources: &Sources) -> Vec<u8> {
    let summary = &findings.summary;
    let mut records: Vec<FindingRecord> =
        findings.findings.iter().map(|diagnostic| FindingRecord::of(diagnostic, sources)).collect();
    // Paths that are shown from the working directory are in another order than paths from the root.
    records.sort_by_key(|record| (record.at.file, record.at.line, record.at.column, record.lint));
    let report = Report {
        version: 1,
        findings: records,
        notes: findings.notes.iter().map(|note| NoteRecord::of(note, sources)).collect(),
        summary: SummaryRecord {
            files: summary.files,
            lines: summary.lines,
            findings: findings.findings.len(),
            deny: summary.denied,
            warn: summary.warned,
            silenced: summary.silenced,
            uncertain: summary.uncertain,
        },
    };
    let mut out = serde_json::to_vec_pretty(&report).expect("plain records always serialize");
    out.push(b'\n');
    out
}

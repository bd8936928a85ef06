//! Findings counted, by lint and by certainty.

use super::Sources;
use super::json::Extent;
use crate::check::{Findings, Resolved, Unresolved};
use crate::lint::Certainty;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Serialize)]
struct Statistics<'a> {
    version: u32,
    lints: Vec<LintRecord<'a>>,
    findings: usize,
    files: usize,
    lines: u64,
    silenced: usize,
    uncertain: usize,
    calls_in_async: CallRecord<'a>,
}

#[derive(Default, Serialize)]
struct LintRecord<'a> {
    lint: &'a str,
    findings: usize,
    certain: usize,
    likely: usize,
    possible: usize,
}

#[derive(Serialize)]
struct CallRecord<'a> {
    calls: u64,
    resolved: u64,
    unresolved: Vec<UnresolvedRecord<'a>>,
}

#[derive(Serialize)]
struct UnresolvedRecord<'a> {
    reason: &'a str,
    calls: u64,
    example: ExampleRecord<'a>,
    lacking: Vec<LackingRecord<'a>>,
}

#[derive(Serialize)]
struct LackingRecord<'a> {
    what: &'a str,
    calls: u64,
}

#[derive(Serialize)]
struct ExampleRecord<'a> {
    #[serde(flatten)]
    at: Extent<'a>,
    what: &'a str,
}

/// How much of the code on an event loop was understood, and why the rest was not.
#[derive(Clone, Debug, Default)]
pub struct Understood {
    pub resolved: Resolved,
    /// Most frequent first.
    pub unresolved: Vec<Unresolved>,
}

/// Reasons that are told.
const REASONS: usize = 10;
/// Things told of each that are lacking.
const LACKING: usize = 3;

fn lints(findings: &Findings) -> Vec<LintRecord<'_>> {
    let mut counts: BTreeMap<&str, LintRecord> = BTreeMap::new();
    for diagnostic in &findings.findings {
        let lint = diagnostic.finding.lint;
        let record = counts.entry(lint).or_insert_with(|| LintRecord { lint, ..LintRecord::default() });
        record.findings += 1;
        match diagnostic.finding.certainty {
            Certainty::Certain => record.certain += 1,
            Certainty::Likely => record.likely += 1,
            Certainty::Possible => record.possible += 1,
        }
    }
    counts.into_values().collect()
}

/// A table with a line a lint, and how many calls in code on an event loop were understood.
pub fn statistics(findings: &Findings, understood: &Understood, sources: &Sources) -> Vec<u8> {
    let resolved = understood.resolved;
    let records = lints(findings);
    let width = records.iter().map(|record| record.lint.len()).max().unwrap_or(0).max("lint".len());
    let mut out = String::new();
    let mut row = |lint: &str, [findings, certain, likely, possible]: [&str; 4]| {
        writeln!(out, "{lint:width$}  {findings:>8}  {certain:>7}  {likely:>6}  {possible:>8}")
            .expect("writing to memory does not fail");
    };
    row("lint", ["findings", "certain", "likely", "possible"]);
    for record in &records {
        let counts = [record.findings, record.certain, record.likely, record.possible].map(|n| n.to_string());
        row(record.lint, [&counts[0], &counts[1], &counts[2], &counts[3]]);
    }
    let share = match resolved.calls {
        0 => String::new(),
        calls => format!(" ({} %)", resolved.resolved * 100 / calls),
    };
    writeln!(
        out,
        "\n{} of {} calls in async functions and callbacks on the loop were resolved{share}",
        resolved.resolved, resolved.calls
    )
    .expect("writing to memory does not fail");
    let reasons = &understood.unresolved[..understood.unresolved.len().min(REASONS)];
    for unresolved in reasons {
        let Unresolved { reason, calls, example, detail, .. } = unresolved;
        let most: Vec<String> =
            lacking(unresolved).map(|(what, calls)| format!("{} ({calls})", what.trim_matches('`'))).collect();
        let most = if most.is_empty() { String::new() } else { format!(": {}", most.join(", ")) };
        writeln!(out, "{calls:>7}  {reason}{most}\n         {}: {detail}", sources.shown(*example))
            .expect("writing to memory does not fail");
    }
    if !reasons.is_empty() {
        out.push('\n');
    }
    out += &super::text::counts(&findings.summary);
    out.push('\n');
    out.into_bytes()
}

/// What is lacking more than once.
fn lacking(unresolved: &Unresolved) -> impl Iterator<Item = &(String, u64)> {
    unresolved.lacking.iter().filter(|(_, calls)| *calls > 1).take(LACKING)
}

/// The same for machines.
pub fn statistics_json(findings: &Findings, understood: &Understood, sources: &Sources) -> Vec<u8> {
    let Understood { resolved, unresolved } = understood;
    let unresolved = unresolved.iter().take(REASONS).map(|unresolved| UnresolvedRecord {
        reason: unresolved.reason,
        calls: unresolved.calls,
        example: ExampleRecord { at: Extent::of(unresolved.example, sources), what: &unresolved.detail },
        lacking: lacking(unresolved).map(|(what, calls)| LackingRecord { what, calls: *calls }).collect(),
    });
    let summary = &findings.summary;
    let statistics = Statistics {
        version: 1,
        lints: lints(findings),
        findings: findings.findings.len(),
        files: summary.files,
        lines: summary.lines,
        silenced: summary.silenced,
        uncertain: summary.uncertain,
        calls_in_async: CallRecord {
            calls: resolved.calls,
            resolved: resolved.resolved,
            unresolved: unresolved.collect(),
        },
    };
    let mut out = serde_json::to_vec_pretty(&statistics).expect("plain records always serialize");
    out.push(b'\n');
    out
}

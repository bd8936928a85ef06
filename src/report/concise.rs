//! Findings for people and tools that read a line each.

use super::Sources;
use super::text::{Detail, counts};
use crate::check::Findings;
use crate::lint::{Certainty, Level};
use std::fmt::Write;

/// Renders `path:line:column: warning[lint]: message`, one line a finding, then notes in the same form and a summary.
pub fn concise(findings: &Findings, sources: &Sources, detail: Detail) -> Vec<u8> {
    let mut lines: Vec<((&str, u32, u32), String)> = Vec::new();
    for diagnostic in &findings.findings {
        let finding = &diagnostic.finding;
        let kind = if diagnostic.level == Level::Deny { "error" } else { "warning" };
        let certainty = match finding.certainty {
            Certainty::Certain => String::new(),
            less => format!(" ({})", less.name()),
        };
        let line = format!("{kind}[{}]: {}{certainty}", finding.lint, finding.message);
        lines.push((sources.order(finding.at), line));
    }
    // Paths that are shown from the working directory are in another order than paths from the root.
    lines.sort();
    let mut out = String::new();
    for ((path, line, column), told) in lines {
        writeln!(out, "{path}:{line}:{column}: {told}").expect("writing to memory does not fail");
    }
    for note in findings.notes.iter().filter(|note| detail.shows(note.kind)) {
        let kind = if note.kind.is_warning() { "warning" } else { "note" };
        let place = note.at.map(|at| format!("{}: ", sources.shown(at))).unwrap_or_default();
        writeln!(out, "{place}{kind}[{}]: {}", note.kind.name(), note.message)
            .expect("writing to memory does not fail");
    }
    if detail != Detail::Findings {
        out += &counts(&findings.summary);
        out.push('\n');
    }
    out.into_bytes()
}

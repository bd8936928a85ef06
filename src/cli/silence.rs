//! `--add-suppressions`: comments in the user's files, until nothing is found.

use super::check::{Failure, Run};
use crate::check::{self, Change, Decoded, Program, Source};
use crate::project;
use crate::report::{SourceText, Sources};
use crate::text::{Edit, FileId, Span};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Where one lint is silenced at a call, another may be told that it had hidden.
const ROUNDS: usize = 4;

/// A file before and after.
struct Changed {
    text: String,
    edits: Vec<Edit>,
}

/// Silences what is told, in the program, in the texts and on the disk, and says in a line what was done. `files` are
/// the places of the program's files.
pub fn silence(
    run: &Run<'_>,
    program: &mut Program,
    sources: &mut Sources,
    files: &[PathBuf],
    reason: Option<&str>,
) -> Result<String, Failure> {
    let mut changed: BTreeMap<FileId, Changed> = BTreeMap::new();
    let mut findings = 0;
    for _ in 0..ROUNDS {
        let mut told: BTreeMap<FileId, Vec<(Span, Vec<&'static str>)>> = BTreeMap::new();
        for diagnostic in run.findings(program).findings {
            let finding = diagnostic.finding;
            let lints = std::iter::once(finding.lint).chain(finding.also).collect();
            told.entry(finding.at.file).or_default().push((finding.at.span, lints));
        }
        let mut changes = Vec::new();
        for (file, told) in told {
            let source = &mut sources.files[file.0 as usize];
            let dialect = program.project().files[file.0 as usize].facts.dialect;
            let decoded = Decoded { text: source.text.clone(), notes: Vec::new() };
            let silenced = run.workers.run(|| check::silence(&Source { dialect, decoded }, &told, reason));
            if silenced.edits.is_empty() {
                continue;
            }
            findings += told.len() - silenced.left;
            let decoded = Decoded { text: silenced.text.clone(), notes: Vec::new() };
            let facts = run.workers.run(|| check::lower(&Source { dialect, decoded }));
            changes.push(Change { file, facts: Arc::new(facts) });
            let before = std::mem::replace(source, SourceText::new(source.shown.clone(), silenced.text));
            let known = changed.entry(file).or_insert_with(|| Changed { text: before.text, edits: Vec::new() });
            known.edits.extend(silenced.edits);
        }
        if changes.is_empty() {
            break;
        }
        let linked = run.workers.run(|| program.change(&changes, &check::Stop::never()));
        linked.expect("nobody asks this run to stop");
    }
    let mut comments = 0;
    for (file, Changed { text, edits }) in &changed {
        let path = &files[file.0 as usize];
        project::rewrite(path, text, edits)
            .map_err(|why| Failure::Message(format!("`{}` cannot be changed: {why}", sources.get(*file).shown)))?;
        comments += edits.len();
    }
    Ok(match comments {
        0 => "no comments added".to_owned(),
        _ => format!(
            "{} silenced by {} in {}",
            counted(findings, "finding"),
            counted(comments, "comment"),
            counted(changed.len(), "file")
        ),
    })
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

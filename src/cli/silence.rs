//! `--add-suppressions`: comments in the user's files, until nothing is found.

use super::session::Run;
use crate::check::{self, Change, Decoded, Program, Silenced, Source};
use crate::model::FileFacts;
use crate::project;
use crate::report::{SourceText, Sources};
use crate::text::{Edit, FileId, Span};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Where one lint is silenced at a call, another may be told that it had hidden.
const ROUNDS: usize = 4;

/// A file in which something is to be silenced.
struct Job {
    file: FileId,
    source: Source,
    told: Vec<(Span, Vec<&'static str>)>,
}

/// A file before, and what leads to it after.
struct Changed {
    text: String,
    edits: Vec<Edit>,
}

/// What was done.
pub struct Added {
    /// In one line.
    pub told: String,
    /// Files that could not be changed, and why.
    pub failures: Vec<String>,
}

/// Silences what is told, in the program, in the texts and on the disk. `files` are the places of the program's files.
pub fn silence(
    run: &Run<'_>,
    program: &mut Program,
    sources: &mut Sources,
    files: &[PathBuf],
    reason: Option<&str>,
) -> Added {
    let mut changed: BTreeMap<FileId, Changed> = BTreeMap::new();
    let mut findings = 0;
    for _ in 0..ROUNDS {
        let mut told: BTreeMap<FileId, Vec<(Span, Vec<&'static str>)>> = BTreeMap::new();
        for diagnostic in run.findings(program).findings {
            let finding = diagnostic.finding;
            let lints = std::iter::once(finding.lint).chain(finding.also).collect();
            told.entry(finding.at.file).or_default().push((finding.at.span, lints));
        }
        let jobs: Vec<Job> = told
            .into_iter()
            .map(|(file, told)| {
                let dialect = program.project().files[file.0 as usize].facts.dialect;
                let decoded = Decoded { text: sources.get(file).text.clone(), notes: Vec::new() };
                Job { file, source: Source { dialect, decoded }, told }
            })
            .collect();
        let done: Vec<(Silenced, FileFacts)> = run.workers.run(|| {
            let silence = |job: &Job| check::silence(&job.source, &job.told, reason);
            jobs.par_iter().with_max_len(1).map(silence).collect()
        });
        let mut changes = Vec::new();
        for (job, (silenced, facts)) in jobs.into_iter().zip(done) {
            if silenced.edits.is_empty() {
                continue;
            }
            findings += job.told.len() - silenced.left;
            changes.push(Change { file: job.file, facts: Arc::new(facts) });
            let source = &mut sources.files[job.file.0 as usize];
            *source = SourceText::new(source.shown.clone(), silenced.text);
            let before = job.source.decoded.text;
            let known = changed.entry(job.file).or_insert_with(|| Changed { text: before, edits: Vec::new() });
            known.edits.extend(silenced.edits);
        }
        if changes.is_empty() {
            break;
        }
        let linked = run.workers.run(|| program.change(&changes, &check::Stop::never()));
        linked.expect("nobody asks this run to stop");
    }
    let mut comments = 0;
    let mut failures = Vec::new();
    for (file, Changed { text, edits }) in &changed {
        match project::rewrite(&files[file.0 as usize], text, edits) {
            Ok(()) => comments += edits.len(),
            Err(why) => failures.push(format!("`{}` cannot be changed: {why}", sources.get(*file).shown)),
        }
    }
    let files = changed.len() - failures.len();
    let told = match (changed.len(), failures.len()) {
        (0, _) => "no comments added".to_owned(),
        (_, 0) => format!(
            "{} silenced by {} in {}",
            counted(findings, "finding"),
            counted(comments, "comment"),
            counted(files, "file")
        ),
        _ => format!("{} added in {}", counted(comments, "comment"), counted(files, "file")),
    };
    Added { told, failures }
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

//! The whole analysis as calls: decode, lower, link, findings.
//!
//! Pure: no disk, no clock, no environment. The project's layout and the catalogue come in as data, findings go out as
//! files and byte spans; reading and printing are for others.

mod comments;
mod decode;
mod explain;
mod graph;
mod judge;
mod kept;
mod lower;
mod notice;
mod silence;
mod waits;

pub use comments::{allow_in_file, mark_non_blocking};
pub use decode::{DEFAULT_SIZE_LIMIT, Decoded, decode, too_large};
pub use explain::{ExplainedCall, ExplainedFinding, ExplainedFunction, Explanation, Reason};
pub use graph::{Graph, Link, Node, NodeKind, Through};
pub use judge::{Diagnostic, Settings, Summary, Verdict, Wanted};
pub use lower::{Source, Workers, lower, lower_after, outline, unread};
pub use notice::{Notice, NoticeKind};
pub use silence::{Silenced, apply, silence};
pub use waits::{Around, Waits, WaitsStep};

pub use crate::flow::{Crate, CrateKind, Layout, NamedFunction, NamedRole, ProjectFile, Role, Rule, Stop, Stopped};

use crate::catalogue::Catalogue;
use crate::flow;
use crate::flow::types::Gap;
use crate::lint::{Cx, Finding, Lint, Place, Suppressions, Thresholds};
use crate::model::FileFacts;
use crate::text::FileId;
use kept::Kept;
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Everything that a program is linked from, in any order; a program's ids follow the order of paths.
#[derive(Clone, Debug)]
pub struct Project {
    pub files: Vec<ProjectFile>,
    pub layout: Layout,
    pub catalogue: Arc<Catalogue>,
    pub thresholds: Thresholds,
    /// A rule that is left out, to see what it keeps silent; none for users.
    pub without: Option<Rule>,
}

/// New facts for a file that the program has.
#[derive(Clone, Debug)]
pub struct Change {
    pub file: FileId,
    pub facts: Arc<FileFacts>,
}

/// The linked files of a project.
#[derive(Debug)]
pub struct Program {
    project: Project,
    linked: flow::Program,
    /// What lints have found in its units, if it was linked to be changed.
    kept: Option<Mutex<Kept>>,
}

/// What is told, in the order of paths, lines, columns and lints.
#[derive(Debug, Default)]
pub struct Findings {
    pub findings: Vec<Diagnostic>,
    pub notes: Vec<Notice>,
    pub summary: Summary,
}

/// Calls in async functions and in callbacks on the loop, and how many of them lead to something that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    pub calls: u64,
    pub resolved: u64,
}

/// Calls on the loop that did not resolve, for one kind of reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// In plain words.
    pub reason: &'static str,
    pub calls: u64,
    /// The first of them, in the order of paths and positions.
    pub example: Place,
    /// The reason there.
    pub detail: String,
    /// What most of them lack, with counts: libraries, classes, functions.
    pub lacking: Vec<(String, u64)>,
}

impl Program {
    pub fn link(project: &Project, stop: &Stop) -> Result<Program, Stopped> {
        Program::link_keeping(project, None, stop)
    }

    /// As [`Program::link`], for a program that is going to be changed again and again: it remembers what depends on
    /// what, which takes memory.
    pub fn link_to_change(project: &Project, stop: &Stop) -> Result<Program, Stopped> {
        Program::link_keeping(project, Some(Mutex::default()), stop)
    }

    fn link_keeping(project: &Project, kept: Option<Mutex<Kept>>, stop: &Stop) -> Result<Program, Stopped> {
        let mut project = project.clone();
        project.files.sort_by(|a, b| a.path.cmp(&b.path));
        let linked = link(&project, kept.is_some(), stop)?;
        Ok(Program { project, linked, kept })
    }

    /// Replaces the facts of some files; afterwards the program answers as one linked anew. Facts that were made by
    /// [`lower_after`] those that they replace let it see what has not changed.
    ///
    /// A program whose change was stopped answers nothing that can be relied upon until it was changed once more, if by
    /// nothing.
    pub fn change(&mut self, changes: &[Change], stop: &Stop) -> Result<(), Stopped> {
        stop.check()?;
        for change in changes {
            self.project.files[change.file.0 as usize].facts = Arc::clone(&change.facts);
        }
        let new = changes.iter().map(|change| flow::NewFacts { file: change.file, facts: Arc::clone(&change.facts) });
        let changed = self.linked.change(new.collect(), assumptions(&self.project), stop);
        let unjudged = self.linked.take_unjudged();
        let kept = self.kept.as_mut().map(|kept| kept.get_mut().unwrap_or_else(PoisonError::into_inner));
        match changed {
            Some(changed) => {
                if let Some(kept) = kept {
                    kept.forget(unjudged);
                }
                changed
            }
            None => {
                let to_change = kept.map(|kept| *kept = Kept::default()).is_some();
                self.linked = link(&self.project, to_change, stop)?;
                Ok(())
            }
        }
    }

    pub fn project(&self) -> &Project {
        &self.project
    }

    /// How much of what runs on an event loop was understood.
    pub fn resolved_on_loop(&self) -> Resolved {
        let links = self.linked.on_loop().iter().filter_map(|func| self.linked.function_links(*func));
        links.fold(Resolved::default(), |sum, links| Resolved {
            calls: sum.calls + u64::from(links.calls),
            resolved: sum.resolved + u64::from(links.resolved),
        })
    }

    /// Why calls on an event loop were not understood, most frequent reasons first.
    pub fn unresolved_on_loop(&self, stop: &Stop) -> Result<Vec<Unresolved>, Stopped> {
        let mut reasons: FxHashMap<&'static str, Unresolved> = FxHashMap::default();
        let mut subjects: FxHashMap<&'static str, FxHashMap<String, u64>> = FxHashMap::default();
        for (at, gap) in self.linked.unresolved_on_loop(stop)? {
            let told = explain::told(&self.linked, &gap.unwrap_or(Gap::Value(at)));
            let example = Place { file: at.unit.file, span: self.linked.span(at) };
            let known = reasons.entry(told.kind).or_insert_with(|| Unresolved {
                reason: told.kind,
                calls: 0,
                example,
                detail: told.reason.what,
                lacking: Vec::new(),
            });
            known.calls += 1;
            if !told.subject.is_empty() {
                *subjects.entry(told.kind).or_default().entry(told.subject).or_default() += 1;
            }
        }
        for (kind, subjects) in subjects {
            let mut lacking: Vec<(String, u64)> = subjects.into_iter().collect();
            lacking.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            reasons.get_mut(kind).expect("the reason has calls").lacking = lacking;
        }
        let mut reasons: Vec<Unresolved> = reasons.into_values().collect();
        reasons.sort_by(|a, b| b.calls.cmp(&a.calls).then_with(|| a.reason.cmp(b.reason)));
        Ok(reasons)
    }

    /// Runs the lints that are not allowed and decides what is told.
    pub fn findings(&self, settings: &Settings, wanted: &Wanted, stop: &Stop) -> Result<Findings, Stopped> {
        let files = &self.project.files;
        let suppressions = suppressions(files, settings.lints);
        let cx = Cx::new(&self.linked, self.project.thresholds);
        let found = |lints: &[&'static Lint]| match &self.kept {
            Some(kept) => kept.lock().unwrap_or_else(PoisonError::into_inner).found(&cx, files, lints, stop),
            None => kept::found(&cx, lints, stop),
        };
        let mut findings = judge::findings(files, &suppressions, settings, wanted, found)?;
        if *wanted == Wanted::All {
            let cut = self.linked.marks_that_cut();
            let idle = suppressions.non_blocking.iter().enumerate().filter(|(n, _)| !cut.contains(n));
            findings.notes.extend(idle.map(|(_, (comment, _))| notice::unused_non_blocking(*comment)));
            let unknown: Vec<_> = self.linked.unknown_names().filter(|named| named.is_expected).collect();
            if !unknown.is_empty() {
                let known: Vec<String> = self.linked.function_paths().collect();
                findings.notes.extend(unknown.into_iter().map(|named| notice::unknown_function(named, &known)));
            }
            judge::sort_notes(&mut findings.notes, files);
        }
        Ok(findings)
    }

    /// The comments that say that a function does not block, as links number them.
    fn marks(&self) -> Vec<Place> {
        let suppressions = suppressions(&self.project.files, crate::lints::ALL);
        suppressions.non_blocking.into_iter().map(|(comment, _)| comment).collect()
    }

    /// Everything that any lint finds, told or not, with what becomes of it; in the order of places.
    pub fn verdicts(&self, settings: &Settings) -> Vec<(Finding, Verdict)> {
        let files = &self.project.files;
        let cx = Cx::new(&self.linked, self.project.thresholds);
        judge::verdicts(&cx, files, &suppressions(files, settings.lints), settings)
    }
}

fn suppressions(files: &[ProjectFile], lints: &[&'static Lint]) -> Suppressions {
    Suppressions::read(files.iter().enumerate().map(|(n, file)| (FileId(n as u32), &*file.facts)), lints)
}

fn assumptions(project: &Project) -> flow::Assumptions {
    let suppressions = suppressions(&project.files, crate::lints::ALL);
    let non_blocking = suppressions
        .non_blocking
        .iter()
        .map(|(place, covers)| (project.files[place.file.0 as usize].path.clone(), *covers))
        .collect();
    let brief_below = Some(project.thresholds.brief_timeout_ms as f64 / 1000.0);
    flow::Assumptions { non_blocking, brief_below, without: project.without }
}

fn link(project: &Project, to_change: bool, stop: &Stop) -> Result<flow::Program, Stopped> {
    let link = if to_change { flow::Program::link_to_change } else { flow::Program::link };
    let (files, layout) = (project.files.clone(), project.layout.clone());
    link(files, layout, Arc::clone(&project.catalogue), assumptions(project), stop)
}

//! From what lints find to what is told.

use super::kept::{Found, run_lint};
use super::notice::{Notice, NoticeKind, file_note};
use super::{Findings, ProjectFile, Role, Stopped};
use crate::lint::{Certainty, Cx, Finding, Level, Levels, Lint, Place, Selector, Severity, Suppressions};
use crate::text::FileId;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// What the user wants to be told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// All lints there are, in the order in which they claim a call.
    pub lints: &'static [&'static Lint],
    pub levels: Levels,
    /// Levels of the files for which they are others.
    pub overrides: FxHashMap<FileId, Levels>,
    /// Findings below are not told.
    pub min_certainty: Certainty,
    /// The highest level of findings that stall briefly.
    pub brief_stalls: Level,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            lints: crate::lints::ALL,
            levels: Levels::default(),
            overrides: FxHashMap::default(),
            min_certainty: Certainty::Likely,
            brief_stalls: Level::Deny,
        }
    }
}

impl Settings {
    /// Sets a level for all files, over what was set before.
    pub fn set_level(&mut self, selector: &Selector, level: Level) {
        self.levels.set(selector.clone(), level);
        for levels in self.overrides.values_mut() {
            levels.set(selector.clone(), level);
        }
    }

    /// The lints that are told in some file.
    fn wanted_lints(&self) -> Vec<&'static Lint> {
        let all_levels = || std::iter::once(&self.levels).chain(self.overrides.values());
        let is_wanted = |lint: &Lint| all_levels().any(|levels| levels.level(lint) != Level::Allow);
        self.lints.iter().copied().filter(|lint| is_wanted(lint)).collect()
    }

    /// The level of a lint in a file.
    pub fn level_in(&self, file: FileId, lint: &Lint) -> Level {
        self.overrides.get(&file).unwrap_or(&self.levels).level(lint)
    }

    fn level_of(&self, finding: &Finding, lint: &Lint) -> Level {
        let level = self.level_in(finding.at.file, lint);
        if finding.severity == Severity::Brief { level.min(self.brief_stalls) } else { level }
    }
}

/// Whose findings are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    All,
    Files(Vec<FileId>),
}

impl Wanted {
    /// Whether a file's findings are among them.
    pub fn has(&self, file: FileId) -> bool {
        match self {
            Wanted::All => true,
            Wanted::Files(files) => files.contains(&file),
        }
    }
}

/// A finding that is told.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub finding: Finding,
    pub lint: &'static Lint,
    /// Warn or deny.
    pub level: Level,
    /// Stays the same when lines move.
    pub fingerprint: u64,
}

/// What becomes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is told, at this level.
    Told(Level),
    /// This comment allows it.
    Silenced(Place),
    /// Its lint is allowed in this file.
    Allowed,
    /// It stalls briefly, and such are allowed.
    AllowedAsBrief,
    /// It is less certain than what is shown.
    Uncertain,
    /// This lint complains of the same call and comes first.
    Claimed(&'static str),
}

/// Counts over the whole program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files under check.
    pub files: usize,
    pub lines: u64,
    pub denied: usize,
    pub warned: usize,
    /// Silenced by `allow` comments.
    pub silenced: usize,
    /// Below the minimum certainty.
    pub uncertain: usize,
}

pub(super) fn findings(
    files: &[ProjectFile],
    suppressions: &Suppressions,
    settings: &Settings,
    wanted: &Wanted,
    found: impl FnOnce(&[&'static Lint]) -> Result<Found, Stopped>,
) -> Result<Findings, Stopped> {
    let mut notes = notes_of_files(files, suppressions);
    let mut summary = Summary::default();
    for file in files.iter().filter(|file| file.role != Role::Dependency) {
        summary.files += 1;
        summary.lines += u64::from(file.facts.lines);
    }

    let run = settings.wanted_lints();
    let Found { findings: mut found, failed } = found(&run)?;
    notes.extend(failed.into_iter().map(|name| Notice {
        kind: NoticeKind::LintFailed,
        at: None,
        message: format!("`{name}` failed on this project and was left out; please report it"),
        help: None,
    }));
    found.retain(|finding| files[finding.at.file.0 as usize].role != Role::Dependency);

    let mut used = FxHashSet::default();
    let lint_of =
        |finding: &Finding| *run.iter().find(|lint| lint.name == finding.lint).expect("only these lints were run");
    found.retain(|finding| {
        used.extend(suppressions.silencing(finding).map(|allow| (allow, finding.lint)));
        let verdict = verdict(finding, lint_of(finding), suppressions, settings);
        summary.silenced += usize::from(matches!(verdict, Verdict::Silenced(_)));
        summary.uncertain += usize::from(verdict == Verdict::Uncertain);
        matches!(verdict, Verdict::Told(_))
    });
    notes.extend(unused_allows(suppressions, &used, settings));

    let mut findings: Vec<Diagnostic> = fingerprinted(one_lint_a_call(found, settings.lints, files), files)
        .into_iter()
        .map(|(finding, fingerprint)| {
            let lint = lint_of(&finding);
            Diagnostic { level: settings.level_of(&finding, lint), lint, finding, fingerprint }
        })
        .collect();
    findings.retain(|diagnostic| wanted.has(diagnostic.finding.at.file));
    notes.retain(|note| note.at.is_none_or(|at| wanted.has(at.file)));
    sort_notes(&mut notes, files);
    summary.denied = findings.iter().filter(|diagnostic| diagnostic.level == Level::Deny).count();
    summary.warned = findings.len() - summary.denied;
    Ok(Findings { findings, notes, summary })
}

/// What becomes of a finding, by itself; another lint may still claim its call.
fn verdict(finding: &Finding, lint: &Lint, suppressions: &Suppressions, settings: &Settings) -> Verdict {
    if let Some(allow) = suppressions.silencing(finding).next() {
        return Verdict::Silenced(suppressions.allows[allow].comment);
    }
    match settings.level_of(finding, lint) {
        Level::Allow if settings.level_in(finding.at.file, lint) == Level::Allow => Verdict::Allowed,
        Level::Allow => Verdict::AllowedAsBrief,
        _ if finding.certainty < settings.min_certainty => Verdict::Uncertain,
        level => Verdict::Told(level),
    }
}

/// Everything that all lints find in files under check, told or not, with what becomes of it; in the order of places.
pub(super) fn verdicts(
    cx: &Cx<'_>,
    files: &[ProjectFile],
    suppressions: &Suppressions,
    settings: &Settings,
) -> Vec<(Finding, Verdict)> {
    let mut found: Vec<Finding> =
        settings.lints.par_iter().filter_map(|lint| run_lint(lint, cx)).flatten_iter().collect();
    found.retain(|finding| files[finding.at.file.0 as usize].role != Role::Dependency);
    let lint_of =
        |finding: &Finding| *settings.lints.iter().find(|lint| lint.name == finding.lint).expect("its lint was run");
    let mut judged: Vec<(Finding, Verdict)> = found
        .into_iter()
        .map(|finding| {
            let verdict = verdict(&finding, lint_of(&finding), suppressions, settings);
            (finding, verdict)
        })
        .collect();
    let told = judged.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Told(_)));
    let claims: FxHashMap<Place, &'static str> =
        one_lint_a_call(told.map(|(finding, _)| finding.clone()).collect(), settings.lints, files)
            .into_iter()
            .map(|finding| (finding.at, finding.lint))
            .collect();
    for (finding, verdict) in &mut judged {
        let claimed = claims.get(&finding.at).filter(|lint| **lint != finding.lint);
        if let (Verdict::Told(_), Some(lint)) = (&verdict, claimed) {
            *verdict = Verdict::Claimed(lint);
        }
    }
    judged.sort_by(|(a, _), (b, _)| {
        place_order(a.at, files).cmp(&place_order(b.at, files)).then_with(|| a.lint.cmp(b.lint))
    });
    judged
}

/// Of the lints that complain of one call the first is told and names the others.
fn one_lint_a_call(found: Vec<Finding>, lints: &[&'static Lint], files: &[ProjectFile]) -> Vec<Finding> {
    let rank = |finding: &Finding| lints.iter().position(|lint| lint.name == finding.lint);
    let mut by_place: FxHashMap<Place, Vec<Finding>> = FxHashMap::default();
    for finding in found {
        by_place.entry(finding.at).or_default().push(finding);
    }
    let mut told: Vec<Finding> = by_place
        .into_values()
        .map(|mut here| {
            here.sort_by(|a, b| claim(a, rank(a)).cmp(&claim(b, rank(b))));
            let mut here = here.into_iter();
            let mut first = here.next().expect("a place is there because of a finding");
            for other in here.filter(|other| other.lint != first.lint) {
                if !first.also.contains(&other.lint) {
                    first.also.push(other.lint);
                }
            }
            first
        })
        .collect();
    told.sort_by(|a, b| place_order(a.at, files).cmp(&place_order(b.at, files)).then_with(|| a.lint.cmp(b.lint)));
    told
}

/// The smallest claims the call: the first lint, then what is worst, surest and shortest.
fn claim(finding: &Finding, rank: Option<usize>) -> impl Ord {
    (rank, Reverse(finding.severity), Reverse(finding.certainty), finding.chain.len(), finding.message.clone())
}

fn place_order(place: Place, files: &[ProjectFile]) -> (&str, u32, u32) {
    (&files[place.file.0 as usize].path, place.span.start, place.span.end)
}

/// In the order of places; those without a place first.
pub(super) fn sort_notes(notes: &mut [Notice], files: &[ProjectFile]) {
    notes.sort_by(|a, b| note_order(a, files).cmp(&note_order(b, files)));
}

fn note_order<'p>(note: &'p Notice, files: &'p [ProjectFile]) -> impl Ord + 'p {
    (note.at.map(|at| place_order(at, files)), note.kind, &*note.message)
}

fn fingerprinted(findings: Vec<Finding>, files: &[ProjectFile]) -> Vec<(Finding, u64)> {
    let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
    let number = |finding: Finding| {
        let path = &files[finding.at.file.0 as usize].path;
        let ordinal = seen.entry(finding.fingerprint(path, 0)).or_default();
        let fingerprint = finding.fingerprint(path, *ordinal);
        *ordinal += 1;
        (finding, fingerprint)
    };
    findings.into_iter().map(number).collect()
}

fn notes_of_files(files: &[ProjectFile], suppressions: &Suppressions) -> Vec<Notice> {
    let of_files = files.iter().enumerate().filter(|(_, file)| file.role != Role::Dependency).flat_map(|(n, file)| {
        file.facts.notes.iter().map(move |note| Notice {
            kind: NoticeKind::File(note.kind),
            at: Some(Place { file: FileId(n as u32), span: note.span }),
            message: file_note(note.kind).to_owned(),
            help: None,
        })
    });
    let of_directives = suppressions.problems.iter().map(|problem| Notice {
        kind: NoticeKind::Directive(problem.kind),
        at: Some(problem.at),
        message: problem.message.clone(),
        help: problem.help.clone(),
    });
    of_files.chain(of_directives).collect()
}

/// Only where all lints that the comment names are told: the others might have found something.
fn unused_allows(
    suppressions: &Suppressions,
    used: &FxHashSet<(usize, &'static str)>,
    settings: &Settings,
) -> Vec<Notice> {
    let is_told = |file: FileId, name: &str| {
        let lint = settings.lints.iter().find(|lint| lint.name == name);
        lint.is_some_and(|lint| settings.level_in(file, lint) != Level::Allow)
    };
    let unused = suppressions.allows.iter().enumerate().flat_map(|(n, allow)| {
        let all_run = allow.lints.iter().all(|name| is_told(allow.comment.file, name));
        let idle = allow.lints.iter().filter(move |name| all_run && !used.contains(&(n, **name)));
        idle.map(|name| Notice {
            kind: NoticeKind::UnusedAllow,
            at: Some(allow.comment),
            message: format!("`allow({name})` silences nothing"),
            help: Some("remove it".to_owned()),
        })
    });
    unused.collect()
}

//! The soak of `check::Program`: what `Program::change` made of a program must answer as `Program::link` of the same
//! facts, also after changes that were stopped on their way.

use super::edits::{Change, Editor, Kind, Step, Texts};
use super::random::Random;
use super::workspace::{Workspace, write};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};
use unsnarl::check::{
    self, Findings, Program, Project, Settings, Source, Stop, Through, Unresolved, Wanted, Workers, decode, lower,
    lower_after,
};
use unsnarl::lint::{Certainty, Level, Selector};
use unsnarl::model::{Dialect, FileFacts, NoteKind};
use unsnarl::project::{self, Request};
use unsnarl::text::FileId;

/// Of each so many edits one is stopped on its way before it is made whole.
const STOPPED: usize = 5;
/// After so many edits all that can be asked of a program is compared, not only its findings.
const THOROUGH: usize = 25;

/// What a soak did.
#[derive(Clone, Debug, Default)]
pub struct Soaked {
    pub edits: BTreeMap<Kind, usize>,
    /// Edits after which all files parsed.
    pub parsed: usize,
    /// Edits after which other things were found than before.
    pub telling: usize,
    pub stopped: usize,
    pub changing: Duration,
    pub anew: Duration,
}

/// A project whose files can be changed, and the program of it.
pub struct Soak {
    project: Project,
    dialects: Vec<Dialect>,
    settings: Settings,
    ids: BTreeMap<String, FileId>,
    workers: Workers,
}

impl Soak {
    /// Loads a workspace; files that are not there are there and empty.
    pub fn load(workspace: &Workspace) -> Soak {
        for (path, text) in &workspace.texts {
            write(&workspace.folder, path, Some(text.as_deref().unwrap_or_default()));
        }
        let folder = workspace.folder.clone();
        let request = Request {
            paths: vec![folder.clone()],
            working_directory: folder.clone(),
            root: Some(folder),
            ..Request::default()
        };
        let workers = Workers::new(Some(2)).expect("threads can be started");
        let loaded = project::load(&request).expect("the workspace can be loaded");
        let mut settings = loaded.settings();
        settings.min_certainty = Certainty::Possible;
        settings.set_level(&Selector::All, Level::Warn);
        let catalogue = loaded.configuration.catalogue().expect("the catalogue's own entries are right");
        let dialects = loaded.files.iter().map(|file| file.source.dialect).collect();
        let project = loaded.lower(catalogue.into(), &workers).project;
        let ids = project.files.iter().zip(0..).map(|(file, n)| (file.path.clone(), FileId(n))).collect();
        Soak { project, dialects, settings, ids, workers }
    }

    pub fn files(&self) -> usize {
        self.project.files.len()
    }

    fn facts(&self, change: &Change) -> Option<check::Change> {
        let (file, source) = self.source(change)?;
        Some(check::Change { file, facts: Arc::new(self.workers.run(|| lower(&source))) })
    }

    /// The facts as a program is given them whose facts they take the place of.
    fn facts_after(&self, program: &Program, change: &Change) -> Option<check::Change> {
        let (file, source) = self.source(change)?;
        let before = &program.project().files[file.0 as usize].facts;
        Some(check::Change { file, facts: Arc::new(self.workers.run(|| lower_after(&source, before))) })
    }

    fn source(&self, change: &Change) -> Option<(FileId, Source)> {
        // What the configuration leaves out is in no program.
        let file = *self.ids.get(&change.path)?;
        let text = change.text.as_deref().unwrap_or_default();
        let decoded = decode(text.as_bytes().to_vec(), u64::MAX);
        Some((file, Source { dialect: self.dialects[file.0 as usize], decoded }))
    }

    /// The project with the texts as they are.
    fn project_of(&self, texts: &Texts) -> Project {
        let mut project = self.project.clone();
        for (path, text) in texts {
            let change = Change { path: path.clone(), text: text.clone() };
            if let Some(change) = self.facts(&change) {
                project.files[change.file.0 as usize].facts = change.facts;
            }
        }
        project
    }

    fn link(&self, project: &Project) -> Program {
        self.workers.run(|| Program::link(project, &Stop::never())).expect("nobody stops it")
    }

    fn link_to_change(&self, project: &Project) -> Program {
        self.workers.run(|| Program::link_to_change(project, &Stop::never())).expect("nobody stops it")
    }

    fn findings(&self, program: &Program) -> Findings {
        let told = self.workers.run(|| program.findings(&self.settings, &Wanted::All, &Stop::never()));
        told.expect("nobody stops it")
    }

    /// How a program's answers differ from those of a new one; one line for each.
    fn differences(&self, changed: &Program, new: &Program, is_thorough: bool) -> Vec<String> {
        let (of_changed, of_new) = (self.findings(changed), self.findings(new));
        let mut wrong = Vec::new();
        let findings = |told: &Findings| -> Vec<String> {
            let files = &self.project.files;
            let of_findings = told.findings.iter().map(|it| {
                let path = &files[it.finding.at.file.0 as usize].path;
                format!("{path} {} {:?} {:x} {:?}", it.lint.name, it.level, it.fingerprint, it.finding)
            });
            let of_notes = told.notes.iter().map(|note| {
                let path = note.at.map_or("", |at| &files[at.file.0 as usize].path);
                format!("{path} {note:?}")
            });
            of_findings.chain(of_notes).chain([format!("{:?}", told.summary)]).collect()
        };
        compare("told", &findings(&of_changed), &findings(&of_new), &mut wrong);
        let resolved = |program: &Program| vec![format!("{:?}", program.resolved_on_loop())];
        compare("resolved", &resolved(changed), &resolved(new), &mut wrong);
        if is_thorough {
            let unresolved = |program: &Program| -> Vec<String> {
                let all: Vec<Unresolved> =
                    self.workers.run(|| program.unresolved_on_loop(&Stop::never())).expect("nobody stops it");
                all.iter().map(|it| format!("{it:?}")).collect()
            };
            compare("unresolved", &unresolved(changed), &unresolved(new), &mut wrong);
            let verdicts = |program: &Program| -> Vec<String> {
                self.workers.run(|| program.verdicts(&self.settings)).iter().map(|it| format!("{it:?}")).collect()
            };
            compare("verdict", &verdicts(changed), &verdicts(new), &mut wrong);
            let graph = |program: &Program, told: &Findings| {
                vec![format!("{:?}", program.blocking_paths(&told.findings, &Through::All))]
            };
            compare("graph", &graph(changed, &of_changed), &graph(new, &of_new), &mut wrong);
        }
        wrong
    }

    /// So many edits. The error says how an answer differed, and the shortest run of edits that shows it.
    pub fn run(&self, texts: &Texts, seed: u64, edits: usize) -> Result<Soaked, String> {
        let mut soaked = Soaked::default();
        let mut editor = Editor::new(texts.clone(), seed);
        let mut random = Random::new(seed ^ 0x5eed);
        let mut project = self.project_of(texts);
        let mut program = self.link_to_change(&project);
        let mut told = self.findings(&program).findings.len();
        let mut steps: Vec<Step> = Vec::new();
        for n in 1..=edits {
            let step = editor.step(is_broken(project.files.iter().map(|file| &*file.facts)));
            *soaked.edits.entry(step.kind).or_default() += 1;
            steps.push(step.clone());
            for change in step.changes.iter().filter_map(|change| self.facts(change)) {
                project.files[change.file.0 as usize].facts = change.facts;
            }
            let stop = random.percent(100 / STOPPED).then(|| random.below(self.files()) as u64);
            let began = Instant::now();
            let changed = catch_unwind(AssertUnwindSafe(|| self.change(&mut program, &step.changes, stop)));
            soaked.changing += began.elapsed();
            soaked.stopped += usize::from(matches!(changed, Ok(true)));
            let compared = match changed {
                Ok(_) => catch_unwind(AssertUnwindSafe(|| {
                    let began = Instant::now();
                    let new = self.link(&project);
                    soaked.anew += began.elapsed();
                    self.differences(&program, &new, n % THOROUGH == 0)
                })),
                Err(panic) => Err(panic),
            };
            let wrong = compared.unwrap_or_else(|_| vec!["it panicked".to_owned()]);
            if !wrong.is_empty() {
                return Err(self.told(texts, seed, &steps, stop, &wrong));
            }
            let now = self.findings(&program).findings.len();
            soaked.telling += usize::from(std::mem::replace(&mut told, now) != now);
            soaked.parsed += usize::from(!is_broken(project.files.iter().map(|file| &*file.facts)));
        }
        Ok(soaked)
    }

    /// Changes a program; if it is to be stopped, it is changed until then first. Says whether it was stopped.
    fn change(&self, program: &mut Program, changes: &[Change], stop: Option<u64>) -> bool {
        let changes: Vec<check::Change> =
            changes.iter().filter_map(|change| self.facts_after(program, change)).collect();
        let is_stopped =
            stop.is_some_and(|units| self.workers.run(|| program.change(&changes, &Stop::after(units))).is_err());
        self.workers.run(|| program.change(&changes, &Stop::never())).expect("nobody stops it");
        is_stopped
    }

    /// The report of a difference after the last of the steps.
    fn told(&self, texts: &Texts, seed: u64, steps: &[Step], stop: Option<u64>, wrong: &[String]) -> String {
        let mut report = format!("seed {seed}, edit {}: a changed program answers as no new one does\n", steps.len());
        wrong.iter().take(40).for_each(|line| _ = writeln!(report, "  {line}"));
        // From which texts on is it enough to begin?
        let differs_from = |from: usize| {
            let before = after(texts, &steps[..from]);
            let shown = catch_unwind(AssertUnwindSafe(|| {
                let mut program = self.link_to_change(&self.project_of(&before));
                for (n, step) in steps.iter().enumerate().skip(from) {
                    let stop = stop.filter(|_| n + 1 == steps.len());
                    self.change(&mut program, &step.changes, stop);
                }
                let new = self.link(&self.project_of(&after(texts, steps)));
                self.differences(&program, &new, true)
            }));
            !shown.is_ok_and(|wrong| wrong.is_empty())
        };
        let last = steps.len() - 1;
        let mut from = (0..).map(|n| last.saturating_sub((1 << n) - 1)).take(12).find(|from| differs_from(*from));
        if let Some(short) = &mut from {
            while *short < last && differs_from(*short + 1) {
                *short += 1;
            }
        }
        match from {
            Some(from) => {
                _ = writeln!(report, "a new program shows it after edits {} to {}:", from + 1, steps.len());
                let mut before = after(texts, &steps[..from]);
                for step in &steps[from..] {
                    _ = writeln!(report, "- {:?}", step.kind);
                    for change in &step.changes {
                        let old = before.insert(change.path.clone(), change.text.clone()).flatten();
                        _ = writeln!(report, "  {}", change.path);
                        report.push_str(&difference(
                            old.as_deref().unwrap_or_default(),
                            change.text.as_deref().unwrap_or_default(),
                        ));
                    }
                }
                if let Some(units) = stop {
                    _ = writeln!(report, "the last change was first stopped after {units} units");
                }
            }
            None => report.push_str("a new program does not show it after the last edits alone\n"),
        }
        report
    }
}

/// Texts after some steps.
fn after(texts: &Texts, steps: &[Step]) -> Texts {
    let mut texts = texts.clone();
    for change in steps.iter().flat_map(|step| &step.changes) {
        texts.insert(change.path.clone(), change.text.clone());
    }
    texts
}

/// What differs between two texts, in lines.
pub fn difference(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split('\n').collect(), after.split('\n').collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut text = format!("  @ line {}\n", head + 1);
    old[head..old.len() - tail].iter().for_each(|line| _ = writeln!(text, "  - {}", line.escape_debug()));
    new[head..new.len() - tail].iter().for_each(|line| _ = writeln!(text, "  + {}", line.escape_debug()));
    text
}

fn is_broken<'f>(mut all: impl Iterator<Item = &'f FileFacts>) -> bool {
    all.any(|facts| facts.notes.iter().any(|note| matches!(note.kind, NoteKind::Syntax | NoteKind::Failed)))
}

/// The lines that only one side has.
fn compare(what: &str, changed: &[String], new: &[String], wrong: &mut Vec<String>) {
    if changed == new {
        return;
    }
    let before = wrong.len();
    wrong.extend(changed.iter().filter(|line| !new.contains(line)).map(|line| format!("{what}, changed: {line}")));
    wrong.extend(new.iter().filter(|line| !changed.contains(line)).map(|line| format!("{what}, new:     {line}")));
    if wrong.len() == before {
        wrong.push(format!("{what}: the same in another order"));
    }
}

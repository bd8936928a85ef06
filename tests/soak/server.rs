//! The soak of the language server: what it published last must be what a check of the same texts finds, each file at
//! its newest version, whichever texts are open, saved, on the disk alone or gone.

use super::client::{Client, position};
use super::edits::{Change, Editor, Step, Texts};
use super::program::difference;
use super::random::Random;
use super::workspace::{Workspace, write};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;
use unsnarl::check::{Findings, Notice, NoticeKind, Program, Stop, Wanted, Workers};
use unsnarl::lint::{Certainty, Level, Place};
use unsnarl::model::{Dialect, NoteKind};
use unsnarl::project::{self, Lowered, Request};
use unsnarl::report::Sources;

/// What a soak of the server did.
#[derive(Clone, Debug, Default)]
pub struct Served {
    pub edits: usize,
    /// Edits after which the texts were such that they could be compared.
    pub compared: usize,
    /// The most diagnostics that were there at once.
    pub most: usize,
}

/// Texts that a configuration has in turn.
const CONFIGURATIONS: [&str; 5] = [
    "",
    "[lints]\nblocking-call-in-async = \"deny\"\nunawaited-future = \"allow\"\n",
    "[thresholds]\nthread-pool = 2\n[overrides.\"**/app/**\"]\nall = \"allow\"\n",
    "exclude = [\"spare.py\", \"**/core/**\"]\n",
    "min-certainty = \"certain\"\n[functions]\nnon-blocking = [\"app.work\"]\n",
];

const CONFIGURATION: &str = "unsnarl.toml";

struct Desk {
    client: Client,
    folder: PathBuf,
    /// What a new check is made of.
    mirror: PathBuf,
    disk: Texts,
    random: Random,
    /// What was done, for the report.
    log: Vec<String>,
}

/// Bytes that are resident (Linux, proc(5)), and after how many edits.
pub type Sample = (usize, u64);

/// The memory of this process over so many edits of a served workspace; none where the system does not tell.
pub fn memory(workspace: &Workspace, seed: u64, edits: usize) -> Vec<Sample> {
    let mut desk = Desk::new(workspace, seed);
    let mut editor = Editor::new(workspace.texts.clone(), seed);
    let mut samples = Vec::new();
    for n in 1..=edits {
        // It mends what is broken half of the time, so that most programs are whole.
        let step = editor.step(n % 2 == 0);
        desk.take(&step, &mut editor);
        desk.about(&mut editor);
        desk.log.clear();
        desk.client.settle();
        if n % (edits / 50).max(1) == 0 {
            samples.extend(resident().map(|bytes| (n, bytes)));
        }
    }
    samples
}

fn resident() -> Option<u64> {
    let pages: u64 = std::fs::read_to_string("/proc/self/statm").ok()?.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

/// So many edits. The error says how what was published differs.
pub fn run(workspace: &Workspace, seed: u64, edits: usize) -> Result<Served, String> {
    let mut desk = Desk::new(workspace, seed);
    let workers = Workers::new(Some(2)).expect("threads can be started");
    let mut editor = Editor::new(workspace.texts.clone(), seed);
    let mut served = Served::default();
    let mut is_broken = false;
    while served.edits < edits {
        // Some edits come faster than they can be answered.
        let burst = if desk.random.percent(20) { 2 + desk.random.below(6) } else { 1 };
        let texts_before = editor.texts().clone();
        desk.log.clear();
        for _ in 0..burst {
            let step = editor.step(is_broken);
            desk.take(&step, &mut editor);
            served.edits += 1;
        }
        desk.about(&mut editor);
        desk.client.settle();
        let mut wrong = std::mem::take(&mut desk.client.wrong);
        let expected = desk.expected(&workers);
        is_broken = expected.is_none();
        if let Some(expected) = expected {
            served.compared += 1;
            wrong.extend(desk.differences(&expected));
            served.most = served.most.max(expected.values().map(BTreeSet::len).sum());
        }
        if !wrong.is_empty() {
            let mut report = format!("seed {seed}, edit {}: what is published is not what is found\n", served.edits);
            wrong.iter().take(20).for_each(|line| _ = writeln!(report, "  {line}"));
            desk.log.iter().for_each(|line| _ = writeln!(report, "- {line}"));
            for (path, text) in editor.texts().iter().filter(|(path, text)| texts_before[*path] != **text) {
                let before = texts_before[path].as_deref().unwrap_or_default();
                _ = writeln!(report, "  {path}\n{}", difference(before, text.as_deref().unwrap_or_default()));
            }
            _ = writeln!(report, "the texts are in {}", desk.mirror.display());
            return Err(report);
        }
    }
    Ok(served)
}

impl Desk {
    fn new(workspace: &Workspace, seed: u64) -> Desk {
        Desk {
            client: Client::start(&workspace.folder, &json!({ "min-certainty": "possible" })),
            folder: workspace.folder.clone(),
            mirror: workspace.beside("mirror"),
            disk: workspace.texts.clone(),
            random: Random::new(seed ^ 0xc1e2),
            log: Vec::new(),
        }
    }

    fn take(&mut self, step: &Step, editor: &mut Editor) {
        for change in &step.changes {
            self.log.push(format!("{:?} of {}", step.kind, change.path));
            match &change.text {
                Some(text) => self.write(&change.path, text),
                None => self.delete(change, editor),
            }
        }
        for change in &step.changes {
            write(&self.mirror, &change.path, editor.texts()[&change.path].as_deref());
        }
    }

    fn write(&mut self, path: &str, text: &str) {
        let is_open = self.client.open.contains_key(path);
        if is_open || self.random.percent(60) {
            if !is_open && let Some(Some(saved)) = self.disk.get(path).cloned() {
                self.client.write(path, &saved, false);
            }
            let splits = self.random.percent(20);
            self.client.write(path, text, splits);
            if self.random.percent(30) {
                self.save(path);
            }
        } else {
            self.keep(path, Some(text));
        }
    }

    fn delete(&mut self, change: &Change, editor: &mut Editor) {
        let path = &change.path;
        if let Some(open) = self.client.open.get(path) {
            if self.random.percent(30) {
                // It is gone from the disk, and its text is still open.
                let text = Some(open.text.clone());
                editor.replace(Change { path: path.clone(), text });
                self.log.push(format!("{path} is deleted and stays open"));
            } else {
                self.client.close(path);
            }
        }
        self.keep(path, None);
    }

    fn keep(&mut self, path: &str, text: Option<&str>) {
        let before = self.disk.insert(path.to_owned(), text.map(str::to_owned)).flatten();
        let kind = match (&before, text) {
            (None, None) => return,
            (None, Some(_)) => 1,
            (Some(_), Some(_)) => 2,
            (Some(_), None) => 3,
        };
        self.log.push(format!("{path} on the disk: {kind}"));
        write(&self.folder, path, text);
        self.client.watched(path, kind);
    }

    fn save(&mut self, path: &str) {
        let text = self.client.open[path].text.clone();
        self.keep(path, Some(&text));
        self.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": self.client.uri(path) } }));
    }

    /// What else happens to a workspace.
    fn about(&mut self, editor: &mut Editor) {
        let open: Vec<String> = self.client.open.keys().cloned().collect();
        if self.random.percent(15)
            && let Some(path) = self.random.pick(&open)
        {
            self.log.push(format!("{path} is saved and closed"));
            self.save(path);
            self.client.close(path);
        } else if self.random.percent(4)
            && let Some(path) = self.random.pick(&open)
        {
            self.log.push(format!("{path} is closed and not saved"));
            let text = self.disk.get(path).cloned().flatten();
            self.client.close(path);
            write(&self.mirror, path, text.as_deref());
            editor.replace(Change { path: path.clone(), text });
        }
        if self.random.percent(3) {
            let text = CONFIGURATIONS[self.random.below(CONFIGURATIONS.len())];
            self.log.push(format!("the configuration is {text:?}"));
            write(&self.mirror, CONFIGURATION, Some(text));
            self.keep(CONFIGURATION, Some(text));
        }
    }

    /// What a check of the mirror finds, by path; none if some Rust does not parse: what is then told is older.
    fn expected(&self, workers: &Workers) -> Option<BTreeMap<String, BTreeSet<String>>> {
        let request =
            Request { paths: vec![self.mirror.clone()], working_directory: self.mirror.clone(), ..Request::default() };
        let loaded = workers.run(|| project::load(&request)).expect("the mirror can be loaded");
        let mut settings = loaded.settings();
        settings.min_certainty = Certainty::Possible;
        let catalogue = loaded.configuration.catalogue().expect("the catalogue's own entries are right");
        let Lowered { project, sources, .. } = loaded.lower(catalogue.into(), workers);
        let is_broken = project.files.iter().any(|file| {
            let rust = matches!(file.facts.dialect, Dialect::Rust { .. });
            rust && file.facts.notes.iter().any(|note| matches!(note.kind, NoteKind::Syntax | NoteKind::Failed))
        });
        if is_broken {
            return None;
        }
        let stop = Stop::never();
        let told = workers.run(|| Program::link(&project, &stop)?.findings(&settings, &Wanted::All, &stop));
        Some(in_words(&told.expect("nobody stops it"), &sources))
    }

    fn differences(&self, expected: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
        let nothing = BTreeSet::new();
        let mut wrong = Vec::new();
        let paths: BTreeSet<&String> = expected.keys().chain(self.client.published.keys()).collect();
        for path in paths {
            let expected = expected.get(path).unwrap_or(&nothing);
            let published = self.client.published.get(path);
            let all = published.map(|it| it.diagnostics.as_slice()).unwrap_or_default();
            let told: BTreeSet<String> = all.iter().map(|it| self.published_in_words(it)).collect();
            wrong.extend(told.difference(expected).map(|it| format!("{path}: published: {it}")));
            wrong.extend(expected.difference(&told).map(|it| format!("{path}: expected:  {it}")));
            let version = published.and_then(|it| it.version);
            if let Some(open) = self.client.open.get(path)
                && version.is_some_and(|version| version != open.version)
            {
                wrong.push(format!("{path}: version {version:?} is told, {} is open", open.version));
            }
        }
        wrong
    }

    fn published_in_words(&self, diagnostic: &Value) -> String {
        let message = diagnostic["message"].as_str().and_then(|text| text.lines().next()).unwrap_or_default();
        let related = diagnostic["relatedInformation"].as_array().cloned().unwrap_or_default();
        let steps: Vec<String> = related
            .iter()
            .map(|step| {
                let location = &step["location"];
                let path = self.client.path(location["uri"].as_str().unwrap_or_default());
                format!(" <- {path} {}", location["range"])
            })
            .collect();
        let severity = &diagnostic["severity"];
        format!("{} {} {severity} {message:?}{}", diagnostic["code"], diagnostic["range"], steps.concat())
    }
}

/// Findings as the protocol would have them, made by other means than the server's; further lines of a message are for
/// the server to choose.
fn in_words(told: &Findings, sources: &Sources) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let path = |place: Place| sources.get(place.file).shown.clone();
    let range = |place: Place| {
        let text = &sources.get(place.file).text;
        let end = |at: u32| position(text, at as usize);
        json!({ "start": end(place.span.start), "end": end(place.span.end) })
    };
    for told in &told.findings {
        let finding = &told.finding;
        let steps = finding.chain.iter().map(|step| format!(" <- {} {}", path(step.at), range(step.at)));
        let severity = if told.level == Level::Deny { 1 } else { 2 };
        let steps: String = steps.collect();
        let text = format!("\"{}\" {} {severity} {:?}{steps}", told.lint.name, range(finding.at), finding.message);
        all.entry(path(finding.at)).or_default().insert(text);
    }
    let is_told = |notice: &&Notice| notice.kind.is_warning() && !matches!(notice.kind, NoticeKind::File(_));
    for notice in told.notes.iter().filter(is_told) {
        let Some(at) = notice.at else { continue };
        let is_unused = matches!(notice.kind, NoticeKind::UnusedAllow | NoticeKind::UnusedNonBlocking);
        let severity = if is_unused { 4 } else { 2 };
        let text = format!("\"{}\" {} {severity} {:?}", notice.kind.name(), range(at), notice.message);
        all.entry(path(at)).or_default().insert(text);
    }
    all
}

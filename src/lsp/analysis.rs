//! The thread that keeps the programs: it takes what the session knows, catches up, tells what is found, and answers.
//!
//! Whatever arrives while it works is taken together when it is done, or makes it stop and begin with the newest texts.

use super::diagnostics::{self, Told};
use super::documents::Documents;
use super::session::Abilities;
use super::tell::{Client, Names};
use super::workspace::{Choices, Workspace};
use super::{actions, hover};
use crate::check::{Stop, Stopped, Workers};
use crate::project;
use crossbeam_channel::{Receiver, Sender, TryRecvError, unbounded};
use gen_lsp_types::{
    CodeActionKind, FileChangeType, MessageType, Position, ProgressParams, ProgressToken, PublishDiagnosticsParams,
    Range, WorkDoneProgressBegin, WorkDoneProgressCreateParams, WorkDoneProgressEnd, WorkDoneProgressReport,
};
use lsp_server::{ErrorCode, RequestId};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A request, to be answered once the texts are those that the client had when it asked, or newer ones.
#[derive(Debug)]
pub struct Ask {
    pub id: RequestId,
    pub question: Question,
}

#[derive(Debug)]
pub enum Question {
    Diagnostics { path: PathBuf, known: Option<String> },
    AllDiagnostics { known: Vec<(PathBuf, String)> },
    Actions { path: PathBuf, range: Range, only: Option<Vec<CodeActionKind>> },
    Hover { path: PathBuf, position: Position },
}

/// What the session says.
#[derive(Debug)]
enum News {
    Folders(Vec<PathBuf>),
    Documents(Documents),
    Touched(Vec<(PathBuf, FileChangeType)>),
    /// What the user wants by now; none if only something may have changed.
    Choices(Option<Choices>),
    Ask(Ask),
    Cancel(RequestId),
}

/// The session's end of the thread.
#[derive(Debug)]
pub struct Analysis {
    news: Sender<News>,
    stop: Arc<Mutex<Stop>>,
}

impl Analysis {
    pub fn start(client: Client, names: Names, abilities: Abilities, choices: Choices) -> Analysis {
        let (news, received) = unbounded();
        let stop = Arc::new(Mutex::new(Stop::never()));
        let state = State {
            client,
            names,
            abilities,
            choices,
            news: received,
            stop: Arc::clone(&stop),
            workers: None,
            folders: Vec::new(),
            documents: Documents::default(),
            touched: Vec::new(),
            must_load: false,
            workspaces: Vec::new(),
            failed: BTreeSet::new(),
            told: Told::default(),
            pushed: BTreeMap::new(),
            logged: BTreeSet::new(),
            asks: Vec::new(),
            is_behind: false,
        };
        let client = state.client.clone();
        if let Err(error) = std::thread::Builder::new().name("unsnarl-analysis".to_owned()).spawn(|| state.run()) {
            client.log(MessageType::Error, format!("threads cannot be started: {error}"));
        }
        Analysis { news, stop }
    }

    pub fn folders(&self, folders: Vec<PathBuf>) {
        self.interrupt(News::Folders(folders));
    }

    pub fn documents(&self, documents: &Documents) {
        self.interrupt(News::Documents(documents.clone()));
    }

    pub fn touched(&self, touched: Vec<(PathBuf, FileChangeType)>) {
        self.interrupt(News::Touched(touched));
    }

    pub fn choices(&self, choices: Option<Choices>) {
        self.interrupt(News::Choices(choices));
    }

    pub fn ask(&self, ask: Ask) {
        self.send(News::Ask(ask));
    }

    pub fn cancel(&self, id: RequestId) {
        self.send(News::Cancel(id));
    }

    fn send(&self, news: News) {
        // The thread ends only when this end is dropped.
        let _ = self.news.send(news);
    }

    /// What is being worked on is overtaken.
    fn interrupt(&self, news: News) {
        self.send(news);
        self.stop.lock().unwrap_or_else(PoisonError::into_inner).request();
    }
}

impl Drop for Analysis {
    /// The thread ends by itself, with what it is at; reading a large folder must not keep the process.
    fn drop(&mut self) {
        self.stop.lock().unwrap_or_else(PoisonError::into_inner).request();
    }
}

struct State {
    client: Client,
    names: Names,
    abilities: Abilities,
    choices: Choices,
    news: Receiver<News>,
    stop: Arc<Mutex<Stop>>,
    workers: Option<Arc<Workers>>,
    folders: Vec<PathBuf>,
    documents: Documents,
    touched: Vec<PathBuf>,
    must_load: bool,
    workspaces: Vec<Workspace>,
    /// Folders that could not be loaded; tried again when something but a text changes.
    failed: BTreeSet<PathBuf>,
    told: Told,
    /// What the client was pushed, by path: the version and the hash of the diagnostics.
    pushed: BTreeMap<PathBuf, (Option<i32>, u64)>,
    /// The defects of unsnarl that the client was told of.
    logged: BTreeSet<String>,
    asks: Vec<Ask>,
    /// Something was heard that is not in what is told.
    is_behind: bool,
}

impl State {
    fn run(mut self) {
        match Workers::new(None) {
            Ok(workers) => self.workers = Some(Arc::new(workers)),
            Err(error) => self.client.log(MessageType::Error, format!("threads cannot be started: {error}")),
        }
        loop {
            // What was stopped is begun again, with whatever came meanwhile.
            if !self.is_behind {
                match self.news.recv() {
                    Ok(news) => self.hear(news),
                    Err(_) => return,
                }
            }
            let stop = Stop::never();
            *self.stop.lock().unwrap_or_else(PoisonError::into_inner) = stop.clone();
            loop {
                match self.news.try_recv() {
                    Ok(news) => self.hear(news),
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => return,
                }
            }
            if self.is_behind {
                self.contained(|state| state.catch_up(&stop));
            }
            if !self.is_behind {
                for ask in std::mem::take(&mut self.asks) {
                    self.answer(ask);
                }
            }
        }
    }

    fn hear(&mut self, news: News) {
        match news {
            News::Ask(ask) => {
                self.asks.push(ask);
                return;
            }
            News::Cancel(id) => {
                let before = self.asks.len();
                self.asks.retain(|ask| ask.id != id);
                if self.asks.len() < before {
                    self.client.refuse(id, ErrorCode::RequestCanceled, "cancelled");
                }
                return;
            }
            News::Folders(folders) => {
                self.folders = folders;
                self.must_load = true;
            }
            News::Documents(documents) => self.documents = documents,
            News::Touched(touched) => {
                for (path, kind) in touched {
                    let is_known = self.workspaces.iter().any(|workspace| workspace.id_of(&path).is_some());
                    let is_change = kind == FileChangeType::Changed && is_known;
                    self.must_load |= !is_change && (project::is_source(&path) || project::is_manifest(&path));
                    self.must_load |= project::is_manifest(&path);
                    self.touched.push(path);
                }
            }
            News::Choices(choices) => {
                self.choices = choices.unwrap_or_else(|| self.choices.clone());
                self.must_load = true;
            }
        }
        self.is_behind = true;
    }

    /// A defect costs what is known, not the server: everything is loaded anew with the next change.
    fn contained(&mut self, work: impl FnOnce(&mut State)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            self.must_load = true;
            self.is_behind = false;
            self.workspaces.clear();
            let message = "unsnarl failed on these texts and goes on with the next change; please report it";
            self.client.log(MessageType::Error, message);
        }
    }

    fn catch_up(&mut self, stop: &Stop) {
        let Some(workers) = self.workers.clone() else {
            self.is_behind = false;
            return;
        };
        self.load_what_lacks(&workers);
        let touched = std::mem::take(&mut self.touched);
        let mut is_done = self.update(&touched, &workers, stop);
        if self.workspaces.iter().any(|workspace| workspace.is_laid_out_otherwise) {
            self.load_what_lacks(&workers);
            is_done &= self.update(&touched, &workers, stop);
        }
        // A program whose change was stopped says nothing before it is linked.
        let told = if is_done { self.all_told(&workers, stop) } else { Err(Stopped) };
        match told {
            // A stop that came late: what the texts have overtaken is not told.
            Ok(told) if stop.check().is_ok() => {
                self.told = told;
                self.is_behind = false;
                self.tell();
            }
            // Texts of the disk are asked for again.
            _ => self.touched = touched,
        }
    }

    /// Whether all workspaces took all texts.
    fn update(&mut self, touched: &[PathBuf], workers: &Workers, stop: &Stop) -> bool {
        let mut is_done = true;
        for workspace in &mut self.workspaces {
            is_done &= workspace.update(&self.documents, touched, workers, stop) != Err(Stopped);
        }
        is_done
    }

    fn load_what_lacks(&mut self, workers: &Workers) {
        let mut wanted: BTreeSet<PathBuf> = self.folders.iter().cloned().collect();
        // A text outside all folders is checked by itself.
        for (path, _) in self.documents.iter() {
            if project::is_source(path) && !self.folders.iter().any(|folder| path.starts_with(folder)) {
                wanted.insert(path.clone());
            }
        }
        let must_load = std::mem::take(&mut self.must_load);
        if must_load {
            self.failed.clear();
        }
        let mut before = std::mem::take(&mut self.workspaces);
        for folder in wanted {
            let known = before.iter().position(|workspace| workspace.folder == folder).map(|at| before.remove(at));
            match known {
                Some(known) if !must_load && !known.is_outdated(&self.documents) => self.workspaces.push(known),
                // Every keystroke would fail in the same way.
                None if self.failed.contains(&folder) => {}
                mut known => {
                    let loaded = self.load(&folder, known.as_ref(), workers);
                    if let Some(known) = &mut known {
                        known.is_laid_out_otherwise = false;
                    }
                    // A configuration that is half written leaves what was known before.
                    match loaded.or(known) {
                        Some(workspace) => self.workspaces.push(workspace),
                        None => _ = self.failed.insert(folder),
                    }
                }
            }
        }
    }

    fn load(&self, folder: &Path, before: Option<&Workspace>, workers: &Workers) -> Option<Workspace> {
        let progress = Progress::begin(&self.client, self.abilities, folder);
        let done = |done: usize, of: usize| progress.report(done, of);
        let loaded = Workspace::load(folder, &self.names, &self.choices, &self.documents, before, workers, &done);
        progress.end();
        match loaded {
            Ok(workspace) => Some(workspace),
            Err(failures) => {
                for failure in failures {
                    self.client.show(MessageType::Error, failure);
                }
                None
            }
        }
    }

    /// What is found by now, by the innermost folder around each file.
    fn all_told(&self, workers: &Workers, stop: &Stop) -> Result<Told, Stopped> {
        let mut told = Told::default();
        let mut inner_first: Vec<&Workspace> = self.workspaces.iter().collect();
        inner_first.sort_by_key(|workspace| std::cmp::Reverse(workspace.folder.components().count()));
        for (n, workspace) in inner_first.iter().enumerate() {
            let findings = workspace.findings(workers, stop)?;
            diagnostics::add(&mut told, workspace, &inner_first[..n], &findings, self.abilities);
            told.defects.extend(diagnostics::defects(workspace, &findings));
        }
        Ok(told)
    }

    /// Tells the client what has changed for it.
    fn tell(&mut self) {
        let new: Vec<String> = self.told.defects.difference(&self.logged).cloned().collect();
        for defect in new {
            self.client.log(MessageType::Error, defect);
        }
        self.logged.clone_from(&self.told.defects);
        if self.abilities.pulls {
            self.client.request::<gen_lsp_types::DiagnosticRefreshRequest>("unsnarl-refresh", ());
            return;
        }
        let gone: Vec<PathBuf> = self.pushed.keys().filter(|path| self.told.get(path).is_none()).cloned().collect();
        for path in gone {
            self.push(&path, None, Vec::new());
            self.pushed.remove(&path);
        }
        let mut changed = Vec::new();
        for (path, of_file) in self.told.iter() {
            let state = (of_file.version, of_file.hash);
            let is_worth_it = of_file.version.is_some() || !of_file.diagnostics.is_empty();
            let known = self.pushed.get(path);
            if known != Some(&state) && (is_worth_it || known.is_some()) {
                changed.push((path.clone(), state));
            }
        }
        for (path, state) in changed {
            let diagnostics = self.told.get(&path).map(|it| it.diagnostics.clone()).unwrap_or_default();
            self.push(&path, state.0, diagnostics);
            self.pushed.insert(path, state);
        }
    }

    fn push(&self, path: &Path, version: Option<i32>, diagnostics: Vec<gen_lsp_types::Diagnostic>) {
        if let Some(uri) = self.names.uri_of(path) {
            let parameters = PublishDiagnosticsParams { uri, version, diagnostics };
            self.client.notify::<gen_lsp_types::PublishDiagnosticsNotification>(parameters);
        }
    }

    fn answer(&mut self, ask: Ask) {
        let Ask { id, question } = ask;
        let answered = catch_unwind(AssertUnwindSafe(|| self.answer_to(&question)));
        match answered {
            Ok(value) => self.client.answer(id, value),
            Err(_) => {
                self.client.refuse(id, ErrorCode::InternalError, "unsnarl failed on this request; please report it")
            }
        }
    }

    fn answer_to(&self, question: &Question) -> serde_json::Value {
        let of = |path: &Path| {
            let around = self.workspaces.iter().filter(|workspace| workspace.id_of(path).is_some());
            around.max_by_key(|workspace| workspace.folder.components().count())
        };
        let value = match question {
            Question::Diagnostics { path, known } => {
                serde_json::to_value(diagnostics::document_report(self.told.get(path), known.as_deref()))
            }
            Question::AllDiagnostics { known } => {
                serde_json::to_value(diagnostics::workspace_report(&self.told, &self.names, known))
            }
            Question::Actions { path, range, only } => {
                let asked = actions::Asked { path, range: *range, only: only.as_deref() };
                let found = of(path).map(|workspace| actions::actions(workspace, &self.told, &asked, self.abilities));
                serde_json::to_value(found.unwrap_or_default())
            }
            Question::Hover { path, position } => {
                let found = of(path).and_then(|workspace| hover::hover(workspace, path, *position, self.abilities));
                serde_json::to_value(found)
            }
        };
        value.expect("answers are plain data")
    }
}

/// What the client shows while a folder is read and linked.
struct Progress<'c> {
    client: Option<&'c Client>,
    token: String,
    /// Hundredths that were told.
    told: AtomicU32,
}

impl<'c> Progress<'c> {
    fn begin(client: &'c Client, abilities: Abilities, folder: &Path) -> Progress<'c> {
        let token = format!("unsnarl-indexing-{}", folder.display());
        let progress = Progress { client: abilities.progress.then_some(client), token, told: Default::default() };
        if let Some(client) = progress.client {
            let create = WorkDoneProgressCreateParams { token: progress.token() };
            client.request::<gen_lsp_types::WorkDoneProgressCreateRequest>(&progress.token, create);
        }
        let name = folder.file_name().unwrap_or_default().display().to_string();
        progress.send(WorkDoneProgressBegin {
            title: "unsnarl: indexing".to_owned(),
            cancellable: Some(false),
            message: Some(name),
            percentage: Some(0),
        });
        progress
    }

    fn report(&self, done: usize, of: usize) {
        let percentage = (done * 100 / of.max(1)) as u32;
        let steps = |told: u32| (percentage >= told + 5).then_some(percentage);
        if self.told.fetch_update(Ordering::Relaxed, Ordering::Relaxed, steps).is_ok() {
            self.send(WorkDoneProgressReport {
                cancellable: Some(false),
                message: Some(format!("{done} of {of} files")),
                percentage: Some(percentage),
            });
        }
    }

    fn end(&self) {
        self.send(WorkDoneProgressEnd { message: None });
    }

    fn token(&self) -> ProgressToken {
        ProgressToken::String(self.token.clone())
    }

    fn send(&self, value: impl serde::Serialize) {
        if let Some(client) = self.client {
            let value = serde_json::to_value(value).ok().and_then(|value| serde_json::from_value(value).ok());
            if let Some(value) = value {
                client.notify::<gen_lsp_types::ProgressNotification>(ProgressParams { token: self.token(), value });
            }
        }
    }
}

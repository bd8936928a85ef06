//! One client: what it can do, the texts that it has open, and who answers its messages.

use super::analysis::{Analysis, Ask, Question};
use super::documents::Documents;
use super::parent;
use super::positions::Encoding;
use super::tell::{Client, Names, path_of};
use super::workspace::Choices;
use crate::lint::Certainty;
use crate::project::{self, ConfigurationChoice, LibraryPlaces};
use crossbeam_channel::{Receiver, select};
use gen_lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionParams, DiagnosticOptions,
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DocumentDiagnosticParams, FileSystemWatcher, GlobPattern, HoverParams, InitializeParams,
    InitializeResult, MessageType, Registration, RegistrationParams, SaveOptions, ServerCapabilities, ServerInfo,
    TextDocumentSyncKind, TextDocumentSyncOptions, WorkspaceDiagnosticParams, WorkspaceFolders,
    WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::PathBuf;

/// What clients send as options of the server, and under `unsnarl` in their settings.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct Options {
    /// A file to use in place of the nearest configuration.
    config: Option<PathBuf>,
    /// `possible`, `likely` or `certain`.
    min_certainty: Option<String>,
    /// The folder of the Python environment whose libraries' types are known.
    python_environment: Option<PathBuf>,
}

/// What the client can do that changes what it is sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Abilities {
    pub encoding: Encoding,
    /// It asks for diagnostics, and can be told to ask again when another file changed them: none are pushed.
    pub pulls: bool,
    pub related_information: bool,
    /// It says that it shows related information: the message need not tell the steps, too.
    pub shows_related_information: bool,
    pub progress: bool,
    /// It can be told which files to watch.
    pub watches: bool,
    /// It understands edits that name the version of a text.
    pub document_changes: bool,
}

impl Abilities {
    fn of(client: &ClientCapabilities) -> Abilities {
        let general = client.general.as_ref();
        let text = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let published = text.and_then(|it| it.publish_diagnostics.as_ref());
        let related = published.and_then(|it| it.diagnostics_capabilities.related_information);
        let watched = workspace.and_then(|it| it.did_change_watched_files.as_ref());
        let edits = workspace.and_then(|it| it.workspace_edit.as_ref());
        let refreshes =
            workspace.and_then(|it| it.diagnostics.as_ref()).is_some_and(|it| it.refresh_support == Some(true));
        Abilities {
            encoding: Encoding::agreed(general.and_then(|it| it.position_encodings.as_deref())),
            // A client that asks only when the text itself changed would not learn of its helpers' edits.
            pulls: text.is_some_and(|it| it.diagnostic.is_some()) && refreshes,
            related_information: related != Some(false),
            shows_related_information: related == Some(true),
            progress: client.window.as_ref().is_some_and(|it| it.work_done_progress == Some(true)),
            watches: watched.is_some_and(|it| it.dynamic_registration == Some(true)),
            document_changes: edits.is_some_and(|it| it.document_changes == Some(true)),
        }
    }
}

/// A client and all that is kept for it.
pub struct Session<'c> {
    connection: &'c Connection,
    client: Client,
    names: Names,
    abilities: Abilities,
    documents: Documents,
    folders: Vec<PathBuf>,
    /// Where libraries are, if the client does not say it.
    libraries: LibraryPlaces,
    analysis: Analysis,
    /// Says so when the client's process is gone.
    parent: Receiver<()>,
    is_shut_down: bool,
}

impl<'c> Session<'c> {
    #[expect(deprecated, reason = "clients before 3.6 say their folder so")]
    pub fn new(connection: &'c Connection, parameters: InitializeParams, libraries: &LibraryPlaces) -> Session<'c> {
        let client = Client { sender: connection.sender.clone() };
        let names = Names::default();
        let abilities = Abilities::of(&parameters.capabilities);
        let mut folders: Vec<PathBuf> = match &parameters.workspace_folders_initialize_params.workspace_folders {
            Some(WorkspaceFolders::WorkspaceFolderList(given)) => {
                given.iter().filter_map(|folder| names.learn(&folder.uri)).collect()
            }
            _ => Vec::new(),
        };
        if folders.is_empty() {
            folders.extend(parameters.root_uri.as_ref().and_then(|uri| names.learn(uri)));
        }
        let options = parameters.initialization_options.and_then(|value| read_options(&value));
        let choices = choices(options.unwrap_or_default(), libraries, &client);
        let analysis = Analysis::start(client.clone(), names.clone(), abilities, choices);
        Session {
            connection,
            client,
            names,
            abilities,
            documents: Documents::default(),
            folders,
            libraries: libraries.clone(),
            analysis,
            parent: parent::gone(parameters.process_id),
            is_shut_down: false,
        }
    }

    /// What the client is told of the server.
    pub fn initialized(&self) -> InitializeResult {
        // Offered to a client that is pushed to, each finding would be shown twice.
        let diagnostic_provider = self.abilities.pulls.then(|| {
            DiagnosticOptions {
                identifier: Some("unsnarl".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                ..DiagnosticOptions::default()
            }
            .into()
        });
        let capabilities = ServerCapabilities {
            position_encoding: Some(self.abilities.encoding.kind()),
            text_document_sync: Some(
                TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(TextDocumentSyncKind::Incremental),
                    save: Some(SaveOptions { include_text: Some(false) }.into()),
                    ..TextDocumentSyncOptions::default()
                }
                .into(),
            ),
            hover_provider: Some(true.into()),
            code_action_provider: Some(
                CodeActionOptions {
                    code_action_kinds: Some(vec![CodeActionKind::QuickFix]),
                    ..CodeActionOptions::default()
                }
                .into(),
            ),
            diagnostic_provider,
            workspace: Some(WorkspaceOptions {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(true.into()),
                }),
                ..WorkspaceOptions::default()
            }),
            ..ServerCapabilities::default()
        };
        let version = Some(env!("CARGO_PKG_VERSION").to_owned());
        InitializeResult { capabilities, server_info: Some(ServerInfo { name: "unsnarl".to_owned(), version }) }
    }

    /// Answers messages until the client says `exit` or goes away.
    pub fn run(mut self) -> Result<(), String> {
        self.analysis.folders(self.folders.clone());
        loop {
            let message = select! {
                recv(self.connection.receiver) -> message => message,
                recv(self.parent) -> _ => return Err("the client's process is gone".to_owned()),
            };
            match message {
                Ok(Message::Request(request)) => self.request(request),
                Ok(Message::Notification(notification)) if notification.method == "exit" => {
                    return if self.is_shut_down { Ok(()) } else { Err("`exit` came before `shutdown`".to_owned()) };
                }
                Ok(Message::Notification(notification)) => self.notification(notification),
                // Answers to what was only told.
                Ok(Message::Response(_)) => {}
                Err(_) if self.is_shut_down => return Ok(()),
                Err(_) => return Err("the client went away before `shutdown`".to_owned()),
            }
        }
    }

    /// Asks to be told of changes on the disk: of sources, and of what says how they are read.
    fn watch(&self) {
        let patterns = ["**/*.{py,pyi,rs}".to_owned(), format!("**/{{{}}}", project::MANIFESTS.join(","))];
        let watchers =
            patterns.map(|pattern| FileSystemWatcher { glob_pattern: GlobPattern::Pattern(pattern), kind: None });
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.to_vec() };
        let registration = Registration {
            id: "unsnarl-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok().and_then(|value| serde_json::from_value(value).ok()),
        };
        let registrations = RegistrationParams { registrations: vec![registration] };
        self.client.request::<gen_lsp_types::RegistrationRequest>("unsnarl-watch", registrations);
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        if self.is_shut_down {
            self.client.refuse(id, ErrorCode::InvalidRequest, "the server was shut down");
            return;
        }
        match method.as_str() {
            "initialize" => self.client.refuse(id, ErrorCode::InvalidRequest, "`initialize` came before"),
            "shutdown" => {
                self.is_shut_down = true;
                self.client.answer(id, ());
            }
            "textDocument/diagnostic" => self.ask(id, params, |params: DocumentDiagnosticParams| {
                let path = path_of(&params.text_document.uri)?;
                Some(Question::Diagnostics { path, known: params.previous_result_id })
            }),
            "workspace/diagnostic" => self.ask(id, params, |params: WorkspaceDiagnosticParams| {
                let known = params.previous_result_ids.into_iter();
                let known = known.filter_map(|known| Some((path_of(&known.uri)?, known.value)));
                Some(Question::AllDiagnostics { known: known.collect() })
            }),
            "textDocument/codeAction" => self.ask(id, params, |params: CodeActionParams| {
                let path = path_of(&params.text_document.uri)?;
                Some(Question::Actions { path, range: params.range, only: params.context.only })
            }),
            "textDocument/hover" => self.ask(id, params, |params: HoverParams| {
                let at = params.text_document_position_params;
                Some(Question::Hover { path: path_of(&at.text_document.uri)?, position: at.position })
            }),
            method => {
                let message = format!("`{method}` is not something that this server does");
                self.client.refuse(id, ErrorCode::MethodNotFound, &message);
            }
        }
    }

    fn ask<P: DeserializeOwned>(
        &self,
        id: RequestId,
        parameters: serde_json::Value,
        question: impl FnOnce(P) -> Option<Question>,
    ) {
        match serde_json::from_value(parameters).map(question) {
            Ok(Some(question)) => self.analysis.ask(Ask { id, question }),
            Ok(None) => self.client.answer(id, serde_json::Value::Null),
            Err(error) => self.client.refuse(id, ErrorCode::InvalidParams, &error.to_string()),
        }
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        if self.is_shut_down {
            return;
        }
        let read = match method.as_str() {
            "initialized" => {
                if self.abilities.watches {
                    self.watch();
                }
                Ok(())
            }
            "textDocument/didOpen" => read(params).map(|it: DidOpenTextDocumentParams| {
                if let Some(path) = self.names.learn(&it.text_document.uri) {
                    self.documents.open(path, it.text_document.version, &it.text_document.text);
                    self.analysis.documents(&self.documents);
                }
            }),
            "textDocument/didChange" => read(params).map(|it: DidChangeTextDocumentParams| self.change(it)),
            "textDocument/didClose" => read(params).map(|it: DidCloseTextDocumentParams| {
                if let Some(path) = path_of(&it.text_document.uri) {
                    self.documents.close(&path);
                    self.analysis.documents(&self.documents);
                }
            }),
            "workspace/didChangeWatchedFiles" => read(params).map(|it: DidChangeWatchedFilesParams| {
                let touched = it.changes.iter().filter_map(|change| Some((path_of(&change.uri)?, change.kind)));
                self.analysis.touched(touched.collect());
            }),
            "workspace/didChangeConfiguration" => read(params).map(|it: DidChangeConfigurationParams| {
                let settings = serde_json::to_value(it.settings).unwrap_or_default();
                let own = settings.get("unsnarl").cloned().unwrap_or_default();
                let options: Option<Options> = serde_json::from_value(own).ok();
                self.analysis.choices(options.map(|options| choices(options, &self.libraries, &self.client)));
            }),
            "workspace/didChangeWorkspaceFolders" => read(params).map(|it: DidChangeWorkspaceFoldersParams| {
                let removed: Vec<PathBuf> = it.event.removed.iter().filter_map(|folder| path_of(&folder.uri)).collect();
                self.folders.retain(|folder| !removed.contains(folder));
                self.folders.extend(it.event.added.iter().filter_map(|folder| self.names.learn(&folder.uri)));
                self.analysis.folders(self.folders.clone());
            }),
            "$/cancelRequest" => read(params).map(|it: Cancelled| self.analysis.cancel(it.id.into())),
            _ => Ok(()),
        };
        if let Err(error) = read {
            self.client.log(MessageType::Error, format!("`{method}` cannot be read: {error}"));
        }
    }

    fn change(&mut self, change: DidChangeTextDocumentParams) {
        let identifier = change.text_document;
        let Some(path) = path_of(&identifier.text_document_identifier.uri) else {
            return;
        };
        if self.documents.change(&path, identifier.version, change.content_changes, self.abilities.encoding) {
            self.analysis.documents(&self.documents);
        } else {
            let message = format!("`{}` was changed and is not open", path.display());
            self.client.log(MessageType::Warning, message);
        }
    }
}

/// The request that a client does not want answered any more.
#[derive(Deserialize)]
struct Cancelled {
    id: CancelledId,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum CancelledId {
    Number(i32),
    Text(String),
}

impl From<CancelledId> for RequestId {
    fn from(id: CancelledId) -> RequestId {
        match id {
            CancelledId::Number(number) => number.into(),
            CancelledId::Text(text) => text.into(),
        }
    }
}

fn read<P: DeserializeOwned>(parameters: serde_json::Value) -> Result<P, serde_json::Error> {
    serde_json::from_value(parameters)
}

fn read_options(value: &impl serde::Serialize) -> Option<Options> {
    let value = serde_json::to_value(value).ok()?;
    serde_json::from_value(value.get("unsnarl").unwrap_or(&value).clone()).ok()
}

fn choices(options: Options, libraries: &LibraryPlaces, client: &Client) -> Choices {
    let min_certainty = options.min_certainty.and_then(|name| {
        let found = Certainty::from_name(&name);
        if found.is_none() {
            client.log(MessageType::Warning, format!("`min-certainty`: there is no certainty `{name}`"));
        }
        found
    });
    let configuration = options.config.map_or(ConfigurationChoice::Nearest, ConfigurationChoice::File);
    let mut libraries = libraries.clone();
    libraries.python_environment = options.python_environment.or(libraries.python_environment);
    Choices { configuration, min_certainty, libraries }
}

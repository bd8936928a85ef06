//! A client of the language server over a connection in memory: what it has open, and what it was told last.

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;
use unsnarl::project::LibraryPlaces;

const PATIENCE: Duration = Duration::from_secs(300);

/// A text as the client has it open.
#[derive(Clone, Debug)]
pub struct Open {
    pub version: i32,
    pub text: String,
}

/// The newest diagnostics of a file.
#[derive(Clone, Debug)]
pub struct Published {
    pub version: Option<i32>,
    pub diagnostics: Vec<Value>,
}

pub struct Client {
    connection: Connection,
    server: Option<JoinHandle<Result<(), String>>>,
    folder: PathBuf,
    next: i32,
    /// The first version of the text that was opened last.
    opened: i32,
    pub open: BTreeMap<String, Open>,
    /// By path from the folder.
    pub published: BTreeMap<String, Published>,
    /// What the server said of its own failures, and of texts that were overtaken.
    pub wrong: Vec<String>,
}

impl Client {
    /// Starts a server with its options, and waits until it knows the folder.
    pub fn start(folder: &Path, options: &Value) -> Client {
        let (server, connection) = Connection::memory();
        let server = Some(std::thread::spawn(move || unsnarl::lsp::serve(server, &LibraryPlaces::default())));
        let mut client = Client {
            connection,
            server,
            folder: folder.to_owned(),
            next: 0,
            opened: 0,
            open: BTreeMap::new(),
            published: BTreeMap::new(),
            wrong: Vec::new(),
        };
        let folders = json!([{ "uri": client.uri(""), "name": "soak" }]);
        let capabilities = json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } } });
        client.ask(
            "initialize",
            json!({ "processId": null, "rootUri": null, "capabilities": capabilities,
                "workspaceFolders": folders, "initializationOptions": options }),
        );
        client.notify("initialized", json!({}));
        client.settle();
        client
    }

    pub fn uri(&self, path: &str) -> String {
        let url = gen_lsp_types::Uri::from_file_path(self.folder.join(path)).expect("the path is absolute");
        url.to_string()
    }

    pub fn notify(&self, method: &str, parameters: Value) {
        let message = Notification { method: method.to_owned(), params: parameters };
        self.connection.sender.send(message.into()).expect("the server runs");
    }

    /// Opens a text, or changes it in one place, or in several at once.
    pub fn write(&mut self, path: &str, text: &str, splits: bool) {
        let uri = self.uri(path);
        let Some(open) = self.open.get_mut(path) else {
            let language = if path.ends_with(".rs") { "rust" } else { "python" };
            // Versions go on where a text was open before, so that what comes late is known as that.
            self.opened += 100_000;
            let version = self.opened;
            self.open.insert(path.to_owned(), Open { version, text: text.to_owned() });
            let document = json!({ "uri": uri, "languageId": language, "version": version, "text": text });
            self.notify("textDocument/didOpen", json!({ "textDocument": document }));
            return;
        };
        open.version += 1;
        let before = std::mem::replace(&mut open.text, text.to_owned());
        let version = open.version;
        let (start, end, middle) = replaced(&before, text);
        let range = json!({ "start": position(&before, start), "end": position(&before, end) });
        let changes = match splits {
            true => {
                let at = position(&before, start);
                json!([{ "range": range, "text": "" }, { "range": { "start": at, "end": at }, "text": middle }])
            }
            false => json!([{ "range": range, "text": middle }]),
        };
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    pub fn close(&mut self, path: &str) {
        self.open.remove(path);
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": self.uri(path) } }));
    }

    /// Tells of a file on the disk: 1 if it was made, 2 if it was changed, 3 if it is gone.
    pub fn watched(&self, path: &str, kind: u32) {
        let change = json!({ "uri": self.uri(path), "type": kind });
        self.notify("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    }

    /// Waits until all that was said is in what is told: requests are answered only then.
    pub fn settle(&mut self) {
        let nowhere = json!({ "textDocument": { "uri": self.uri("nowhere.py") },
            "position": { "line": 0, "character": 0 } });
        self.ask("textDocument/hover", nowhere);
    }

    pub fn ask(&mut self, method: &str, parameters: Value) -> Response {
        self.next += 1;
        let id = RequestId::from(self.next);
        let request = Request { id: id.clone(), method: method.to_owned(), params: parameters };
        self.connection.sender.send(request.into()).expect("the server runs");
        loop {
            if let Message::Response(response) = self.hear()
                && response.id == id
            {
                return response;
            }
        }
    }

    /// The next message, after what it tells was noted.
    pub fn hear(&mut self) -> Message {
        let message = self.connection.receiver.recv_timeout(PATIENCE).expect("the server answers");
        if let Message::Notification(it) = &message {
            match it.method.as_str() {
                "textDocument/publishDiagnostics" => self.take(&it.params),
                "window/logMessage" | "window/showMessage" => self.wrong.push(it.params["message"].to_string()),
                _ => {}
            }
        }
        message
    }

    fn take(&mut self, params: &Value) {
        let path = self.path(params["uri"].as_str().expect("it names a file"));
        let version = params["version"].as_i64().map(|version| version as i32);
        let diagnostics = params["diagnostics"].as_array().expect("it is a list").clone();
        if let (Some(version), Some(before)) = (version, self.published.get(&path).and_then(|it| it.version))
            && version < before
        {
            self.wrong.push(format!("{path}: version {version} was told after {before}"));
        }
        self.published.insert(path, Published { version, diagnostics });
    }

    /// The path from the folder of an address.
    pub fn path(&self, uri: &str) -> String {
        let url: gen_lsp_types::Uri = uri.parse().expect("it is an address");
        let path = url.to_file_path().expect("it is of a file");
        path.strip_prefix(&self.folder).unwrap_or(&path).to_string_lossy().replace('\\', "/")
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        self.ask("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        let server = self.server.take().expect("it was started");
        assert_eq!(server.join().expect("the server does not panic"), Ok(()));
    }
}

/// The one place in which two texts differ: its bytes in the first, and what stands there in the second.
fn replaced<'n>(before: &str, now: &'n str) -> (usize, usize, &'n str) {
    let head: usize = before.chars().zip(now.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (&before[head..], &now[head..]);
    let same = old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b);
    let tail: usize = same.map(|(c, _)| c.len_utf8()).sum();
    (head, before.len() - tail, &new[..new.len() - tail])
}

/// The position of a byte, in the units of UTF-16. Between the two characters that end a line no position can be.
pub fn position(text: &str, at: usize) -> Value {
    let (mut line, mut character) = (0, 0);
    let mut before = text[..at].chars().peekable();
    while let Some(c) = before.next() {
        let ends_line = c == '\n' || c == '\r' && before.peek().map_or(!text[at..].starts_with('\n'), |c| *c != '\n');
        if ends_line {
            (line, character) = (line + 1, 0);
        } else {
            character += c.len_utf16();
        }
    }
    json!({ "line": line, "character": character })
}

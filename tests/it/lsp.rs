//! The language server, spoken to over a connection in memory.

use crossbeam_channel::RecvTimeoutError;
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use unsnarl::project::LibraryPlaces;

const PATIENCE: Duration = Duration::from_secs(60);

const HELPER: &str = "import time\n\n\ndef settle():\n    time.sleep(1)\n";
const CALLER: &str = "from helper import settle\n\n\nasync def handle():\n    settle()\n";

/// A client with a folder of its own.
struct Client {
    connection: Connection,
    server: Option<JoinHandle<Result<(), String>>>,
    folder: PathBuf,
    next: i32,
    /// The newest diagnostics, by file name.
    pushed: BTreeMap<String, Value>,
    requested: Vec<Request>,
    /// What the server said that it can do.
    capabilities: Value,
}

impl Client {
    fn start(name: &str, files: &[(&str, &str)], capabilities: Value) -> Client {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("lsp").join(name);
        let _ = fs::remove_dir_all(&folder);
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("it is in the folder")).expect("the folder can be made");
            fs::write(path, text).expect("the file can be written");
        }
        let folder = fs::canonicalize(folder).expect("the folder was made");
        let (server, connection) = Connection::memory();
        // Beside the folder, so that nothing in it is the project's own.
        let cargo_home = Some(folder.with_file_name(format!("{name}-home")));
        let libraries = LibraryPlaces { cargo_home, ..LibraryPlaces::default() };
        let server = Some(std::thread::spawn(move || unsnarl::lsp::serve(server, &libraries)));
        let (pushed, requested) = (BTreeMap::new(), Vec::new());
        let mut client = Client { connection, server, folder, next: 0, pushed, requested, capabilities: Value::Null };
        let uri = client.uri("");
        let folders = json!([{ "uri": uri, "name": name }]);
        let parameters = json!({ "processId": null, "rootUri": null, "capabilities": capabilities,
            "workspaceFolders": folders });
        client.capabilities = client.request("initialize", parameters)["capabilities"].clone();
        client.notify("initialized", json!({}));
        client
    }

    fn uri(&self, path: &str) -> String {
        format!("file://{}", self.folder.join(path).display())
    }

    fn notify(&self, method: &str, parameters: Value) {
        let message = Notification { method: method.to_owned(), params: parameters };
        self.connection.sender.send(message.into()).expect("the server runs");
    }

    fn open(&self, path: &str, version: i32, text: &str) {
        let document = json!({ "uri": self.uri(path), "languageId": "python", "version": version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the whole text.
    fn rewrite(&self, path: &str, version: i32, text: &str) {
        let document = json!({ "uri": self.uri(path), "version": version });
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }

    fn ask(&mut self, method: &str, parameters: Value) -> Response {
        self.next += 1;
        let id = RequestId::from(self.next);
        let request = Request { id: id.clone(), method: method.to_owned(), params: parameters };
        self.connection.sender.send(request.into()).expect("the server runs");
        let mut answer = None;
        self.until(&format!("an answer to {method}"), |_, message| match message {
            Message::Response(response) if response.id == id => {
                answer = Some(response.clone());
                true
            }
            _ => false,
        });
        answer.expect("it was waited for")
    }

    fn request(&mut self, method: &str, parameters: Value) -> Value {
        let response = self.ask(method, parameters);
        serde_json::to_value(response).expect("it is plain data")["result"].clone()
    }

    /// Waits for a message.
    fn until(&mut self, what: &str, mut is_it: impl FnMut(&Client, &Message) -> bool) {
        let began = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(began.elapsed());
            let message = match self.connection.receiver.recv_timeout(left) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => panic!("no {what} came"),
                Err(RecvTimeoutError::Disconnected) => panic!("the server ended before {what}"),
            };
            match &message {
                Message::Notification(it) if it.method == "textDocument/publishDiagnostics" => {
                    let uri = it.params["uri"].as_str().expect("it names a file").to_owned();
                    let name = uri.rsplit('/').next().expect("a path has an end").to_owned();
                    self.pushed.insert(name, it.params.clone());
                }
                Message::Request(request) => self.requested.push(request.clone()),
                _ => {}
            }
            if is_it(self, &message) {
                return;
            }
        }
    }

    /// Waits until the diagnostics of a file, of that version, are so many.
    fn until_pushed(&mut self, file: &str, version: Option<i32>, count: usize) -> Vec<Value> {
        let is_it = |client: &Client| {
            client.pushed.get(file).is_some_and(|pushed| {
                pushed["version"].as_i64() == version.map(i64::from)
                    && pushed["diagnostics"].as_array().is_some_and(|all| all.len() == count)
            })
        };
        if !is_it(self) {
            self.until(&format!("{count} diagnostics of {file} {version:?}"), |client, _| is_it(client));
        }
        self.pushed[file]["diagnostics"].as_array().expect("it is a list").clone()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if std::thread::panicking() || self.server.is_none() {
            return;
        }
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        let server = self.server.take().expect("it was started");
        assert_eq!(server.join().expect("the server does not panic"), Ok(()));
    }
}

#[test]
fn an_edit_of_a_helper_moves_the_finding_of_a_caller_that_is_not_open() {
    let mut client = Client::start("helper", &[("helper.py", HELPER), ("caller.py", CALLER)], json!({}));
    let found = client.until_pushed("caller.py", None, 1);
    assert_eq!(found[0]["code"], "blocking-call-in-async");
    assert_eq!(found[0]["range"]["start"], json!({ "line": 4, "character": 4 }));
    let related = &found[0]["relatedInformation"];
    assert_eq!(related[0]["location"]["range"]["start"]["line"], 4);
    assert_eq!(related[0]["message"], "in `settle`: `time.sleep` sleeps");
    assert!(related[0]["location"]["uri"].as_str().expect("it is an address").ends_with("/helper.py"));

    client.open("helper.py", 1, HELPER);
    client.rewrite("helper.py", 2, &HELPER.replace("time.sleep(1)", "pass"));
    client.until_pushed("caller.py", None, 0);
    client.rewrite("helper.py", 3, HELPER);
    client.until_pushed("caller.py", None, 1);
    // What was not saved is gone when it is closed.
    client.rewrite("helper.py", 4, "def settle(): ...\n");
    client.until_pushed("caller.py", None, 0);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": client.uri("helper.py") } }));
    client.until_pushed("caller.py", None, 1);
}

#[test]
fn half_typed_python_is_read_and_half_typed_rust_is_what_it_was() {
    let manifest = "[package]\nname = \"a\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    let helper = "pub fn settle() {\n    std::thread::sleep(std::time::Duration::from_secs(1));\n}\n";
    let caller = "mod helper;\n\npub async fn handle() {\n    helper::settle();\n}\n";
    let files = [("Cargo.toml", manifest), ("src/lib.rs", caller), ("src/helper.rs", helper)];
    let mut client = Client::start("typed", &files, json!({}));
    client.until_pushed("lib.rs", None, 1);
    client.open("src/lib.rs", 1, caller);
    client.rewrite("src/lib.rs", 2, &format!("// 漢\nfn half(\n{caller}"));
    let found = client.until_pushed("lib.rs", Some(2), 1);
    assert_eq!(found[0]["range"]["start"], json!({ "line": 5, "character": 4 }));
    client.rewrite("src/lib.rs", 3, "pub async fn handle() {}\n");
    client.until_pushed("lib.rs", Some(3), 0);

    let client = &mut Client::start("typed_python", &[("helper.py", HELPER)], json!({}));
    client.open("caller.py", 1, &format!("{CALLER}\n\ndef half(\n"));
    fs::write(client.folder.join("caller.py"), CALLER).expect("it can be written");
    let uri = client.uri("caller.py");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 1 }] }));
    client.until_pushed("caller.py", Some(1), 1);
}

#[test]
fn positions_are_in_the_encoding_that_was_agreed_upon() {
    let text = "import time\n\n\nasync def f():\n    \"😀漢\"; time.sleep(1)\n";
    for (offered, agreed, character) in [
        (json!(["utf-16", "utf-8"]), "utf-8", 15),
        (json!(["utf-32"]), "utf-32", 10),
        (json!(["utf-16"]), "utf-16", 11),
    ] {
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let mut client = Client::start(&format!("encoding-{agreed}"), &[("a.py", text)], capabilities);
        let found = client.until_pushed("a.py", None, 1);
        assert_eq!(found[0]["range"]["start"], json!({ "line": 4, "character": character }), "{agreed}");
        // Deletes the face: the call moves by what the face took.
        client.open("a.py", 1, text);
        let units = match agreed {
            "utf-8" => 4,
            "utf-16" => 2,
            _ => 1,
        };
        let range = json!({ "start": { "line": 4, "character": 5 }, "end": { "line": 4, "character": 5 + units } });
        let document = json!({ "uri": client.uri("a.py"), "version": 2 });
        let changes = json!([{ "range": range, "text": "" }]);
        client.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
        let found = client.until_pushed("a.py", Some(2), 1);
        assert_eq!(found[0]["range"]["start"]["character"], character - units, "{agreed}");
    }
}

#[test]
fn diagnostics_are_pulled_where_the_client_does_so() {
    let capabilities = json!({ "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } } });
    let mut client = Client::start("pull", &[("helper.py", HELPER), ("caller.py", CALLER)], capabilities);
    let document = json!({ "textDocument": { "uri": client.uri("caller.py") } });
    let report = client.request("textDocument/diagnostic", document);
    assert_eq!((&report["kind"], report["items"].as_array().map(Vec::len)), (&json!("full"), Some(1)));
    let id = report["resultId"].clone();
    let again = json!({ "textDocument": { "uri": client.uri("caller.py") }, "previousResultId": id });
    assert_eq!(client.request("textDocument/diagnostic", again)["kind"], "unchanged");

    let all = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let items = all["items"].as_array().expect("it is a list").clone();
    assert_eq!(items.len(), 1);
    assert!(items[0]["uri"].as_str().expect("it is an address").ends_with("caller.py"));
    client.open("helper.py", 1, "def settle(): ...\n");
    let known = json!([{ "uri": client.uri("caller.py"), "value": items[0]["resultId"] }]);
    let all = client.request("workspace/diagnostic", json!({ "previousResultIds": known }));
    assert_eq!(all["items"][0]["items"], json!([]));
    assert!(client.pushed.is_empty());
    assert!(client.requested.iter().any(|request| request.method == "workspace/diagnostic/refresh"));
}

#[test]
fn the_steps_are_in_the_message_where_related_information_is_not_shown() {
    let files = [("helper.py", HELPER), ("caller.py", CALLER)];
    let step = "\nhelper.py:5: in `settle`: `time.sleep` sleeps\n";
    for (says, is_told, is_related) in
        [(json!(null), true, true), (json!(false), true, false), (json!(true), false, true)]
    {
        let published = match says {
            Value::Null => json!({}),
            says => json!({ "relatedInformation": says }),
        };
        let capabilities = json!({ "textDocument": { "publishDiagnostics": published } });
        let mut client = Client::start("related", &files, capabilities);
        let found = client.until_pushed("caller.py", None, 1);
        assert_eq!(found[0]["message"].as_str().expect("it is a text").contains(step), is_told);
        assert_eq!(found[0]["relatedInformation"].is_array(), is_related);
    }
}

/// It would ask about a text when that text changes, not when a helper does.
#[test]
fn a_client_that_cannot_be_told_to_pull_again_is_pushed_to() {
    let capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let mut client = Client::start("no-refresh", &[("helper.py", HELPER), ("caller.py", CALLER)], capabilities);
    assert_eq!(client.capabilities["diagnosticProvider"], Value::Null);
    client.open("caller.py", 1, CALLER);
    client.until_pushed("caller.py", Some(1), 1);
    client.open("helper.py", 1, "def settle(): ...\n");
    client.until_pushed("caller.py", Some(1), 0);
}

#[test]
fn a_finding_is_silenced_by_its_actions() {
    let files = [("helper.py", HELPER), ("caller.py", CALLER)];
    let mut client = Client::start("actions", &files, json!({}));
    client.until_pushed("caller.py", None, 1);
    let at = json!({ "line": 4, "character": 6 });
    let asked = json!({ "textDocument": { "uri": client.uri("caller.py") },
        "range": { "start": at, "end": at }, "context": { "diagnostics": [] } });
    let actions = client.request("textDocument/codeAction", asked.clone());
    let titles: Vec<&str> =
        actions.as_array().expect("it is a list").iter().filter_map(|it| it["title"].as_str()).collect();
    let expected = [
        "allow `blocking-call-in-async` here",
        "allow `blocking-call-in-async` in this file",
        "mark `settle` as non-blocking",
    ];
    assert_eq!(titles, expected);
    for (n, action) in actions.as_array().expect("it is a list").iter().enumerate() {
        let changes = action["edit"]["changes"].as_object().expect("it changes files");
        let (uri, edits) = changes.iter().next().expect("it changes one");
        let name = uri.rsplit('/').next().expect("a path has an end");
        let text = if name == "helper.py" { HELPER } else { CALLER };
        let line = edits[0]["range"]["start"]["line"].as_u64().expect("it is a number") as usize;
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        lines.insert(line, edits[0]["newText"].as_str().expect("it is a text"));
        let version = n as i32 * 2 + 1;
        client.open(name, version, &lines.concat());
        client.until_pushed("caller.py", (name == "caller.py").then_some(version), 0);
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        client.until_pushed("caller.py", None, 1);
    }
}

#[test]
fn a_hover_shows_a_lints_page_and_what_a_function_waits_for() {
    let caller = CALLER.replace("    settle", "    # unsnarl: allow(blocking-call-in-async)\n    settle");
    let mut client = Client::start("hover", &[("helper.py", HELPER), ("caller.py", &caller)], json!({}));
    let hover = |client: &mut Client, path: &str, line: u32, character: u32| {
        let position = json!({ "line": line, "character": character });
        let asked = json!({ "textDocument": { "uri": client.uri(path) }, "position": position });
        client.request("textDocument/hover", asked)["contents"]["value"].as_str().map(str::to_owned)
    };
    let page = hover(&mut client, "caller.py", 4, 30).expect("a lint is named there");
    assert_eq!(page, include_str!("../../lints/blocking_call_in_async.md"));
    for (path, line, character) in [("caller.py", 5, 6), ("helper.py", 3, 6)] {
        let shown = hover(&mut client, path, line, character).expect("a function is there");
        assert!(shown.contains("`settle` blocks: `time.sleep`"), "{shown}");
    }
    assert_eq!(hover(&mut client, "helper.py", 0, 2), None);
}

#[test]
fn a_broken_configuration_is_told_and_leaves_what_was_known() {
    let files = [("helper.py", HELPER), ("caller.py", CALLER), ("unsnarl.toml", "")];
    let mut client = Client::start("broken", &files, json!({}));
    client.until_pushed("caller.py", None, 1);
    let touch = |client: &Client, text: &str| {
        fs::write(client.folder.join("unsnarl.toml"), text).expect("it can be written");
        let uri = client.uri("unsnarl.toml");
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 2 }] }));
    };
    touch(&client, "min-certainty = \"perhaps\"\n");
    client.until("a message of what is wrong", |_, message| match message {
        Message::Notification(it) => {
            it.method == "window/showMessage"
                && it.params["message"].as_str().is_some_and(|text| text.starts_with("unsnarl.toml:1: "))
        }
        _ => false,
    });
    client.open("helper.py", 1, "def settle(): ...\n");
    client.until_pushed("caller.py", None, 0);
    touch(&client, "");
    client.rewrite("helper.py", 2, HELPER);
    client.until_pushed("caller.py", None, 1);
}

/// As on the command line: what a library's function is decides what is found.
#[test]
fn types_of_installed_libraries_are_known() {
    let manifest = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"2.0.0\"\nedition = \"2024\"\n");
    let app = manifest("app") + "[dependencies]\nparcels = \"2\"\n";
    let lock = "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"2.0.0\"\ndependencies = [\n \"parcels\",\n]\n\n\
                [[package]]\nname = \"parcels\"\nversion = \"2.0.0\"\nsource = \"registry+https://example.org/index\"\n";
    let main = "fn main() {}\n\npub async fn handle() {\n    parcels::send();\n}\n";
    let files = [
        ("Cargo.toml", app.as_str()),
        ("Cargo.lock", lock),
        ("src/main.rs", main),
        ("../installed-home/registry/src/index-1/parcels-2.0.0/Cargo.toml", &manifest("parcels")),
        ("../installed-home/registry/src/index-1/parcels-2.0.0/src/lib.rs", "pub async fn send() {}\n"),
    ];
    let mut client = Client::start("installed", &files, json!({}));
    assert_eq!(client.until_pushed("main.rs", None, 1)[0]["code"], "unawaited-future");

    let installed = ("../environment/lib/python3.12/site-packages/parcels.py", "async def send(): ...\n");
    let files = [
        ("main.py", "import parcels\n\n\nasync def handle():\n    parcels.send()\n"),
        installed,
        ("../environment/pyvenv.cfg", ""),
    ];
    let mut client = Client::start("python-installed", &files, json!({}));
    client.open("main.py", 1, files[0].1);
    client.until_pushed("main.py", Some(1), 0);
    let environment = client.folder.with_file_name("environment");
    let settings = json!({ "settings": { "unsnarl": { "python-environment": environment } } });
    client.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(client.until_pushed("main.py", Some(1), 1)[0]["code"], "unawaited-future");
}

fn error_code(response: &Response) -> Option<i64> {
    serde_json::to_value(response).expect("it is plain data")["error"]["code"].as_i64()
}

#[test]
fn requests_come_in_their_time_or_are_refused() {
    let mut client = Client::start("order", &[("a.py", "")], json!({}));
    let unknown = client.ask("textDocument/rename", json!({}));
    assert_eq!(error_code(&unknown), Some(-32601));
    let malformed = client.ask("textDocument/hover", json!({ "position": 3 }));
    assert_eq!(error_code(&malformed), Some(-32602));
    client.request("shutdown", Value::Null);
    let late = client.ask("textDocument/hover", json!({}));
    assert_eq!(error_code(&late), Some(-32600));
    client.notify("exit", Value::Null);
    let server = client.server.take().expect("it was started");
    assert_eq!(server.join().expect("the server does not panic"), Ok(()));
}

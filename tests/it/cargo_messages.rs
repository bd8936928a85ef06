//! Findings as cargo's messages: the shape and the conventions of recorded ones, what readers of them understand, and
//! a `cargo check` beside.

use crate::discovery::Scratch;
use cargo_metadata::Message;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Output};

/// What clippy told of a workspace, and the texts that it told it of.
const RECORDED: &str = include_str!("../cargo/clippy.json");

const MANIFEST: &str = "[workspace]\nmembers = ['app', 'my-core']\nresolver = '3'\n\
                        [workspace.package]\nversion = '0.3.1'\nedition = '2024'\n";
const APP: &str = "[package]\nname = 'app'\nversion.workspace = true\nedition.workspace = true\n\
                   [dependencies]\nmy-core = { path = '../my-core' }\n";
const CORE: &str = "[package]\nname = 'my-core'\nversion.workspace = true\nedition.workspace = true\n";
const MAIN: &str = "mod store;\n\nasync fn handler() {\n    /* 日本語 🎥 */ store::load(\n        \"é\",\n    );\n}\n\n\
                    fn main() {\n    std::hint::black_box(handler);\n}\n";
/// Lines end as on Windows.
const STORE: &str = "// 🎥\r\npub fn load(_: &str) {\r\n    /* 日 */ my_core::pause(\r\n    );\r\n}\r\n";
/// Begins with a byte order mark.
const PAUSE: &str = "\u{feff}pub fn pause() { std::thread::sleep(std::time::Duration::from_secs(2)); }\n";
const UNUSED: &str = "// unsnarl: allow(untracked-spawn)\npub fn other() {}\n";

fn workspace(name: &str) -> Scratch {
    let core = "mod unused;\nmod wait;\npub use {unused::other, wait::pause};\n";
    let files = [
        ("Cargo.toml", MANIFEST),
        ("app/Cargo.toml", APP),
        ("app/src/main.rs", MAIN),
        ("app/src/store.rs", STORE),
        ("app/tool.py", "import time\n\n\nasync def f():\n    time.sleep(3)\n"),
        ("my-core/Cargo.toml", CORE),
        ("my-core/src/lib.rs", core),
        ("my-core/src/wait.rs", PAUSE),
        ("my-core/src/unused.rs", UNUSED),
        ("scripts/a.py", "import time\n\n\nasync def f():\n    time.sleep(3)\n"),
    ];
    Scratch::new(name, &files)
}

fn cargo_unsnarl(scratch: &Scratch, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-unsnarl"));
    command.arg("unsnarl").args(arguments).current_dir(&scratch.root);
    command.output().expect("the command can be run")
}

fn cargo(scratch: &Scratch, arguments: &[&str]) -> Output {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(&scratch.root);
    command.output().expect("cargo can be run")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

fn messages(output: &Output) -> Vec<Value> {
    let lines = text(&output.stdout);
    lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("is JSON: {line}"))).collect()
}

fn of_reason<'m>(messages: &'m [Value], reason: &str) -> Vec<&'m Value> {
    messages.iter().filter(|message| message["reason"] == reason).collect()
}

fn codes(messages: &[Value]) -> Vec<&str> {
    let told = of_reason(messages, "compiler-message").into_iter();
    told.filter_map(|message| message["message"]["code"]["code"].as_str()).collect()
}

/// Of each place in a message: the kinds of values that are there, and for objects the keys that each of them has and
/// those that some have.
#[derive(Debug, Default)]
struct Shape {
    kinds: BTreeMap<String, BTreeSet<&'static str>>,
    keys: BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>,
}

impl Shape {
    fn of(messages: &[Value]) -> Shape {
        let mut shape = Shape::default();
        for message in messages {
            shape.add(message["reason"].as_str().expect("a message has a reason"), message);
        }
        shape
    }

    fn add(&mut self, place: &str, value: &Value) {
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "bool",
            Value::Number(_) => "number",
            Value::String(_) => "text",
            Value::Array(_) => "list",
            Value::Object(_) => "object",
        };
        self.kinds.entry(place.to_owned()).or_default().insert(kind);
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.add(&format!("{place}[]"), item)),
            Value::Object(object) => {
                let own: BTreeSet<String> = object.keys().cloned().collect();
                let (all, some) = self.keys.entry(place.to_owned()).or_insert_with(|| (own.clone(), BTreeSet::new()));
                all.retain(|key| own.contains(key));
                some.extend(own);
                object.iter().for_each(|(key, value)| self.add(&format!("{place}.{key}"), value));
            }
            _ => {}
        }
    }
}

#[test]
fn messages_have_the_shape_of_recorded_ones() {
    let recorded: Value = serde_json::from_str(RECORDED).expect("is JSON");
    let recorded = Shape::of(recorded["messages"].as_array().expect("is a list"));
    let scratch = workspace("cargo-shape");
    let ours = messages(&cargo_unsnarl(&scratch, &["--workspace", "--message-format=json", "-D", "all"]));
    assert!(ours.len() > 4);
    let ours = Shape::of(&ours);
    for (place, kinds) in &ours.kinds {
        let known = recorded.kinds.get(place).unwrap_or_else(|| panic!("{place} is there in cargo's messages"));
        assert!(kinds.is_subset(known), "{place}: {kinds:?} in ours, {known:?} in cargo's");
    }
    for (place, (all, some)) in &ours.keys {
        let (required, known) = &recorded.keys[place];
        assert!(required.is_subset(all), "{place}: {required:?} are always in cargo's, {all:?} in ours");
        assert!(some.is_subset(known), "{place}: {known:?} are in cargo's, {some:?} in ours");
    }
}

/// What we tell of the workspace, where it is left out; `UPDATE=1` writes it.
#[test]
fn messages_are_as_written() {
    let scratch = workspace("cargo-written");
    let output = cargo_unsnarl(&scratch, &["--workspace", "--message-format=json", "-D", "blocking"]);
    let root = scratch.root.display().to_string();
    let told: Vec<Value> = text(&output.stdout)
        .lines()
        .map(|line| line.replace(&root, "/workspace").replace(env!("CARGO_PKG_VERSION"), "VERSION"))
        .map(|line| serde_json::from_str(&line).expect("is JSON"))
        .collect();
    let told = serde_json::to_string_pretty(&told).expect("plain values always serialize") + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cargo/messages.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &told).expect("it can be written");
    }
    let written = std::fs::read_to_string(path).expect("it can be read");
    assert!(told == written, "UPDATE=1 writes what is told now:\n{told}");
}

/// Asserts that a span is right for a text; what is between its ends.
#[track_caller]
fn spanned<'t>(span: &Value, source: &'t str) -> &'t str {
    let number = |key: &str| span[key].as_u64().expect("is a number") as usize;
    let (start, end) = (number("byte_start"), number("byte_end"));
    let visible = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mark = source.len() - visible.len();
    let at = |offset: usize| {
        let before = &visible[..offset - mark];
        let line = before.matches('\n').count() + 1;
        (line, before.rsplit('\n').next().expect("there is a line").chars().count() + 1)
    };
    assert_eq!((number("line_start"), number("column_start")), at(start), "{span:#}");
    assert_eq!((number("line_end"), number("column_end")), at(end), "{span:#}");
    let lines: Vec<Value> = (number("line_start")..=number("line_end"))
        .map(|line| {
            let text = visible.lines().nth(line - 1).expect("the line is there");
            let from = if line == number("line_start") { number("column_start") } else { 1 };
            let to = if line == number("line_end") { number("column_end") } else { text.chars().count() + 1 };
            serde_json::json!({ "text": text, "highlight_start": from, "highlight_end": to })
        })
        .collect();
    assert_eq!(span["text"], Value::Array(lines));
    &source[start..end]
}

/// All spans of a message and of those below it.
fn spans(message: &Value) -> Vec<&Value> {
    let own = message["spans"].as_array().expect("is a list").iter();
    own.chain(message["children"].as_array().expect("is a list").iter().flat_map(spans)).collect()
}

#[test]
fn spans_count_as_in_recorded_messages() {
    let recorded: Value = serde_json::from_str(RECORDED).expect("is JSON");
    let mut seen = 0;
    for message in recorded["messages"].as_array().expect("is a list").iter().filter(|it| it["message"].is_object()) {
        for span in spans(&message["message"]) {
            let file = span["file_name"].as_str().expect("is a text");
            spanned(span, recorded["sources"][file].as_str().expect("it was recorded"));
            seen += 1;
        }
    }
    assert!(seen > 20, "the test looks at what was recorded");

    let scratch = workspace("cargo-spans");
    let ours = messages(&cargo_unsnarl(&scratch, &["--message-format", "json"]));
    let told = of_reason(&ours, "compiler-message");
    let finding = &told.iter().find(|it| it["message"]["spans"][0]["file_name"] == "app/src/main.rs").expect("is told");
    let way: Vec<(&str, bool, &str, &str)> = spans(&finding["message"])
        .into_iter()
        .map(|span| {
            let file = span["file_name"].as_str().expect("is a text");
            let code = match file {
                "app/src/main.rs" => spanned(span, MAIN),
                "app/src/store.rs" => spanned(span, STORE),
                _ => spanned(span, PAUSE),
            };
            (file, span["is_primary"] == true, code, span["label"].as_str().expect("has a label"))
        })
        .collect();
    let sleep = "std::thread::sleep(std::time::Duration::from_secs(2))";
    let expected = [
        (
            "app/src/main.rs",
            true,
            "store::load(\n        \"é\",\n    )",
            "calls `load`, which leads to `std::thread::sleep`",
        ),
        ("app/src/store.rs", false, "my_core::pause(\r\n    )", "1, in `load`: calls `pause`"),
        ("my-core/src/wait.rs", false, sleep, "2, in `pause`: `std::thread::sleep` sleeps"),
    ];
    assert_eq!(way, expected);
    for message in told {
        assert_eq!(spans(&message["message"]).iter().filter(|span| span["is_primary"] == true).count(), 1);
    }
}

#[test]
fn readers_of_cargo_understand_every_line() {
    let scratch = workspace("cargo-readers");
    let output = cargo_unsnarl(&scratch, &["--message-format=json"]);
    assert_eq!(output.status.code(), Some(1));
    let read: Vec<Message> = Message::parse_stream(output.stdout.as_slice()).map(|it| it.expect("is read")).collect();
    let metadata = cargo(&scratch, &["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let metadata = cargo_metadata::MetadataCommand::parse(text(&metadata.stdout)).expect("is metadata");
    let package = |name: &str| metadata.packages.iter().find(|it| it.name == name).expect("it is there");
    let mut told = Vec::new();
    for message in &read {
        match message {
            Message::CompilerMessage(message) => {
                let of = if message.target.name == "app" { package("app") } else { package("my-core") };
                assert_eq!((&message.package_id, &message.target), (&of.id, &of.targets[0]));
                let diagnostic = &message.message;
                let code = diagnostic.code.as_ref().expect("has a code").code.as_str();
                let level = diagnostic.level;
                told.push(format!("{code} {level:?} {}", diagnostic.spans[0].file_name));
                let rendered = diagnostic.rendered.as_deref().expect("is rendered");
                let head = format!("warning[{}]: {}\n", code.trim_start_matches("unsnarl::"), diagnostic.message);
                assert!(rendered.starts_with(&head) && rendered.ends_with("\n\n"), "{rendered}");
                if code == "unsnarl::blocking-call-in-async" {
                    let last = diagnostic.children.last().expect("there is help");
                    assert!(last.message.contains("https://") && last.message.ends_with(".md"), "{}", last.message);
                }
            }
            Message::CompilerArtifact(artifact) => {
                told.push(format!("artifact {}", artifact.target.name));
                assert!(!artifact.fresh && artifact.filenames.is_empty());
            }
            Message::BuildFinished(finished) => told.push(format!("finished {}", finished.success)),
            other => panic!("{other:?} is not told by us"),
        }
    }
    let expected = [
        "unsnarl::blocking-call-in-async Warning app/src/main.rs",
        "unsnarl::blocking-call-in-async Warning app/tool.py",
        "unsnarl::unused-allow Warning my-core/src/unused.rs",
        "artifact app",
        "artifact my_core",
        "finished true",
    ];
    assert_eq!(told, expected);
    let outside = text(&output.stderr);
    assert_eq!(outside.lines().count(), 1, "{outside}");
    assert!(outside.starts_with("scripts/a.py:5:5: warning[blocking-call-in-async]: "), "{outside}");
}

#[test]
fn variants_say_how_messages_are_rendered() {
    let scratch = workspace("cargo-variants");
    let run = |format: &str| cargo_unsnarl(&scratch, &["-p", "app", "--message-format", format, "-D", "blocking"]);
    let rendered = |output: &Output| {
        let told = messages(output);
        told[0]["message"]["rendered"].as_str().expect("is rendered").to_owned()
    };
    assert!(!rendered(&run("json")).contains('\u{1b}'));
    assert!(rendered(&run("json,json-diagnostic-rendered-ansi")).contains('\u{1b}'));
    let short = rendered(&run("json-diagnostic-short"));
    assert_eq!(short.lines().count(), 1);
    assert!(short.starts_with("app/src/main.rs:4:17: error[blocking-call-in-async]: async `handler` "), "{short}");
    let apart = run("json-render-diagnostics");
    let told = messages(&apart);
    assert!(of_reason(&told, "compiler-message").is_empty());
    assert_eq!(told.last().expect("there is a line")["success"], false);
    assert!(text(&apart.stderr).starts_with("error[blocking-call-in-async]: "), "{}", text(&apart.stderr));
}

#[test]
fn packages_and_targets_are_those_of_cargo_metadata() {
    let manifest = "[package]\nname = 'all-kinds'\nversion = '1.2.3-rc.1+build'\nedition = '2021'\nbuild = 'make.rs'\n\
                    [lib]\ncrate-type = ['cdylib', 'rlib']\ndoctest = false\n\
                    [[bin]]\nname = 'named'\npath = 'src/elsewhere.rs'\nrequired-features = ['extra']\ntest = false\n\
                    [[bin]]\nname = 'usual'\n[[example]]\nname = 'shown'\ncrate-type = ['staticlib']\nrequired-features = []\n\
                    [[test]]\nname = 'own'\npath = 'tests/own.rs'\nedition = '2018'\n[features]\nextra = []\n";
    let files = [
        ("Cargo.toml", "[workspace]\nmembers = ['*/']\nexclude = ['target']\nresolver = '2'\n"),
        ("all kinds/Cargo.toml", manifest),
        ("all kinds/make.rs", "fn main() {}\n"),
        ("all kinds/src/lib.rs", ""),
        ("all kinds/src/main.rs", "fn main() {}\n"),
        ("all kinds/src/elsewhere.rs", "fn main() {}\n"),
        ("all kinds/src/bin/usual.rs", "fn main() {}\n"),
        ("all kinds/src/bin/found.rs", "fn main() {}\n"),
        ("all kinds/src/bin/folder/main.rs", "fn main() {}\n"),
        ("all kinds/examples/shown.rs", ""),
        ("all kinds/examples/second/main.rs", "fn main() {}\n"),
        ("all kinds/tests/own.rs", ""),
        ("all kinds/tests/other.rs", ""),
        ("all kinds/benches/fast.rs", ""),
        ("macros/Cargo.toml", "[package]\nname = 'macros'\n[lib]\nname = 'derive_it'\nproc-macro = true\n"),
        ("macros/src/lib.rs", ""),
        ("ünï/Cargo.toml", "[package]\nname = 'main-only'\nversion = '0.1.0'\nautobins = true\n"),
        ("ünï/src/main.rs", "fn main() {}\n"),
        ("ünï/build.rs", "fn main() {}\n"),
        ("none/Cargo.toml", "[package]\nname = 'none'\nversion = '0.1.0'\nautobins = false\n[lib]\npath = 'l.rs'\n"),
        ("none/l.rs", ""),
        ("none/src/main.rs", "fn main() {}\n"),
    ];
    let scratch = Scratch::new("cargo-kinds", &files);
    let metadata = cargo(&scratch, &["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    assert!(metadata.status.success(), "{}", text(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("is JSON");
    let mut expected = BTreeSet::new();
    for package in metadata["packages"].as_array().expect("is a list") {
        for target in package["targets"].as_array().expect("is a list") {
            expected.insert(format!("{} {} {target}", package["id"], package["manifest_path"]));
        }
    }
    let told = messages(&cargo_unsnarl(&scratch, &["--workspace", "--message-format=json"]));
    let artifacts = of_reason(&told, "compiler-artifact").into_iter();
    let ours: BTreeSet<String> =
        artifacts.map(|it| format!("{} {} {}", it["package_id"], it["manifest_path"], it["target"])).collect();
    assert_eq!(ours.difference(&expected).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(expected.difference(&ours).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(expected.len() > 14);
}

#[test]
fn what_rust_analyzer_passes_is_understood() {
    let scratch = workspace("cargo-analyzer");
    let manifest = scratch.root.join("Cargo.toml").display().to_string();
    let files_told = |arguments: &[&str]| {
        let output = cargo_unsnarl(&scratch, &[arguments, &["--message-format=json"]].concat());
        assert_ne!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output.stderr));
        let told = messages(&output);
        assert_eq!(told.last().expect("there is a line")["reason"], "build-finished");
        let told = of_reason(&told, "compiler-message");
        told.iter().map(|it| it["message"]["spans"][0]["file_name"].to_string().replace('"', "")).collect::<Vec<_>>()
    };
    let all = ["app/src/main.rs", "app/tool.py", "my-core/src/unused.rs"];
    let usual = ["--workspace", "--manifest-path", &manifest, "--keep-going", "--all-targets"];
    assert_eq!(files_told(&usual), all);
    let configured = ["--workspace", "--target-dir", "target/x", "--features", "a b", "--no-default-features"];
    assert_eq!(files_told(&configured), all);
    assert_eq!(files_told(&["--workspace", "--all-features", "--target", "wasm32-unknown-unknown", "-Zscript"]), all);
    let id = |package: &str| {
        let address = url::Url::from_file_path(scratch.root.join(package)).expect("is absolute");
        format!("path+{address}#0.3.1")
    };
    // A binary that is saved is checked alone, and with it the libraries that it needs.
    assert_eq!(files_told(&["-p", &id("app"), "--bin", "app", "--all-targets"]), all);
    assert_eq!(files_told(&["-p", &id("app"), "--bin", "app"]), all);
    assert_eq!(files_told(&["-p", &id("my-core")]), ["my-core/src/unused.rs"]);
    assert_eq!(files_told(&["--workspace", "--lib"]), ["my-core/src/unused.rs"]);
    assert_eq!(files_told(&["--workspace", "--examples"]), Vec::<String>::new());
    let saved = |file: &str| scratch.root.join(file).display().to_string();
    assert_eq!(files_told(&[&saved("my-core/src/wait.rs")]), ["my-core/src/unused.rs"]);
    assert_eq!(files_told(&[&saved("app/src/store.rs")]), all);
    let missing = cargo_unsnarl(&scratch, &["--message-format=json", "app/src/missing.rs"]);
    assert_eq!((missing.status.code(), text(&missing.stdout)), (Some(2), String::new()));
}

#[test]
fn cargo_check_runs_beside_and_its_messages_pass_unchanged() {
    let scratch = workspace("cargo-beside");
    let arguments = ["check", "--offline", "--message-format=json", "--workspace", "--all-targets"];
    cargo(&scratch, &arguments);
    // The second time everything is built already, and its lines are the same from now on.
    let alone = text(&cargo(&scratch, &arguments).stdout);
    let beside = ["--with-check", "--offline", "--message-format=json", "--workspace", "--all-targets"];
    let output = cargo_unsnarl(&scratch, &beside);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let both = text(&output.stdout);
    let is_ours = |line: &&str| line.contains(r#""code":"unsnarl::"#) || line.contains(r#""filenames":[],"#);
    // Cargo's jobs end in any order.
    let passed: BTreeSet<&str> = both.lines().filter(|line| !is_ours(line)).collect();
    assert_eq!(passed, alone.lines().collect::<BTreeSet<_>>());
    let told = messages(&output);
    assert_eq!(
        told.last().expect("there is a line"),
        &serde_json::json!({"reason": "build-finished", "success": true})
    );
    let ours = ["unsnarl::blocking-call-in-async", "unsnarl::blocking-call-in-async", "unsnarl::unused-allow"];
    assert_eq!(codes(&told), ours);

    let denied = cargo_unsnarl(&scratch, &[&beside[..], &["-D", "blocking"]].concat());
    let told = messages(&denied);
    assert_eq!((denied.status.code(), told.last().expect("there is a line")["success"] == true), (Some(1), false));
    assert_eq!(of_reason(&told, "build-finished").len(), 1);

    let human = cargo_unsnarl(&scratch, &["--with-check", "--offline", "-A", "all"]);
    assert_eq!(human.status.code(), Some(0), "{}", text(&human.stderr));
    assert!(text(&human.stderr).contains("Finished"), "{}", text(&human.stderr));
    assert!(text(&human.stdout).ends_with("no findings in 7 files\n"), "{}", text(&human.stdout));
}

#[test]
fn code_that_does_not_compile_keeps_nothing_back() {
    let scratch = workspace("cargo-broken");
    let broken = "pub fn pause() { std::thread::sleep(std::time::Duration::from_secs(\"2\")); }\n";
    std::fs::write(scratch.root.join("my-core/src/wait.rs"), broken).expect("it can be written");
    let beside = ["--with-check", "--offline", "--message-format=json", "--workspace", "--keep-going"];
    let output = cargo_unsnarl(&scratch, &beside);
    let told = messages(&output);
    assert_eq!(output.status.code(), Some(101));
    assert_eq!(of_reason(&told, "build-finished").len(), 1);
    assert_eq!(told.last().expect("there is a line")["success"], false);
    let known = codes(&told);
    assert!(known.contains(&"E0308") && known.contains(&"unsnarl::blocking-call-in-async"), "{known:?}");
    // Neither was built, so both are told of as done by us.
    let done: Vec<&str> =
        of_reason(&told, "compiler-artifact").iter().filter_map(|it| it["target"]["name"].as_str()).collect();
    assert_eq!(done, ["app", "my_core"]);

    std::fs::write(scratch.root.join("unsnarl.toml"), "[lints]\nal = 'deny'\n").expect("it can be written");
    let output = cargo_unsnarl(&scratch, &beside);
    let told = messages(&output);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("there is no lint `al`"));
    assert_eq!(codes(&told), ["E0308"]);
    assert_eq!(of_reason(&told, "build-finished").len(), 1);
    assert_eq!(told.last().expect("there is a line")["success"], false);
}

#[test]
fn without_a_cargo_our_own_part_is_told() {
    let scratch = workspace("cargo-missing");
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-unsnarl"));
    command.args(["unsnarl", "--with-check", "--message-format=json"]).current_dir(&scratch.root);
    let output = command.env("CARGO", scratch.root.join("no-cargo")).output().expect("the command can be run");
    let told = messages(&output);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("no-cargo` cannot be run"), "{}", text(&output.stderr));
    assert_eq!(codes(&told).len(), 3);
    assert_eq!(
        told.last().expect("there is a line"),
        &serde_json::json!({"reason": "build-finished", "success": false})
    );
}

#[test]
fn any_check_can_write_cargos_messages() {
    let scratch = workspace("cargo-check");
    let run = |folder: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unsnarl"));
        command.args(["check", "--message-format=json"]).args(arguments).current_dir(scratch.root.join(folder));
        command.output().expect("the command can be run")
    };
    let cargo = cargo_unsnarl(&scratch, &["--workspace", "--message-format=json"]);
    assert_eq!(text(&run("", &[]).stdout), text(&cargo.stdout));
    // Files are named from the workspace's folder, wherever it runs.
    let told = messages(&run("app", &["src/store.rs", "src/main.rs", "../my-core"]));
    assert_eq!(codes(&told), ["unsnarl::blocking-call-in-async", "unsnarl::unused-allow"]);
    assert_eq!(told[0]["message"]["spans"][1]["file_name"], "app/src/store.rs");
    let report = scratch.root.join("report.json");
    let written = run("", &["--output-file", &report.display().to_string()]);
    assert_eq!(text(&written.stdout), "");
    assert_eq!(std::fs::read(report).expect("it was written"), cargo.stdout);
}

//! The commands as they are run: output, exit codes, mistakes on the command line.

use crate::discovery::Scratch;
use std::io::{Read, Write};
use std::process::{Command, Output, Stdio};

fn unsnarl(scratch: &Scratch, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unsnarl"));
    command.args(arguments).current_dir(&scratch.root).output().expect("the command can be run")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("output is UTF-8")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it exits by itself")
}

#[test]
fn an_empty_folder_is_clean() {
    let scratch = Scratch::new("cli-empty", &[]);
    let output = unsnarl(&scratch, &["check"]);
    assert_eq!((code(&output), stdout(&output).as_str()), (0, "no findings in 0 files\n"));
}

#[test]
fn json_has_its_shape() {
    let scratch = Scratch::new("cli-json", &[("a.py", "x = 1\n"), ("b.py", "# unsnarl: alow(x)\ny = 2\n")]);
    let output = unsnarl(&scratch, &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("is JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["summary"]["files"], 2);
    assert_eq!(report["findings"], serde_json::json!([]));
    assert_eq!(code(&output), 0);
}

#[test]
fn what_cannot_be_run_ends_with_two() {
    let scratch = Scratch::new("cli-mistakes", &[("a.py", ""), ("bad.toml", "[lints]\nal = 'deny'\n")]);
    let cases: [(&[&str], &str); 9] = [
        (&["check", "missing"], "there is no such file or folder"),
        (&["check", "-D", "untracked_spwan"], "there is no lint `untracked_spwan`"),
        (&["check", "--format", "xml"], "invalid value 'xml'"),
        (&["check", "--min-certainty", "sure"], "invalid value 'sure'"),
        (&["check", "--no-such-option"], "unexpected argument '--no-such-option'"),
        (&["check", "--config", "bad.toml"], "there is no lint `al`"),
        (&["check", "--config", "missing.toml"], "there is no such file or folder"),
        (&["explain", "nothing"], "there is no lint `nothing`"),
        (&["facts", "missing.py"], "there is no such file or folder"),
    ];
    for (arguments, message) in cases {
        let output = unsnarl(&scratch, arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(message), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{arguments:?}");
    }
}

#[test]
fn a_broken_configuration_is_shown_with_its_place() {
    let scratch =
        Scratch::new("cli-config", &[("a.py", ""), ("unsnarl.toml", "min-certainty = 'likely'\nexlude = []\n")]);
    let output = unsnarl(&scratch, &["check"]);
    assert_eq!(code(&output), 2);
    let shown = stderr(&output);
    assert!(shown.contains("unsnarl.toml:2:1"), "{shown}");
    assert!(shown.contains("did you mean `exclude`?"), "{shown}");
}

/// A task that nobody keeps, and a call that blocks.
const TWO_FINDINGS: &str =
    "import asyncio\nimport time\n\n\nasync def f():\n    time.sleep(1)\n    asyncio.create_task(f())\n";

#[test]
fn findings_and_levels_decide_the_exit_code() {
    let scratch = Scratch::new("cli-levels", &[("pkg/__init__.py", ""), ("pkg/a.py", TWO_FINDINGS)]);
    let run = |arguments: &[&str]| {
        let output = unsnarl(&scratch, &[&["check", "--statistics"], arguments].concat());
        let told = stdout(&output);
        let lints = unsnarl::lints::ALL.iter().map(|lint| lint.name).filter(|name| told.contains(name));
        (code(&output), lints.collect::<Vec<_>>())
    };
    let both = vec!["blocking-call-in-async", "untracked-spawn"];
    let blocking = vec!["blocking-call-in-async"];
    assert_eq!(run(&[]), (1, both.clone()));
    assert_eq!(run(&["-A", "untracked-spawn"]), (1, blocking.clone()));
    assert_eq!(run(&["-A", "all", "-D", "blocking"]), (1, blocking));
    assert_eq!(run(&["-D", "blocking", "-A", "all"]), (0, vec![]));
    assert_eq!(run(&["pkg/a.py"]), (1, both));
    let denied = stdout(&unsnarl(&scratch, &["check", "-D", "tasks", "-A", "blocking"]));
    assert!(denied.starts_with("error[untracked-spawn]: "), "{denied}");
    assert!(denied.ends_with("1 finding in 2 files, 1 of them denied\n"), "{denied}");
}

#[test]
fn the_configuration_sets_levels_and_the_command_line_wins() {
    let configuration = "[lints]\nall = 'allow'\nuntracked-spawn = 'deny'\n";
    let scratch = Scratch::new("cli-configured", &[("a.py", TWO_FINDINGS), ("unsnarl.toml", configuration)]);
    let report = |arguments: &[&str]| {
        let output = unsnarl(&scratch, &[&["check", "--format", "json"], arguments].concat());
        let report: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("is JSON");
        let findings = report["findings"].as_array().expect("is a list").clone();
        findings.iter().map(|it| format!("{} {}", it["level"], it["lint"]).replace('"', "")).collect::<Vec<_>>()
    };
    assert_eq!(report(&[]), ["deny untracked-spawn"]);
    assert_eq!(report(&["-W", "all"]), ["warn blocking-call-in-async", "warn untracked-spawn"]);
}

#[test]
fn paths_are_shown_from_the_working_directory() {
    let scratch = Scratch::new("cli-paths", &[("app/a.py", TWO_FINDINGS), ("other/b.py", TWO_FINDINGS)]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_unsnarl"));
    command.args(["check", ".", "../other", "--format", "json"]).current_dir(scratch.root.join("app"));
    let output = command.output().expect("the command can be run");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("is JSON");
    let findings = report["findings"].as_array().expect("is a list");
    let files: Vec<&str> = findings.iter().map(|it| it["file"].as_str().expect("is a text")).collect();
    let outside = scratch.root.join("other/b.py").display().to_string();
    assert_eq!(files, [outside.as_str(), outside.as_str(), "a.py", "a.py"]);
    assert_eq!((findings[2]["line"].as_u64(), findings[2]["column"].as_u64()), (Some(6), Some(5)));
}

#[test]
fn catalogue_entries_of_the_user_count_and_mistakes_are_shown_with_their_place() {
    let source = "import ours\n\n\nasync def f():\n    ours.pause()\n";
    let entries = "library = 'ours'\nlanguage = 'python'\nsource = 'us'\n[[function]]\npath = 'ours.pause'\n\
                   blocks = [{ kind = 'sleep', why = 'pauses' }]\n";
    let scratch = Scratch::new(
        "cli-catalogue",
        &[("a.py", source), ("unsnarl.toml", "catalogue = ['ours.toml']\n"), ("ours.toml", entries)],
    );
    let output = unsnarl(&scratch, &["check", "--color", "never"]);
    assert_eq!(code(&output), 1, "{}{}", stdout(&output), stderr(&output));
    assert!(stdout(&output).contains("`ours.pause` pauses"), "{}", stdout(&output));

    let inside = format!("[[catalogue]]\n{}", entries.replace("[[function]]", "[[catalogue.function]]"));
    let scratch = Scratch::new("cli-inside", &[("a.py", source), ("unsnarl.toml", &inside)]);
    let output = unsnarl(&scratch, &["check", "--statistics"]);
    assert!(stdout(&output).contains("\nblocking-call-in-async "), "{}{}", stdout(&output), stderr(&output));

    let broken = entries.replace("blocks", "blokcs");
    let broken_inside = inside.replace("blocks", "blokcs");
    let scratch = Scratch::new("cli-broken-inside", &[("a.py", source), ("unsnarl.toml", &broken_inside)]);
    let output = unsnarl(&scratch, &["check"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("unsnarl.toml:7:1"), "{}", stderr(&output));

    let scratch = Scratch::new(
        "cli-broken-catalogue",
        &[("a.py", source), ("unsnarl.toml", "catalogue = ['ours.toml']\n"), ("ours.toml", &broken)],
    );
    let output = unsnarl(&scratch, &["check"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("ours.toml:6:1"), "{}", stderr(&output));
}

#[test]
fn all_lints_are_listed_and_explained() {
    let scratch = Scratch::new("cli-lints", &[]);
    let listed = stdout(&unsnarl(&scratch, &["lints"]));
    for lint in unsnarl::lints::ALL {
        assert!(listed.lines().any(|line| line.starts_with(lint.name) && line.ends_with(lint.summary)), "{listed}");
        let output = unsnarl(&scratch, &["explain", lint.name]);
        assert_eq!((code(&output), stdout(&output).as_str()), (0, lint.page));
    }
}

#[test]
fn facts_are_printed() {
    let scratch = Scratch::new("cli-facts", &[("a.py", "async def f():\n    await g()\n")]);
    let output = unsnarl(&scratch, &["facts", "a.py"]);
    assert_eq!(code(&output), 0);
    assert!(stdout(&output).starts_with("python"), "{}", stdout(&output));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let scratch = Scratch::new("cli-pipe", &[("a.py", "x = 1\n")]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_unsnarl"))
        .args(["check", "--format", "json"])
        .current_dir(&scratch.root)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command can be run");
    drop(child.stdout.take());
    let mut complaints = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut complaints).expect("it can be read");
    assert_eq!(child.wait().expect("it ends").code(), Some(0), "{complaints}");
    assert_eq!(complaints, "");
}

#[test]
fn cargo_unsnarl_checks_the_package_around_the_working_directory() {
    let scratch = Scratch::new(
        "cli-cargo",
        &[("Cargo.toml", "[package]\nname = 'p'\nedition = '2024'\n"), ("src/lib.rs", "pub fn f() {}\n")],
    );
    let run = |folder: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-unsnarl"));
        command.arg("unsnarl").args(arguments).current_dir(scratch.root.join(folder)).output().expect("it can be run")
    };
    let output = run("src", &[]);
    assert_eq!((code(&output), stdout(&output).as_str()), (0, "no findings in 1 file\n"), "{}", stderr(&output));
    assert_eq!(code(&run("", &["--workspace"])), 0);
    assert_eq!(code(&run("", &["--manifest-path", "missing/Cargo.toml"])), 2);
    let outside = Scratch::new("cli-no-cargo", &[]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-unsnarl"));
    let output = command.arg("unsnarl").current_dir(&outside.root).output().expect("it can be run");
    assert!(stderr(&output).contains("there is no `Cargo.toml`"), "{}", stderr(&output));
    assert_eq!(code(&output), 2);
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let scratch = Scratch::new("cli-threads", &[("a.py", "async def f(:\n"), ("b.rs", "fn {"), ("c.py", "x = '\n")]);
    let run = |threads: &str| unsnarl(&scratch, &["check", "--format", "json", "--threads", threads]).stdout;
    assert_eq!(run("1"), run("2"));
}

#[test]
fn standard_input_is_checked_in_its_place() {
    let files = [
        ("unsnarl.toml", "[overrides.'tests/']\ntasks = 'allow'\n"),
        ("app/a.py", "x = 1\n"),
        ("tests/t.py", "x = 1\n"),
    ];
    let scratch = Scratch::new("cli-stdin", &files);
    let run = |name: &str, paths: &[&str]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_unsnarl"))
            .args(["check", "--format", "concise", "--quiet", "-", "--stdin-filename", name])
            .args(paths)
            .current_dir(&scratch.root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command can be run");
        child.stdin.take().expect("it is piped").write_all(TWO_FINDINGS.as_bytes()).expect("it reads");
        let told = stdout(&child.wait_with_output().expect("it ends"));
        told.lines().map(|line| line.split(": ").take(2).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let both = |file: &str| {
        vec![format!("{file}:6:5 warning[blocking-call-in-async]"), format!("{file}:7:5 warning[untracked-spawn]")]
    };
    assert_eq!(run("app/new.py", &[]), both("app/new.py"));
    assert_eq!(run("app/a.py", &["."]), both("app/a.py"), "the text on the disk does not count");
    assert_eq!(run("./app/../app/a.py", &["app"]), both("app/a.py"));
    assert_eq!(run("tests/t.py", &[]), Vec::<String>::new());
}

#[test]
fn reports_are_written_to_files() {
    let scratch = Scratch::new("cli-output", &[("a.py", TWO_FINDINGS)]);
    let plain = unsnarl(&scratch, &["check", "--color", "never"]);
    let output = unsnarl(&scratch, &["check", "--output-file", "report.txt"]);
    assert_eq!((code(&output), stdout(&output).as_str()), (1, ""));
    let written = std::fs::read_to_string(scratch.root.join("report.txt")).expect("it was written");
    assert_eq!(written, stdout(&plain));
    let output = unsnarl(&scratch, &["check", "-o", "report.txt", "--exit-zero", "--format", "json", "-q"]);
    assert_eq!(code(&output), 0);
    let written = std::fs::read_to_string(scratch.root.join("report.txt")).expect("it was written");
    assert!(serde_json::from_str::<serde_json::Value>(&written).is_ok());
}

#[test]
fn color_follows_the_option_and_then_the_environment() {
    let scratch = Scratch::new("cli-color", &[("a.py", TWO_FINDINGS)]);
    let has_color = |asked: &str, environment: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unsnarl"));
        command.args(["check", "--color", asked]).current_dir(&scratch.root);
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").envs(environment.iter().copied());
        stdout(&command.output().expect("the command can be run")).contains('\u{1b}')
    };
    assert!(!has_color("auto", &[]), "this is no terminal");
    assert!(has_color("always", &[("NO_COLOR", "1")]));
    assert!(has_color("auto", &[("CLICOLOR_FORCE", "1")]));
    assert!(!has_color("auto", &[("CLICOLOR_FORCE", "0")]));
    assert!(!has_color("auto", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(has_color("auto", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")]));
    assert!(!has_color("never", &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn more_is_told_on_demand() {
    let scratch = Scratch::new("cli-verbose", &[("a.rs", "macro_rules! m { () => { fn f() {} } }\n")]);
    let told = stdout(&unsnarl(&scratch, &["check", "--verbose"]));
    assert!(told.contains("macro-body"), "{told}");
    assert!(!stdout(&unsnarl(&scratch, &["check"])).contains("macro-body"));
    let unused = Scratch::new("cli-quiet", &[("a.py", "x = 1  # unsnarl: allow(untracked-spawn)\n")]);
    assert!(stdout(&unsnarl(&unused, &["check"])).contains("unused-allow"));
    assert_eq!(stdout(&unsnarl(&unused, &["check", "--quiet"])), "");
    assert_eq!(stdout(&unsnarl(&unused, &["check", "--quiet", "--format", "concise"])), "");
}

#[test]
fn bytes_that_are_no_text_survive_added_comments() {
    let scratch = Scratch::new("cli-bytes", &[]);
    let path = scratch.root.join("a.py");
    let before = b"import time\n\nname = b'\xff\xfe'\n\nasync def f():\n    time.sleep(1)  # \xe9\n";
    std::fs::write(&path, before).expect("it can be written");
    let output = unsnarl(&scratch, &["check", "--add-suppressions"]);
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    let after = std::fs::read(&path).expect("it can be read");
    let comment = b"    # unsnarl: allow(blocking-call-in-async)\n";
    let at = before.windows(15).position(|part| part == b"    time.sleep(").expect("it is there");
    assert_eq!(after, [&before[..at], comment, &before[at..]].concat());
}

#[test]
fn shells_and_manuals_know_the_commands() {
    let scratch = Scratch::new("cli-completions", &[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = unsnarl(&scratch, &["completions", shell]);
        assert_eq!(code(&output), 0);
        assert!(stdout(&output).contains("add-suppressions"), "{shell}");
    }
    let manual = stdout(&unsnarl(&scratch, &["man"]));
    for part in [".TH unsnarl", "unsnarl\\-check", "stdin\\-filename"] {
        assert!(manual.contains(part), "{part}");
    }
}

#[test]
fn added_comments_silence_all_shapes_of_code() {
    for lint in ["guard-across-await", "executor-per-task", "swallowed-cancellation"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("test-fixtures").join(lint);
        let texts: Vec<(String, String)> = walkdir::WalkDir::new(&folder)
            .into_iter()
            .map(|entry| entry.expect("fixtures can be read").into_path())
            .filter(|path| path.is_file())
            .map(|path| {
                let inside = path.strip_prefix(&folder).expect("is inside").to_string_lossy().replace('\\', "/");
                (inside, std::fs::read_to_string(&path).expect("fixtures are texts"))
            })
            .collect();
        let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let scratch = Scratch::new("cli-shapes", &files);
        let added = unsnarl(&scratch, &["check", "--add-suppressions=shown", "--min-certainty", "possible"]);
        assert_eq!(code(&added), 0, "{lint}: {}{}", stdout(&added), stderr(&added));
        let again = unsnarl(&scratch, &["check", "--add-suppressions", "--min-certainty", "possible"]);
        assert_eq!((code(&again), stderr(&again).as_str()), (0, "no comments added\n"), "{lint}");
        for (path, before) in files {
            let after = std::fs::read_to_string(scratch.root.join(path)).expect("it is there");
            let is_comment = |line: &&str| line.trim_start().trim_start_matches(['#', '/']).starts_with(" unsnarl: ");
            let code = |text: &str| text.lines().filter(|line| !is_comment(line)).collect::<Vec<_>>().join("\n");
            assert_eq!(code(&after), code(before), "{lint}/{path}");
        }
    }
}

//! The `cargo check` that `--with-check` runs beside our own.
//!
//! Its messages are passed on byte for byte as they come, but for the line that says that all is done: there is one, and
//! it comes last.

use super::Exit;
use super::output;
use crate::report;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

/// How cargo is to be called.
#[derive(Debug)]
pub struct CargoCheck {
    pub arguments: Vec<OsString>,
}

/// What cargo told.
#[derive(Debug, Default)]
pub struct Passed {
    /// Ids of packages that it built, and did not find built already.
    pub built: BTreeSet<String>,
}

/// The cargo of a run, if there is one.
#[derive(Default)]
pub struct Beside {
    running: Option<Running>,
    passed: Passed,
    /// How it ended, if that is not well: cargo's exit code, or that it could not be run.
    failed: Option<Exit>,
    /// Whether the line that says that all is done was written.
    pub is_told_finished: bool,
    is_asked_for: bool,
}

struct Running {
    child: Child,
    /// Passes messages on; none where cargo writes for people.
    passing: Option<JoinHandle<Passed>>,
}

impl Beside {
    /// Starts cargo, if that is asked for. That it cannot be run is told, and the run goes on without it.
    pub fn start(asked: Option<CargoCheck>, is_json: bool) -> Beside {
        let Some(asked) = asked else { return Beside::default() };
        match Running::start(&asked.arguments, is_json) {
            Ok(running) => Beside { running: Some(running), is_asked_for: true, ..Beside::default() },
            Err(why) => Beside { failed: Some(Exit::failed(&why)), is_asked_for: true, ..Beside::default() },
        }
    }

    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Waits until cargo has told everything.
    pub fn wait(&mut self) -> &Passed {
        if let Some(Running { mut child, passing }) = self.running.take() {
            self.passed = passing.map(|passing| passing.join().unwrap_or_default()).unwrap_or_default();
            // A cargo that was killed has no code.
            let code = child.wait().ok().and_then(|status| status.code()).unwrap_or(FAILED);
            self.failed = (code != 0).then_some(Exit::Code(u8::try_from(code).unwrap_or(FAILED as u8)));
        }
        &self.passed
    }

    /// Whether cargo, which has ended, found nothing that is wrong.
    pub fn succeeded(&self) -> bool {
        self.failed.is_none()
    }

    /// Ends the run: a cargo that failed counts for more than findings, and what failed here for more than it.
    pub fn finish(mut self, ours: Exit, is_json: bool) -> Exit {
        self.wait();
        if self.is_asked_for && is_json && !self.is_told_finished {
            output::stdout(&report::cargo_finished(false), ours);
        }
        match self.failed {
            Some(failed) if ours != Exit::Failed => failed,
            _ => ours,
        }
    }
}

/// Cargo's exit code where something does not compile.
const FAILED: i32 = 101;

impl Running {
    fn start(arguments: &[OsString], is_json: bool) -> Result<Running, String> {
        // Set by the cargo that called us, so that both are of one toolchain.
        let program = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
        let mut command = Command::new(&program);
        command.args(arguments).stdin(Stdio::null());
        if is_json {
            command.stdout(Stdio::piped());
        }
        let mut child = command.spawn().map_err(|error| format!("`{}` cannot be run: {error}", program.display()))?;
        let passing = child.stdout.take().map(|messages| std::thread::spawn(move || pass_on(messages)));
        Ok(Running { child, passing })
    }
}

/// The part of a message that matters here.
#[derive(Deserialize)]
struct Message {
    reason: String,
    package_id: Option<String>,
    #[serde(default)]
    fresh: bool,
}

fn pass_on(messages: ChildStdout) -> Passed {
    let mut passed = Passed::default();
    let mut messages = BufReader::new(messages);
    let mut line = Vec::new();
    // A reader of ours that went away ends cargo, too, by a closed pipe.
    while messages.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let message = if says(&line) { serde_json::from_slice::<Message>(&line).ok() } else { None };
        match message {
            Some(message) if message.reason == "build-finished" => {
                line.clear();
                continue;
            }
            Some(Message { reason, package_id: Some(id), fresh: false }) if reason == "compiler-artifact" => {
                passed.built.insert(id);
            }
            _ => {}
        }
        if !line.ends_with(b"\n") {
            line.push(b'\n');
        }
        if !output::pass_on(&line) {
            break;
        }
        line.clear();
    }
    passed
}

/// Whether a line may be one of the messages that matter here; most are long, and others.
fn says(line: &[u8]) -> bool {
    const REASONS: [&[u8]; 2] = [b"\"build-finished\"", b"\"compiler-artifact\""];
    REASONS.iter().any(|reason| line.windows(reason.len().min(line.len()).max(1)).any(|part| part == *reason))
}

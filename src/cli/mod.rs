//! The command line: arguments to settings, findings to output and exit codes.
//!
//! The only folder that names clap. Holds no analysis.

mod arguments;
mod beside;
mod cargo;
mod check;
mod explain;
mod graph;
mod message_format;
mod messages;
mod output;
mod pages;
mod progress;
mod selected;
mod session;
mod settings;
mod silence;

use arguments::{Arguments, Command};
use cargo::CargoArguments;
use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs `unsnarl` with the process's arguments.
pub fn unsnarl() -> ExitCode {
    run(Arguments::parse().command)
}

/// Runs `cargo unsnarl` with the process's arguments; cargo passes its subcommand's name as the first of them.
pub fn cargo_unsnarl() -> ExitCode {
    let mut arguments: Vec<OsString> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|first| first == "unsnarl") {
        arguments.remove(1);
    }
    match CargoArguments::parse_from(arguments).into_check() {
        Ok(check) => run(Command::Check(check)),
        Err(message) => Exit::failed(&message).code(),
    }
}

fn run(command: Command) -> ExitCode {
    let exit = match command {
        Command::Check(arguments) => check::check(arguments),
        Command::Explain(arguments) => explain::explain(arguments),
        Command::Graph(arguments) => graph::graph(arguments),
        Command::Lints => pages::lints(),
        Command::Server => match crate::lsp::serve_stdio(&session::installed()) {
            Ok(()) => Exit::Clean,
            Err(message) => {
                Exit::failed(&message);
                // The protocol's own code for a server that was not shut down.
                return ExitCode::FAILURE;
            }
        },
        Command::Completions { shell } => pages::completions(shell),
        Command::Man => pages::manual(),
        Command::Facts { file, edition } => pages::facts(&file, &edition),
    };
    exit.code()
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    Clean,
    /// Findings were shown.
    Findings,
    /// Could not run.
    Failed,
    /// As cargo ended, which ran beside.
    Code(u8),
}

impl Exit {
    /// Tells why it could not run.
    fn failed(message: &str) -> Exit {
        output::stderr(format!("error: {message}\n").as_bytes());
        Exit::Failed
    }

    fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
            Exit::Code(code) => code,
        })
    }
}

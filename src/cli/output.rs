//! Writing to the standard streams and to files. A reader that went away is no error.

use super::Exit;
use super::arguments::Color;
use std::io::{ErrorKind, IsTerminal, Read, Write};
use std::path::Path;

/// Writes a whole report; `exit` is what follows if that succeeds.
pub fn stdout(bytes: &[u8], exit: Exit) -> Exit {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => exit,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => exit,
        Err(error) => Exit::failed(&format!("cannot write to standard output: {error}")),
    }
}

/// Passes a line on; whether anybody reads it.
pub fn pass_on(line: &[u8]) -> bool {
    let mut out = std::io::stdout().lock();
    out.write_all(line).and_then(|()| out.flush()).is_ok()
}

/// Writes a whole report to a file, or to standard output if there is none.
pub fn report(bytes: &[u8], file: Option<&Path>, exit: Exit) -> Exit {
    let Some(file) = file else { return stdout(bytes, exit) };
    match crate::project::write(file, bytes) {
        Ok(()) => exit,
        Err(why) => Exit::failed(&format!("`{}` cannot be written: {why}", file.display())),
    }
}

/// All of standard input.
pub fn stdin() -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes a message; there is nobody to tell if that fails.
pub fn stderr(bytes: &[u8]) {
    let _ = std::io::stderr().lock().write_all(bytes);
}

/// Whether a report to standard output is colored.
pub fn stdout_has_color(asked: Color) -> bool {
    has_color(asked, std::io::stdout().is_terminal())
}

/// Whether messages on standard error are.
pub fn stderr_has_color(asked: Color) -> bool {
    has_color(asked, std::io::stderr().is_terminal())
}

fn has_color(asked: Color, is_terminal: bool) -> bool {
    let value = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    match asked {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if value("NO_COLOR").is_some() => false,
        Color::Auto if value("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        Color::Auto => is_terminal && value("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Whether somebody watches the progress of a run.
pub fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}

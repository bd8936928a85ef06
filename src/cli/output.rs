//! Writing to the standard streams. A reader that went away is no error.

use super::Exit;
use std::io::{ErrorKind, IsTerminal, Write};

/// Writes a whole report; `exit` is what follows if that succeeds.
pub fn stdout(bytes: &[u8], exit: Exit) -> Exit {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => exit,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => exit,
        Err(error) => Exit::failed(&format!("cannot write to standard output: {error}")),
    }
}

/// Writes a message; there is nobody to tell if that fails.
pub fn stderr(bytes: &[u8]) {
    let _ = std::io::stderr().lock().write_all(bytes);
}

/// Whether standard output shows colors by itself.
pub fn stdout_has_color() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    std::io::stdout().is_terminal() && !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Whether standard error does.
pub fn stderr_has_color() -> bool {
    std::io::stderr().is_terminal() && stdout_has_color()
}

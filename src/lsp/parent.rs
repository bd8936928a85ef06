//! Whether the client's process is still there. A client that was killed closes nothing where another process holds
//! the same stream, so the server looks for it from time to time.

use crossbeam_channel::{Receiver, never};

/// Says so when a process is gone. Never, if the client names none, or the system does not tell: on Windows the stream
/// ends with the client's process.
#[cfg(unix)]
pub fn gone(process: Option<i32>) -> Receiver<()> {
    use std::time::Duration;
    const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

    let Some(process) = process.and_then(rustix::process::Pid::from_raw) else {
        return never();
    };
    // One that cannot be signalled by us is there, too.
    let is_gone = move || rustix::process::test_kill_process(process) == Err(rustix::io::Errno::SRCH);
    let (sender, receiver) = crossbeam_channel::bounded(1);
    let looking = std::thread::Builder::new().name("unsnarl-parent".to_owned()).spawn(move || {
        while !is_gone() {
            std::thread::sleep(BETWEEN_LOOKS);
        }
        // The session may have ended by itself.
        let _ = sender.send(());
    });
    looking.map_or_else(|_| never(), |_| receiver)
}

#[cfg(not(unix))]
pub fn gone(_: Option<i32>) -> Receiver<()> {
    never()
}

//! The language server: findings that follow the keystrokes.
//!
//! The only folder that names the protocol's types. Judges nothing and reads nothing of the disk by itself: a
//! workspace is loaded by [`crate::project`] and checked by [`crate::check`].
//!
//! Two threads: the session reads messages and keeps the open texts; the analysis keeps the programs, and answers when
//! it has caught up with the texts. What the texts have overtaken is never sent.

mod actions;
mod analysis;
mod diagnostics;
mod documents;
mod hover;
mod positions;
mod session;
mod tell;
mod workspace;

use lsp_server::Connection;
use session::Session;

/// Serves one client until it says `exit` or goes away. The message says why it ended otherwise.
pub fn serve(connection: Connection) -> Result<(), String> {
    let (id, parameters) = match connection.initialize_start() {
        Ok(started) => started,
        // The client left before it began.
        Err(error) if error.channel_is_disconnected() => return Ok(()),
        Err(error) => return Err(error.to_string()),
    };
    let parameters = match serde_json::from_value(parameters) {
        Ok(parameters) => parameters,
        Err(error) => {
            let message = format!("the parameters of `initialize` cannot be read: {error}");
            let code = lsp_server::ErrorCode::InvalidParams as i32;
            let _ = connection.sender.send(lsp_server::Response::new_err(id, code, message.clone()).into());
            return Err(message);
        }
    };
    let session = Session::new(&connection, parameters);
    let answer = serde_json::to_value(session.initialized()).expect("the answer is plain data");
    match connection.initialize_finish(id, answer) {
        Ok(()) => session.run(),
        Err(error) if error.channel_is_disconnected() => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

/// Serves the client at the process's standard input and output.
pub fn serve_stdio() -> Result<(), String> {
    let (connection, threads) = Connection::stdio();
    let ended = serve(connection);
    // The threads end with the streams; a client that keeps them open must not keep the server.
    if ended.is_ok() {
        threads.join().map_err(|error| format!("the connection failed: {error}"))?;
    }
    ended
}

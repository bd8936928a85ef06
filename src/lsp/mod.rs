//! The language server: findings that follow the keystrokes.
//!
//! The only folder that names the protocol's types. Judges nothing and reads nothing of the disk by itself: a
//! workspace is loaded by [`crate::project`] and checked by [`crate::check`].
//!
//! Two threads: the session takes messages and keeps the open texts; the analysis keeps the programs, and answers when
//! it has caught up with the texts. What the texts have overtaken is never sent.

mod actions;
mod analysis;
mod diagnostics;
mod documents;
mod hover;
mod parent;
mod positions;
mod session;
mod tell;
mod transport;
mod workspace;

use crate::project::LibraryPlaces;
use lsp_server::{Connection, ErrorCode, Message};
use session::Session;
use tell::Client;

/// Serves one client until it says `exit` or goes away. The message says why it ended otherwise than by `shutdown` and
/// `exit`. Types of `libraries` are known beside those that are shipped.
pub fn serve(connection: Connection, libraries: &LibraryPlaces) -> Result<(), String> {
    let client = Client { sender: connection.sender.clone() };
    loop {
        match connection.receiver.recv() {
            Ok(Message::Request(request)) if request.method == "initialize" => {
                match serde_json::from_value(request.params) {
                    Ok(parameters) => {
                        let session = Session::new(&connection, parameters, libraries);
                        client.answer(request.id, session.initialized());
                        return session.run();
                    }
                    Err(error) => client.refuse(request.id, ErrorCode::InvalidParams, &error.to_string()),
                }
            }
            Ok(Message::Request(request)) => {
                let message = format!("`{}` came before `initialize`", request.method);
                client.refuse(request.id, ErrorCode::ServerNotInitialized, &message);
            }
            Ok(Message::Notification(notification)) if notification.method == "exit" => {
                return Err("`exit` came before `shutdown`".to_owned());
            }
            Ok(_) => {}
            Err(_) => return Err("the client went away before it began".to_owned()),
        }
    }
}

/// Serves the client at the process's standard input and output. Threads that wait for the streams may be left behind:
/// they end with the process.
pub fn serve_stdio(libraries: &LibraryPlaces) -> Result<(), String> {
    serve(transport::stdio().map_err(|error| format!("threads cannot be started: {error}"))?, libraries)
}

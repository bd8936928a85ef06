//! Messages to the client, and paths as it names them.

use gen_lsp_types::{LogMessageParams, MessageType, Notification, ShowMessageParams, Uri};
use lsp_server::Message;
use std::path::{Path, PathBuf};

/// Where messages to the client go; cheap to clone. What a client that has gone would get is dropped.
#[derive(Clone, Debug)]
pub struct Client {
    pub sender: crossbeam_channel::Sender<Message>,
}

impl Client {
    pub fn send(&self, message: impl Into<Message>) {
        // The client has gone: the session learns of it from its own end.
        let _ = self.sender.send(message.into());
    }

    pub fn notify<N: Notification>(&self, parameters: N::Params) {
        self.send(lsp_server::Notification::new(N::METHOD.as_str().to_owned(), parameters));
    }

    /// Asks for something whose answer does not matter.
    pub fn request<R: gen_lsp_types::Request>(&self, id: &str, parameters: R::Params) {
        let id = lsp_server::RequestId::from(id.to_owned());
        self.send(lsp_server::Request::new(id, R::METHOD.as_str().to_owned(), parameters));
    }

    pub fn log(&self, kind: MessageType, message: impl Into<String>) {
        self.notify::<gen_lsp_types::LogMessageNotification>(LogMessageParams::new(kind, message.into()));
    }

    /// Says something that the user should read.
    pub fn show(&self, kind: MessageType, message: impl Into<String>) {
        self.notify::<gen_lsp_types::ShowMessageNotification>(ShowMessageParams::new(kind, message.into()));
    }

    pub fn answer<T: serde::Serialize>(&self, id: lsp_server::RequestId, result: T) {
        self.send(lsp_server::Response::new_ok(id, result));
    }

    pub fn refuse(&self, id: lsp_server::RequestId, code: lsp_server::ErrorCode, message: &str) {
        self.send(lsp_server::Response::new_err(id, code as i32, message.to_owned()));
    }
}

/// The path of a `file` address; links in it are followed where the file is there, as for files found on the disk.
pub fn path_of(uri: &Uri) -> Option<PathBuf> {
    let path = uri.to_file_path().ok().filter(|_| uri.scheme() == "file")?;
    Some(crate::project::as_on_disk(&path))
}

/// The address of a file; paths of files are absolute.
pub fn uri_of(path: &Path) -> Option<Uri> {
    Uri::from_file_path(path).ok()
}

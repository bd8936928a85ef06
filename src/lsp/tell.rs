//! Messages to the client, and paths as it names them.

use gen_lsp_types::{LogMessageParams, MessageType, Notification, ShowMessageParams, Uri};
use lsp_server::Message;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

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
    Some(crate::project::as_on_disk(&named_path(uri)?))
}

fn named_path(uri: &Uri) -> Option<PathBuf> {
    uri.to_file_path().ok().filter(|_| uri.scheme() == "file")
}

/// How the client names files and folders that it reaches through links; cheap to clone, and all clones are one.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// By the path on the disk; only where it is another.
    named: Arc<RwLock<BTreeMap<PathBuf, PathBuf>>>,
}

impl Names {
    /// The path of an address, as [`path_of`]; it is named so from now on.
    pub fn learn(&self, uri: &Uri) -> Option<PathBuf> {
        let named = named_path(uri)?;
        let path = crate::project::as_on_disk(&named);
        let mut known = self.named.write().unwrap_or_else(PoisonError::into_inner);
        if path == named {
            known.remove(&path);
        } else {
            known.insert(path.clone(), named);
        }
        Some(path)
    }

    /// The address of a file; paths of files are absolute.
    pub fn uri_of(&self, path: &Path) -> Option<Uri> {
        let known = self.named.read().unwrap_or_else(PoisonError::into_inner);
        let around = path.ancestors().find_map(|around| Some((around, known.get(around)?)));
        match around.filter(|_| !known.is_empty()) {
            Some((around, named)) if around == path => Uri::from_file_path(named).ok(),
            Some((around, named)) => Uri::from_file_path(named.join(path.strip_prefix(around).ok()?)).ok(),
            None => Uri::from_file_path(path).ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri {
        text.parse().expect("it is an address")
    }

    #[test]
    fn only_addresses_of_files_have_paths() {
        assert_eq!(path_of(&uri("file:///no/such%20place/a%C3%A9.py")), Some("/no/such place/a\u{e9}.py".into()));
        for other in ["untitled:Untitled-1", "git:/a.py?ref=HEAD", "vscode-notebook-cell:/a.py#1", "https://a.b/c.py"] {
            assert_eq!(path_of(&uri(other)), None, "{other}");
        }
    }

    #[test]
    #[cfg(windows)]
    fn drives_are_read_in_all_spellings() {
        for spelled in ["file:///c:/a/b.py", "file:///C%3A/a/b.py", "file:///c%3A/a/b.py"] {
            let path = named_path(&uri(spelled)).expect("it is of a file");
            assert_eq!(path.to_string_lossy().to_lowercase(), "c:\\a\\b.py", "{spelled}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn files_have_the_names_by_which_the_client_reaches_them() {
        let folder = std::fs::canonicalize(std::env::temp_dir()).expect("it is there");
        let folder = folder.join(format!("unsnarl-names-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("real")).expect("it can be made");
        std::os::unix::fs::symlink(folder.join("real"), folder.join("link")).expect("it can be made");
        let file = |name: &str| Uri::from_file_path(folder.join(name)).expect("it is absolute");
        let names = Names::default();
        assert_eq!(names.uri_of(&folder.join("real/a.py")), Some(file("real/a.py")));
        assert_eq!(names.learn(&file("link")), Some(folder.join("real")));
        assert_eq!(names.uri_of(&folder.join("real/a.py")), Some(file("link/a.py")));
        assert_eq!(names.uri_of(&folder.join("b.py")), Some(file("b.py")));
        let _ = std::fs::remove_dir_all(&folder);
    }
}

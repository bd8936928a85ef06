//! Files and paths are followed through fields, helpers, traits and generics.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

struct Store {
    root: PathBuf,
    log: File,
}

impl Store {
    fn load(&self, name: &str) -> io::Result<String> {
        fs::read_to_string(self.root.join(name))
    }

    async fn method_bad(&self) -> io::Result<String> {
        self.load("a") //~ file-access-in-async
    }

    async fn field_bad(&mut self) -> io::Result<usize> {
        let mut buffer = [0; 8];
        self.log.read(&mut buffer) //~ file-access-in-async
    }

    async fn path_field_bad(&self) -> bool {
        self.root.join("a").exists() //~ file-access-in-async
    }

    async fn name_ok(&self) -> Option<&str> {
        self.root.to_str()
    }
}

async fn shared_bad(store: Arc<Store>) -> io::Result<String> {
    store.load("a") //~ file-access-in-async
}

fn read_all<R: Read>(mut source: R) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes)?;
    Ok(bytes)
}

async fn generic_over_a_file_bad(file: File) -> io::Result<Vec<u8>> {
    read_all(file) //~ file-access-in-async
}

async fn generic_over_bytes_ok(bytes: &[u8]) -> io::Result<Vec<u8>> {
    read_all(bytes)
}

async fn in_option_bad(path: Option<PathBuf>) {
    if let Some(path) = path {
        fs::remove_dir_all(path).unwrap(); //~ file-access-in-async
    }
}

async fn in_a_closure_that_is_called_here_bad(names: Vec<String>) -> usize {
    names.iter().filter(|name| fs::metadata(name).is_ok()).count() //~ file-access-in-async
}

async fn copied_to_a_file_bad(mut bytes: &[u8], path: PathBuf) -> io::Result<u64> {
    let mut file = File::create(path)?; //~ file-access-in-async
    io::copy(&mut bytes, &mut file) //~ file-access-in-async
}

async fn copied_from_a_file_bad(mut file: File) -> io::Result<u64> {
    io::copy(&mut file, &mut io::sink()) //~ file-access-in-async
}

async fn copied_in_memory_ok(mut bytes: &[u8]) -> io::Result<u64> {
    io::copy(&mut bytes, &mut Vec::new())
}

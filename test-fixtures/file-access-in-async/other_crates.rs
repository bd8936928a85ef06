//! Crates that stand for `std::fs`, and temporary files.

use fs_err as fs;
use std::io::{self, Read, Write};
use std::path::Path;
use tempfile::{NamedTempFile, TempDir};

async fn read_bad(path: &Path) -> io::Result<String> {
    fs::read_to_string(path) //~ file-access-in-async: fs_err::read_to_string
}

async fn write_bad(path: &Path) -> io::Result<()> {
    fs_err::write(path, b"x") //~ file-access-in-async: fs_err::write
}

async fn open_and_read_bad(path: &Path) -> io::Result<usize> {
    let mut file = fs_err::File::open(path)?; //~ file-access-in-async: fs_err::File::open
    let mut text = String::new();
    file.read_to_string(&mut text) //~ file-access-in-async
}

fn load(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

async fn through_a_helper_bad(path: &Path) -> io::Result<Vec<u8>> {
    load(path) //~ file-access-in-async: fs_err::read
}

async fn on_a_worker_ok(path: &'static Path) -> io::Result<Vec<u8>> {
    tokio::task::spawn_blocking(move || load(path)).await.unwrap()
}

async fn tokio_twin_ok(path: &Path) -> io::Result<String> {
    fs_err::tokio::read_to_string(path).await
}

async fn directory_bad() -> io::Result<TempDir> {
    tempfile::tempdir() //~ file-access-in-async: tempfile::
}

async fn new_directory_bad() -> io::Result<TempDir> {
    TempDir::new() //~ file-access-in-async: tempfile::TempDir::new
}

async fn built_directory_bad() -> io::Result<TempDir> {
    tempfile::Builder::new().prefix("x").tempdir() //~ file-access-in-async: tempdir
}

async fn named_file_bad() -> io::Result<()> {
    let mut file = NamedTempFile::new()?; //~ file-access-in-async: tempfile::NamedTempFile::new
    file.write_all(b"x") //~ file-access-in-async
}

async fn unnamed_file_bad() -> io::Result<()> {
    let mut file = tempfile::tempfile()?; //~ file-access-in-async: tempfile::tempfile
    file.write_all(b"x") //~ file-access-in-async
}

async fn path_ok(directory: &TempDir) -> bool {
    directory.path().ends_with("x")
}

mod own {
    pub fn tempdir() -> u8 {
        0
    }
}

async fn own_function_of_that_name_ok() -> u8 {
    own::tempdir()
}

async fn found_in_the_path_bad() {
    which::which("git").ok(); //~ file-access-in-async: which::which
    which::which_in("git", Some("/usr/bin"), "/").ok(); //~ file-access-in-async: which::which_in
}

async fn found_on_a_worker_ok() {
    tokio::task::spawn_blocking(|| which::which("git").is_ok()).await.unwrap();
}

//! A library's `Result` is the language's, also where a macro of the library's own name is imported.

use anyhow::{anyhow, Context};
use std::fs;
use std::path::PathBuf;

pub type Fallible<T> = anyhow::Result<T>;

pub struct Store {
    root: PathBuf,
}

impl Store {
    fn load(&self) -> Fallible<String> {
        Ok(fs::read_to_string(&self.root)?)
    }
}

pub fn store() -> Fallible<Store> {
    Err(anyhow!("none"))
}

fn locate() -> anyhow::Result<PathBuf> {
    Err(anyhow!("nowhere"))
}

pub async fn unwrapped_bad() -> Fallible<String> {
    store().unwrap().load() //~ file-access-in-async
}

pub async fn in_a_closure_bad() -> Fallible<String> {
    store().and_then(|store| store.load()) //~ file-access-in-async
}

pub async fn mapped_bad() -> Fallible<bool> {
    locate().map(|path| path.exists()) //~ file-access-in-async
}

pub async fn mapped_ok() -> Fallible<bool> {
    locate().map(|path| path.is_absolute())
}

#[derive(Default)]
pub struct Settings {
    root: PathBuf,
}

impl Settings {
    fn reload(&self) -> bool {
        self.root.exists()
    }
}

pub async fn derived_default_bad() -> bool {
    Settings::default().reload() //~ file-access-in-async
}

pub async fn with_context_bad() -> Fallible<bool> {
    let path = locate().context("nowhere")?;
    Ok(path.exists()) //~ file-access-in-async
}

pub async fn context_of_a_failure_bad() -> Fallible<PathBuf> {
    locate().with_context(|| fs::read_to_string("reason").unwrap_or_default()) //~ file-access-in-async
}

pub async fn lines_of_a_text_bad(list: &str) -> usize {
    list.lines().map(PathBuf::from).filter(|path| path.is_file()).count() //~ file-access-in-async
}

pub async fn lines_of_a_text_ok(list: &str) -> usize {
    list.lines().map(PathBuf::from).filter(|path| path.is_absolute()).count()
}

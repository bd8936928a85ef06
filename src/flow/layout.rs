//! The project's layout as plain data: which folders and crates there are and what each file is for.

use crate::model::{Edition, FileFacts};
use std::sync::Arc;

/// A file of the project: its path from the project's root, with `/`, and its facts.
#[derive(Clone, Debug)]
pub struct ProjectFile {
    pub path: String,
    pub role: Role,
    pub facts: Arc<FileFacts>,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Code,
    Test,
    Bench,
    Example,
    /// A build script, `setup.py`, `noxfile.py`.
    Build,
    Stub,
    /// Not under check; its types are used.
    Dependency,
}

impl Role {
    /// Tests, benches, examples and build scripts: stalling there harms nobody.
    pub fn is_supporting(self) -> bool {
        matches!(self, Role::Test | Role::Bench | Role::Example | Role::Build)
    }
}

/// Everything about a project that its source texts do not say. Made from manifests and folders; nothing is executed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Folders from which Python modules are imported, with `/`, no slash at the end; empty for the project's root.
    pub python_roots: Vec<String>,
    pub crates: Vec<Crate>,
    /// Runtimes that the project depends on (`asyncio`, `trio`, `tokio`, …), most specific first.
    pub runtimes: Vec<String>,
}

/// A crate: one root file and the module tree below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crate {
    /// As other crates write it: `my_crate`.
    pub name: String,
    pub kind: CrateKind,
    pub edition: Edition,
    /// The root file's path.
    pub root: String,
    /// The package it belongs to; targets of one package see its library.
    pub package: String,
    /// Dependencies by the name they have in code, with the name of the crate (`_` for `-`): renamed or not.
    pub dependencies: Vec<(String, String)>,
}

/// What a crate is built as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CrateKind {
    Library,
    Binary,
    Test,
    Bench,
    Example,
    BuildScript,
}

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
    /// What users say of functions, by their paths.
    pub named: Vec<NamedFunction>,
}

/// A function of the project or of a library that the configuration says something of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFunction {
    /// `app.jobs.Pool.run`, `my_crate::jobs::run`.
    pub path: String,
    pub role: NamedRole,
    /// Whether the files under check are all that could define it.
    pub is_expected: bool,
}

/// What a function does that its text may not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NamedRole {
    /// Runs the functions that it is given, or decorates, on a worker.
    Offloads,
    /// Runs the functions that it is given, or decorates, on the event loop.
    OnLoop,
    /// Does not wait.
    NonBlocking,
}

impl NamedRole {
    pub const ALL: [NamedRole; 3] = [NamedRole::Offloads, NamedRole::OnLoop, NamedRole::NonBlocking];

    /// The key of the configuration.
    pub fn key(self) -> &'static str {
        match self {
            NamedRole::Offloads => "offloading",
            NamedRole::OnLoop => "on-loop",
            NamedRole::NonBlocking => "non-blocking",
        }
    }
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

//! The sources of libraries as they lie unpacked: each root at a path that is given.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use unsnarl::model::{Dialect, Edition};
use unsnarl::signatures::branches::{Target, take_branches};
use unsnarl::signatures::crates::{Crates, FileSource};
use unsnarl::signatures::packages::{ModuleSource, Modules};

/// The files of Python modules, by their dotted paths, and whether they are packages.
#[derive(Default)]
pub struct ModuleFiles {
    files: BTreeMap<String, (PathBuf, bool)>,
    /// Modules that are as if they did not exist.
    left_out: Vec<Vec<String>>,
}

impl ModuleFiles {
    pub fn collect(roots: &[(String, PathBuf)], left_out: &[&str]) -> ModuleFiles {
        let left_out = left_out.iter().map(|path| path.split('.').map(str::to_string).collect()).collect();
        let mut found = ModuleFiles { files: BTreeMap::new(), left_out };
        for (root, path) in roots {
            found.add(root, path);
        }
        found
    }

    pub fn names(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    fn add(&mut self, name: &str, path: &Path) {
        let segments: Vec<&str> = name.split('.').collect();
        let is_left_out = |pattern: &Vec<String>| {
            pattern.len() == segments.len()
                && std::iter::zip(pattern, &segments).all(|(part, segment)| part == "*" || part == segment)
        };
        if self.left_out.iter().any(is_left_out) {
            return;
        }
        if !path.is_dir() {
            self.files.insert(name.to_string(), (path.to_owned(), false));
            return;
        }
        if let Some(init) = source_of(&path.join("__init__")) {
            self.files.insert(name.to_string(), (init, true));
        }
        let Ok(entries) = std::fs::read_dir(path) else { return };
        let mut inner: BTreeMap<String, PathBuf> = BTreeMap::new();
        for entry in entries.flatten() {
            let path = entry.path();
            let file = entry.file_name().to_string_lossy().to_string();
            let stem = file.trim_end_matches(".pyi").trim_end_matches(".py");
            if path.is_dir() && !matches!(file.as_str(), "tests" | "_tests" | "testing" | "__pycache__" | "_vendor") {
                inner.insert(file.clone(), path);
            } else if stem != file
                && !matches!(stem, "__init__" | "__main__" | "conftest")
                && let Some(source) = source_of(&path.with_file_name(stem))
            {
                inner.insert(stem.to_string(), source);
            }
        }
        for (stem, path) in inner {
            self.add(&format!("{name}.{stem}"), &path);
        }
    }
}

impl Modules for ModuleFiles {
    fn read(&self, paths: &[String]) -> Vec<Option<ModuleSource>> {
        let read = |path: &String| {
            let (file, is_package) = self.files.get(path)?;
            let text = take_branches(&std::fs::read_to_string(file).ok()?, Target::default());
            let is_stub = file.extension().is_some_and(|extension| extension == "pyi");
            let facts = unsnarl::python::outline(&text, Dialect::Python { stub: is_stub });
            Some(ModuleSource { text, facts, is_package: *is_package, is_stub })
        };
        paths.iter().map(read).collect()
    }
}

fn source_of(stem: &Path) -> Option<PathBuf> {
    ["pyi", "py"]
        .into_iter()
        .map(|extension| PathBuf::from(format!("{}.{extension}", stem.display())))
        .find(|path| path.is_file())
}

/// The root files of crates; all crates of a run see each other by their own names.
pub struct CrateFolders {
    pub roots: Vec<(String, PathBuf)>,
}

impl CrateFolders {
    fn path(&self, krate: &str) -> Option<&PathBuf> {
        self.roots.iter().find(|(root, _)| root == krate).map(|(_, path)| path)
    }
}

impl Crates for CrateFolders {
    fn root(&self, krate: &str) -> Option<String> {
        Some(self.path(krate)?.file_name()?.to_string_lossy().into_owned())
    }

    fn outside(&self, _: &str, name: &str) -> Option<String> {
        self.path(name).map(|_| name.to_string())
    }

    fn read(&self, krate: &str, files: &[String]) -> Vec<Option<FileSource>> {
        let Some(folder) = self.path(krate).and_then(|path| path.parent()) else { return Vec::new() };
        let read = |file: &String| {
            let text = std::fs::read_to_string(folder.join(file)).ok()?;
            let facts = unsnarl::rust::outline(&text, Dialect::Rust { edition: Edition::E2021 });
            Some(FileSource { text, facts })
        };
        files.iter().map(read).collect()
    }

    fn implementing(&self, _: &str, _: &str) -> Option<Vec<String>> {
        None
    }
}

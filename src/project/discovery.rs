//! Which files of the given paths are sources.

use super::configuration::Patterns;
use ignore::WalkBuilder;
use ignore::gitignore::Gitignore;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// A kind of file that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    Python,
    PythonStub,
    Rust,
    /// `Cargo.toml`
    CargoManifest,
    /// `pyproject.toml`, `setup.py`, `setup.cfg`, `requirements*.txt` lie here; they say what the project depends on.
    PythonManifest,
}

impl FileKind {
    pub fn is_source(self) -> bool {
        matches!(self, FileKind::Python | FileKind::PythonStub | FileKind::Rust)
    }

    fn of(path: &Path) -> Option<FileKind> {
        let name = path.file_name()?.to_str()?;
        match name {
            "Cargo.toml" => return Some(FileKind::CargoManifest),
            "pyproject.toml" | "setup.cfg" => return Some(FileKind::PythonManifest),
            _ if name.starts_with("requirements") && name.ends_with(".txt") => return Some(FileKind::PythonManifest),
            _ => {}
        }
        match path.extension()?.to_str()? {
            "py" => Some(FileKind::Python),
            "pyi" => Some(FileKind::PythonStub),
            "rs" => Some(FileKind::Rust),
            _ => None,
        }
    }
}

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub path: PathBuf,
    pub why: String,
}

/// The files below some paths, sorted by path, each once.
#[derive(Clone, Debug, Default)]
pub struct Discovered {
    pub files: BTreeMap<PathBuf, FileKind>,
    pub unreadable: Vec<Unreadable>,
}

/// Walks each path, which must be absolute and exist. A file that is given is taken whatever ignores it.
pub fn discover(paths: &[PathBuf], include: &Patterns, exclude: &Patterns) -> Discovered {
    let mut found = Discovered::default();
    for path in paths {
        if path.is_dir() {
            walk(path, include, exclude, &mut found);
        } else if let Some(kind) = source_kind(path).or_else(|| FileKind::of(path)) {
            found.files.insert(path.clone(), kind);
        } else {
            let why = "it is neither Python nor Rust".to_owned();
            found.unreadable.push(Unreadable { path: path.clone(), why });
        }
    }
    found.unreadable.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The kind of a source file that is given by name, whether or not it is on the disk.
pub fn source_kind(path: &Path) -> Option<FileKind> {
    FileKind::of(path).filter(|kind| kind.is_source()).or_else(|| python_script(path))
}

/// Whether a file that is not on the disk would be found below a folder if it were there.
pub fn would_find(folder: &Path, path: &Path, include: &Patterns, exclude: &Patterns) -> bool {
    let mut around = path.ancestors().skip(1).take_while(|it| *it != folder);
    let is_passed_over = |it: &Path, is_folder: bool| {
        let is_hidden = it.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        is_hidden || exclude.name(it, is_folder) || is_folder && holds_foreign_code(it)
    };
    path.starts_with(folder)
        && !is_passed_over(path, false)
        && !around.any(|it| is_passed_over(it, true))
        && !is_ignored(path)
        && (include.is_empty() || include.hold(path))
}

/// Whether the repository around a file ignores it; the nearest `.gitignore` that says something of it counts.
fn is_ignored(path: &Path) -> bool {
    for folder in path.ancestors().skip(1) {
        let of_folder = folder.join(".gitignore");
        if of_folder.is_file() {
            let patterns = Gitignore::new(of_folder).0;
            let said = patterns.matched_path_or_any_parents(path, false);
            if !said.is_none() {
                return said.is_ignore();
            }
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    false
}

fn walk(folder: &Path, include: &Patterns, exclude: &Patterns, found: &mut Discovered) {
    let excluded = exclude.clone();
    let walk = WalkBuilder::new(folder)
        .follow_links(false)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let is_passed_over =
                excluded.name(entry.path(), is_folder) || is_folder && holds_foreign_code(entry.path());
            entry.depth() == 0 || !is_passed_over
        })
        .build();
    let is_included = |path: &Path, kind: FileKind| include.is_empty() || !kind.is_source() || include.hold(path);
    for entry in walk {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                if let Some(kind) = FileKind::of(entry.path()).filter(|_| is_file)
                    && is_included(entry.path(), kind)
                {
                    found.files.insert(entry.into_path(), kind);
                }
            }
            Err(error) => found.unreadable.push(unreadable(folder, &error)),
        }
    }
}

fn unreadable(folder: &Path, error: &ignore::Error) -> Unreadable {
    match error {
        ignore::Error::WithPath { path, err } => Unreadable { path: path.clone(), why: err.to_string() },
        ignore::Error::WithDepth { err, .. } => unreadable(folder, err),
        error => Unreadable { path: folder.to_owned(), why: error.to_string() },
    }
}

/// Virtual environments, installed packages and what builds leave behind.
fn holds_foreign_code(folder: &Path) -> bool {
    match folder.file_name().and_then(|name| name.to_str()) {
        Some("node_modules" | "__pycache__" | "site-packages" | ".tox" | ".nox") => true,
        Some("target") => folder.with_file_name("Cargo.toml").is_file() || folder.join("CACHEDIR.TAG").is_file(),
        _ => folder.join("pyvenv.cfg").is_file(),
    }
}

/// A file without extension is Python if its first line says so.
fn python_script(path: &Path) -> Option<FileKind> {
    if path.extension().is_some() {
        return None;
    }
    let mut first = Vec::new();
    BufReader::new(fs::File::open(path).ok()?).take(256).read_until(b'\n', &mut first).ok()?;
    let line = String::from_utf8_lossy(&first);
    (line.starts_with("#!") && line.contains("python")).then_some(FileKind::Python)
}

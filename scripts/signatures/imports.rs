//! Counts which libraries projects import: the pins of `run` are those that are imported most.
//!
//! Reads imports from outlines alone, so that names in texts and comments do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use unsnarl::catalogue::Language;
use unsnarl::model::{Dialect, Edition, FileFacts};

/// How often a library is imported.
#[derive(Default)]
struct Count {
    projects: u32,
    files: u32,
}

/// One line for each library that a project imports, those that most projects import first: name, projects, files.
///
/// A Rust project is its folder with a `Cargo.toml`: only its dependencies count, under the names of their packages. Of a
/// Python project, what is a module of the project itself does not count, nor what stands in `skipped`.
pub fn count(language: Language, skipped: &BTreeSet<String>, projects: &[PathBuf]) -> String {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for project in projects {
        let mut files: BTreeMap<String, u32> = BTreeMap::new();
        match language {
            Language::Rust => rust(project, &mut files),
            Language::Python => python(project, &mut files),
        }
        for (name, found) in files.into_iter().filter(|(name, _)| !skipped.contains(name)) {
            let count = counts.entry(name).or_default();
            count.projects += 1;
            count.files += found;
        }
    }
    let mut sorted: Vec<(String, Count)> = counts.into_iter().collect();
    sorted.sort_by_key(|(name, count)| (std::cmp::Reverse((count.projects, count.files)), name.clone()));
    sorted.iter().map(|(name, count)| format!("{name} {} {}\n", count.projects, count.files)).collect()
}

fn rust(project: &Path, files: &mut BTreeMap<String, u32>) {
    let manifest = std::fs::read_to_string(project.join("Cargo.toml")).unwrap_or_default();
    let mut packages = BTreeMap::new();
    if let Ok(manifest) = manifest.parse::<toml::Table>() {
        dependencies(&manifest, &mut packages);
    }
    each_source(project, "rs", &mut |text| {
        let facts = unsnarl::rust::lower(text, Dialect::Rust { edition: Edition::E2021 });
        for root in roots(&facts, "::") {
            if let Some(package) = packages.get(&root) {
                *files.entry(package.clone()).or_default() += 1;
            }
        }
    });
}

/// The packages of all dependency tables, by the names that code calls them.
fn dependencies(table: &toml::Table, packages: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let Some(inner) = value.as_table() else { continue };
        if !key.ends_with("dependencies") {
            dependencies(inner, packages);
            continue;
        }
        for (name, entry) in inner {
            let package = entry.get("package").and_then(|package| package.as_str()).unwrap_or(name);
            packages.insert(name.replace('-', "_"), package.to_string());
        }
    }
}

fn python(project: &Path, files: &mut BTreeMap<String, u32>) {
    let mut own = BTreeSet::new();
    each_source(project, "py", &mut |text| {
        let facts = unsnarl::python::lower(text, Dialect::Python { stub: false });
        for root in roots(&facts, ".") {
            *files.entry(root).or_default() += 1;
        }
    });
    modules_below(project, &mut own);
    files.retain(|name, _| !own.contains(name));
}

/// The names that modules and packages of a project are imported by from their own folders.
fn modules_below(folder: &Path, own: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().trim_end_matches(".py").to_string();
        if path.join("__init__.py").is_file() || path.extension().is_some_and(|extension| extension == "py") {
            own.insert(name);
        } else if path.is_dir() {
            own.insert(name);
            modules_below(&path, own);
        }
    }
}

/// The first segments of what a file imports.
fn roots(facts: &FileFacts, separator: &str) -> BTreeSet<String> {
    let imports = facts.outline.imports.iter().filter(|import| import.level == 0);
    imports
        .filter_map(|import| {
            let path = match facts.text(import.path) {
                "" => facts.text(import.name),
                path => path,
            };
            path.trim_start_matches(separator).split(separator).next().map(str::to_string)
        })
        .collect()
}

fn each_source(folder: &Path, extension: &str, read: &mut dyn FnMut(&str)) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            each_source(&path, extension, read);
        } else if path.extension().is_some_and(|found| found == extension)
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            read(&text);
        }
    }
}

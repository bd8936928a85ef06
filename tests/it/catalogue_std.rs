//! What effects files name of Rust's standard library exists: checked against the documentation that a toolchain
//! installs, where it is there. Without it nothing is checked.

use std::path::{Path, PathBuf};
use unsnarl::catalogue::Catalogue;
use unsnarl::catalogue::schema::{EffectsFile, TypeEntry};

/// Pages of types, by what comes before their name.
const TYPES: [&str; 7] = ["struct", "enum", "trait", "union", "type", "primitive", "keyword"];

#[test]
fn paths_of_the_standard_library_are_documented() {
    let Some(docs) = documentation() else { return };
    let mut missing = Vec::new();
    for (name, text) in Catalogue::effects_files().into_iter().filter(|(name, _)| name.starts_with("rust/std")) {
        let file = EffectsFile::parse(name, text).unwrap_or_else(|errors| panic!("{errors:?}"));
        let functions = file.functions.iter().flat_map(|entry| entry.path.as_slice());
        missing.extend(functions.filter(|path| !has_function(&docs, path)).map(|path| format!("{name}: {path}")));
        for entry in file.types.iter().chain(&file.traits) {
            missing.extend(missing_of(&docs, entry).into_iter().map(|path| format!("{name}: {path}")));
        }
    }
    assert!(missing.is_empty(), "{} are not documented\n{}", missing.len(), missing.join("\n"));
}

/// The folder of the standard library's pages.
fn documentation() -> Option<PathBuf> {
    let output = std::process::Command::new("rustc").args(["--print", "sysroot"]).output().ok()?;
    let docs = Path::new(String::from_utf8(output.stdout).ok()?.trim()).join("share/doc/rust/html");
    docs.join("std/fs/fn.read.html").is_file().then_some(docs)
}

fn has_function(docs: &Path, path: &str) -> bool {
    let Some((parent, name)) = path.rsplit_once("::") else { return true };
    let page = docs.join(parent.replace("::", "/")).join(format!("fn.{name}.html"));
    page.is_file() || page_of(docs, parent).is_some_and(|page| has_method(&page, name))
}

/// The text of a type's page.
fn page_of(docs: &Path, path: &str) -> Option<String> {
    let (module, name) = path.rsplit_once("::").unwrap_or(("std", path));
    let folder = docs.join(module.replace("::", "/"));
    TYPES.iter().find_map(|kind| std::fs::read_to_string(folder.join(format!("{kind}.{name}.html"))).ok())
}

/// Whether a type's page tells of a method, or of a variant that is called like one.
fn has_method(page: &str, name: &str) -> bool {
    ["method", "tymethod", "variant"].iter().any(|kind| page.contains(&format!("id=\"{kind}.{name}\"")))
}

/// The paths of an entry, and the methods of its first path, that have no place in the documentation.
fn missing_of(docs: &Path, entry: &TypeEntry) -> Vec<String> {
    let mut missing = Vec::new();
    let pages: Vec<String> = entry.path.as_slice().iter().filter_map(|path| page_of(docs, path)).collect();
    if pages.len() < entry.path.as_slice().len() {
        let unknown = entry.path.as_slice().iter().filter(|path| page_of(docs, path).is_none());
        missing.extend(unknown.cloned());
    }
    for name in entry.methods.iter().flat_map(|method| method.name.as_slice()).filter(|name| *name != "*") {
        if !pages.is_empty() && !pages.iter().any(|page| has_method(page, name)) {
            missing.push(format!("{}::{name}", entry.path.as_slice()[0]));
        }
    }
    missing
}

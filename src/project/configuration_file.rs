//! In which file the configuration stands: the nearest one, in a stated order.
//!
//! In each folder, from that of the checked paths up to the project's root: `unsnarl.toml`, then `[tool.unsnarl]` of
//! `pyproject.toml`, then `[package.metadata.unsnarl]` and `[workspace.metadata.unsnarl]` of `Cargo.toml`. The first
//! that is there counts, and it alone.

use super::configuration::{CatalogueText, Configuration};
use super::configuration_keys::{self, Files, Wrong};
use super::python_environment::{EnvironmentOrigin, PythonEnvironment};
use super::{LoadError, with_slashes};
use crate::report::Misconfiguration;
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the configuration file.
pub const CONFIGURATION_FILE: &str = "unsnarl.toml";

/// Which configuration is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ConfigurationChoice {
    /// The nearest at or above the checked paths.
    #[default]
    Nearest,
    /// A file; relative ones are in the working directory.
    File(PathBuf),
    /// None: everything is as by default.
    Isolated,
}

/// A table of a file, by the keys that lead to it.
type Table = &'static [&'static str];

const WHOLE: Table = &[];
const PYTHON: Table = &["tool", "unsnarl"];
const PACKAGE: Table = &["package", "metadata", "unsnarl"];
const WORKSPACE: Table = &["workspace", "metadata", "unsnarl"];

/// The tables of a file of this name in which a configuration may stand.
fn tables(path: &Path) -> &'static [Table] {
    match path.file_name().and_then(|name| name.to_str()) {
        Some("pyproject.toml") => &[PYTHON],
        Some("Cargo.toml") => &[PACKAGE, WORKSPACE],
        _ => &[WHOLE],
    }
}

/// Reads the nearest configuration at or above a folder, not above the root.
pub(super) fn nearest(folder: &Path, root: &Path, here: &Path) -> Result<Configuration, LoadError> {
    for folder in folder.ancestors().take_while(|folder| folder.starts_with(root)) {
        let own = folder.join(CONFIGURATION_FILE);
        if own.is_file() {
            return whole(&own, folder, here);
        }
        for manifest in ["pyproject.toml", "Cargo.toml"] {
            let path = folder.join(manifest);
            // A manifest that nobody can read is no business of ours unless it speaks of us.
            let Some(text) = fs::read_to_string(&path).ok().filter(|text| text.contains("unsnarl")) else { continue };
            if let Some(found) = read(&path, &text, folder, here)? {
                return Ok(found);
            }
        }
    }
    Ok(Configuration::default())
}

/// Reads a configuration from the file that the user names. Its patterns count from `here`, the working directory: the
/// file may lie anywhere.
pub(super) fn given(path: &Path, here: &Path) -> Result<Configuration, LoadError> {
    whole(&here.join(path), here, here)
}

/// Reads a configuration from a file that must hold one; patterns count from `base`.
fn whole(path: &Path, base: &Path, here: &Path) -> Result<Configuration, LoadError> {
    let failed = |why| LoadError::Path { path: path.strip_prefix(here).unwrap_or(path).to_owned(), why };
    let text = fs::read_to_string(path).map_err(|error| failed(super::reason(&error)))?;
    read(path, &text, base, here)?.ok_or_else(|| {
        let tables: Vec<String> = tables(path).iter().map(|table| format!("`[{}]`", table.join("."))).collect();
        failed(format!("there is no {} in it", tables.join(" or ")))
    })
}

fn read(path: &Path, text: &str, base: &Path, here: &Path) -> Result<Option<Configuration>, LoadError> {
    let shown = with_slashes(path.strip_prefix(here).unwrap_or(path));
    let folder = path.parent().unwrap_or(path);
    let read_catalogue = |file: &str| {
        let path = folder.join(file);
        let shown = with_slashes(path.strip_prefix(here).unwrap_or(&path));
        fs::read_to_string(&path)
            .map(|text| CatalogueText { shown: shown.clone(), text, within: None })
            .map_err(|error| format!("`{shown}` cannot be read: {}", super::reason(&error)))
    };
    let python_environment =
        |environment: &str| PythonEnvironment::at(&folder.join(environment), EnvironmentOrigin::Configuration);
    let files = Files { read_catalogue: &read_catalogue, python_environment: &python_environment };
    for table in tables(path) {
        let parsed = configuration_keys::parse(text, table, base, files)
            .map_err(|wrongs| LoadError::Configuration(misconfigurations(&shown, text, wrongs)))?;
        if let Some(mut found) = parsed {
            for entry in found.catalogue.iter_mut().filter(|entry| entry.within.is_some()) {
                entry.shown.clone_from(&shown);
            }
            found.folder = Some(folder.to_owned());
            found.origin = Some(if table.is_empty() { shown } else { format!("{shown} [{}]", table.join(".")) });
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn misconfigurations(shown: &str, text: &str, wrongs: Vec<Wrong>) -> Vec<Misconfiguration> {
    let told = wrongs.into_iter().map(|wrong| Misconfiguration {
        shown: shown.to_owned(),
        text: text.to_owned(),
        span: wrong.span,
        message: wrong.message,
        help: wrong.help,
    });
    told.collect()
}

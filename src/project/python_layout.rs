//! From which folders Python modules are imported, and which runtimes a project depends on.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Async runtimes, most specific first: a project that depends on an earlier one uses it.
const RUNTIMES: [&str; 6] = ["trio", "anyio", "smol", "async-std", "tokio", "asyncio"];

/// Import roots: folders of packages, of manifests with their `src`, and the project's root. A folder of modules that
/// no package holds is a namespace below the root around it.
pub fn roots(root: &Path, files: &[&str], manifests: &[PathBuf]) -> Vec<String> {
    let mut packages: BTreeSet<String> = BTreeSet::new();
    // A package's file may be open in an editor and not on the disk; one that is left out is on the disk alone.
    let is_init = |file: &&&str| matches!(file.rsplit('/').next(), Some("__init__.py" | "__init__.pyi"));
    let mut is_package: BTreeMap<String, bool> =
        files.iter().filter(is_init).map(|file| (above(file).to_owned(), true)).collect();
    for file in files {
        // A folder without `__init__` below a package is a part of it all the same (PEP 420).
        let mut topmost = None;
        let mut folder = above(file);
        loop {
            let has_init = *is_package.entry(folder.to_owned()).or_insert_with(|| {
                ["__init__.py", "__init__.pyi"].iter().any(|name| root.join(folder).join(name).is_file())
            });
            if has_init {
                topmost = Some(folder);
            }
            if folder.is_empty() {
                break;
            }
            folder = above(folder);
        }
        if let Some(package) = topmost {
            packages.insert(above(package).to_owned());
        }
    }
    packages.insert(String::new());
    for manifest in manifests {
        let Some(folder) = manifest.parent().and_then(|folder| folder.strip_prefix(root).ok()) else { continue };
        let folder = super::with_slashes(folder);
        let source = if folder.is_empty() { "src".to_owned() } else { format!("{folder}/src") };
        if root.join(&source).is_dir() && files.iter().any(|file| is_below(file, &source)) {
            packages.insert(source);
        }
        packages.insert(folder);
    }
    packages.into_iter().collect()
}

fn above(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Names of the distributions that Python manifests ask for, lower case with `-`. What cannot be read says nothing.
pub fn dependencies(manifests: &[PathBuf]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for path in manifests {
        let Ok(text) = fs::read_to_string(path) else { continue };
        match path.file_name().and_then(|name| name.to_str()) {
            Some("pyproject.toml") => {
                if let Ok(table) = text.parse::<toml::Table>() {
                    of_pyproject(&table, &mut names);
                }
            }
            Some(name) if name.ends_with(".txt") => names.extend(text.lines().filter_map(requirement)),
            _ => {}
        }
    }
    names
}

fn of_pyproject(table: &toml::Table, names: &mut BTreeSet<String>) {
    let at = |path: &[&str]| {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(table.get(*first)?, |value, key| value.get(key))
    };
    let mut add_list = |list: Option<&toml::Value>| {
        let texts = list.and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str);
        names.extend(texts.filter_map(requirement));
    };
    add_list(at(&["project", "dependencies"]));
    for groups in [at(&["project", "optional-dependencies"]), at(&["dependency-groups"])] {
        for (_, group) in groups.and_then(toml::Value::as_table).into_iter().flatten() {
            add_list(Some(group));
        }
    }
    let poetry = at(&["tool", "poetry", "dependencies"]).and_then(toml::Value::as_table);
    names.extend(poetry.into_iter().flatten().filter_map(|(name, _)| requirement(name)));
}

/// The name at the head of a requirement: `trio[x] >= 0.2`.
fn requirement(text: &str) -> Option<String> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.')).unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_ascii_lowercase().replace(['_', '.'], "-"))
}

/// The runtimes among the dependencies, most specific first.
pub fn runtimes(dependencies: &BTreeSet<String>) -> Vec<String> {
    let named = |runtime: &str| dependencies.iter().any(|name| name.replace('_', "-") == runtime);
    RUNTIMES.iter().filter(|runtime| named(runtime)).map(|runtime| (*runtime).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirements_begin_with_a_name() {
        assert_eq!(requirement("Trio[tests] >= 0.22 ; x"), Some("trio".to_owned()));
        assert_eq!(requirement("async_generator==1"), Some("async-generator".to_owned()));
        assert_eq!(requirement("# comment"), None);
        assert_eq!(runtimes(&["async_std", "anyio"].map(str::to_owned).into()), ["anyio", "async-std"]);
    }
}

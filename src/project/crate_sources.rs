//! The sources of the crates that a project depends on: which ones `Cargo.lock` names, and where cargo or the repository
//! keeps them. Read and never built: what a build script would generate is not there.

use super::manifest::{Manifests, in_code, outside_dependencies};
use super::with_slashes;
use crate::check::{decode, outline};
use crate::model::{Dialect, Edition};
use crate::signatures::crates::{Crates, FileSource};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use toml::{Table, Value};

/// A larger file is generated, and says nothing that is worth reading it.
const MOST_BYTES: u64 = 2 << 20;

/// In a crate with more source than this, `impl` blocks are looked for beside their types only.
const MOST_OF_A_CRATE: u64 = 12 << 20;

/// How far below a checkout of a repository its packages lie.
const MOST_FOLDERS: u32 = 4;

/// The crates that lock files name, by their names in code. Of several versions that one counts on which the project
/// itself depends, else the highest.
#[derive(Debug, Default)]
pub struct CrateSources {
    /// The lock files.
    pub locks: Vec<PathBuf>,
    packages: BTreeMap<String, Locked>,
    places: Places,
}

/// Where sources may lie.
#[derive(Debug, Default)]
struct Places {
    /// Folders with a folder `NAME-VERSION` for each crate.
    registries: Vec<PathBuf>,
    /// Folders with a folder `NAME` or `NAME-VERSION` for each crate.
    vendored: Vec<PathBuf>,
    /// The folder with checkouts of repositories.
    checkouts: Option<PathBuf>,
    /// Folders of packages by name, as manifests give them.
    folders: BTreeMap<String, PathBuf>,
}

/// A package of a lock file.
#[derive(Debug)]
struct Locked {
    name: String,
    version: String,
    source: Option<String>,
    /// Names in code of what it depends on, with the version where there are several.
    dependencies: Vec<(String, Option<String>)>,
    /// Whether other versions are there, too.
    has_twins: bool,
    found: OnceLock<Option<Crate>>,
}

/// A crate's sources.
#[derive(Debug)]
struct Crate {
    /// The folder of the root file.
    folder: PathBuf,
    root: String,
    /// As code calls it.
    name: String,
    edition: Edition,
    /// The names in code and those of the packages.
    dependencies: Vec<(String, String)>,
    /// All files with their texts; none if there is too much of it.
    texts: OnceLock<Option<BTreeMap<String, String>>>,
}

impl CrateSources {
    /// Reads the lock files of a project's packages, up to its root.
    pub fn find(root: &Path, manifests: &Manifests, cargo_home: Option<&Path>) -> CrateSources {
        let mut sources = CrateSources::default();
        let mut folders = BTreeSet::new();
        for package in &manifests.packages {
            let folder = root.join(&package.folder);
            folders.extend(folder.ancestors().take_while(|it| it.starts_with(root)).map(Path::to_owned));
        }
        let mut all: BTreeMap<String, Vec<Locked>> = BTreeMap::new();
        for folder in folders {
            let lock = folder.join("Cargo.lock");
            let Some(table) = table(&lock) else { continue };
            sources.locks.push(lock);
            sources.places.vendored.extend(vendored(&folder));
            for package in table.get("package").and_then(Value::as_array).into_iter().flatten() {
                if let Some(locked) = locked(package) {
                    all.entry(in_code(&locked.name)).or_default().push(locked);
                }
            }
        }
        if sources.locks.is_empty() {
            return sources;
        }
        let direct: BTreeSet<(String, Option<String>)> = all
            .values()
            .flatten()
            .filter(|locked| locked.source.is_none())
            .flat_map(|locked| locked.dependencies.iter().cloned())
            .collect();
        for (name, mut versions) in all {
            let rank = |locked: &Locked| {
                let is_direct = direct.contains(&(name.clone(), Some(locked.version.clone())));
                (is_direct, numbers(&locked.version), locked.source.is_some())
            };
            versions.sort_by_key(rank);
            let has_twins = versions.iter().any(|it| it.version != versions[0].version);
            if let Some(locked) = versions.pop() {
                sources.packages.insert(name, Locked { has_twins, ..locked });
            }
        }
        if let Some(home) = cargo_home {
            let registries = fs::read_dir(home.join("registry").join("src")).into_iter().flatten().flatten();
            sources.places.registries = registries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
            sources.places.registries.sort();
            sources.places.checkouts = Some(home.join("git").join("checkouts"));
        }
        for (name, folder) in &manifests.paths {
            sources.places.folders.entry(in_code(name)).or_insert_with(|| root.join(folder));
        }
        sources
    }

    pub fn is_empty(&self) -> bool {
        self.packages.is_empty()
    }

    /// How many crates the lock files name that are not the project's own.
    pub fn count(&self) -> usize {
        self.packages.values().filter(|locked| locked.source.is_some()).count()
    }

    /// What code calls the library of a package, where that is not the package's name.
    pub fn library_name(&self, package: &str) -> Option<&str> {
        let name = &self.krate(package)?.name;
        (name != package).then_some(name)
    }

    fn krate(&self, name: &str) -> Option<&Crate> {
        let locked = self.packages.get(name)?;
        locked.found.get_or_init(|| self.places.krate(locked)).as_ref()
    }
}

impl Crates for CrateSources {
    fn root(&self, krate: &str) -> Option<String> {
        self.krate(krate).map(|krate| krate.root.clone())
    }

    fn outside(&self, krate: &str, name: &str) -> Option<String> {
        let (_, real) = self.krate(krate)?.dependencies.iter().find(|(local, _)| local == name)?;
        let locked = self.packages.get(real)?;
        if locked.has_twins {
            // Another version than the one that is read is another crate.
            let wanted = self.packages.get(krate)?.dependencies.iter().find(|(name, _)| name == real);
            let version = wanted.and_then(|(_, version)| version.as_deref()).unwrap_or(&locked.version);
            if version != locked.version {
                return Some(format!("{real}_{}", version.replace(|c: char| !c.is_ascii_alphanumeric(), "_")));
            }
        }
        Some(real.clone())
    }

    fn read(&self, krate: &str, files: &[String]) -> Vec<Option<FileSource>> {
        let Some(krate) = self.krate(krate) else { return files.iter().map(|_| None).collect() };
        let dialect = Dialect::Rust { edition: krate.edition };
        let read = |file: &String| {
            let text = text_of(&krate.folder.join(file))?;
            Some(FileSource { facts: outline(&text, dialect), text })
        };
        files.par_iter().with_max_len(1).map(read).collect()
    }

    fn implementing(&self, krate: &str, name: &str) -> Option<Vec<String>> {
        let texts = self.krate(krate)?.texts()?;
        let holds = |text: &str| text.contains("impl") && has_word(text, name);
        Some(texts.iter().filter(|(_, text)| holds(text)).map(|(file, _)| file.clone()).collect())
    }
}

impl Crate {
    fn texts(&self) -> Option<&BTreeMap<String, String>> {
        let read = || {
            let mut files = Vec::new();
            let mut bytes = 0;
            rust_files(&self.folder, &mut files, &mut bytes);
            let texts = files.par_iter().filter_map(|file| {
                let path = with_slashes(file.strip_prefix(&self.folder).ok()?);
                Some((path, text_of(file)?))
            });
            (bytes <= MOST_OF_A_CRATE).then(|| texts.collect())
        };
        self.texts.get_or_init(read).as_ref()
    }
}

impl Places {
    fn krate(&self, locked: &Locked) -> Option<Crate> {
        let folder = self.folder(locked)?;
        let manifest = table(&folder.join("Cargo.toml"))?;
        let package = manifest.get("package")?.as_table()?;
        let library = manifest.get("lib").and_then(Value::as_table);
        let text = |key: &str| library.and_then(|library| library.get(key)?.as_str());
        let root = folder.join(text("path").unwrap_or("src/lib.rs"));
        if !root.is_file() {
            return None;
        }
        let edition = match package.get("edition") {
            Some(Value::String(edition)) => super::edition(edition).unwrap_or(Edition::E2021),
            Some(_) => Edition::E2021,
            None => Edition::E2015,
        };
        Some(Crate {
            folder: root.parent()?.to_owned(),
            root: root.file_name()?.to_str()?.to_owned(),
            name: in_code(text("name").unwrap_or(&locked.name)),
            edition,
            dependencies: outside_dependencies(&manifest),
            texts: OnceLock::new(),
        })
    }

    fn folder(&self, locked: &Locked) -> Option<PathBuf> {
        let Some(source) = &locked.source else {
            return self.folders.get(&in_code(&locked.name)).filter(|folder| is_package(folder, locked)).cloned();
        };
        let with_version = format!("{}-{}", locked.name, locked.version);
        let names = [&locked.name, &with_version];
        let vendored = self.vendored.iter().flat_map(|folder| names.map(|name| folder.join(name)));
        if let Some(found) = vendored.into_iter().find(|folder| is_package(folder, locked)) {
            return Some(found);
        }
        if let Some(source) = source.strip_prefix("git+") {
            return self.checked_out(source, locked);
        }
        self.registries.iter().map(|registry| registry.join(&with_version)).find(|folder| folder.is_dir())
    }

    /// A package in the checkout of a repository: `https://host/name?branch=x#revision`.
    fn checked_out(&self, source: &str, locked: &Locked) -> Option<PathBuf> {
        let (address, revision) = source.split_once('#')?;
        let address = address.split('?').next().unwrap_or(address).trim_end_matches('/');
        let repository = address.rsplit('/').next()?.trim_end_matches(".git");
        let mut checkouts: Vec<PathBuf> =
            fs::read_dir(self.checkouts.as_ref()?).ok()?.flatten().map(|it| it.path()).collect();
        checkouts.sort();
        let is_of = |path: &&PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.and_then(|name| name.rsplit_once('-')).is_some_and(|(name, _)| name == repository)
        };
        checkouts.iter().filter(is_of).find_map(|checkout| {
            let mut revisions: Vec<PathBuf> = fs::read_dir(checkout).ok()?.flatten().map(|it| it.path()).collect();
            revisions.sort();
            let is_it = |path: &&PathBuf| {
                let name = path.file_name().and_then(|name| name.to_str());
                name.is_some_and(|name| name.len() >= 7 && revision.starts_with(name))
            };
            revisions.iter().filter(is_it).find_map(|folder| package_below(folder, locked, 0))
        })
    }
}

/// Reads an entry of a lock file.
fn locked(package: &Value) -> Option<Locked> {
    let text = |key: &str| package.get(key)?.as_str().map(str::to_owned);
    let dependencies = package.get("dependencies").and_then(Value::as_array).into_iter().flatten();
    let dependencies = dependencies.filter_map(Value::as_str).map(|written| {
        let mut parts = written.split(' ');
        (in_code(parts.next().unwrap_or_default()), parts.next().map(str::to_owned))
    });
    Some(Locked {
        name: text("name")?,
        version: text("version")?,
        source: text("source"),
        dependencies: dependencies.collect(),
        has_twins: false,
        found: OnceLock::new(),
    })
}

/// The numbers of a version; what stands behind `-` or `+` is left out.
fn numbers(version: &str) -> Vec<u64> {
    let head = version.split(['-', '+']).next().unwrap_or(version);
    head.split('.').map(|number| number.parse().unwrap_or(0)).collect()
}

/// Folders of vendored crates: those that cargo's configuration names, and `vendor`.
fn vendored(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for file in [".cargo/config.toml", ".cargo/config"] {
        let Some(settings) = table(&folder.join(file)) else { continue };
        let sources = settings.get("source").and_then(Value::as_table).into_iter().flatten();
        found.extend(sources.filter_map(|(_, source)| Some(folder.join(source.get("directory")?.as_str()?))));
    }
    found.push(folder.join("vendor"));
    found.retain(|folder| folder.is_dir());
    found
}

fn is_package(folder: &Path, locked: &Locked) -> bool {
    let Some(manifest) = table(&folder.join("Cargo.toml")) else { return false };
    let text = |key: &str| manifest.get("package")?.get(key)?.as_str();
    // A version may be inherited from a workspace.
    text("name") == Some(&locked.name) && text("version").is_none_or(|version| version == locked.version)
}

fn package_below(folder: &Path, locked: &Locked, depth: u32) -> Option<PathBuf> {
    if is_package(folder, locked) {
        return Some(folder.to_owned());
    }
    if depth == MOST_FOLDERS {
        return None;
    }
    folders_in(folder).into_iter().find_map(|inner| package_below(&inner, locked, depth + 1))
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let mut folders: Vec<PathBuf> = entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()) && !is_hidden(&entry.file_name()))
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    folders
}

/// The sources below a folder, and how large they are together.
fn rust_files(folder: &Path, files: &mut Vec<PathBuf>, bytes: &mut u64) {
    if *bytes > MOST_OF_A_CRATE {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().extension().is_some_and(|extension| extension == "rs")
            && let Ok(metadata) = entry.metadata()
            && metadata.is_file()
            && metadata.len() <= MOST_BYTES
        {
            *bytes += metadata.len();
            files.push(entry.path());
        }
    }
    for inner in folders_in(folder) {
        rust_files(&inner, files, bytes);
    }
}

fn text_of(file: &Path) -> Option<String> {
    if fs::metadata(file).ok()?.len() > MOST_BYTES {
        return None;
    }
    Some(decode(fs::read(file).ok()?, MOST_BYTES).text)
}

fn table(path: &Path) -> Option<Table> {
    fs::read_to_string(path).ok()?.parse().ok()
}

/// Whether a text has a name as a word of its own.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}

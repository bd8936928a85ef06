//! From paths on the disk to a project that can be checked: finds files, reads them, their configuration and their
//! manifests.
//!
//! Reads and never executes: no interpreter, no build tool. Judges nothing.

mod configuration;
mod discovery;
mod manifest;
mod python_layout;
mod roles;
mod rust_layout;

pub use configuration::{CONFIGURATION_FILE, CatalogueText, Configuration};
pub use discovery::Unreadable;

use crate::catalogue::Catalogue;
use crate::check::{Decoded, Notice, NoticeKind, Project, Source, Workers, decode};
use crate::flow::{Layout, ProjectFile, Role};
use crate::model::{Dialect, Edition};
use crate::report::{Misconfiguration, SourceText, Sources};
use discovery::{Discovered, FileKind};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What to load.
#[derive(Clone, Debug)]
pub struct Request {
    /// Files and folders to check; relative ones are in the working directory.
    pub paths: Vec<PathBuf>,
    /// Relative to it paths are shown, and relative ones are taken.
    pub working_directory: PathBuf,
    /// The configuration to use instead of the one that is found.
    pub configuration: Option<PathBuf>,
    /// The folder that paths in a program count from; found if none is given.
    pub root: Option<PathBuf>,
}

/// A source file that was read.
#[derive(Debug)]
pub struct LoadedFile {
    /// From the root, with `/`.
    pub path: String,
    /// As people know it: from the working directory where it is inside, else absolute.
    pub shown: String,
    pub role: Role,
    pub source: Source,
}

/// A project as it lies on the disk.
#[derive(Debug)]
pub struct Loaded {
    pub root: PathBuf,
    pub files: Vec<LoadedFile>,
    pub layout: Layout,
    pub configuration: Configuration,
    pub unreadable: Vec<Unreadable>,
}

/// Why a project could not be loaded.
#[derive(Clone, Debug)]
pub enum LoadError {
    /// A path does not exist or cannot be looked at.
    Path {
        path: PathBuf,
        why: String,
    },
    Configuration(Box<Misconfiguration>),
}

/// Loads everything that a program is made of. Files that cannot be read are told in the result.
pub fn load(request: &Request) -> Result<Loaded, LoadError> {
    let here = canonical(&request.working_directory)?;
    let mut paths = Vec::new();
    for path in &request.paths {
        paths.push(canonical(&here.join(path))?);
    }
    let root = match &request.root {
        Some(root) => canonical(&here.join(root))?,
        None => find_root(&paths, &here),
    };
    let configuration = match &request.configuration {
        Some(path) => configuration::read(&here.join(path), &here)?,
        None => match find_configuration(&paths, &here, &root) {
            Some(path) => configuration::read(&path, &here)?,
            None => Configuration::default(),
        },
    };
    let Discovered { files, mut unreadable } = discovery::discover(&paths, &configuration.exclude);
    let manifests = manifest::Manifests::read(&root, &manifests(&root, &files, FileKind::CargoManifest));
    let python_manifests: Vec<PathBuf> = self::manifests(&root, &files, FileKind::PythonManifest).into_iter().collect();

    let limit = configuration.max_file_size;
    let sources: Vec<(&PathBuf, FileKind)> =
        files.iter().filter(|(_, kind)| kind.is_source()).map(|(path, kind)| (path, *kind)).collect();
    let read: Vec<_> = sources.par_iter().map(|(path, _)| read(path, limit)).collect();
    let mut loaded = Vec::with_capacity(read.len());
    for ((path, kind), read) in sources.into_iter().zip(read) {
        match read {
            Ok(decoded) => {
                let relative = with_slashes(path.strip_prefix(&root).unwrap_or(path));
                let dialect = match kind {
                    FileKind::PythonStub => Dialect::Python { stub: true },
                    FileKind::Rust => Dialect::Rust { edition: manifests.edition_of(&relative) },
                    _ => Dialect::Python { stub: false },
                };
                loaded.push(LoadedFile {
                    role: roles::role(&relative, kind),
                    shown: with_slashes(path.strip_prefix(&here).unwrap_or(path)),
                    path: relative,
                    source: Source { dialect, decoded },
                });
            }
            Err(error) => unreadable.push(Unreadable { path: path.clone(), why: error.to_string() }),
        }
    }
    // By their paths with `/`, which is not the order of `PathBuf`s.
    loaded.sort_by(|a, b| a.path.cmp(&b.path));
    let layout = layout(&root, &mut loaded, &manifests, &python_manifests);
    Ok(Loaded { root, files: loaded, layout, configuration, unreadable })
}

fn layout(
    root: &Path,
    files: &mut [LoadedFile],
    manifests: &manifest::Manifests,
    python_manifests: &[PathBuf],
) -> Layout {
    let rust: BTreeMap<&str, &str> = files
        .iter()
        .filter(|file| matches!(file.source.dialect, Dialect::Rust { .. }))
        .map(|file| (file.path.as_str(), file.source.decoded.text.as_str()))
        .collect();
    let crates = rust_layout::crates(manifests, &rust);
    for krate in &crates {
        if let Ok(at) = files.binary_search_by(|file| file.path.as_str().cmp(&krate.root)) {
            files[at].role = rust_layout::role_of(krate.kind).unwrap_or(files[at].role);
        }
    }
    let python: Vec<&str> = files
        .iter()
        .filter(|file| matches!(file.source.dialect, Dialect::Python { .. }))
        .map(|file| file.path.as_str())
        .collect();
    let python_roots = python_layout::roots(root, &python, python_manifests);
    let mut dependencies = manifests.dependency_names();
    dependencies.extend(python_layout::dependencies(python_manifests));
    Layout { python_roots, crates, runtimes: python_layout::runtimes(&dependencies) }
}

/// The manifests among the files, and those in folders around sources, up to the root.
fn manifests(root: &Path, files: &BTreeMap<PathBuf, FileKind>, wanted: FileKind) -> BTreeSet<PathBuf> {
    let name = if wanted == FileKind::CargoManifest { "Cargo.toml" } else { "pyproject.toml" };
    let mut found: BTreeSet<PathBuf> =
        files.iter().filter(|(_, kind)| **kind == wanted).map(|(path, _)| path.clone()).collect();
    let mut seen: BTreeSet<&Path> = BTreeSet::new();
    for path in files.keys() {
        for folder in path.ancestors().skip(1).take_while(|folder| folder.starts_with(root)) {
            if !seen.insert(folder) {
                break;
            }
            let manifest = folder.join(name);
            if manifest.is_file() {
                found.insert(manifest);
            }
        }
    }
    found
}

fn read(path: &Path, limit: u64) -> std::io::Result<Decoded> {
    let size = fs::metadata(path)?.len();
    if size > limit {
        // Not read at all: the text would only be thrown away.
        return Ok(crate::check::too_large());
    }
    Ok(decode(fs::read(path)?, limit))
}

fn canonical(path: &Path) -> Result<PathBuf, LoadError> {
    fs::canonicalize(path).map_err(|error| LoadError::Path { path: path.to_owned(), why: reason(&error) })
}

/// What the system says, in our words where we have some.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn with_slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// The folder that holds all of the paths.
fn common_folder(paths: &[PathBuf], here: &Path) -> PathBuf {
    let folder = |path: &PathBuf| if path.is_dir() { path.clone() } else { path.parent().unwrap_or(path).to_owned() };
    let mut folders = paths.iter().map(folder);
    let Some(mut common) = folders.next() else { return here.to_owned() };
    for folder in folders {
        while !folder.starts_with(&common) {
            common.pop();
        }
    }
    common
}

/// The folder of the repository, else the highest one that a manifest or a package's `__init__.py` makes part of it.
fn find_root(paths: &[PathBuf], here: &Path) -> PathBuf {
    const REPOSITORY: [&str; 3] = [".git", ".hg", ".jj"];
    const PROJECT: [&str; 6] =
        [CONFIGURATION_FILE, "Cargo.toml", "pyproject.toml", "setup.py", "setup.cfg", "__init__.py"];
    let common = common_folder(paths, here);
    if let Some(repository) =
        common.ancestors().find(|folder| REPOSITORY.iter().any(|marker| folder.join(marker).exists()))
    {
        return repository.to_owned();
    }
    let mut root = common.clone();
    for folder in common.ancestors() {
        if !PROJECT.iter().any(|marker| folder.join(marker).exists()) {
            continue;
        }
        root = folder.to_owned();
        if folder.join("__init__.py").exists() {
            root.pop();
        }
    }
    root
}

/// The nearest configuration file at or above the paths, not above the root.
fn find_configuration(paths: &[PathBuf], here: &Path, root: &Path) -> Option<PathBuf> {
    let common = common_folder(paths, here);
    let candidates = common.ancestors().take_while(|folder| folder.starts_with(root));
    candidates.map(|folder| folder.join(CONFIGURATION_FILE)).find(|path| path.is_file())
}

impl Loaded {
    /// A path as the program's paths are: from the root, with `/`.
    pub fn from_root(&self, path: &Path) -> Result<String, LoadError> {
        let path = canonical(path)?;
        Ok(with_slashes(path.strip_prefix(&self.root).unwrap_or(&path)))
    }

    /// Lowers every file. The texts stay for reports; positions in the three parts agree.
    pub fn lower(self, catalogue: Arc<Catalogue>, workers: &Workers) -> Lowered {
        let notices = self.unreadable.iter().map(|unreadable| Notice {
            kind: NoticeKind::Unreadable,
            at: None,
            message: format!("`{}` cannot be read: {}", unreadable.path.display(), unreadable.why),
            help: None,
        });
        let notices = notices.collect();
        let mut names = Vec::with_capacity(self.files.len());
        let mut sources: Vec<Source> = Vec::with_capacity(self.files.len());
        for file in self.files {
            names.push((file.path, file.shown, file.role));
            sources.push(file.source);
        }
        let facts = workers.lower(&sources);
        let mut files = Vec::with_capacity(names.len());
        let mut texts = Vec::with_capacity(names.len());
        for (((path, shown, role), source), facts) in names.into_iter().zip(sources).zip(facts) {
            files.push(ProjectFile { path, role, facts: Arc::new(facts) });
            texts.push(SourceText::new(shown, source.decoded.text));
        }
        let project = Project { files, layout: self.layout, catalogue, thresholds: self.configuration.thresholds };
        Lowered { project, sources: Sources { files: texts }, notices }
    }
}

/// A project that can be linked, and what its findings are shown with.
#[derive(Debug)]
pub struct Lowered {
    pub project: Project,
    pub sources: Sources,
    /// Files that could not be read.
    pub notices: Vec<Notice>,
}

/// The nearest folder at or above `folder` that holds a `Cargo.toml`.
pub fn package_folder(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join("Cargo.toml").is_file()).map(Path::to_owned)
}

/// The folder of the workspace that a package is in, or the package's own.
pub fn workspace_folder(package: &Path) -> PathBuf {
    let is_workspace = |folder: &Path| {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok();
        manifest.and_then(|text| text.parse::<toml::Table>().ok()).is_some_and(|table| table.contains_key("workspace"))
    };
    let package = fs::canonicalize(package).unwrap_or_else(|_| package.to_owned());
    package.ancestors().find(|folder| is_workspace(folder)).map_or_else(|| package.clone(), Path::to_owned)
}

/// Reads one file as a source of its own; the message says why that cannot be done.
pub fn load_single(path: &Path, rust_edition: &str) -> Result<Source, String> {
    let edition = edition(rust_edition).ok_or_else(|| format!("there is no edition `{rust_edition}`"))?;
    let shown = path.display();
    let dialect = match path.extension().and_then(|extension| extension.to_str()) {
        Some("rs") => Dialect::Rust { edition },
        Some("pyi") => Dialect::Python { stub: true },
        _ => Dialect::Python { stub: false },
    };
    let decoded = read(path, u64::MAX).map_err(|error| format!("`{shown}`: {}", reason(&error)))?;
    Ok(Source { dialect, decoded })
}

/// Editions as manifests write them.
fn edition(text: &str) -> Option<Edition> {
    match text {
        "2015" => Some(Edition::E2015),
        "2018" => Some(Edition::E2018),
        "2021" => Some(Edition::E2021),
        "2024" => Some(Edition::E2024),
        _ => None,
    }
}

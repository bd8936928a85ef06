//! From paths on the disk to a project that can be checked: finds files, reads them, their configuration and their
//! manifests.
//!
//! Reads and never executes: no interpreter, no build tool. Judges nothing.

mod configuration;
mod configuration_file;
mod configuration_keys;
mod crate_sources;
mod discovery;
mod libraries;
mod manifest;
mod packages;
mod python_environment;
mod python_layout;
mod roles;
mod rust_layout;

pub use configuration::{CatalogueText, Configuration, PathLevels, Patterns};
pub use configuration_file::{CONFIGURATION_FILE, ConfigurationChoice};
pub use crate_sources::CrateSources;
pub use discovery::Unreadable;
pub use libraries::{Libraries, LibrariesRead, LibraryPlaces};
pub use packages::PackageFolder;
pub use python_environment::{EnvironmentOrigin, PythonEnvironment};

use crate::catalogue::Catalogue;
use crate::check::{Decoded, Notice, NoticeKind, Project, Settings, Source, Workers, decode};
use crate::flow::{Layout, ProjectFile, Role};
use crate::model::{Dialect, Edition, FileFacts};
use crate::report::{Misconfiguration, SourceText, Sources};
use crate::text::{Edit, FileId};
use discovery::{Discovered, FileKind};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What to load.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Files and folders to check; relative ones are in the working directory.
    pub paths: Vec<PathBuf>,
    /// Relative to it paths are shown, and relative ones are taken.
    pub working_directory: PathBuf,
    pub configuration: ConfigurationChoice,
    /// The folder from which the nearest configuration is looked for; that of the paths if none is given.
    pub configured_from: Option<PathBuf>,
    /// The folder that paths in a program count from; found if none is given.
    pub root: Option<PathBuf>,
    /// Files whose texts were handed in; they are checked, and need not be on the disk.
    pub handed_in: Vec<HandedIn>,
    pub libraries: LibraryPlaces,
}

/// The text of a file that does not come from the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedIn {
    /// Says the language and the place in the project; a relative one is in the working directory.
    pub path: PathBuf,
    pub bytes: Vec<u8>,
    /// Takes the place of a file that is checked anyway, or would be if it were on the disk; otherwise it is checked
    /// whatever the configuration leaves out.
    pub replaces: bool,
}

/// A source file that was read.
#[derive(Debug)]
pub struct LoadedFile {
    /// From the root, with `/`.
    pub path: String,
    /// As people know it: from the working directory where it is inside, else absolute.
    pub shown: String,
    pub absolute: PathBuf,
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
    /// Paths that were asked for and are not there.
    pub missing: Vec<Unreadable>,
    /// The Cargo packages, deepest folders first.
    pub packages: Vec<PackageFolder>,
    pub libraries: Libraries,
}

/// Why a project could not be loaded.
#[derive(Clone, Debug)]
pub enum LoadError {
    /// A path does not exist or cannot be looked at.
    Path {
        path: PathBuf,
        why: String,
    },
    /// None of the paths is there.
    Missing(Vec<Unreadable>),
    Configuration(Vec<Misconfiguration>),
}

/// Loads everything that a program is made of. Files that cannot be read, and paths that are not there, are told in the
/// result.
pub fn load(request: &Request) -> Result<Loaded, LoadError> {
    let here = canonical(&request.working_directory)?;
    let mut paths = Vec::new();
    let mut missing = Vec::new();
    for path in &request.paths {
        match fs::canonicalize(here.join(path)) {
            Ok(path) => paths.push(path),
            Err(error) => missing.push(Unreadable { path: path.clone(), why: reason(&error) }),
        }
    }
    let handed_in: BTreeMap<PathBuf, &HandedIn> =
        request.handed_in.iter().map(|file| (in_folder(&here, &file.path), file)).collect();
    if paths.is_empty() && handed_in.is_empty() && !missing.is_empty() {
        return Err(LoadError::Missing(missing));
    }
    let added = handed_in.iter().filter(|(_, file)| !file.replaces);
    let places: Vec<PathBuf> = paths.iter().chain(added.clone().map(|(path, _)| path)).cloned().collect();
    let root = match &request.root {
        Some(root) => canonical(&here.join(root))?,
        None => find_root(&places, &here),
    };
    let configuration = match &request.configuration {
        ConfigurationChoice::File(path) => configuration_file::given(path, &here)?,
        ConfigurationChoice::Isolated => Configuration::default(),
        ConfigurationChoice::Nearest => {
            let from = match &request.configured_from {
                Some(folder) => canonical(&here.join(folder))?,
                None => common_folder(&places, &here),
            };
            configuration_file::nearest(&from, &root, &here)?
        }
    };
    let Discovered { mut files, mut unreadable } =
        discovery::discover(&paths, &configuration.include, &configuration.exclude);
    for (path, file) in added {
        let kind = discovery::source_kind(path).ok_or_else(|| LoadError::Path {
            path: file.path.clone(),
            why: "it is neither Python nor Rust".to_owned(),
        })?;
        files.insert(path.clone(), kind);
    }
    for (path, _) in handed_in.iter().filter(|(path, file)| file.replaces && !path.exists()) {
        let is_found =
            |folder: &PathBuf| discovery::would_find(folder, path, &configuration.include, &configuration.exclude);
        if let Some(kind) = discovery::source_kind(path).filter(|_| paths.iter().any(is_found)) {
            files.insert(path.clone(), kind);
        }
    }
    let manifests = manifest::Manifests::read(&root, &manifests(&root, &files, FileKind::CargoManifest));
    let python_manifests: Vec<PathBuf> = self::manifests(&root, &files, FileKind::PythonManifest).into_iter().collect();

    let limit = configuration.max_file_size;
    let sources: Vec<(&PathBuf, FileKind)> =
        files.iter().filter(|(_, kind)| kind.is_source()).map(|(path, kind)| (path, *kind)).collect();
    let read_one = |path: &PathBuf| match handed_in.get(path) {
        Some(given) => Ok(decode(given.bytes.clone(), limit)),
        None => read(path, limit),
    };
    let read: Vec<_> = sources.par_iter().map(|(path, _)| read_one(path)).collect();
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
                    absolute: path.clone(),
                    source: Source { dialect, decoded },
                });
            }
            Err(error) => unreadable.push(Unreadable { path: path.clone(), why: reason(&error) }),
        }
    }
    // By their paths with `/`, which is not the order of `PathBuf`s.
    loaded.sort_by(|a, b| a.path.cmp(&b.path));
    let mut layout = layout(&root, &mut loaded, &manifests, &python_manifests);
    let is_whole =
        configuration.folder.as_ref().is_some_and(|folder| paths.iter().any(|path| folder.starts_with(path)));
    layout.named = configuration.named(is_whole);
    for unreadable in &mut unreadable {
        unreadable.path = unreadable.path.strip_prefix(&here).unwrap_or(&unreadable.path).to_owned();
    }
    let packages = packages::packages(&root, &manifests, &rust_texts(&loaded));
    let folder = common_folder(&places, &here);
    let libraries = Libraries::find(&request.libraries, &configuration, &here, &folder, &root, &loaded, &manifests)?;
    libraries.name(&mut layout.crates);
    Ok(Loaded { libraries, root, files: loaded, layout, configuration, unreadable, missing, packages })
}

/// The Rust files: paths from the root to texts.
fn rust_texts(files: &[LoadedFile]) -> BTreeMap<&str, &str> {
    let rust = files.iter().filter(|file| matches!(file.source.dialect, Dialect::Rust { .. }));
    rust.map(|file| (file.path.as_str(), file.source.decoded.text.as_str())).collect()
}

fn layout(
    root: &Path,
    files: &mut [LoadedFile],
    manifests: &manifest::Manifests,
    python_manifests: &[PathBuf],
) -> Layout {
    let crates = rust_layout::crates(manifests, &rust_texts(files));
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
    Layout { python_roots, crates, runtimes: python_layout::runtimes(&dependencies), named: Vec::new() }
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

/// A path that need not exist: its folder as it is on the disk, if it is there.
fn in_folder(here: &Path, path: &Path) -> PathBuf {
    let whole = here.join(path);
    let folder = whole.parent().and_then(|folder| fs::canonicalize(folder).ok());
    match (folder, whole.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => whole,
    }
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

impl Loaded {
    /// A path as the program's paths are: from the root, with `/`.
    pub fn from_root(&self, path: &Path) -> Result<String, LoadError> {
        let path = canonical(path)?;
        Ok(with_slashes(path.strip_prefix(&self.root).unwrap_or(&path)))
    }

    /// What is to be told, as far as the configuration says.
    pub fn settings(&self) -> Settings {
        let mut settings = self.configuration.settings();
        for (file, n) in self.files.iter().zip(0..) {
            if let Some(levels) = self.configuration.levels_of(&file.absolute, &settings.levels) {
                settings.overrides.insert(FileId(n), levels);
            }
        }
        settings
    }

    /// Lowers every file. The texts stay for reports; positions in the three parts agree.
    pub fn lower(self, catalogue: Arc<Catalogue>, workers: &Workers) -> Lowered {
        self.lower_telling(catalogue, workers, &|| ())
    }

    /// As [`Loaded::lower`]; `done` is called after each file, on any thread.
    pub fn lower_telling(self, catalogue: Arc<Catalogue>, workers: &Workers, done: &(dyn Fn() + Sync)) -> Lowered {
        self.lower_keeping(catalogue, workers, &|_, _| None, done)
    }

    /// As [`Loaded::lower_telling`], but for the files, by their absolute paths, whose facts are `known` already.
    pub fn lower_keeping(
        self,
        catalogue: Arc<Catalogue>,
        workers: &Workers,
        known: Known<'_>,
        done: &(dyn Fn() + Sync),
    ) -> Lowered {
        let notices = self.unreadable.iter().map(|unreadable| Notice {
            kind: NoticeKind::Unreadable,
            at: None,
            message: format!("`{}` was not read: {}", unreadable.path.display(), unreadable.why),
            help: None,
        });
        let notices = notices.collect();
        let mut names = Vec::with_capacity(self.files.len());
        let mut sources: Vec<Source> = Vec::with_capacity(self.files.len());
        let mut facts: Vec<Option<Arc<FileFacts>>> = Vec::with_capacity(self.files.len());
        for file in self.files {
            facts.push(known(&file.absolute, &file.source));
            names.push((file.path, file.shown, file.role));
            sources.push(file.source);
        }
        let unknown: Vec<&Source> =
            sources.iter().zip(&facts).filter(|(_, known)| known.is_none()).map(|(source, _)| source).collect();
        let mut lowered = workers.lower_telling(&unknown, done).into_iter();
        let facts: Vec<Arc<FileFacts>> = facts
            .into_iter()
            .map(|known| {
                known.unwrap_or_else(|| Arc::new(lowered.next().expect("each file without known facts was lowered")))
            })
            .collect();
        let read: Vec<(String, Arc<FileFacts>)> =
            names.iter().zip(&facts).map(|((path, ..), facts)| (path.clone(), Arc::clone(facts))).collect();
        let catalogue = workers.run(|| self.libraries.extend(catalogue, &read, &self.layout));
        let mut files = Vec::with_capacity(names.len());
        let mut texts = Vec::with_capacity(names.len());
        for (((path, shown, role), source), facts) in names.into_iter().zip(sources).zip(facts) {
            files.push(ProjectFile { path, role, facts });
            texts.push(SourceText::new(shown, source.decoded.text));
        }
        let thresholds = self.configuration.thresholds;
        let project = Project { files, layout: self.layout, catalogue, thresholds, without: None };
        Lowered { project, sources: Sources { files: texts }, notices }
    }
}

/// The facts of a file that need not be lowered again.
pub type Known<'k> = &'k (dyn Fn(&Path, &Source) -> Option<Arc<FileFacts>> + Sync);

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

/// A path as files are shown: from the working directory where it is inside, else absolute. None if it is not there.
pub fn shown(path: &Path, working_directory: &Path) -> Option<String> {
    let here = fs::canonicalize(working_directory).ok()?;
    let path = fs::canonicalize(here.join(path)).ok()?;
    Some(with_slashes(path.strip_prefix(&here).unwrap_or(&path)))
}

/// A path without links as files are shown from a folder without links: from there where it is inside, else absolute.
pub fn shown_from(path: &Path, folder: &Path) -> String {
    with_slashes(path.strip_prefix(folder).unwrap_or(path))
}

/// Writes a file of the user's choice; the message says why that cannot be done.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|error| reason(&error))
}

/// Changes a file whose text is known; the message says why that cannot be done.
///
/// Bytes that are no text stay what they are. A file that is another by now is left alone.
pub fn rewrite(path: &Path, known: &str, edits: &[Edit]) -> Result<(), String> {
    let mut bytes = fs::read(path).map_err(|error| reason(&error))?;
    if decode(bytes.clone(), u64::MAX).text != known {
        return Err("it changed meanwhile".to_owned());
    }
    crate::check::apply(&mut bytes, edits);
    write(path, &bytes)
}

/// Files, by their names, that say how sources are read or what is told of them.
pub const MANIFESTS: [&str; 7] =
    [CONFIGURATION_FILE, "pyproject.toml", "Cargo.toml", "Cargo.lock", "setup.cfg", "setup.py", "requirements.txt"];

/// Whether a path names a source file.
pub fn is_source(path: &Path) -> bool {
    discovery::source_kind(path).is_some()
}

/// Whether a path names a file that says how sources are read or what is told of them.
pub fn is_manifest(path: &Path) -> bool {
    path.file_name().is_some_and(|name| MANIFESTS.iter().any(|manifest| name == *manifest))
}

/// Whether a changed Rust text declares other modules: files that none declares are crates by themselves.
pub fn lays_out_otherwise(before: &str, now: &str) -> bool {
    rust_layout::declared_modules(before) != rust_layout::declared_modules(now)
}

/// The text of a file as it is checked.
pub fn text_of(path: &Path) -> Result<String, String> {
    read(path, u64::MAX).map(|decoded| decoded.text).map_err(|error| reason(&error))
}

/// A path as files that are found have it: without links, as far as it is on the disk.
pub fn as_on_disk(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| in_folder(Path::new(""), path))
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

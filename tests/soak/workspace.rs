//! Copies of projects that a soak may edit.

use super::edits::Texts;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Fixtures that make a workspace: many files, packages and crates, both languages. The first few make a small one.
const FIXTURES: [&str; 34] = [
    "blocking-call-in-async/through_files",
    "blocking-call-in-async/through_crates",
    "blocking-call-in-async/async_overrides",
    "guard-across-await/through_files",
    "executor-per-task/through_files",
    "oversized-worker-count/configured",
    "blocking-call-in-async/module_trees",
    "blocking-call-in-async/star_imports",
    "blocking-call-in-async/import_cycles",
    "blocking-call-in-async/conditional_imports",
    "blocking-call-in-async/many_implementations",
    "blocking-call-in-async/dependency_injection",
    "blocking-call-in-async/trait_methods",
    "blocking-call-in-async/callbacks_stored",
    "blocking-call-in-async/callbacks_passed",
    "blocking-call-in-async/namespace_packages",
    "blocking-call-in-async/singletons",
    "blocking-call-in-async/generics",
    "blocking-call-in-async/super_calls",
    "blocking-call-in-async/properties",
    "blocking-call-in-async/protocols",
    "blocking-call-in-async/smart_pointers",
    "blocking-call-in-async/impl_blocks",
    "blocking-call-in-async/decorators",
    "blocking-call-in-async/several_roots",
    "blocking-call-in-async/attributes_set_anywhere",
    "guard-across-await/through_modules",
    "guard-across-await/from_helpers",
    "executor-per-task/through_modules",
    "untracked-spawn/through_crates",
    "untracked-spawn/wrapped_handles",
    "blocking-wait-in-async/through_files",
    "file-access-in-async/through_results",
    "unawaited-future/through_files",
];

/// The folders of at most so many fixtures.
pub fn fixtures(count: usize) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("test-fixtures");
    FIXTURES.iter().take(count).map(|fixture| root.join(fixture)).collect()
}

/// A folder with copies of a project's sources and manifests, as they lie there.
#[derive(Debug)]
pub struct Workspace {
    pub folder: PathBuf,
    /// With files that could be there and are not, for edits to make.
    pub texts: Texts,
    /// All that was copied.
    files: BTreeMap<String, String>,
}

impl Workspace {
    /// Copies folders beside each other, each below its own name; one alone keeps the names of the Python packages
    /// around it.
    pub fn copy(name: &str, folders: &[PathBuf]) -> Workspace {
        let mut files = BTreeMap::new();
        for folder in folders {
            let names: Vec<&OsStr> = folder.iter().collect();
            let mut depth = if folders.len() > 1 { 2 } else { 0 };
            depth = depth.max(folder.ancestors().take_while(|it| it.join("__init__.py").is_file()).count());
            let prefix: Vec<_> = names[names.len() - depth..].iter().map(|name| name.to_string_lossy()).collect();
            read(folder, &prefix.join("/"), &mut files);
            if folders.len() == 1 {
                let around = (1..depth).map(|depth| format!("{}/__init__.py", prefix[..depth].join("/")));
                around.for_each(|path| _ = files.entry(path).or_default());
            }
        }
        Workspace::new(name, files)
    }

    fn new(name: &str, files: BTreeMap<String, String>) -> Workspace {
        let folder = written(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("soak").join(name), &files);
        let mut texts: Texts = files
            .iter()
            .filter(|(path, _)| is_source(path))
            .map(|(path, text)| (path.clone(), Some(text.clone())))
            .collect();
        for path in spare(&texts) {
            texts.insert(path, None);
        }
        Workspace { folder, texts, files }
    }

    /// Another copy of what was copied.
    pub fn beside(&self, name: &str) -> PathBuf {
        let mut folder = self.folder.clone().into_os_string();
        folder.push(format!("-{name}"));
        written(Path::new(&folder), &self.files)
    }
}

/// A folder anew, as a repository of its own.
fn written(folder: &Path, files: &BTreeMap<String, String>) -> PathBuf {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder.join(".git")).expect("a folder for the copy can be made");
    for (path, text) in files {
        write(folder, path, Some(text));
    }
    fs::canonicalize(folder).expect("it was just made")
}

/// Writes a file below a folder, or takes it away.
pub fn write(folder: &Path, path: &str, text: Option<&str>) {
    let path = folder.join(path);
    match text {
        Some(text) => {
            fs::create_dir_all(path.parent().expect("it is in the folder")).expect("folders can be made");
            fs::write(path, text).expect("the file can be written");
        }
        None => _ = fs::remove_file(path),
    }
}

fn is_source(path: &str) -> bool {
    [".py", ".pyi", ".rs"].iter().any(|end| path.ends_with(end))
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok) {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy();
        if !entry.file_type().is_file() || !(is_source(&name) || name.ends_with(".toml")) {
            continue;
        }
        if let Ok(text) = fs::read_to_string(path) {
            let below = path.strip_prefix(folder).expect("it is below").to_string_lossy().replace('\\', "/");
            files.insert(format!("{prefix}/{below}").trim_start_matches('/').to_owned(), text);
        }
    }
}

/// Paths at which edits may make files: beside some that are there.
fn spare(texts: &Texts) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut spare = Vec::new();
    for path in texts.keys() {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let end = name.rsplit('.').next().unwrap_or(name);
        if seen.insert((folder, end)) {
            spare.push(format!("{folder}/spare.{end}").trim_start_matches('/').to_owned());
        }
    }
    spare
}

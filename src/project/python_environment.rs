//! The Python environment that a project runs in: where it is and where the modules of its libraries lie.
//!
//! Files are read and nothing is run: no interpreter, no line of a `.pth` file, no finder of an editable install.

use super::with_slashes;
use crate::check::{decode, outline};
use crate::model::Dialect;
use crate::signatures::branches::{Target, take_branches};
use crate::signatures::packages::{ModuleSource, Modules};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A larger module says nothing that is worth reading it: tables of data, generated code.
const MOST_BYTES: u64 = 4 << 20;

/// An environment with installed libraries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PythonEnvironment {
    pub folder: PathBuf,
    /// The folder as people know it: from the working directory where it is inside, else absolute.
    pub shown: String,
    /// How it was found.
    pub origin: EnvironmentOrigin,
    /// Where modules lie, in the order in which they are looked for.
    pub paths: Vec<PathBuf>,
    target: Target,
    /// Packages that editable installs have elsewhere, longest names first.
    mapped: Vec<(String, PathBuf)>,
}

impl EnvironmentOrigin {
    /// In words, as they stand behind the environment.
    pub fn words(self) -> &'static str {
        match self {
            EnvironmentOrigin::CommandLine => "command line",
            EnvironmentOrigin::Configuration => "configured",
            EnvironmentOrigin::Found => "found beside the project",
            EnvironmentOrigin::Active => "active in the shell",
        }
    }
}

/// Who named an environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvironmentOrigin {
    CommandLine,
    Configuration,
    /// It lies beside the project.
    Found,
    /// It is the active one of the shell.
    Active,
}

impl PythonEnvironment {
    /// The environment at a path: its folder, its interpreter or its `site-packages`. An error says why it is none.
    pub fn at(path: &Path, origin: EnvironmentOrigin) -> Result<PythonEnvironment, String> {
        let path = std::path::absolute(path).map_err(|error| super::reason(&error))?;
        let metadata = fs::metadata(&path).map_err(|error| super::reason(&error))?;
        let folder = match (metadata.is_dir(), path.parent()) {
            (true, _) => path.clone(),
            // `bin/python` of an environment is a link to another's: its own place counts.
            (false, Some(bin)) if is_interpreter(&path) => match bin.file_name().and_then(|name| name.to_str()) {
                Some("bin" | "Scripts") => bin.parent().unwrap_or(bin).to_owned(),
                _ => bin.to_owned(),
            },
            (false, _) => return Err("a Python environment is a folder, or the interpreter in it".to_owned()),
        };
        let settings = Settings::read(&folder);
        let mut paths = site_packages(&folder, settings.version);
        if paths.is_empty() {
            return Err("this is no Python environment: it holds no `site-packages` folder".to_owned());
        }
        let version = settings.version.or_else(|| paths.iter().find_map(|path| version_in(path))).unwrap_or((3, 14));
        let is_windows = folder.join("Lib").join("site-packages").is_dir() && !folder.join("bin").is_dir();
        if let Some(home) = settings.base {
            paths.extend(site_packages(&home, Some(version)));
            let debian = home.join("lib").join("python3").join("dist-packages");
            paths.extend(Some(debian).filter(|path| path.is_dir()));
        }
        let mut mapped = Vec::new();
        for site in paths.clone() {
            extend(&site, &mut paths, &mut mapped);
        }
        let mut seen = BTreeSet::new();
        paths.retain(|path| seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
        mapped.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        let target = Target { version, platform: if is_windows { "win32" } else { "linux" } };
        Ok(PythonEnvironment { shown: with_slashes(&folder), folder, origin, paths, target, mapped })
    }

    /// The environment beside a project: `.venv` or `venv` of the nearest folder from `folder` up to `root` that has one.
    pub fn beside(folder: &Path, root: &Path) -> Option<PythonEnvironment> {
        let around = folder.ancestors().take_while(|folder| folder.starts_with(root));
        around.flat_map(|folder| [folder.join(".venv"), folder.join("venv")]).find_map(|folder| {
            let is_one = folder.join("pyvenv.cfg").is_file();
            is_one.then(|| PythonEnvironment::at(&folder, EnvironmentOrigin::Found).ok())?
        })
    }

    /// The Python version, as `3.12`.
    pub fn version(&self) -> String {
        format!("{}.{}", self.target.version.0, self.target.version.1)
    }

    /// The file of a module, and whether relative imports count from it itself. Stubs come first, as type checkers have
    /// it: packages of stubs, then stubs beside modules.
    fn locate(&self, module: &str) -> Option<(PathBuf, bool)> {
        let parts: Vec<&str> = module.split('.').collect();
        let is_name = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !parts.iter().all(is_name) {
            return None;
        }
        let below = |base: PathBuf, parts: &[&str]| parts.iter().fold(base, |path, part| path.join(part));
        let stubs = format!("{}-stubs", parts[0]);
        let stubs = self.paths.iter().map(|path| below(path.join(&stubs), &parts[1..]));
        let elsewhere = self.mapped.iter().filter_map(|(name, folder)| {
            let rest = module.strip_prefix(name.as_str())?;
            let rest: Vec<&str> = match rest.strip_prefix('.') {
                Some(rest) => rest.split('.').collect(),
                None if rest.is_empty() => Vec::new(),
                None => return None,
            };
            Some(below(folder.clone(), &rest))
        });
        let installed = self.paths.iter().map(|path| below(path.clone(), &parts));
        stubs.chain(elsewhere).chain(installed).find_map(|stem| source(&stem))
    }

    fn module(&self, path: &str) -> Option<ModuleSource> {
        let (file, is_package) = self.locate(path)?;
        if fs::metadata(&file).ok()?.len() > MOST_BYTES {
            return None;
        }
        let text = decode(fs::read(&file).ok()?, MOST_BYTES).text;
        let text = take_branches(&text, self.target);
        let is_stub = file.extension().is_some_and(|extension| extension == "pyi");
        let facts = outline(&text, Dialect::Python { stub: is_stub });
        Some(ModuleSource { text, facts, is_package, is_stub })
    }
}

impl Modules for PythonEnvironment {
    fn read(&self, paths: &[String]) -> Vec<Option<ModuleSource>> {
        paths.par_iter().with_max_len(1).map(|path| self.module(path)).collect()
    }
}

fn is_interpreter(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().to_ascii_lowercase().starts_with("python"))
}

/// What `pyvenv.cfg` says.
#[derive(Default)]
struct Settings {
    version: Option<(u32, u32)>,
    /// The installation whose libraries the environment sees, too.
    base: Option<PathBuf>,
}

impl Settings {
    fn read(folder: &Path) -> Settings {
        let mut settings = Settings::default();
        let (mut home, mut sees_base) = (None, false);
        let text = fs::read_to_string(folder.join("pyvenv.cfg")).unwrap_or_default();
        for (key, value) in text.lines().filter_map(|line| line.split_once('=')) {
            match (key.trim(), value.trim()) {
                ("version" | "version_info", version) => settings.version = version_of(version),
                ("home", path) => home = Path::new(path).parent().map(Path::to_owned),
                ("include-system-site-packages", value) => sees_base = value.eq_ignore_ascii_case("true"),
                _ => {}
            }
        }
        settings.base = home.filter(|_| sees_base);
        settings
    }
}

/// `3.12` of `3.12.4` or `3.12`.
fn version_of(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// The version of a path below `lib/python3.12`.
fn version_in(path: &Path) -> Option<(u32, u32)> {
    version_of(path.parent()?.file_name()?.to_str()?.strip_prefix("python")?)
}

/// The folders of installed libraries: of the wanted version, else of the highest one that is there.
fn site_packages(folder: &Path, version: Option<(u32, u32)>) -> Vec<PathBuf> {
    if folder.file_name().is_some_and(|name| name == "site-packages" || name == "dist-packages") {
        return vec![folder.to_owned()];
    }
    let mut found: Vec<((u32, u32), PathBuf)> = Vec::new();
    for lib in ["lib", "lib64"] {
        let entries = fs::read_dir(folder.join(lib)).into_iter().flatten().flatten();
        let sites = entries.map(|entry| entry.path().join("site-packages")).filter(|site| site.is_dir());
        found.extend(sites.filter_map(|site| Some((version_in(&site)?, site))));
    }
    let has_wanted = version.is_some_and(|version| found.iter().any(|(it, _)| *it == version));
    let wanted = if has_wanted { version } else { found.iter().map(|(it, _)| *it).max() };
    found.retain(|(it, _)| Some(*it) == wanted);
    found.sort();
    let mut paths: Vec<PathBuf> = found.into_iter().map(|(_, site)| site).collect();
    // Windows.
    paths.extend(Some(folder.join("Lib").join("site-packages")).filter(|site| paths.is_empty() && site.is_dir()));
    paths
}

/// Adds what `.pth` files and the finders of editable installs say of other folders.
fn extend(site: &Path, paths: &mut Vec<PathBuf>, mapped: &mut Vec<(String, PathBuf)>) {
    let entries = fs::read_dir(site).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_finder = name.starts_with("__editable__") && name.ends_with("_finder.py");
        if !is_finder && !name.ends_with(".pth") {
            continue;
        }
        let Ok(text) = fs::read_to_string(&file) else { continue };
        if is_finder {
            mapped.extend(mapping(&text));
            continue;
        }
        for line in text.lines().map(str::trim_end) {
            let is_code = line.starts_with("import ") || line.starts_with("import\t");
            if !line.is_empty() && !line.starts_with('#') && !is_code {
                paths.extend(Some(site.join(line)).filter(|path| path.is_dir()));
            }
        }
    }
}

/// The dictionary `MAPPING` of an editable install's finder: packages and their folders.
fn mapping(text: &str) -> Vec<(String, PathBuf)> {
    let Some((_, rest)) = text.lines().find_map(|line| line.strip_prefix("MAPPING")?.split_once('{')) else {
        return Vec::new();
    };
    let inside = rest.split('}').next().unwrap_or_default();
    let texts: Vec<&str> = inside.split('\'').skip(1).step_by(2).collect();
    let pairs = texts.chunks_exact(2).map(|pair| (pair[0].to_owned(), PathBuf::from(pair[1].replace("\\\\", "\\"))));
    pairs.collect()
}

/// The source of a module whose path without extension is known.
fn source(stem: &Path) -> Option<(PathBuf, bool)> {
    let beside = |extension: &str| {
        let mut path = stem.as_os_str().to_owned();
        path.push(extension);
        PathBuf::from(path)
    };
    let files = [
        (stem.join("__init__.pyi"), true),
        (stem.join("__init__.py"), true),
        (beside(".pyi"), false),
        (beside(".py"), false),
    ];
    files.into_iter().find(|(file, _)| file.is_file())
}

/// The top-level modules that the files of a project are, by their paths from its root.
pub fn own_modules<'f>(files: impl Iterator<Item = &'f str>) -> BTreeSet<String> {
    let files: BTreeSet<&str> = files.collect();
    let is_package = |folder: &str| {
        ["__init__.py", "__init__.pyi"].iter().any(|name| match folder {
            "" => files.contains(name),
            folder => files.contains(format!("{folder}/{name}").as_str()),
        })
    };
    let mut own = BTreeSet::new();
    for file in &files {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let stem = name.trim_end_matches(".pyi").trim_end_matches(".py");
        if stem == "__init__" {
            let (above, package) = folder.rsplit_once('/').unwrap_or(("", folder));
            if !is_package(above) {
                own.insert(package.to_owned());
            }
        } else if !is_package(folder) {
            own.insert(stem.to_owned());
        }
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finders_of_editable_installs_are_read() {
        let text = "import sys\nMAPPING: dict[str, str] = {'ours': '/src/ours', 'more.deep': 'C:\\\\src\\\\deep'}\n";
        let read = mapping(text);
        assert_eq!(read[0], ("ours".to_owned(), PathBuf::from("/src/ours")));
        assert_eq!(read[1], ("more.deep".to_owned(), PathBuf::from("C:\\src\\deep")));
        assert!(mapping("NAMESPACES = {'a': 'b'}").is_empty());
    }

    #[test]
    fn modules_of_the_project_are_its_own() {
        let own = own_modules(["app/__init__.py", "app/redis.py", "tools/run.py", "a/b/__init__.py"].into_iter());
        assert_eq!(own, BTreeSet::from(["app", "run", "b"].map(str::to_owned)));
    }
}

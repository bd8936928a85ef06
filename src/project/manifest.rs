//! `Cargo.toml` files, read as data: packages, editions, targets, dependencies. Cargo is never run.

use crate::model::Edition;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// A package, by its manifest.
#[derive(Clone, Debug)]
pub struct Package {
    /// From the project's root, with `/`; empty for the root.
    pub folder: String,
    pub name: String,
    /// `0.0.0` where the manifest leaves it out, as cargo has it.
    pub version: String,
    pub edition: Edition,
    /// The name in code and the name of the crate, both with `_`.
    pub dependencies: Vec<(String, String)>,
    manifest: Table,
}

/// The packages of a project, deepest folder first.
#[derive(Clone, Debug, Default)]
pub struct Manifests {
    pub packages: Vec<Package>,
    /// Packages that are depended on by path: the name, and the folder from the project's root, `..` not resolved.
    pub paths: Vec<(String, PathBuf)>,
}

/// A target that a manifest names, or that lies where cargo looks for one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target {
    pub name: Option<String>,
    pub path: Option<String>,
    /// Its table in the manifest.
    pub table: Table,
}

impl Manifests {
    /// Reads the manifests at `paths`. One that cannot be read or parsed is passed over: its files are crates of their own.
    pub fn read(root: &Path, paths: &BTreeSet<PathBuf>) -> Manifests {
        let mut tables: BTreeMap<String, Table> = BTreeMap::new();
        for path in paths {
            let Some(folder) = path.parent().and_then(|folder| folder.strip_prefix(root).ok()) else { continue };
            if let Some(table) = fs::read_to_string(path).ok().and_then(|text| text.parse::<Table>().ok()) {
                tables.insert(super::with_slashes(folder), table);
            }
        }
        let mut packages: Vec<Package> =
            tables.iter().filter_map(|(folder, table)| package(folder, table, &tables)).collect();
        packages.sort_by(|a, b| depth(&b.folder).cmp(&depth(&a.folder)).then_with(|| a.folder.cmp(&b.folder)));
        let paths = tables.iter().flat_map(|(folder, table)| path_dependencies(Path::new(folder), table)).collect();
        Manifests { packages, paths }
    }

    /// The package whose folder is the nearest around a path.
    pub fn package_of(&self, path: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.holds(path))
    }

    /// A file of no package is of the 2021 edition.
    pub fn edition_of(&self, path: &str) -> Edition {
        self.package_of(path).map_or(Edition::E2021, |package| package.edition)
    }

    /// Names of all dependencies, sorted.
    pub fn dependency_names(&self) -> BTreeSet<String> {
        let all = self.packages.iter().flat_map(|package| &package.dependencies);
        all.map(|(_, name)| name.clone()).collect()
    }
}

fn depth(folder: &str) -> usize {
    if folder.is_empty() { 0 } else { folder.split('/').count() }
}

impl Package {
    pub fn holds(&self, path: &str) -> bool {
        self.inside(path).is_some()
    }

    /// The path from the package's folder.
    pub fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.folder.is_empty() { Some(path) } else { path.strip_prefix(&self.folder)?.strip_prefix('/') }
    }

    /// A path of the package from the project's root; `..` is resolved.
    pub fn path(&self, inside: &str) -> String {
        let mut parts: Vec<&str> = self.folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in inside.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        parts.join("/")
    }

    /// The `[lib]` table.
    pub fn library(&self) -> Target {
        self.manifest.get("lib").and_then(Value::as_table).map_or_else(Target::default, target)
    }

    /// The tables of `[[bin]]`, `[[test]]`, `[[bench]]` or `[[example]]`.
    pub fn targets(&self, kind: &str) -> Vec<Target> {
        let list = self.manifest.get(kind).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_table).map(target).collect()
    }

    /// Whether targets of a kind are found by their places: `autobins` and its relatives.
    pub fn discovers(&self, key: &str) -> bool {
        self.setting(key).and_then(Value::as_bool).unwrap_or(true)
    }

    /// The build script, if there may be one.
    pub fn build_script(&self) -> Option<String> {
        match self.setting("build") {
            Some(Value::Boolean(false)) => None,
            Some(Value::String(path)) => Some(path.clone()),
            _ => Some("build.rs".to_owned()),
        }
    }

    fn setting(&self, key: &str) -> Option<&Value> {
        self.manifest.get("package")?.get(key)
    }
}

fn target(table: &Table) -> Target {
    let text = |key: &str| table.get(key).and_then(Value::as_str).map(str::to_owned);
    Target { name: text("name"), path: text("path"), table: table.clone() }
}

fn package(folder: &str, manifest: &Table, all: &BTreeMap<String, Table>) -> Option<Package> {
    let table = manifest.get("package")?.as_table()?;
    let name = table.get("name")?.as_str()?.to_owned();
    let workspace = workspace_of(folder, table, all);
    let setting = |key: &str| match table.get(key)? {
        inherited if is_inherited(inherited) => {
            Some(workspace.and_then(|workspace| workspace.get("package")?.get(key)?.as_str()).unwrap_or_default())
        }
        own => own.as_str(),
    };
    let edition = setting("edition").map_or(Some(Edition::E2015), super::edition);
    Some(Package {
        folder: folder.to_owned(),
        name,
        version: setting("version").filter(|version| !version.is_empty()).unwrap_or("0.0.0").to_owned(),
        edition: edition.unwrap_or(Edition::E2021),
        dependencies: dependencies(manifest, workspace),
        manifest: manifest.clone(),
    })
}

fn is_inherited(value: &Value) -> bool {
    value.get("workspace").and_then(Value::as_bool) == Some(true)
}

/// The `[workspace]` table that a package inherits from: of the folder that it names, else the nearest at or above it.
fn workspace_of<'t>(folder: &str, package: &Table, all: &'t BTreeMap<String, Table>) -> Option<&'t Table> {
    let table = |folder: &str| all.get(folder)?.get("workspace")?.as_table();
    if let Some(named) = package.get("workspace").and_then(Value::as_str) {
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in named.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        return table(&parts.join("/"));
    }
    let mut at = folder;
    loop {
        if let Some(found) = table(at) {
            return Some(found);
        }
        if at.is_empty() {
            return None;
        }
        at = at.rsplit_once('/').map_or("", |(above, _)| above);
    }
}

/// The dependencies of a package that stands outside of the project, as [`Package::dependencies`].
pub fn outside_dependencies(manifest: &Table) -> Vec<(String, String)> {
    dependencies(manifest, None)
}

const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// The tables of dependencies, for every platform and purpose.
fn dependency_tables(manifest: &Table) -> impl Iterator<Item = &Table> {
    let platforms = manifest.get("target").and_then(Value::as_table);
    let places =
        std::iter::once(manifest).chain(platforms.into_iter().flat_map(Table::values).filter_map(Value::as_table));
    places.flat_map(|place| KINDS.iter().filter_map(|kind| place.get(*kind)?.as_table()))
}

/// The packages that a manifest gives by their paths.
fn path_dependencies(folder: &Path, manifest: &Table) -> Vec<(String, PathBuf)> {
    let shared = manifest.get("workspace").and_then(|workspace| workspace.get("dependencies")?.as_table());
    let all = dependency_tables(manifest).chain(shared).flatten();
    let named = all.filter_map(|(name, value)| {
        let package = value.get("package").and_then(Value::as_str).unwrap_or(name);
        Some((package.to_owned(), folder.join(value.get("path")?.as_str()?)))
    });
    named.collect()
}

/// All dependencies, for every platform and purpose.
fn dependencies(manifest: &Table, workspace: Option<&Table>) -> Vec<(String, String)> {
    let mut found = BTreeSet::new();
    for (name, value) in dependency_tables(manifest).flatten() {
        let value = if is_inherited(value) {
            workspace.and_then(|workspace| workspace.get("dependencies")?.get(name)).unwrap_or(value)
        } else {
            value
        };
        let package = value.get("package").and_then(Value::as_str).unwrap_or(name);
        found.insert((in_code(name), in_code(package)));
    }
    found.into_iter().collect()
}

/// A package's name as code writes it.
pub fn in_code(name: &str) -> String {
    name.replace('-', "_")
}

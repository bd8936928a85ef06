//! The Cargo packages of a project as cargo knows them: ids, targets, and which of them a file belongs to.
//!
//! Manifests and paths decide; `cargo metadata` is not asked, since a repository can choose the programs that it starts.

use super::manifest::{Manifests, Package, Target, in_code};
use super::{Loaded, rust_layout};
use crate::flow::CrateKind;
use crate::model::Edition;
use crate::report::{CargoPackage, CargoPlace, CargoPlaces, CargoTarget};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Value;
use url::Url;

/// A Cargo package and where it lies.
#[derive(Clone, Debug, PartialEq)]
pub struct PackageFolder {
    pub name: String,
    pub version: String,
    /// From the root, with `/`; empty for the root.
    pub folder: String,
    /// Names of the packages that it depends on for any purpose, with `_` for `-`.
    pub dependencies: Vec<String>,
    /// As cargo's messages tell of it.
    pub cargo: CargoPackage,
}

impl PackageFolder {
    /// Whether a package depends on this one itself.
    pub fn is_needed_by(&self, other: &PackageFolder) -> bool {
        other.dependencies.contains(&in_code(&self.name))
    }

    /// Whether a specification as cargo takes it means this package: `name`, `name@1.2`, `na*`, or an id such as
    /// `path+file:///folder#name@1.2`.
    pub fn fits(&self, spec: &str) -> bool {
        let Some((kind_and_scheme, _)) = spec.split_once("://") else { return self.is_named(spec) };
        let scheme = kind_and_scheme.rsplit('+').next().unwrap_or(kind_and_scheme);
        let Ok(url) = Url::parse(&spec[kind_and_scheme.len() - scheme.len()..]) else { return false };
        let is_here = url.to_file_path().is_ok_and(|folder| super::as_on_disk(&folder) == self.absolute());
        is_here
            && url.fragment().is_none_or(|fragment| match fragment.contains(['@', ':']) {
                false if fragment.starts_with(|c: char| c.is_ascii_digit()) => self.has_version(fragment),
                _ => self.is_named(fragment),
            })
    }

    /// `name` or `name@1.2`, with `*` and `?` in the name.
    fn is_named(&self, spec: &str) -> bool {
        let (name, version) = spec.split_once(['@', ':']).map_or((spec, None), |(name, version)| (name, Some(version)));
        is_like(name, &self.name) && version.is_none_or(|version| self.has_version(version))
    }

    fn has_version(&self, version: &str) -> bool {
        self.version == version || self.version.strip_prefix(version).is_some_and(|rest| rest.starts_with('.'))
    }

    fn absolute(&self) -> PathBuf {
        Path::new(&self.cargo.manifest_path).parent().map(Path::to_owned).unwrap_or_default()
    }
}

/// Whether a text fits a pattern in which `*` is any text and `?` any character.
fn is_like(pattern: &str, text: &str) -> bool {
    match pattern.chars().next() {
        None => text.is_empty(),
        Some('*') => {
            let rests = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            rests.into_iter().any(|at| is_like(&pattern[1..], &text[at..]))
        }
        Some(c) => text.chars().next().is_some_and(|first| {
            (c == '?' || c == first) && is_like(&pattern[c.len_utf8()..], &text[first.len_utf8()..])
        }),
    }
}

/// All packages, deepest folder first. `files` are the Rust files: paths from the root to texts.
pub fn packages(root: &Path, manifests: &Manifests, files: &BTreeMap<&str, &str>) -> Vec<PackageFolder> {
    let place = |package: &Package| {
        let folder = if package.folder.is_empty() { root.to_owned() } else { root.join(&package.folder) };
        let mut targets: Vec<CargoTarget> = Vec::new();
        for (kind, found) in rust_layout::targets(package, manifests, files) {
            let Some(root) = found.path.as_deref().map(|path| root.join(path)).filter(|root| root.is_file()) else {
                continue;
            };
            let target = target(package, kind, &found, &root);
            // Cargo looks for no target where the manifest names one of that name or place.
            let is_known = |known: &CargoTarget| {
                known.kind == target.kind && (known.name == target.name || known.src_path == target.src_path)
            };
            if !found.table.is_empty() || !targets.iter().any(is_known) {
                targets.push(target);
            }
        }
        // Where few files are read the binary may not be among them.
        let main = folder.join("src/main.rs");
        if targets.is_empty() && main.is_file() {
            targets.push(target(package, CrateKind::Binary, &Target::default(), &main));
        }
        let manifest_path = folder.join("Cargo.toml").to_string_lossy().into_owned();
        let cargo = CargoPackage { id: id(package, &folder), manifest_path, targets };
        let (name, version) = (package.name.clone(), package.version.clone());
        let dependencies = package.dependencies.iter().map(|(_, package)| package.clone()).collect();
        PackageFolder { name, version, folder: package.folder.clone(), dependencies, cargo }
    };
    manifests.packages.iter().map(place).collect()
}

/// The id of a package that lies in a folder: the address of the folder and, behind `#`, what it does not say.
fn id(package: &Package, folder: &Path) -> String {
    let address = Url::from_file_path(folder).map(String::from).unwrap_or_default();
    let is_said = address.rsplit('/').next() == Some(package.name.as_str());
    let name = if is_said { String::new() } else { format!("{}@", package.name) };
    format!("path+{address}#{name}{}", package.version)
}

fn target(package: &Package, kind: CrateKind, found: &Target, root: &Path) -> CargoTarget {
    let flag = |key: &str| found.table.get(key).and_then(Value::as_bool);
    let texts = |key: &str| {
        let list = found.table.get(key).and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
    };
    let own = |types: &str| vec![types.to_owned()];
    let named_types = texts(if found.table.contains_key("crate_type") { "crate_type" } else { "crate-type" });
    let is_macro = flag("proc-macro").or(flag("proc_macro")) == Some(true);
    let crate_types = match kind {
        CrateKind::Library if is_macro => own("proc-macro"),
        CrateKind::Library if named_types.is_empty() => own("lib"),
        CrateKind::Library => named_types,
        CrateKind::Example if !named_types.is_empty() => named_types,
        _ => own("bin"),
    };
    let kinds = match kind {
        CrateKind::Library => crate_types.clone(),
        CrateKind::Binary => own("bin"),
        CrateKind::Test => own("test"),
        CrateKind::Bench => own("bench"),
        CrateKind::Example => own("example"),
        CrateKind::BuildScript => own("custom-build"),
    };
    let name = match (kind, &found.name) {
        (CrateKind::BuildScript, _) => {
            format!("build-script-{}", root.file_stem().unwrap_or_default().to_string_lossy())
        }
        (CrateKind::Library, None) => in_code(&package.name),
        (_, Some(name)) => name.clone(),
        (_, None) => package.name.clone(),
    };
    let has_examples = crate_types.iter().any(|types| ["lib", "rlib", "proc-macro"].contains(&types.as_str()));
    let edition = found.table.get("edition").and_then(Value::as_str).and_then(super::edition);
    let is_product = matches!(kind, CrateKind::Library | CrateKind::Binary);
    CargoTarget {
        kind: kinds,
        crate_types,
        name,
        src_path: root.to_string_lossy().into_owned(),
        edition: year(edition.unwrap_or(package.edition)),
        required_features: found.table.contains_key("required-features").then(|| texts("required-features")),
        doc: flag("doc").unwrap_or(is_product),
        doctest: kind == CrateKind::Library && has_examples && flag("doctest").unwrap_or(true),
        test: flag("test").unwrap_or(is_product || kind == CrateKind::Test),
    }
}

fn year(edition: Edition) -> &'static str {
    match edition {
        Edition::E2015 => "2015",
        Edition::E2018 => "2018",
        Edition::E2021 => "2021",
        Edition::E2024 => "2024",
    }
}

impl Loaded {
    /// The package that a path from the root is in: the one whose folder is the nearest around it.
    pub fn package_of(&self, path: &str) -> Option<&PackageFolder> {
        self.package_index(path).map(|at| &self.packages[at])
    }

    fn package_index(&self, path: &str) -> Option<usize> {
        self.packages.iter().position(|package| {
            package.folder.is_empty()
                || path.strip_prefix(package.folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// The package and the targets of each file, in the order of the files.
    ///
    /// The targets are those whose root files lie in the nearest folder at or above the file: which of several in one
    /// folder has the module is not asked. What lies beside all targets, Python among it, goes with the package's first.
    pub fn cargo_places(&self) -> CargoPlaces {
        let packages: Vec<CargoPackage> = self.packages.iter().map(|package| package.cargo.clone()).collect();
        let place = |file: &super::LoadedFile| {
            let package = self.package_index(&file.path)?;
            let targets = targets_of(&file.absolute, &packages[package].targets);
            (!targets.is_empty()).then_some(CargoPlace { package, targets })
        };
        CargoPlaces { files: self.files.iter().map(place).collect(), packages }
    }
}

fn targets_of(file: &Path, targets: &[CargoTarget]) -> Vec<usize> {
    let roots = || targets.iter().map(|target| Path::new(&target.src_path)).enumerate();
    let own: Vec<usize> = roots().filter(|(_, root)| *root == file).map(|(at, _)| at).collect();
    if !own.is_empty() {
        return own;
    }
    // A build script has no modules in the package's folder but those that it names by their paths.
    let is_script = |at: usize| targets[at].kind.iter().any(|kind| kind == "custom-build");
    let around = || {
        let holding =
            roots().filter(|(at, root)| !is_script(*at) && root.parent().is_some_and(|it| file.starts_with(it)));
        holding.map(|(at, root)| (at, root.components().count()))
    };
    let deepest = around().map(|(_, depth)| depth).max();
    let nearest: Vec<usize> = around().filter(|(_, depth)| Some(*depth) == deepest).map(|(at, _)| at).collect();
    if nearest.is_empty() { (0..targets.len().min(1)).collect() } else { nearest }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(manifest_path: &str) -> PackageFolder {
        let cargo = CargoPackage { id: String::new(), manifest_path: manifest_path.to_owned(), targets: Vec::new() };
        PackageFolder {
            name: "my-core".into(),
            version: "1.2.0".into(),
            folder: String::new(),
            dependencies: Vec::new(),
            cargo,
        }
    }

    #[test]
    fn packages_fit_what_cargo_understands() {
        let folder = std::env::temp_dir().canonicalize().expect("there is one");
        let package = package(&folder.join("Cargo.toml").to_string_lossy());
        let address = Url::from_file_path(&folder).expect("it is absolute").to_string();
        let fitting =
            ["my-core", "my-core@1.2.0", "my-core@1", "my-core:1.2", "my-*", "*", "m?-c*e"].map(str::to_owned);
        let ids = ["#my-core@1.2.0", "#1.2.0", "#my-core", ""];
        let fitting = fitting.into_iter().chain(ids.iter().map(|end| format!("path+{address}{end}")));
        for spec in fitting.chain([address.clone()]) {
            assert!(package.fits(&spec), "{spec}");
        }
        for spec in ["core", "my-core@1.3", "my-core@1.20", "my", "my-core-*", "", "path+file:///p#my-core@1.2.0"] {
            assert!(!package.fits(spec), "{spec}");
        }
        assert!(!package.fits(&format!("path+{address}#1.3.0")));
        assert!(!package.fits(&format!("path+{address}#other@1.2.0")));
    }

    #[test]
    fn the_nearest_target_has_a_file() {
        let target = |kind: &str, src_path: &str| CargoTarget {
            kind: vec![kind.to_owned()],
            src_path: src_path.to_owned(),
            ..CargoTarget::default()
        };
        let targets = [
            target("lib", "/p/src/lib.rs"),
            target("bin", "/p/src/main.rs"),
            target("bin", "/p/src/bin/tool/main.rs"),
            target("test", "/p/tests/a.rs"),
            target("custom-build", "/p/build.rs"),
        ];
        let of = |path: &str| targets_of(Path::new(path), &targets);
        assert_eq!(of("/p/src/main.rs"), [1]);
        assert_eq!(of("/p/src/store/mod.rs"), [0, 1]);
        assert_eq!(of("/p/src/bin/tool/help.rs"), [2]);
        assert_eq!(of("/p/tests/common/mod.rs"), [3]);
        assert_eq!(of("/p/build.rs"), [4]);
        assert_eq!(of("/p/python/app.py"), [0]);
    }
}

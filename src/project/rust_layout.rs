//! The crates of a project: the targets of its packages, and files that stand alone.

use super::manifest::{Manifests, Package, Target, in_code};
use crate::check::Role;
use crate::flow::{Crate, CrateKind};
use crate::model::Edition;
use std::collections::{BTreeMap, BTreeSet};

/// What a crate's root file is for, where its kind says it.
pub fn role_of(kind: CrateKind) -> Option<Role> {
    match kind {
        CrateKind::Library | CrateKind::Binary => None,
        CrateKind::Test => Some(Role::Test),
        CrateKind::Bench => Some(Role::Bench),
        CrateKind::Example => Some(Role::Example),
        CrateKind::BuildScript => Some(Role::Build),
    }
}

/// All crates whose root is among `files` (paths from the project's root to texts), by package and root.
pub fn crates(manifests: &Manifests, files: &BTreeMap<&str, &str>) -> Vec<Crate> {
    let mut crates: BTreeMap<String, Crate> = BTreeMap::new();
    for package in &manifests.packages {
        for (kind, target) in targets(package, manifests, files) {
            let root = target.path.expect("every target has a path by now");
            if files.contains_key(root.as_str()) {
                crates.entry(root.clone()).or_insert_with(|| Crate {
                    name: in_code(&target.name.unwrap_or_else(|| package.name.clone())),
                    kind,
                    edition: package.edition,
                    root,
                    package: package.name.clone(),
                    dependencies: package.dependencies.clone(),
                });
            }
        }
    }
    let roots: BTreeSet<&str> = crates.keys().map(String::as_str).collect();
    let alone: Vec<Crate> = standing_alone(manifests, files, &roots);
    crates.into_values().chain(alone).collect()
}

/// The targets of a package, with paths from the project's root; of each kind, those that the manifest names first.
pub fn targets(package: &Package, manifests: &Manifests, files: &BTreeMap<&str, &str>) -> Vec<(CrateKind, Target)> {
    let mut found = Vec::new();
    let library = package.library();
    found.push((
        CrateKind::Library,
        Target { path: Some(package.path(library.path.as_deref().unwrap_or("src/lib.rs"))), ..library },
    ));
    let kinds = [
        (CrateKind::Binary, "bin", "autobins", "src/bin"),
        (CrateKind::Test, "test", "autotests", "tests"),
        (CrateKind::Bench, "bench", "autobenches", "benches"),
        (CrateKind::Example, "example", "autoexamples", "examples"),
    ];
    for (kind, key, auto, folder) in kinds {
        for target in package.targets(key) {
            let path = target.path.clone().or_else(|| usual_path(package, &target, kind, folder, files));
            if let Some(path) = path {
                found.push((kind, Target { path: Some(package.path(&path)), ..target }));
            }
        }
        if package.discovers(auto) {
            found.extend(discovered(package, manifests, kind, folder, files));
        }
    }
    if let Some(script) = package.build_script() {
        let name = Some("build_script_build".to_owned());
        found.push((CrateKind::BuildScript, Target { path: Some(package.path(&script)), name, ..Target::default() }));
    }
    found
}

/// Where a target without a path is.
fn usual_path(
    package: &Package,
    target: &Target,
    kind: CrateKind,
    folder: &str,
    files: &BTreeMap<&str, &str>,
) -> Option<String> {
    let name = target.name.as_deref()?;
    let mut candidates = vec![format!("{folder}/{name}.rs"), format!("{folder}/{name}/main.rs")];
    if kind == CrateKind::Binary {
        candidates.push("src/main.rs".to_owned());
    }
    candidates.into_iter().find(|path| files.contains_key(package.path(path).as_str()))
}

/// `src/main.rs`; `FOLDER/name.rs`; `FOLDER/name/main.rs`.
fn discovered(
    package: &Package,
    manifests: &Manifests,
    kind: CrateKind,
    folder: &str,
    files: &BTreeMap<&str, &str>,
) -> Vec<(CrateKind, Target)> {
    let mut found = Vec::new();
    for path in files.keys() {
        let Some(inside) = package.inside(path) else { continue };
        let name = if kind == CrateKind::Binary && inside == "src/main.rs" {
            Some(package.name.clone())
        } else {
            let rest = inside.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
            rest.and_then(|rest| match rest.split_once('/') {
                None => rest.strip_suffix(".rs"),
                Some((name, "main.rs")) => Some(name),
                Some(_) => None,
            })
            .map(str::to_owned)
        };
        // A package inside this one has its own folders.
        let is_own = || manifests.package_of(path).is_some_and(|nearest| nearest.folder == package.folder);
        if let Some(name) = name.filter(|_| is_own()) {
            found.push((kind, Target { name: Some(name), path: Some((*path).to_owned()), ..Target::default() }));
        }
    }
    found
}

/// Files that no target's module tree can hold: outside all packages, or without the roots of theirs.
fn standing_alone(manifests: &Manifests, files: &BTreeMap<&str, &str>, roots: &BTreeSet<&str>) -> Vec<Crate> {
    let has_root = |package: &Package| roots.iter().any(|root| package.holds(root));
    let mut declared: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut by_folder: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in files.keys() {
        by_folder.entry(folder_of(path)).or_default().push(path);
    }
    let mut alone = Vec::new();
    for path in files.keys() {
        let package = manifests.package_of(path);
        if roots.contains(path) || package.is_some_and(has_root) {
            continue;
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = name.trim_end_matches(".rs");
        let is_module = parents(folder, stem, &by_folder).into_iter().any(|parent| {
            let modules = declared.entry(parent).or_insert_with(|| declared_modules(files[parent]));
            let wanted = if stem == "mod" { folder.rsplit('/').next().unwrap_or(folder) } else { stem };
            modules.contains(wanted)
        });
        if !is_module {
            alone.push(Crate {
                name: in_code(stem),
                kind: if stem == "main" { CrateKind::Binary } else { CrateKind::Library },
                edition: package.map_or(Edition::E2021, |package| package.edition),
                root: (*path).to_owned(),
                package: package.map_or_else(|| (*path).to_owned(), |package| package.name.clone()),
                dependencies: package.map(|package| package.dependencies.clone()).unwrap_or_default(),
            });
        }
    }
    alone
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The files that may declare `stem` of `folder` as a module: its neighbours, and the file of the folder itself.
fn parents<'f>(folder: &str, stem: &str, by_folder: &BTreeMap<&str, Vec<&'f str>>) -> Vec<&'f str> {
    let above = folder_of(folder);
    let in_folder = |folder: &str| by_folder.get(folder).into_iter().flatten().copied();
    let own_file = format!("{folder}.rs");
    let own_name = format!("/{stem}.rs");
    if stem == "mod" {
        return in_folder(above).collect();
    }
    let of_folder = in_folder(above).filter(|path| *path == own_file);
    in_folder(folder).filter(|path| !path.ends_with(&own_name)).chain(of_folder).collect()
}

/// Names of `mod name;` declarations, by a look at the lines: the text is not parsed here.
pub fn declared_modules(text: &str) -> BTreeSet<&str> {
    let declaration = |line: &'_ str| -> Option<(usize, usize)> {
        let end = line.find(';')?;
        let start = line[..end].rfind("mod ")?;
        let is_word = start == 0 || line[..start].ends_with(' ') || line[..start].ends_with(')');
        is_word.then_some((start + 4, end))
    };
    text.lines().filter_map(|line| declaration(line).map(|(start, end)| line[start..end].trim())).collect()
}

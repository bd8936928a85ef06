//! Which files and targets a run tells of, as cargo's options for packages and targets choose them.

use super::cargo::{CargoSelection, Packages};
use super::session::Failure;
use crate::check::Wanted;
use crate::lint::did_you_mean;
use crate::project::{self, Loaded, PackageFolder};
use crate::report::{CargoPlace, CargoPlaces, CargoTarget};
use crate::text::FileId;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What is told of.
pub struct Selected {
    pub wanted: Wanted,
    /// As package and target.
    pub targets: BTreeSet<(usize, usize)>,
}

/// What the options choose; `with_dependencies`, also the libraries of the project that what is chosen depends on.
pub fn selected(
    loaded: &Loaded,
    places: &CargoPlaces,
    selection: &CargoSelection,
    with_dependencies: bool,
) -> Result<Selected, Failure> {
    let packages = packages(loaded, &selection.packages)?;
    let is_chosen = |package: usize, target: &CargoTarget| packages.of[package] && selection.targets.has(target);
    let needed = needed(loaded, |package| {
        with_dependencies && places.packages[package].targets.iter().any(|target| is_chosen(package, target))
    });
    let is_wanted = |package: usize, target: usize| {
        let target = &places.packages[package].targets[target];
        is_chosen(package, target) || (needed[package] && is_library(target))
    };
    let all = places.packages.iter().enumerate();
    let all = all.flat_map(|(package, it)| (0..it.targets.len()).map(move |target| (package, target)));
    let targets = all.filter(|(package, target)| is_wanted(*package, *target)).collect();
    if packages.has_rest && selection.targets.is_all() && !packages.of.contains(&false) {
        return Ok(Selected { wanted: Wanted::All, targets });
    }
    let has = |file: &project::LoadedFile, place: Option<&CargoPlace>| match place {
        Some(place) => place.targets.iter().any(|target| is_wanted(place.package, *target)),
        None => packages.has_rest && selection.targets.is_all(),
    } || packages.files.iter().any(|path| file.absolute.starts_with(path));
    let files = loaded.files.iter().zip(&places.files).zip(0..);
    let ids = files.filter(|((file, place), _)| has(file, place.as_ref())).map(|(_, n)| FileId(n));
    Ok(Selected { wanted: Wanted::Files(ids.collect()), targets })
}

fn is_library(target: &CargoTarget) -> bool {
    !target.kind.iter().any(|kind| ["bin", "example", "test", "bench", "custom-build"].contains(&kind.as_str()))
}

/// The packages whose libraries chosen ones need: their own, and those that they depend on, themselves or through others.
fn needed(loaded: &Loaded, is_chosen: impl Fn(usize) -> bool) -> Vec<bool> {
    let packages = &loaded.packages;
    let mut needed: Vec<bool> = (0..packages.len()).map(is_chosen).collect();
    let mut left: Vec<usize> = (0..packages.len()).filter(|at| needed[*at]).collect();
    while let Some(at) = left.pop() {
        for (dependency, package) in packages.iter().enumerate() {
            if !needed[dependency] && package.is_needed_by(&packages[at]) {
                needed[dependency] = true;
                left.push(dependency);
            }
        }
    }
    needed
}

/// The packages that are told of.
struct Chosen {
    of: Vec<bool>,
    /// Whether files outside of all packages are told of, too.
    has_rest: bool,
    /// Files and folders that are told of whatever package they are in.
    files: Vec<PathBuf>,
}

fn packages(loaded: &Loaded, packages: &Packages) -> Result<Chosen, Failure> {
    let chosen = |is_wanted: &dyn Fn(&PackageFolder) -> bool| Chosen {
        of: loaded.packages.iter().map(is_wanted).collect(),
        has_rest: false,
        files: Vec::new(),
    };
    let all = || Chosen { has_rest: true, ..chosen(&|_| true) };
    Ok(match packages {
        Packages::All => all(),
        Packages::In(folder) => {
            let folder = loaded.from_root(folder)?;
            // A workspace that is no package itself is all of its packages.
            if loaded.packages.iter().any(|package| package.folder == folder) {
                chosen(&|package| package.folder == folder)
            } else {
                all()
            }
        }
        Packages::Of(paths) => {
            let mut found = BTreeSet::new();
            let mut files = Vec::new();
            for path in paths {
                let from_root = loaded.from_root(path)?;
                found.extend(loaded.package_of(&from_root).map(|package| package.folder.clone()));
                files.push(project::as_on_disk(path));
            }
            Chosen { files, ..chosen(&|package| found.contains(&package.folder)) }
        }
        Packages::Named(specs) => {
            known_packages(loaded, specs)?;
            chosen(&|package| specs.iter().any(|spec| package.fits(spec)))
        }
        Packages::Except(specs) => {
            known_packages(loaded, specs)?;
            chosen(&|package| !specs.iter().any(|spec| package.fits(spec)))
        }
    })
}

fn known_packages(loaded: &Loaded, specs: &[String]) -> Result<(), Failure> {
    for spec in specs {
        if !loaded.packages.iter().any(|package| package.fits(spec)) {
            let names = loaded.packages.iter().map(|package| package.name.as_str());
            let hint = did_you_mean(spec, names).map(|meant| format!("; did you mean `{meant}`?"));
            let hint = hint.unwrap_or_default();
            return Err(Failure::Message(format!("there is no package `{spec}` in this workspace{hint}")));
        }
    }
    Ok(())
}

//! The installed libraries of a project: where they lie, and what of them the catalogue does not know.

use super::crate_sources::CrateSources;
use super::manifest::Manifests;
use super::python_environment::{EnvironmentOrigin, PythonEnvironment, own_modules};
use super::{Configuration, LoadError, LoadedFile, with_slashes};
use crate::catalogue::{Catalogue, Language};
use crate::flow::{Crate, Layout};
use crate::model::{Dialect, FileFacts};
use crate::signatures::crate_reach::{self, CrateFile};
use crate::signatures::package_reach;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where libraries are looked for, as the command line and the environment of the process say it.
#[derive(Clone, Debug, Default)]
pub struct LibraryPlaces {
    /// The Python environment of `--python-environment`; a relative one is in the working directory.
    pub python_environment: Option<PathBuf>,
    /// The environment that is active in the shell: used where none lies beside the project.
    pub active_environment: Option<PathBuf>,
    /// The folder where cargo keeps sources of crates.
    pub cargo_home: Option<PathBuf>,
    /// Which libraries are read, if the command line says it.
    pub read: Option<LibrariesRead>,
}

/// Which libraries' types are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LibrariesRead {
    /// Those that unsnarl ships, and those that are installed for the project.
    #[default]
    Installed,
    /// Those that unsnarl ships.
    Shipped,
}

impl LibrariesRead {
    pub const ALL: [LibrariesRead; 2] = [LibrariesRead::Installed, LibrariesRead::Shipped];

    pub fn name(self) -> &'static str {
        match self {
            LibrariesRead::Installed => "installed",
            LibrariesRead::Shipped => "shipped",
        }
    }

    pub fn from_name(name: &str) -> Option<LibrariesRead> {
        LibrariesRead::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// The installed libraries that a project can use.
#[derive(Debug, Default)]
pub struct Libraries {
    pub read: LibrariesRead,
    pub python: Option<PythonEnvironment>,
    pub crates: CrateSources,
}

impl Libraries {
    /// Finds them; `folder` is the one that holds the checked paths.
    pub(super) fn find(
        places: &LibraryPlaces,
        configuration: &Configuration,
        here: &Path,
        folder: &Path,
        root: &Path,
        files: &[LoadedFile],
        manifests: &Manifests,
    ) -> Result<Libraries, LoadError> {
        let named = match &places.python_environment {
            Some(path) => {
                let found = PythonEnvironment::at(&here.join(path), EnvironmentOrigin::CommandLine);
                Some(found.map_err(|why| LoadError::Path { path: path.clone(), why })?)
            }
            None => configuration.python_environment.clone(),
        };
        let read = places.read.unwrap_or(configuration.libraries);
        if read == LibrariesRead::Shipped {
            return Ok(Libraries { read, ..Libraries::default() });
        }
        let active = || {
            let folder = places.active_environment.as_deref().filter(|folder| folder.join("pyvenv.cfg").is_file())?;
            PythonEnvironment::at(folder, EnvironmentOrigin::Active).ok()
        };
        let has = |language| files.iter().any(|file| file.source.dialect.language() == language);
        let found = || PythonEnvironment::beside(folder, root).or_else(active);
        let mut python = named.or_else(|| found().filter(|_| has(Language::Python)));
        if let Some(environment) = &mut python
            && let Ok(inside) = environment.folder.strip_prefix(here)
        {
            environment.shown = with_slashes(inside);
        }
        let crates = match has(Language::Rust) {
            true => CrateSources::find(root, manifests, places.cargo_home.as_deref()),
            false => CrateSources::default(),
        };
        Ok(Libraries { read, python, crates })
    }

    /// Adds what code calls libraries whose packages have other names.
    pub(super) fn name(&self, crates: &mut [Crate]) {
        for krate in crates {
            let renamed = krate.dependencies.iter().filter(|(local, package)| local == package);
            let names = renamed.filter_map(|(_, package)| Some((self.crates.library_name(package)?, package)));
            let names: Vec<(String, String)> =
                names.map(|(name, package)| (name.to_owned(), package.clone())).collect();
            krate.dependencies.extend(names);
        }
    }

    /// The catalogue with what the files can meet of these libraries.
    pub(super) fn extend(
        &self,
        mut catalogue: Arc<Catalogue>,
        files: &[(String, Arc<FileFacts>)],
        layout: &Layout,
    ) -> Arc<Catalogue> {
        if let Some(environment) = &self.python {
            let python = |facts: &&FileFacts| matches!(facts.dialect, Dialect::Python { .. });
            let own = own_modules(files.iter().filter(|it| python(&&*it.1)).map(|(path, _)| path.as_str()));
            let facts: Vec<&FileFacts> = files.iter().map(|(_, facts)| &**facts).filter(python).collect();
            let found = package_reach::signatures(&facts, &|root| own.contains(root), &catalogue, environment);
            catalogue = Arc::new(catalogue.with_installed(Language::Python, found));
        }
        if !self.crates.is_empty() {
            let rust = files.iter().filter(|it| matches!(it.1.dialect, Dialect::Rust { .. }));
            let files = rust.map(|(path, facts)| CrateFile { facts, dependencies: dependencies(layout, path) });
            let found = crate_reach::signatures(&files.collect::<Vec<_>>(), &catalogue, &self.crates);
            catalogue = Arc::new(catalogue.with_installed(Language::Rust, found));
        }
        catalogue
    }
}

/// The dependencies of the crate whose root is the nearest around a file.
fn dependencies<'l>(layout: &'l Layout, path: &str) -> &'l [(String, String)] {
    let around = |krate: &&Crate| {
        let folder = krate.root.rsplit_once('/').map_or("", |(folder, _)| folder);
        folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    let nearest = layout.crates.iter().filter(around).max_by_key(|krate| krate.root.matches('/').count());
    nearest.map_or(&[], |krate| &krate.dependencies)
}

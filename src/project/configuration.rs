//! What a project's configuration says: levels, what is checked, what libraries do.
//!
//! Where it is found is `configuration_file`'s, how it is written `configuration_keys`'s.

use super::libraries::LibrariesRead;
use super::python_environment::PythonEnvironment;
use crate::catalogue::Catalogue;
use crate::check::{DEFAULT_SIZE_LIMIT, NamedFunction, NamedRole, Settings};
use crate::lint::{Certainty, Level, Levels, Selector, Thresholds};
use crate::report::Misconfiguration;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A configuration that was understood.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// The file it stands in, as people know it, and the table; none where nothing is configured.
    pub origin: Option<String>,
    /// Levels, wide selectors first.
    pub levels: Vec<(Selector, Level)>,
    /// Levels of the files that fit a pattern; later ones win.
    pub overrides: Vec<PathLevels>,
    pub min_certainty: Option<Certainty>,
    /// The highest level of findings that stall briefly.
    pub brief_stalls: Option<Level>,
    pub thresholds: Thresholds,
    /// If there are any, only files that fit are found below the given paths.
    pub include: Patterns,
    /// Files and folders that are passed over below the given paths.
    pub exclude: Patterns,
    /// Larger files are not read; in bytes.
    pub max_file_size: u64,
    /// Entries for the catalogue, later ones winning.
    pub catalogue: Vec<CatalogueText>,
    /// Paths of functions, by what is said of them.
    pub functions: Vec<(NamedRole, String)>,
    /// The folder of the file it stands in.
    pub folder: Option<PathBuf>,
    pub python_environment: Option<PythonEnvironment>,
    pub libraries: LibrariesRead,
}

/// Levels for some files.
#[derive(Clone, Debug)]
pub struct PathLevels {
    pub files: Patterns,
    pub levels: Vec<(Selector, Level)>,
}

/// A catalogue file of the user, or entries inside the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueText {
    pub shown: String,
    pub text: String,
    /// Entries inside the configuration: that text and where in it they stand.
    pub within: Option<(String, Range<usize>)>,
}

impl Default for Configuration {
    fn default() -> Configuration {
        Configuration {
            origin: None,
            levels: Vec::new(),
            overrides: Vec::new(),
            min_certainty: None,
            brief_stalls: None,
            thresholds: Thresholds::default(),
            include: Patterns::default(),
            exclude: Patterns::default(),
            max_file_size: DEFAULT_SIZE_LIMIT,
            catalogue: Vec::new(),
            functions: Vec::new(),
            folder: None,
            python_environment: None,
            libraries: LibrariesRead::default(),
        }
    }
}

impl Configuration {
    /// What is to be told, as far as the configuration speaks of all files.
    pub fn settings(&self) -> Settings {
        let defaults = Settings::default();
        let mut levels = Levels::default();
        set_all(&mut levels, &self.levels);
        Settings {
            levels,
            min_certainty: self.min_certainty.unwrap_or(defaults.min_certainty),
            brief_stalls: self.brief_stalls.unwrap_or(defaults.brief_stalls),
            ..defaults
        }
    }

    /// What is said of functions; `is_whole` says whether all files are checked that the configuration speaks of.
    pub(super) fn named(&self, is_whole: bool) -> Vec<NamedFunction> {
        let named = self.functions.iter();
        named.map(|(role, path)| NamedFunction { path: path.clone(), role: *role, is_expected: is_whole }).collect()
    }

    /// The levels of a file, if they are not those of all files.
    pub(super) fn levels_of(&self, path: &Path, common: &Levels) -> Option<Levels> {
        let mut levels: Option<Levels> = None;
        for over in self.overrides.iter().filter(|over| over.files.hold(path)) {
            set_all(levels.get_or_insert_with(|| common.clone()), &over.levels);
        }
        levels
    }

    /// The catalogue with the user's entries.
    pub fn catalogue(&self) -> Result<Catalogue, Vec<Misconfiguration>> {
        let mut catalogue = Catalogue::embedded();
        for entry in &self.catalogue {
            catalogue = catalogue.with_entries(&entry.shown, &entry.text).map_err(|errors| {
                let told = errors.into_iter().map(|error| {
                    let (text, span) = match &entry.within {
                        Some((text, around)) => (text.clone(), place_within(text, around, &entry.text, &error.span)),
                        None => (entry.text.clone(), error.span),
                    };
                    Misconfiguration { shown: entry.shown.clone(), text, span, message: error.message, help: None }
                });
                told.collect::<Vec<_>>()
            })?;
        }
        Ok(catalogue)
    }
}

fn set_all(levels: &mut Levels, settings: &[(Selector, Level)]) {
    for (selector, level) in settings {
        levels.set(selector.clone(), *level);
    }
}

/// Where in the configuration the words stand that are wrong in an entry written anew: where they stand once behind
/// the entry's beginning; else the entry's own place.
fn place_within(text: &str, entry: &Range<usize>, written: &str, wrong: &Range<usize>) -> Range<usize> {
    let words = written.get(wrong.clone()).unwrap_or_default().trim();
    let behind = &text[entry.start..];
    match behind.match_indices(words).map(|(at, _)| entry.start + at).collect::<Vec<_>>()[..] {
        [at] if !words.is_empty() && !words.contains('\n') => at..at + words.len(),
        _ => entry.clone(),
    }
}

/// Patterns of paths, with the meaning that they have in a `.gitignore` of their folder.
#[derive(Clone, Debug)]
pub struct Patterns {
    /// As they were written.
    pub written: Vec<String>,
    folder: PathBuf,
    matcher: Gitignore,
}

impl Default for Patterns {
    fn default() -> Patterns {
        Patterns { written: Vec::new(), folder: PathBuf::new(), matcher: Gitignore::empty() }
    }
}

impl Patterns {
    /// Reads patterns that count from a folder; an error tells the number of the pattern and what is wrong with it.
    pub fn read(folder: &Path, written: Vec<String>) -> Result<Patterns, (usize, String)> {
        let mut builder = GitignoreBuilder::new(folder);
        for (n, pattern) in written.iter().enumerate() {
            builder.add_line(None, pattern).map_err(|error| (n, error.to_string()))?;
        }
        let matcher = builder.build().map_err(|error| (0, error.to_string()))?;
        Ok(Patterns { written, folder: folder.to_owned(), matcher })
    }

    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    /// Whether a file fits, or a folder around it.
    pub fn hold(&self, path: &Path) -> bool {
        path.starts_with(&self.folder) && self.matcher.matched_path_or_any_parents(path, false).is_ignore()
    }

    /// Whether a file or folder itself fits.
    pub fn name(&self, path: &Path, is_folder: bool) -> bool {
        path.starts_with(&self.folder) && self.matcher.matched(path, is_folder).is_ignore()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_what_they_mean_to_git() {
        let read = |patterns: &[&str]| {
            Patterns::read(Path::new("/p"), patterns.iter().map(|it| (*it).to_owned()).collect()).expect("are patterns")
        };
        let patterns = read(&["gen/", "*_pb2.py", "!keep_pb2.py", "/top.py"]);
        assert!(patterns.hold(Path::new("/p/gen/a.py")));
        assert!(patterns.hold(Path::new("/p/app/gen/deep/a.py")));
        assert!(patterns.hold(Path::new("/p/app/x_pb2.py")));
        assert!(!patterns.hold(Path::new("/p/app/keep_pb2.py")));
        assert!(patterns.hold(Path::new("/p/top.py")));
        assert!(!patterns.hold(Path::new("/p/app/top.py")));
        assert!(!patterns.hold(Path::new("/other/gen/a.py")));
        assert!(Patterns::read(Path::new("/p"), vec!["a".to_owned(), "{a".to_owned()]).is_err_and(|(n, _)| n == 1));
    }
}

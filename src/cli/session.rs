//! What the commands that read a project have in common: what a run is based on, its program, and how it fails.

use super::arguments::{Basis, CertaintyArgument, Color, LibrariesArgument, Selection};
use super::progress::Progress;
use super::{Exit, output};
use crate::check::{Findings, Program, Settings, Stop, Wanted, Workers};
use crate::lint::{Certainty, Level, Place, Selector, did_you_mean};
use crate::project::{
    self, ConfigurationChoice, LibrariesRead, LibraryPlaces, LoadError, Loaded, Lowered, Request, Unreadable,
};
use crate::report::{self, Misconfiguration, Sources};
use std::path::PathBuf;
use std::sync::Arc;

/// Why a command could not do what it was asked to.
pub enum Failure {
    Message(String),
    /// None of the paths is there.
    Missing(Vec<Unreadable>),
    Misconfigured(Vec<Misconfiguration>),
}

impl Failure {
    /// Tells it; how the run ended.
    pub fn told(self, color: Color) -> Exit {
        match self {
            Failure::Message(message) => return Exit::failed(&message),
            Failure::Missing(missing) => tell_missing(&missing),
            Failure::Misconfigured(errors) => {
                let color = output::stderr_has_color(color);
                for error in errors {
                    output::stderr(&report::misconfiguration(&error, color));
                }
            }
        }
        Exit::Failed
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Failure {
        match error {
            LoadError::Path { path, why } => Failure::Message(format!("`{}`: {why}", path.display())),
            LoadError::Missing(missing) => Failure::Missing(missing),
            LoadError::Configuration(errors) => Failure::Misconfigured(errors),
        }
    }
}

/// Tells of paths that are not there.
pub fn tell_missing(missing: &[Unreadable]) {
    for Unreadable { path, why } in missing {
        output::stderr(format!("error: `{}`: {why}\n", path.display()).as_bytes());
    }
}

/// A project that was read and linked, to be asked.
pub struct Session {
    pub workers: Workers,
    pub program: Program,
    pub sources: Sources,
    pub settings: Settings,
    /// Failed if a path was not there.
    pub exit: Exit,
}

impl Session {
    /// Reads and links what the paths hold: the working directory if there are none.
    pub fn open(paths: Vec<PathBuf>, selection: &Selection, basis: &Basis) -> Result<Session, Failure> {
        let working_directory = working_directory()?;
        let levels = levels(&selection.levels.settings)?;
        let workers = workers(basis)?;
        let paths = if paths.is_empty() { vec![PathBuf::from(".")] } else { paths };
        let request = Request {
            paths,
            working_directory,
            configuration: configuration(basis),
            libraries: libraries(basis),
            ..Request::default()
        };
        let progress = Progress::new(output::is_watched());
        let loaded = workers.run(|| project::load(&request))?;
        let catalogue = loaded.configuration.catalogue().map_err(Failure::Misconfigured)?;
        let settings = run_settings(&loaded, selection, &levels);
        tell_missing(&loaded.missing);
        let exit = if loaded.missing.is_empty() { Exit::Clean } else { Exit::Failed };
        progress.expect(loaded.files.len());
        let Lowered { project, sources, .. } = loaded.lower_telling(Arc::new(catalogue), &workers, &|| progress.done());
        let linked = workers.run(|| Program::link(&project, &Stop::never()));
        let program = linked.expect("nobody asks this run to stop");
        Ok(Session { workers, program, sources, settings, exit })
    }

    /// The line, or the character, that a place as users write it means.
    pub fn place(&self, written: &WrittenPlace) -> Result<Place, Failure> {
        let WrittenPlace { file, line, column } = written;
        let shown = project::shown(file, &working_directory()?).unwrap_or_else(|| file.to_string_lossy().into_owned());
        let Some(id) = self.sources.file(&shown) else {
            return Err(Failure::Message(format!("`{}` is not among the files that were read", file.display())));
        };
        self.sources.place(id, *line, *column).ok_or_else(|| {
            let what = column.map_or_else(|| format!("line {line}"), |column| format!("line {line}, column {column}"));
            Failure::Message(format!("there is no {what} in `{shown}`"))
        })
    }
}

/// Where libraries are looked for.
pub fn libraries(basis: &Basis) -> LibraryPlaces {
    LibraryPlaces {
        python_environment: basis.python_environment.clone(),
        read: basis.libraries.map(|libraries| match libraries {
            LibrariesArgument::Installed => LibrariesRead::Installed,
            LibrariesArgument::Shipped => LibrariesRead::Shipped,
        }),
        ..installed()
    }
}

/// Where the process's environment says that libraries are.
pub fn installed() -> LibraryPlaces {
    let variable = |name| std::env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
    LibraryPlaces {
        active_environment: variable("VIRTUAL_ENV"),
        cargo_home: variable("CARGO_HOME").or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))),
        ..LibraryPlaces::default()
    }
}

/// `FILE:LINE` or `FILE:LINE:COLUMN`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPlace {
    pub file: PathBuf,
    pub line: u32,
    pub column: Option<u32>,
}

impl WrittenPlace {
    /// The place that a text means; none if it does not end in a line.
    pub fn parse(text: &str) -> Option<WrittenPlace> {
        let number = |text: &str| text.parse::<u32>().ok().filter(|n| *n > 0);
        let (rest, last) = text.rsplit_once(':')?;
        let last = number(last)?;
        let place = |file: &str, line, column| WrittenPlace { file: PathBuf::from(file), line, column };
        match rest.rsplit_once(':').and_then(|(file, line)| Some((file, number(line)?))) {
            Some((file, line)) if !file.is_empty() => Some(place(file, line, Some(last))),
            _ if !rest.is_empty() => Some(place(rest, last, None)),
            _ => None,
        }
    }
}

pub fn working_directory() -> Result<PathBuf, Failure> {
    std::env::current_dir().map_err(|error| Failure::Message(format!("the working directory cannot be read: {error}")))
}

pub fn workers(basis: &Basis) -> Result<Workers, Failure> {
    Workers::new(basis.threads.map(usize::from))
        .map_err(|error| Failure::Message(format!("threads cannot be started: {error}")))
}

/// The configuration that is asked for.
pub fn configuration(basis: &Basis) -> ConfigurationChoice {
    match &basis.config {
        Some(file) => ConfigurationChoice::File(file.clone()),
        None if basis.isolated => ConfigurationChoice::Isolated,
        None => ConfigurationChoice::Nearest,
    }
}

/// What findings are asked with.
pub struct Run<'r> {
    pub workers: &'r Workers,
    pub settings: &'r Settings,
    pub wanted: &'r Wanted,
}

impl Run<'_> {
    pub fn findings(&self, program: &Program) -> Findings {
        let stop = Stop::never();
        let findings = self.workers.run(|| program.findings(self.settings, self.wanted, &stop));
        findings.expect("nobody asks this run to stop")
    }
}

/// The levels that the command line sets.
pub fn levels(written: &[(&'static str, String)]) -> Result<Vec<(Selector, Level)>, Failure> {
    let lints = crate::lints::ALL;
    let read = |(level, name): &(&'static str, String)| {
        let selector = Selector::parse(name, lints).ok_or_else(|| {
            let meant = did_you_mean(name, Selector::names(lints));
            let hint = meant.map_or_else(
                || "`unsnarl lints` lists all lints".to_owned(),
                |meant| format!("did you mean `{meant}`?"),
            );
            Failure::Message(format!("there is no lint `{name}`; {hint}"))
        })?;
        Ok((selector, Level::from_name(level).expect("the options are named like levels")))
    };
    written.iter().map(read).collect()
}

/// What a run tells: as the configuration says, and the command line over it.
pub fn run_settings(loaded: &Loaded, selection: &Selection, command_line: &[(Selector, Level)]) -> Settings {
    let mut settings = loaded.settings();
    for (selector, level) in command_line {
        settings.set_level(selector, *level);
    }
    if let Some(asked) = selection.min_certainty {
        settings.min_certainty = match asked {
            CertaintyArgument::Possible => Certainty::Possible,
            CertaintyArgument::Likely => Certainty::Likely,
            CertaintyArgument::Certain => Certainty::Certain,
        };
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_end_in_a_line_and_perhaps_a_column() {
        let place = |file: &str, line, column| Some(WrittenPlace { file: PathBuf::from(file), line, column });
        assert_eq!(WrittenPlace::parse("a.py:3"), place("a.py", 3, None));
        assert_eq!(WrittenPlace::parse("src/a.py:3:14"), place("src/a.py", 3, Some(14)));
        assert_eq!(WrittenPlace::parse("C:\\a.py:3"), place("C:\\a.py", 3, None));
        for text in ["a.py", "a.py:", "a.py:0", "a.py:x", ":3", "untracked-spawn"] {
            assert_eq!(WrittenPlace::parse(text), None, "{text}");
        }
    }
}

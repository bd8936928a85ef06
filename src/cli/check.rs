//! `unsnarl check`.

use super::arguments::{CertaintyArgument, CheckArguments, CheckOptions, Color, Format};
use super::{Exit, output};
use crate::check::{Findings, Program, Settings, Stop, Wanted, Workers};
use crate::lint::{Certainty, Level, Selector, did_you_mean};
use crate::project::{self, LoadError, Loaded, LoadedFile, Lowered, Request};
use crate::report::{self, Misconfiguration, Sources};
use crate::text::FileId;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

pub fn check(arguments: CheckArguments) -> Exit {
    match run(arguments) {
        Ok(exit) => exit,
        Err(Failure::Message(message)) => Exit::failed(&message),
        Err(Failure::Misconfigured(errors)) => {
            for error in errors {
                output::stderr(&report::misconfiguration(&error, output::stderr_has_color()));
            }
            Exit::Failed
        }
    }
}

enum Failure {
    Message(String),
    Misconfigured(Vec<Misconfiguration>),
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Failure {
        match error {
            LoadError::Path { path, why } => Failure::Message(format!("`{}`: {why}", path.display())),
            LoadError::Configuration(error) => Failure::Misconfigured(vec![*error]),
        }
    }
}

fn run(arguments: CheckArguments) -> Result<Exit, Failure> {
    let CheckArguments { mut paths, options, only } = arguments;
    if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    let working_directory = std::env::current_dir()
        .map_err(|error| Failure::Message(format!("the working directory cannot be read: {error}")))?;
    let command_line_levels = levels(&options.levels.settings).map_err(Failure::Message)?;
    let workers = Workers::new(options.threads)
        .map_err(|error| Failure::Message(format!("threads cannot be started: {error}")))?;

    let request = Request { paths, working_directory, configuration: options.config.clone(), root: None };
    let loaded = workers.run(|| project::load(&request))?;
    let catalogue = loaded.configuration.catalogue().map_err(Failure::Misconfigured)?;
    let wanted = wanted(&loaded, &only)?;
    let settings = settings(&loaded, &options, command_line_levels);
    let Lowered { project, sources, notices } = loaded.lower(Arc::new(catalogue), &workers);
    let stop = Stop::never();
    let findings = workers.run(|| {
        let program = Program::link(&project, &stop)?;
        program.findings(&settings, &wanted, &stop)
    });
    let mut findings = findings.expect("nobody asks this run to stop");
    findings.notes.extend(notices);
    Ok(tell(&findings, &sources, &options))
}

fn levels(written: &[(&'static str, String)]) -> Result<Vec<(Selector, Level)>, String> {
    let lints = crate::lints::ALL;
    let read = |(level, name): &(&'static str, String)| {
        let selector = Selector::parse(name, lints).ok_or_else(|| {
            let meant = did_you_mean(name, Selector::names(lints));
            let hint = meant.map_or_else(
                || "`unsnarl lints` lists all lints".to_owned(),
                |meant| format!("did you mean `{meant}`?"),
            );
            format!("there is no lint `{name}`; {hint}")
        })?;
        Ok((selector, Level::from_name(level).expect("the options are named like levels")))
    };
    written.iter().map(read).collect()
}

fn settings(loaded: &Loaded, options: &CheckOptions, command_line: Vec<(Selector, Level)>) -> Settings {
    let mut settings = loaded.configuration.settings();
    for (selector, level) in command_line {
        settings.levels.set(selector, level);
    }
    if let Some(asked) = options.min_certainty {
        settings.min_certainty = match asked {
            CertaintyArgument::Possible => Certainty::Possible,
            CertaintyArgument::Likely => Certainty::Likely,
            CertaintyArgument::Certain => Certainty::Certain,
        };
    }
    settings
}

fn wanted(loaded: &Loaded, only: &[PathBuf]) -> Result<Wanted, Failure> {
    if only.is_empty() {
        return Ok(Wanted::All);
    }
    let prefixes = only.iter().map(|folder| loaded.from_root(folder)).collect::<Result<Vec<_>, _>>()?;
    let is_wanted = |file: &LoadedFile| {
        prefixes.iter().any(|prefix| {
            prefix.is_empty() || file.path.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.starts_with('/'))
        })
    };
    let ids = loaded.files.iter().enumerate().filter(|(_, file)| is_wanted(file)).map(|(n, _)| FileId(n as u32));
    Ok(Wanted::Files(ids.collect()))
}

fn tell(findings: &Findings, sources: &Sources, options: &CheckOptions) -> Exit {
    let exit = if findings.findings.is_empty() { Exit::Clean } else { Exit::Findings };
    let color = match options.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => output::stdout_has_color(),
    };
    let bytes = match options.format {
        Format::Json => report::json(findings, sources),
        Format::Text if options.statistics => statistics(findings),
        Format::Text => report::text(findings, sources, color),
    };
    output::stdout(&bytes, exit)
}

/// One line a lint: how many findings it has, then its name.
fn statistics(findings: &Findings) -> Vec<u8> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in &findings.findings {
        *counts.entry(diagnostic.finding.lint).or_default() += 1;
    }
    let lines = counts.into_iter().map(|(name, count)| format!("{count:>6} {name}\n"));
    lines.collect::<String>().into_bytes()
}

//! `unsnarl check`.

use super::arguments::{CertaintyArgument, CheckArguments, CheckOptions, Color, Format};
use super::{Exit, output};
use crate::catalogue::Catalogue;
use crate::check::{
    Findings, Notice, NoticeKind, Program, Project, ProjectFile, Settings, Source, Stop, Wanted, Workers,
};
use crate::lint::{Certainty, Level, Levels, Selector, did_you_mean};
use crate::project::{self, CatalogueText, LoadError, Loaded, LoadedFile, Request};
use crate::report::{self, Misconfiguration, SourceText, Sources};
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
    let catalogue = catalogue(&loaded.configuration.catalogue)?;
    let wanted = wanted(&loaded, &only)?;
    let settings = settings(&loaded, &options, command_line_levels);

    let (sources, project, notices) = lowered(loaded, catalogue, &workers);
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
    let mut levels: Levels = loaded.configuration.levels.clone();
    for (selector, level) in command_line {
        levels.set(selector, level);
    }
    let asked = options.min_certainty.map(|certainty| match certainty {
        CertaintyArgument::Possible => Certainty::Possible,
        CertaintyArgument::Likely => Certainty::Likely,
        CertaintyArgument::Certain => Certainty::Certain,
    });
    let defaults = Settings::default();
    let min_certainty = asked.or(loaded.configuration.min_certainty).unwrap_or(defaults.min_certainty);
    Settings { levels, min_certainty, ..defaults }
}

fn catalogue(texts: &[CatalogueText]) -> Result<Arc<Catalogue>, Failure> {
    let mut catalogue = Catalogue::default();
    for entry in texts {
        catalogue = catalogue.with_entries(&entry.shown, &entry.text).map_err(|errors| {
            let told = errors.into_iter().map(|error| {
                let (text, span) = entry.within.clone().unwrap_or_else(|| (entry.text.clone(), error.span));
                Misconfiguration { shown: entry.shown.clone(), text, span, message: error.message, help: None }
            });
            Failure::Misconfigured(told.collect())
        })?;
    }
    Ok(Arc::new(catalogue))
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

/// Lowers what was loaded; texts stay for the report.
fn lowered(loaded: Loaded, catalogue: Arc<Catalogue>, workers: &Workers) -> (Sources, Project, Vec<Notice>) {
    let notices = loaded.unreadable.iter().map(|unreadable| Notice {
        kind: NoticeKind::Unreadable,
        at: None,
        message: format!("`{}` cannot be read: {}", unreadable.path.display(), unreadable.why),
        help: None,
    });
    let notices = notices.collect();
    let mut names = Vec::with_capacity(loaded.files.len());
    let mut sources: Vec<Source> = Vec::with_capacity(loaded.files.len());
    for file in loaded.files {
        names.push((file.path, file.shown, file.role));
        sources.push(file.source);
    }
    let facts = workers.lower(&sources);
    let mut files = Vec::with_capacity(names.len());
    let mut texts = Vec::with_capacity(names.len());
    for (((path, shown, role), source), facts) in names.into_iter().zip(sources).zip(facts) {
        files.push(ProjectFile { path, role, facts: Arc::new(facts) });
        texts.push(SourceText::new(shown, source.decoded.text));
    }
    (Sources { files: texts }, Project { files, layout: loaded.layout, catalogue }, notices)
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

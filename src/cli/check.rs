//! `unsnarl check`.

use super::arguments::{CheckArguments, CheckOptions, Color, Format, Packages};
use super::progress::Progress;
use super::session::{
    Failure, Run, configuration, levels, libraries, run_settings, tell_missing, workers, working_directory,
};
use super::{Exit, output, settings, silence};
use crate::check::{Findings, Program, Stop, Wanted};
use crate::lint::did_you_mean;
use crate::project::{self, HandedIn, Loaded, Lowered, PackageFolder, Request};
use crate::report::{self, Detail, Sources, Understood};
use crate::text::FileId;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

pub fn check(arguments: CheckArguments) -> Exit {
    let color = arguments.options.color;
    run(arguments).unwrap_or_else(|failure| failure.told(color))
}

fn run(arguments: CheckArguments) -> Result<Exit, Failure> {
    let began = Instant::now();
    let CheckArguments { paths, stdin_filename, options, packages } = arguments;
    check_options(&options)?;
    let request = request(paths, stdin_filename, &options, &packages)?;
    let command_line_levels = levels(&options.selection.levels.settings)?;
    let workers = workers(&options.basis)?;

    let progress = Progress::new(output::is_watched() && !options.quiet);
    let loaded = workers.run(|| project::load(&request))?;
    let catalogue = loaded.configuration.catalogue().map_err(Failure::Misconfigured)?;
    let wanted = wanted(&loaded, &packages)?;
    let settings = run_settings(&loaded, &options.selection, &command_line_levels);
    tell_missing(&loaded.missing);
    let mut exit = if loaded.missing.is_empty() { Exit::Clean } else { Exit::Failed };
    if options.show_files {
        return Ok(output::report(&shown_files(&loaded, &wanted), options.output_file.as_deref(), exit));
    }
    if options.show_settings {
        let text = settings::shown(&loaded, &settings, &command_line_levels);
        return Ok(output::report(text.as_bytes(), options.output_file.as_deref(), exit));
    }
    let origin = loaded.configuration.origin.clone();
    let files: Vec<PathBuf> = loaded.files.iter().map(|file| file.absolute.clone()).collect();

    progress.expect(files.len());
    let lowered = loaded.lower_telling(Arc::new(catalogue), &workers, &|| progress.done());
    let Lowered { project, mut sources, notices } = lowered;
    let linked = workers.run(|| Program::link(&project, &Stop::never()));
    let mut program = linked.expect("nobody asks this run to stop");
    let run = Run { workers: &workers, settings: &settings, wanted: &wanted };
    let reason = options.add_suppressions.as_ref();
    let added = reason.map(|reason| silence::silence(&run, &mut program, &mut sources, &files, reason.as_deref()));
    let mut findings = run.findings(&program);
    findings.notes.extend(notices);
    drop(progress);
    if options.verbose {
        let origin = origin.as_deref().unwrap_or("none");
        let seconds = began.elapsed().as_secs_f64();
        output::stderr(format!("configuration: {origin}\nchecked in {seconds:.2} s\n").as_bytes());
    }
    if let Some(added) = added {
        for failure in &added.failures {
            exit = Exit::failed(failure);
        }
        if !options.quiet {
            output::stderr(format!("{}\n", added.told).as_bytes());
        }
    }
    let told = tell(&run, &program, &findings, &sources, &options);
    Ok(if exit == Exit::Failed { exit } else { told })
}

/// Options that are fine each, and not together.
fn check_options(options: &CheckOptions) -> Result<(), Failure> {
    match options.format {
        Format::Sarif | Format::Github if options.statistics => {
            Err(Failure::Message("statistics are written as `text` or `json`".to_owned()))
        }
        _ => Ok(()),
    }
}

fn request(
    mut paths: Vec<PathBuf>,
    stdin_filename: Option<PathBuf>,
    options: &CheckOptions,
    packages: &Packages,
) -> Result<Request, Failure> {
    let message = |message: String| Failure::Message(message);
    let working_directory = working_directory()?;
    let given = paths.len();
    paths.retain(|path| path != Path::new("-"));
    let reads_stdin = paths.len() < given;
    let handed_in = match (reads_stdin, stdin_filename) {
        (true, None) => {
            return Err(message("`-` needs `--stdin-filename`, which says the language and the place".to_owned()));
        }
        (false, Some(_)) => return Err(message("`--stdin-filename` needs the path `-`".to_owned())),
        (true, Some(_)) if options.add_suppressions.is_some() => {
            return Err(message("comments cannot be added to standard input".to_owned()));
        }
        (true, Some(path)) => {
            let bytes = output::stdin().map_err(|error| message(format!("standard input cannot be read: {error}")))?;
            Some(HandedIn { path, bytes, replaces: false })
        }
        (false, None) => None,
    };
    if given == 0 {
        paths.push(PathBuf::from("."));
    }
    let configuration = configuration(&options.basis);
    let configured_from = match packages {
        Packages::In(folder) => Some(folder.clone()),
        _ => None,
    };
    let libraries = libraries(&options.basis);
    let handed_in = handed_in.into_iter().collect();
    Ok(Request { paths, working_directory, configuration, configured_from, root: None, handed_in, libraries })
}

/// The files whose findings are told.
fn wanted(loaded: &Loaded, packages: &Packages) -> Result<Wanted, Failure> {
    let is_wanted: Box<dyn Fn(&PackageFolder) -> bool> = match packages {
        Packages::All => return Ok(Wanted::All),
        Packages::In(folder) => {
            let folder = loaded.from_root(folder)?;
            // A workspace that is no package itself is all of its packages.
            if !loaded.packages.iter().any(|package| package.folder == folder) {
                return Ok(Wanted::All);
            }
            Box::new(move |package| package.folder == folder)
        }
        Packages::Named(specs) => {
            known_packages(loaded, specs)?;
            Box::new(|package| specs.iter().any(|spec| package.fits(spec)))
        }
        Packages::Except(specs) => {
            known_packages(loaded, specs)?;
            Box::new(|package| !specs.iter().any(|spec| package.fits(spec)))
        }
    };
    let files = loaded.files.iter().zip(0..);
    let ids = files.filter(|(file, _)| loaded.package_of(&file.path).is_some_and(&is_wanted)).map(|(_, n)| FileId(n));
    Ok(Wanted::Files(ids.collect()))
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

fn shown_files(loaded: &Loaded, wanted: &Wanted) -> Vec<u8> {
    let files = loaded.files.iter().zip(0..).filter(|(_, n)| wanted.has(FileId(*n)));
    let mut shown: Vec<String> = files.map(|(file, _)| format!("{}\n", file.shown)).collect();
    shown.sort();
    shown.concat().into_bytes()
}

fn understood(program: &Program) -> Understood {
    let unresolved = program.unresolved_on_loop(&Stop::never()).expect("nobody asks this run to stop");
    Understood { resolved: program.resolved_on_loop(), unresolved }
}

fn tell(run: &Run<'_>, program: &Program, findings: &Findings, sources: &Sources, options: &CheckOptions) -> Exit {
    let exit = if findings.findings.is_empty() || options.exit_zero { Exit::Clean } else { Exit::Findings };
    let file = options.output_file.as_deref();
    let color = match file {
        Some(_) => options.color == Color::Always,
        None => output::stdout_has_color(options.color),
    };
    let detail = match (options.quiet, options.verbose) {
        (true, _) => Detail::Findings,
        (_, true) => Detail::All,
        _ => Detail::Notes,
    };
    let understood = || run.workers.run(|| understood(program));
    let bytes = match options.format {
        Format::Json if options.statistics => report::statistics_json(findings, &understood(), sources),
        _ if options.statistics => report::statistics(findings, &understood(), sources),
        Format::Text => report::text_in_detail(findings, sources, color, detail),
        Format::Concise => report::concise(findings, sources, detail),
        Format::Json => report::json(findings, sources),
        Format::Sarif => report::sarif(findings, sources, crate::lints::ALL),
        Format::Github => report::github(findings, sources),
    };
    output::report(&bytes, file, exit)
}

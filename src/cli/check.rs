//! `unsnarl check`.

use super::arguments::{CheckArguments, CheckOptions, Color, Format};
use super::beside::Beside;
use super::cargo::{CargoSelection, Packages};
use super::message_format::{MessageFormat, Messages};
use super::messages::Telling;
use super::progress::Progress;
use super::selected::{Selected, selected};
use super::session::{
    Failure, Run, configuration, levels, libraries, run_settings, tell_missing, workers, working_directory,
};
use super::{Exit, output, settings, silence};
use crate::check::{Findings, Program, Stop, Wanted, Workers};
use crate::lint::{Level, Selector};
use crate::project::{self, HandedIn, Loaded, Lowered, Request};
use crate::report::{self, Detail, Sources, Understood};
use crate::text::FileId;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

pub fn check(arguments: CheckArguments) -> Exit {
    let color = arguments.options.color;
    run(arguments).unwrap_or_else(|failure| failure.told(color))
}

/// What the command line asks for, before anything is read.
struct Asked {
    request: Request,
    levels: Vec<(Selector, Level)>,
    workers: Workers,
    options: CheckOptions,
    form: Form,
    selection: CargoSelection,
}

fn run(arguments: CheckArguments) -> Result<Exit, Failure> {
    let CheckArguments { paths, stdin_filename, options, cargo: mut selection } = arguments;
    let form = form(&options)?;
    let beside = selection.beside.take();
    let request = request(paths, stdin_filename, &options, &selection.packages)?;
    let levels = levels(&options.selection.levels.settings)?;
    let workers = workers(&options.basis)?;
    let color = options.color;
    let is_json = matches!(form, Form::Messages(_));
    let mut beside = Beside::start(beside, is_json);
    let asked = Asked { request, levels, workers, options, form, selection };
    let exit = judge(&asked, &mut beside).unwrap_or_else(|failure| failure.told(color));
    Ok(beside.finish(exit, is_json))
}

/// Reads, links, judges and tells.
fn judge(asked: &Asked, beside: &mut Beside) -> Result<Exit, Failure> {
    let began = Instant::now();
    let Asked { request, levels, workers, options, form, selection } = asked;
    let progress = Progress::new(output::is_watched() && !options.quiet && !beside.is_running());
    let loaded = workers.run(|| project::load(request))?;
    let catalogue = loaded.configuration.catalogue().map_err(Failure::Misconfigured)?;
    let places = loaded.cargo_places();
    // Cargo tells of them, too, and its readers take what it does not tell again for gone.
    let with_dependencies = matches!(form, Form::Messages(_));
    let Selected { wanted, targets } = selected(&loaded, &places, selection, with_dependencies)?;
    let settings = run_settings(&loaded, &options.selection, levels);
    tell_missing(&loaded.missing);
    let mut exit = if loaded.missing.is_empty() { Exit::Clean } else { Exit::Failed };
    if options.show_files {
        return Ok(output::report(&shown_files(&loaded, &wanted), options.output_file.as_deref(), exit));
    }
    if options.show_settings {
        let text = settings::shown(&loaded, &settings, levels);
        return Ok(output::report(text.as_bytes(), options.output_file.as_deref(), exit));
    }
    let origin = loaded.configuration.origin.clone();
    let files: Vec<PathBuf> = loaded.files.iter().map(|file| file.absolute.clone()).collect();

    progress.expect(files.len());
    let lowered = loaded.lower_telling(Arc::new(catalogue), workers, &|| progress.done());
    let Lowered { project, mut sources, notices } = lowered;
    let linked = workers.run(|| Program::link(&project, &Stop::never()));
    let mut program = linked.expect("nobody asks this run to stop");
    let run = Run { workers, settings: &settings, wanted: &wanted };
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
    let told = match form {
        Form::Report(format) => {
            beside.wait();
            tell(&run, &program, &findings, &sources, *format, options)
        }
        Form::Messages(messages) => {
            let folder = workspace(request)?;
            for (source, path) in sources.files.iter_mut().zip(&files) {
                source.shown = project::shown_from(path, &folder);
            }
            let telling = Telling { findings: &findings, sources: &sources, places: &places, targets: &targets };
            telling.tell(messages, options, exit, beside)
        }
    };
    Ok(if exit == Exit::Failed { exit } else { told })
}

/// The folder from which cargo shows files: that of the workspace, else the working directory.
fn workspace(request: &Request) -> Result<PathBuf, Failure> {
    let from = match request.paths.as_slice() {
        [path] if path.is_absolute() => path,
        _ => &request.working_directory,
    };
    let folder = project::package_folder(from).map(|package| project::workspace_folder(&package));
    Ok(folder.unwrap_or_else(|| project::as_on_disk(&request.working_directory)))
}

/// How findings are told.
#[derive(Clone, Copy)]
enum Form {
    Report(Format),
    /// As cargo's messages.
    Messages(Messages),
}

/// The form of the output; options can be fine each, and not together.
fn form(options: &CheckOptions) -> Result<Form, Failure> {
    match (options.format, MessageFormat::read(&options.message_format).map_err(Failure::Message)?) {
        (Format::Sarif | Format::Github, _) if options.statistics => {
            Err(Failure::Message("statistics are written as `text` or `json`".to_owned()))
        }
        (_, Some(MessageFormat::Human)) => Ok(Form::Report(Format::Text)),
        (_, Some(MessageFormat::Short)) => Ok(Form::Report(Format::Concise)),
        (_, Some(MessageFormat::Json(messages))) => Ok(Form::Messages(messages)),
        (format, None) => Ok(Form::Report(format)),
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

fn tell(
    run: &Run<'_>,
    program: &Program,
    findings: &Findings,
    sources: &Sources,
    format: Format,
    options: &CheckOptions,
) -> Exit {
    let exit = exit(findings, options);
    let file = options.output_file.as_deref();
    let color = match file {
        Some(_) => options.color == Color::Always,
        None => output::stdout_has_color(options.color),
    };
    let detail = detail(options);
    let understood = || run.workers.run(|| understood(program));
    let bytes = match format {
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

/// How a run with these findings ends.
pub fn exit(findings: &Findings, options: &CheckOptions) -> Exit {
    if findings.findings.is_empty() || options.exit_zero { Exit::Clean } else { Exit::Findings }
}

/// How much is told.
pub fn detail(options: &CheckOptions) -> Detail {
    match (options.quiet, options.verbose) {
        (true, _) => Detail::Findings,
        (_, true) => Detail::All,
        _ => Detail::Notes,
    }
}

//! `unsnarl explain`, `lints`, `facts`, `completions` and `man`.

use super::arguments::Arguments;
use super::{Exit, output};
use crate::catalogue::Language;
use crate::check::Workers;
use crate::lint::did_you_mean;
use clap::CommandFactory;
use std::path::Path;

pub fn explain(name: &str) -> Exit {
    let lints = crate::lints::ALL;
    match lints.iter().find(|lint| lint.name == name) {
        Some(lint) => output::stdout(lint.page.as_bytes(), Exit::Clean),
        None => {
            let hint = did_you_mean(name, lints.iter().map(|lint| lint.name)).map_or_else(
                || "`unsnarl lints` lists all lints".to_owned(),
                |meant| format!("did you mean `{meant}`?"),
            );
            let what = if Path::new(name).is_file() {
                format!("`{name}` is a file: write `{name}:LINE`")
            } else {
                format!("there is no lint `{name}`; {hint}")
            };
            Exit::failed(&what)
        }
    }
}

pub fn lints() -> Exit {
    let width = crate::lints::ALL.iter().map(|lint| lint.name.len()).max().unwrap_or(0);
    let lines = crate::lints::ALL.iter().map(|lint| {
        let languages: Vec<&str> = lint.languages.iter().map(|language| language_name(*language)).collect();
        format!(
            "{:width$}  {:5}  {:12}  {:12}  {}\n",
            lint.name,
            lint.level.name(),
            lint.family.name(),
            languages.join(", "),
            lint.summary
        )
    });
    output::stdout(lines.collect::<String>().as_bytes(), Exit::Clean)
}

fn language_name(language: Language) -> &'static str {
    match language {
        Language::Python => "python",
        Language::Rust => "rust",
    }
}

pub fn facts(file: &Path, edition: &str) -> Exit {
    let source = match crate::project::load_single(file, edition) {
        Ok(source) => source,
        Err(message) => return Exit::failed(&message),
    };
    let workers = match Workers::new(Some(1)) {
        Ok(workers) => workers,
        Err(error) => return Exit::failed(&format!("threads cannot be started: {error}")),
    };
    let facts = workers.run(|| crate::check::lower(&source));
    output::stdout(crate::model::print(&facts).as_bytes(), Exit::Clean)
}

pub fn completions(shell: clap_complete::Shell) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "unsnarl", &mut script);
    output::stdout(&script, Exit::Clean)
}

/// The page of `unsnarl` and of each of its commands, one behind the other.
pub fn manual() -> Exit {
    let mut command = Arguments::command();
    command.build();
    let mut pages = Vec::new();
    let commands = std::iter::once(&command).chain(command.get_subcommands().filter(|command| !command.is_hide_set()));
    for command in commands {
        clap_mangen::Man::new(command.clone()).render(&mut pages).expect("writing to memory does not fail");
    }
    output::stdout(&pages, Exit::Clean)
}

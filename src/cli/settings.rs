//! `--show-settings`: what holds for this run, written as a configuration that would say the same.

use crate::check::{NamedRole, Settings};
use crate::lint::{Level, Lint, Selector, Thresholds};
use crate::project::{Loaded, PathLevels, Patterns};
use std::fmt::Write;

/// The settings of a run; `command_line` are the levels set there.
pub fn shown(loaded: &Loaded, settings: &Settings, command_line: &[(Selector, Level)]) -> String {
    let configuration = &loaded.configuration;
    let mut out = String::new();
    let mut line = |text: &str| {
        out += text;
        out.push('\n');
    };
    match &configuration.origin {
        Some(origin) => line(&format!("# from {origin}")),
        None => line("# no configuration"),
    }
    line(&format!("min-certainty = \"{}\"", settings.min_certainty.name()));
    line(&format!("brief-stalls = \"{}\"", settings.brief_stalls.name()));
    line(&format!("max-file-size = {}", configuration.max_file_size));
    line(&format!("include = {}", list(&configuration.include)));
    line(&format!("exclude = {}", list(&configuration.exclude)));
    line(&format!("libraries = \"{}\"", loaded.libraries.read.name()));
    if let Some(environment) = &loaded.libraries.python {
        let (shown, origin, version) = (&environment.shown, environment.origin.words(), environment.version());
        line(&format!("python-environment = {}  # {origin}, Python {version}", quoted(shown)));
    }
    if !loaded.libraries.crates.is_empty() {
        line(&format!("# crates: Cargo.lock names {}", loaded.libraries.crates.count()));
    }
    for entry in &configuration.catalogue {
        let kind = if entry.within.is_some() { "entries inside " } else { "" };
        line(&format!("# catalogue: {kind}{}", entry.shown));
    }
    let named = |role: NamedRole| configuration.functions.iter().filter(move |(of, _)| *of == role);
    if !configuration.functions.is_empty() {
        line("\n[functions]");
    }
    for role in NamedRole::ALL.into_iter().filter(|role| named(*role).next().is_some()) {
        let paths: Vec<String> = named(role).map(|(_, path)| quoted(path)).collect();
        line(&format!("{} = [{}]", role.key(), paths.join(", ")));
    }
    line("\n[thresholds]");
    for key in Thresholds::KEYS {
        let value = configuration.thresholds.get(key).expect("the key is one of them");
        let origin = if Thresholds::default().get(key) == Some(value) { "" } else { "  # configured" };
        line(&format!("{key} = {value}{origin}"));
    }
    line("\n[lints]");
    for lint in settings.lints {
        let level = settings.levels.level(lint).name();
        let origin = match (sets(command_line, lint), sets(&configuration.levels, lint)) {
            (true, _) => "  # command line",
            (false, true) => "  # configured",
            (false, false) => "",
        };
        line(&format!("{} = \"{level}\"{origin}", lint.name));
    }
    for over in &configuration.overrides {
        line(&format!("\n[overrides.{}]", quoted(&over.files.written.concat())));
        for text in levels(over) {
            line(&text);
        }
    }
    out
}

fn sets(settings: &[(Selector, Level)], lint: &Lint) -> bool {
    settings.iter().any(|(selector, _)| selector.selects(lint))
}

fn levels(over: &PathLevels) -> impl Iterator<Item = String> {
    over.levels.iter().map(|(selector, level)| format!("{} = \"{}\"", selector.name(), level.name()))
}

fn list(patterns: &Patterns) -> String {
    let all: Vec<String> = patterns.written.iter().map(|pattern| quoted(pattern)).collect();
    format!("[{}]", all.join(", "))
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => write!(out, "\\u{:04X}", u32::from(c)).expect("writing to memory does not fail"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

//! What README.md and the pages in docs show is what happens.

use crate::discovery::Scratch;
use serde_json::Value;
use std::process::{Command, Output};
use unsnarl::lint::Thresholds;
use unsnarl::lints;

const README: &str = include_str!("../../README.md");
const OUTPUT: &str = include_str!("../../docs/output.md");
const CONFIGURATION: &str = include_str!("../../docs/configuration.md");

/// Fenced texts with their languages, in order.
fn fences(page: &str) -> Vec<(&str, &str)> {
    let mut all = Vec::new();
    let mut parts = page.split("\n```");
    parts.next();
    while let (Some(open), Some(_)) = (parts.next(), parts.next()) {
        let (language, text) = open.split_once('\n').expect("a fence has lines");
        all.push((language.trim(), text));
    }
    all
}

fn unsnarl(scratch: &Scratch, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unsnarl"));
    command.args(arguments).current_dir(&scratch.root).output().expect("the command can be run")
}

#[test]
fn the_output_in_the_readme_is_real() {
    let fences = fences(README);
    let mut shown = 0;
    for pair in fences.windows(2) {
        let [(_, source), ("text", expected)] = pair else { continue };
        let (_, place) = expected.split_once("┌─ ").expect("a finding has a place");
        let name = place.split(':').next().expect("a place has a file");
        let scratch = Scratch::new("readme", &[(name, source)]);
        let output = unsnarl(&scratch, &["check", "--quiet"]);
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim_end(), expected.trim_end());
        shown += 1;
    }
    assert_eq!(shown, 2, "an example in each language");
}

#[test]
fn configurations_in_documents_are_understood() {
    let entries = "library = 'ours'\nlanguage = 'python'\nsource = 'us'\n";
    let mut all: Vec<&str> = Vec::new();
    for page in [README, CONFIGURATION] {
        all.extend(fences(page).into_iter().filter(|(language, _)| *language == "toml").map(|(_, text)| text));
    }
    assert!(all.len() >= 2);
    for text in all {
        let files = [("src/a.py", ""), ("our-libraries.toml", entries), ("unsnarl.toml", text)];
        let output = unsnarl(&Scratch::new("documents", &files), &["check"]);
        assert_eq!(output.status.code(), Some(0), "{text}{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn all_thresholds_are_told_with_their_defaults() {
    for key in Thresholds::KEYS {
        let row = CONFIGURATION.lines().find(|line| line.starts_with(&format!("| `{key}` |")));
        let default = Thresholds::default().get(key).expect("is a key");
        assert!(row.is_some_and(|row| row.ends_with(&format!("| {default} |"))), "{key}: {row:?}");
    }
}

#[test]
fn all_keys_of_reports_are_told() {
    let app = "import time\n\n\ndef g():\n    time.sleep(2)\n\n\nasync def f():\n    g()\n";
    let scratch = Scratch::new("keys", &[("a.py", app), ("b.py", "x = 1  # unsnarl: allow(untracked-spawn)\n")]);
    let report = unsnarl(&scratch, &["check", "--format", "json"]).stdout;
    let report: Value = serde_json::from_slice(&report).expect("is JSON");
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["notes"].as_array().map(Vec::len), Some(1));
    let mut keys = Vec::new();
    all_keys(&report, &mut keys);
    for key in keys {
        assert!(OUTPUT.contains(&format!("`{key}`")), "{key}");
    }
}

fn all_keys(value: &Value, keys: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            keys.extend(object.keys().cloned());
            object.values().for_each(|value| all_keys(value, keys));
        }
        Value::Array(list) => list.iter().for_each(|value| all_keys(value, keys)),
        _ => {}
    }
}

#[test]
fn lints_in_the_readme_exist() {
    let rows = README.lines().skip_while(|line| !line.starts_with("| lint |")).skip(2);
    for row in rows.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let lint = lints::ALL.iter().find(|lint| lint.name == cells[1]).unwrap_or_else(|| panic!("{row}"));
        assert_eq!(lint.family.name(), cells[2], "{row}");
    }
}

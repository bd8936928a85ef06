//! Source → printed facts: `test-fixtures/facts/<language>/NAME.{py,rs}` beside `NAME.facts`.
//!
//! A Rust source may begin with `//@ edition: 2024`; without it the edition is 2021.
//! `UPDATE=1 cargo test` writes what is printed; read it before committing it. A golden without a source fails.

use std::fs;
use std::path::{Path, PathBuf};
use unsnarl::model::{Dialect, Edition, FileFacts, print};

type Lower = fn(&str) -> FileFacts;

fn lower_python(text: &str) -> FileFacts {
    unsnarl::python::lower(text, Dialect::Python { stub: false })
}

#[test]
fn python_facts_are_as_printed() {
    compare("python", "py", lower_python);
}

fn lower_rust(text: &str) -> FileFacts {
    let edition = match text.lines().next().and_then(|line| line.strip_prefix("//@ edition:")).map(str::trim) {
        None | Some("2021") => Edition::E2021,
        Some("2015") => Edition::E2015,
        Some("2018") => Edition::E2018,
        Some("2024") => Edition::E2024,
        Some(other) => panic!("`{other}` is no edition"),
    };
    unsnarl::rust::lower(text, Dialect::Rust { edition })
}

#[test]
fn rust_facts_are_as_printed() {
    compare("rust", "rs", lower_rust);
}

fn compare(language: &str, extension: &str, lower: Lower) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("test-fixtures/facts").join(language);
    let update = std::env::var_os("UPDATE").is_some();
    let mut failures = Vec::new();
    for path in files(&folder) {
        let name = path.file_name().expect("a listed file has a name").to_string_lossy().into_owned();
        if path.extension().is_some_and(|it| it == "facts") {
            if !path.with_extension(extension).exists() {
                failures.push(format!("{name} has no source beside it"));
            }
            continue;
        }
        if path.extension().is_none_or(|it| it != extension) {
            failures.push(format!("{name} is neither a source nor a golden"));
            continue;
        }
        let text = fs::read_to_string(&path).expect("a fixture is readable text");
        let printed = print(&lower(&text));
        let golden = path.with_extension("facts");
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if printed == expected {
            continue;
        }
        if update {
            fs::write(&golden, printed).expect("the golden can be written");
        } else {
            failures.push(format!("{name}: {}", first_difference(&expected, &printed)));
        }
    }
    assert!(failures.is_empty(), "{}\n(`UPDATE=1 cargo test` writes what is printed)", failures.join("\n"));
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.expect("the folder is readable").path()).collect();
    files.sort();
    files
}

fn first_difference(expected: &str, printed: &str) -> String {
    let mut lines = expected.lines();
    for (number, line) in printed.lines().enumerate() {
        let before = lines.next();
        if before != Some(line) {
            return format!("line {}\n  golden  {}\n  printed {line}", number + 1, before.unwrap_or("(ends)"));
        }
    }
    "the golden goes on behind what is printed".to_string()
}

//! What must hold of the facts of any Rust file, tried on a folder of real sources.
//!
//! `UNSNARL_RUST_SOURCES=FOLDER cargo test --release --test it rust_sources -- --nocapture` also tells the speed and
//! the size of the facts. Without the variable the tests read unsnarl's own sources.

use std::path::{Path, PathBuf};
use std::time::Instant;
use unsnarl::model::{Dialect, Edition, FileFacts, Unit};
use unsnarl::rust::{lower, lower_unit};

const DIALECT: Dialect = Dialect::Rust { edition: Edition::E2021 };

fn sources() -> Vec<PathBuf> {
    let root = std::env::var_os("UNSNARL_RUST_SOURCES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), PathBuf::from);
    let walk = walkdir::WalkDir::new(root).sort_by_file_name();
    let files = walk.into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    files.filter(|path| path.is_file() && path.extension().is_some_and(|it| it == "rs")).collect()
}

#[test]
fn facts_of_real_sources_are_sound() {
    let mut bytes = 0;
    let mut size = 0;
    let mut seconds = 0.0;
    let mut differ = 0;
    for path in sources() {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let start = Instant::now();
        let facts = lower(&text, DIALECT);
        seconds += start.elapsed().as_secs_f64();
        bytes += text.len();
        size += facts.size();
        if !facts.notes.is_empty() {
            println!("{}: {:?}", path.display(), facts.notes);
        }
        check_spans(&path, &text, &facts);
        assert_eq!(format!("{facts:?}"), format!("{:?}", lower(&text, DIALECT)), "{}", path.display());
        for unit in &facts.units[1..] {
            let alone = &text[unit.span.range()];
            let lowered = lower_unit(alone, DIALECT);
            let same = lowered.is_some_and(|(lowered, strings)| {
                shown(&lowered, |sym| strings.get(sym)) == shown(unit, |sym| facts.text(sym))
            });
            if !same {
                println!("{}: {}", path.display(), alone.lines().next().unwrap_or_default());
                differ += 1;
            }
        }
    }
    println!(
        "{bytes} bytes, {size} bytes of facts ({:.2} per byte), {:.1} MB/s",
        size as f64 / bytes as f64,
        bytes as f64 / 1e6 / seconds
    );
    assert_eq!(differ, 0, "units that differ when they are lowered alone");
}

fn check_spans(path: &Path, text: &str, facts: &FileFacts) {
    for unit in &facts.units {
        let alone = text.get(unit.span.range()).unwrap_or_else(|| panic!("{}: a unit's span", path.display()));
        for value in unit.values.iter() {
            assert!(alone.get(value.span.range()).is_some(), "{}: {value:?} of {:?}", path.display(), unit.span);
        }
        for local in &unit.locals {
            assert!(alone.get(local.span.range()).is_some(), "{}: {local:?}", path.display());
        }
    }
    for definition in &facts.outline.definitions {
        assert!(text.get(definition.span.range()).is_some(), "{}: {definition:?}", path.display());
        assert!(text.get(definition.name_span.range()).is_some(), "{}: {definition:?}", path.display());
    }
    for import in &facts.outline.imports {
        assert!(text.get(import.span.range()).is_some(), "{}: {import:?}", path.display());
    }
}

/// A unit with its names written out: two tables number the same names differently.
fn shown<'s>(unit: &Unit, name: impl Fn(unsnarl::text::Sym) -> &'s str) -> String {
    let mut unit = unit.clone();
    unit.span = unsnarl::text::Span::default();
    unit.def = None;
    let text = format!("{unit:?}");
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("Sym(") {
        let end = at + rest[at..].find(')').expect("the parenthesis is closed");
        let number: u32 = rest[at + 4..end].parse().expect("a symbol is a number");
        shown.push_str(&rest[..at]);
        shown.push_str(name(unsnarl::text::Sym(number)));
        rest = &rest[end + 1..];
    }
    shown.push_str(rest);
    shown
}

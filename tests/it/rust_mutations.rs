//! Real Rust sources with something broken in them: whatever an editor shows while code is being written.
//!
//! `UNSNARL_MUTATIONS=100000 cargo test --release --test it rust_mutations` tries more of them;
//! `UNSNARL_RUST_SOURCES` names another folder to take them from.

use std::path::{Path, PathBuf};
use unsnarl::model::{Dialect, Edition, FileFacts, ValueKind};

const PIECES: &[&str] = &[
    "{",
    "}",
    "(",
    ")",
    "\"",
    "'",
    ";",
    ",",
    "!",
    "fn ",
    "async ",
    ".await",
    "match ",
    "=>",
    "let ",
    "else ",
    "/*",
    "//",
    "#",
    "|",
    "&",
    "::",
    "<",
    "\u{e9}",
    "\u{1F600}",
    "r#\"",
    "select! {",
    "..",
    "?",
    "=",
    "self",
    "break ",
    "'a: ",
    "macro_rules! ",
    "return",
    "loop ",
    "\r\n",
    "\u{feff}",
];

/// Numbers that are the same on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    fn boundary(&mut self, text: &str) -> usize {
        floor(text, self.below(text.len() + 1))
    }
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn mutate(text: &mut String, numbers: &mut Numbers) {
    let at = numbers.boundary(text);
    match numbers.below(4) {
        0 => text.insert_str(at, PIECES[numbers.below(PIECES.len())]),
        1 => {
            let end = floor(text, at + numbers.below(40));
            text.replace_range(at..end.max(at), "");
        }
        2 => {
            let end = floor(text, at + 4).max(at);
            text.replace_range(at..end, PIECES[numbers.below(PIECES.len())]);
        }
        _ => {
            let from = numbers.boundary(text);
            let end = floor(text, from + numbers.below(300)).max(from);
            let piece = text[from..end].to_string();
            text.insert_str(at, &piece);
        }
    }
}

fn sources() -> Vec<PathBuf> {
    let root = std::env::var_os("UNSNARL_RUST_SOURCES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), PathBuf::from);
    let walk = walkdir::WalkDir::new(root).sort_by_file_name();
    let files = walk.into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    files.filter(|path| path.is_file() && path.extension().is_some_and(|it| it == "rs")).collect()
}

fn check(text: &str, facts: &FileFacts) {
    for unit in &facts.units {
        let alone = text.get(unit.span.range()).expect("a unit is a part of its file");
        for (n, value) in unit.values.iter().enumerate() {
            assert!(alone.get(value.span.range()).is_some(), "{value:?} is outside of its unit");
            let operand = match value.kind {
                ValueKind::Call { callee: of, .. }
                | ValueKind::Method { of, .. }
                | ValueKind::Attr { of, .. }
                | ValueKind::Await { of }
                | ValueKind::Try { of } => of,
                _ => continue,
            };
            assert!((operand.0 as usize) < n, "{value:?} comes before its operand");
        }
        for extent in unit.extents.iter() {
            assert!(extent.start <= extent.end && extent.end as usize <= unit.values.len(), "{extent:?}");
        }
    }
    for note in &facts.notes {
        assert!(note.span.end as usize <= text.len(), "{note:?} is outside");
    }
}

#[test]
fn broken_sources_give_facts() {
    let times = std::env::var("UNSNARL_MUTATIONS").ok().and_then(|times| times.parse().ok()).unwrap_or(60);
    let mut numbers = Numbers(12_345);
    let files = sources();
    for _ in 0..times {
        let path = &files[numbers.below(files.len())];
        let Ok(mut text) = std::fs::read_to_string(path) else { continue };
        for _ in 0..1 + numbers.below(6) {
            mutate(&mut text, &mut numbers);
        }
        let edition = if numbers.below(2) == 0 { Edition::E2021 } else { Edition::E2024 };
        check(&text, &unsnarl::rust::lower(&text, Dialect::Rust { edition }));
    }
}

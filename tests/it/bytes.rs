//! Whatever bytes a file holds: a note on that file, and the others go on.

use crate::annotations::check;
use std::fs;
use std::path::{Path, PathBuf};
use unsnarl::check::{NoticeKind, Source, Workers, decode};
use unsnarl::model::{Dialect, Edition, NoteKind};

const LIMIT: u64 = 1 << 20;

/// Texts that make parsers fail, abort or hang, for both languages.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let deep = |open: &str, close: &str| [open.repeat(100_000), close.repeat(100_000)].concat().into_bytes();
    let blocks: String = (0..3_000).map(|n| format!("{}if x:\n", " ".repeat(n % 200))).collect();
    vec![
        ("empty", Vec::new()),
        ("a byte order mark alone", b"\xef\xbb\xbf".to_vec()),
        ("a byte order mark and code", b"\xef\xbb\xbfx = 1\r\n".to_vec()),
        ("a shebang alone", b"#!/usr/bin/env python3".to_vec()),
        ("carriage returns", b"\r\r\r\n\r".to_vec()),
        ("invalid UTF-8", b"x = '\xff\xfe\xc3'\n".to_vec()),
        ("NUL bytes", b"x = 1\0\0".to_vec()),
        ("random bytes", (0..20_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect()),
        ("over the limit", vec![b' '; LIMIT as usize + 1]),
        ("open parentheses", deep("(", "")),
        ("nested parentheses", deep("(", ")")),
        ("nested brackets", deep("[", "]")),
        ("nested braces", deep("{", "}")),
        ("nested calls", deep("f(", ")")),
        ("nested blocks of Rust", format!("fn f() {{ {} {} }}", "{".repeat(100_000), "}".repeat(100_000)).into_bytes()),
        ("chained operators", ["fn f() { x", &" + x".repeat(50_000), " }"].concat().into_bytes()),
        ("chained methods", ["x", &".a()".repeat(50_000)].concat().into_bytes()),
        ("prefix operators", ["x = ", &"not ".repeat(50_000), "y"].concat().into_bytes()),
        ("references", ["fn f() { ", &"&".repeat(50_000), "x }"].concat().into_bytes()),
        ("nested types", ["fn f(x: ", &"Vec<".repeat(50_000), "u8", &">".repeat(50_000), ") {}"].concat().into_bytes()),
        ("blocks of Python", blocks.into_bytes()),
        ("else if", ["fn f() { if x {}", &" else if x {}".repeat(20_000), " }"].concat().into_bytes()),
        ("an open string", b"x = \"\"\"abc\n".to_vec()),
        ("an open comment", b"/* /* fn f() {}".to_vec()),
        ("half a function", b"async def f(:\n    await (\nfn g( { let".to_vec()),
        ("nested interpolation", format!("x = {}1{}", "f'{".repeat(300), "}'".repeat(300)).into_bytes()),
    ]
}

#[test]
fn any_bytes_give_facts() {
    let dialects = [
        Dialect::Python { stub: false },
        Dialect::Python { stub: true },
        Dialect::Rust { edition: Edition::E2021 },
        Dialect::Rust { edition: Edition::E2024 },
    ];
    let workers = Workers::new(Some(2)).expect("threads can be started");
    for (what, bytes) in hostile() {
        for dialect in dialects {
            let size = bytes.len() as u32;
            let facts =
                workers.run(|| unsnarl::check::lower(&Source { dialect, decoded: decode(bytes.clone(), LIMIT) }));
            assert!(!facts.notes.iter().any(|note| note.kind == NoteKind::Failed), "{what}: {dialect:?} failed");
            assert!(
                facts.notes.iter().all(|note| note.span.end <= size.max(1)),
                "{what}: {dialect:?}: a note is outside"
            );
        }
    }
}

/// A folder of this test, gone at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let folder = std::env::temp_dir().join(format!("unsnarl-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a temporary folder can be made");
        Scratch(folder)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.join(name), bytes).expect("a temporary file can be written");
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl AsRef<Path> for Scratch {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

#[test]
fn a_file_that_cannot_be_read_is_noted_and_the_others_are_checked() {
    let scratch = Scratch::new("bytes");
    scratch.write("binary.py", b"\0\0");
    scratch.write("latin.py", b"x = '\xe9'\n");
    scratch.write("fine.py", b"x = 1\n");
    scratch.write("unsnarl.toml", b"max-file-size = 100\n");
    scratch.write("large.rs", &[b' '; 101]);
    let checked = check(scratch.as_ref());
    let kinds: Vec<NoticeKind> = checked.findings.notes.iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [NoteKind::Binary, NoteKind::TooLarge, NoteKind::NotUtf8].map(NoticeKind::File));
    assert_eq!(checked.findings.summary.files, 4);
}

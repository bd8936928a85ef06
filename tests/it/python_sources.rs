//! What must hold of the facts of any Python file, tried on a folder of real sources.
//!
//! `UNSNARL_PYTHON_SOURCES=FOLDER cargo test --release --test it python_sources` reads that folder; without the
//! variable the tests read the fixtures. `cargo bench --bench lower` tells the speed and the size.

use std::path::{Path, PathBuf};
use unsnarl::model::{Dialect, FileFacts, NoteKind, Outline, Unit, ValueId, ValueKind, print};
use unsnarl::python::{lower, lower_unit};
use unsnarl::text::{Span, Strings};

const DIALECT: Dialect = Dialect::Python { stub: false };

fn sources() -> Vec<PathBuf> {
    let root = std::env::var_os("UNSNARL_PYTHON_SOURCES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("test-fixtures"), PathBuf::from);
    let walk = walkdir::WalkDir::new(root).sort_by_file_name();
    let files = walk.into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    files.filter(|path| path.is_file() && path.extension().is_some_and(|it| it == "py" || it == "pyi")).collect()
}

#[test]
fn facts_of_real_sources_are_sound() {
    let mut failures = Vec::new();
    for path in sources() {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for failure in check(&text) {
            failures.push(format!("{}: {failure}", path.display()));
        }
        if std::env::var_os("UNSNARL_PYTHON_SOURCES").is_some() {
            for note in lower(&text, DIALECT).notes {
                let line = text[..note.span.start as usize].matches('\n').count() + 1;
                println!("{}:{line}: {:?}", path.display(), note.kind);
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures[..failures.len().min(40)].join("\n"));
}

#[test]
fn every_prefix_of_a_source_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("test-fixtures/facts/python");
    let fixtures = [
        ("crlf_bom_and_form_feed.py", 1),
        ("condition_loop.py", 1),
        ("decorators.py", 1),
        ("syntax_of_all_versions.py", 7),
    ];
    for (name, step) in fixtures {
        let text = std::fs::read_to_string(folder.join(name)).expect("the fixture is there");
        let ends = (0..text.len()).filter(|end| text.is_char_boundary(*end)).step_by(step);
        for (number, end) in ends.enumerate() {
            let prefix = &text[..end];
            let failures = match number % 16 {
                0 => check(prefix),
                _ => misplaced_spans(prefix, &lower(prefix, DIALECT)),
            };
            assert!(failures.is_empty(), "{name} up to byte {end}: {}", failures.join("\n"));
        }
    }
}

/// Texts that are nested, long or broken beyond anything a person writes.
fn extreme_texts() -> Vec<(&'static str, String)> {
    let n = 100_000;
    let blocks = |head: &str, depth: usize| -> String {
        let lines = (0..depth).map(|level| format!("{}{head}\n", " ".repeat(level)));
        lines.chain([format!("{}pass\n", " ".repeat(depth))]).collect()
    };
    let garbage = || {
        let mut state = 1_u32;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 16
        };
        (0..20_000).map(|_| char::from_u32(next() % 0x250).unwrap_or('x')).collect::<String>()
    };
    vec![
        ("parentheses", format!("x = {}1{}\n", "(".repeat(n), ")".repeat(n))),
        ("open brackets", format!("x = {}\n", "[".repeat(n))),
        ("braces", "{".repeat(n)),
        ("calls", format!("x = {}{}\n", "f(".repeat(n), ")".repeat(n))),
        ("sums", format!("x = {}1\n", "a + ".repeat(n))),
        ("negations", format!("x = {}a\n", "not ".repeat(n))),
        ("attributes", format!("x = a{}\n", ".b".repeat(n))),
        ("methods", format!("x = a{}\n", ".b()".repeat(n / 10))),
        ("ternaries", format!("x = {}c\n", "a if b else ".repeat(n / 10))),
        ("lambdas", format!("x = {}c\n", "lambda: ".repeat(n / 10))),
        ("conditions", format!("x = {}c\n", "a and ".repeat(n / 10))),
        ("comparisons", format!("x = {}c\n", "a < ".repeat(n / 5))),
        ("elifs", format!("if a: pass\n{}", "elif b: pass\n".repeat(n / 5))),
        ("managers", format!("with {}b: pass\n", "a, ".repeat(n / 5))),
        ("comprehensions", format!("x = [a {}]\n", "for a in b ".repeat(n / 5))),
        ("annotations", format!("def f(x: {}{}): pass\n", "A[".repeat(n / 10), "]".repeat(n / 10))),
        ("quoted annotations", format!("def f(x: '{}{}'): pass\n", "A[".repeat(n), "]".repeat(n))),
        ("assignments", format!("{}1\n", "a = ".repeat(n / 10))),
        ("branches", blocks("if x:", 800)),
        ("functions", blocks("def f():", 300)),
        ("classes", blocks("class A:", 300)),
        ("continuations", "\\\n".repeat(n / 5)),
        ("comments", format!("if x:\n    a\n{}    b\n", "    # c\n".repeat(n / 5))),
        ("decorators", format!("{}def f(): pass\n", "@a\n".repeat(n / 5))),
        ("broken functions", "def f(1:\n  return )\n".repeat(2_000)),
        ("broken lines", "x = )\n".repeat(5_000)),
        ("type parameters", "class A[".repeat(5_000)),
        ("quotes", "'''\n".repeat(n / 5)),
        ("format strings", "f'{".repeat(n / 5)),
        ("zeros", "x=\0".repeat(10_000)),
        ("carriage returns", "\r".repeat(n)),
        ("garbage", garbage()),
    ]
}

#[test]
fn extreme_texts_are_read() {
    for (name, text) in extreme_texts() {
        // As large as the stacks on which files are lowered.
        let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(move || {
            let facts = lower(&text, DIALECT);
            let mut failures = misplaced_spans(&text, &facts);
            let again = lower(&text, DIALECT);
            let is_same = |(unit, other): (&Unit, &Unit)| unit.values == other.values && unit.regions == other.regions;
            if facts.units.len() != again.units.len() || !facts.units.iter().zip(&again.units).all(is_same) {
                failures.push("lowered again, it differs".to_string());
            }
            failures
        });
        let failures = thread.expect("a thread can be started").join().expect(name);
        assert!(failures.is_empty(), "{name}: {}", failures.join("\n"));
    }
}

#[test]
fn what_is_nested_too_deep_is_noted() {
    let facts = lower(&format!("x = {}1{}\ny = f()\n", "(".repeat(5_000), ")".repeat(5_000)), DIALECT);
    assert!(facts.notes.iter().any(|note| note.kind == NoteKind::TooDeep));
    assert!(print(&facts).contains("write y"), "what follows is read");
}

/// Spans that are not in the text, or not between characters.
fn misplaced_spans(text: &str, facts: &FileFacts) -> Vec<String> {
    let mut failures = Vec::new();
    let inside = |span: Span| {
        span.start <= span.end
            && span.end as usize <= text.len()
            && text.is_char_boundary(span.start as usize)
            && text.is_char_boundary(span.end as usize)
    };
    for span in file_spans(facts) {
        if !inside(span) {
            failures.push(format!("{span:?} is not in the file"));
        }
    }
    for (number, unit) in facts.units.iter().enumerate() {
        for span in unit_spans(unit) {
            if !inside(span.offset(unit.span.start)) {
                failures.push(format!("{span:?} of unit {number} is not in the file"));
            }
        }
    }
    failures
}

/// What is wrong with the facts of a text.
fn check(text: &str) -> Vec<String> {
    let facts = lower(text, DIALECT);
    let mut failures = misplaced_spans(text, &facts);
    for (number, unit) in facts.units.iter().enumerate() {
        check_structure(unit, number, &mut failures);
    }
    let printed = print(&facts);
    if printed != print(&lower(text, DIALECT)) {
        failures.push("lowered again, it differs".to_string());
    }
    for (number, unit) in facts.units.iter().enumerate().skip(1) {
        let here = shown(unit, &facts.strings);
        let alone = lower_unit(&text[unit.span.range()]).map(|(alone, strings)| shown(&alone, &strings));
        if alone.as_ref().is_some_and(|alone| *alone != here) || (alone.is_none() && !unit.values.is_empty()) {
            failures.push(format!("unit {number} differs when it is lowered alone"));
        }
    }
    failures
}

/// A unit as text, with its spans.
fn shown(unit: &Unit, strings: &Strings) -> String {
    let facts = FileFacts {
        dialect: DIALECT,
        strings: strings.clone(),
        outline: Outline::default(),
        units: vec![unit.clone()],
        directives: Vec::new(),
        notes: Vec::new(),
        bytes: 0,
        lines: 0,
    };
    format!("{}{:?}", print(&facts), unit_spans(unit))
}

fn file_spans(facts: &FileFacts) -> Vec<Span> {
    let outline = &facts.outline;
    let mut spans: Vec<Span> = facts.notes.iter().map(|note| note.span).collect();
    spans.extend(facts.directives.iter().flat_map(|it| [it.span, it.covers]));
    spans.extend(outline.definitions.iter().flat_map(|it| [it.span, it.name_span]));
    spans.extend(outline.imports.iter().map(|it| it.span));
    spans.extend(outline.units.iter().map(|it| it.span));
    spans
}

fn unit_spans(unit: &Unit) -> Vec<Span> {
    let mut spans: Vec<Span> = unit.values.iter().map(|it| it.span).collect();
    spans.extend(unit.functions.iter().map(|it| it.span));
    spans.extend(unit.locals.iter().map(|it| it.span));
    spans.extend(unit.imports.iter().map(|it| it.span));
    spans
}

/// Operands come before their values, regions lie in their parents, functions follow one another.
fn check_structure(unit: &Unit, number: usize, failures: &mut Vec<String>) {
    let mut wrong = |what: String| failures.push(format!("unit {number}: {what}"));
    for (id, value) in unit.values.iter().enumerate() {
        let operands = match value.kind {
            ValueKind::Attr { of, .. } | ValueKind::Await { of } => vec![of],
            ValueKind::Item { of, index } => vec![of, index],
            ValueKind::Operation { left, right, .. } => vec![left, right],
            ValueKind::Write { from, .. } | ValueKind::WriteName { from, .. } => vec![from],
            ValueKind::WriteAttr { of, from, .. } => vec![of, from],
            ValueKind::Call { args, count, .. } | ValueKind::Method { args, count, .. } => {
                unit.args(args, count).iter().map(|arg| arg.value).collect()
            }
            _ => Vec::new(),
        };
        if operands.iter().any(|operand| operand.is_some() && operand.0 as usize >= id) {
            wrong(format!("value {id} has a later operand"));
        }
        let region = unit.region(unit.region_of(ValueId(id as u32)));
        if !(region.start..region.end).contains(&(id as u32)) {
            wrong(format!("value {id} is outside its region"));
        }
    }
    for (id, region) in unit.regions.iter().enumerate() {
        let Some(parent) = unit.regions.get(region.parent.0 as usize) else { continue };
        if region.parent.0 as usize >= id || region.start < parent.start || region.end > parent.end {
            wrong(format!("region {id} is not in its parent"));
        }
    }
    let mut next = 0;
    for (id, function) in unit.functions.iter().enumerate() {
        if function.start != next {
            wrong(format!("function {id} does not follow the one before it"));
        }
        next = function.end;
    }
    if next as usize != unit.values.len() {
        wrong("the functions do not cover all values".to_string());
    }
}

#[test]
fn what_cannot_be_parsed_is_noted_and_the_rest_is_read() {
    let facts = lower("def broken(:\n    pass\n\n\nasync def whole():\n    await step()\n", DIALECT);
    assert!(facts.notes.iter().any(|note| note.kind == NoteKind::Syntax));
    let names: Vec<_> = facts.outline.definitions.iter().map(|it| facts.text(it.name)).collect();
    assert!(names.contains(&"whole"), "{names:?}");
}

#[test]
fn what_is_left_out_may_hold_any_characters() {
    for left_out in
        ["ret\u{e9}urn 1", "\u{e9}\u{e9} 1", "\u{6f22}\u{5b57} 1", "\u{1f600} 1", "a\u{1f600}", "\u{e9})", "x)"]
    {
        for text in [format!("async def f():\n    {left_out}\n"), format!("def f():\n    g()\n    {left_out}")] {
            let facts = lower(&text, DIALECT);
            assert!(facts.notes.iter().any(|note| note.kind == NoteKind::Syntax), "{text}: {:?}", facts.notes);
            assert_eq!((facts.units.len(), check(&text)), (2, Vec::new()), "{text}");
        }
    }
}

#[test]
fn lines_may_end_in_any_way() {
    let text = "import time  # unsnarl: allow(all)\n\n\nasync def f():\n    'a'\n    time.sleep(1)\n";
    let spans = |text: &str| file_spans(&lower(text, DIALECT));
    assert_eq!(spans(&text.replace('\n', "\r")), spans(text));
    assert_eq!(lower(&text.replace('\n', "\r\n"), DIALECT).lines, lower(text, DIALECT).lines);
    assert_eq!(lower(&text.replace('\n', "\r"), DIALECT).lines, lower(text, DIALECT).lines);
}

//! Rust texts that make a parser fail, overflow its stack or lose its place.

use unsnarl::model::{DefKind, Dialect, Edition, FileFacts, NoteKind, ValueKind};
use unsnarl::rust::lower;

const DIALECT: Dialect = Dialect::Rust { edition: Edition::E2024 };

fn functions(facts: &FileFacts) -> Vec<&str> {
    let definitions = facts.outline.definitions.iter();
    definitions.filter(|def| def.kind == DefKind::Function).map(|def| facts.text(def.name)).collect()
}

fn notes(facts: &FileFacts) -> Vec<NoteKind> {
    facts.notes.iter().map(|note| note.kind).collect()
}

/// Expressions that nest, with and without brackets.
fn nesting(times: usize) -> Vec<(&'static str, String)> {
    vec![
        ("sum", format!("x{}", " + x".repeat(times))),
        ("assignments", format!("{}x", "x = ".repeat(times))),
        ("negations", format!("{}x", "!".repeat(times))),
        ("references", format!("{}x", "&".repeat(times))),
        ("dereferences", format!("{}x", "*".repeat(times))),
        ("fields", format!("x{}", ".b".repeat(times))),
        ("methods", format!("x{}", ".b()".repeat(times))),
        ("questions", format!("x{}", "?".repeat(times))),
        ("awaits", format!("x{}", ".await".repeat(times))),
        ("calls", format!("x{}", "()".repeat(times))),
        ("items", format!("x{}", "[0]".repeat(times))),
        ("casts", format!("x{}", " as T".repeat(times))),
        ("else ifs", format!("if x {{}}{}", " else if x {}".repeat(times))),
        ("conditions", format!("{}x {}", "if ".repeat(times), "{} ".repeat(times))),
        ("returns", format!("{}x", "return ".repeat(times))),
        ("closures", format!("{}x", "|| ".repeat(times))),
        ("ands", format!("x{}", " && x".repeat(times))),
        ("chain of lets", format!("if x{} {{}}", " && let Some(x) = x".repeat(times))),
        ("parentheses", format!("{}x{}", "(".repeat(times), ")".repeat(times))),
        ("brackets", format!("{}x{}", "[".repeat(times), "]".repeat(times))),
        ("blocks", format!("{}x{}", "{".repeat(times), "}".repeat(times))),
        ("arguments", format!("{}x{}", "f(".repeat(times), ")".repeat(times))),
        ("async blocks", format!("{}x{}", "async {".repeat(times), "}".repeat(times))),
        ("macros", format!("{}x{}", "m!(".repeat(times), ")".repeat(times))),
        ("types", format!("x as {}u8{}", "Vec<".repeat(times), ">".repeat(times))),
        ("reference types", format!("x as {}u8", "&".repeat(times))),
        ("patterns", format!("match x {{ {}x{} => 1 }}", "Some(".repeat(times), ")".repeat(times))),
        ("reference patterns", format!("match x {{ {}x => 1 }}", "&".repeat(times))),
        ("ranges", format!("x{}", "..".repeat(times))),
        ("matches", format!("{}x{}", "match x { _ => ".repeat(times), "}".repeat(times))),
        ("loops", format!("{}{}", "loop {".repeat(times), "}".repeat(times))),
    ]
}

#[test]
fn deep_texts_are_left_out_and_the_rest_is_read() {
    for (what, expr) in nesting(100_000) {
        let text = format!("fn before() {{ a(); }}\nfn deep() {{ {expr}; }}\nfn after() {{ b(); }}\n");
        let facts = lower(&text, DIALECT);
        assert!(functions(&facts).contains(&"before"), "{what}");
        assert!(functions(&facts).contains(&"after"), "{what}");
        let told = notes(&facts);
        assert!(told.contains(&NoteKind::TooDeep) || told.contains(&NoteKind::Syntax), "{what}: {told:?}");
    }
    let deep_use = format!("use a{};\nfn after() {{}}", "::b".repeat(100_000));
    lower(&deep_use, DIALECT);
}

#[test]
fn what_is_not_too_deep_is_read() {
    for (what, expr) in [300, 600, 990, 1_980].into_iter().flat_map(nesting) {
        let text = format!("fn deep() {{ {expr}; }}\nfn after() {{ b(); }}\n");
        let facts = lower(&text, DIALECT);
        assert!(functions(&facts).contains(&"after"), "{what}");
        assert!(!notes(&facts).contains(&NoteKind::Failed), "{what}");
    }
}

#[test]
fn items_that_do_not_parse_are_left_out() {
    let text = "use a::b;\nfn good() {}\nfn bad( { let }\nimpl S {\n    fn one(&self) {}\n    fn two(&self { }\n    \
                fn three(&self) {}\n}\nmod m {\n    fn four() {}\n    struct;\n}\nconst X: u8 = if a { 1 } else { 2 };\n\
                fn last() {}\n";
    let facts = lower(text, DIALECT);
    assert!(notes(&facts).contains(&NoteKind::Syntax));
    let found = functions(&facts);
    for name in ["good", "last", "four", "one", "three"] {
        assert!(found.contains(&name), "{name} of {found:?}");
    }
    assert_eq!(facts.outline.imports.len(), 1);
    let good = facts.outline.definitions.iter().find(|def| facts.text(def.name) == "good").expect("good is there");
    assert_eq!(&text[good.span.range()], "fn good() {}");
}

#[test]
fn an_open_bracket_costs_its_item_only() {
    let text = "fn good() {}\nfn open() {\n    if x {\n}\n\nfn next() {}\nfn last() {}\n";
    let facts = lower(text, DIALECT);
    let found = functions(&facts);
    assert!(found.contains(&"good") && found.contains(&"next") && found.contains(&"last"), "{found:?}");
}

#[test]
fn odd_texts_give_facts() {
    let odd = [
        "",
        "\u{feff}",
        "\u{feff}fn f() {}",
        "#!/usr/bin/env run\nfn f() {}",
        "#![allow(x)]\r\nfn f() {\r\n    g();\r\n}\r\n",
        "fn f() { \"\u{1F600}\u{e9}\"; g(\u{e9}); }",
        "fn f() { 'a; '\\'; b'x'; r#\"\"#; c\"x\"; }",
        "/* /* fn f() {}",
        "\"open",
        "}}}}((((",
        "fn f() { m!{ \"open }",
        "\0\0\0",
        "fn f() { format!(\"{\u{e9}} {x:>w$.p$} {{}} {0} {}\", y); }",
        "/// doc \"with ' quotes {{\nfn f() {}",
        "fn f() { tokio::select! { biased; } }",
        "fn f() { tokio::select! { x => } join!(,) vec![;] matches!() assert!() format!() }",
        "fn f() { let x = break; continue 'a; return }",
        "fn f() { (return)(); (loop {}).x.y(); (break).await?; -return; return[return]; x.y = return; *return = 1; }",
        "struct S; impl S { const X: T = async { f().await }; }",
    ];
    for text in odd {
        for edition in [Edition::E2015, Edition::E2018, Edition::E2021, Edition::E2024] {
            let facts = lower(text, Dialect::Rust { edition });
            assert_eq!(facts.units.len(), facts.outline.units.len(), "{text:?}");
            for unit in &facts.units {
                let alone = text.get(unit.span.range()).unwrap_or_else(|| panic!("{text:?}: a unit's span"));
                for value in unit.values.iter() {
                    assert!(alone.get(value.span.range()).is_some(), "{text:?}: {value:?}");
                    match value.kind {
                        ValueKind::Call { callee: of, .. }
                        | ValueKind::Method { of, .. }
                        | ValueKind::Attr { of, .. }
                        | ValueKind::Await { of }
                        | ValueKind::Try { of } => assert!(of.is_some(), "{text:?}: {value:?}"),
                        _ => {}
                    }
                }
            }
        }
    }
}

#[test]
fn positions_are_bytes_of_the_whole_text() {
    for prefix in ["", "\u{feff}", "#!/bin/x \u{e9}\r\n", "\u{feff}#!/bin/x\n", "// \u{1F600}\r\n"] {
        let text = format!("{prefix}/// \u{e9}\r\nfn f() {{ let \u{e9}t\u{e9} = g(\"\u{1F600}\"); h(\u{e9}t\u{e9}) }}");
        let facts = lower(&text, DIALECT);
        let unit = &facts.units[1];
        assert!(text[unit.span.range()].starts_with("///"), "{prefix:?}");
        let last = unit.values.iter().rev().nth(1).expect("there are values");
        let alone = &text[unit.span.range()];
        assert_eq!(&alone[last.span.range()], "h(\u{e9}t\u{e9})", "{prefix:?}");
    }
}

//! What `// unsnarl:` comments of Rust files speak of.

use unsnarl::model::{Dialect, DirectiveScope, Edition};

/// The text, scope and first line of what each directive covers.
fn read(text: &str) -> Vec<(String, DirectiveScope, String)> {
    let facts = unsnarl::rust::lower(text, Dialect::Rust { edition: Edition::E2021 });
    let directives = facts.directives.iter();
    directives
        .map(|directive| {
            let covered = &text[directive.covers.range()];
            let first = covered.lines().next().unwrap_or_default().trim().to_string();
            (facts.text(directive.text).to_string(), directive.on, first)
        })
        .collect()
}

fn one(text: &str) -> (String, DirectiveScope, String) {
    let mut found = read(text);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn a_comment_behind_a_statement_covers_it() {
    let (text, on, covered) = one("fn f() {\n    a();\n    b(); // unsnarl: allow(x, reason = \"y\")\n    c();\n}\n");
    assert_eq!((text.as_str(), on, covered.as_str()), ("allow(x, reason = \"y\")", DirectiveScope::Statement, "b();"));
}

#[test]
fn a_comment_above_a_statement_covers_it() {
    let (_, on, covered) = one("fn f() {\n    a();\n    // unsnarl: allow(x)\n    b()\n        .c();\n}\n");
    assert_eq!((on, covered.as_str()), (DirectiveScope::Statement, "b()"));
}

#[test]
fn a_comment_inside_a_statement_covers_it() {
    let (_, on, covered) = one("fn f() {\n    a(\n        x, // unsnarl: allow(x)\n        y,\n    );\n    b();\n}\n");
    assert_eq!((on, covered.as_str()), (DirectiveScope::Statement, "a("));
    let (_, _, covered) = one("fn f() {\n    a\n        // unsnarl: allow(x)\n        .b();\n    c();\n}\n");
    assert_eq!(covered, "a");
}

#[test]
fn a_comment_at_a_definition_covers_it() {
    let above = one("struct S;\n// unsnarl: non-blocking(reason = \"z\")\n#[inline]\nfn f() {\n    a();\n}\n");
    assert_eq!((above.1, above.2.as_str()), (DirectiveScope::Definition, "#[inline]"));
    let behind = one("impl S {\n    pub fn f(&self) { // unsnarl: allow(x)\n        a();\n    }\n}\n");
    assert_eq!((behind.1, behind.2.as_str()), (DirectiveScope::Definition, "pub fn f(&self) { // unsnarl: allow(x)"));
}

#[test]
fn a_comment_above_everything_covers_the_file() {
    let (_, on, _) = one("//! Docs.\n// unsnarl: allow(x)\n\nfn f() {}\n");
    assert_eq!(on, DirectiveScope::File);
    let (_, on, covered) = one("// unsnarl: allow(x)\nfn f() {}\n");
    assert_eq!((on, covered.as_str()), (DirectiveScope::Definition, "fn f() {}"));
}

#[test]
fn texts_are_not_comments() {
    assert!(read("fn f() { a(\"// unsnarl: allow(x)\"); }\n").is_empty());
}

//! What directives cover, shown as the text that they cover.

use crate::model::DirectiveScope::{self, Definition, File, Statement};
use crate::model::{Dialect, Edition};

/// By directive, what it says, what it covers (its first and last line if there are more than one) and its scope.
fn read(text: &str) -> Vec<(String, String, DirectiveScope)> {
    let facts = crate::rust::lower(text, Dialect::Rust { edition: Edition::E2021 });
    let show = |covered: &str| match (covered.lines().next(), covered.lines().next_back()) {
        (Some(first), Some(last)) if first != last => format!("{} … {}", first.trim(), last.trim()),
        _ => covered.to_owned(),
    };
    let directives = facts.directives.iter();
    directives.map(|it| (facts.text(it.text).to_owned(), show(&text[it.covers.range()]), it.on)).collect()
}

fn check(text: &str, expected: &[(&str, &str, DirectiveScope)]) {
    let found = read(text);
    let found: Vec<_> = found.iter().map(|(says, covers, on)| (says.as_str(), covers.as_str(), *on)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_comment_behind_code_speaks_of_the_statements_of_its_line() {
    check("fn f() {\n    a(); // unsnarl: x\n    b();\n}\n", &[("x", "a();", Statement)]);
    check("fn f() { // unsnarl: x\n    a();\n}\n", &[("x", "fn f() { // unsnarl: x … }", Definition)]);
    check("fn f() {\n    a(); b(); // unsnarl: x\n}\n", &[("x", "a(); b();", Statement)]);
    check("fn f() {\n    a(\n        b(), // unsnarl: x\n    );\n}\n", &[("x", "a( … );", Statement)]);
    check("fn f() {\n    a();\n} // unsnarl: x\n", &[("x", "fn f() { … }", Definition)]);
    check("fn f() {\n    a(/* unsnarl: x */ 1);\n}\n", &[("x", "a(/* unsnarl: x */ 1);", Statement)]);
    check("#[test] // unsnarl: x\nfn f() {}\n", &[("x", "#[test] // unsnarl: x … fn f() {}", Definition)]);
    check(
        "fn f() {\n    if a {\n        b();\n    } else { // unsnarl: x\n    }\n}\n",
        &[("x", "if a { … }", Statement)],
    );
}

#[test]
fn a_comment_on_its_own_line_speaks_of_what_is_below() {
    check("fn f() {\n    // unsnarl: x\n    a();\n    b();\n}\n", &[("x", "a();", Statement)]);
    check(
        "use a::b;\n// unsnarl: x\n\n/// Docs.\n#[test]\npub(crate) async fn f() {\n}\n",
        &[("x", "/// Docs. … }", Definition)],
    );
    check("use a::b;\n/// Docs.\n#[test]\n// unsnarl: x\nfn f() {\n}\n", &[("x", "/// Docs. … }", Definition)]);
    check("use a::b;\n// unsnarl: x\nstruct S(u8);\n", &[("x", "struct S(u8);", Definition)]);
    check("// unsnarl: x\nunsafe impl<T> A for B<T> {\n}\n", &[("x", "unsafe impl<T> A for B<T> { … }", Definition)]);
    check(
        "impl A {\n    fn a() {}\n    // unsnarl: x\n    #[b(c, {})]\n    pub fn d() {}\n}\n",
        &[("x", "#[b(c, {})] … pub fn d() {}", Definition)],
    );
    check(
        "fn f() {\n    // unsnarl: x\n    #[allow(a)]\n    b.c().await;\n}\n",
        &[("x", "#[allow(a)] … b.c().await;", Statement)],
    );
    check(
        "fn f() {\n    a(\n        // unsnarl: x\n        b(),\n        || {\n            c();\n        },\n    )\n}\n",
        &[("x", "a( … )", Statement)],
    );
    check("fn f() {\n    /* unsnarl: x */ let a = b;\n}\n", &[("x", "let a = b;", Statement)]);
}

#[test]
fn below_the_last_statement_there_is_nothing() {
    check("fn f() {\n    a();\n    // unsnarl: x\n}\nfn g() {}\n", &[("x", "", Statement)]);
    check("fn f() {}\n// unsnarl: x\n", &[("x", "", Statement)]);
}

#[test]
fn arms_are_statements() {
    let text = "fn f() {\n    match a {\n        A => b(),\n        // unsnarl: x\n        B | C => {\n            c();\n        }\n        D => d(), // unsnarl: y\n    }\n}\n";
    check(text, &[("x", "B | C => { … }", Statement), ("y", "D => d(),", Statement)]);
}

#[test]
fn statements_in_macros_are_known() {
    let text = "async fn f() {\n    tokio::select! {\n        a = b() => {\n            // unsnarl: x\n            c();\n            d();\n        }\n        // unsnarl: y\n        e = g(), if h => i(),\n    }\n}\n";
    check(text, &[("x", "c();", Statement), ("y", "e = g(), if h => i()", Statement)]);
    let text = "thread_local! {\n    // unsnarl: x\n    static A: u8 = 1;\n}\n";
    check(text, &[("x", "static A: u8 = 1;", Statement)]);
}

#[test]
fn a_comment_above_all_code_and_an_empty_line_speaks_of_the_file() {
    let file = |text: &str| {
        let found = read(text);
        assert_eq!(found.iter().map(|it| it.2).collect::<Vec<_>>(), [File], "{text}");
    };
    file("// unsnarl: x\n\nuse a;\n");
    file("#!/usr/bin/env x\n// unsnarl: x\n\nuse a;\n");
    file("\u{feff}//! Docs.\n#![allow(a)]\n\n// Comment.\n// unsnarl: x\n// More.\r\n\r\nfn f() {}\n");
    file("// unsnarl: x");
    check("// unsnarl: x\nuse a;\n\nfn f() {}\n", &[("x", "use a;", Statement)]);
    check("use a;\n// unsnarl: x\n\nfn f() {}\n", &[("x", "fn f() {}", Definition)]);
}

#[test]
fn only_ordinary_comments_are_directives() {
    check("/// unsnarl: x\nfn f() {}\n/** unsnarl: x */\nfn g() {}\n", &[]);
    check("//! unsnarl: x\n/*! unsnarl: x */\n", &[]);
    check("fn f() {\n    a(\"// unsnarl: x\", r#\"\" // unsnarl: x\"#, '\"', b'\\'', c\"//unsnarl:\");\n}\n", &[]);
    check("fn f() {} // about unsnarl: x\n/* /* */ unsnarl: x */\n", &[]);
    check("fn f<'a>(a: &'a str) {\n    b('\"'); // unsnarl: x\n    c('\"');\n}\n", &[("x", "b('\"');", Statement)]);
    check(
        "fn f() {\n    /* unsnarl: allow(\n    x) /* y */ */\n    a();\n}\n",
        &[("allow(\n    x) /* y */", "a();", Statement)],
    );
    check(
        "fn f() {\n    //unsnarl:x\n    a(); //// unsnarl: y\n}\n",
        &[("x", "a();", Statement), ("y", "a();", Statement)],
    );
}

#[test]
fn spans_count_bytes() {
    let text = "\u{feff}fn f() {\r\n    ä(\"βγ\"); // unsnarl: x  \r\n    // unsnarl: y\r\n    b(\"δ\");\r\n}\r\n";
    check(text, &[("x", "ä(\"βγ\");", Statement), ("y", "b(\"δ\");", Statement)]);
    let facts = crate::rust::lower(text, Dialect::Rust { edition: Edition::E2021 });
    let comments: Vec<_> = facts.directives.iter().map(|it| &text[it.span.range()]).collect();
    assert_eq!(comments, ["// unsnarl: x", "// unsnarl: y"]);
}

#[test]
fn what_does_not_parse_is_covered_by_lines() {
    let text =
        "fn f() {\n    a(; // unsnarl: x\n    // unsnarl: y\n    ) b\n}\n\nfn g() {\n    c(); // unsnarl: z\n}\n";
    check(text, &[("x", "a(;", Statement), ("y", ") b", Statement), ("z", "c();", Statement)]);
    check("impl {\n    // unsnarl: x\n    fn f( {\n", &[("x", "fn f( {", Statement)]);
    check("\"a\n// unsnarl: x", &[("x", "", Statement)]);
}

#[test]
fn many_directives_are_read_fast() {
    let text = format!("fn f() {{\n{}}}\n", "    // unsnarl: x\n    a(); // unsnarl: y\n".repeat(20_000));
    assert_eq!(read(&text).len(), 40_000);
}

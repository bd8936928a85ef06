//! Where comments are written, by texts before and after.

use super::*;
use crate::model::{Dialect, Edition};

const LINT: &str = "untracked-spawn";
const OTHER: &str = "blocking-call-in-async";

fn source(text: &str, is_rust: bool) -> Source {
    let dialect = if is_rust { Dialect::Rust { edition: Edition::E2021 } } else { Dialect::Python { stub: false } };
    Source { dialect, decoded: Decoded { text: text.to_owned(), notes: Vec::new() } }
}

/// The text with comments for each `HERE`, which is left out of it; done again, nothing changes.
fn commented(text: &str, reason: Option<&str>) -> String {
    let is_rust = text.contains("fn ");
    let mut clean = String::new();
    let mut findings = Vec::new();
    for part in text.split("HERE") {
        clean += part;
        findings.push((Span::new(clean.len() as u32, clean.len() as u32 + 3), vec![LINT]));
    }
    findings.pop();
    let (silenced, _) = silence(&source(&clean, is_rust), &findings, reason);
    assert_eq!(silenced.left, 0, "{}", silenced.text);
    let mut bytes = clean.into_bytes();
    apply(&mut bytes, &silenced.edits);
    assert_eq!(String::from_utf8(bytes).expect("is UTF-8"), silenced.text);
    let mut moved_findings = findings;
    for edit in &silenced.edits {
        moved_findings.iter_mut().for_each(|(span, _)| *span = moved(*span, edit));
    }
    assert_eq!(silence(&source(&silenced.text, is_rust), &moved_findings, reason).0.edits, []);
    silenced.text
}

#[track_caller]
fn check(before: &str, after: &str) {
    assert_eq!(commented(before, None), after.replace("ALLOW", "unsnarl: allow(untracked-spawn)"));
}

#[test]
fn a_comment_stands_above_the_statement() {
    check("def f():\n    HEREa()\n", "def f():\n    # ALLOW\n    a()\n");
    check("fn f() {\n\tHEREa();\n}\n", "fn f() {\n\t// ALLOW\n\ta();\n}\n");
    check("x = HEREa()\ny = 1\n", "# ALLOW\nx = a()\ny = 1\n");
    check("x = 1\ny = HEREa()", "x = 1\n# ALLOW\ny = a()");
    check("\u{feff}HEREa()\nb()\n", "\u{feff}# ALLOW\na()\nb()\n");
}

#[test]
fn statements_of_many_lines_have_it_above_their_first() {
    check(
        "def f():\n    a(\n        1,\n        HEREb(),\n    )\n",
        "def f():\n    # ALLOW\n    a(\n        1,\n        b(),\n    )\n",
    );
    check("def f():\n    x = 1 + \\\n        HEREb()\n", "def f():\n    # ALLOW\n    x = 1 + \\\n        b()\n");
    check(
        "def f():\n    x = f\"\"\"\n  {HEREb()}\n\"\"\"\n",
        "def f():\n    # ALLOW\n    x = f\"\"\"\n  {b()}\n\"\"\"\n",
    );
    check(
        "fn f() {\n    a\n        .HEREb()\n        .c();\n}\n",
        "fn f() {\n    // ALLOW\n    a\n        .b()\n        .c();\n}\n",
    );
}

#[test]
fn heads_of_blocks_are_covered() {
    check(
        "def f(x):\n    if x:\n        a()\n    elif HEREb():\n        c()\n",
        "def f(x):\n    # ALLOW\n    if x:\n        a()\n    elif b():\n        c()\n",
    );
    check(
        "def f(x):\n    with HEREa() as y:\n        b()\n",
        "def f(x):\n    # ALLOW\n    with a() as y:\n        b()\n",
    );
    check("@HEREa()\n@b\ndef f():\n    pass\n", "# ALLOW\n@a()\n@b\ndef f():\n    pass\n");
    check("@a\n@HEREb()\ndef f():\n    pass\n", "# ALLOW\n@a\n@b()\ndef f():\n    pass\n");
    check("#[HEREa]\nfn f() {\n}\n", "// ALLOW\n#[a]\nfn f() {\n}\n");
    check(
        "fn f(x: u8) {\n    match x {\n        1 => HEREa(),\n        _ => b(),\n    }\n}\n",
        "fn f(x: u8) {\n    match x {\n        // ALLOW\n        1 => a(),\n        _ => b(),\n    }\n}\n",
    );
}

#[test]
fn line_ends_stay_what_they_are() {
    check("def f():\r\n    HEREa()\r\n", "def f():\r\n    # ALLOW\r\n    a()\r\n");
    check("x = 1\r\nHEREa()", "x = 1\r\n# ALLOW\r\na()");
}

#[test]
fn several_findings_of_a_statement_share_a_comment() {
    check(
        "def f():\n    a(HEREb(), HEREc())\n    HEREd()\n",
        "def f():\n    # ALLOW\n    a(b(), c())\n    # ALLOW\n    d()\n",
    );
    check("def f():\n    if x: HEREa(); HEREb()\n", "def f():\n    # ALLOW\n    if x: a(); b()\n");
}

#[test]
fn a_comment_that_allows_another_lint_is_extended() {
    let before = "def f():\n    # unsnarl: allow(blocking-call-in-async, reason = \"once\")\n    HEREa()\n";
    let after = "def f():\n    # unsnarl: allow(blocking-call-in-async, untracked-spawn, reason = \"once\")\n    a()\n";
    assert_eq!(commented(before, Some("why")), after);
    let before = "fn f() {\n    HEREa(); // unsnarl: allow(blocking-call-in-async)\n}\n";
    let after = "fn f() {\n    a(); // unsnarl: allow(blocking-call-in-async, untracked-spawn, reason = \"why\")\n}\n";
    assert_eq!(commented(before, Some("why")), after);
    let text = "# unsnarl: allow(blocking-call-in-async)\n\ndef f():\n    a()\n";
    let at = Span::new(text.find("a()").expect("is there") as u32, text.len() as u32 - 1);
    let (both, _) = silence(&source(text, false), &[(at, vec![OTHER, LINT])], None);
    assert!(both.text.ends_with("    # unsnarl: allow(untracked-spawn)\n    a()\n"), "{}", both.text);
}

#[test]
fn a_reason_is_written_as_a_text() {
    let text = commented("HEREa()\n", Some("the \"old\"\nway\\"));
    assert_eq!(text, "# unsnarl: allow(untracked-spawn, reason = \"the \\\"old\\\" way\\\\\")\na()\n");
}

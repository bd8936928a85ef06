//! A lock or guard that belongs to a thread is held while the function is suspended.

use crate::catalogue::Language;
use crate::flow::Func;
use crate::flow::held::guards::Held;
use crate::lint::{Cx, Family, Finding, Level, Lint, Severity, Step};

pub const LINT: Lint = Lint {
    name: "guard-across-await",
    summary: "a guard that belongs to a thread is held across an await",
    family: Family::Locks,
    level: Level::Warn,
    languages: &[Language::Python, Language::Rust],
    since: "0.1.0",
    page: include_str!("guard_across_await.md"),
    check,
};

fn check(cx: &Cx) -> Vec<Finding> {
    let mut eval = cx.eval();
    let mut findings = Vec::new();
    for func in cx.on_loop() {
        for held in cx.program.held_over_suspensions(&mut eval, func) {
            findings.extend(finding(cx, func, &held));
        }
        eval.forget_values();
    }
    findings
}

fn finding(cx: &Cx, func: Func, held: &Held) -> Option<Finding> {
    let (consequence, severity) = match held.across_await.as_str() {
        "deadlocks" => ("another task on this thread that takes the lock blocks it for good", Severity::Fatal),
        "panics" => ("another task that borrows meanwhile panics", Severity::Fatal),
        "wrong-context" => ("other tasks run inside it until this one goes on", Severity::Long),
        _ => return None,
    };
    let guard = &cx.program.catalogue.ty(held.ty).path;
    let subject = match (held.name.as_str(), held.of.as_str()) {
        ("" | "_", "lock") => format!("`{guard}` is held"),
        ("" | "_", _) => format!("`{guard}` lives"),
        (name, _) => format!("`{name}` holds a `{guard}`"),
    };
    let inside = held.inside.as_ref().map(|inside| format!(" inside `{inside}`")).unwrap_or_default();
    let awaits = match held.over.len() {
        1 => "an await".to_owned(),
        n => format!("{n} awaits"),
    };
    let chain = held
        .over
        .iter()
        .map(|over| Step {
            at: cx.place(func.at(*over)),
            function: cx.name(func),
            what: "suspended here while it is held".to_owned(),
        })
        .collect();
    let finding =
        Finding::at(cx.place(held.at), format!("{subject}{inside} across {awaits} in {}", cx.on_loop_title(func)))
            .in_function(cx.name(func))
            .label(consequence)
            .through(chain)
            .severity(severity);
    Some(match held.of.as_str() {
        "lock" => finding
            .help("release it before the await: copy out what is needed in a block of its own")
            .help("or use the runtime's own lock, if it must be held"),
        "borrow" => finding.help("end the borrow before the await"),
        _ => finding.help("enter it only around code without awaits"),
    })
}

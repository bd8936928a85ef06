//! An async function, or a callback on the loop, comes to a library call that makes its thread wait.

use crate::catalogue::Language;
use crate::flow::Group;
use crate::lint::{Cx, Family, Finding, Level, Lint, waits};

pub const LINT: Lint = Lint {
    name: "blocking-call-in-async",
    summary: "an async function reaches a call that blocks its thread",
    family: Family::Blocking,
    level: Level::Warn,
    languages: &[Language::Python, Language::Rust],
    since: "0.1.0",
    page: include_str!("blocking_call_in_async.md"),
    check,
};

fn check(cx: &Cx) -> Vec<Finding> {
    cx.blocking(Group::Blocking).iter().map(|reached| waits(cx, reached, "blocks its thread")).collect()
}

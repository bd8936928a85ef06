//! An async function, or a callback on the loop, waits for another thread without awaiting.

use crate::catalogue::Language;
use crate::flow::Group;
use crate::lint::{Cx, Family, Finding, Level, Lint, waits};

pub const LINT: Lint = Lint {
    name: "blocking-wait-in-async",
    summary: "an async function waits for another thread without awaiting",
    family: Family::Blocking,
    level: Level::Warn,
    languages: &[Language::Python, Language::Rust],
    since: "0.1.0",
    page: include_str!("blocking_wait_in_async.md"),
    check,
};

fn check(cx: &Cx) -> Vec<Finding> {
    cx.blocking(Group::Wait).iter().map(|reached| waits(cx, reached, "waits for another thread")).collect()
}

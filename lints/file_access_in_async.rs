//! An async function, or a callback on the loop, comes to a call that waits for the file system.

use crate::catalogue::Language;
use crate::flow::Group;
use crate::lint::{Cx, Family, Finding, Level, Lint, waits};

pub const LINT: Lint = Lint {
    name: "file-access-in-async",
    summary: "an async function reaches a call that waits for the file system",
    family: Family::Blocking,
    level: Level::Warn,
    languages: &[Language::Python, Language::Rust],
    since: "0.1.0",
    page: include_str!("file_access_in_async.md"),
    check,
};

fn check(cx: &Cx) -> Vec<Finding> {
    cx.blocking(Group::File).iter().map(|reached| waits(cx, reached, "waits for the file system")).collect()
}

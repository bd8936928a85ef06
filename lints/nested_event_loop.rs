//! Code that runs on an event loop starts or enters another.

use crate::catalogue::Language;
use crate::flow::{Certainty, Group, Reached};
use crate::lint::{Cx, Family, Finding, Level, Lint, quoted, reaches, worker};

pub const LINT: Lint = Lint {
    name: "nested-event-loop",
    summary: "code that runs on an event loop enters another",
    family: Family::Blocking,
    level: Level::Warn,
    languages: &[Language::Python, Language::Rust],
    since: "0.1.0",
    page: include_str!("nested_event_loop.md"),
    check,
};

fn check(cx: &Cx) -> Vec<Finding> {
    cx.blocking(Group::Runtime).iter().map(|reached| nested(cx, reached)).collect()
}

fn nested(cx: &Cx, reached: &Reached) -> Finding {
    let root = reached.root;
    let finding = reaches(cx, reached, "enters a second event loop");
    // Somewhere the project makes loops nest; whether before this is not known.
    let finding = match cx.program.nests_loops(cx.program.language(root.file)) {
        true => finding.certainty(Certainty::Possible),
        false => finding,
    };
    let finding = match (reached.chain.len(), cx.instead(reached.event(), root)) {
        (1, Some(instead)) => finding.help(format!("use {} here: a loop runs already", quoted(&instead))),
        (1, None) => finding.help("await the coroutine here: a loop runs already"),
        _ => finding.help("make the functions in between async and await them"),
    };
    finding.help(format!("or run the plain function on {}", worker(&cx.offload(root))))
}

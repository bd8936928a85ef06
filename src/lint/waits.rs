//! The words of a finding that reaches a wait: the same for every lint that tells waits.

use super::{Cx, Finding, Severity};
use crate::flow::Reached;

/// The finding for a call that reaches a wait, with what to write instead; `consequence` follows the function's name.
pub fn waits(cx: &Cx, reached: &Reached, consequence: &str) -> Finding {
    let finding = reaches(cx, reached, consequence);
    let offload = cx.offload(reached.root);
    match cx.instead(reached.event(), reached.root).filter(|instead| !offload.contains(instead.trim_matches('`'))) {
        Some(instead) => {
            finding.help(format!("use {}", quoted(&instead))).help(format!("or run it on {}", worker(&offload)))
        }
        None => finding.help(format!("run it on {}", worker(&offload))),
    }
}

/// The finding for a call that reaches an event; `consequence` follows the function's name.
pub fn reaches(cx: &Cx, reached: &Reached, consequence: &str) -> Finding {
    let event = reached.event();
    let name = cx.event_name(event);
    let root = reached.root;
    let message = match reached.chain.len() {
        1 => format!("`{name}` {} in {}", event.why, cx.on_loop_title(root).trim_end_matches(',')),
        _ => format!("{} {consequence}: it reaches `{name}`, which {}", cx.on_loop_title(root), event.why),
    };
    let label = match reached.chain.len() {
        1 => format!("`{name}` {}", event.why),
        _ => format!("{}, which leads to `{name}`", cx.what(&reached.chain[0].kind)),
    };
    // One library call is one cause, whichever way leads to it: one change there mends all.
    let cause = match reached.chain.get(1) {
        Some(_) => {
            let leaf = cx.place(reached.chain.last().expect("a chain ends in its event").at);
            format!("{name} {}:{}", cx.path(leaf), leaf.span.start)
        }
        None => String::new(),
    };
    Finding::at(cx.place(root.at(reached.at)), message)
        .in_function(cx.name(root))
        .label(label)
        .through(cx.chain(reached))
        .reaching(name)
        .certainty(cx.alone(root, reached.certainty))
        .severity(Severity::of(reached.stall))
        .cause(cause)
}

/// A path stands in backticks, words do not.
pub fn quoted(instead: &str) -> String {
    if instead.contains(['`', ' ']) { instead.to_owned() } else { format!("`{instead}`") }
}

/// Where to run what waits, for a sentence.
pub fn worker(offload: &str) -> String {
    if offload.starts_with('`') { format!("a worker thread with {offload}") } else { offload.to_owned() }
}

//! The words of a finding that reaches a wait: the same for every lint that tells waits.

use super::{Cx, Finding, Severity};
use crate::flow::Reached;

/// The finding for a call that reaches an event; `consequence` follows the function's name.
pub fn waits(cx: &Cx, reached: &Reached, consequence: &str) -> Finding {
    let event = reached.event();
    let name = cx.event_name(event);
    let root = reached.root;
    let message = match reached.chain.len() {
        1 => format!("`{name}` {} in async {}", event.why, cx.title(root)),
        _ => format!("async {} {consequence}: it reaches `{name}`, which {}", cx.title(root), event.why),
    };
    let label = match reached.chain.len() {
        1 => format!("`{name}` {}", event.why),
        _ => format!("{}, which leads to `{name}`", cx.what(&reached.chain[0].kind)),
    };
    let cause = match reached.chain.get(1) {
        Some(_) => {
            // Names, not numbers: a cause stays the same when lines move and files are added.
            let leaf = reached.chain.last().expect("a chain ends in its event").at;
            let path = &cx.program.file(leaf.unit.file).path;
            let within = cx.name(cx.program.function_at(leaf));
            format!("{} · `{name}` in `{within}` of {path}", cx.what(&reached.chain[0].kind))
        }
        None => String::new(),
    };
    let mut finding = Finding::at(cx.place(root.at(reached.at)), message)
        .in_function(cx.name(root))
        .label(label)
        .through(cx.chain(reached))
        .certainty(cx.alone(root, reached.certainty))
        .severity(Severity::of(reached.stall))
        .cause(cause);
    if let Some(instead) = cx.instead(event, root) {
        finding = finding.help(format!("use {}", quoted(&instead)));
    }
    finding.help(format!("or run it on {}", worker(&cx.offload(root))))
}

/// A path stands in backticks, words do not.
fn quoted(instead: &str) -> String {
    if instead.contains(['`', ' ']) { instead.to_owned() } else { format!("`{instead}`") }
}

fn worker(offload: &str) -> String {
    if offload.starts_with('`') { format!("a worker thread with {offload}") } else { offload.to_owned() }
}

//! An async function catches its own cancellation and goes on as if nothing had happened.

use crate::catalogue::Language;
use crate::flow::held::handlers::{Swallowed, Swallowing, Then};
use crate::flow::{Certainty, Func};
use crate::lint::{Cx, Family, Finding, Level, Lint, Severity, Step};

pub const LINT: Lint = Lint {
    name: "swallowed-cancellation",
    summary: "an async function catches its cancellation and does not pass it on",
    family: Family::Cancellation,
    level: Level::Warn,
    languages: &[Language::Python, Language::Rust],
    since: "0.1.0",
    page: include_str!("swallowed_cancellation.md"),
    check,
};

fn check(cx: &Cx) -> Vec<Finding> {
    let mut eval = cx.eval();
    let mut findings = Vec::new();
    for func in cx.on_loop().into_iter().filter(|func| cx.program.is_coroutine(*func)) {
        for swallowed in cx.program.swallowed_cancellations(&mut eval, func) {
            findings.push(finding(cx, func, &swallowed));
        }
        eval.forget_values();
    }
    findings
}

fn finding(cx: &Cx, func: Func, swallowed: &Swallowed) -> Finding {
    let title = cx.on_loop_title(func);
    let (what, help) = match swallowed.how {
        Swallowing::Handler => ("a handler", "raise it again at the end of the handler"),
        Swallowing::WideHandler => ("a handler of all exceptions", "catch `Exception`, or raise it again"),
        Swallowing::BareHandler => ("a handler without a type", "catch `Exception`, or raise it again"),
        Swallowing::Suppressed => ("a suppressing block", "suppress only what you expect; let cancellation pass"),
        Swallowing::Finally => ("a `return` in `finally`", "move the `return` behind the `finally` block"),
        Swallowing::ErrorArm => {
            ("an arm that does not look at the error", "ask the error whether it is a cancellation")
        }
    };
    let consequence = match (swallowed.how, swallowed.then) {
        (Swallowing::ErrorArm, _) => "a task that was aborted looks like one that failed",
        (_, Then::Turns) => "its loop turns again, so that it cannot be cancelled",
        (_, _) => "whoever cancels it, or gives it a time limit, takes it for done",
    };
    let certainty = match (swallowed.how, swallowed.then) {
        (Swallowing::Finally | Swallowing::ErrorArm, _) | (_, Then::Turns) => swallowed.certainty,
        (_, Then::Awaits) => swallowed.certainty.min(Certainty::Likely),
        // A task that ends when it is cancelled does little harm by ending quietly.
        (_, Then::Ends) => Certainty::Possible,
    };
    Finding::at(cx.place(swallowed.at), format!("{title} swallows its cancellation in {what}"))
        .in_function(cx.name(func))
        .label(consequence)
        .through(vec![Step {
            at: cx.place(func.at(swallowed.suspended)),
            function: cx.name(func),
            what: "may be cancelled here".to_owned(),
        }])
        .certainty(certainty)
        .severity(Severity::Long)
        .help(help)
}

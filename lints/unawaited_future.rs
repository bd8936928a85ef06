//! A coroutine or future is made and nobody awaits it: what it should do is never done.

use crate::catalogue::Language;
use crate::catalogue::schema::RunsOn;
use crate::flow::Func;
use crate::flow::fates::fate::{Fate, FutureFate};
use crate::flow::fates::futures::MadeFuture;
use crate::lint::{Certainty, Cx, Family, Finding, Level, Lint, Severity};

pub const LINT: Lint = Lint {
    name: "unawaited-future",
    summary: "a coroutine or future is made and never awaited",
    family: Family::Futures,
    level: Level::Warn,
    languages: &[Language::Python, Language::Rust],
    since: "0.1.0",
    page: include_str!("unawaited_future.md"),
    check,
};

fn check(cx: &Cx) -> Vec<Finding> {
    let mut eval = cx.eval();
    let mut findings = Vec::new();
    for (func, made) in cx.futures() {
        let fate = cx.program.future_fate(&mut eval, func.at(made.at));
        let is_misused = fate.misuse.is_some() || fate.through.is_some_and(|through| through.on != RunsOn::Loop);
        if fate.fate.is_lost() && !is_misused {
            findings.push(finding(cx, func, &made, &fate));
        }
        eval.forget_values();
    }
    findings
}

fn finding(cx: &Cx, func: Func, made: &MadeFuture, fate: &FutureFate) -> Finding {
    let (what, await_word) = cx.await_words(func);
    let lost = match fate.fate {
        _ if fate.through.is_some() => format!("the callback gives its {what} to nobody"),
        Fate::Dropped => format!("its {what} is dropped at once"),
        Fate::Unread => format!("its {what} is never read"),
        Fate::Forgotten => format!("its {what} ends with this function"),
        _ => format!("nothing awaits its {what}"),
    };
    let label = match made.is_running {
        true => "what it waits for runs on alone: nobody waits for its end or sees its error",
        false => "nothing of it runs before it is awaited",
    };
    let certainty = match fate.fate {
        // A test asks only whether it can be made, or polls it by hand.
        _ if cx.program.is_dropped_by_intent(func.at(made.at)) => cx.in_test(func, made.certainty),
        Fate::Ignored => made.certainty.min(Certainty::Likely),
        _ => made.certainty,
    };
    let finding =
        Finding::at(cx.place(func.at(made.at)), format!("{} is never awaited: {lost}", cx.origin(made.origin)))
            .in_function(cx.name(func))
            .label(label)
            .certainty(certainty)
            .severity(Severity::Long);
    let finding = match (cx.program.is_coroutine(func), fate.through) {
        (true, None) => finding.help(format!("await it with `{await_word}`")),
        (_, Some(_)) => finding.help("give a callback that starts it as a task and keeps the handle"),
        (false, None) => finding.help(format!("make {} async and await it with `{await_word}`", cx.title(func))),
    };
    match cx.group(func) {
        Some(group) if fate.through.is_none() => {
            finding.help(format!("or start it in a `{group}`, if it should run beside this"))
        }
        _ => finding,
    }
}

//! A coroutine or future is taken for the value that awaiting it would give, or an async function for a plain one.

use crate::catalogue::Language;
use crate::catalogue::schema::RunsOn;
use crate::flow::fates::fate::{Misuse, Through};
use crate::flow::fates::futures::{MadeFuture, Origin};
use crate::flow::{At, Func, PlainDecorator};
use crate::lint::{Certainty, Cx, Family, Finding, Level, Lint, Severity, Step};

pub const LINT: Lint = Lint {
    name: "misused-coroutine",
    summary: "a coroutine is used as a plain value, or an async function as a plain one",
    family: Family::Futures,
    level: Level::Warn,
    languages: &[Language::Python, Language::Rust],
    since: "0.1.0",
    page: include_str!("misused_coroutine.md"),
    check,
};

fn check(cx: &Cx) -> Vec<Finding> {
    let mut eval = cx.eval();
    let mut findings = Vec::new();
    for (func, made) in cx.futures() {
        let fate = cx.program.future_fate(&mut eval, func.at(made.at));
        if fate.fate.is_lost() {
            match (fate.misuse, fate.through) {
                // It runs, and is waited for.
                (Some((_, Misuse::NotStarted)), _) if made.is_running => {}
                (Some((at, misuse)), _) => findings.push(used(cx, func, &made, at, misuse)),
                (None, Some(through)) if through.on != RunsOn::Loop => {
                    findings.push(given(cx, func, &made, &through));
                }
                _ => {}
            }
        }
        eval.forget_values();
    }
    for (func, misplaced) in cx.misplaced_functions() {
        if cx.program.misplaced_fate(&mut eval, func, misplaced).is_lost() {
            let argument = func.at(misplaced.argument);
            let call = func.at(misplaced.call);
            findings.push(passed(cx, func, argument, call, misplaced.origin, misplaced.certainty));
        }
        eval.forget_values();
    }
    findings.extend(cx.decorated_as_plain().iter().map(|(func, decorator)| decorated(cx, *func, decorator)));
    findings
}

/// The value of an async call is used before it is awaited.
fn used(cx: &Cx, func: Func, made: &MadeFuture, at: At, misuse: Misuse) -> Finding {
    let (what, await_word) = cx.await_words(func);
    let name = cx.origin(made.origin);
    let how = match misuse {
        Misuse::Tested => "tested",
        Misuse::Compared => "compared",
        Misuse::Computed => "computed with",
        Misuse::Iterated => "iterated",
        Misuse::Entered => "entered",
        Misuse::Printed => "put into a text",
        Misuse::Read => "read from",
        Misuse::Indexed => "indexed",
        Misuse::Passed => "passed on as a plain value",
        Misuse::NotStarted => "waited for as if it ran",
    };
    let label = match misuse {
        Misuse::Tested => format!("a {what} is always true"),
        Misuse::Compared => format!("a {what} equals nothing but itself"),
        Misuse::NotStarted => format!("a {what} does not run before it is awaited or started as a task"),
        _ => format!("this is a {what}, not what it gives"),
    };
    let step = (at != func.at(made.at)).then(|| Step {
        at: cx.place(at),
        function: cx.name(cx.program.function_at(at)),
        what: format!("{how} here"),
    });
    let help = match (misuse, cx.group(func)) {
        (Misuse::NotStarted, Some(group)) => format!("start it in a `{group}`"),
        (Misuse::NotStarted, None) => "start it as a task first".to_owned(),
        _ => format!("await it first with `{await_word}`"),
    };
    Finding::at(cx.place(func.at(made.at)), format!("the {what} of {name} is {how}, but never awaited"))
        .in_function(cx.name(func))
        .label(label)
        .through(step.into_iter().collect())
        .certainty(made.certainty)
        .severity(Severity::Long)
        .help(help)
}

/// A closure gives a future to a call that has no use for it.
fn given(cx: &Cx, func: Func, made: &MadeFuture, through: &Through) -> Finding {
    let around = cx.program.function_at(through.argument);
    let mut finding = passed(cx, around, through.argument, through.call, made.origin, made.certainty);
    let is_argument = func.at(made.at) == through.argument;
    if !is_argument {
        let (what, _) = cx.await_words(func);
        finding.chain = vec![Step {
            at: cx.place(func.at(made.at)),
            function: cx.name(func),
            what: format!("{} gives a {what}", cx.origin(made.origin)),
        }];
    }
    finding
}

fn passed(cx: &Cx, func: Func, argument: At, call: At, origin: Origin, certainty: Certainty) -> Finding {
    let (what, _) = cx.await_words(func);
    let callee = cx.callee_name(call);
    let message = match origin {
        Origin::Block => format!("{callee} calls this and drops the {what} that it gives"),
        origin => format!("{callee} calls this and drops the {what} of {}", cx.origin(origin)),
    };
    Finding::at(cx.place(argument), message)
        .in_function(cx.name(func))
        .label(format!("a plain function is wanted here: nobody awaits the {what}"))
        .certainty(certainty)
        .severity(Severity::Long)
        .help("pass a plain function, or call what takes an async one")
}

/// An async function stands under a decorator that wants a plain one.
fn decorated(cx: &Cx, func: Func, decorator: &PlainDecorator) -> Finding {
    let (what, _) = cx.await_words(func);
    let name = cx.title(func);
    let path = &decorator.name;
    let (message, label, help) = match decorator.how.as_str() {
        "cached" | "cached-property" => (
            format!("`{path}` keeps the {what} of {name}, which can be awaited once only"),
            format!("the second caller awaits a {what} that has ended"),
            "keep what awaiting it gives, or use a cache for async functions",
        ),
        "property" => (
            format!("reading the property {name} gives a {what}"),
            "it reads like a plain value and must be awaited each time".to_owned(),
            "make it a method",
        ),
        _ => (
            format!("`{path}` calls {name} as a plain function and has no use for its {what}"),
            format!("nobody awaits the {what}"),
            "decorate a plain function that runs it",
        ),
    };
    let certainty = if decorator.how == "property" { Certainty::Possible } else { Certainty::Certain };
    Finding::at(cx.place(decorator.at), message)
        .in_function(cx.name(func))
        .label(label)
        .certainty(certainty)
        .severity(Severity::Long)
        .help(help)
}

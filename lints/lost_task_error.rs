//! A task, thread or job ends and nobody looks at the result that carries its error.

use crate::catalogue::Language;
use crate::flow::held::errors::{LostOutcome, Unread};
use crate::flow::types::Type;
use crate::flow::{At, Certainty, EffectCall, Func};
use crate::lint::{Cx, Family, Finding, Level, Lint, Severity};

pub const LINT: Lint = Lint {
    name: "lost-task-error",
    summary: "nobody looks at the result that carries a task's error",
    family: Family::Tasks,
    level: Level::Warn,
    languages: &[Language::Python, Language::Rust],
    since: "0.1.0",
    page: include_str!("lost_task_error.md"),
    check,
};

fn check(cx: &Cx) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (func, call) in cx.calls_with(|function| function.entry.effects.starts.is_some()) {
        findings.extend(unread_job(cx, func, &call));
    }
    for (func, call) in cx.calls_with(|function| function.entry.effects.collects.is_some()) {
        findings.extend(unread_errors(cx, func, &call));
    }
    for (func, at, given) in cx.awaited_handles() {
        findings.extend(lost_outcome(cx, func, at, cx.program.may_fail(&given)));
    }
    findings
}

/// A job that something waits for, and whose result nobody reads.
fn unread_job(cx: &Cx, func: Func, call: &EffectCall) -> Option<Finding> {
    let starts = cx.function(call.function).entry.effects.starts.as_ref()?;
    let at = func.at(call.at);
    let mut eval = cx.eval();
    let ty = eval.value(at);
    if starts.handle != "return" {
        return None;
    }
    let is_joined = match &starts.joined_by {
        Some(by) => cx.program.is_joined_by(&mut eval, at, &call.target, by),
        None => starts.dropped.as_deref() == Some("tracked") && payload_is_result(cx, &ty),
    };
    let is_collection = starts.dropped.as_deref() == Some("nothing");
    if !is_joined || !is_collection && !cx.program.loses_errors(&ty) {
        return None;
    }
    let fate = cx.program.error_fate(&mut eval, at);
    if !fate.is_lost() {
        return None;
    }
    let what = starts.what.as_deref().unwrap_or("job");
    let path = &cx.function(call.function).path;
    let message = match is_collection {
        true => format!("the results of `{path}` are never read"),
        false => format!("the result of the {what} that `{path}` starts is never read"),
    };
    let certainty = if payload_is_plain(cx, &ty) { call.certainty.min(Certainty::Likely) } else { call.certainty };
    let finding = Finding::at(cx.place(at), message)
        .in_function(cx.name(func))
        .label("its error stays in the result: nobody sees that it failed")
        .certainty(cx.in_test(func, certainty))
        .severity(Severity::Long);
    Some(match is_collection {
        true => finding.help("iterate over the results: that raises the first error"),
        false => finding.help("keep the handles and read their results: that raises what went wrong"),
    })
}

/// A call that collects errors instead of raising them, and whose result nobody reads.
fn unread_errors(cx: &Cx, func: Func, call: &EffectCall) -> Option<Finding> {
    let mut eval = cx.eval();
    let unread = cx.program.unread_errors(&mut eval, func, call)?;
    if cx.program.cancels_something(func) {
        return None;
    }
    let certainty = match unread {
        Unread::Surely => call.certainty.min(Certainty::Likely),
        Unread::Perhaps => Certainty::Possible,
    };
    let path = &cx.function(call.function).path;
    let finding = Finding::at(cx.place(func.at(call.at)), format!("`{path}` collects errors that nobody looks at"))
        .in_function(cx.name(func))
        .label("it raises none of the errors of what it waits for")
        .certainty(cx.in_test(func, certainty))
        .severity(Severity::Long)
        .help("look at each result, or let the first error be raised");
    Some(match cx.group(func) {
        Some(group) => finding.help(format!("or start the tasks in a `{group}`, which raises their errors")),
        None => finding,
    })
}

/// A handle is awaited or joined, and the result dropped.
fn lost_outcome(cx: &Cx, func: Func, at: At, own: bool) -> Option<Finding> {
    let mut eval = cx.eval();
    let lost = cx.program.lost_outcome(&mut eval, at, own)?;
    if cx.program.cancels_something(func) {
        return None;
    }
    let (message, label, certainty) = match lost {
        LostOutcome::OwnResult => {
            ("the result of the task is dropped", "the task gives a `Result`: its error is lost", Certainty::Likely)
        }
        LostOutcome::End => {
            ("whether the task ended well is not looked at", "a panic of the task is lost here", Certainty::Possible)
        }
    };
    let finding = Finding::at(cx.place(at), message)
        .in_function(cx.name(func))
        .label(label)
        .certainty(cx.in_test(func, certainty))
        .severity(Severity::Long)
        .help("handle both errors: that of the task, and that it did not end");
    Some(finding)
}

fn payload_is_result(cx: &Cx, ty: &Type) -> bool {
    cx.program.may_fail(&ty.arg(0))
}

/// Whether it is known that the job gives nothing that can be an error, where errors are values.
fn payload_is_plain(cx: &Cx, ty: &Type) -> bool {
    !ty.arg(0).is_unknown() && !payload_is_result(cx, ty)
}

//! A task or thread is started and its handle is lost: nobody waits for it, and nobody sees it fail.

use crate::catalogue::Language;
use crate::catalogue::schema::RunsOn;
use crate::flow::fate::Fate;
use crate::flow::types::{Nominal, Type};
use crate::flow::{Certainty, EffectCall, Func};
use crate::lint::{Cx, Family, Finding, Level, Lint, Severity};

pub const LINT: Lint = Lint {
    name: "untracked-spawn",
    summary: "a task or thread is started and nobody keeps its handle",
    family: Family::Tasks,
    level: Level::Warn,
    languages: &[Language::Python, Language::Rust],
    since: "0.1.0",
    page: include_str!("untracked_spawn.md"),
    check,
};

fn check(cx: &Cx) -> Vec<Finding> {
    cx.calls_with(|function| function.entry.effects.starts.is_some())
        .iter()
        .filter_map(|(func, call)| finding(cx, *func, call))
        .collect()
}

fn finding(cx: &Cx, func: Func, call: &EffectCall) -> Option<Finding> {
    let function = cx.function(call.function);
    let starts = function.entry.effects.starts.as_ref()?;
    let mut eval = cx.eval();
    let at = func.at(call.at);
    let dropped = match &starts.dropped {
        Some(dropped) => dropped.clone(),
        None => handle_of(cx, &eval.value(at))?,
    };
    // What cancels or joins on drop is told by other lints, or is how it is meant.
    if !matches!(dropped.as_str(), "may-be-collected" | "detaches") {
        return None;
    }
    if let Some(variant) = &starts.unless_variant
        && cx.program.receiver_variant(&call.target).as_deref() == Some(variant)
    {
        return None;
    }
    let fate = match starts.handle.as_str() {
        "return" => cx.program.fate(&mut eval, at),
        "self" => cx.program.receiver_fate(&mut eval, at),
        _ => return None,
    };
    if !fate.is_lost() {
        return None;
    }
    let what = starts.what.clone().unwrap_or_else(|| {
        match starts.on {
            Some(RunsOn::Worker) => "thread",
            Some(RunsOn::Process) => "process",
            _ => "task",
        }
        .to_owned()
    });
    let lost = match fate {
        Fate::Dropped => "its handle is dropped at once",
        Fate::Unread => "its handle is never read",
        Fate::Forgotten => "its handle ends with this function",
        _ => "nobody waits for its handle",
    };
    let consequence = match dropped.as_str() {
        "may-be-collected" => {
            "the event loop holds it weakly, so it may be collected before it ends, and its error is lost"
        }
        _ => "it runs on alone: nobody waits for its end or sees its error",
    };
    let certainty = match fate {
        Fate::Ignored => call.certainty.min(Certainty::Likely),
        _ => call.certainty,
    };
    Some(
        Finding::at(cx.place(at), format!("the {what} started by `{}` is not tracked: {lost}", function.path))
            .in_function(cx.name(func))
            .label(consequence)
            .certainty(certainty)
            .severity(Severity::Long)
            .help(help(cx, func, &what)),
    )
}

/// What dropping the handle does, by its type.
fn handle_of(cx: &Cx, ty: &Type) -> Option<String> {
    let (parts, _) = ty.alternatives();
    parts.iter().find_map(|part| match part {
        Type::Instance(Nominal::Library(id), args, _) => {
            let entry = cx.program.catalogue.ty(*id).entry.as_ref();
            let own = entry.and_then(|entry| entry.handle.as_ref()).map(|handle| handle.dropped.clone());
            // `io::Result<JoinHandle>`
            own.or_else(|| args.iter().find_map(|arg| handle_of(cx, arg)))
        }
        _ => None,
    })
}

fn help(cx: &Cx, func: Func, what: &str) -> String {
    let runtime = cx.program.runtime(func).unwrap_or_default();
    let group = cx.program.catalogue.group_of(cx.program.language(func.file), &runtime);
    match (what, group) {
        ("thread", _) => "keep the handle and join it, or hand the work to a pool".to_owned(),
        (_, Some(group)) => format!("start it in a `{group}`, or keep the handle and await it"),
        _ => format!("keep the handle of the {what} and await it"),
    }
}

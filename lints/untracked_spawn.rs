//! A task or thread is started and its handle is lost: nobody waits for it, and nobody sees it fail.

use crate::catalogue::Language;
use crate::catalogue::schema::RunsOn;
use crate::flow::fates::fate::Fate;
use crate::flow::types::{Nominal, Type};
use crate::flow::{At, Certainty, EffectCall, Func};
use crate::lint::{Cx, Family, Finding, Level, Lint, Severity, Step};

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
    let mut findings = Vec::new();
    for (func, call) in cx.calls_with(|function| function.entry.effects.starts.is_some()) {
        if let Some(start) = start(cx, func, &call) {
            follow(cx, &start, &mut findings);
        }
    }
    findings
}

/// Something that is started, and what losing its handle does.
struct Start {
    func: Func,
    call: EffectCall,
    dropped: String,
    what: String,
}

fn start(cx: &Cx, func: Func, call: &EffectCall) -> Option<Start> {
    let starts = cx.function(call.function).entry.effects.starts.as_ref()?;
    let dropped = match &starts.dropped {
        Some(dropped) => dropped.clone(),
        None => handle_of(cx, &cx.eval().value(func.at(call.at)))?,
    };
    // What cancels or joins on drop is told by other lints, or is how it is meant.
    if !loses(&dropped) {
        return None;
    }
    if let Some(variant) = &starts.unless_variant {
        let carried = cx.program.receiver_variant(&call.target);
        if carried.as_ref() == Some(variant) || cx.program.is_set_on(func.at(call.at), &call.target, variant) {
            return None;
        }
    }
    if let Some(by) = &starts.joined_by
        && cx.program.is_joined_by(&mut cx.eval(), func.at(call.at), &call.target, by)
    {
        return None;
    }
    // `ensure_future(task)`: it runs already.
    if cx.driven_arguments(func, call).iter().any(|ty| handle_of(cx, ty).is_some()) {
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
    Some(Start { func, call: call.clone(), dropped, what })
}

/// Follows the handle from where it is made to the callers that it is given to.
fn follow(cx: &Cx, start: &Start, findings: &mut Vec<Finding>) {
    const MAX_CALLS: usize = 4;
    let starts = cx.function(start.call.function).entry.effects.starts.as_ref();
    let is_receiver = starts.is_some_and(|starts| starts.handle == "self");
    let mut eval = cx.eval();
    let mut places = vec![(start.func, start.func.at(start.call.at))];
    let mut seen = Vec::new();
    for depth in 0..MAX_CALLS {
        let mut next = Vec::new();
        for (func, at) in places {
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            // A helper may give something else that it put the handle into.
            if depth > 0 && handle_of(cx, &eval.value(at)).is_some_and(|dropped| !loses(&dropped)) {
                continue;
            }
            let fate = match depth {
                0 if is_receiver => cx.program.receiver_fate(&mut eval, at),
                _ => cx.program.fate(&mut eval, at),
            };
            if fate.is_lost() {
                findings.push(finding(cx, start, func, at, fate));
            } else if fate == Fate::Returned {
                let callers = cx.program.callers(func).iter();
                next.extend(callers.filter_map(|caller| Some((caller.from, cx.program.result_of(*caller)?))));
            }
        }
        places = next;
    }
}

fn finding(cx: &Cx, start: &Start, func: Func, at: At, fate: Fate) -> Finding {
    let function = cx.function(start.call.function);
    let what = &start.what;
    let lost = match fate {
        Fate::Dropped => "its handle is dropped at once",
        Fate::Unread => "its handle is never read",
        Fate::Forgotten => "its handle ends with this function",
        _ => "nobody waits for its handle",
    };
    let consequence = match start.dropped.as_str() {
        "may-be-collected" => {
            "the event loop holds it weakly: it may be collected before it ends, and its error is lost"
        }
        _ => "it runs on alone: nobody waits for its end or sees its error",
    };
    let certainty = match fate {
        // It tells its end and what it found through a channel; or the place is an executor's own adapter.
        _ if start.dropped == "detaches" && cx.reports_otherwise(start.func, &start.call) => Certainty::Possible,
        Fate::Ignored => start.call.certainty.min(Certainty::Likely),
        _ => start.call.certainty,
    };
    let origin = start.func.at(start.call.at);
    let chain = if at == origin {
        Vec::new()
    } else {
        vec![Step {
            at: cx.place(origin),
            function: cx.name(start.func),
            what: format!("`{}` starts the {what}", function.path),
        }]
    };
    Finding::at(cx.place(at), format!("the {what} started by `{}` is not tracked: {lost}", function.path))
        .in_function(cx.name(func))
        .label(consequence)
        .through(chain)
        .certainty(cx.in_test(func, certainty))
        // One task that is started at many places is one decision.
        .cause(cx.started(start.func, &start.call).unwrap_or_default())
        .severity(Severity::Long)
        .help(help(cx, func, what))
}

/// Whether dropping a handle that does that loses what was started.
fn loses(dropped: &str) -> bool {
    matches!(dropped, "may-be-collected" | "detaches")
}

/// What dropping the handle does, by its type.
fn handle_of(cx: &Cx, ty: &Type) -> Option<String> {
    let (parts, _) = ty.alternatives();
    parts.iter().find_map(|part| match part {
        Type::Instance(nominal, args, _) => {
            let entry = match nominal {
                Nominal::Library(id) => cx.program.catalogue.ty(*id).entry.as_ref(),
                _ => None,
            };
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

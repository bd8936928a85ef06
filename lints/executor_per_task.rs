//! A pool, a runtime or an event loop is made for each of many tasks, instead of once for all.

use crate::catalogue::Language;
use crate::flow::{Again, At, Certainty, EffectCall, Func, Made, Repeats, Why};
use crate::lint::{Cx, Family, Finding, Level, Lint, Severity, Step};

pub const LINT: Lint = Lint {
    name: "executor-per-task",
    summary: "a pool, runtime or event loop is made for each task instead of once",
    family: Family::Executors,
    level: Level::Warn,
    languages: &[Language::Python, Language::Rust],
    since: "0.1.0",
    page: include_str!("executor_per_task.md"),
    check,
};

/// What is made, by how much there is to start and stop.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pool,
    ProcessPool,
    Runtime,
    /// A runtime that runs on the thread that makes it.
    SmallRuntime,
    /// Runs on the thread that makes it: a thread of its own needs one of its own.
    EventLoop,
}

impl Kind {
    /// Whether each thread that runs coroutines has one of its own.
    fn is_of_thread(self) -> bool {
        matches!(self, Kind::EventLoop | Kind::SmallRuntime)
    }
}

fn check(cx: &Cx) -> Vec<Finding> {
    let calls = cx.calls_with(|function| function.entry.effects.creates.is_some());
    if calls.is_empty() {
        return Vec::new();
    }
    let mut eval = cx.eval();
    let runners = cx.program.runners();
    let mut repeats = Repeats::new(cx.program, runners);
    let mut findings = Vec::new();
    for (func, call) in calls {
        let Some(kind) = kind(cx, &call) else {
            continue;
        };
        let creates = cx.function(call.function).entry.effects.creates.as_ref();
        let is_over = creates.and_then(|creates| creates.closed_by.as_deref()) == Some("return");
        for made in cx.program.made(&mut eval, runners, func.at(call.at), is_over) {
            for again in repeats.of(made.at, made.way.clone(), kind.is_of_thread()) {
                findings.push(finding(cx, (func, &call, kind), &made, &again));
            }
        }
    }
    findings
}

fn kind(cx: &Cx, call: &EffectCall) -> Option<Kind> {
    let creates = cx.function(call.function).entry.effects.creates.as_ref()?;
    match creates.what.as_str() {
        "executor" => Some(Kind::Pool),
        "process-executor" => Some(Kind::ProcessPool),
        "runtime" if cx.program.receiver_variant(&call.target).as_deref() == Some("one") => Some(Kind::SmallRuntime),
        "runtime" => Some(Kind::Runtime),
        "event-loop" => Some(Kind::EventLoop),
        _ => None,
    }
}

fn finding(cx: &Cx, (func, call, kind): (Func, &EffectCall, Kind), made: &Made, again: &Again) -> Finding {
    let function = cx.function(call.function);
    let here = cx.program.function_at(again.at);
    let name = &function.path;
    let subject = match again.way.is_empty() {
        true => format!("`{name}` makes {}", noun(kind)),
        false => format!("{} makes {} with `{name}`", runs(cx, again.at, again.way[0]), noun(kind)),
    };
    let owns = function.entry.effects.creates.as_ref().and_then(|creates| creates.owns.clone());
    let label = match (&owns, kind) {
        (Some(_), Kind::SmallRuntime) => "starts a runtime each time, and stops it again".to_owned(),
        (Some(owns), _) => format!("starts {owns} each time, and stops them again"),
        (None, _) => "sets up an event loop each time, and closes it again".to_owned(),
    };
    let mut finding = Finding::at(cx.place(again.at), format!("{subject} {}", when(cx, again.why)))
        .in_function(cx.name(here))
        .label(label)
        .through(chain(cx, again, name, kind))
        .certainty(cx.alone(here, certainty(cx, (func, call, kind), made, again)))
        .severity(Severity::Long);
    if !again.way.is_empty() {
        let made_at = cx.place(func.at(call.at));
        finding = finding.cause(format!("{name} {}:{}", cx.path(made_at), made_at.span.start));
    }
    for line in help(cx, kind, here, again.why) {
        finding = finding.help(line);
    }
    finding
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Pool => "a pool",
        Kind::ProcessPool => "a process pool",
        Kind::Runtime | Kind::SmallRuntime => "a runtime",
        Kind::EventLoop => "an event loop",
    }
}

fn when(cx: &Cx, why: Why) -> String {
    match why {
        Why::Turn => "on every turn of a loop".to_owned(),
        Why::Element => "for every element of a comprehension".to_owned(),
        Why::Request(func) => format!("for every request that {} answers", cx.title(func)),
        Why::Many { func, by } => {
            format!("in {}, which {} runs for each of many items", cx.body_title(func), cx.called(by))
        }
        Why::Async(func) => format!("in every call of {}", cx.on_loop_title(func)),
    }
}

fn certainty(cx: &Cx, (func, call, kind): (Func, &EffectCall, Kind), made: &Made, again: &Again) -> Certainty {
    let supported = call.certainty.min(again.certainty);
    let supported = if made.by_object { supported.lowered() } else { supported };
    // A thread has its own event loop: what starts threads makes as many.
    if kind.is_of_thread() && again.is_started {
        return Certainty::Possible;
    }
    // Code that runs a loop of its own asks first whether there is one, and has other ways.
    let supported = match (kind, again.way.len()) {
        (Kind::EventLoop | Kind::SmallRuntime, 2..) => return Certainty::Possible,
        (Kind::EventLoop | Kind::SmallRuntime, 1) => supported.min(Certainty::Likely),
        _ => supported,
    };
    // Turns that differ in the size of the pool cannot share one.
    if cx.program.depends_on_turn(func.at(call.at)) {
        return Certainty::Possible;
    }
    let by_repetition = match (again.why, kind) {
        // Where a runtime inside of another does harm is told by other lints.
        (Why::Async(_), Kind::EventLoop | Kind::SmallRuntime | Kind::Runtime) => Certainty::Possible,
        // One pool for all that a call has to do is as documentation recommends it.
        (Why::Async(_), _) if again.is_started || cx.program.is_entered(made.at) => Certainty::Possible,
        (Why::Turn | Why::Element, _) => Certainty::Certain,
        _ => Certainty::Likely,
    };
    supported.min(by_repetition)
}

fn chain(cx: &Cx, again: &Again, name: &str, kind: Kind) -> Vec<Step> {
    let step = |n: usize, at: &At| Step {
        at: cx.place(*at),
        function: cx.name(cx.program.function_at(*at)),
        what: match n + 1 == again.way.len() {
            true => format!("`{name}` makes {}", noun(kind)),
            false => format!("calls {}", runs(cx, *at, again.way[n + 1])),
        },
    };
    again.way.iter().enumerate().map(|(n, at)| step(n, at)).collect()
}

/// What a call makes run, on the way to the next one: a class that it makes an object of, a function.
fn runs(cx: &Cx, at: At, next: At) -> String {
    match cx.program.made_class(at) {
        Some(class) => format!("`{class}`"),
        None => cx.body_title(cx.program.function_at(next)),
    }
}

fn help(cx: &Cx, kind: Kind, func: Func, why: Why) -> Vec<String> {
    let offload = cx.offload(func);
    match (kind, why) {
        (Kind::EventLoop, Why::Turn | Why::Element | Why::Many { .. }) => {
            vec!["run one event loop, and let one coroutine await all of them".to_owned()]
        }
        (Kind::EventLoop | Kind::SmallRuntime | Kind::Runtime, _) => {
            vec!["make it once when the program starts, and pass it on".to_owned()]
        }
        (_, Why::Turn | Why::Element) => {
            vec!["create the pool once, before the loop, and give it every item".to_owned()]
        }
        (_, Why::Many { .. }) => vec!["create the pool once, and let all items share it".to_owned()],
        (Kind::Pool, _) if offload.starts_with('`') => vec![
            format!("use {offload}, which has a pool already"),
            "or create the pool once when the program starts, and shut it down when it ends".to_owned(),
        ],
        _ => vec!["create the pool once when the program starts, and shut it down when it ends".to_owned()],
    }
}

//! A pool has more workers, or a limit lets more run at a time, than can be of use.

use crate::catalogue::Language;
use crate::flow::{Amount, Certainty, EffectCall, Func, Size, Work};
use crate::lint::{Cx, Family, Finding, Level, Lint, Severity, Step, WorkerLimit};

pub const LINT: Lint = Lint {
    name: "oversized-worker-count",
    summary: "a pool has more workers than the machine or its work can use",
    family: Family::Executors,
    level: Level::Warn,
    languages: &[Language::Python, Language::Rust],
    since: "0.1.0",
    page: include_str!("oversized_worker_count.md"),
    check,
};

/// What is counted, and from where it is too many.
struct Count {
    limit: WorkerLimit,
    /// `threads`, `processes`.
    workers: &'static str,
    /// A multiple of the cores is too many whatever the number: what computes has no use for more.
    per_core_counts_alone: bool,
    why: &'static str,
    help: &'static str,
}

fn check(cx: &Cx) -> Vec<Finding> {
    let mut eval = cx.eval();
    let mut findings = Vec::new();
    for (func, call) in cx.calls_with(|function| function.entry.effects.workers.is_some()) {
        let Some(workers) = &cx.function(call.function).entry.effects.workers else {
            continue;
        };
        // The number is not used at all.
        let variant = cx.program.receiver_variant(&call.target);
        if variant.is_some() && variant == workers.ignored_on {
            continue;
        }
        let count = count(cx, &workers.bounds, cx.program.work_of(func.at(call.at)));
        for size in cx.program.sizes(&mut eval, (func, &call), &workers.arg) {
            findings.extend(finding(cx, &call, &count, &size));
        }
    }
    for (func, call) in cx.calls_with(|function| function.entry.effects.bounds.is_some()) {
        let Some(bounds) = cx.function(call.function).entry.effects.bounds.as_ref() else {
            continue;
        };
        if bounds.what == "queue" {
            continue;
        }
        let count = at_a_time(cx);
        for size in cx.program.sizes(&mut eval, (func, &call), &bounds.arg) {
            let found = finding(cx, &call, &count, &size);
            findings.extend(found.map(|found| found.certainty(Certainty::Possible)));
        }
    }
    for attribute in cx.attribute_sizes(&mut eval) {
        let count = count(cx, &attribute.bounds, Work::Unknown);
        if let Some(what) = too_many(&count, &attribute.amount) {
            findings.push(told(cx, (attribute.func, cx.place(attribute.at)), &attribute.path, &count, &what));
        }
    }
    findings
}

fn count(cx: &Cx, bounds: &str, work: Work) -> Count {
    let thresholds = &cx.thresholds;
    match (bounds, work) {
        ("threads", Work::Computes) => Count {
            limit: thresholds.compute_pool,
            workers: "threads",
            per_core_counts_alone: true,
            why: "only as many threads can compute at a time as there are cores",
            help: "use as many threads as there are cores",
        },
        ("processes", work) => Count {
            // Processes that wait leave the cores to others, as threads do.
            limit: match work {
                Work::Waits => WorkerLimit { per_core: thresholds.thread_pool.per_core, ..thresholds.process_pool },
                _ => thresholds.process_pool,
            },
            workers: "processes",
            per_core_counts_alone: true,
            why: "each has a memory of its own, and only as many run at a time as there are cores",
            help: "leave the number out, or use at most as many as there are cores",
        },
        ("cores", _) => Count {
            limit: thresholds.runtime_workers,
            workers: "worker threads",
            per_core_counts_alone: true,
            why: "tasks that wait need no thread, and only as many run at a time as there are cores",
            help: "leave the number out: one thread for each core is the default",
        },
        ("compute", _) => Count {
            limit: thresholds.compute_pool,
            workers: "threads",
            per_core_counts_alone: true,
            why: "only as many threads can compute at a time as there are cores",
            help: "leave the number out: one thread for each core is the default",
        },
        ("blocking", _) => Count {
            limit: WorkerLimit { count: thresholds.blocking_threads, per_core: thresholds.blocking_threads },
            workers: "threads for blocking calls",
            per_core_counts_alone: false,
            why: "each thread has a stack of its own, and all wait for the same things",
            help: "bound the calls with a semaphore, and leave the number of threads at its default",
        },
        _ => Count {
            limit: thresholds.thread_pool,
            workers: "threads",
            per_core_counts_alone: false,
            why: "each thread has a stack of its own and takes its turn on the same cores",
            help: "20 to 100 threads are enough for work that waits, and as many as there are cores for work that computes",
        },
    }
}

fn at_a_time(cx: &Cx) -> Count {
    Count {
        limit: WorkerLimit { count: cx.thresholds.concurrency, per_core: cx.thresholds.concurrency },
        workers: "at a time",
        per_core_counts_alone: false,
        why: "a limit that is never reached protects nothing",
        help: "use the number that the other side can serve at a time",
    }
}

/// What there is too much of, in words: "1000 threads", "20 threads for each core".
struct TooMany {
    given: String,
    fine: String,
}

fn too_many(count: &Count, amount: &Amount) -> Option<TooMany> {
    let Count { limit, workers, .. } = count;
    if let Some(constant) = amount.as_constant() {
        let fine = limit.count as f64;
        return (constant > fine)
            .then(|| TooMany { given: format!("{constant} {workers}"), fine: format!("more than {fine}") });
    }
    // A few more than a multiple of the cores are for those that wait.
    const SMALLEST: f64 = 8.0;
    const LARGEST: f64 = 64.0;
    let per_core = limit.per_core as f64;
    let fine = |cores: f64| match count.per_core_counts_alone {
        true => per_core * (cores + 2.0),
        false => (per_core * cores).max(limit.count as f64),
    };
    let machines = amount.by_cores().filter(|(cores, _)| (SMALLEST..=LARGEST).contains(cores));
    let (cores, size) = machines.into_iter().find(|(cores, size)| *size > fine(*cores))?;
    let given = match amount.per_core() {
        Some(factor) => format!("{factor} {workers} for each core"),
        None => format!("{size} {workers} on {cores} cores"),
    };
    Some(TooMany { given, fine: format!("more than {per_core} for each core") })
}

fn finding(cx: &Cx, call: &EffectCall, count: &Count, size: &Size) -> Option<Finding> {
    let what = too_many(count, &size.amount)?;
    let path = &cx.function(call.function).path;
    let mut certainty = call.certainty;
    if size.amount.is_one_of_several || !size.way.is_empty() {
        certainty = certainty.lowered();
    }
    let steps = size.way.iter().enumerate().map(|(n, at)| Step {
        at: cx.place(*at),
        function: cx.name(cx.program.function_at(*at)),
        what: match n + 1 == size.way.len() {
            true => format!("`{path}` is given the number"),
            false => format!("calls {}", cx.called(*at)),
        },
    });
    let finding = told(cx, (size.func, cx.place(size.at)), path, count, &what);
    Some(finding.through(steps.collect()).certainty(cx.alone(size.func, certainty)))
}

fn told(cx: &Cx, (func, at): (Func, crate::lint::Place), path: &str, count: &Count, what: &TooMany) -> Finding {
    let TooMany { given, fine } = what;
    Finding::at(at, format!("`{path}` is given {given}, {fine}"))
        .in_function(cx.name(func))
        .label(count.why)
        .certainty(cx.alone(func, Certainty::Certain))
        .severity(Severity::Long)
        .help(count.help)
}

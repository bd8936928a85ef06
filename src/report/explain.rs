//! What is known of a place: for people and for machines.

use super::Sources;
use super::json::{Extent, StepRecord};
use crate::check::{ExplainedCall, ExplainedFinding, ExplainedFunction, Explanation, Reason, Verdict};
use serde::Serialize;
use std::fmt::Write;

/// Places of one finding's chain, and findings elsewhere, that are written out.
const SHOWN: usize = 5;
/// Characters of a call's code that are shown.
const CODE: usize = 60;

/// An explanation for people; ends with a line feed.
pub fn explanation(explanation: &Explanation, sources: &Sources) -> Vec<u8> {
    let mut out = String::new();
    if explanation.is_of_function {
        for function in &explanation.functions {
            write_function(&mut out, function, sources);
        }
        for call in &explanation.calls {
            write_in_brief(&mut out, call, sources);
        }
        return out.into_bytes();
    }
    for call in &explanation.calls {
        write_call(&mut out, call, &explanation.functions[call.function], sources);
        out.push('\n');
    }
    for function in &explanation.functions {
        write_function(&mut out, function, sources);
    }
    out.into_bytes()
}

fn line(out: &mut String, indent: usize, text: &str) {
    writeln!(out, "{:indent$}{text}", "").expect("writing to memory does not fail");
}

fn reason(out: &mut String, indent: usize, reason: &Reason, sources: &Sources) {
    match reason.at {
        Some(at) => line(out, indent, &format!("{} ({})", reason.what, sources.shown(at))),
        None => line(out, indent, &reason.what),
    }
}

fn title(function: &ExplainedFunction) -> String {
    if function.name.is_empty() { "the module's own code".to_owned() } else { format!("`{}`", function.name) }
}

fn write_call(out: &mut String, call: &ExplainedCall, function: &ExplainedFunction, sources: &Sources) {
    line(out, 0, &format!("{}: `{}` in {}", sources.shown(call.at), code(call, sources), title(function)));
    for called in &call.calls {
        reason(out, 2, called, sources);
    }
    for why in &call.why {
        reason(out, 2, why, sources);
    }
    let (here, elsewhere): (Vec<_>, Vec<_>) = call.findings.iter().partition(|found| found.finding.at == call.at);
    for found in &here {
        write_finding(out, found, sources);
    }
    for found in elsewhere.iter().take(SHOWN) {
        let place = sources.shown(found.finding.at);
        line(out, 2, &format!("{} at {place}, because of this: {}", found.finding.lint, found.finding.message));
        reason(out, 4, &found.told, sources);
    }
    if elsewhere.len() > SHOWN {
        line(out, 2, &format!("and {} more findings because of this", elsewhere.len() - SHOWN));
    }
    if here.is_empty() {
        line(out, 2, "no finding here");
    }
}

/// A call of a function that is explained as a whole: in a line, what matters most.
fn write_in_brief(out: &mut String, call: &ExplainedCall, sources: &Sources) {
    let told = call.findings.iter().find(|found| found.finding.at == call.at);
    let what = match told {
        Some(found) => format!("{}: {}", found.finding.lint, found.told.what),
        None => {
            let reasons = call.calls.iter().chain(call.why.first()).map(|reason| reason.what.as_str());
            reasons.collect::<Vec<_>>().join(", ")
        }
    };
    line(out, 2, &format!("{}: `{}` {what}", sources.shown(call.at), code(call, sources)));
}

/// The call as it is written, on one line and not too long.
fn code(call: &ExplainedCall, sources: &Sources) -> String {
    let text = sources.get(call.at.file).text.get(call.at.span.range()).unwrap_or_default();
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = flat.chars().take(CODE).collect();
    if cut.len() < flat.len() { format!("{cut}…") } else { cut }
}

fn write_finding(out: &mut String, found: &ExplainedFinding, sources: &Sources) {
    let finding = &found.finding;
    line(out, 2, &format!("{}, {}: {}", finding.lint, finding.certainty.name(), finding.message));
    for step in finding.chain.iter().take(SHOWN) {
        line(out, 4, &format!("{}: {}", sources.shown(step.at), step.what));
    }
    if finding.chain.len() > SHOWN {
        let last = finding.chain.last().expect("the chain is longer than what is shown");
        line(out, 4, &format!("… {}: {}", sources.shown(last.at), last.what));
    }
    for doubt in &found.doubts {
        reason(out, 4, &Reason { what: format!("less certain: {}", doubt.what), at: doubt.at }, sources);
    }
    reason(out, 4, &found.told, sources);
}

fn write_function(out: &mut String, function: &ExplainedFunction, sources: &Sources) {
    line(out, 0, &format!("{}: {}", sources.shown(function.at), title(function)));
    for context in &function.context {
        reason(out, 2, context, sources);
    }
    if let Some(runtime) = &function.runtime {
        line(out, 2, &format!("it uses {runtime}"));
    }
    line(out, 2, &format!("{} of its {} calls are understood", function.resolved, function.calls));
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    functions: Vec<FunctionRecord<'a>>,
    calls: Vec<CallRecord<'a>>,
}

#[derive(Serialize)]
struct FunctionRecord<'a> {
    function: &'a str,
    #[serde(flatten)]
    at: Extent<'a>,
    on_loop: bool,
    runtime: Option<&'a str>,
    context: Vec<ReasonRecord<'a>>,
    calls: u32,
    resolved: u32,
}

#[derive(Serialize)]
struct CallRecord<'a> {
    #[serde(flatten)]
    at: Extent<'a>,
    function: &'a str,
    calls: Vec<ReasonRecord<'a>>,
    why: Vec<ReasonRecord<'a>>,
    findings: Vec<FindingRecord<'a>>,
}

#[derive(Serialize)]
struct FindingRecord<'a> {
    lint: &'a str,
    verdict: &'a str,
    told: ReasonRecord<'a>,
    certainty: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    at: Extent<'a>,
    function: &'a str,
    chain: Vec<StepRecord<'a>>,
    doubts: Vec<ReasonRecord<'a>>,
}

#[derive(Serialize)]
struct ReasonRecord<'a> {
    what: &'a str,
    at: Option<Extent<'a>>,
}

impl<'a> ReasonRecord<'a> {
    fn of(reason: &'a Reason, sources: &'a Sources) -> ReasonRecord<'a> {
        ReasonRecord { what: &reason.what, at: reason.at.map(|at| Extent::of(at, sources)) }
    }

    fn all(reasons: &'a [Reason], sources: &'a Sources) -> Vec<ReasonRecord<'a>> {
        reasons.iter().map(|reason| ReasonRecord::of(reason, sources)).collect()
    }
}

impl<'a> FindingRecord<'a> {
    fn of(found: &'a ExplainedFinding, sources: &'a Sources) -> FindingRecord<'a> {
        let finding = &found.finding;
        FindingRecord {
            lint: finding.lint,
            verdict: verdict(found.verdict),
            told: ReasonRecord::of(&found.told, sources),
            certainty: finding.certainty.name(),
            severity: finding.severity.name(),
            message: &finding.message,
            at: Extent::of(finding.at, sources),
            function: &finding.function,
            chain: finding.chain.iter().map(|step| StepRecord::of(step, sources)).collect(),
            doubts: ReasonRecord::all(&found.doubts, sources),
        }
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Told(_) => "told",
        Verdict::Silenced(_) => "silenced",
        Verdict::Allowed => "allowed",
        Verdict::AllowedAsBrief => "brief",
        Verdict::Uncertain => "uncertain",
        Verdict::Claimed(_) => "claimed",
    }
}

/// The same for machines.
pub fn explanation_json(explanation: &Explanation, sources: &Sources) -> Vec<u8> {
    let functions = explanation.functions.iter().map(|function| FunctionRecord {
        function: &function.name,
        at: Extent::of(function.at, sources),
        on_loop: function.is_on_loop,
        runtime: function.runtime.as_deref(),
        context: ReasonRecord::all(&function.context, sources),
        calls: function.calls,
        resolved: function.resolved,
    });
    let calls = explanation.calls.iter().map(|call| CallRecord {
        at: Extent::of(call.at, sources),
        function: &explanation.functions[call.function].name,
        calls: ReasonRecord::all(&call.calls, sources),
        why: ReasonRecord::all(&call.why, sources),
        findings: call.findings.iter().map(|found| FindingRecord::of(found, sources)).collect(),
    });
    let report = Report { version: 1, functions: functions.collect(), calls: calls.collect() };
    let mut out = serde_json::to_vec_pretty(&report).expect("plain records always serialize");
    out.push(b'\n');
    out
}

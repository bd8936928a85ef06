//! Why something is told at a place, or is not: what linking, lints and settings did there, in words.
//!
//! Asks the program and the lints again, with their reasons noted; decides nothing itself.

mod context;
mod gaps;
mod words;

pub use gaps::Reason;
pub(super) use gaps::{function_place, told};

use super::{Program, Settings, Verdict};
use crate::catalogue::schema::BlockKind;
use crate::flow::types::{Callee, Eval};
use crate::flow::{At, EdgeKind, Func, Group, Reached, Remark, UnitRef};
use crate::lint::{Certainty, Cx, Finding, Place};
use crate::model::{FnId, UnitId, ValueId, ValueKind};
use crate::text::Span;
use gaps::function_title;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// What is known of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The function around the place, or those that its calls are in.
    pub functions: Vec<ExplainedFunction>,
    /// The calls there, and what runs code without being written as a call; in the order of the text.
    pub calls: Vec<ExplainedCall>,
    /// No call begins at the place: these are the calls of the function around it.
    pub is_of_function: bool,
}

/// What is known of one function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedFunction {
    /// As people name it; empty for a module's own code.
    pub name: String,
    pub at: Place,
    /// Its body runs on an event loop.
    pub is_on_loop: bool,
    /// The runtime whose words help uses.
    pub runtime: Option<String>,
    /// Where it runs, and why.
    pub context: Vec<Reason>,
    /// Calls, and how many of them resolved to something.
    pub calls: u32,
    pub resolved: u32,
}

/// What is known of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedCall {
    pub at: Place,
    /// The function that it is in, by its number in the explanation.
    pub function: usize,
    /// What it calls, as far as that is known.
    pub calls: Vec<Reason>,
    /// What follows from that, or why nothing does; why it is not known what it calls.
    pub why: Vec<Reason>,
    pub findings: Vec<ExplainedFinding>,
}

/// What a lint finds at a call, or elsewhere because of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedFinding {
    pub finding: Finding,
    pub verdict: Verdict,
    /// What became of it, and by what.
    pub told: Reason,
    /// What makes it less certain.
    pub doubts: Vec<Reason>,
}

/// Gaps that are told of one call.
const GAPS: usize = 3;

impl Program {
    /// Explains the calls at a place: those that begin in its span, or around it where it is empty. `text` is the text
    /// of the place's file. None where there is no such file, or nothing was read of it.
    pub fn explain(&self, at: Place, text: &str, settings: &Settings) -> Option<Explanation> {
        let facts = &self.project.files.get(at.file.0 as usize)?.facts;
        if facts.units.is_empty() {
            return None;
        }
        let explainer = Explainer {
            program: self,
            cx: Cx::new(&self.linked, self.project.thresholds),
            settings,
            verdicts: self.verdicts(settings),
            reached: Group::ALL.into_iter().flat_map(|group| self.linked.reached(group, None)).collect(),
            remarked: RefCell::default(),
        };
        let mut here = self.calls_at(at, text);
        let around = if here.is_empty() { self.function_at_place(at) } else { None };
        let mut funcs: Vec<Func> = around.into_iter().collect();
        if let Some(func) = around {
            let place = function_place(&self.linked, func);
            here = self.calls_at(place, text);
            here.retain(|call| self.linked.function_at(*call) == func);
        }
        let mut calls = Vec::new();
        for call in here {
            let func = self.linked.function_at(call);
            let function = funcs.iter().position(|known| *known == func).unwrap_or_else(|| {
                funcs.push(func);
                funcs.len() - 1
            });
            calls.push(explainer.call(call, func, function));
        }
        let functions = funcs.into_iter().map(|func| explainer.function(func)).collect();
        Some(Explanation { functions, calls, is_of_function: around.is_some() })
    }

    /// The calls at a place, in the order of the text.
    fn calls_at(&self, at: Place, text: &str) -> Vec<At> {
        let mut found: Vec<(Span, u32, At)> = Vec::new();
        let facts = &self.project.files[at.file.0 as usize].facts;
        for (n, unit) in facts.units.iter().enumerate() {
            let unit_ref = UnitRef { file: at.file, unit: UnitId(n as u32) };
            let runs = self.runs_code(unit_ref);
            for value in (0..unit.values.len() as u32).map(ValueId) {
                let kind = unit.value(value).kind;
                let is_call =
                    matches!(kind, ValueKind::Call { .. } | ValueKind::Method { .. } | ValueKind::Macro { .. });
                if is_call || runs.contains(&value) {
                    let place = At { unit: unit_ref, value };
                    let span = self.linked.span(place);
                    let from = match kind {
                        ValueKind::Method { of, .. } | ValueKind::Attr { of, .. } => {
                            self.linked.span(At { unit: unit_ref, value: of }).end
                        }
                        _ => span.start,
                    };
                    let rest = text.get(from as usize..).unwrap_or_default();
                    let anchor = from + (rest.len() - rest.trim_start().len()) as u32;
                    found.push((span, anchor, place));
                }
            }
        }
        let on_the_spot = |(span, anchor, _): &(Span, u32, At)| match at.span.is_empty() {
            true => span.start <= at.span.start && at.span.start < span.end,
            false => at.span.start <= *anchor && *anchor < at.span.end,
        };
        let mut here: Vec<_> = found.iter().filter(|call| on_the_spot(call)).copied().collect();
        if here.is_empty() && !at.span.is_empty() {
            // A line inside a call of several lines.
            here = found
                .iter()
                .filter(|(span, ..)| span.start < at.span.end && at.span.start < span.end)
                .copied()
                .collect();
        }
        if here.len() > 1 && (at.span.is_empty() || !here.iter().any(on_the_spot)) {
            here.sort_by_key(|(span, ..)| span.len());
            here.truncate(1);
        }
        here.sort_by_key(|(span, anchor, place)| (*anchor, span.end, place.unit.unit.0, place.value));
        here.into_iter().map(|(.., place)| place).collect()
    }

    /// What runs code, or waits, without being written as a call.
    fn runs_code(&self, unit: UnitRef) -> Vec<ValueId> {
        let functions = self.linked.links(unit).map_or(&[][..], |links| &links.functions);
        functions
            .iter()
            .flat_map(|links| {
                let edges = links.edges.iter().map(|edge| edge.at);
                edges.chain(links.events.iter().map(|event| event.at))
            })
            .collect()
    }

    /// The innermost function that a place stands in or begins in; none for a module's own code.
    pub(super) fn function_at_place(&self, at: Place) -> Option<Func> {
        let facts = &self.project.files.get(at.file.0 as usize)?.facts;
        let mut best: Option<(Span, Func)> = None;
        for (unit, id) in facts.units.iter().zip(0..) {
            for (function, n) in unit.functions.iter().zip(0..) {
                let span = function.span.offset(unit.span.start);
                let is_around = span.start < at.span.end.max(at.span.start + 1) && at.span.start <= span.end;
                let is_inner = best.is_none_or(|(known, _)| span.len() <= known.len());
                if is_around && is_inner && id > 0 {
                    best = Some((span, Func { file: at.file, unit: UnitId(id), id: FnId(n) }));
                }
            }
        }
        best.map(|(_, func)| func)
    }
}

/// Explains the calls of one place.
struct Explainer<'p> {
    program: &'p Program,
    cx: Cx<'p>,
    settings: &'p Settings,
    verdicts: Vec<(Finding, Verdict)>,
    reached: Vec<Reached>,
    remarked: RefCell<FxHashMap<UnitRef, Remarks>>,
}

/// What linking remarks in a unit.
type Remarks = Rc<[(ValueId, Remark)]>;

impl Explainer<'_> {
    fn remarks(&self, unit: UnitRef) -> Remarks {
        let mut known = self.remarked.borrow_mut();
        Rc::clone(known.entry(unit).or_insert_with(|| self.program.linked.remarks(unit).into()))
    }

    fn function(&self, func: Func) -> ExplainedFunction {
        let linked = &self.program.linked;
        let links = linked.function_links(func);
        ExplainedFunction {
            name: linked.function_name(func),
            at: function_place(linked, func),
            is_on_loop: linked.on_loop().contains(&func),
            runtime: linked.runtime(func),
            context: context::context(linked, func),
            calls: links.map_or(0, |links| links.calls),
            resolved: links.map_or(0, |links| links.resolved),
        }
    }

    fn call(&self, at: At, func: Func, function: usize) -> ExplainedCall {
        let linked = &self.program.linked;
        let place = self.cx.place(at);
        let remarks = self.remarks(at.unit);
        let remarks: Vec<&Remark> =
            remarks.iter().filter(|(value, _)| *value == at.value).map(|(_, remark)| remark).collect();
        let mut explained = ExplainedCall {
            at: place,
            function,
            calls: Vec::new(),
            why: Vec::new(),
            findings: self.findings(at, place),
        };
        self.resolution(at, &mut explained);
        self.edges(at, func, &mut explained);
        let marks = self.program.marks();
        let is_finding_here = explained.findings.iter().any(|found| found.finding.at == place);
        for remark in remarks.into_iter().filter(|remark| !remark.is_doubt() || !is_finding_here) {
            let is_told = matches!(remark, Remark::NoWait(_)) && self.does_something(at, func);
            if !is_told {
                explained.why.push(words::remark(linked, func, remark, &marks));
            }
        }
        explained
    }

    /// What the call calls, or why that is not known.
    fn resolution(&self, at: At, explained: &mut ExplainedCall) {
        let linked = &self.program.linked;
        match linked.unit(at.unit).value(at.value).kind {
            ValueKind::Macro { .. } => {
                explained.why.push(Reason::new("what the macro expands to is not seen"));
                return;
            }
            ValueKind::Call { .. } | ValueKind::Method { .. } => {}
            _ => return,
        }
        let (found, gaps) = Eval::noting(linked).resolve_noting(at);
        for target in &found.targets {
            explained.calls.push(match target.callee {
                Callee::Project(to) => {
                    Reason::new(format!("calls {}", function_title(linked, to))).at(function_place(linked, to))
                }
                Callee::Library(id) => Reason::new(format!("calls `{}`", linked.catalogue.function(id).path)),
                Callee::Class(def) => {
                    let span = linked.definition(def).span;
                    Reason::new(format!("makes a `{}`", linked.def_name(def))).at(Place { file: def.file, span })
                }
            });
        }
        if found.targets.is_empty() {
            explained.calls.push(match found.is_known() {
                true => {
                    let given = Eval::new(linked).value(at);
                    Reason::new(format!("gives {}, and no code of it is known", gaps::type_name(linked, &given)))
                }
                false => Reason::new("what it calls is not known"),
            });
        }
        let is_resolved = !found.targets.is_empty();
        explained.why.extend(gaps.iter().take(GAPS).map(|gap| {
            let reason = gaps::told(linked, gap).reason;
            let what = if is_resolved { format!("not known besides: {}", reason.what) } else { reason.what };
            Reason { what, at: reason.at }
        }));
    }

    /// Whether linking drew anything from a call.
    fn does_something(&self, at: At, func: Func) -> bool {
        self.program.linked.function_links(func).is_some_and(|links| {
            links.edges.iter().any(|edge| edge.at == at.value) || links.events.iter().any(|event| event.at == at.value)
        })
    }

    /// What the call makes run, and what waits.
    fn edges(&self, at: At, func: Func, explained: &mut ExplainedCall) {
        let linked = &self.program.linked;
        let Some(links) = linked.function_links(func) else {
            return;
        };
        for event in links.events.iter().filter(|event| event.at == at.value) {
            explained.why.push(Reason::new(format!("`{}` {}", self.cx.event_name(event), event.why)));
            let is_told = explained.findings.iter().any(|found| !found.finding.reached.is_empty());
            if event.kind == BlockKind::Lock && !is_told {
                explained
                    .why
                    .push(Reason::new("a lock is told where something holds it while it waits for long: nothing does"));
            }
        }
        let onward = linked.onward(func, at.value);
        for edge in links.edges.iter().filter(|edge| edge.at == at.value) {
            let title = function_title(linked, edge.to);
            let to = function_place(linked, edge.to);
            let what = match (edge.kind, edge.implicit) {
                (EdgeKind::Call, None) => None,
                (EdgeKind::Call, Some(what)) => Some(format!("runs {title} ({what})")),
                (EdgeKind::Drive, _) => Some(format!("makes a future of {title}: what it waits for is told there")),
                (EdgeKind::Offload, _) => Some(format!("{title} runs off the loop")),
                (EdgeKind::OnLoop, _) => Some(format!("leaves {title} to the loop: what it waits for is told there")),
            };
            explained.why.extend(what.map(|what| Reason::new(what).at(to)));
            if edge.kind != EdgeKind::Call || onward.iter().any(|onward| onward.to == edge.to) {
                continue;
            }
            let known = linked.function_links(edge.to).map_or((0, 0), |links| (links.calls, links.resolved));
            let unknown = known.0 - known.1;
            let what = match unknown {
                0 => format!("nothing that waits is reached from {title}"),
                n => format!(
                    "nothing that waits is reached from {title}, as far as is known: {n} of its {} calls did not resolve",
                    known.0
                ),
            };
            explained.why.push(Reason::new(what).at(to));
        }
        for onward in onward {
            let title = function_title(linked, onward.to);
            let (name, why) = (self.cx.event_name(&onward.event), &onward.event.why);
            explained.why.push(match onward.ruled_out {
                None => Reason::new(format!("{title} reaches `{name}`, which {why}")),
                Some(doubt) => {
                    let doubt = words::doubt(linked, onward.to, doubt);
                    Reason::new(format!("{title} reaches `{name}`, which {why}, but {}", doubt.what))
                }
            });
        }
    }

    /// What is found at a call, and what is found elsewhere because of it.
    fn findings(&self, at: At, place: Place) -> Vec<ExplainedFinding> {
        let is_here = |finding: &Finding| finding.at == place || finding.chain.iter().any(|step| step.at == place);
        let mut found: Vec<&(Finding, Verdict)> =
            self.verdicts.iter().filter(|(finding, _)| is_here(finding)).collect();
        found.sort_by_key(|(finding, verdict)| (finding.at != place, !matches!(verdict, Verdict::Told(_))));
        found
            .into_iter()
            .map(|(finding, verdict)| ExplainedFinding {
                told: words::verdict(finding, *verdict, self.settings),
                doubts: if finding.at == place { self.doubts(at, finding) } else { Vec::new() },
                verdict: *verdict,
                finding: finding.clone(),
            })
            .collect()
    }

    fn doubts(&self, at: At, finding: &Finding) -> Vec<Reason> {
        let linked = &self.program.linked;
        let mut doubts: Vec<Reason> = Vec::new();
        let is_same = |reached: &&Reached| {
            let event = reached.event();
            reached.root.at(reached.at) == at && self.cx.event_name(event) == finding.reached
        };
        let Some(reached) = self.reached.iter().find(is_same) else {
            return doubts;
        };
        if finding.certainty == Certainty::Certain {
            return doubts;
        }
        let marks = self.program.marks();
        for step in &reached.chain {
            let func = linked.function_at(step.at);
            for (value, remark) in self.remarks(step.at.unit).iter() {
                if *value == step.at.value && remark.is_doubt() {
                    let reason = words::remark(linked, func, remark, &marks);
                    doubts.push(Reason { at: reason.at.or(Some(self.cx.place(step.at))), ..reason });
                }
            }
        }
        for (met, of, doubt) in linked.doubts(reached) {
            doubts.push(words::doubt(linked, of, doubt).at(self.cx.place(met)));
        }
        if finding.certainty == Certainty::Possible
            && self.cx.alone(reached.root, Certainty::Certain) != Certainty::Certain
        {
            let context = context::context(linked, reached.root);
            doubts.extend(context.into_iter().filter(|reason| reason.what.ends_with("at most possible")));
        }
        doubts
    }
}

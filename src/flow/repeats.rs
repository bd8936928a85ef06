//! Whether a place is passed again and again, and why: loops, comprehensions, handlers, functions that are called for
//! each of many things; looked for from the place outward, through what makes its function run.

use super::Program;
use super::certainty::Certainty;
use super::context::contexts;
use super::ids::{At, Func};
use super::links::EdgeKind;
use super::runners::{Runner, Runners};
use super::types::{Callee, Eval};
use crate::catalogue::schema::Times;
use crate::model::{
    ArgKind, JumpKind, LocalId, LoopKind, RegionId, RegionKind, Unit, UnitId, UseKind, ValueId, ValueKind,
};
use rustc_hash::FxHashSet;
use std::collections::VecDeque;

/// What makes a place be passed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Each turn of a loop.
    Turn,
    /// Each element of a comprehension.
    Element,
    /// A framework calls that function for each request.
    Request(Func),
    /// That call runs the function around the place for each of many things.
    Many { func: Func, by: At },
    /// Nothing that is known but that the function is asynchronous: many calls of it may be under way.
    Async(Func),
}

/// A place that is passed again and again, or a call that leads to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Again {
    /// The outermost call inside of what repeats; the place itself if that stands there.
    pub at: At,
    pub why: Why,
    /// The calls from there down to the place, which is the last; empty if `at` is the place.
    pub way: Vec<At>,
    /// Some function on the way is started beside its caller: as a task, on a thread.
    pub is_started: bool,
    pub certainty: Certainty,
}

/// Calls that are followed outward.
const MAX_CALLS: usize = 5;

struct Trace {
    at: At,
    way: Vec<At>,
    is_started: bool,
    certainty: Certainty,
}

impl Trace {
    fn again(&self, why: Why) -> Again {
        Again { at: self.at, why, way: self.way.clone(), is_started: self.is_started, certainty: self.certainty }
    }
}

impl Program {
    /// Everything nearest that makes a place be passed again; `way` leads from there to what the question is about.
    pub fn repeats(&self, eval: &mut Eval, runners: &Runners, at: At, way: Vec<At>) -> Vec<Again> {
        let from_test = self.is_test(self.function_at(at));
        let mut found: Vec<Again> = Vec::new();
        let mut asynchronous: Option<Again> = None;
        let mut seen: FxHashSet<Func> = FxHashSet::default();
        let first = Trace { at, way, is_started: false, certainty: Certainty::Certain };
        let mut queue = VecDeque::from([first]);
        while let Some(trace) = queue.pop_front() {
            let func = self.function_at(trace.at);
            let decorations = self.decorations_of(func);
            // What a first use makes is made once; so is what a cached function gives.
            let is_once = decorations.handler.is_some_and(|handler| handler.is_once);
            if decorations.is_cached || is_once || contexts(eval, func).once(trace.at.value).is_some() {
                continue;
            }
            if let Some(why) = turn(self.unit(trace.at.unit), trace.at.value) {
                found.push(trace.again(why));
                continue;
            }
            if decorations.handler.is_some_and(|handler| handler.per_request) {
                found.push(trace.again(Why::Request(func)));
                continue;
            }
            let function = self.function(func);
            if self.is_async_function(func) && !function.is_generator && asynchronous.is_none() {
                asynchronous = Some(trace.again(Why::Async(func)));
            }
            let is_last = trace.way.len() >= MAX_CALLS || func.unit == UnitId::MODULE && func.id.0 == 0;
            if is_last || !seen.insert(func) {
                continue;
            }
            for runner in runners.of_function(func) {
                // What a test does again and again is not what the code does.
                if !from_test && self.is_test(runner.from) {
                    continue;
                }
                if !self.fills_cell(eval, runner) {
                    self.outward(runner, func, &trace, &mut found, &mut queue);
                }
            }
        }
        if found.is_empty() {
            found.extend(asynchronous);
        }
        found
    }

    /// Whether an argument of a call is written by the loop around it.
    pub fn depends_on_turn(&self, call: At) -> bool {
        let unit = self.unit(call.unit);
        let is_loop = |region: &RegionId| matches!(unit.region(*region).kind, RegionKind::Loop { .. });
        let Some(around) = unit.regions_around(call.value).find(is_loop) else {
            return false;
        };
        let turns = unit.region(around);
        let is_written = |local: LocalId| {
            let is_write =
                |at: u32| matches!(unit.value(ValueId(at)).kind, ValueKind::Write { local: of, .. } if of == local);
            (turns.start..turns.end).any(is_write)
        };
        // The builder that gives it is part of what is asked for.
        let mut part = call.value;
        loop {
            let (args, count, of) = match unit.value(part).kind {
                ValueKind::Call { args, count, .. } => (args, count, ValueId::NONE),
                ValueKind::Method { args, count, of, .. } => (args, count, of),
                _ => return false,
            };
            let reads = |value: ValueId| match unit.value(value).kind {
                ValueKind::Local { local, .. } => is_written(local),
                _ => false,
            };
            if unit.args(args, count).iter().any(|arg| arg.kind != ArgKind::Generics && reads(arg.value)) {
                return true;
            }
            if of.is_none() {
                return false;
            }
            part = of;
        }
    }

    fn outward(&self, runner: &Runner, func: Func, trace: &Trace, found: &mut Vec<Again>, queue: &mut VecDeque<Trace>) {
        let place = runner.from.at(runner.at);
        let mut way = Vec::with_capacity(trace.way.len() + 2);
        way.extend(runner.via);
        way.push(trace.at);
        way.extend_from_slice(&trace.way);
        let outer = Trace {
            at: place,
            way,
            is_started: trace.is_started || self.is_started(runner),
            certainty: trace.certainty.min(runner.certainty),
        };
        if runner.times == Times::Many {
            let why = Why::Many { func, by: place };
            found.push(Again { is_started: outer.is_started, certainty: outer.certainty, ..trace.again(why) });
            return;
        }
        // `for item in items: callback(item)` in the callee that it was passed to.
        if let Some(via) = runner.via
            && turn(self.unit(via.unit), via.value).is_some()
        {
            let why = Why::Many { func, by: place };
            found.push(Again { is_started: outer.is_started, certainty: outer.certainty, ..trace.again(why) });
            return;
        }
        queue.push_back(outer);
    }

    /// Whether a library keeps what the function gives: a cell that is filled once.
    fn fills_cell(&self, eval: &mut Eval, runner: &Runner) -> bool {
        let is_call = matches!(
            self.unit(runner.from.unit_ref()).value(runner.at).kind,
            ValueKind::Call { .. } | ValueKind::Method { .. }
        );
        is_call
            && eval.resolve(runner.from.at(runner.at)).targets.iter().any(|target| match target.callee {
                Callee::Library(id) => {
                    let effects = &self.catalogue.function(id).entry.effects;
                    let runs = effects.runs.iter().filter_map(|runs| runs.arg.as_ref());
                    runs.into_iter().any(|run| effects.stores.iter().any(|stores| stores.arg == *run))
                }
                _ => false,
            })
    }

    /// Whether a function runs beside the one that starts it.
    fn is_started(&self, runner: &Runner) -> bool {
        match runner.kind {
            EdgeKind::Call => false,
            EdgeKind::Drive => self.unit(runner.from.unit_ref()).value(runner.at).used.kind != UseKind::Awaited,
            EdgeKind::Offload | EdgeKind::OnLoop => true,
        }
    }
}

/// The loop of its own function that turns again after a value was evaluated in it.
fn turn(unit: &Unit, value: ValueId) -> Option<Why> {
    let mut left = leaves_managed(unit, value);
    for region in unit.regions_around(value) {
        let record = unit.region(region);
        if let RegionKind::Loop { kind } = record.kind {
            left = left.or_else(|| leaves(unit, region, value.0));
            match left {
                Some(JumpKind::Return | JumpKind::Raise | JumpKind::Reraise) => return None,
                Some(_) => left = None,
                None => {
                    let is_comprehension =
                        matches!(kind, LoopKind::Comprehension | LoopKind::AsyncComprehension | LoopKind::Lazy);
                    return Some(if is_comprehension { Why::Element } else { Why::Turn });
                }
            }
        } else {
            left = left.or_else(|| leaves(unit, region, value.0));
        }
    }
    None
}

/// The jump out of a loop or function that always follows in a region.
fn leaves(unit: &Unit, region: RegionId, after: u32) -> Option<JumpKind> {
    let record = unit.region(region);
    unit.jumps_of(region, after, record.end)
        .find(|kind| matches!(kind, JumpKind::Return | JumpKind::Raise | JumpKind::Reraise | JumpKind::Break))
}

/// `with make() as made: return …`: what leaves the block that a value opens.
fn leaves_managed(unit: &Unit, value: ValueId) -> Option<JumpKind> {
    let opened = unit.regions.iter().enumerate();
    let mut opened =
        opened.filter(|(_, region)| matches!(region.kind, RegionKind::Managed { .. }) && region.value == value);
    opened.find_map(|(at, region)| leaves(unit, RegionId(at as u32), region.start))
}

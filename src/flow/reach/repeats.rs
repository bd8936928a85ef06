//! Whether a place is passed again and again, and why: loops, comprehensions, handlers, functions that are called for
//! each of many things; looked for from the place outward, through what makes its function run.

use crate::catalogue::schema::Times;
use crate::flow::Program;
use crate::flow::certainty::Certainty;
use crate::flow::contexts::context::Contexts;
use crate::flow::contexts::outcomes::asks_runtime;
use crate::flow::contexts::param_tests::{Guards, Passed, at_call};
use crate::flow::ids::{At, Func};
use crate::flow::linking::links::EdgeKind;
use crate::flow::reach::runners::{Runner, Runners};
use crate::flow::types::{Callee, Eval};
use crate::model::{
    ArgKind, ArmTest, FnId, JumpKind, LocalId, LoopKind, RegionId, RegionKind, Unit, UnitId, UseKind, ValueId,
    ValueKind,
};
use rustc_hash::{FxHashMap, FxHashSet};
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

/// A place on the way outward, and what is known of it.
struct Trace {
    at: At,
    way: Vec<At>,
    is_started: bool,
    certainty: Certainty,
    /// Functions inward of this one that come to the place on some paths only.
    conditions: u32,
    /// Tests of this function's parameters.
    guards: Guards,
}

impl Trace {
    fn again(&self, why: Why) -> Again {
        let certainty = match (self.way.len(), self.conditions) {
            (..=3, 0) => self.certainty,
            (..=3, 1) => self.certainty.min(Certainty::Likely),
            _ => Certainty::Possible,
        };
        Again { at: self.at, why, way: self.way.clone(), is_started: self.is_started, certainty }
    }
}

/// Looks for what makes places be passed again.
pub struct Repeats<'r, 'p> {
    eval: Eval<'p>,
    runners: &'r Runners,
    contexts: FxHashMap<Func, Contexts>,
}

impl<'r, 'p> Repeats<'r, 'p> {
    pub fn new(program: &'p Program, runners: &'r Runners) -> Repeats<'r, 'p> {
        Repeats { eval: Eval::new(program), runners, contexts: FxHashMap::default() }
    }

    /// Everything nearest that makes a place be passed again; `way` leads from there to what the question is about.
    /// What needs a thread without a loop is not followed into functions that run on one.
    pub fn of(&mut self, at: At, way: Vec<At>, needs_own_thread: bool) -> Vec<Again> {
        let program = self.eval.program;
        let origin = way.last().copied().unwrap_or(at);
        let from_test = program.is_test(program.function_at(at));
        let mut found: Vec<Again> = Vec::new();
        let mut asynchronous: Option<Again> = None;
        let mut seen: FxHashSet<Func> = FxHashSet::default();
        let guards = Guards::default();
        let first = Trace { at, way, is_started: false, certainty: Certainty::Certain, conditions: 0, guards };
        let mut queue = VecDeque::from([first]);
        while let Some(mut trace) = queue.pop_front() {
            let func = program.function_at(trace.at);
            let decorations = program.decorations_of(func);
            let (contexts, eval) = self.contexts_of(func);
            let is_once = decorations.handler.is_some_and(|handler| handler.is_once);
            // What a first use makes is made once; so is what a cached function gives.
            if decorations.is_cached || is_once || contexts.once(eval, trace.at.value).is_some() {
                continue;
            }
            for guard in contexts.guards(eval, trace.at.value).iter() {
                trace.guards.add(guard);
            }
            let is_on_loop = program.is_async_function(func) || decorations.handler.is_some_and(|it| it.sync_on_loop);
            if needs_own_thread && is_on_loop && !trace.is_started {
                continue;
            }
            // Where a loop runs already, plain code is called by few; what was started beside has none.
            if self.is_where_loop_runs(trace.at) {
                if trace.is_started {
                    continue;
                }
                trace.certainty = Certainty::Possible;
            }
            if let Some(why) = turn(program.unit(trace.at.unit), trace.at.value) {
                found.push(trace.again(why));
                continue;
            }
            if decorations.handler.is_some_and(|handler| handler.per_request) {
                found.push(trace.again(Why::Request(func)));
                continue;
            }
            let function = program.function(func);
            if program.is_async_function(func) && !function.is_generator && asynchronous.is_none() {
                asynchronous = Some(trace.again(Why::Async(func)));
            }
            let is_last = trace.way.len() >= MAX_CALLS || func.unit == UnitId::MODULE && func.id == FnId::OWN;
            if is_last || !seen.insert(func) {
                continue;
            }
            for runner in self.runners.of_function(func) {
                // What a test does again and again is not what the code does.
                if !from_test && program.is_test(runner.from) {
                    continue;
                }
                // A function that comes back to itself does so with a part of what it was given.
                let comes_back =
                    runner.from.unit_ref() == origin.unit && (func.unit_ref() != origin.unit || func.id == FnId::OWN);
                if comes_back || self.fills_cell(runner) {
                    continue;
                }
                self.outward(runner, func, &trace, &mut found, &mut queue);
            }
        }
        if found.is_empty() {
            found.extend(asynchronous);
        }
        found
    }

    /// The contexts of a function, and what they are found out with.
    fn contexts_of(&mut self, func: Func) -> (&mut Contexts, &mut Eval<'p>) {
        let eval = &mut self.eval;
        (self.contexts.entry(func).or_insert_with(|| Contexts::of(eval.program, func)), eval)
    }

    /// `try: get_running_loop(); make() except RuntimeError: …`: what asks for a loop comes first.
    fn is_where_loop_runs(&mut self, at: At) -> bool {
        let unit = self.eval.program.unit(at.unit);
        let tried = unit.regions_around(at.value).find(|region| unit.region(*region).kind == RegionKind::TryBody);
        let Some(tried) = tried else {
            return false;
        };
        (unit.region(tried).start..at.value.0).map(ValueId).any(|value| {
            matches!(unit.value(value).kind, ValueKind::Call { .. } | ValueKind::Method { .. })
                && asks_runtime(&mut self.eval, At { unit: at.unit, value })
                    .is_some_and(|asks| asks.none.as_deref() == Some("raises"))
        })
    }

    fn outward(
        &mut self,
        runner: &Runner,
        func: Func,
        trace: &Trace,
        found: &mut Vec<Again>,
        queue: &mut VecDeque<Trace>,
    ) {
        let program = self.eval.program;
        // What is registered in a loop runs when something happens, not with the loop.
        if runner.kind == EdgeKind::OnLoop && !program.enters_runtime(runner.from, runner.at) {
            return;
        }
        let place = runner.from.at(runner.at);
        let (contexts, eval) = self.contexts_of(runner.from);
        let is_off_loop = contexts.is_off_loop(eval, runner.at);
        let mut way = Vec::with_capacity(trace.way.len() + 2);
        way.extend(runner.via);
        way.push(trace.at);
        way.extend_from_slice(&trace.way);
        let is_conditional = is_conditional(program.unit(trace.at.unit), trace.at.value);
        let mut outer = Trace {
            at: place,
            way,
            is_started: trace.is_started || !is_off_loop && is_started(program, runner),
            certainty: trace.certainty.min(runner.certainty),
            conditions: trace.conditions + u32::from(is_conditional),
            guards: Guards::default(),
        };
        let is_plain = runner.via.is_none() && matches!(runner.kind, EdgeKind::Call | EdgeKind::Drive);
        for guard in trace.guards.iter().filter(|_| is_plain) {
            match at_call(&mut self.eval, place, func, runner.has_receiver, guard) {
                Passed::RuledOut => return,
                Passed::Unlikely => outer.certainty = Certainty::Possible,
                Passed::If(guard) => outer.guards.add(guard),
                Passed::Open => {}
            }
        }
        if runner.times == Times::Many {
            let inner = Trace { is_started: outer.is_started, certainty: outer.certainty, ..inside(trace) };
            found.push(inner.again(Why::Many { func, by: place }));
            return;
        }
        // `for item in items: callback(item)` in the callee that it was passed to.
        if let Some(via) = runner.via
            && turn(program.unit(via.unit), via.value).is_some()
        {
            let inner = Trace { is_started: outer.is_started, certainty: outer.certainty, ..inside(trace) };
            found.push(inner.again(Why::Many { func, by: place }));
            return;
        }
        queue.push_back(outer);
    }

    /// Whether a library keeps what the function gives: a cell that is filled once.
    fn fills_cell(&mut self, runner: &Runner) -> bool {
        let program = self.eval.program;
        let is_call = matches!(
            program.unit(runner.from.unit_ref()).value(runner.at).kind,
            ValueKind::Call { .. } | ValueKind::Method { .. }
        );
        is_call
            && self.eval.resolve(runner.from.at(runner.at)).targets.iter().any(|target| match target.callee {
                Callee::Library(id) => {
                    let effects = &program.catalogue.function(id).entry.effects;
                    let mut runs = effects.runs.iter().filter_map(|runs| runs.arg.as_ref());
                    runs.any(|run| effects.stores.iter().any(|stores| stores.arg == *run))
                }
                _ => false,
            })
    }
}

/// The same place, to be told from inside.
fn inside(trace: &Trace) -> Trace {
    Trace { way: trace.way.clone(), ..*trace }
}

/// Whether a function runs beside the one that starts it.
fn is_started(program: &Program, runner: &Runner) -> bool {
    match runner.kind {
        EdgeKind::Call => false,
        EdgeKind::Drive => program.unit(runner.from.unit_ref()).value(runner.at).used.kind != UseKind::Awaited,
        EdgeKind::Offload | EdgeKind::OnLoop => true,
    }
}

/// Whether a function comes to a value on some paths only.
fn is_conditional(unit: &Unit, value: ValueId) -> bool {
    unit.regions_around(value).any(|region| match unit.region(region).kind {
        RegionKind::Arm { test } => !matches!(test, ArmTest::Static | ArmTest::NotStatic),
        RegionKind::Handler => true,
        _ => false,
    })
}

impl Program {
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

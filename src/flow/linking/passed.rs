//! Functions that are passed to functions of the project, which call them, hand them on, or keep them to call later.

use crate::catalogue::FunctionId;
use crate::catalogue::schema::{BlockKind, Times};
use crate::flow::certainty::Certainty;
use crate::flow::contexts::param_tests::argument;
use crate::flow::contexts::sides::sides;
use crate::flow::ids::Func;
use crate::flow::linking::events::default_reason;
use crate::flow::linking::link::Linker;
use crate::flow::linking::links::{Edge, EdgeKind, Event, EventSource, ParamHow, ParamUse, PassedFunction};
use crate::flow::reach::shares::Share;
use crate::flow::reach::summary::Group;
use crate::flow::relations::fields;
use crate::flow::types::{Bound, Callable, Callee, Eval, Nominal, Target, Type};
use crate::flow::{At, Kept, Program};
use crate::model::{ArgKind, ArmTest, ParamKind, RegionKind, Unit, UseKind, ValueId, ValueKind};

/// Calls through which a function is followed to what calls it.
const MAX_HANDED_ON: usize = 2;

/// A collection of more functions says nothing of one of them.
const MAX_FUNCTIONS: usize = 8;

impl Linker<'_, '_> {
    /// Functions passed as arguments, by the callee's parameter: alone, or in a collection.
    pub(crate) fn passed_functions(&mut self, at: ValueId, func: Func, target: &Target) -> Vec<PassedFunction> {
        let place = self.func.at(at);
        let unit = self.eval.program.unit(place.unit);
        let mut passed = Vec::new();
        let args = self.eval.spread_args(place);
        if !args.iter().any(|arg| arg.kind != ArgKind::Generics && may_be_function(unit, arg.value)) {
            return passed;
        }
        let rest = rest_param(self.eval.program, func);
        let bound = self.eval.bind_project(place, func, target);
        for (n, bound) in bound.into_iter().enumerate() {
            let Bound::Value(value) = bound else {
                continue;
            };
            self.pass(at, func, n as u32, value, &mut passed);
            if rest == Some(n as u32) {
                let others = args.iter().skip_while(|arg| arg.value != value).skip(1);
                for other in others.filter(|arg| arg.kind == ArgKind::Positional) {
                    self.pass(at, func, n as u32, other.value, &mut passed);
                }
            }
        }
        passed
    }

    fn pass(&mut self, at: ValueId, func: Func, n: u32, value: ValueId, passed: &mut Vec<PassedFunction>) {
        let unit = self.eval.program.unit(self.func.unit_ref());
        let is_given = matches!(unit.value(value).used.kind, UseKind::Argument | UseKind::Element);
        if !is_given || !may_be_function(unit, value) {
            return;
        }
        if let Some(param) = self.called_param(value) {
            let guards = self.guards(at);
            self.links.param_uses.push(ParamUse { param, at, how: ParamHow::Passed(func, n), guards });
            return;
        }
        let ty = self.eval.value(self.func.at(value));
        let mut found = Vec::new();
        self.functions_of(&ty, Certainty::Certain, 0, &mut found);
        if found.len() <= MAX_FUNCTIONS {
            passed.extend(found.into_iter().map(|(function, certainty)| PassedFunction {
                param: n,
                function,
                certainty,
            }));
        }
    }

    /// The functions that a value is, or holds.
    fn functions_of(&mut self, ty: &Type, certainty: Certainty, depth: u32, found: &mut Vec<(Callable, Certainty)>) {
        const MAX_DEPTH: u32 = 3;
        if depth > MAX_DEPTH {
            return;
        }
        let mut each = |linker: &mut Self, parts: &[Type], certainty: Certainty| {
            for part in parts {
                linker.functions_of(part, certainty, depth + 1, found);
            }
        };
        match ty {
            // One of two is chosen here; of more, as of the implementations of a method, any one is hardly meant.
            Type::Union(parts) if parts.len() > 2 => each(self, parts, Certainty::Possible),
            Type::Union(parts) => each(self, parts, certainty.lowered()),
            Type::Tuple(parts) => each(self, parts, certainty),
            Type::Instance(Nominal::Library(_), args, _) if !args.is_empty() => match self.eval.dereferenced(ty) {
                Some(inner) => each(self, &[inner], certainty),
                // The values of a mapping, the elements of anything else.
                None => match &args[args.len() - 1] {
                    Type::Union(parts) => each(self, parts, certainty),
                    element => each(self, std::slice::from_ref(element), certainty),
                },
            },
            Type::Function(_) | Type::Bound(..) | Type::Partial(..) | Type::Instance(Nominal::Project(_), ..) => {
                for target in self.eval.targets(ty).targets {
                    match target.callee {
                        Callee::Project(given) => found.push((Callable::Project(given), certainty)),
                        Callee::Library(given) => found.push((Callable::Library(given), certainty)),
                        Callee::Class(_) => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// The parameter of this function that a value is, or that holds it: an element, the value of a key.
    pub(crate) fn called_param(&self, value: ValueId) -> Option<u32> {
        if let Some(param) = self.own_param(value) {
            return Some(param);
        }
        let unit = self.eval.program.unit(self.func.unit_ref());
        match unit.value(value).kind {
            ValueKind::Item { of, .. } => self.own_param(of),
            ValueKind::Local { local, .. } => {
                let mut writes = unit.values.iter().filter_map(|value| match value.kind {
                    ValueKind::Write { local: written, from, .. } if written == local => Some(from),
                    _ => None,
                });
                let (Some(from), None) = (writes.next(), writes.next()) else {
                    return None;
                };
                self.iterated_param(from)
            }
            _ => None,
        }
    }

    /// Whether a stretch around a value runs only for some functions, which a test of the project tells apart:
    /// `if is_quick(function): function()`.
    pub(crate) fn is_chosen_by_test(&mut self, at: ValueId, param: u32) -> bool {
        let unit = self.eval.program.unit(self.func.unit_ref());
        let arms: Vec<ValueId> = unit
            .regions_around(at)
            .map(|region| unit.region(region))
            .filter(|region| matches!(region.kind, RegionKind::Arm { test: ArmTest::True | ArmTest::False }))
            .map(|region| region.value)
            .filter(|value| value.is_some())
            .collect();
        arms.into_iter().any(|condition| self.tests_function(condition, param))
    }

    fn tests_function(&mut self, condition: ValueId, param: u32) -> bool {
        let unit = self.eval.program.unit(self.func.unit_ref());
        match unit.value(condition).kind {
            ValueKind::Operation { left, right, .. } => {
                [left, right].into_iter().filter(|value| value.is_some()).any(|value| self.tests_function(value, param))
            }
            ValueKind::Choice { region } => match sides(unit, condition, region) {
                Some(sides) => {
                    [Some(sides.left), sides.right].into_iter().flatten().any(|value| self.tests_function(value, param))
                }
                None => false,
            },
            ValueKind::Call { args, count, .. } | ValueKind::Method { args, count, .. } => {
                let is_given = unit.args(args, count).iter().any(|arg| self.own_param(arg.value) == Some(param));
                let called = if is_given { self.eval.resolve(self.func.at(condition)).targets } else { Vec::new() };
                called.iter().any(|target| matches!(target.callee, Callee::Project(_)))
            }
            _ => false,
        }
    }

    /// `functions`, `functions.values()`, `list(functions)`.
    fn iterated_param(&self, value: ValueId) -> Option<u32> {
        if value.is_none() {
            return None;
        }
        let unit = self.eval.program.unit(self.func.unit_ref());
        self.own_param(value).or_else(|| match unit.value(value).kind {
            ValueKind::Method { of, count: 0, .. } => self.own_param(of),
            ValueKind::Call { args, count: 1, .. } => self.own_param(unit.args(args, 1).first()?.value),
            _ => None,
        })
    }

    /// `self.action()`: what a parameter keeps is called, and only who made it knows what that is.
    pub(crate) fn held_use(&mut self, at: ValueId) {
        let program = self.eval.program;
        let ValueKind::Method { of, name, .. } = program.unit(self.func.unit_ref()).value(at).kind else {
            return;
        };
        // What is awaited is no plain function.
        if let Some(param) = self.own_param(of)
            && !self.is_dead(at)
            && !self.eval.is_awaited(self.func.at(at))
        {
            let how = ParamHow::Held(program.name(self.func.file, name));
            let guards = self.guards(at);
            self.links.param_uses.push(ParamUse { param, at, how, guards });
        }
    }
}

impl Share {
    /// Functions passed to a callee that calls them.
    pub(crate) fn add_passed(&mut self, program: &Program, from: Func, edge: &Edge) {
        for passed in &edge.passed {
            let certainty = edge.certainty.min(passed.certainty);
            let called = || calls_of_param(program, edge.to, passed.param).into_iter();
            match passed.function {
                Callable::Project(given) if !program.is_async_function(given) => {
                    for (at, ..) in called().filter(|(_, kind, _)| *kind == EdgeKind::Call) {
                        self.add(from, edge, Some(at), given, certainty);
                    }
                }
                Callable::Library(id) if called().any(|(_, kind, _)| kind.is_on_loop()) => {
                    self.add_library(program, from, edge, id, certainty);
                }
                _ => {}
            }
        }
    }

    /// A library's function that a callee calls.
    fn add_library(&mut self, program: &Program, from: Func, edge: &Edge, id: FunctionId, certainty: Certainty) {
        for blocks in &program.catalogue.function(id).entry.effects.blocks {
            if blocks.of.is_some() || blocks.at.is_some() {
                continue;
            }
            // What it is called with is not known here.
            let certainty = if blocks.unless.is_empty() { certainty } else { certainty.lowered() };
            let kind = blocks.kind.unwrap_or(BlockKind::Device);
            self.passed_events.push((
                from.id,
                Event {
                    at: edge.at,
                    group: Group::of(kind),
                    kind,
                    stall: blocks.stall,
                    certainty,
                    at_first_use: edge.at_first_use >= Some(Kept::Object),
                    guards: edge.guards,
                    function: EventSource::Library(id),
                    why: blocks.why.clone().unwrap_or_else(|| default_reason(kind).to_owned()),
                    limit: None,
                },
            ));
        }
    }

    /// `Job(load).run()`: the callee calls what its receiver was made with.
    pub(crate) fn add_held(&mut self, eval: &mut Eval, from: Func, edge: &Edge) {
        let program = eval.program;
        let Some(links) = program.function_links(edge.to) else {
            return;
        };
        for used in &links.param_uses {
            let ParamHow::Held(name) = used.how else {
                continue;
            };
            let Some(given) = argument(eval, from.at(edge.at), edge.to, edge.has_receiver, used.param) else {
                continue;
            };
            let given = from.at(given);
            let via = Some(edge.to.at(used.at));
            let Some((call, class)) = fields::made_by(eval, given) else {
                // A method of an object that was made elsewhere.
                if edge.kind == EdgeKind::Call
                    && let Type::Instance(Nominal::Project(class), ..) = eval.value(given)
                {
                    for held in program.held_functions(class, name).iter().copied() {
                        self.add(from, edge, via, held, edge.certainty.lowered());
                    }
                }
                continue;
            };
            let Some(value) = fields::given(eval, call, class, name) else {
                continue;
            };
            let certainty = if call == given { edge.certainty } else { edge.certainty.lowered() };
            if let Type::Function(Callable::Project(held)) | Type::Bound(_, Callable::Project(held)) = eval.value(value)
                && !program.is_async_function(held)
            {
                self.add(from, edge, via, held, certainty);
            }
        }
    }

    /// `self.action()` in a method that runs on a loop by itself: what objects of its class were made with.
    pub(crate) fn add_held_by_self(&mut self, eval: &mut Eval, from: Func) {
        let program = eval.program;
        let Some(links) = program.function_links(from).filter(|_| program.is_coroutine(from)) else {
            return;
        };
        for used in links.param_uses.iter().filter(|used| used.param == 0) {
            let ParamHow::Held(name) = used.how else {
                continue;
            };
            let Some(class) = program.class_of_method(from) else {
                continue;
            };
            for held in program.held_functions(class, name).iter().copied() {
                let edge = Edge::new(used.at, held, EdgeKind::Call, Certainty::Likely);
                let edge = Edge { guards: used.guards, ..edge };
                self.add(from, &edge, None, held, edge.certainty);
            }
        }
    }
}

/// Whether a value may be a function, or hold some.
fn may_be_function(unit: &Unit, value: ValueId) -> bool {
    matches!(
        unit.value(value).kind,
        ValueKind::Function { .. }
            | ValueKind::Name { .. }
            | ValueKind::Attr { .. }
            | ValueKind::Local { .. }
            | ValueKind::Call { .. }
            | ValueKind::Item { .. }
            | ValueKind::Choice { .. }
            | ValueKind::Collection { .. }
    )
}

/// The parameter of a function that takes the rest of the positional arguments.
fn rest_param(program: &Program, func: Func) -> Option<u32> {
    let unit = program.unit(func.unit_ref());
    let params = match program.def_of(func) {
        Some(def) => program.file(func.file).outline().params(def.id),
        None => unit.function(func.id).params.of(&unit.params),
    };
    params.iter().position(|param| param.kind == ParamKind::Rest).map(|at| at as u32)
}

/// Where and how a function's parameter is called, by itself or by what it is handed on to.
pub(crate) fn calls_of_param(program: &Program, to: Func, param: u32) -> Vec<(At, EdgeKind, Times)> {
    let mut called = Vec::new();
    let mut callees = vec![(to, param)];
    for _ in 0..MAX_HANDED_ON {
        let mut next = Vec::new();
        for (callee, param) in callees {
            let uses = program.function_links(callee).map_or(&[][..], |links| &links.param_uses);
            for used in uses.iter().filter(|used| used.param == param) {
                match used.how {
                    ParamHow::Called(kind, times) => called.push((callee.at(used.at), kind, times)),
                    ParamHow::Device(_) | ParamHow::Held(_) => {}
                    ParamHow::Passed(inner, param) => next.push((inner, param)),
                }
            }
        }
        callees = next;
    }
    called
}

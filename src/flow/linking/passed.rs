//! Functions that are passed to functions of the project, which call them, hand them on, or keep them to call later.

use crate::catalogue::FunctionId;
use crate::catalogue::schema::BlockKind;
use crate::flow::contexts::param_tests::argument;
use crate::flow::ids::Func;
use crate::flow::linking::events::default_reason;
use crate::flow::linking::link::Linker;
use crate::flow::linking::links::{Edge, EdgeKind, Event, EventSource, ParamHow, ParamUse};
use crate::flow::reach::summary::{Group, Summaries};
use crate::flow::relations::fields;
use crate::flow::types::{Bound, Callable, Callee, Eval, Target, Type};
use crate::flow::{Kept, Program};
use crate::model::{ArgKind, UseKind, ValueId, ValueKind};

/// Calls through which a function is followed to what calls it.
const MAX_HANDED_ON: usize = 2;

/// Functions of the project and of libraries, each by the parameter that they are passed for.
type Passed = (Vec<(u32, Func)>, Vec<(u32, FunctionId)>);

impl Linker<'_, '_> {
    /// Functions passed as arguments, by the callee's parameter.
    pub(crate) fn passed_functions(&mut self, at: ValueId, func: Func, target: &Target) -> Passed {
        let place = self.func.at(at);
        let unit = self.eval.program.unit(place.unit);
        let may_be_function = |value: ValueId| {
            matches!(
                unit.value(value).kind,
                ValueKind::Function { .. }
                    | ValueKind::Name { .. }
                    | ValueKind::Attr { .. }
                    | ValueKind::Local { .. }
                    | ValueKind::Call { .. }
            )
        };
        let mut passed = Passed::default();
        let mut args = self.eval.args(place).iter();
        if !args.any(|arg| arg.kind != ArgKind::Generics && may_be_function(arg.value)) {
            return passed;
        }
        let bound = self.eval.bind_project(place, func, target);
        for (n, bound) in bound.into_iter().enumerate() {
            let Bound::Value(value) = bound else {
                continue;
            };
            if unit.value(value).used.kind != UseKind::Argument || !may_be_function(value) {
                continue;
            }
            if let Some(param) = self.own_param(value) {
                let guards = self.guards(at);
                self.links.param_uses.push(ParamUse { param, at, how: ParamHow::Passed(func, n as u32), guards });
                continue;
            }
            let ty = self.eval.value(self.func.at(value));
            if let Type::Function(_) | Type::Bound(..) | Type::Partial(..) = ty {
                for target in self.eval.targets(&ty).targets {
                    match target.callee {
                        Callee::Project(given) => passed.0.push((n as u32, given)),
                        Callee::Library(given) => passed.1.push((n as u32, given)),
                        Callee::Class(_) => {}
                    }
                }
            }
        }
        passed
    }

    /// `self.action()`: what a parameter keeps is called, and only who made it knows what that is.
    pub(crate) fn held_use(&mut self, at: ValueId) {
        let program = self.eval.program;
        let ValueKind::Method { of, name, .. } = program.unit(self.func.unit_ref()).value(at).kind else {
            return;
        };
        if let Some(param) = self.own_param(of)
            && !self.is_dead(at)
        {
            let how = ParamHow::Held(program.name(self.func.file, name));
            let guards = self.guards(at);
            self.links.param_uses.push(ParamUse { param, at, how, guards });
        }
    }
}

impl Summaries {
    /// Functions passed to a callee that calls them.
    pub(crate) fn add_passed(&mut self, program: &Program, from: Func, edge: &Edge) {
        for (param, given) in &edge.functions {
            if program.is_async_function(*given) {
                continue;
            }
            for used in called_in(program, edge.to, *param) {
                self.add(from, edge, Some(used), *given, edge.certainty);
            }
        }
        for (param, id) in &edge.libraries {
            if called_in(program, edge.to, *param).is_empty() {
                continue;
            }
            for blocks in &program.catalogue.function(*id).entry.effects.blocks {
                if blocks.of.is_some() || blocks.at.is_some() {
                    continue;
                }
                // What it is called with is not known here.
                let certainty = if blocks.unless.is_empty() { edge.certainty } else { edge.certainty.lowered() };
                let kind = blocks.kind.unwrap_or(BlockKind::Device);
                self.device_events.entry(from).or_default().push(Event {
                    at: edge.at,
                    group: Group::of(kind),
                    kind,
                    stall: blocks.stall,
                    certainty,
                    at_first_use: edge.at_first_use >= Some(Kept::Object),
                    guards: edge.guards,
                    function: EventSource::Library(*id),
                    why: blocks.why.clone().unwrap_or_else(|| default_reason(kind).to_owned()),
                    limit: None,
                });
            }
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
            let Some((value, is_now)) = fields::kept_value(eval, from.at(given), name) else {
                continue;
            };
            let certainty = if is_now { edge.certainty } else { edge.certainty.lowered() };
            if let Type::Function(Callable::Project(held)) | Type::Bound(_, Callable::Project(held)) = eval.value(value)
                && !program.is_async_function(held)
            {
                self.add(from, edge, Some(edge.to.at(used.at)), held, certainty);
            }
        }
    }
}

/// Where a function's parameter is called, by itself or by what it is handed on to.
fn called_in(program: &Program, to: Func, param: u32) -> Vec<crate::flow::At> {
    let mut called = Vec::new();
    let mut callees = vec![(to, param)];
    for _ in 0..MAX_HANDED_ON {
        let mut next = Vec::new();
        for (callee, param) in callees {
            let uses = program.function_links(callee).map_or(&[][..], |links| &links.param_uses);
            for used in uses.iter().filter(|used| used.param == param) {
                match &used.how {
                    ParamHow::Called(EdgeKind::Call, _) => called.push(callee.at(used.at)),
                    ParamHow::Called(..) | ParamHow::Device(_) | ParamHow::Held(_) => {}
                    ParamHow::Passed(inner, param) => next.push((*inner, *param)),
                }
            }
        }
        callees = next;
    }
    called
}

//! What a call that starts something is given.

use super::Program;
use super::fate::Fate;
use super::ids::{At, Func};
use super::link::EffectCall;
use super::types::{Bound, Callee, Eval, Nominal, Target, Type};
use crate::model::{DefKind, FnId, LocalId, LocalKind, ValueId, ValueKind};

impl Program {
    /// Whether a nested async function is only ever called where its coroutine is dropped: its body never runs.
    pub fn is_never_driven(&self, eval: &mut Eval, func: Func) -> bool {
        const MAX_CALLS: u32 = 3;
        let callers = self.callers(func);
        func.id != FnId::OWN
            && self.is_async_function(func)
            && !callers.is_empty()
            && callers.iter().all(|caller| self.is_dropped(eval, caller.from, caller.from.at(caller.at), MAX_CALLS))
    }

    /// Whether a value is dropped, perhaps by all callers that it is given to.
    fn is_dropped(&self, eval: &mut Eval, func: Func, at: At, calls: u32) -> bool {
        match self.fate(eval, at) {
            Fate::Returned if calls > 0 => {
                let callers = self.callers(func);
                !callers.is_empty()
                    && callers.iter().all(|caller| {
                        self.result_of(*caller).is_some_and(|at| self.is_dropped(eval, caller.from, at, calls - 1))
                    })
            }
            fate => fate.is_lost(),
        }
    }

    /// The types of the arguments that a call drives.
    pub fn driven_arguments(&self, eval: &mut Eval, func: Func, call: &EffectCall) -> Vec<Type> {
        let effects = &self.catalogue.function(call.function).entry.effects;
        let driven: Vec<&str> =
            effects.takes.iter().filter(|takes| takes.how == "driven").map(|takes| takes.arg.as_str()).collect();
        let values: Vec<ValueId> = driven.iter().filter_map(|param| self.argument(eval, func, call, param)).collect();
        values.into_iter().map(|value| eval.value(func.at(value))).collect()
    }

    /// The function of the project whose coroutine a call starts.
    pub fn started_function(&self, eval: &mut Eval, func: Func, call: &EffectCall) -> Option<Func> {
        let value = self.started(eval, func, call)?;
        match eval.resolve(func.at(value)).targets[..] {
            [Target { callee: Callee::Project(started), .. }] => Some(started),
            _ => None,
        }
    }

    /// Whether what a call starts is a closure or block that takes an end of a channel along.
    pub fn captures_channel(&self, eval: &mut Eval, func: Func, call: &EffectCall) -> bool {
        let unit = self.unit(func.unit_ref());
        let Some(value) = self.started(eval, func, call) else {
            return false;
        };
        let ValueKind::Function { function } = unit.value(value).kind else {
            return false;
        };
        let captures: Vec<LocalId> =
            unit.function(function).captures.of(&unit.lists).iter().map(|local| LocalId(*local)).collect();
        captures.into_iter().any(|local| {
            let reads = (0..unit.values.len() as u32).map(ValueId);
            let read = reads
                .into_iter()
                .find(|at| matches!(unit.value(*at).kind, ValueKind::Local { local: of, .. } if of == local));
            read.is_some_and(|read| self.has_channel(&eval.value(func.at(read)), 0))
        })
    }

    /// Whether a call hands on, as it came, what a trait's method was given: an executor's adapter.
    pub fn is_adapter(&self, func: Func, call: &EffectCall) -> bool {
        let unit = self.unit(func.unit_ref());
        let Some(def) = self.def_of(func) else {
            return false;
        };
        let outline = &self.file(def.file).facts.outline;
        let parent = outline.get(def.id).parent;
        let in_trait_impl =
            parent.is_some() && outline.get(parent).kind == DefKind::Impl && outline.bases(parent).len() > 1;
        let mut eval = Eval::new(self);
        let Some(value) = self.started(&mut eval, func, call) else {
            return false;
        };
        let is_param = match unit.value(value).kind {
            ValueKind::Local { local, .. } => unit.local(local).kind == LocalKind::Param,
            _ => false,
        };
        in_trait_impl && is_param
    }

    /// The closure, block or coroutine that a call starts.
    fn started(&self, eval: &mut Eval, func: Func, call: &EffectCall) -> Option<ValueId> {
        let effects = &self.catalogue.function(call.function).entry.effects;
        let taken = effects.takes.iter().map(|takes| takes.arg.clone());
        let run = effects.runs.iter().filter_map(|runs| runs.arg.clone());
        let params: Vec<String> = taken.chain(run).collect();
        params.iter().find_map(|param| self.argument(eval, func, call, param))
    }

    fn argument(&self, eval: &mut Eval, func: Func, call: &EffectCall, param: &str) -> Option<ValueId> {
        let Callee::Library(id) = call.target.callee else {
            return None;
        };
        match eval.bound_argument(func.at(call.at), &call.target, id, param) {
            Bound::Value(value) => Some(value),
            _ => None,
        }
    }

    fn has_channel(&self, ty: &Type, depth: u32) -> bool {
        if depth > 3 {
            return false;
        }
        match ty {
            Type::Instance(Nominal::Library(id), args, _) => {
                let is_end = self.catalogue.ty(*id).entry.as_ref().is_some_and(|entry| entry.channel);
                is_end || args.iter().any(|arg| self.has_channel(arg, depth + 1))
            }
            Type::Tuple(parts) | Type::Union(parts) => parts.iter().any(|part| self.has_channel(part, depth + 1)),
            _ => false,
        }
    }
}

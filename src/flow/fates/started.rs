//! What a call that starts something is given.

use crate::flow::Program;
use crate::flow::fates::fate::Fate;
use crate::flow::ids::{At, Func};
use crate::flow::linking::links::EffectCall;
use crate::flow::types::{Bound, Callee, Eval, Nominal, Target, Type};
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

    /// Whether what a call starts takes an end of a channel along: a closure or block by capturing it, a coroutine by an
    /// argument.
    pub fn captures_channel(&self, eval: &mut Eval, func: Func, call: &EffectCall) -> bool {
        let unit = self.unit(func.unit_ref());
        let Some(value) = self.started(eval, func, call) else {
            return false;
        };
        let value = self.unwrapped_start(eval, func, value);
        let function = match unit.value(value).kind {
            ValueKind::Function { function } => function,
            ValueKind::Call { .. } | ValueKind::Method { .. } => return self.passes_channel(eval, func.at(value)),
            _ => return false,
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

    /// Whether a call of an async function is given an end of a channel, by what is passed or by what is declared.
    fn passes_channel(&self, eval: &mut Eval, at: At) -> bool {
        let args: Vec<ValueId> = eval.args(at).iter().map(|arg| arg.value).filter(|value| value.is_some()).collect();
        if args.into_iter().any(|arg| self.has_channel(&eval.value(At { unit: at.unit, value: arg }), 0)) {
            return true;
        }
        let [Target { callee: Callee::Project(started), .. }] = eval.resolve(at).targets[..] else {
            return false;
        };
        let Some(def) = self.def_of(started) else {
            return false;
        };
        let params = self.file(def.file).outline().params(def.id);
        params.iter().any(|param| self.has_channel(&self.outline_type(def, param.ty), 0))
    }

    /// What a started value is made of: `fut.instrument(span)`, `Box::pin(fut)`.
    fn unwrapped_start(&self, eval: &mut Eval, func: Func, value: ValueId) -> ValueId {
        const MAX_STEPS: usize = 4;
        let unit = self.unit(func.unit_ref());
        let mut value = value;
        for _ in 0..MAX_STEPS {
            let at = func.at(value);
            let [Target { callee: Callee::Library(id), .. }] = &eval.resolve(at).targets[..] else {
                break;
            };
            let passes = &self.catalogue.function(*id).entry.effects.passes;
            let args = eval.args(at);
            value = match unit.value(value).kind {
                ValueKind::Method { of, .. } if passes.iter().any(|passed| passed == "self") => of,
                ValueKind::Call { .. } if !passes.is_empty() && args.len() == 1 => {
                    args.first().expect("there is one").value
                }
                _ => break,
            };
        }
        value
    }

    /// Whether a call hands on, as it came, what a trait's method was given: an executor's adapter.
    pub fn is_adapter(&self, func: Func, call: &EffectCall) -> bool {
        let unit = self.unit(func.unit_ref());
        let Some(def) = self.def_of(func) else {
            return false;
        };
        let outline = self.file(def.file).outline();
        let parent = outline.get(def.id).parent;
        let in_trait_impl =
            parent.is_some() && outline.get(parent).kind == DefKind::Impl && outline.bases(parent).len() > 1;
        let mut eval = Eval::new(self);
        let Some(value) = self.started(&mut eval, func, call) else {
            return false;
        };
        let value = self.unwrapped_start(&mut eval, func, value);
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

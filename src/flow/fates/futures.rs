//! Where functions make values that do nothing until they are awaited: coroutines and futures.
//!
//! Says which values these are. What becomes of them is [`crate::flow::fate`]'s.

use crate::catalogue::{FunctionId, Language};
use crate::flow::Program;
use crate::flow::certainty::Certainty;
use crate::flow::ids::{At, Func};
use crate::flow::linking::link::Linker;
use crate::flow::types::{Bound, Callee, Eval, Nominal, Resolution, Target, Type};
use crate::model::{DefFlags, FunctionKind, JumpKind, RegionKind, UseKind, ValueId, ValueKind};

/// A coroutine or future that is made and not awaited on the spot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MadeFuture {
    /// The call, attribute or block that gives it; the `await` that gives a second one.
    pub at: ValueId,
    pub origin: Origin,
    pub certainty: Certainty,
    /// What it waits for runs already: only the waiting is lost.
    pub is_running: bool,
}

/// What gives a future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Project(Func),
    Library(FunctionId),
    /// An async block.
    Block,
}

/// An async function that is given where a plain one is called.
#[derive(Clone, Debug, PartialEq)]
pub struct MisplacedFunction {
    pub call: ValueId,
    pub argument: ValueId,
    pub target: Target,
    pub origin: Origin,
    pub certainty: Certainty,
}

/// Whether a value must be awaited to do anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    No,
    /// On some paths, or perhaps.
    Maybe,
    Yes,
}

impl Duty {
    fn certainty(self) -> Option<Certainty> {
        match self {
            Duty::No => None,
            Duty::Maybe => Some(Certainty::Possible),
            Duty::Yes => Some(Certainty::Certain),
        }
    }
}

impl Linker<'_, '_> {
    /// Notes the future that a call gives.
    pub(crate) fn future_of_call(&mut self, at: ValueId, resolution: &Resolution) {
        let program = self.eval.program;
        let unit = program.unit(self.func.unit_ref());
        let used = unit.value(at).used;
        let is_awaited = matches!(used.kind, UseKind::Awaited | UseKind::Raced);
        if used.kind == UseKind::Raced || is_given_on(program, self.func, used.kind) {
            return;
        }
        let mut origin = None;
        let mut is_running = false;
        let mut duties: Vec<Duty> = Vec::new();
        for target in &resolution.targets {
            let (duty, from, runs) = match is_awaited {
                true => (self.eval.duty_once_awaited(target), origin_of(target), false),
                false => self.eval.duty_of_target(target, self.func.at(at)),
            };
            if duty != Duty::No && origin.is_none() {
                origin = from;
                is_running = runs;
            }
            duties.push(duty);
        }
        let Some(origin) = origin else {
            return;
        };
        let best = duties.iter().copied().max().unwrap_or(Duty::No);
        let Some(mut certainty) = best.certainty() else {
            return;
        };
        if duties.contains(&Duty::No) {
            certainty = Certainty::Possible;
        } else if resolution.is_open {
            certainty = certainty.min(Certainty::Likely);
        }
        let at = if is_awaited { used.value() } else { at };
        if is_awaited && matches!(unit.value(at).used.kind, UseKind::Awaited | UseKind::Returned) {
            return;
        }
        self.links.futures.push(MadeFuture { at, origin, certainty, is_running });
    }

    /// Notes the future that reading a property gives.
    pub(crate) fn future_of_property(&mut self, at: ValueId, func: Func, receiver: &Type, certainty: Certainty) {
        let program = self.eval.program;
        let used = program.unit(self.func.unit_ref()).value(at).used;
        if matches!(used.kind, UseKind::Awaited | UseKind::Raced | UseKind::Callee)
            || is_given_on(program, self.func, used.kind)
        {
            return;
        }
        let target = Target { callee: Callee::Project(func), receiver: Some(receiver.clone()), given: 0 };
        let (duty, ..) = self.eval.duty_of_target(&target, self.func.at(at));
        if let Some(of_type) = duty.certainty() {
            let certainty = certainty.min(of_type);
            self.links.futures.push(MadeFuture { at, origin: Origin::Project(func), certainty, is_running: false });
        }
    }

    /// Notes the future that an async block is.
    pub(crate) fn future_of_block(&mut self, at: ValueId, function: crate::model::FnId) {
        let program = self.eval.program;
        let unit = program.unit(self.func.unit_ref());
        let used = unit.value(at).used;
        if unit.function(function).kind != FunctionKind::AsyncBlock
            || matches!(used.kind, UseKind::Awaited | UseKind::Raced)
            || is_given_on(program, self.func, used.kind)
        {
            return;
        }
        let made = MadeFuture { at, origin: Origin::Block, certainty: Certainty::Certain, is_running: false };
        self.links.futures.push(made);
    }

    /// Notes the async functions that a call gives for parameters that a library calls as plain functions.
    pub(crate) fn plain_calls(&mut self, at: ValueId, id: FunctionId, target: &Target, certainty: Certainty) {
        let effects = &self.eval.program.catalogue.function(id).entry.effects;
        let runs = effects.runs.iter().filter(|runs| runs.wants.as_deref() == Some("plain"));
        let holds = effects.holds.iter().filter(|holds| holds.wants.as_deref() == Some("plain"));
        let params: Vec<&String> = runs.filter_map(|runs| runs.arg.as_ref()).chain(holds.map(|it| &it.arg)).collect();
        for param in params {
            if let Bound::Value(value) = self.eval.bound_argument(self.func.at(at), target, id, param) {
                self.misplaced(at, value, target, certainty);
            }
        }
    }

    /// Notes an async function that is given for a parameter that is called as a plain one.
    fn misplaced(&mut self, at: ValueId, argument: ValueId, target: &Target, open: Certainty) {
        let program = self.eval.program;
        let unit = program.unit(self.func.unit_ref());
        // What a closure gives is followed from where it is made.
        if let ValueKind::Function { function } = unit.value(argument).kind
            && !unit.function(function).is_async
        {
            return;
        }
        let ty = self.eval.value(self.func.at(argument));
        let found = self.eval.targets(&ty);
        let mut certainty = if found.is_open { open.min(Certainty::Likely) } else { open };
        let mut origin = None;
        for target in &found.targets {
            let (duty, from, runs) = self.eval.duty_of_target(target, self.func.at(argument));
            match duty.certainty() {
                Some(of_type) if !runs => {
                    certainty = certainty.min(of_type);
                    origin = origin.or(from);
                }
                _ => certainty = Certainty::Possible,
            }
        }
        let Some(origin) = origin else {
            return;
        };
        self.links.misplaced.push(MisplacedFunction { call: at, argument, target: target.clone(), origin, certainty });
    }
}

/// Whether the function's caller gets the value.
fn is_given_on(program: &Program, func: Func, used: UseKind) -> bool {
    used == UseKind::Yielded || used == UseKind::Returned && program.function(func).kind != FunctionKind::Anonymous
}

fn origin_of(target: &Target) -> Option<Origin> {
    match target.callee {
        Callee::Project(func) => Some(Origin::Project(func)),
        Callee::Library(id) => Some(Origin::Library(id)),
        Callee::Class(_) => None,
    }
}

impl Eval<'_> {
    /// Whether what a target gives must be awaited, who made it, and whether it runs already.
    fn duty_of_target(&mut self, target: &Target, at: At) -> (Duty, Option<Origin>, bool) {
        let origin = origin_of(target);
        match target.callee {
            Callee::Class(_) => (Duty::No, None, false),
            Callee::Library(id) => {
                let function = self.program.catalogue.function(id);
                let effects = &function.entry.effects;
                let wraps = effects.takes.iter().find(|takes| takes.how == "wrapped" && takes.arg != "self");
                if let Some(takes) = wraps
                    && !self.gives_handle(id)
                {
                    // Waiting for what runs is another thing than making it run.
                    let runs = !self.is_given_a_future(at, target, id, &takes.arg);
                    return (Duty::Yes, origin, runs || effects.starts.is_some());
                }
                // What passes an argument on gives no future of its own.
                if effects.starts.is_some() || !effects.passes.is_empty() {
                    return (Duty::No, None, false);
                }
                let duty = match (function.is_async, function.returns.is_none()) {
                    (true, _) => Duty::Yes,
                    (false, true) => Duty::No,
                    (false, false) => {
                        // What it gives of its receiver's or arguments' is not made here.
                        let declared = self.library_result(id, None, None);
                        let receiver = target.receiver.as_ref().and_then(Type::nominal);
                        if receiver.is_some() && declared.nominal() == receiver {
                            Duty::No
                        } else {
                            self.duty(&declared)
                        }
                    }
                };
                (duty, origin, false)
            }
            Callee::Project(func) => (self.duty_of_function(func, target), origin, false),
        }
    }

    /// Whether a library's function gives a handle whose end ends what it holds.
    fn gives_handle(&mut self, id: FunctionId) -> bool {
        let (parts, _) = self.library_result(id, None, None).alternatives();
        parts.iter().any(|part| match part.nominal() {
            Some(Nominal::Library(ty)) => {
                let entry = self.program.catalogue.ty(ty).entry.as_ref();
                entry.and_then(|entry| entry.handle.as_ref()).is_some_and(|handle| handle.dropped != "nothing")
            }
            _ => false,
        })
    }

    /// Whether one of the arguments that a call waits for does nothing on its own.
    fn is_given_a_future(&mut self, at: At, target: &Target, id: FunctionId, param: &str) -> bool {
        match self.bound_argument(at, target, id, param) {
            Bound::Value(value) => {
                let given = self.value(At { unit: at.unit, value });
                self.duty(&given) != Duty::No
            }
            _ => false,
        }
    }

    /// Whether what a function of the project gives must be awaited.
    fn duty_of_function(&mut self, func: Func, target: &Target) -> Duty {
        let program = self.program;
        let function = program.function(func);
        let decorations = program.decorations_of(func);
        if decorations.makes_sync || decorations.is_command || decorations.context_manager.is_some() {
            return Duty::No;
        }
        let is_async = (function.is_async || function.kind == FunctionKind::AsyncBlock)
            && !(function.is_generator && program.language(func.file) == Language::Python);
        let receiver = target.receiver.clone().unwrap_or(Type::Unknown);
        let mut duty = if is_async {
            Duty::Yes
        } else {
            let given = self.returned_to(func, &receiver);
            let duty = self.duty(&given);
            if duty == Duty::Yes && self.may_give_nothing(func) { Duty::Maybe } else { duty }
        };
        if let Some(wrapper) = decorations.wrapper {
            duty = duty.min(self.duty_of_wrapper(wrapper));
        }
        if decorations.unresolved > 0 || decorations.unknown_attribute { duty.min(Duty::Maybe) } else { duty }
    }

    /// Whether what an async function gives once it is awaited must be awaited again.
    fn duty_once_awaited(&mut self, target: &Target) -> Duty {
        let Callee::Project(func) = target.callee else {
            return Duty::No;
        };
        let decorations = self.program.decorations_of(func);
        if decorations.unresolved > 0 || decorations.wrapper.is_some() {
            return Duty::No;
        }
        let function = self.program.function(func);
        if !function.is_async || function.is_generator {
            return Duty::No;
        }
        // An annotation often says once more that the function gives a coroutine.
        let given = match self.program.language(func.file) {
            Language::Python => Type::Coroutine(self.returned_values(func).into()),
            Language::Rust => self.returned(func),
        };
        match given {
            Type::Coroutine(inner) if !matches!(*inner, Type::Unknown | Type::Nothing) => match self.duty(&inner) {
                Duty::Yes => Duty::Yes,
                _ => Duty::No,
            },
            _ => Duty::No,
        }
    }

    /// What a decorator's inner function makes of the coroutine of the function that it takes the place of.
    fn duty_of_wrapper(&mut self, wrapper: Func) -> Duty {
        let program = self.program;
        let unit = program.unit(wrapper.unit_ref());
        let function = unit.function(wrapper.id);
        if function.is_generator {
            return Duty::No;
        }
        if function.is_async {
            return Duty::Yes;
        }
        let given = unit.function(function.parent).first_param;
        let returned: Vec<ValueId> = (function.start..function.end)
            .filter_map(|at| match unit.value(ValueId(at)).kind {
                ValueKind::Jump { kind: JumpKind::Return, value, .. } if value.is_some() => Some(value),
                _ => None,
            })
            .collect();
        let mut duty = if returned.is_empty() { Duty::No } else { Duty::Yes };
        for value in returned {
            let is_passed_on = match unit.value(value).kind {
                ValueKind::Call { callee, .. } => {
                    matches!(unit.value(callee).kind, ValueKind::Local { local, .. } if local == given)
                }
                _ => false,
            };
            if !is_passed_on {
                let ty = self.value(wrapper.at(value));
                duty = duty.min(if ty.is_unknown() { Duty::No } else { self.duty(&ty) });
            }
        }
        duty
    }

    /// Whether a plain function may end without giving what its other paths give.
    fn may_give_nothing(&self, func: Func) -> bool {
        let program = self.program;
        if program.language(func.file) != Language::Python {
            return false;
        }
        if let Some(def) = program.def_of(func)
            && (program.definition(def).returns.is_some() || program.definition(def).flags.has(DefFlags::NO_BODY))
        {
            return false;
        }
        let unit = program.unit(func.unit_ref());
        let function = unit.function(func.id);
        if function.kind == FunctionKind::Anonymous {
            return false;
        }
        let jumps = |wanted: &dyn Fn(ValueId, ValueId) -> bool| {
            (function.start..function.end).map(ValueId).any(|at| match unit.value(at).kind {
                ValueKind::Jump { kind: JumpKind::Return | JumpKind::Raise, value, .. } => wanted(at, value),
                _ => false,
            })
        };
        let gives_none = jumps(&|at, value| {
            let is_return = matches!(unit.value(at).kind, ValueKind::Jump { kind: JumpKind::Return, .. });
            is_return
                && (value.is_none() || matches!(self.const_kind(func, value), Some(crate::model::ConstKind::Nothing)))
        });
        let ends = jumps(&|at, _| {
            unit.regions_around(at).all(|region| {
                matches!(
                    unit.region(region).kind,
                    RegionKind::Body
                        | RegionKind::Try
                        | RegionKind::TryBody
                        | RegionKind::Managed { .. }
                        | RegionKind::Branch { exhaustive: true }
                        | RegionKind::Arm { test: crate::model::ArmTest::False }
                )
            })
        });
        gives_none || !ends
    }

    fn const_kind(&self, func: Func, value: ValueId) -> Option<crate::model::ConstKind> {
        match self.program.unit(func.unit_ref()).value(value).kind {
            ValueKind::Const { kind, .. } => Some(kind),
            _ => None,
        }
    }

    /// Whether a type of the project implements a library's trait whose values are awaited.
    fn implements_future(&self, def: crate::flow::ids::Def) -> bool {
        let program = self.program;
        program.impls(Nominal::Project(def)).iter().any(|implementation| {
            let outline = program.file(implementation.file).outline();
            let Some(written) = outline.bases(implementation.id).get(1) else {
                return false;
            };
            let of_trait = match program.outline_type(*implementation, *written) {
                Type::Dyn(parts) => parts.first().cloned().unwrap_or(Type::Unknown),
                other => other,
            };
            match of_trait.nominal() {
                Some(Nominal::Library(id)) => program.catalogue.ty(id).awaits.is_some(),
                _ => false,
            }
        })
    }

    /// Whether a value of the type must be awaited to do anything.
    pub fn duty(&mut self, ty: &Type) -> Duty {
        self.duty_below(ty, 0)
    }

    /// A type may lead to itself: `Deref` for one choice of its parameters gives another choice.
    fn duty_below(&mut self, ty: &Type, depth: u32) -> Duty {
        const MAX_DEPTH: u32 = 16;
        if depth > MAX_DEPTH {
            return Duty::No;
        }
        match ty {
            Type::Coroutine(_) => Duty::Yes,
            Type::Instance(Nominal::Library(id), args, _) => {
                let known = self.program.catalogue.ty(*id);
                if let Some(entry) = &known.entry {
                    // What runs on its own is another duty.
                    if entry.handle.is_some() || entry.guard.is_some() {
                        return Duty::No;
                    }
                    if entry.carries {
                        return args.first().map_or(Duty::No, |inner| self.duty_below(inner, depth + 1));
                    }
                }
                if let Some(inner) = self.dereferenced(ty) {
                    return self.duty_below(&inner, depth + 1);
                }
                match self.library_awaited(*id, args, 0) {
                    // Awaiting it only makes it ready: it gives itself.
                    Some(awaited) if awaited.nominal() == Some(Nominal::Library(*id)) => Duty::No,
                    Some(_) if known.may_run => Duty::Maybe,
                    Some(_) => Duty::Yes,
                    None => Duty::No,
                }
            }
            Type::Instance(Nominal::Project(def), ..) => {
                if self.implements_future(*def) {
                    Duty::Maybe
                } else {
                    Duty::No
                }
            }
            Type::Dyn(parts) => {
                parts.clone().iter().map(|part| self.duty_below(part, depth + 1)).max().unwrap_or(Duty::No)
            }
            Type::Union(parts) => {
                let duties: Vec<Duty> = parts.clone().iter().map(|part| self.duty_below(part, depth + 1)).collect();
                let best = duties.iter().copied().max().unwrap_or(Duty::No);
                if duties.contains(&Duty::No) { best.min(Duty::Maybe) } else { best }
            }
            _ => Duty::No,
        }
    }
}

impl Program {
    /// Whether the code says by itself that it drops a value: `let _ =`, `drop(…)`.
    pub fn is_dropped_by_intent(&self, at: At) -> bool {
        let used = self.unit(at.unit).value(at.value).used;
        used.kind == UseKind::Argument || used.kind == UseKind::Bound && used.value() == at.value
    }

    /// The future that a value is, if one is made there.
    pub fn made_future(&self, at: At) -> Option<&MadeFuture> {
        let links = self.function_links(self.function_at(at))?;
        let found = links.futures.binary_search_by_key(&at.value, |made| made.at).ok()?;
        links.futures.get(found)
    }

    /// Whether the declared result of a library's function speaks of what one of its arguments gives.
    pub(crate) fn gives_result_of(&self, id: FunctionId, param: &str) -> bool {
        let function = self.catalogue.function(id);
        let (pool, strings) = self.catalogue.pool(function.library);
        let wanted = format!("${}", param.trim_start_matches('*'));
        let mut terms = vec![function.returns];
        while let Some(term) = terms.pop() {
            if term.is_none() {
                continue;
            }
            match pool.get(term) {
                crate::catalogue::Ty::Named { path, args } => {
                    let args = pool.list(args);
                    if strings.get(path) == "@Return"
                        && args.iter().any(|arg| match pool.get(*arg) {
                            crate::catalogue::Ty::Named { path, .. } => strings.get(path) == wanted,
                            _ => false,
                        })
                    {
                        return true;
                    }
                    terms.extend_from_slice(args);
                }
                crate::catalogue::Ty::Tuple { parts } | crate::catalogue::Ty::Union { parts } => {
                    terms.extend_from_slice(pool.list(parts));
                }
                crate::catalogue::Ty::Dyn { traits } => terms.extend_from_slice(pool.list(traits)),
                _ => {}
            }
        }
        false
    }
}

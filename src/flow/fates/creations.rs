//! How long what a call makes is kept: where the last one that holds it lets it go, through own helpers, factories and
//! objects.
//!
//! Says of nothing that it is kept too short; what is handed to something unknown counts as kept.

use crate::flow::Program;
use crate::flow::fates::fate::is_kept_too;
use crate::flow::ids::{At, Func};
use crate::flow::linking::links::EdgeKind;
use crate::flow::reach::runners::{Runner, Runners};
use crate::flow::types::{Callee, Eval, Nominal, Target, Type};
use crate::model::{FnId, FunctionKind, LocalId, LocalKind, RegionKind, UnitId, UseKind, ValueId, ValueKind};

/// What holds a value at the end, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Held {
    /// Nothing outlives the function.
    Here,
    /// The caller gets it.
    Returned,
    /// The object that the function makes, or enters.
    Object,
    /// Something that outlives the function, or nobody knows.
    Kept,
}

/// A place whose function lets go of what was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// The call that gives it there: the library's own, or one of a factory.
    pub at: At,
    /// The calls behind that one, down to the library's; empty if `at` is that.
    pub way: Vec<At>,
    /// An object holds it, and ends there.
    pub by_object: bool,
}

/// Factories that are followed outward.
const MAX_FACTORIES: usize = 4;
const MAX_DEPTH: u32 = 10;

impl Program {
    /// Where what a library call makes ends, if it ends with functions of the project.
    pub fn made(&self, eval: &mut Eval, runners: &Runners, call: At, is_over_at_return: bool) -> Vec<Made> {
        if is_over_at_return {
            return vec![Made { at: call, way: Vec::new(), by_object: false }];
        }
        let mut found = Vec::new();
        let mut seen: Vec<At> = Vec::new();
        let mut queue = vec![Made { at: call, way: Vec::new(), by_object: false }];
        while let Some(made) = queue.pop() {
            if seen.contains(&made.at) || made.way.len() > MAX_FACTORIES {
                continue;
            }
            seen.push(made.at);
            let func = self.function_at(made.at);
            let held = match self.initializes_self(made.at) {
                true => Held::Object,
                false => self.held(eval, made.at),
            };
            let is_made_here = match held {
                Held::Here => {
                    found.push(made);
                    continue;
                }
                Held::Kept => continue,
                Held::Returned => false,
                Held::Object => true,
            };
            if self.decorations_of(func).is_cached {
                continue;
            }
            for runner in runners.of_function(func).iter().rev() {
                let Some(at) = self.given_by(runner) else {
                    continue;
                };
                let makes = matches!(runner.implicit, Some("constructor" | "context manager"));
                if is_made_here != makes && is_made_here {
                    continue;
                }
                let mut way = vec![made.at];
                way.extend_from_slice(&made.way);
                queue.push(Made { at, way, by_object: made.by_object || is_made_here });
            }
        }
        found.sort_by_key(|made| made.at);
        found
    }

    /// The name of the class that a call makes an object of.
    pub fn made_class(&self, at: At) -> Option<String> {
        match Eval::new(self).resolve(at).targets[..] {
            [Target { callee: Callee::Class(def), .. }] => Some(self.def_name(def)),
            _ => None,
        }
    }

    /// Whether a value is opened as a context, at once or by a name.
    pub fn is_entered(&self, at: At) -> bool {
        let unit = self.unit(at.unit);
        let used = unit.value(at.value).used;
        let is_of = |value: ValueId, local: LocalId| matches!(unit.value(value).kind, ValueKind::Local { local: of, .. } if of == local);
        match used.kind {
            UseKind::Entered => true,
            UseKind::Bound => match unit.value(used.value()).kind {
                ValueKind::Write { local, .. } => (used.value().0..unit.values.len() as u32)
                    .map(ValueId)
                    .any(|read| is_of(read, local) && unit.value(read).used.kind == UseKind::Entered),
                _ => false,
            },
            _ => false,
        }
    }

    /// Where the result of what a runner makes run is; none where nobody on the spot gets it.
    fn given_by(&self, runner: &Runner) -> Option<At> {
        if runner.via.is_some() {
            return None;
        }
        let used = self.unit(runner.from.unit_ref()).value(runner.at).used;
        match runner.kind {
            EdgeKind::Call => Some(runner.from.at(runner.at)),
            EdgeKind::Drive => (used.kind == UseKind::Awaited).then(|| runner.from.at(used.value())),
            EdgeKind::Offload | EdgeKind::OnLoop => None,
        }
    }

    /// `super().__init__(…)`: what is made is the object that the method initializes.
    fn initializes_self(&self, at: At) -> bool {
        let ValueKind::Method { name, .. } = self.unit(at.unit).value(at.value).kind else {
            return false;
        };
        self.file(at.unit.file).text(name) == "__init__" && self.makes_self(self.function_at(at))
    }

    /// Whether a method runs while an object is made, or entered.
    fn makes_self(&self, func: Func) -> bool {
        let name = self.def_of(func).map(|def| self.definition(def).name);
        name.is_some_and(|name| {
            let name = self.file(func.file).text(name);
            matches!(name, "__init__" | "__post_init__" | "__enter__" | "__aenter__")
        })
    }

    fn held(&self, eval: &mut Eval, at: At) -> Held {
        let mut given = eval.value(at);
        for _ in 0..3 {
            let inner = eval.unwrapped(&given);
            if inner.is_unknown() || inner == given {
                break;
            }
            given = inner;
        }
        let mut holders = Holders { eval, seen: Vec::new() };
        holders.of(at, given.nominal(), 0)
    }
}

struct Holders<'e, 'p> {
    eval: &'e mut Eval<'p>,
    seen: Vec<At>,
}

impl Holders<'_, '_> {
    /// What holds a value in which something of the `carried` type is.
    fn of(&mut self, at: At, carried: Option<Nominal>, depth: u32) -> Held {
        if depth > MAX_DEPTH || self.seen.contains(&at) {
            return Held::Here;
        }
        self.seen.push(at);
        let program = self.eval.program;
        let unit = program.unit(at.unit);
        let used = unit.value(at.value).used;
        let here = |value: ValueId| At { unit: at.unit, value };
        if used.kind == UseKind::Bound && is_kept_too(unit, at.value) {
            return Held::Kept;
        }
        match used.kind {
            UseKind::Discarded | UseKind::Deleted | UseKind::Entered | UseKind::Interpolated => Held::Here,
            UseKind::Condition | UseKind::Operand | UseKind::Base | UseKind::Iterated => Held::Here,
            UseKind::Bound => match used.value() == at.value {
                true => Held::Here,
                false => match unit.value(used.value()).kind {
                    ValueKind::Write { local, .. } => self.local(at, local, carried, depth),
                    _ => Held::Kept,
                },
            },
            UseKind::Stored => match unit.value(used.value()).kind {
                ValueKind::WriteAttr { of, .. } if self.is_own_object(here(of)) => Held::Object,
                _ => Held::Kept,
            },
            UseKind::Receiver => self.result(here(used.value()), carried, Held::Here, depth),
            UseKind::Argument => self.argument(at, here(used.value()), carried, depth),
            UseKind::Tried | UseKind::Choice | UseKind::Awaited => self.of(here(used.value()), carried, depth + 1),
            UseKind::Element if is_tuple(unit.value(used.value()).kind) => {
                self.of(here(used.value()), carried, depth + 1)
            }
            UseKind::Yielded => match self.is_context_manager(at) {
                true => Held::Here,
                false => Held::Kept,
            },
            UseKind::Returned => self.returned(at),
            UseKind::Scrutinee => self.matched(at, carried, depth),
            _ => Held::Kept,
        }
    }

    fn local(&mut self, at: At, local: LocalId, carried: Option<Nominal>, depth: u32) -> Held {
        let program = self.eval.program;
        let unit = program.unit(at.unit);
        let record = unit.local(local);
        let in_loop =
            || unit.regions_around(at.value).any(|region| matches!(unit.region(region).kind, RegionKind::Loop { .. }));
        let of_module = at.unit.unit == UnitId::MODULE && record.owner == FnId::OWN;
        if record.kind == LocalKind::ClassMember
            || of_module && !in_loop()
            || record.owner != unit.function_of(at.value)
        {
            return Held::Kept;
        }
        let reads: Vec<ValueId> = (0..unit.values.len() as u32)
            .map(ValueId)
            .filter(|read| matches!(unit.value(*read).kind, ValueKind::Local { local: of, .. } if of == local))
            .collect();
        // What is closed in the function ends there, whoever was shown it.
        if reads.iter().any(|read| unit.function_of(*read) == record.owner && self.is_closed(at, *read)) {
            return Held::Here;
        }
        let mut best = Held::Here;
        for read in reads {
            best = best.max(self.of(At { unit: at.unit, value: read }, carried, depth + 1));
        }
        best
    }

    /// Whether a read of what was made closes it: `pool.shutdown()`.
    fn is_closed(&mut self, at: At, read: ValueId) -> bool {
        let program = self.eval.program;
        let used = program.unit(at.unit).value(read).used;
        if used.kind != UseKind::Receiver {
            return false;
        }
        let found = self.eval.resolve(At { unit: at.unit, value: used.value() });
        found.targets.iter().any(|target| match target.callee {
            Callee::Library(id) => program.catalogue.function(id).entry.effects.closes.as_deref() == Some("self"),
            _ => false,
        })
    }

    /// A value that is part of a call: it goes on with the result if that is of its type.
    fn result(&mut self, call: At, carried: Option<Nominal>, otherwise: Held, depth: u32) -> Held {
        let given = self.eval.value(call);
        let carries = carried.is_some_and(|carried| holds(&given, carried, 0));
        if carries {
            return self.of(call, carried, depth + 1);
        }
        match self.eval.resolve(call).targets.is_empty() {
            true => Held::Kept,
            false => otherwise,
        }
    }

    fn argument(&mut self, at: At, call: At, carried: Option<Nominal>, depth: u32) -> Held {
        let program = self.eval.program;
        let unit = program.unit(call.unit);
        if let ValueKind::Struct { .. } = unit.value(call.value).kind {
            let object = self.eval.value(call).nominal();
            return self.of(call, object, depth + 1);
        }
        if !matches!(unit.value(call.value).kind, ValueKind::Call { .. } | ValueKind::Method { .. }) {
            return Held::Kept;
        }
        let found = self.eval.resolve(call);
        let [target] = &found.targets[..] else {
            return Held::Kept;
        };
        let Callee::Library(id) = target.callee else {
            return Held::Kept;
        };
        let function = program.catalogue.function(id);
        let effects = &function.entry.effects;
        let bound = self.eval.bind_library(call, target, function);
        let param = bound.iter().position(|bound| *bound == crate::flow::types::Bound::Value(at.value));
        let param = param.map_or("", |at| function.params[at].name.as_str());
        let is_param = |name: &str| !param.is_empty() && name.trim_start_matches('*') == param;
        let is_used = effects.starts.as_ref().and_then(|starts| starts.joined_by.as_deref()).is_some_and(is_param)
            || effects.closes.as_deref().is_some_and(is_param);
        match is_used {
            true => Held::Here,
            false => self.result(call, carried, Held::Kept, depth).max(match unit.value(call.value).kind {
                // `self.stack.enter_context(pool)`
                ValueKind::Method { of, .. } if !matches!(unit.value(of).kind, ValueKind::Local { .. }) => Held::Kept,
                _ => Held::Here,
            }),
        }
    }

    /// `match make() { Ok(made) => …, Err(error) => return … }`: what the patterns bind.
    fn matched(&mut self, at: At, carried: Option<Nominal>, depth: u32) -> Held {
        let unit = self.eval.program.unit(at.unit);
        let written: Vec<LocalId> = unit
            .values
            .iter()
            .filter_map(|value| match value.kind {
                ValueKind::Write { local, from, .. } if from == at.value => Some(local),
                _ => None,
            })
            .collect();
        let held = written.into_iter().map(|local| self.local(at, local, carried, depth + 1));
        held.max().unwrap_or(Held::Here)
    }

    /// An attribute of the object that the function initializes or enters.
    fn is_own_object(&mut self, of: At) -> bool {
        let program = self.eval.program;
        let unit = program.unit(of.unit);
        let func = program.function_at(of);
        let ValueKind::Local { local, .. } = unit.value(of.value).kind else {
            return false;
        };
        local == unit.function(func.id).first_param && program.makes_self(func)
    }

    fn is_context_manager(&self, at: At) -> bool {
        let program = self.eval.program;
        program.decorations_of(program.function_at(at)).context_manager.is_some()
    }

    /// What a closure gives goes to whoever calls it: known only if that gives it back.
    fn returned(&mut self, at: At) -> Held {
        let program = self.eval.program;
        let func = program.function_at(at);
        let unit = program.unit(func.unit_ref());
        let function = unit.function(func.id);
        let made = function.kind == FunctionKind::Anonymous && unit.value(function.made).used.kind == UseKind::Argument;
        if !made {
            return Held::Returned;
        }
        let used = unit.value(function.made).used;
        let found = self.eval.resolve(func.at(used.value()));
        let is_kept = found.targets.iter().any(|target| match target.callee {
            Callee::Library(id) => {
                let effects = &program.catalogue.function(id).entry.effects;
                !effects.stores.is_empty() || !effects.holds.is_empty()
            }
            _ => true,
        });
        if is_kept { Held::Kept } else { Held::Returned }
    }
}

fn is_tuple(kind: ValueKind) -> bool {
    matches!(kind, ValueKind::Collection { kind: crate::model::CollectionKind::Tuple, .. })
}

/// Whether a value of the type has one of the nominal type in it.
fn holds(ty: &Type, carried: Nominal, depth: u32) -> bool {
    if depth > 4 {
        return false;
    }
    match ty {
        Type::Instance(nominal, args, _) => {
            *nominal == carried || args.iter().any(|arg| holds(arg, carried, depth + 1))
        }
        Type::Tuple(parts) | Type::Union(parts) => parts.iter().any(|part| holds(part, carried, depth + 1)),
        Type::Coroutine(inner) => holds(inner, carried, depth + 1),
        _ => false,
    }
}

//! What becomes of a value: followed through `?`, choices, locals, collections and own helpers.

use super::Program;
use super::ids::{At, Func};
use super::types::{Bound, Callee, Eval, Nominal, Target};
use crate::catalogue::schema::RunsOn;
use crate::model::{
    BinaryOp, ConstKind, FnId, FunctionKind, LocalId, LocalKind, ParamKind, UnitId, UseKind, ValueId, ValueKind,
};

/// The best that happens to a value on some path, best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Nothing holds it any more: a statement, `let _ =`.
    Dropped,
    /// Bound to a local that is never read.
    Unread,
    /// Kept in a collection that nobody reads and that ends with the function.
    Forgotten,
    /// Read, but only in ways that say nothing.
    Ignored,
    /// Given to the caller.
    Returned,
    /// Handed to something that nothing is known of.
    Unknown,
    /// Stored where it outlives the function.
    Kept,
    /// Awaited, joined, cancelled, or handed to something that does.
    Settled,
}

impl Fate {
    /// Whether nobody can know any more what becomes of it.
    pub fn is_lost(self) -> bool {
        self < Fate::Returned
    }
}

const MAX_DEPTH: u32 = 12;

impl Program {
    /// What becomes of a value.
    pub fn fate(&self, eval: &mut Eval, at: At) -> Fate {
        Follow { eval, seen: Vec::new() }.of(at, 0)
    }

    /// What becomes of the receiver of a method call, where that is the handle: `thread.start()`.
    pub fn receiver_fate(&self, eval: &mut Eval, call: At) -> Fate {
        let unit = self.unit(call.unit);
        let ValueKind::Method { of, .. } = unit.value(call.value).kind else {
            return Fate::Unknown;
        };
        let receiver = At { unit: call.unit, value: of };
        match unit.value(of).kind {
            // `Thread(…).start()`
            ValueKind::Call { .. } | ValueKind::Method { .. } => Fate::Dropped,
            ValueKind::Local { local, .. } => {
                let record = unit.local(local);
                if record.kind != LocalKind::Variable || record.owner != unit.function_of(of) {
                    return Fate::Unknown;
                }
                let is_module_variable = call.unit.unit == UnitId::MODULE && record.owner == FnId::OWN;
                let is_stored_too = unit.values.iter().any(|value| match value.kind {
                    ValueKind::Write { local: of, from, .. } if of == local && from.is_some() => {
                        is_kept_too(unit, from)
                    }
                    _ => false,
                });
                if is_module_variable || is_stored_too {
                    return Fate::Kept;
                }
                let fate = Follow { eval, seen: vec![receiver] }.all_reads(receiver, local);
                if fate == Fate::Dropped { Fate::Ignored } else { fate }
            }
            _ => Fate::Kept,
        }
    }

    /// Whether what a job runs in is closed in the function that starts it, which waits for the job: a pool opened by
    /// `with`, or shut down. `by` is the receiver or the parameter that gets the pool.
    pub fn is_joined_by(&self, eval: &mut Eval, call: At, target: &Target, by: &str) -> bool {
        let unit = self.unit(call.unit);
        let pool = match unit.value(call.value).kind {
            ValueKind::Method { of, .. } if by == "self" => of,
            _ => {
                let Callee::Library(id) = target.callee else {
                    return false;
                };
                match eval.bound_argument(call, target, id, by) {
                    Bound::Value(value) => value,
                    _ => return false,
                }
            }
        };
        let ValueKind::Local { local, .. } = unit.value(pool).kind else {
            return false;
        };
        unit.values.iter().enumerate().any(|(at, value)| match value.kind {
            ValueKind::Write { local: written, path, count: 1, .. } if written == local => {
                unit.projections[path as usize] == crate::model::Projection::Entered
            }
            ValueKind::Method { of, .. } if matches!(unit.value(of).kind, ValueKind::Local { local: of, .. } if of == local) => {
                let found = eval.resolve(At { unit: call.unit, value: ValueId(at as u32) });
                found.targets.iter().any(|target| match target.callee {
                    Callee::Library(id) => self.catalogue.function(id).entry.effects.closes.as_deref() == Some("self"),
                    _ => false,
                })
            }
            _ => false,
        })
    }

    /// Whether a local's attribute of that name is set to true: `thread.daemon = True`.
    pub fn is_set_on(&self, call: At, attribute: &str) -> bool {
        let unit = self.unit(call.unit);
        let facts = &self.file(call.unit.file).facts;
        let ValueKind::Method { of, .. } = unit.value(call.value).kind else {
            return false;
        };
        let ValueKind::Local { local, .. } = unit.value(of).kind else {
            return false;
        };
        unit.values.iter().any(|value| match value.kind {
            ValueKind::WriteAttr { of, name, from } => {
                matches!(unit.value(of).kind, ValueKind::Local { local: of, .. } if of == local)
                    && facts.text(name) == attribute
                    && matches!(unit.value(from).kind, ValueKind::Const { kind: ConstKind::True, .. })
            }
            _ => false,
        })
    }

    /// The variant that a receiver's type carries.
    pub fn receiver_variant(&self, target: &Target) -> Option<String> {
        match &target.receiver {
            Some(super::types::Type::Instance(_, _, variant)) if !variant.is_none() => {
                Some(self.names.text(*variant).to_string())
            }
            _ => None,
        }
    }
}

/// Whether a value is also stored where it outlives the function, besides what its use says.
pub(super) fn is_kept_too(unit: &crate::model::Unit, value: ValueId) -> bool {
    unit.values.iter().any(|other| match other.kind {
        ValueKind::WriteAttr { from, .. } | ValueKind::WriteName { from, .. } | ValueKind::WriteItem { from, .. } => {
            from == value
        }
        _ => false,
    })
}

/// Whether an operation puts its operands together.
fn goes_on(unit: &crate::model::Unit, operation: ValueId) -> bool {
    matches!(unit.value(operation).kind, ValueKind::Operation { op: BinaryOp::BitOr | BinaryOp::Add, .. })
}

struct Follow<'e, 'p> {
    eval: &'e mut Eval<'p>,
    seen: Vec<At>,
}

impl Follow<'_, '_> {
    fn of(&mut self, at: At, depth: u32) -> Fate {
        if depth > MAX_DEPTH || self.seen.contains(&at) {
            return Fate::Unknown;
        }
        self.seen.push(at);
        let program = self.eval.program;
        let unit = program.unit(at.unit);
        let used = unit.value(at.value).used;
        let here = |value: ValueId| At { unit: at.unit, value };
        // `task = self.task = create_task(…)`
        if used.kind == UseKind::Bound && is_kept_too(unit, at.value) {
            return Fate::Kept;
        }
        match used.kind {
            UseKind::Discarded | UseKind::Deleted => Fate::Dropped,
            UseKind::Bound => {
                if used.value() == at.value {
                    return Fate::Dropped;
                }
                match unit.value(used.value()).kind {
                    ValueKind::Write { local, .. } => self.local(at, local, depth),
                    _ => Fate::Unknown,
                }
            }
            UseKind::Stored => match unit.value(used.value()).kind {
                ValueKind::WriteItem { of, .. } => self.stored_in(here(of), depth),
                ValueKind::WriteAttr { of, .. } => match unit.value(of).kind {
                    // An attribute of an object that was made here lives as long as that.
                    ValueKind::Local { local, .. } if unit.local(local).kind == LocalKind::Variable => {
                        match self.local_reads(here(of), local, depth) {
                            Fate::Unread | Fate::Dropped => Fate::Forgotten,
                            Fate::Ignored => Fate::Unknown,
                            fate => fate,
                        }
                    }
                    _ => Fate::Kept,
                },
                _ => Fate::Kept,
            },
            UseKind::Receiver => self.method(at, used.value(), depth),
            // `self.tasks = self.tasks | {task}`, `tasks += [task]`
            UseKind::Operand if goes_on(unit, used.value()) => self.of(here(used.value()), depth + 1),
            // `running[task] = name`: the key is kept like the value.
            UseKind::Operand if matches!(unit.value(used.value()).kind, ValueKind::WriteItem { .. }) => {
                match unit.value(used.value()).kind {
                    ValueKind::WriteItem { of, .. } => self.stored_in(here(of), depth),
                    _ => Fate::Unknown,
                }
            }
            UseKind::Base | UseKind::Condition | UseKind::Operand | UseKind::Interpolated | UseKind::Scrutinee => {
                match used.kind {
                    // `task.cancel` as a value may be called by whoever gets it.
                    UseKind::Base if unit.value(used.value()).used.kind != UseKind::Discarded => Fate::Unknown,
                    UseKind::Scrutinee => Fate::Unknown,
                    _ => Fate::Ignored,
                }
            }
            UseKind::Callee => Fate::Unknown,
            UseKind::Argument => self.argument(at, here(used.value()), depth),
            UseKind::Element => self.of(here(used.value()), depth + 1),
            UseKind::Iterated | UseKind::Entered => Fate::Unknown,
            UseKind::Awaited | UseKind::Raced => Fate::Settled,
            UseKind::Returned => self.returned(at, depth),
            UseKind::Yielded => Fate::Returned,
            UseKind::Raised | UseKind::Caught | UseKind::Decorates | UseKind::Default => Fate::Unknown,
            UseKind::Choice | UseKind::Tried => self.of(here(used.value()), depth + 1),
        }
    }

    fn local(&mut self, at: At, local: LocalId, depth: u32) -> Fate {
        let unit = self.eval.program.unit(at.unit);
        let record = unit.local(local);
        let is_module_variable = at.unit.unit == UnitId::MODULE && record.owner == FnId::OWN;
        if is_module_variable || record.kind == LocalKind::ClassMember {
            return Fate::Kept;
        }
        self.local_reads(at, local, depth)
    }

    /// The best that happens at any read behind the value; reads in nested functions count.
    fn local_reads(&mut self, at: At, local: LocalId, depth: u32) -> Fate {
        let unit = self.eval.program.unit(at.unit);
        let owner = unit.local(local).owner;
        let in_loop = unit
            .regions_around(at.value)
            .any(|region| matches!(unit.region(region).kind, crate::model::RegionKind::Loop { .. }));
        let reads: Vec<ValueId> = (0..unit.values.len() as u32)
            .map(ValueId)
            .filter(|read| {
                let is_read = matches!(unit.value(*read).kind, ValueKind::Local { local: of, .. } if of == local);
                let here = unit.function_of(*read);
                is_read && *read != at.value && (here != owner || *read > at.value || in_loop)
            })
            .collect();
        let mut best = Fate::Unread;
        for read in reads {
            best = best.max(self.of(At { unit: at.unit, value: read }, depth + 1));
            if best >= Fate::Kept {
                break;
            }
        }
        if best == Fate::Dropped { Fate::Ignored } else { best }
    }

    /// A value put into a container: it lives as long as that is kept, or used.
    fn stored_in(&mut self, container: At, depth: u32) -> Fate {
        let program = self.eval.program;
        let unit = program.unit(container.unit);
        match unit.value(container.value).kind {
            ValueKind::Local { local, .. } => {
                let record = unit.local(local);
                let is_module_variable = container.unit.unit == UnitId::MODULE && record.owner == FnId::OWN;
                let reader = unit.function_of(container.value);
                if record.kind == LocalKind::Param || record.owner != reader || is_module_variable {
                    return Fate::Kept;
                }
                // Where the container came from may keep it: `tasks = self.tasks`.
                let from_elsewhere = unit.values.iter().any(|value| match value.kind {
                    ValueKind::Write { local: of, from, .. } if of == local && from.is_some() => !matches!(
                        unit.value(from).kind,
                        ValueKind::Collection { .. }
                            | ValueKind::Call { .. }
                            | ValueKind::Method { .. }
                            | ValueKind::Macro { .. }
                    ),
                    _ => false,
                });
                if from_elsewhere {
                    return Fate::Kept;
                }
                // Every read of the container counts, also those before: the loop may turn.
                let reads: Vec<ValueId> = (0..unit.values.len() as u32)
                    .map(ValueId)
                    .filter(|read| {
                        *read != container.value
                            && matches!(unit.value(*read).kind, ValueKind::Local { local: of, .. } if of == local)
                    })
                    .collect();
                let mut best = Fate::Forgotten;
                for read in reads {
                    let at = At { unit: container.unit, value: read };
                    let used = unit.value(read).used;
                    let fate = match used.kind {
                        UseKind::Iterated => Fate::Unknown,
                        UseKind::Receiver => match self.container_method(at, used.value()) {
                            true => Fate::Forgotten,
                            false => Fate::Unknown,
                        },
                        UseKind::Operand | UseKind::Condition | UseKind::Interpolated => Fate::Forgotten,
                        UseKind::Base => match unit.value(used.value()).kind {
                            // `tasks[key] = …` again, and `tasks.discard` as a callback.
                            ValueKind::WriteItem { .. } => Fate::Forgotten,
                            ValueKind::Attr { .. } => Fate::Forgotten,
                            _ => Fate::Unknown,
                        },
                        _ => self.of(at, depth + 1),
                    };
                    best = best.max(if fate.is_lost() { Fate::Forgotten } else { fate });
                }
                best
            }
            ValueKind::Attr { .. } | ValueKind::Name { .. } | ValueKind::Item { .. } => Fate::Kept,
            _ => Fate::Unknown,
        }
    }

    /// Whether a method of a container only puts something in or takes it out by value.
    fn container_method(&mut self, receiver: At, call: ValueId) -> bool {
        let found = self.eval.resolve(At { unit: receiver.unit, value: call });
        let unit = self.eval.program.unit(receiver.unit);
        let is_discarded = unit.value(call).used.kind == UseKind::Discarded;
        !found.targets.is_empty()
            && is_discarded
            && found.targets.iter().all(|target| matches!(target.callee, Callee::Library(_)))
    }

    /// A method of the value itself.
    fn method(&mut self, at: At, call: ValueId, depth: u32) -> Fate {
        let call_at = At { unit: at.unit, value: call };
        let found = self.eval.resolve(call_at);
        let program = self.eval.program;
        if found.targets.is_empty() {
            return Fate::Unknown;
        }
        let mut best = Fate::Ignored;
        for target in &found.targets {
            let Callee::Library(id) = target.callee else {
                return Fate::Unknown;
            };
            let function = program.catalogue.function(id);
            let effects = &function.entry.effects;
            // A callback that sees the error keeps nothing alive and waits for nothing.
            let settles = effects.settles.as_ref().is_some_and(|settles| settles.duty != "error");
            let fate = if settles || effects.cancels.is_some() {
                Fate::Settled
            } else if effects.passes.iter().any(|passed| passed == "self") {
                self.of(call_at, depth + 1)
            } else if let Some(takes) = effects.takes.iter().find(|takes| takes.arg == "self") {
                self.taken(&takes.how, call_at, depth)
            } else if function.receiver == crate::catalogue::Receiver::Value {
                // `map`, `ok`: the value goes into what the method gives.
                self.of(call_at, depth + 1).max(Fate::Ignored)
            } else if !function.has_entry {
                Fate::Unknown
            } else {
                Fate::Ignored
            };
            best = best.max(fate);
        }
        best
    }

    fn argument(&mut self, at: At, call: At, depth: u32) -> Fate {
        let program = self.eval.program;
        let unit = program.unit(call.unit);
        match unit.value(call.value).kind {
            // A field of a struct literal, an element of `vec![…]` or of an unknown macro.
            ValueKind::Struct { .. } => return self.of(call, depth + 1).max(Fate::Unknown),
            ValueKind::Macro { .. } => return Fate::Unknown,
            _ => {}
        }
        let found = self.eval.resolve(call);
        if found.targets.is_empty() {
            return Fate::Unknown;
        }
        let mut best = Fate::Dropped;
        for target in &found.targets {
            let fate = match target.callee {
                Callee::Library(id) => self.library_argument(at, call, target, id, depth),
                Callee::Project(func) => self.project_argument(at, call, target, func, depth),
                Callee::Class(_) => Fate::Kept,
            };
            best = best.max(fate);
        }
        best
    }

    fn library_argument(
        &mut self,
        at: At,
        call: At,
        target: &Target,
        id: crate::catalogue::FunctionId,
        depth: u32,
    ) -> Fate {
        let program = self.eval.program;
        let function = program.catalogue.function(id);
        let effects = &function.entry.effects;
        let bound = self.eval.bind_library(call, target, function);
        let param = bound
            .iter()
            .position(|bound| *bound == Bound::Value(at.value))
            .or_else(|| {
                // One of `*args` behind the first.
                function.params.iter().position(|param| param.kind == crate::catalogue::ParamShape::Rest)
            })
            .map(|at| function.params[at].name.clone());
        let Some(param) = param else {
            return Fate::Unknown;
        };
        let is_param = |name: &str| name.trim_start_matches('*') == param;
        if let Some(stores) = effects.stores.iter().find(|stores| is_param(&stores.arg)) {
            if stores.into != "self" {
                return Fate::Kept;
            }
            let unit = program.unit(call.unit);
            return match unit.value(call.value).kind {
                ValueKind::Method { of, .. } => self.stored_in(At { unit: call.unit, value: of }, depth + 1),
                _ => Fate::Kept,
            };
        }
        if let Some(takes) = effects.takes.iter().find(|takes| is_param(&takes.arg)) {
            return self.taken(&takes.how, call, depth);
        }
        if effects.passes.iter().any(|passed| is_param(passed)) {
            return self.of(call, depth + 1);
        }
        if effects.settles.as_ref().is_some_and(|settles| is_param(&settles.what)) {
            return Fate::Settled;
        }
        if effects.closes.as_deref().is_some_and(is_param) {
            return Fate::Dropped;
        }
        Fate::Unknown
    }

    fn taken(&mut self, how: &str, call: At, depth: u32) -> Fate {
        match how {
            "driven" => Fate::Settled,
            "kept" => Fate::Kept,
            "dropped" => Fate::Dropped,
            // What the call gives must be awaited in its stead.
            "wrapped" if self.ends_on_drop(call) => Fate::Settled,
            "wrapped" | "driven-when-polled" => self.of(call, depth + 1),
            _ => Fate::Unknown,
        }
    }

    /// Whether what a call gives ends what it holds when it is dropped.
    fn ends_on_drop(&mut self, call: At) -> bool {
        let program = self.eval.program;
        let (parts, _) = self.eval.value(call).alternatives();
        parts.iter().any(|part| match part.nominal() {
            Some(Nominal::Library(id)) => {
                let handle = program.catalogue.ty(id).entry.as_ref().and_then(|entry| entry.handle.as_ref());
                handle.is_some_and(|handle| matches!(handle.dropped.as_str(), "aborts" | "cancels" | "joins"))
            }
            _ => false,
        })
    }

    fn project_argument(&mut self, at: At, call: At, target: &Target, func: Func, depth: u32) -> Fate {
        let bound = self.eval.bind_project(call, func, target);
        let Some(n) = bound.iter().position(|bound| *bound == Bound::Value(at.value)) else {
            return Fate::Unknown;
        };
        let program = self.eval.program;
        let unit = program.unit(func.unit_ref());
        let params = match program.def_of(func) {
            Some(def) => program.file(def.file).facts.outline.params(def.id),
            None => unit.function(func.id).params.of(&unit.params),
        };
        if params.get(n).is_none_or(|param| matches!(param.kind, ParamKind::Rest | ParamKind::KeywordRest)) {
            return Fate::Unknown;
        }
        let first = unit.function(func.id).first_param;
        if first.is_none() {
            return Fate::Unknown;
        }
        let local = LocalId(first.0 + n as u32);
        let start = ValueId(unit.function(func.id).start);
        let entry = At { unit: func.unit_ref(), value: start };
        let fate = self.param_reads(entry, local, depth + 1);
        // What a helper gives back is the caller's again.
        if fate == Fate::Returned { self.of(call, depth + 1) } else { fate }
    }

    /// The best that happens at any read of a local, wherever it stands.
    fn all_reads(&mut self, at: At, local: LocalId) -> Fate {
        let unit = self.eval.program.unit(at.unit);
        let reads: Vec<ValueId> = (0..unit.values.len() as u32)
            .map(ValueId)
            .filter(|read| matches!(unit.value(*read).kind, ValueKind::Local { local: of, .. } if of == local))
            .filter(|read| *read != at.value)
            .collect();
        // Another call of `start`, or of what only asks, is no better than none.
        reads.into_iter().map(|read| self.of(At { unit: at.unit, value: read }, 1)).max().unwrap_or(Fate::Unread)
    }

    fn param_reads(&mut self, entry: At, local: LocalId, depth: u32) -> Fate {
        let unit = self.eval.program.unit(entry.unit);
        let reads: Vec<ValueId> = (0..unit.values.len() as u32)
            .map(ValueId)
            .filter(|read| matches!(unit.value(*read).kind, ValueKind::Local { local: of, .. } if of == local))
            .collect();
        let mut best = Fate::Ignored;
        for read in reads {
            best = best.max(self.of(At { unit: entry.unit, value: read }, depth + 1));
        }
        best
    }

    /// A function's result is its caller's; a callback's on the loop is nobody's.
    fn returned(&mut self, at: At, _depth: u32) -> Fate {
        let program = self.eval.program;
        let func = program.function_at(at);
        let function = program.function(func);
        if function.kind != FunctionKind::Anonymous {
            return Fate::Returned;
        }
        let unit = program.unit(func.unit_ref());
        let made = unit.value(function.made);
        if made.used.kind != UseKind::Argument {
            return Fate::Returned;
        }
        let call = func.at(made.used.value());
        let found = self.eval.resolve(call);
        for target in &found.targets {
            let Callee::Library(id) = target.callee else {
                continue;
            };
            for runs in &program.catalogue.function(id).entry.effects.runs {
                let Some(param) = &runs.arg else {
                    continue;
                };
                let is_this = self.eval.bound_argument(call, target, id, param) == Bound::Value(function.made);
                let wants_plain = runs.wants.as_deref() != Some("future") && runs.wants.as_deref() != Some("either");
                if is_this && runs.on == RunsOn::Loop && wants_plain {
                    return Fate::Dropped;
                }
            }
        }
        Fate::Returned
    }
}

//! Whether anybody sees how tasks, threads and jobs end: the results that carry their errors.

use crate::catalogue::{Language, lets_go_by_name};
use crate::flow::Program;
use crate::flow::fates::fate::Fate;
use crate::flow::ids::{At, Func};
use crate::flow::linking::link::Linker;
use crate::flow::linking::links::EffectCall;
use crate::flow::types::{Bound, Callee, Eval, Nominal, Type};
use crate::flow::values::conditions::all_hold;
use crate::model::{ArgKind, LocalId, LocalKind, RegionKind, UseKind, ValueId, ValueKind};

/// What is lost with a result that nobody looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostOutcome {
    /// The result that the task itself gives is an error, perhaps.
    OwnResult,
    /// Whether it came to its end at all.
    End,
}

/// How surely nobody sees the errors that a call collects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// What it waits for is known here alone.
    Surely,
    /// Others may look at what it waits for, or it cleans up.
    Perhaps,
}

impl Linker<'_, '_> {
    /// Notes where a handle is awaited whose result says how the task ended.
    pub(crate) fn awaited_handle(&mut self, at: ValueId, of: ValueId) {
        let program = self.eval.program;
        if program.language(self.func.file) != Language::Rust {
            return;
        }
        let ty = self.eval.value(self.func.at(of));
        if program.loses_errors(&ty) {
            self.links.awaited.push(at);
        }
    }
}

impl Program {
    /// Whether the type is a handle whose task's error nobody else tells.
    pub fn loses_errors(&self, ty: &Type) -> bool {
        let (parts, _) = ty.alternatives();
        parts.iter().any(|part| match part.nominal() {
            Some(Nominal::Library(id)) => {
                let entry = self.catalogue.ty(id).entry.as_ref();
                let handle = entry.and_then(|entry| entry.handle.as_ref());
                handle.is_some_and(|handle| handle.error.as_deref() == Some("lost"))
            }
            _ => false,
        })
    }

    /// Whether a value of the type may be an error, or holds one that may.
    pub fn may_fail(&self, ty: &Type) -> bool {
        match ty {
            Type::Instance(Nominal::Library(id), args, _) => {
                let fails = self.catalogue.ty(*id).entry.as_ref().is_some_and(|entry| entry.fails);
                fails || args.iter().any(|arg| self.may_fail(arg))
            }
            _ => false,
        }
    }

    /// Whether a value holds at most one other: an option, a result.
    fn carries(&self, ty: &Type) -> bool {
        match ty {
            Type::Instance(Nominal::Library(id), ..) => {
                self.catalogue.ty(*id).entry.as_ref().is_some_and(|entry| entry.carries)
            }
            _ => false,
        }
    }

    /// What is lost with the result of waiting for a task, if nobody looks at it; `own` says that what the task gives
    /// may be an error.
    pub fn lost_outcome(&self, eval: &mut Eval, at: At, own: bool) -> Option<LostOutcome> {
        let lost = if own { LostOutcome::OwnResult } else { LostOutcome::End };
        self.is_unseen(eval, at, 0).then_some(lost)
    }

    fn is_unseen(&self, eval: &mut Eval, at: At, depth: u32) -> bool {
        const MAX_DEPTH: u32 = 8;
        let ty = eval.value(at);
        // Behind the task's own end, only what may be an error counts.
        if depth > MAX_DEPTH || depth > 0 && !self.may_fail(&ty) {
            return false;
        }
        let unit = self.unit(at.unit);
        let used = unit.value(at.value).used;
        let here = |value: ValueId| At { unit: at.unit, value };
        match used.kind {
            UseKind::Discarded => true,
            UseKind::Bound if used.value() == at.value => true,
            UseKind::Bound | UseKind::Scrutinee => {
                let written: Vec<LocalId> = (0..unit.values.len() as u32)
                    .filter_map(|write| match unit.value(ValueId(write)).kind {
                        ValueKind::Write { local, from, .. } if from == at.value => Some(local),
                        _ => None,
                    })
                    .collect();
                let is_read = |local: &LocalId| {
                    unit.values
                        .iter()
                        .any(|value| matches!(value.kind, ValueKind::Local { local: of, .. } if of == *local))
                };
                // `while let Some(_) = tasks.join_next().await`: the branch asks only whether there is another.
                let is_carried_twice = match &ty {
                    Type::Instance(_, args, _) => args.len() == 1 && args.iter().any(|inner| self.may_fail(inner)),
                    _ => false,
                };
                let asks_only = used.kind == UseKind::Bound || is_carried_twice;
                asks_only && !written.iter().any(is_read)
            }
            UseKind::Tried => self.is_unseen(eval, here(used.value()), depth + 1),
            UseKind::Receiver => {
                let call = here(used.value());
                let passes =
                    self.library_targets(eval, call).any(|effects| effects.passes.iter().any(|it| it == "self"));
                // `handle.await.ok()`: an option tells as much of how the task ended.
                let given = eval.value(call);
                let is_option_of_it = self.carries(&given) && eval.unwrapped(&given) == eval.unwrapped(&ty);
                let is_dropped = unit.value(call.value).used.kind == UseKind::Discarded;
                let is_end = depth == 0 && self.may_fail(&ty) && is_option_of_it && is_dropped;
                passes && (is_end || self.is_unseen(eval, call, depth + 1))
            }
            UseKind::Argument => {
                let call = here(used.value());
                self.library_targets(eval, call)
                    .any(|effects| effects.closes.is_some() || effects.takes.iter().any(|takes| takes.how == "dropped"))
            }
            _ => false,
        }
    }

    fn library_targets<'p>(
        &'p self,
        eval: &mut Eval,
        call: At,
    ) -> impl Iterator<Item = &'p crate::catalogue::schema::Effects> + use<'p> {
        let found = eval.resolve(call);
        found.targets.into_iter().filter_map(|target| match target.callee {
            Callee::Library(id) => Some(&self.catalogue.function(id).entry.effects),
            _ => None,
        })
    }

    /// Whether nobody sees the errors that a call collects instead of raising them.
    pub fn unread_errors<'p>(&'p self, eval: &mut Eval<'p>, func: Func, call: &EffectCall) -> Option<Unread> {
        let effects = &self.catalogue.function(call.function).entry.effects;
        let collects = effects.collects.as_ref()?;
        if all_hold(eval, func.at(call.at), &call.target, &collects.when) != Some(true) {
            return None;
        }
        let unit = self.unit(func.unit_ref());
        let used = unit.value(call.at).used;
        let result = if used.kind == UseKind::Awaited { used.value() } else { call.at };
        if result == call.at && self.catalogue.function(call.function).is_async {
            return None;
        }
        if self.made_future(func.at(call.at)).is_some() {
            return None;
        }
        if !matches!(self.fate(eval, func.at(result)), Fate::Dropped | Fate::Unread) {
            return None;
        }
        let must_run = effects.takes.iter().any(|takes| takes.how == "started");
        let mut collected =
            Collected { program: self, eval, func, unread: Unread::Surely, must_run, has_unstarted: false };
        if collected.cleans_up(call.at) {
            collected.unread = Unread::Perhaps;
        }
        let given: Vec<ValueId> = match self.spread_of(func, call) {
            Some(spread) => vec![spread],
            None => match collected.eval.bound_argument(func.at(call.at), &call.target, call.function, &collects.of) {
                Bound::Value(_) if collects.of.starts_with('*') => {
                    let args = collected.eval.args(func.at(call.at)).iter();
                    args.filter(|arg| arg.kind == ArgKind::Positional).map(|arg| arg.value).collect()
                }
                Bound::Value(value) => vec![value],
                _ => return Some(Unread::Perhaps),
            },
        };
        let is_unread = given.into_iter().all(|value| collected.is_unread(value));
        (is_unread && !collected.has_unstarted).then_some(collected.unread)
    }

    fn spread_of(&self, func: Func, call: &EffectCall) -> Option<ValueId> {
        let unit = self.unit(func.unit_ref());
        let (args, count) = match unit.value(call.at).kind {
            ValueKind::Call { args, count, .. } | ValueKind::Method { args, count, .. } => (args, count),
            _ => return None,
        };
        unit.args(args, count).iter().find(|arg| arg.kind == ArgKind::Spread).map(|arg| arg.value)
    }

    /// A chain of names and attributes, as it is written.
    fn place_text(&self, func: Func, value: ValueId) -> String {
        let unit = self.unit(func.unit_ref());
        let file = self.file(func.file);
        match unit.value(value).kind {
            ValueKind::Attr { of, name } => format!("{}.{}", self.place_text(func, of), file.text(name)),
            ValueKind::Name { name, .. } => file.text(name).to_owned(),
            ValueKind::Local { local, .. } => format!("#{}", local.0),
            _ => format!("@{}", value.0),
        }
    }

    /// Whether a function cancels something: then it knows how what it waits for ends.
    pub fn cancels_something(&self, func: Func) -> bool {
        self.function_links(func).is_some_and(|links| {
            links.effects.iter().any(|effect| self.catalogue.function(effect.function).entry.effects.cancels.is_some())
        })
    }
}

/// What a call waits for and collects the errors of.
struct Collected<'e, 'p> {
    program: &'p Program,
    eval: &'e mut Eval<'p>,
    func: Func,
    unread: Unread,
    /// It waits for what runs already.
    must_run: bool,
    /// Something that it is given does not: that is another mistake.
    has_unstarted: bool,
}

impl Collected<'_, '_> {
    /// Whether nothing else in the function looks at what is waited for. What was not made here, others may look at.
    fn is_unread(&mut self, value: ValueId) -> bool {
        let program = self.program;
        let unit = program.unit(self.func.unit_ref());
        match unit.value(value).kind {
            ValueKind::Local { local, .. } => {
                let reads: Vec<ValueId> = (0..unit.values.len() as u32)
                    .map(ValueId)
                    .filter(|read| *read != value)
                    .filter(|read| matches!(unit.value(*read).kind, ValueKind::Local { local: of, .. } if of == local))
                    .collect();
                let mut sources: Vec<ValueId> = unit
                    .values
                    .iter()
                    .filter_map(|value| match value.kind {
                        ValueKind::Write { local: of, from, count: 0, .. } if of == local => Some(from),
                        ValueKind::Write { local: of, .. } if of == local => Some(ValueId::NONE),
                        _ => None,
                    })
                    .collect();
                for read in reads {
                    let used = unit.value(read).used;
                    match used.kind {
                        UseKind::Condition | UseKind::Discarded | UseKind::Deleted => {}
                        // `tasks.append(…)`
                        UseKind::Receiver => match unit.value(used.value()).kind {
                            ValueKind::Method { args, count: 1, .. }
                                if unit.value(used.value()).used.kind == UseKind::Discarded =>
                            {
                                sources.extend(unit.args(args, 1).iter().map(|arg| arg.value));
                            }
                            _ => return false,
                        },
                        _ => return false,
                    }
                }
                if sources.is_empty() || unit.local(local).kind == LocalKind::Param {
                    self.unread = Unread::Perhaps;
                }
                for source in sources {
                    self.made_here(source);
                }
                true
            }
            ValueKind::Attr { .. } | ValueKind::Name { .. } | ValueKind::Item { .. } => {
                self.unread = Unread::Perhaps;
                let path = program.place_text(self.func, value);
                let mut others = (0..unit.values.len() as u32).map(ValueId).filter(|read| {
                    *read != value
                        && matches!(unit.value(*read).kind, ValueKind::Attr { .. } | ValueKind::Name { .. })
                        && program.place_text(self.func, *read) == path
                });
                !others.any(|read| unit.value(read).used.kind == UseKind::Iterated)
            }
            ValueKind::Collection { args, count, .. } => {
                let is_literal = |value: ValueId| matches!(unit.value(value).kind, ValueKind::Local { .. });
                let elements: Vec<ValueId> = unit.args(args, count).iter().map(|arg| arg.value).collect();
                let in_place: Vec<ValueId> = elements.iter().copied().filter(|value| is_literal(*value)).collect();
                let of_loop = unit.regions_around(value).count();
                let own: Vec<ValueId> =
                    in_place.into_iter().filter(|element| unit.regions_around(*element).count() == of_loop).collect();
                self.made_here(value);
                own.into_iter().all(|element| self.is_unread(element))
            }
            _ => {
                self.made_here(value);
                true
            }
        }
    }

    /// Notes if something that is waited for was perhaps not made by this function, or is let go.
    fn made_here(&mut self, value: ValueId) {
        if value.is_none() {
            self.unread = Unread::Perhaps;
            return;
        }
        let unit = self.program.unit(self.func.unit_ref());
        match unit.value(value).kind {
            ValueKind::Collection { args, count, .. } => {
                let elements: Vec<ValueId> = unit.args(args, count).iter().map(|arg| arg.value).collect();
                for element in elements {
                    self.made_here(element);
                }
            }
            ValueKind::Call { .. } | ValueKind::Method { .. } => {
                let at = self.func.at(value);
                let is_known = self.program.made_future(at).is_some_and(|made| !made.is_running);
                self.has_unstarted |= is_known && self.must_run;
                let found = self.eval.resolve(at);
                let makes = found.targets.iter().all(|target| match target.callee {
                    Callee::Library(id) => self.program.catalogue.function(id).entry.effects.starts.is_some(),
                    Callee::Project(_) => true,
                    Callee::Class(_) => false,
                });
                if !is_known && !makes || self.lets_go(value) {
                    self.unread = Unread::Perhaps;
                }
            }
            _ => self.unread = Unread::Perhaps,
        }
    }

    /// Whether a call, or one that it is given, has the name of what lets something go.
    fn lets_go(&self, call: ValueId) -> bool {
        let unit = self.program.unit(self.func.unit_ref());
        let file = self.program.file(self.func.file);
        let (name, args, count) = match unit.value(call).kind {
            ValueKind::Method { name, args, count, .. } => (Some(name), args, count),
            ValueKind::Call { callee, args, count } => match unit.value(callee).kind {
                ValueKind::Name { name, .. } => (Some(name), args, count),
                _ => (None, args, count),
            },
            _ => return false,
        };
        name.is_some_and(|name| lets_go_by_name(file.text(name)))
            || unit.args(args, count).iter().any(|arg| self.lets_go(arg.value))
    }

    /// Whether the place, or the function around it, is there to let things go: errors are often left alone there.
    fn cleans_up(&self, at: ValueId) -> bool {
        let unit = self.program.unit(self.func.unit_ref());
        unit.regions_around(at)
            .any(|region| matches!(unit.region(region).kind, RegionKind::Finally | RegionKind::Handler))
            || lets_go_by_name(&self.program.function_name(self.func))
    }
}

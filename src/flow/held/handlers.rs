//! Where a cancellation ends unheard: handlers, `suppress` blocks, `finally` blocks that leave, and `Err` arms around
//! suspensions of an async function.
//!
//! Says what happens there; whether that is worth telling is the lint's.

use crate::catalogue::schema::Cancellation;
use crate::flow::Program;
use crate::flow::certainty::Certainty;
use crate::flow::ids::{At, Func};
use crate::flow::linking::places::same_place;
use crate::flow::naming::names::Name;
use crate::flow::types::{Callee, Eval, Nominal, Type};
use crate::model::{
    ArmTest, JumpKind, LoopKind, Projection, RegionId, RegionKind, SuspendKind, Unit, UseKind, ValueId, ValueKind,
};

/// A place where a cancellation of the function ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swallowed {
    /// What names the exception: the type, the call of `suppress`, the jump out of `finally`, the caught value; for a
    /// bare handler the first value of its body, or of its `try`.
    pub at: At,
    pub how: Swallowing,
    /// The first suspension that may be cancelled.
    pub suspended: ValueId,
    pub then: Then,
    pub certainty: Certainty,
}

/// How the function goes on afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// A loop turns again: it cannot be cancelled at all.
    Turns,
    /// It awaits something else.
    Awaits,
    /// It ends soon.
    Ends,
}

/// What lets it end there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Swallowing {
    /// `except CancelledError`
    Handler,
    /// `except BaseException`
    WideHandler,
    /// `except:`
    BareHandler,
    /// `with suppress(CancelledError)`
    Suppressed,
    /// `finally: return`
    Finally,
    /// `Err(_) =>` of something that was aborted
    ErrorArm,
}

/// How control may get out of a region; a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Exits {
    raises: bool,
    leaves: bool,
    /// To the next turn of a loop.
    continues: bool,
    falls: bool,
}

impl Exits {
    fn or(self, other: Exits) -> Exits {
        Exits {
            raises: self.raises || other.raises,
            leaves: self.leaves || other.leaves,
            continues: self.continues || other.continues,
            falls: self.falls || other.falls,
        }
    }
}

impl Program {
    /// Where an async function swallows its cancellation, in the order of its text.
    pub fn swallowed_cancellations(&self, eval: &mut Eval, func: Func) -> Vec<Swallowed> {
        let unit = self.unit(func.unit_ref());
        let function = unit.function(func.id);
        let mut found = Vec::new();
        for (n, region) in unit.regions.iter().enumerate() {
            if region.start < function.start || region.end > function.end {
                continue;
            }
            let search = Search { program: self, unit, func, region: RegionId(n as u32) };
            match region.kind {
                RegionKind::Try => found.extend(search.in_try(eval)),
                RegionKind::Managed { is_async: false } => found.extend(search.in_suppress(eval)),
                RegionKind::Arm { test: ArmTest::Pattern | ArmTest::GuardedPattern } => {
                    found.extend(search.in_error_arm(eval));
                }
                _ => {}
            }
        }
        found
    }
}

struct Search<'p> {
    program: &'p Program,
    unit: &'p Unit,
    func: Func,
    region: RegionId,
}

impl Search<'_> {
    fn in_try(&self, eval: &mut Eval) -> Option<Swallowed> {
        let children = self.children(self.region);
        let body = *children.iter().find(|child| self.unit.region(**child).kind == RegionKind::TryBody)?;
        let suspended = self.first_suspension(body)?;
        let of_finally = children
            .iter()
            .filter(|child| self.unit.region(**child).kind == RegionKind::Finally)
            .find_map(|part| self.leaves_for_good(*part));
        if let Some(jump) = of_finally {
            return Some(Swallowed {
                at: self.func.at(jump),
                how: Swallowing::Finally,
                suspended,
                then: Then::Ends,
                certainty: Certainty::Certain,
            });
        }
        let handlers = children.iter().filter(|child| self.unit.region(**child).kind == RegionKind::Handler);
        for handler in handlers {
            let Some((at, how)) = self.catches(eval, *handler, body) else {
                continue;
            };
            let exits = self.exits(*handler);
            if exits.raises && !exits.leaves && !exits.continues && !exits.falls {
                return None;
            }
            // What is decided by a test is meant.
            let is_decided = exits.raises || (exits.leaves && (exits.falls || exits.continues));
            let is_meant = is_decided
                || self.is_cleanup(eval)
                || self.is_handed_on(eval, *handler)
                || self.awaits_what_it_cancelled(eval, body);
            let certainty = if is_meant { Certainty::Possible } else { Certainty::Certain };
            let then = match (how, self.then(exits)) {
                // It goes on in the handler itself, which is not there for cancellation alone.
                (Swallowing::WideHandler | Swallowing::BareHandler, Then::Ends)
                    if self.first_suspension(*handler).is_some() =>
                {
                    Then::Awaits
                }
                (_, then) => then,
            };
            return Some(Swallowed { at: self.func.at(at), how, suspended, then, certainty });
        }
        None
    }

    /// The first value that names a cancellation, or a wider type.
    fn catches(&self, eval: &mut Eval, handler: RegionId, body: RegionId) -> Option<(ValueId, Swallowing)> {
        let region = self.unit.region(handler);
        let caught: Vec<ValueId> = (region.start..region.end)
            .map(ValueId)
            .filter(|value| {
                let used = self.unit.value(*value).used;
                used.kind == UseKind::Caught && used.region() == handler
            })
            .collect();
        if caught.is_empty() {
            let body = self.unit.region(body);
            let at = if region.start < region.end { region.start } else { body.start };
            return Some((ValueId(at), Swallowing::BareHandler));
        }
        caught.into_iter().find_map(|value| match self.cancellation(eval, value)? {
            Cancellation::Itself => Some((value, Swallowing::Handler)),
            Cancellation::AmongOthers => Some((value, Swallowing::WideHandler)),
        })
    }

    /// What a class that is named says of cancellation.
    fn cancellation(&self, eval: &mut Eval, value: ValueId) -> Option<Cancellation> {
        match eval.value(self.func.at(value)) {
            Type::Class(Nominal::Library(id), _) => self.program.catalogue.ty(id).entry.as_ref()?.cancellation,
            _ => None,
        }
    }

    /// `with suppress(CancelledError): …`
    fn in_suppress(&self, eval: &mut Eval) -> Option<Swallowed> {
        let region = self.unit.region(self.region);
        let entered = self.func.at(region.value);
        let (ValueKind::Call { .. } | ValueKind::Method { .. }) = self.unit.value(region.value).kind else {
            return None;
        };
        let suspended = self.first_suspension(self.region)?;
        let catches = eval.resolve(entered).targets.iter().any(|target| match target.callee {
            Callee::Library(id) => self.program.catalogue.function(id).entry.effects.catches.is_some(),
            _ => false,
        });
        if !catches {
            return None;
        }
        let named: Vec<ValueId> = eval.args(entered).map(|arg| arg.value).collect();
        if !named.into_iter().any(|value| self.cancellation(eval, value).is_some()) {
            return None;
        }
        let is_meant = self.is_cleanup(eval) || self.awaits_what_it_cancelled(eval, self.region);
        let certainty = if is_meant { Certainty::Possible } else { Certainty::Certain };
        let then = self.then(Exits { falls: true, ..Exits::default() });
        Some(Swallowed { at: entered, how: Swallowing::Suppressed, suspended, then, certainty })
    }

    /// `Err(_) => {}` where the error may say that the task was aborted.
    fn in_error_arm(&self, eval: &mut Eval) -> Option<Swallowed> {
        let arm = self.unit.region(self.region);
        let branch = self.unit.region(arm.parent);
        if branch.value.is_none() || self.program.file(self.func.file).text(arm.name) != "Err" {
            return None;
        }
        let (ValueKind::Await { .. } | ValueKind::Method { .. }) = self.unit.value(branch.value).kind else {
            return None;
        };
        let Type::Instance(_, args, _) = eval.value(self.func.at(branch.value)) else {
            return None;
        };
        let error = match args.last()? {
            Type::Instance(Nominal::Library(id), ..) => *id,
            _ => return None,
        };
        self.program.catalogue.ty(error).entry.as_ref()?.cancellation?;
        let within = (arm.start..arm.end).map(ValueId);
        let reads_error = within.into_iter().any(|at| match self.unit.value(at).kind {
            ValueKind::Local { local, .. } => self.bound_in(local, arm.start, arm.end),
            _ => false,
        });
        // `Err(error) if error.is_cancelled() => …` in front of it.
        let is_other = |other: &RegionId| *other != self.region && self.unit.region(*other).name == arm.name;
        if reads_error || self.children(arm.parent).iter().any(is_other) {
            return None;
        }
        let exits = self.exits(self.region);
        if exits.leaves || exits.raises {
            return None;
        }
        let then = self.then(exits);
        let certainty = if then == Then::Turns { Certainty::Likely } else { Certainty::Possible };
        Some(Swallowed {
            at: self.func.at(branch.value),
            how: Swallowing::ErrorArm,
            suspended: branch.value,
            then,
            certainty,
        })
    }

    fn bound_in(&self, local: crate::model::LocalId, start: u32, end: u32) -> bool {
        (start..end).map(ValueId).any(
            |at| matches!(self.unit.value(at).kind, ValueKind::Write { local: of, count, .. } if of == local && count > 0),
        )
    }

    /// How the function goes on behind what catches, which is left like that.
    fn then(&self, exits: Exits) -> Then {
        if !exits.falls && !exits.continues {
            return Then::Ends;
        }
        let around: Vec<RegionId> = self.unit.enclosing(self.region).collect();
        let is_loop = |region: &RegionId| {
            matches!(self.unit.region(*region).kind, RegionKind::Loop { kind: LoopKind::While | LoopKind::Endless })
        };
        if around.iter().any(is_loop) {
            return Then::Turns;
        }
        let function = self.unit.function(self.func.id);
        let behind = self.unit.region(self.region).end;
        let awaits = (behind..function.end).map(ValueId).any(|at| {
            self.suspends(at)
                && self.unit.regions_around(at).all(|region| {
                    let record = self.unit.region(region);
                    // Another arm of a branch that this is in.
                    let is_part = matches!(record.kind, RegionKind::Arm { .. } | RegionKind::Handler);
                    !is_part || around.contains(&region) || !around.contains(&record.parent)
                })
        });
        if awaits { Then::Awaits } else { Then::Ends }
    }

    /// Whether it is part of a `finally` block or a handler, where cancellation is under way already, or of a block
    /// that is shielded from it.
    fn is_cleanup(&self, eval: &mut Eval) -> bool {
        self.unit.enclosing(self.region).any(|region| match self.unit.region(region).kind {
            RegionKind::Finally | RegionKind::Handler => true,
            RegionKind::Managed { .. } => self.is_shielded(eval, region),
            _ => false,
        })
    }

    /// `with CancelScope(shield=True):`
    fn is_shielded(&self, eval: &mut Eval, region: RegionId) -> bool {
        let entered = self.unit.region(region).value;
        let is_shield = |variant: Name| !variant.is_none() && &*self.program.names.text(variant) == "shielded";
        entered.is_some()
            && matches!(eval.value(self.func.at(entered)), Type::Instance(_, _, variant) if is_shield(variant))
    }

    fn suspends(&self, at: ValueId) -> bool {
        match self.unit.value(at).kind {
            ValueKind::Await { .. } => true,
            ValueKind::Suspend { kind, .. } => kind != SuspendKind::Yield,
            _ => false,
        }
    }

    fn first_suspension(&self, region: RegionId) -> Option<ValueId> {
        let region = self.unit.region(region);
        (region.start..region.end).map(ValueId).find(|at| self.suspends(*at))
    }

    /// Whether all that a region awaits are tasks that are kept somewhere, one of which this function cancelled.
    ///
    /// ```python
    /// task.cancel()
    /// try: await task
    /// except CancelledError: pass
    /// ```
    fn awaits_what_it_cancelled(&self, eval: &mut Eval, region: RegionId) -> bool {
        let run = self.unit.region(region);
        let function = self.unit.function(self.func.id);
        let awaited: Vec<ValueId> = (run.start..run.end)
            .map(ValueId)
            .filter_map(|at| match self.unit.value(at).kind {
                ValueKind::Await { of } => Some(of),
                _ => None,
            })
            .collect();
        let cancels: Vec<ValueId> = (function.start..run.end)
            .map(ValueId)
            .filter(|at| matches!(self.unit.value(*at).kind, ValueKind::Method { .. }) && self.cancels(eval, *at))
            .filter_map(|at| match self.unit.value(at).kind {
                ValueKind::Method { of, .. } => Some(of),
                _ => None,
            })
            .collect();
        let waits_otherwise = (run.start..run.end).map(ValueId).any(|at| {
            matches!(self.unit.value(at).kind, ValueKind::Suspend { kind, .. } if kind != SuspendKind::Yield)
                && !self.is_of_time_limit(eval, at)
        });
        !waits_otherwise
            && awaited.iter().all(|of| match self.unit.value(*of).kind {
                // A task that was kept: whose cancellation arrives here is not known, but it is not this function's alone.
                ValueKind::Local { .. } | ValueKind::Attr { .. } | ValueKind::Name { .. } | ValueKind::Item { .. } => {
                    true
                }
                _ => self.gathers_kept(eval, *of) || cancels.iter().any(|cancelled| self.is_given(*of, *cancelled)),
            })
    }

    /// Entering or leaving `async with timeout(…)`, which waits for nothing.
    fn is_of_time_limit(&self, eval: &mut Eval, at: ValueId) -> bool {
        let ValueKind::Suspend { kind: SuspendKind::Enter | SuspendKind::Exit, .. } = self.unit.value(at).kind else {
            return false;
        };
        let entered = self.unit.region(self.unit.region_of(at)).value;
        let opens = |program: &Program, ty: &Type| match ty {
            Type::Instance(Nominal::Library(id), ..) => {
                let entry = program.catalogue.ty(*id).entry.as_ref();
                entry.and_then(|entry| entry.enter.as_ref()).and_then(|enter| enter.opens.clone())
            }
            _ => None,
        };
        entered.is_some() && {
            let ty = eval.value(self.func.at(entered));
            matches!(opens(self.program, &ty).as_deref(), Some("timeout" | "cancel-scope"))
        }
    }

    /// `gather(*self.tasks)`: a library's function that waits for tasks that are kept somewhere.
    fn gathers_kept(&self, eval: &mut Eval, call: ValueId) -> bool {
        let (ValueKind::Call { args, count, .. } | ValueKind::Method { args, count, .. }) = self.unit.value(call).kind
        else {
            return false;
        };
        let takes = eval.resolve(self.func.at(call)).targets.iter().any(|target| match target.callee {
            Callee::Library(id) => !self.program.catalogue.function(id).entry.effects.takes.is_empty(),
            _ => false,
        });
        takes
            && self.unit.args(args, count).iter().all(|arg| {
                let kind = self.unit.value(arg.value).kind;
                // `wait_for(shield(self.task), 1)`
                matches!(kind, ValueKind::Call { .. } | ValueKind::Method { .. }) && self.gathers_kept(eval, arg.value)
                    || matches!(kind, ValueKind::Local { .. } | ValueKind::Attr { .. } | ValueKind::Name { .. })
                    || matches!(kind, ValueKind::Item { .. } | ValueKind::Const { .. })
            })
    }

    fn cancels(&self, eval: &mut Eval, at: ValueId) -> bool {
        let found = eval.resolve(self.func.at(at));
        found.targets.iter().any(|target| match target.callee {
            Callee::Library(id) => self.program.catalogue.function(id).entry.effects.cancels.is_some(),
            _ => false,
        })
    }

    /// `await gather(task, …)` of a task that was cancelled, or of the collection that it was taken from.
    fn is_given(&self, call: ValueId, cancelled: ValueId) -> bool {
        let (ValueKind::Call { args, count, .. } | ValueKind::Method { args, count, .. }) = self.unit.value(call).kind
        else {
            return false;
        };
        let sources = self.sources(cancelled);
        self.unit.args(args, count).any(|arg| sources.iter().any(|source| same_place(self.unit, arg.value, *source)))
    }

    /// The place, and the collection whose elements it holds.
    fn sources(&self, place: ValueId) -> Vec<ValueId> {
        let mut sources = vec![place];
        if let ValueKind::Local { local, .. } = self.unit.value(place).kind {
            let writes = self.unit.values.iter().filter_map(|value| match value.kind {
                ValueKind::Write { local: of, from, .. } if of == local && from.is_some() => Some(from),
                _ => None,
            });
            sources.extend(writes);
        }
        sources
    }

    /// Whether what was caught is kept, returned or given to somebody.
    fn is_handed_on(&self, eval: &mut Eval, handler: RegionId) -> bool {
        let region = self.unit.region(handler);
        let is_caught = |at: ValueId| match self.unit.value(at).kind {
            ValueKind::Write { local, path, count, .. } => {
                let steps = &self.unit.projections[path as usize..path as usize + count as usize];
                steps.contains(&Projection::Caught).then_some(local)
            }
            _ => None,
        };
        let Some(alias) = (region.start..region.end).map(ValueId).find_map(is_caught) else {
            return false;
        };
        (region.start..region.end).map(ValueId).any(|at| {
            let value = self.unit.value(at);
            if !matches!(value.kind, ValueKind::Local { local, .. } if local == alias) {
                return false;
            }
            match value.used.kind {
                UseKind::Stored | UseKind::Returned | UseKind::Yielded | UseKind::Element | UseKind::Bound => true,
                UseKind::Argument => self.keeps_argument(eval, value.used.value()),
                _ => false,
            }
        })
    }

    /// Whether a call may tell somebody of what it is given: not one of a library that keeps nothing.
    fn keeps_argument(&self, eval: &mut Eval, call: ValueId) -> bool {
        let found = eval.resolve(self.func.at(call));
        found.targets.iter().all(|target| match target.callee {
            Callee::Library(id) => !self.program.catalogue.function(id).entry.effects.stores.is_empty(),
            _ => true,
        })
    }

    /// The jump by which a `finally` leaves, whatever was raised.
    fn leaves_for_good(&self, region: RegionId) -> Option<ValueId> {
        let run = self.unit.region(region);
        (run.start..run.end).map(ValueId).find(|at| match self.unit.value(*at).kind {
            ValueKind::Jump { kind: JumpKind::Return, .. } => self.unit.region_of(*at) == region,
            _ => false,
        })
    }

    fn children(&self, parent: RegionId) -> Vec<RegionId> {
        let of_parent =
            |(n, region): (usize, &crate::model::Region)| (region.parent == parent).then_some(RegionId(n as u32));
        self.unit.regions.iter().enumerate().filter_map(of_parent).collect()
    }

    /// How control may get out of a region, in the order in which it runs.
    fn exits(&self, id: RegionId) -> Exits {
        let region = self.unit.region(id);
        let mut exits = Exits::default();
        let mut at = region.start;
        let mut children = self.children(id).into_iter().peekable();
        loop {
            let next = children.peek().map(|child| self.unit.region(*child).start);
            if next.is_some_and(|start| start <= at) {
                let child = children.next().expect("it was peeked");
                at = at.max(self.unit.region(child).end);
                let inner = self.exits_of_part(child);
                exits = exits.or(Exits { falls: false, ..inner });
                if !inner.falls {
                    return exits;
                }
                continue;
            }
            if at >= region.end {
                return Exits { falls: true, ..exits };
            }
            if let ValueKind::Jump { kind, leaves, .. } = self.unit.value(ValueId(at)).kind {
                match kind {
                    JumpKind::Raise | JumpKind::Reraise => return Exits { raises: true, ..exits },
                    JumpKind::Maybe => exits.raises = true,
                    // A jump inside goes on inside.
                    _ if self.is_within(leaves, id) => return Exits { falls: true, ..exits },
                    JumpKind::Continue => return Exits { continues: true, ..exits },
                    _ => return Exits { leaves: true, ..exits },
                }
            }
            at += 1;
        }
    }

    fn exits_of_part(&self, id: RegionId) -> Exits {
        let region = self.unit.region(id);
        let union =
            |parts: Vec<RegionId>| parts.into_iter().map(|part| self.exits(part)).fold(Exits::default(), Exits::or);
        match region.kind {
            RegionKind::Branch { exhaustive } => {
                let arms = union(self.children(id));
                Exits { falls: arms.falls || !exhaustive, ..arms }
            }
            RegionKind::Loop { .. } => Exits { falls: true, ..self.exits(id) },
            RegionKind::Try => {
                let parts = self.children(id);
                let (last, parts): (Vec<RegionId>, Vec<RegionId>) =
                    parts.into_iter().partition(|part| self.unit.region(*part).kind == RegionKind::Finally);
                let exits = union(parts);
                match last.first().map(|part| self.exits(*part)) {
                    Some(last) if !last.falls => last,
                    Some(last) => exits.or(Exits { falls: false, ..last }),
                    None => exits,
                }
            }
            RegionKind::Body => Exits { falls: true, ..Exits::default() },
            _ => self.exits(id),
        }
    }

    fn is_within(&self, region: RegionId, outer: RegionId) -> bool {
        region != outer && region != RegionId::NONE && self.unit.enclosing(region).any(|around| around == outer)
    }
}

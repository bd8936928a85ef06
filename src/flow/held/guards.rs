//! What is held while a function is suspended: guards and borrows of Rust, `with` blocks and acquired locks of Python.

use crate::catalogue::TypeId;
use crate::catalogue::schema::Guard;
use crate::flow::Program;
use crate::flow::ids::{At, Def, Func};
use crate::flow::linking::places::same_place;
use crate::flow::reach::locks::is_thread_lock;
use crate::flow::types::{Callee, Eval, Nominal, Type};
use crate::model::{DefKind, Ending, RegionKind, SuspendKind, ValueId, ValueKind};

/// Something held over suspensions.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// What holds it: the call, the bound value, the entered lock.
    pub at: At,
    /// The guard's or lock's type.
    pub ty: TypeId,
    /// What kind of guard; for `with lock` and acquired locks a lock's.
    pub of: String,
    pub across_await: String,
    /// The variable that holds it, if any.
    pub name: String,
    /// Inside a struct or collection of that name.
    pub inside: Option<String>,
    /// The suspensions, in order.
    pub over: Vec<ValueId>,
}

impl Program {
    /// What an async function holds over its suspensions.
    pub fn held_over_suspensions(&self, eval: &mut Eval, func: Func) -> Vec<Held> {
        let suspensions = self.suspensions(func);
        if suspensions.is_empty() {
            return Vec::new();
        }
        let mut held = self.held_by_extents(eval, func, &suspensions);
        held.extend(self.held_by_with(eval, func, &suspensions));
        held.extend(self.held_by_acquire(eval, func, &suspensions));
        held.sort_by_key(|held| held.at);
        held
    }

    /// Where a function may be suspended.
    pub fn suspensions(&self, func: Func) -> Vec<ValueId> {
        let unit = self.unit(func.unit_ref());
        let function = unit.function(func.id);
        (function.start..function.end)
            .map(ValueId)
            .filter(|value| match unit.value(*value).kind {
                ValueKind::Await { .. } => true,
                ValueKind::Suspend { kind, .. } => function.is_async || kind != SuspendKind::Yield,
                _ => false,
            })
            .collect()
    }

    fn held_by_extents(&self, eval: &mut Eval, func: Func, suspensions: &[ValueId]) -> Vec<Held> {
        let unit = self.unit(func.unit_ref());
        let function = unit.function(func.id);
        let mut held: Vec<Held> = Vec::new();
        for extent in unit.extents.iter() {
            if extent.start < function.start
                || extent.end > function.end
                || extent.ending == Ending::Captured && extent.start == extent.end
            {
                continue;
            }
            let over: Vec<ValueId> =
                suspensions.iter().copied().filter(|at| extent.start <= at.0 && at.0 < extent.end).collect();
            if over.is_empty() {
                continue;
            }
            let (source, name) = if extent.local.is_none() {
                (extent.value, String::new())
            } else {
                let local = unit.local(extent.local);
                // What an `async move` block took along was written outside of it.
                let first = if local.owner == func.id { function.start } else { unit.function(local.owner).start };
                let write = (first..extent.start + 1).rev().map(ValueId).find(|write| {
                    matches!(unit.values.get(write.0 as usize).map(|value| value.kind), Some(ValueKind::Write { local: of, .. }) if of == extent.local)
                });
                let Some(write) = write else {
                    continue;
                };
                (write, self.file(func.file).text(local.name).to_owned())
            };
            let place = func.at(source);
            let ty = if extent.local.is_none() { eval.value(place) } else { eval.written(place) };
            if extent.local.is_none() && self.is_moved_by_method(eval, place) {
                continue;
            }
            let Some((id, guard, inside)) = self.guard_in(&ty, 0) else {
                continue;
            };
            // A temporary that only holds a guard inside is on its way to be unwrapped.
            if extent.local.is_none() && inside.is_some() {
                continue;
            }
            // The finding stands at what made the guard.
            let origin = match unit.value(source).kind {
                ValueKind::Write { from, .. } if from.is_some() => from,
                _ => source,
            };
            let at = func.at(origin);
            if let Some(known) = held.iter_mut().find(|known| known.at == at) {
                for suspension in over {
                    if !known.over.contains(&suspension) {
                        known.over.push(suspension);
                    }
                }
                known.over.sort();
                continue;
            }
            held.push(Held { at, ty: id, of: guard.of, across_await: guard.across_await, name, inside, over });
        }
        held
    }

    /// `lock().unwrap()`: the receiver goes into the result.
    fn is_moved_by_method(&self, eval: &mut Eval, at: At) -> bool {
        let unit = self.unit(at.unit);
        let used = unit.value(at.value).used;
        if used.kind != crate::model::UseKind::Receiver {
            return false;
        }
        self.takes_receiver(eval, At { unit: at.unit, value: used.value() })
    }

    /// Whether a method call takes its receiver by value.
    pub(crate) fn takes_receiver(&self, eval: &mut Eval, call: At) -> bool {
        let found = eval.resolve(call);
        found.targets.iter().any(|target| match target.callee {
            Callee::Library(id) => self.catalogue.function(id).receiver == crate::catalogue::Receiver::Value,
            Callee::Project(func) => {
                self.def_of(func).is_some_and(|def| self.definition(def).flags.has(crate::model::DefFlags::BY_VALUE))
            }
            Callee::Class(_) => false,
        })
    }

    /// The guard that a type is, or holds in a field, an `Option`, a tuple.
    pub fn guard_in(&self, ty: &Type, depth: u32) -> Option<(TypeId, Guard, Option<String>)> {
        if depth > 3 {
            return None;
        }
        match ty {
            Type::Instance(Nominal::Library(id), args, _) => {
                let entry = self.catalogue.ty(*id);
                if let Some(guard) = entry.entry.as_ref().and_then(|entry| entry.guard.clone()) {
                    return Some((*id, guard, None));
                }
                // `Option<Guard>`, `Result<Guard, _>`, `Box<Guard>`; an `Arc<Mutex<…>>` has no guard among its arguments.
                args.iter().find_map(|arg| {
                    let (found, guard, inside) = self.guard_in(arg, depth + 1)?;
                    Some((found, guard, inside.or_else(|| Some(short(&entry.path).to_owned()))))
                })
            }
            Type::Instance(Nominal::Project(def), args, _) => {
                if self.definition(*def).kind != DefKind::Struct {
                    return None;
                }
                let outline = self.file(def.file).outline();
                outline.fields(def.id).iter().find_map(|field| {
                    let ty = self.outline_type(*def, field.ty);
                    let ty = self.with_arguments(*def, args, &ty);
                    let (found, guard, _) = self.guard_in(&ty, depth + 1)?;
                    Some((found, guard, Some(self.def_name(Def { file: def.file, id: def.id }))))
                })
            }
            Type::Tuple(parts) => parts.iter().find_map(|part| {
                let (found, guard, inside) = self.guard_in(part, depth + 1)?;
                Some((found, guard, inside.or_else(|| Some("a tuple".to_owned()))))
            }),
            _ => None,
        }
    }

    fn held_by_with(&self, eval: &mut Eval, func: Func, suspensions: &[ValueId]) -> Vec<Held> {
        let unit = self.unit(func.unit_ref());
        let function = unit.function(func.id);
        let mut held = Vec::new();
        for region in unit.regions.iter() {
            if region.kind != (RegionKind::Managed { is_async: false })
                || region.value.is_none()
                || region.start < function.start
                || region.end > function.end
                || unit.function_of(region.value) != func.id
            {
                continue;
            }
            let over: Vec<ValueId> =
                suspensions.iter().copied().filter(|at| region.start <= at.0 && at.0 < region.end).collect();
            if over.is_empty() {
                continue;
            }
            let at = func.at(region.value);
            let ty = eval.value(at);
            if let Some(id) = self.thread_lock(&ty) {
                held.push(self.lock_held(eval, at, id, over));
                continue;
            }
            // `with self.locked():`, a context manager of the project that holds a lock where it yields.
            if let Some(id) = self.lock_of_context_manager(eval, at) {
                held.push(self.lock_held(eval, at, id, over));
            }
        }
        held
    }

    fn lock_held(&self, _eval: &mut Eval, at: At, ty: TypeId, over: Vec<ValueId>) -> Held {
        Held {
            at,
            ty,
            of: "lock".to_owned(),
            across_await: "deadlocks".to_owned(),
            name: String::new(),
            inside: None,
            over,
        }
    }

    fn thread_lock(&self, ty: &Type) -> Option<TypeId> {
        match ty {
            Type::Instance(Nominal::Library(id), ..) if is_thread_lock(self, ty) => Some(*id),
            Type::Union(parts) => parts.iter().find_map(|part| self.thread_lock(part)),
            _ => None,
        }
    }

    fn lock_of_context_manager(&self, eval: &mut Eval, at: At) -> Option<TypeId> {
        let unit = self.unit(at.unit);
        if !matches!(unit.value(at.value).kind, ValueKind::Call { .. } | ValueKind::Method { .. }) {
            return None;
        }
        let found = eval.resolve(at);
        for target in &found.targets {
            let Callee::Project(callee) = target.callee else {
                continue;
            };
            if self.decorations_of(callee).context_manager != Some(false) {
                continue;
            }
            let inner = self.unit(callee.unit_ref());
            let function = inner.function(callee.id);
            for region in inner.regions.iter() {
                if region.kind != (RegionKind::Managed { is_async: false })
                    || region.value.is_none()
                    || region.start < function.start
                    || region.end > function.end
                {
                    continue;
                }
                let yields = (region.start..region.end).map(ValueId).any(|value| {
                    matches!(inner.value(value).kind, ValueKind::Suspend { kind: SuspendKind::Yield, .. })
                });
                if yields && let Some(id) = self.thread_lock(&eval.value(callee.at(region.value))) {
                    return Some(id);
                }
            }
        }
        None
    }

    /// `lock.acquire()` … `await` … `lock.release()` of the same place in one function.
    fn held_by_acquire(&self, eval: &mut Eval, func: Func, suspensions: &[ValueId]) -> Vec<Held> {
        let Some(links) = self.function_links(func) else {
            return Vec::new();
        };
        let unit = self.unit(func.unit_ref());
        let mut held = Vec::new();
        for call in &links.effects {
            let effects = &self.catalogue.function(call.function).entry.effects;
            let Some(acquires) = &effects.acquires else {
                continue;
            };
            if acquires.guard != "none" {
                continue;
            }
            let ValueKind::Method { of, .. } = unit.value(call.at).kind else {
                continue;
            };
            let Some(ty) = self.thread_lock(&eval.value(func.at(of))) else {
                continue;
            };
            let release = acquires.release.as_deref().unwrap_or("release");
            let releases = self.releases(func, of, release);
            let Some(last) = releases.iter().copied().filter(|at| *at > call.at).max() else {
                continue;
            };
            let over: Vec<ValueId> = suspensions
                .iter()
                .copied()
                .filter(|at| {
                    let released_before = releases
                        .iter()
                        .any(|release| call.at < *release && *release < *at && !in_other_branch(unit, *release, *at));
                    call.at < *at && *at < last && !released_before && !in_other_branch(unit, call.at, *at)
                })
                .collect();
            if !over.is_empty() {
                held.push(self.lock_held(eval, func.at(call.at), ty, over));
            }
        }
        held
    }

    /// Calls of a method on what looks the same: the same local, or the same chain of attributes.
    fn releases(&self, func: Func, receiver: ValueId, method: &str) -> Vec<ValueId> {
        let unit = self.unit(func.unit_ref());
        let file = self.file(func.file);
        let function = unit.function(func.id);
        (function.start..function.end)
            .map(ValueId)
            .filter(|value| match unit.value(*value).kind {
                ValueKind::Method { of, name, .. } => file.text(name) == method && same_place(unit, of, receiver),
                _ => false,
            })
            .collect()
    }
}

/// Whether two entries stand in different arms of one branch.
fn in_other_branch(unit: &crate::model::Unit, a: ValueId, b: ValueId) -> bool {
    let around: Vec<_> = unit.regions_around(b).collect();
    let mut below = None;
    for region in unit.regions_around(a) {
        if around.contains(&region) {
            return below.is_some()
                && matches!(unit.region(region).kind, RegionKind::Branch { .. })
                && !around.contains(&below.expect("checked above"));
        }
        // What runs only in an arm did not surely run.
        if matches!(unit.region(region).kind, RegionKind::Arm { .. }) && !around.contains(&region) {
            return true;
        }
        below = Some(region);
    }
    false
}

fn short(path: &str) -> &str {
    path.rsplit(['.', ':']).next().unwrap_or(path)
}

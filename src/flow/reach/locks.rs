//! Locks between threads that are held for long: taking such a lock waits for whatever its sections wait for.
//!
//! A lock is told apart by the place that it is kept in. A lock whose sections are all short is no event at all.

use crate::catalogue::Language;
use crate::catalogue::schema::{BlockKind, Stall};
use crate::flow::certainty::Certainty;
use crate::flow::contexts::param_tests::Guards;
use crate::flow::ids::{At, Def, Func, UnitRef};
use crate::flow::linking::links::{EffectCall, Event, EventSource, FunctionLinks};
use crate::flow::naming::names::Name;
use crate::flow::reach::shares::Share;
use crate::flow::reach::summary::{Group, Summaries};
use crate::flow::types::{Eval, Nominal, Type, only_write};
use crate::flow::{Entity, Program};
use crate::model::{DefId, DefKind, Extent, LocalId, RegionKind, UseKind, ValueId, ValueKind};
use crate::text::FileId;
use rustc_hash::{FxHashMap, FxHashSet};

/// Where a lock is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LockPlace {
    /// An attribute of the instances of a class.
    Attribute(Def, Name),
    Variable(FileId, LocalId),
    /// A `static`.
    Definition(Def),
}

/// A stretch of a function under a lock.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    func: Func,
    place: LockPlace,
    acquired: ValueId,
    start: u32,
    end: u32,
}

/// A lock is taken, and who waits for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Acquisition {
    func: Func,
    place: LockPlace,
    at: ValueId,
    source: EventSource,
}

impl Acquisition {
    fn key(&self) -> (Func, ValueId) {
        (self.func, self.at)
    }
}

/// Acquisitions of locks of which some section waits.
pub(crate) fn lock_events(program: &Program, summaries: &Summaries) -> FxHashMap<Func, Vec<Event>> {
    let mut blocking: FxHashMap<LockPlace, (Stall, String)> = FxHashMap::default();
    let mut slow: FxHashSet<(Func, ValueId)> = FxHashSet::default();
    for section in program.shares().flat_map(|(_, share)| &share.sections) {
        if let Some((stall, what)) = summaries.worst_within(program, section.func, section.start, section.end)
            && stall > Stall::Brief
        {
            slow.insert((section.func, section.acquired));
            let known = blocking.entry(section.place).or_insert_with(|| (stall, what.clone()));
            if stall > known.0 {
                *known = (stall, what);
            }
        }
    }
    let mut events: FxHashMap<Func, Vec<Event>> = FxHashMap::default();
    for acquisition in program.shares().flat_map(|(_, share)| &share.acquisitions) {
        let Some((stall, what)) = blocking.get(&acquisition.place) else {
            continue;
        };
        // A section that waits itself tells so at that call.
        if slow.contains(&acquisition.key()) {
            continue;
        }
        events.entry(acquisition.func).or_default().push(Event {
            at: acquisition.at,
            group: Group::Blocking,
            kind: BlockKind::Lock,
            stall: *stall,
            certainty: Certainty::Likely,
            at_first_use: false,
            guards: Guards::default(),
            function: acquisition.source,
            why: format!("waits for a lock that is held over `{what}`"),
            limit: None,
        });
    }
    events
}

impl Share {
    /// The lives of guards of locks between threads that have an identity.
    pub(in crate::flow) fn add_guards(&mut self, eval: &mut Eval, func: Func, function: &FunctionLinks) {
        for call in &function.effects {
            guard_sections(eval, func, call, &mut self.sections, &mut self.acquisitions);
        }
    }

    /// `with lock:`, over locks between threads that have an identity.
    pub(in crate::flow) fn add_sections(&mut self, eval: &mut Eval, unit_ref: UnitRef) {
        let program = eval.program;
        let unit = program.unit(unit_ref);
        for region in unit.regions.iter() {
            if region.kind != (RegionKind::Managed { is_async: false }) || region.value.is_none() {
                continue;
            }
            let at = At { unit: unit_ref, value: region.value };
            let ty = eval.value(at);
            if !is_thread_lock(program, &ty) {
                continue;
            }
            let Some(place) = lock_place(eval, at) else {
                continue;
            };
            let func = Func { file: unit_ref.file, unit: unit_ref.unit, id: unit.function_of(region.value) };
            if let Some(Nominal::Library(ty)) = ty.nominal() {
                let source = EventSource::Type(ty);
                self.acquisitions.push(Acquisition { func, place, at: region.value, source });
            }
            let (start, end) = (region.start, region.end);
            self.sections.push(Section { func, place, acquired: region.value, start, end });
        }
    }
}

/// `let guard = self.lock.lock().unwrap()`: from the call to where the guard's life ends.
fn guard_sections(
    eval: &mut Eval,
    func: Func,
    call: &EffectCall,
    sections: &mut Vec<Section>,
    acquisitions: &mut Vec<Acquisition>,
) {
    let program = eval.program;
    let function = program.catalogue.function(call.function);
    let returns_guard = function.entry.effects.acquires.as_ref().is_some_and(|acquires| acquires.guard == "return");
    let unit = program.unit(func.unit_ref());
    let ValueKind::Method { of, .. } = unit.value(call.at).kind else {
        return;
    };
    if !returns_guard || !call.target.receiver.as_ref().is_some_and(|ty| is_thread_lock(program, ty)) {
        return;
    }
    let Some(place) = lock_place(eval, func.at(of)) else {
        return;
    };
    // `try_lock` does not wait.
    if function.entry.effects.blocks.iter().any(|blocks| blocks.kind == Some(BlockKind::Lock)) {
        let source = EventSource::Library(call.function);
        acquisitions.push(Acquisition { func, place, at: call.at, source });
    }
    let mut holder = call.at;
    let mut add = |extent: Extent| {
        sections.push(Section {
            func,
            place,
            acquired: call.at,
            start: extent.start.max(call.at.0 + 1),
            end: extent.end,
        });
    };
    // Through `unwrap` and `?` to what holds the guard.
    for _ in 0..6 {
        unit.extents.iter().filter(|extent| extent.local.is_none() && extent.value == holder).for_each(&mut add);
        let used = unit.value(holder).used;
        match used.kind {
            UseKind::Receiver if program.takes_receiver(eval, func.at(used.value())) => holder = used.value(),
            UseKind::Tried | UseKind::Choice => holder = used.value(),
            UseKind::Bound => {
                if let ValueKind::Write { local, .. } = unit.value(used.value()).kind {
                    unit.extents
                        .iter()
                        .filter(|extent| extent.local == local && extent.end > call.at.0)
                        .for_each(&mut add);
                }
                return;
            }
            _ => return,
        }
    }
}

/// Whether a value is a lock that threads wait for.
pub fn is_thread_lock(program: &Program, ty: &Type) -> bool {
    match ty {
        Type::Instance(Nominal::Library(id), ..) => {
            let entry = program.catalogue.ty(*id).entry.as_ref();
            entry.and_then(|entry| entry.lock.as_ref()).is_some_and(|lock| lock.of == "threads")
        }
        Type::Union(parts) => parts.iter().any(|part| is_thread_lock(program, part)),
        _ => false,
    }
}

/// The class of the project behind pointers to it.
fn project_class(eval: &mut Eval, ty: Type) -> Option<Def> {
    let mut ty = ty;
    for _ in 0..6 {
        if let Some(Nominal::Project(class)) = ty.nominal() {
            return Some(class);
        }
        ty = eval.dereferenced(&ty)?;
    }
    None
}

/// The place that a value was read from: an attribute of `self`-like values, or a module's variable.
pub fn lock_place(eval: &mut Eval, at: At) -> Option<LockPlace> {
    const MAX_COPIES: u32 = 4;
    lock_place_within(eval, at, MAX_COPIES)
}

fn lock_place_within(eval: &mut Eval, at: At, copies: u32) -> Option<LockPlace> {
    let program = eval.program;
    let unit = program.unit(at.unit);
    match unit.value(at.value).kind {
        ValueKind::Attr { of, name } => {
            let base = eval.value(At { unit: at.unit, value: of });
            let class = project_class(eval, base)?;
            let name = program.name(at.unit.file, name);
            // The class that writes it, so that subclasses share it.
            let mro = program.mro(class);
            let owner = mro.iter().find_map(|nominal| match nominal {
                Nominal::Project(def) if !program.self_writes(*def, name).is_empty() => Some(*def),
                _ => None,
            });
            Some(LockPlace::Attribute(owner.unwrap_or(class), name))
        }
        ValueKind::Name { name, .. } => {
            let entities = match program.language(at.unit.file) {
                Language::Python => {
                    let module = program.modules.of_file(at.unit.file)?;
                    program.in_module(module, program.name(at.unit.file, name))
                }
                Language::Rust => {
                    let within = Def { file: at.unit.file, id: unit.def.unwrap_or(DefId::NONE) };
                    let path = program.file(at.unit.file).text(name);
                    let (entities, rest) = program.rust_path_in(program.module_around(within)?, path);
                    if rest.is_empty() { entities } else { Vec::new() }
                }
            };
            match entities[..] {
                [Entity::Variable(file, local)] => Some(LockPlace::Variable(file, local)),
                // A `static` is both an item and a variable.
                [Entity::Def(def), ..] if program.definition(def).kind == DefKind::Const => {
                    Some(LockPlace::Definition(def))
                }
                _ => None,
            }
        }
        // `let lock = Arc::clone(&self.lock);`: another pointer to the same lock.
        ValueKind::Local { local, .. } if copies > 0 => {
            let from = At { unit: at.unit, value: only_write(unit, local)? };
            let from = copied_from(eval, from).unwrap_or(from);
            lock_place_within(eval, from, copies - 1)
        }
        _ => None,
    }
}

/// The pointer that a call gives another one of: what it is called with or on, if that has the type of its result.
fn copied_from(eval: &mut Eval, call: At) -> Option<At> {
    let here = |value: ValueId| At { unit: call.unit, value };
    let operand = match eval.program.unit(call.unit).value(call.value).kind {
        ValueKind::Method { of, count: 0, .. } => here(of),
        ValueKind::Call { count: 1, .. } => here(eval.args(call).first()?.value),
        _ => return None,
    };
    let given = eval.value(call);
    let behind = eval.dereferenced(&given)?;
    (is_thread_lock(eval.program, &behind) && eval.value(operand) == given).then_some(operand)
}

//! Locks between threads that are held for long: taking such a lock waits for whatever its sections wait for.
//!
//! A lock is told apart by the place that it is kept in. A lock whose sections are all short is no event at all.

use super::Program;
use super::certainty::Certainty;
use super::ids::{At, Def, Func};
use super::link::{Event, EventSource};
use super::names::Name;
use super::summary::{Group, Summaries};
use super::types::{Eval, Nominal, Type};
use crate::catalogue::schema::{BlockKind, Stall};
use crate::model::{LocalId, RegionKind, ValueId, ValueKind};
use crate::text::FileId;
use rustc_hash::FxHashMap;

/// Where a lock is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LockPlace {
    /// An attribute of the instances of a class.
    Attribute(Def, Name),
    Variable(FileId, LocalId),
}

/// A stretch of a function under a lock.
struct Section {
    func: Func,
    place: LockPlace,
    acquired: ValueId,
    start: u32,
    end: u32,
}

/// Acquisitions of locks of which some section waits.
pub(super) fn lock_events(program: &Program, summaries: &Summaries) -> FxHashMap<Func, Vec<Event>> {
    let sections = sections(program);
    let mut blocking: FxHashMap<LockPlace, (Stall, String)> = FxHashMap::default();
    for section in &sections {
        if let Some((stall, what)) = summaries.worst_within(program, section.func, section.start, section.end)
            && stall > Stall::Brief
        {
            let known = blocking.entry(section.place).or_insert_with(|| (stall, what.clone()));
            if stall > known.0 {
                *known = (stall, what);
            }
        }
    }
    let mut events: FxHashMap<Func, Vec<Event>> = FxHashMap::default();
    for section in &sections {
        let Some((stall, what)) = blocking.get(&section.place) else {
            continue;
        };
        let mut eval = Eval::new(program);
        let Some(Nominal::Library(ty)) = eval.value(section.func.at(section.acquired)).nominal() else {
            continue;
        };
        events.entry(section.func).or_default().push(Event {
            at: section.acquired,
            group: Group::Blocking,
            kind: BlockKind::Lock,
            stall: *stall,
            certainty: Certainty::Likely,
            guard: None,
            function: EventSource::Type(ty),
            why: format!("waits for a lock that is held over `{what}`"),
            limit: None,
        });
    }
    events
}

/// `with lock:` over locks between threads that have an identity.
fn sections(program: &Program) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut eval = Eval::new(program);
    for unit_ref in program.units() {
        if program.links(unit_ref).is_none() {
            continue;
        }
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
            let Some(place) = lock_place(&mut eval, at) else {
                continue;
            };
            let func = Func { file: unit_ref.file, unit: unit_ref.unit, id: unit.function_of(region.value) };
            sections.push(Section { func, place, acquired: region.value, start: region.start, end: region.end });
        }
        eval.forget_values();
    }
    sections
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

/// The place that a value was read from: an attribute of `self`-like values, or a module's variable.
pub fn lock_place(eval: &mut Eval, at: At) -> Option<LockPlace> {
    let program = eval.program;
    let unit = program.unit(at.unit);
    match unit.value(at.value).kind {
        ValueKind::Attr { of, name } => {
            let base = eval.value(At { unit: at.unit, value: of });
            let Some(Nominal::Project(class)) = base.nominal() else {
                return None;
            };
            let name = program.name(at.unit.file, name);
            // The class that writes it, so that subclasses share it.
            let mro = program.mro(class);
            let owner = mro.iter().find_map(|nominal| match nominal {
                Nominal::Project(def) if !program.index.self_writes(*def, name).is_empty() => Some(*def),
                _ => None,
            });
            Some(LockPlace::Attribute(owner.unwrap_or(class), name))
        }
        ValueKind::Name { name, .. } => {
            let module = program.modules.of_file(at.unit.file)?;
            match program.in_module(module, program.name(at.unit.file, name))[..] {
                [super::Entity::Variable(file, local)] => Some(LockPlace::Variable(file, local)),
                _ => None,
            }
        }
        _ => None,
    }
}

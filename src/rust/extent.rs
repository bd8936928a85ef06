//! The extents of locals and temporaries, computed from a unit's finished order.
//!
//! A run of the order is alive as a number, not as a path: where a branch moves a local, the runs of the other arms go
//! on. Not written are extents that say nothing: of constants and numbers, of references, and of temporaries during
//! which nothing else is called and nothing is awaited (the receiver of a call is alive in that call all the same).

use rustc_hash::{FxHashMap, FxHashSet};

use super::body::Ends;
use super::walk::{EventKind, Life, Walk, children};
use crate::model::{
    Access, Ending, Extent, FnId, LocalId, RegionKind, UnitBuilder, UseKind, Value, ValueId, ValueKind,
};

/// Beyond this many locals times regions, generated code most likely, moves are not followed.
const LONGEST_WALK: usize = 20_000_000;

/// What a function's code says of a local, its own or one that it captured by value.
type Events = FxHashMap<(u32, LocalId), Vec<Event>>;

/// Writes the extents of a unit; function by function, locals before temporaries.
pub(super) fn write(b: &mut UnitBuilder, ends: &Ends, captures: &FxHashMap<u32, Vec<u32>>) {
    let mut found = Vec::new();
    let mut lives: Vec<(u32, Life)> = Vec::new();
    for (local, end) in &ends.locals {
        let owner = b.locals()[local.0 as usize].owner;
        let born = is_param(b, *local).then_some(b.function(owner).start);
        if !ends.borrowed.contains(local) {
            lives.push((owner.0, Life { local: *local, born, end: *end }));
        }
    }
    let events = events(b, ends, captures, &mut lives);
    let mut walks: FxHashMap<u32, Vec<Life>> = FxHashMap::default();
    for (owner, life) in lives {
        let events = events.get(&(owner, life.local)).map_or(&[][..], Vec::as_slice);
        match (life.born, events) {
            (None, []) => {}
            (None, [Event { at, kind: EventKind::Write }]) if is_unconditional(b, *at, life.end) => {
                if !is_plain(b, *at) && *at + 1 < life.end {
                    found.push(scope_extent(life.local, *at, life.end));
                }
            }
            (Some(born), []) if born < life.end => found.push(scope_extent(life.local, born, life.end)),
            (None, [Event { at, kind: EventKind::Write }, rest @ ..])
                if is_plain(b, *at) && rest.iter().all(|event| event.kind != EventKind::Write) => {}
            _ => walks.entry(owner).or_default().push(life),
        }
    }
    if !walks.is_empty() {
        let children = children(b);
        let mut owners: Vec<u32> = walks.keys().copied().collect();
        owners.sort_unstable();
        for owner in owners {
            let lives = &walks[&owner];
            if lives.len().saturating_mul(b.regions().len()) > LONGEST_WALK {
                found.extend(lives.iter().filter_map(|life| {
                    let first = events.get(&(owner, life.local))?.first()?.at;
                    let start = life.born.unwrap_or(first);
                    (start < life.end).then(|| scope_extent(life.local, start, life.end))
                }));
                continue;
            }
            let walk = Walk {
                b,
                children: &children,
                locals: lives,
                events: by_number(owner, lives, &events),
                runs: vec![Vec::new(); lives.len()],
                exits: FxHashMap::default(),
            };
            walk.function(FnId(owner), &mut found);
        }
    }
    found.sort_by_key(|extent: &Extent| (extent.local.0, extent.start));
    temporaries(b, ends, &mut found);
    for extent in found {
        b.push_extent(extent);
    }
}

/// Whether a write happens on every path to the end of its local's scope.
fn is_unconditional(b: &UnitBuilder, write: u32, end: u32) -> bool {
    let region = b.region_of(ValueId(write));
    b.region(region).end >= end || b.region(region).kind == RegionKind::Body
}

fn scope_extent(local: LocalId, start: u32, end: u32) -> Extent {
    Extent { value: ValueId::NONE, local, start, end, ending: Ending::Scope, into: ValueId::NONE }
}

/// Something that begins or ends the life of what a local holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Event {
    at: u32,
    kind: EventKind,
}

fn events(b: &UnitBuilder, ends: &Ends, captures: &FxHashMap<u32, Vec<u32>>, lives: &mut Vec<(u32, Life)>) -> Events {
    let mut events = Events::default();
    // Captured by value: the function that has it, and what a nested one takes from it.
    let mut taken: FxHashSet<(u32, LocalId)> = FxHashSet::default();
    // Closures that can be called once.
    let mut once: FxHashSet<LocalId> = FxHashSet::default();
    let mut function = 0;
    for (n, value) in b.values().iter().enumerate() {
        let at = n as u32;
        while b.functions().get(function + 1).is_some_and(|next| next.start <= at) {
            function += 1;
        }
        let here = function as u32;
        let (local, kind) = match value.kind {
            ValueKind::Write { local, from, .. } => {
                if from.is_some()
                    && let ValueKind::Function { function } = b.value(from).kind
                    && captures.get(&function.0).into_iter().flatten().any(|it| moved_inside(b, function, LocalId(*it)))
                {
                    once.insert(local);
                }
                (local, EventKind::Write)
            }
            ValueKind::Local { local, by: Access::Value } if moves(b, value) => {
                (local, EventKind::Moved(consumer(value)))
            }
            ValueKind::Local { local, .. } if value.used.kind == UseKind::Callee && once.contains(&local) => {
                (local, EventKind::Moved(value.used.value()))
            }
            ValueKind::Function { function } => {
                let nested = b.function(function);
                for local in captures.get(&function.0).into_iter().flatten().map(|local| LocalId(*local)) {
                    let owner = b.locals()[local.0 as usize].owner.0;
                    let is_here = owner == here || taken.contains(&(here, local));
                    if is_here
                        && !ends.borrowed.contains(&local)
                        && (nested.by_move || moved_inside(b, function, local))
                    {
                        let kind = EventKind::Captured(ValueId(at));
                        events.entry((here, local)).or_default().push(Event { at, kind });
                        taken.insert((function.0, local));
                        lives.push((function.0, Life { local, born: Some(nested.start), end: nested.end }));
                    }
                }
                continue;
            }
            _ => continue,
        };
        let is_here = b.locals()[local.0 as usize].owner.0 == here || taken.contains(&(here, local));
        if is_here && !ends.borrowed.contains(&local) {
            events.entry((here, local)).or_default().push(Event { at, kind });
        }
    }
    events
}

/// Whether a nested function uses up a local of the function around it.
fn moved_inside(b: &UnitBuilder, function: FnId, local: LocalId) -> bool {
    let nested = b.function(function);
    let run = &b.values()[nested.start as usize..nested.end as usize];
    run.iter().any(|value| match value.kind {
        ValueKind::Local { local: read, by: Access::Value } => read == local && moves(b, value),
        ValueKind::Function { function: inner } => {
            let inner_is_by_move = b.function(inner).by_move;
            moved_inside(b, inner, local) || inner_is_by_move && reads(b, inner, local)
        }
        _ => false,
    })
}

fn reads(b: &UnitBuilder, function: FnId, local: LocalId) -> bool {
    let nested = b.function(function);
    let run = &b.values()[nested.start as usize..nested.end as usize];
    run.iter().any(|value| matches!(value.kind, ValueKind::Local { local: read, .. } if read == local))
}

/// Whether reading a local by value takes it away; arithmetic and conditions are of types that are copied.
fn moves(b: &UnitBuilder, value: &Value) -> bool {
    let is_cast =
        value.used.kind == UseKind::Tried && matches!(b.value(value.used.value()).kind, ValueKind::Cast { .. });
    !is_cast
        && matches!(
            value.used.kind,
            UseKind::Argument
                | UseKind::Element
                | UseKind::Bound
                | UseKind::Stored
                | UseKind::Returned
                | UseKind::Yielded
                | UseKind::Awaited
                | UseKind::Raced
                | UseKind::Choice
                | UseKind::Iterated
                | UseKind::Scrutinee
                | UseKind::Tried
                | UseKind::Discarded
        )
}

fn consumer(value: &Value) -> ValueId {
    match value.used.kind {
        UseKind::Raced | UseKind::Iterated | UseKind::Scrutinee | UseKind::Discarded => ValueId::NONE,
        _ => value.used.value(),
    }
}

fn is_param(b: &UnitBuilder, local: LocalId) -> bool {
    b.locals()[local.0 as usize].kind == crate::model::LocalKind::Param
}

/// Whether a write stores something that is nothing to be dropped.
fn is_plain(b: &UnitBuilder, write: u32) -> bool {
    let ValueKind::Write { from, count: 0, .. } = b.values()[write as usize].kind else { return false };
    from.is_some()
        && matches!(
            b.value(from).kind,
            ValueKind::Const { .. } | ValueKind::Operation { .. } | ValueKind::Text { .. } | ValueKind::Cast { .. }
        )
}

fn by_number(owner: u32, lives: &[Life], events: &Events) -> FxHashMap<u32, Vec<(usize, EventKind)>> {
    let mut found: FxHashMap<u32, Vec<(usize, EventKind)>> = FxHashMap::default();
    for (n, life) in lives.iter().enumerate() {
        for event in events.get(&(owner, life.local)).into_iter().flatten() {
            found.entry(event.at).or_default().push((n, event.kind));
        }
    }
    found
}

/// Temporaries during which something else happens.
fn temporaries(b: &UnitBuilder, ends: &Ends, found: &mut Vec<Extent>) {
    let is_suspension = |value: &Value| matches!(value.kind, ValueKind::Await { .. } | ValueKind::Suspend { .. });
    let positions = |test: &dyn Fn(&Value) -> bool| -> Vec<u32> {
        b.values().iter().enumerate().filter(|(_, value)| test(value)).map(|(n, _)| n as u32).collect()
    };
    let suspensions = positions(&is_suspension);
    let calls = positions(&|value| {
        matches!(value.kind, ValueKind::Call { .. } | ValueKind::Method { .. } | ValueKind::Macro { .. })
    });
    let count = |list: &[u32], after: u32, end: u32| {
        list.partition_point(|at| *at < end).saturating_sub(list.partition_point(|at| *at <= after))
    };
    let mut temporaries: Vec<(ValueId, u32)> = ends.temporaries.clone();
    temporaries.sort_unstable();
    temporaries.dedup_by_key(|(value, _)| *value);
    for (value, end) in temporaries {
        let (in_chain, last) = chain(b, value, end);
        let others = count(&calls, value.0, end).saturating_sub(in_chain);
        if others > 0 || count(&suspensions, value.0, end) > 0 {
            let _ = last;
            found.push(Extent {
                value,
                local: LocalId::NONE,
                start: value.0,
                end,
                ending: Ending::Scope,
                into: ValueId::NONE,
            });
        }
    }
    if suspensions.is_empty() {
        return;
    }
    // f(guard, other.await): what is moved into the call waits for its other arguments.
    for (n, value) in b.values().iter().enumerate() {
        let (UseKind::Argument | UseKind::Element | UseKind::Operand) = value.used.kind else { continue };
        let holds = match value.kind {
            ValueKind::Call { .. } | ValueKind::Method { .. } | ValueKind::Try { .. } | ValueKind::Await { .. } => true,
            ValueKind::Struct { .. } | ValueKind::Choice { .. } | ValueKind::Macro { .. } => true,
            ValueKind::Collection { .. } | ValueKind::Function { .. } => true,
            ValueKind::Local { by, .. } => by == Access::Value && value.used.kind != UseKind::Operand,
            _ => false,
        };
        let into = value.used.value();
        if holds && count(&suspensions, n as u32, into.0) > 0 {
            let ending = Ending::Moved;
            found.push(Extent {
                value: ValueId(n as u32),
                local: LocalId::NONE,
                start: n as u32,
                end: into.0,
                ending,
                into,
            });
        }
    }
}

/// How many calls follow in the chain of receivers that a value begins, and the last of them.
fn chain(b: &UnitBuilder, value: ValueId, end: u32) -> (usize, ValueId) {
    let mut calls = 0;
    let mut at = value;
    loop {
        let used = b.value(at).used;
        let goes_on = matches!(used.kind, UseKind::Receiver | UseKind::Base | UseKind::Tried | UseKind::Operand);
        if !goes_on || used.of >= end {
            return (calls, at);
        }
        at = used.value();
        if matches!(b.value(at).kind, ValueKind::Method { .. } | ValueKind::Call { .. }) {
            calls += 1;
        }
    }
}

//! What each function reaches through plain calls: one witness for each group of events and each condition on a
//! parameter.
//!
//! Computed from the library calls upward, best witness first, so that recursion ends by itself and the first witness
//! that a function gets is its best: most severe, then most certain, then fewest calls, then by place.

use crate::catalogue::schema::{BlockKind, Stall};
use crate::flow::certainty::Certainty;
use crate::flow::changes::Key;
use crate::flow::contexts::context::Kept;
use crate::flow::contexts::param_tests::{Guard, Guards};
use crate::flow::ids::{At, Func};
use crate::flow::linking::links::{Event, EventSource};
use crate::flow::numbers::{Lists, Numbers};
use crate::flow::reach::carry::{Doubt, carry};
use crate::flow::reach::receivers;
use crate::flow::rules::Rule;
use crate::flow::types::Eval;
use crate::flow::{Program, Stop, Stopped};
use crate::model::{FnId, RegionKind, ValueId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Events that are told by one lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Group {
    /// Sleeps, networks, processes, input, databases, locks over such.
    Blocking,
    /// The file system.
    File,
    /// Waits for another thread.
    Wait,
    Cpu,
    /// Enters an event loop or runtime.
    Runtime,
}

impl Group {
    pub const ALL: [Group; Group::COUNT] = [Group::Blocking, Group::File, Group::Wait, Group::Cpu, Group::Runtime];
    pub const COUNT: usize = 5;

    /// A lock taken for a short time is an event only once its sections are known; see [`crate::flow::locks`].
    pub fn of(kind: BlockKind) -> Group {
        match kind {
            BlockKind::Sleep | BlockKind::Network | BlockKind::Process | BlockKind::Input | BlockKind::Database => {
                Group::Blocking
            }
            BlockKind::Lock => Group::Blocking,
            BlockKind::File | BlockKind::Device => Group::File,
            BlockKind::Wait => Group::Wait,
            BlockKind::Cpu => Group::Cpu,
            BlockKind::Runtime => Group::Runtime,
        }
    }
}

/// How a function comes to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Witness {
    pub guards: Guards,
    pub stall: Stall,
    pub certainty: Certainty,
    /// Something on the way happens only at the first use of what an object keeps.
    pub(super) at_first_use: bool,
    /// Calls down to the event, itself included.
    pub length: u32,
    pub next: Next,
}

impl Witness {
    /// The function's own n-th event.
    fn of_event(event: &Event, n: usize) -> Witness {
        Witness {
            guards: event.guards,
            stall: event.stall,
            certainty: event.certainty,
            at_first_use: event.at_first_use,
            length: 1,
            next: Next::Event(n as u32),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// An event of the function itself.
    Event(u32),
    /// A call, by its number in the function's unit, and which witness of its callee.
    Call { call: u32, group: Group, inner: u8 },
}

impl Next {
    /// Tells the witnesses of one function and group apart.
    fn number(self) -> (u32, u8) {
        match self {
            Next::Event(n) => (n, 0),
            Next::Call { call, inner, .. } => (call, inner + 1),
        }
    }
}

/// A step of a chain, outermost first; the last is the event.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub at: At,
    pub kind: StepKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum StepKind {
    /// Calls a function of the project, perhaps not by a call expression.
    Call {
        to: Func,
        implicit: Option<&'static str>,
    },
    /// A function that was passed in is called there.
    Callback {
        to: Func,
    },
    Event(Event),
}

/// A call of an async function's body that leads to an event.
#[derive(Clone, Debug)]
pub struct Reached {
    pub root: Func,
    pub at: ValueId,
    pub stall: Stall,
    pub certainty: Certainty,
    pub chain: Vec<Step>,
    pub(super) witness: Witness,
    /// What makes it less certain where the root calls.
    pub doubts: Vec<Doubt>,
}

/// How a plain function comes to wait.
#[derive(Clone, Debug)]
pub struct Way {
    pub certainty: Certainty,
    /// Outermost first; the last is the event.
    pub chain: Vec<Step>,
}

impl Reached {
    /// The event at the end of the chain.
    pub fn event(&self) -> &Event {
        match &self.chain.last().expect("a chain has at least its event").kind {
            StepKind::Event(event) => event,
            _ => unreachable!("a chain ends in its event"),
        }
    }
}

/// A plain call between functions of the project, also one made by a callee that was passed a function.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call {
    pub from: Func,
    pub at: ValueId,
    pub to: Func,
    /// The call inside the callee that calls what it was passed.
    pub via: Option<At>,
    pub certainty: Certainty,
    pub at_first_use: Option<Kept>,
    pub guards: Guards,
    pub implicit: Option<&'static str>,
    pub has_receiver: bool,
}

#[derive(Debug, Default)]
pub struct Summaries {
    numbers: Numbers,
    /// The plain calls of each function, by its number: who calls, and the call's number in that unit.
    callers: Lists<(Func, u32)>,
    /// By function, then group.
    pub(super) witnesses: FxHashMap<Func, [Vec<Witness>; Group::COUNT]>,
    /// Lock acquisitions that wait for long because some section of the lock does.
    pub(crate) lock_events: FxHashMap<Func, Vec<Event>>,
}

const MAX_GUARDS: usize = 4;
const LOCK_ROUNDS: usize = 4;

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    stall: Stall,
    certainty: Certainty,
    length: Reverse<u32>,
    place: Reverse<(Func, u32)>,
}

struct Candidate {
    rank: Rank,
    group: Group,
    func: Func,
    witness: Witness,
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Candidate) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Candidate) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Candidate) -> std::cmp::Ordering {
        // Of two as good ones at the same place the first target is taken, however the queue came to them.
        (&self.rank, self.group)
            .cmp(&(&other.rank, other.group))
            .then_with(|| other.witness.next.number().cmp(&self.witness.next.number()))
    }
}

impl Summaries {
    pub(crate) fn of(program: &Program, stop: &Stop) -> Result<Summaries, Stopped> {
        let numbers = Numbers::of(program);
        let mut callers: Vec<(u32, (Func, u32))> = Vec::new();
        for (_, share) in program.shares() {
            for (call, n) in share.calls.iter().zip(0..) {
                callers.extend(numbers.of_function(call.to).map(|to| (to, (call.from, n))));
            }
        }
        let callers = Lists::of(numbers.count(), callers);
        let mut summaries = Summaries { numbers, callers, ..Summaries::default() };
        for _ in 0..LOCK_ROUNDS {
            stop.check()?;
            summaries.propagate(program);
            let found = crate::flow::reach::locks::lock_events(program, &summaries);
            let count = |events: &FxHashMap<Func, Vec<Event>>| events.values().map(Vec::len).sum::<usize>();
            let grew = count(&found) > count(&summaries.lock_events);
            summaries.lock_events = found;
            if !grew {
                break;
            }
        }
        Ok(summaries)
    }

    fn propagate(&mut self, program: &Program) {
        let mut witnesses: FxHashMap<Func, [Vec<Witness>; Group::COUNT]> = FxHashMap::default();
        let mut queue: BinaryHeap<Candidate> = BinaryHeap::new();
        let mut eval = Eval::new(program);
        for (unit, links) in program.all_links() {
            let has_passed = program.share(unit).is_some_and(|share| !share.passed_events.is_empty());
            for (function, id) in links.functions.iter().zip(0..) {
                let func = Func { file: unit.file, unit: unit.unit, id: FnId(id) };
                let has_others = has_passed || self.lock_events.contains_key(&func);
                if function.events.is_empty() && !has_others {
                    continue;
                }
                for (n, event) in self.events(program, func).enumerate() {
                    let is_short = event.kind == BlockKind::Lock && n < function.events.len();
                    if is_short && program.applies(Rule::ShortLocks) {
                        continue;
                    }
                    let witness = Witness::of_event(event, n);
                    queue.push(candidate(event.group, func, witness, event.at));
                }
            }
        }
        while let Some(Candidate { group, func, witness, .. }) = queue.pop() {
            let known = &mut witnesses.entry(func).or_default()[group as usize];
            let is_told = known.iter().any(|other| other.guards == witness.guards || other.guards.is_empty());
            if is_told || known.len() >= MAX_GUARDS {
                continue;
            }
            known.push(witness);
            let inner = known.len() as u8 - 1;
            if program.own(func).is_coroutine {
                continue;
            }
            for (from, n) in self.callers_of(func) {
                // What comes later is no better than what is there.
                let is_told = |known: &[Vec<Witness>; Group::COUNT]| {
                    let known = &known[group as usize];
                    known.len() >= MAX_GUARDS || known.iter().any(|other| other.guards.is_empty())
                };
                if witnesses.get(from).is_some_and(is_told) {
                    continue;
                }
                let call = program.call_of(*from, *n);
                let next = Next::Call { call: *n, group, inner };
                let Some(carried) = carry(&mut eval, call, &witness, next, &mut |_| ()) else {
                    continue;
                };
                queue.push(candidate(group, call.from, carried, call.at));
            }
        }
        self.witnesses = witnesses;
    }

    /// Functions that come to something else than before, or otherwise.
    pub(in crate::flow) fn differing(&self, before: &Summaries) -> FxHashSet<Func> {
        let all = self.witnesses.keys().chain(before.witnesses.keys());
        let all = all.chain(self.lock_events.keys()).chain(before.lock_events.keys());
        let differs = |func: &Func| {
            self.witnesses.get(func) != before.witnesses.get(func)
                || self.lock_events.get(func) != before.lock_events.get(func)
        };
        all.copied().filter(differs).collect()
    }

    /// What a function comes to, by groups.
    pub(super) fn witnesses_of(&self, program: &Program, func: Func) -> Option<&[Vec<Witness>; Group::COUNT]> {
        program.read(Key::Reaches(func));
        self.witnesses.get(&func)
    }

    /// Who calls a function plainly, and the call's number in that unit.
    pub(super) fn callers_of(&self, func: Func) -> &[(Func, u32)] {
        self.numbers.of_function(func).map_or(&[], |n| self.callers.of_number(n))
    }

    /// The events of a function: what it does itself, then acquisitions of locks that are held for long.
    pub fn events<'a>(&'a self, program: &'a Program, func: Func) -> impl Iterator<Item = &'a Event> + 'a {
        let own = program.function_links(func).map_or(&[][..], |links| &links.events);
        program.read(Key::Share(func.unit_ref()));
        program.read(Key::Reaches(func));
        let passed = program.share(func.unit_ref()).map_or(&[][..], |share| &share.passed_events);
        let passed = passed.iter().filter(move |(of, _)| *of == func.id).map(|(_, event)| event);
        own.iter().chain(passed).chain(self.lock_events.get(&func).into_iter().flatten())
    }

    /// What a function reaches by calls from a stretch of its order: used for sections under a lock.
    pub(crate) fn worst_within(&self, program: &Program, func: Func, start: u32, end: u32) -> Option<(Stall, String)> {
        let mut worst: Option<(Stall, String)> = None;
        let mut add = |stall: Stall, what: String| {
            if worst.as_ref().is_none_or(|(known, _)| stall > *known) {
                worst = Some((stall, what));
            }
        };
        for event in self.events(program, func) {
            if event.at.0 >= start
                && event.at.0 < end
                && event.group == Group::Blocking
                && event.kind != BlockKind::Lock
            {
                add(event.stall, program.event_name(event));
            }
        }
        for (_, call) in program.calls_of(func) {
            if call.at.0 < start || call.at.0 >= end {
                continue;
            }
            if let Some(groups) = self.witnesses_of(program, call.to)
                && let Some(witness) = groups[Group::Blocking as usize].iter().find(|witness| witness.guards.is_empty())
                && witness.certainty > Certainty::Possible
                && !program.is_coroutine(call.to)
            {
                let chain = self.chain(program, call.to, *witness);
                let name = chain.last().map_or(String::new(), |step| match &step.kind {
                    StepKind::Event(event) => program.event_name(event),
                    _ => String::new(),
                });
                add(witness.stall, name);
            }
        }
        worst
    }

    /// Everything that the bodies of async functions and callbacks on the loop reach, each call once.
    pub fn reached(&self, program: &Program, group: Group, roots: &[Func]) -> Vec<Reached> {
        let mut eval = Eval::new(program);
        let mut reached = Vec::new();
        for root in roots {
            program.read(Key::Share(root.unit_ref()));
            let mut best: FxHashMap<ValueId, (Rank, Reached)> = FxHashMap::default();
            let mut offer = |at: ValueId, witness: &Witness, chain: &dyn Fn() -> Vec<Step>| {
                let rank = rank_of(witness, *root, at);
                if best.get(&at).is_none_or(|(known, _)| rank > *known) {
                    let (stall, certainty) = (witness.stall, witness.certainty);
                    let chain = chain();
                    let found =
                        Reached { root: *root, at, stall, certainty, chain, witness: *witness, doubts: Vec::new() };
                    best.insert(at, (rank, found));
                }
            };
            let own = program.function_links(*root).map_or(0, |links| links.events.len());
            for (n, event) in self.events(program, *root).enumerate() {
                if event.group != group || (event.kind == BlockKind::Lock && n < own) {
                    continue;
                }
                let witness = Witness::of_event(event, n);
                offer(event.at, &witness, &|| {
                    vec![Step { at: root.at(event.at), kind: StepKind::Event(event.clone()) }]
                });
            }
            for (n, call) in program.calls_of(*root) {
                let Some(groups) = self.witnesses_of(program, call.to) else {
                    continue;
                };
                if program.is_coroutine(call.to) {
                    continue;
                }
                for (inner, witness) in groups[group as usize].iter().enumerate() {
                    let next = Next::Call { call: n, group, inner: inner as u8 };
                    if let Some(mut carried) = carry(&mut eval, call, witness, next, &mut |_| ()) {
                        if unlikely_at_root(call, &carried).is_some() {
                            carried.certainty = carried.certainty.lowered();
                        }
                        offer(call.at, &carried, &|| self.chain(program, *root, carried));
                    }
                }
            }
            let mut found: Vec<Reached> = best.into_values().map(|(_, found)| found).collect();
            drop_openings(program, *root, &mut found);
            for found in &mut found {
                if let Next::Call { call, .. } = found.witness.next {
                    let unlikely = unlikely_at_root(program.call_of(*root, call), &found.witness);
                    found.doubts.extend(unlikely.map(Doubt::Unlikely));
                }
                if !receivers::agree(program, *root, &found.chain) {
                    found.doubts.push(Doubt::OtherReceiver);
                    found.certainty = Certainty::Possible;
                } else if receivers::has_ended(&mut eval, *root, &found.chain) {
                    found.doubts.push(Doubt::Ended);
                    found.certainty = Certainty::Possible;
                }
            }
            found.sort_by_key(|found| found.at);
            reached.extend(found);
        }
        reached
    }

    /// The worst wait of the groups that stall a loop, of those that happen whatever is passed; and the way there.
    pub(crate) fn way_to_wait(&self, program: &Program, func: Func) -> Option<Way> {
        const STALLING: [Group; 3] = [Group::Blocking, Group::Wait, Group::File];
        let groups = self.witnesses_of(program, func)?;
        let witnesses = STALLING.into_iter().flat_map(|group| &groups[group as usize]);
        let always = witnesses.filter(|witness| witness.guards.is_empty());
        let worst = always.max_by_key(|witness| (witness.stall, witness.certainty, Reverse(witness.length)))?;
        Some(Way { certainty: worst.certainty, chain: self.chain(program, func, *worst) })
    }

    /// The steps of a witness.
    pub fn chain(&self, program: &Program, func: Func, witness: Witness) -> Vec<Step> {
        let mut steps = Vec::new();
        let (mut func, mut witness) = (func, witness);
        // Each call is one nearer to the event; the bound is for a defect, not for recursion.
        for _ in 0..1_000 {
            match witness.next {
                Next::Event(n) => {
                    if let Some(event) = self.events(program, func).nth(n as usize) {
                        steps.push(Step { at: func.at(event.at), kind: StepKind::Event(event.clone()) });
                    }
                    return steps;
                }
                Next::Call { call, group, inner } => {
                    program.read(Key::Share(func.unit_ref()));
                    let call = program.call_of(func, call);
                    match call.via {
                        None => {
                            let kind = StepKind::Call { to: call.to, implicit: call.implicit };
                            steps.push(Step { at: func.at(call.at), kind });
                        }
                        Some(via) => {
                            let through = program.function_at(via);
                            let kind = StepKind::Call { to: through, implicit: call.implicit };
                            steps.push(Step { at: func.at(call.at), kind });
                            steps.push(Step { at: via, kind: StepKind::Callback { to: call.to } });
                        }
                    }
                    let Some(inner) = self
                        .witnesses_of(program, call.to)
                        .and_then(|groups| groups[group as usize].get(inner as usize))
                    else {
                        return steps;
                    };
                    func = call.to;
                    witness = *inner;
                }
            }
        }
        steps
    }
}

/// A condition that hardly any value passes, of what is passed to the root: nobody says what that is.
fn unlikely_at_root(call: &Call, carried: &Witness) -> Option<Guard> {
    carried.guards.iter().find(|guard| guard.is_particular() && !call.guards.has(*guard))
}

/// `with open(path) as file: file.read()`: what is entered briefly is one with the long wait inside.
fn drop_openings(program: &Program, root: Func, found: &mut Vec<Reached>) {
    let unit = program.unit(root.unit_ref());
    let long: Vec<ValueId> = found.iter().filter(|found| found.stall > Stall::Brief).map(|found| found.at).collect();
    found.retain(|found| {
        let is_told_inside = || {
            unit.regions.iter().any(|region| {
                matches!(region.kind, RegionKind::Managed { .. })
                    && region.value == found.at
                    && long.iter().any(|at| region.start <= at.0 && at.0 < region.end)
            })
        };
        found.chain.len() > 1 || found.stall > Stall::Brief || !is_told_inside()
    });
}

fn candidate(group: Group, func: Func, witness: Witness, at: ValueId) -> Candidate {
    Candidate { rank: rank_of(&witness, func, at), group, func, witness }
}

fn rank_of(witness: &Witness, func: Func, at: ValueId) -> Rank {
    Rank {
        stall: witness.stall,
        certainty: witness.certainty,
        length: Reverse(witness.length),
        place: Reverse((func, at.0)),
    }
}

impl Program {
    /// Whether a function comes to an event of the group, by itself or through plain calls.
    pub fn comes_to(&self, func: Func, group: Group) -> bool {
        self.summaries.witnesses_of(self, func).is_some_and(|groups| !groups[group as usize].is_empty())
    }

    /// Whether calling the function gives something to await, and its body runs only then.
    pub fn is_async_function(&self, func: Func) -> bool {
        self.is_coroutine(func) && !self.decorations_of(func).makes_sync
    }

    /// Whether the body runs on a loop: also that of an async `main` whose attribute starts the loop around it.
    pub fn is_coroutine(&self, func: Func) -> bool {
        let function = self.function(func);
        function.is_async || function.kind == crate::model::FunctionKind::AsyncBlock
    }

    /// The number of the parameter that a value reads, if the function never writes it.
    pub(crate) fn param_read(&self, unit: crate::flow::UnitRef, value: ValueId) -> Option<u32> {
        let facts = self.unit(unit);
        let crate::model::ValueKind::Local { local, .. } = facts.value(value).kind else {
            return None;
        };
        let record = facts.local(local);
        let reader = facts.function_of(value);
        let is_written = (0..value.0)
            .map(ValueId)
            .any(|at| matches!(facts.value(at).kind, crate::model::ValueKind::Write { local: of, .. } if of == local));
        if record.kind != crate::model::LocalKind::Param || record.owner != reader || is_written {
            return None;
        }
        let first = facts.function(reader).first_param;
        (!first.is_none() && local.0 >= first.0).then(|| local.0 - first.0)
    }

    /// What waits, for people: `time.sleep`, `requests.Session.get`; what is iterated where a loop's turn waits.
    pub fn event_name(&self, event: &Event) -> String {
        match event.function {
            EventSource::Library(id) => {
                let path = &self.catalogue.function(id).path;
                path.strip_suffix(".__next__").unwrap_or(path).to_owned()
            }
            EventSource::Type(id) => self.catalogue.ty(id).path.clone(),
            EventSource::Attribute(path) => self.names.text(path).to_string(),
        }
    }
}

//! Which locals are alive along a function's order: a walk over its regions that follows branches, loops and jumps.
//!
//! A run is a stretch of numbers, not of a path: where one arm of a branch moves a local, the runs of the others go on.

use rustc_hash::FxHashMap;

use crate::model::{
    Ending, Extent, FnId, JumpKind, LocalId, LoopKind, RegionId, RegionKind, UnitBuilder, ValueId, ValueKind,
};

/// Something that begins or ends the life of what a local holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EventKind {
    Write,
    Moved(ValueId),
    Captured(ValueId),
}

/// The regions inside each region, in order.
pub(super) fn children(b: &UnitBuilder) -> Vec<Vec<RegionId>> {
    let mut children = vec![Vec::new(); b.regions().len()];
    for (n, region) in b.regions().iter().enumerate() {
        if region.parent != RegionId::NONE {
            children[region.parent.0 as usize].push(RegionId(n as u32));
        }
    }
    children
}

/// A local as one function has it.
pub(super) struct Life {
    pub local: LocalId,
    /// A parameter, or what was captured by value, is alive from the function's beginning.
    pub born: Option<u32>,
    pub end: u32,
}

/// For each tracked local, where its open run began; none while nothing is alive.
#[derive(Clone)]
pub(super) struct State {
    alive: Vec<Option<u32>>,
    /// Control does not get here.
    left: bool,
}

/// A piece of a run.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    start: u32,
    end: u32,
    /// None where it goes on in the next piece, if that follows at once.
    ending: Option<(Ending, ValueId)>,
}

/// The walk over one function; `events` are those of each number, for the local of an index.
pub(super) struct Walk<'u> {
    pub(super) b: &'u UnitBuilder,
    pub(super) children: &'u [Vec<RegionId>],
    pub(super) locals: &'u [Life],
    pub(super) events: FxHashMap<u32, Vec<(usize, EventKind)>>,
    pub(super) runs: Vec<Vec<Piece>>,
    /// What is alive where control leaves a loop or block.
    pub(super) exits: FxHashMap<RegionId, Vec<State>>,
}

impl Walk<'_> {
    pub fn function(mut self, function: FnId, found: &mut Vec<Extent>) {
        let body = self.b.function(function).body;
        let alive = self.locals.iter().map(|life| life.born).collect();
        let mut state = State { alive, left: false };
        self.region(body, &mut state);
        let end = self.b.region(body).end;
        self.pause(&mut state, end);
        for (life, pieces) in self.locals.iter().zip(&mut self.runs) {
            pieces.sort_by_key(|piece| piece.start);
            let mut merged: Vec<Piece> = Vec::new();
            for piece in pieces.iter() {
                match merged.last_mut() {
                    Some(last) if last.ending.is_none() && last.end >= piece.start => {
                        last.end = last.end.max(piece.end);
                        last.ending = piece.ending;
                    }
                    _ if piece.start == piece.end => {}
                    _ => merged.push(*piece),
                }
            }
            for piece in merged {
                let (ending, into) = piece.ending.unwrap_or((Ending::Scope, ValueId::NONE));
                let local = life.local;
                found.push(Extent { value: ValueId::NONE, local, start: piece.start, end: piece.end, ending, into });
            }
        }
    }

    fn region(&mut self, id: RegionId, state: &mut State) {
        let region = *self.b.region(id);
        let mut at = region.start;
        let children = &self.children[id.0 as usize];
        let mut next = 0;
        while at < region.end || next < children.len() {
            if let Some(child) = children.get(next)
                && self.b.region(*child).start <= at
            {
                self.child(*child, state);
                at = self.b.region(*child).end.max(at);
                next += 1;
                continue;
            }
            self.entry(at, state);
            at += 1;
        }
    }

    fn child(&mut self, id: RegionId, state: &mut State) {
        let region = *self.b.region(id);
        match region.kind {
            RegionKind::Branch { exhaustive } => self.branch(id, exhaustive, state),
            RegionKind::Loop { kind } => {
                self.pause(state, region.start);
                let before = state.clone();
                resume(state, region.start);
                self.region(id, state);
                self.pause(state, region.end);
                let mut ends = self.exits.remove(&id).unwrap_or_default();
                if kind != LoopKind::Endless {
                    ends.push(before);
                    ends.push(state.clone());
                }
                *state = self.join(ends, region.end);
            }
            RegionKind::Block => {
                self.region(id, state);
                if let Some(mut ends) = self.exits.remove(&id) {
                    self.pause(state, region.end);
                    ends.push(state.clone());
                    *state = self.join(ends, region.end);
                }
            }
            RegionKind::Select => self.select(id, state),
            _ => self.region(id, state),
        }
    }

    fn branch(&mut self, id: RegionId, exhaustive: bool, state: &mut State) {
        let region = *self.b.region(id);
        self.pause(state, region.start);
        let before = state.clone();
        let mut ends = Vec::new();
        for arm in &self.children[id.0 as usize] {
            let mut arm_state = before.clone();
            let arm_region = *self.b.region(*arm);
            resume(&mut arm_state, arm_region.start);
            self.region(*arm, &mut arm_state);
            self.pause(&mut arm_state, arm_region.end);
            ends.push(arm_state);
        }
        if !exhaustive {
            ends.push(before);
        }
        *state = self.join(ends, region.end);
    }

    /// All futures are made before one handler runs.
    fn select(&mut self, id: RegionId, state: &mut State) {
        let region = *self.b.region(id);
        let parts = &self.children[id.0 as usize];
        let mut at = region.start;
        for part in parts.iter().filter(|part| self.b.region(**part).kind == RegionKind::SelectArm) {
            let arm = *self.b.region(*part);
            self.pause(state, at.max(arm.start));
            resume(state, arm.start);
            self.region(*part, state);
            at = arm.end;
        }
        self.pause(state, at);
        let before = state.clone();
        let mut ends = Vec::new();
        for part in parts.iter().filter(|part| self.b.region(**part).kind == RegionKind::SelectHandler) {
            let handler = *self.b.region(*part);
            let mut handler_state = before.clone();
            resume(&mut handler_state, handler.start);
            self.region(*part, &mut handler_state);
            self.pause(&mut handler_state, handler.end);
            ends.push(handler_state);
        }
        *state = self.join(ends, region.end);
    }

    fn entry(&mut self, at: u32, state: &mut State) {
        if let Some(events) = self.events.get(&at) {
            for (n, kind) in events.clone() {
                match kind {
                    EventKind::Write => {
                        self.close(n, state, at, Some((Ending::Replaced, ValueId::NONE)));
                        state.alive[n] = Some(at);
                    }
                    EventKind::Moved(into) => self.close(n, state, at, Some((Ending::Moved, into))),
                    EventKind::Captured(into) => self.close(n, state, at, Some((Ending::Captured, into))),
                }
            }
        }
        if let ValueKind::Jump { kind, leaves, .. } = self.b.values()[at as usize].kind {
            match kind {
                JumpKind::Maybe => {}
                JumpKind::Break => {
                    self.pause(state, at + 1);
                    if !state.left {
                        self.exits.entry(leaves).or_default().push(state.clone());
                    }
                    state.left = true;
                }
                _ => {
                    self.pause(state, at + 1);
                    state.left = true;
                }
            }
        }
    }

    fn close(&mut self, n: usize, state: &mut State, at: u32, ending: Option<(Ending, ValueId)>) {
        if let Some(start) = state.alive[n].take() {
            let scope = self.locals[n].end;
            if state.left || start >= scope {
                return;
            }
            let piece =
                if at > scope { Piece { start, end: scope, ending: None } } else { Piece { start, end: at, ending } };
            match self.runs[n].last_mut() {
                Some(last) if last.ending.is_none() && last.end == piece.start => {
                    last.end = piece.end;
                    last.ending = piece.ending;
                }
                _ => self.runs[n].push(piece),
            }
        }
    }

    /// Writes the open runs down up to a number; they are still alive.
    fn pause(&mut self, state: &mut State, at: u32) {
        for n in 0..self.locals.len() {
            let was = state.alive[n];
            self.close(n, state, at, None);
            if was.is_some() && at < self.locals[n].end {
                state.alive[n] = Some(at);
            }
        }
    }

    /// What is alive behind paths that come together.
    fn join(&mut self, ends: Vec<State>, at: u32) -> State {
        let mut alive = vec![None; self.locals.len()];
        let arriving: Vec<&State> = ends.iter().filter(|end| !end.left).collect();
        for end in &arriving {
            for (n, start) in end.alive.iter().enumerate() {
                if start.is_some() {
                    alive[n] = Some(at);
                }
            }
        }
        for (n, start) in alive.iter().enumerate() {
            if start.is_none() || arriving.iter().all(|end| end.alive[n].is_some()) {
                continue;
            }
            for end in &arriving {
                let Some(stopped) = end.alive[n] else { continue };
                if let Some(piece) = self.runs[n].iter_mut().rev().find(|piece| piece.end == stopped)
                    && piece.ending.is_none()
                    && piece.start < piece.end
                {
                    piece.ending = Some((Ending::Maybe, ValueId::NONE));
                }
            }
        }
        State { alive, left: arriving.is_empty() }
    }
}

fn resume(state: &mut State, at: u32) {
    for start in state.alive.iter_mut().flatten() {
        *start = at;
    }
}

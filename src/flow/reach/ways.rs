//! The ways between functions, asked for one by one: what follows from a call, who comes to a function, and what makes
//! a finding less certain on its way.

use crate::flow::Program;
use crate::flow::ids::{At, Func};
use crate::flow::linking::links::{Edge, Event};
use crate::flow::reach::carry::{Doubt, carry};
use crate::flow::reach::summary::{Group, Next, Reached, StepKind};
use crate::flow::types::Eval;
use crate::model::ValueId;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// What a plain call leads to.
#[derive(Clone, Debug)]
pub struct Onward {
    pub to: Func,
    /// What waits there.
    pub event: Event,
    /// What rules it out at this call; none where it is reached.
    pub ruled_out: Option<Doubt>,
}

/// How code on the loop comes to a function.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// The nearest roots, each with the calls on the way down, outermost first.
    pub nearest: Vec<Vec<At>>,
    /// How many roots there are.
    pub roots: usize,
}

/// Roots whose way is told.
const WAYS: usize = 3;

impl Program {
    /// What a plain call at a value leads to, for each group that its callees come to.
    pub fn onward(&self, func: Func, at: ValueId) -> Vec<Onward> {
        let mut eval = Eval::new(self);
        let mut found = Vec::new();
        for (n, call) in self.calls_of(func) {
            if call.at != at || self.is_coroutine(call.to) {
                continue;
            }
            let Some(groups) = self.summaries.witnesses_of(self, call.to) else {
                continue;
            };
            for (group, witnesses) in Group::ALL.into_iter().zip(groups) {
                // The best that comes through; else why the best does not.
                let mut best: Option<(usize, Option<Doubt>)> = None;
                for (inner, witness) in witnesses.iter().enumerate() {
                    let next = Next::Call { call: n, group, inner: inner as u8 };
                    let mut doubt = None;
                    let carried = carry(&mut eval, call, witness, next, &mut |met| doubt = Some(met));
                    if carried.is_some() {
                        best = Some((inner, None));
                        break;
                    }
                    best = best.or(Some((inner, doubt)));
                }
                if let Some((inner, ruled_out)) = best {
                    let chain = self.summaries.chain(self, call.to, witnesses[inner]);
                    if let Some(StepKind::Event(event)) = chain.into_iter().last().map(|step| step.kind) {
                        found.push(Onward { to: call.to, event, ruled_out });
                    }
                }
            }
        }
        found
    }

    /// The functions on the loop that come to a function by plain calls, the nearest with their ways.
    pub fn ways_to(&self, func: Func) -> Ways {
        let on_loop: FxHashSet<Func> = self.on_loop().iter().copied().collect();
        let mut below: FxHashMap<Func, (Func, At)> = FxHashMap::default();
        let mut queue = VecDeque::from([func]);
        let mut ways = Ways::default();
        while let Some(next) = queue.pop_front() {
            let mut callers: Vec<(Func, At)> = self
                .summaries
                .callers_of(next)
                .iter()
                .map(|(from, n)| (*from, from.at(self.call_of(*from, *n).at)))
                .collect();
            callers.sort_by_key(|(from, at)| (*from, at.value));
            for (from, at) in callers {
                if from == func || below.contains_key(&from) {
                    continue;
                }
                below.insert(from, (next, at));
                if on_loop.contains(&from) {
                    ways.roots += 1;
                    if ways.nearest.len() < WAYS {
                        let down = std::iter::successors(Some(from), |at| below.get(at).map(|(next, _)| *next));
                        ways.nearest.push(down.filter_map(|at| below.get(&at).map(|(_, call)| *call)).collect());
                    }
                }
                // A coroutine's own callers wait for it; they do not run it.
                if !self.is_coroutine(from) {
                    queue.push_back(from);
                }
            }
        }
        ways
    }

    /// Everything that makes a function run, with the function that does so; in order of files and positions.
    pub fn edges_to(&self, func: Func) -> Vec<(Func, &Edge)> {
        let edges =
            self.functions_with_links().flat_map(|(from, links)| links.edges.iter().map(move |edge| (from, edge)));
        edges.filter(|(_, edge)| edge.to == func).collect()
    }

    /// What makes a wait that is reached less certain, where it does, outermost first; besides what linking remarks at
    /// the calls of its chain. With the call and the function whose parameters the doubt speaks of.
    pub fn doubts(&self, reached: &Reached) -> Vec<(At, Func, Doubt)> {
        let mut eval = Eval::new(self);
        let root = reached.root;
        let mut doubts: Vec<(At, Func, Doubt)> =
            reached.doubts.iter().map(|doubt| (root.at(reached.at), root, *doubt)).collect();
        let (mut from, mut witness) = (root, reached.witness);
        while let Next::Call { call: n, group, inner } = witness.next {
            let call = self.call_of(from, n);
            let inner = self
                .summaries
                .witnesses_of(self, call.to)
                .and_then(|groups| groups[group as usize].get(inner as usize));
            let Some(inner) = inner else {
                break;
            };
            let at = call.from.at(call.at);
            carry(&mut eval, call, inner, witness.next, &mut |doubt| doubts.push((at, call.to, doubt)));
            (from, witness) = (call.to, *inner);
        }
        doubts
    }
}

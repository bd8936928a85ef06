//! The sizes that pools and limits are given: what they come to, and where they are given.
//!
//! A size that a helper takes as a parameter is looked for at the helper's calls.

use crate::flow::Program;
use crate::flow::ids::{At, Func, UnitRef};
use crate::flow::linking::links::EffectCall;
use crate::flow::reach::summary::Group;
use crate::flow::types::{Bound, Callee, Eval};
use crate::flow::values::amounts::{Amount, Frame, amount, given};
use crate::model::{UseKind, ValueId, ValueKind};

/// A size, where it is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Size {
    pub amount: Amount,
    /// The argument, or the call that leads to the library's where that says no number itself.
    pub at: At,
    pub func: Func,
    /// The calls behind that one, down to the library's; empty if the number stands there.
    pub way: Vec<At>,
}

/// A number of workers that an attribute is given: `#[main(worker_threads = 4)]`.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeSize {
    pub amount: Amount,
    /// The argument.
    pub at: At,
    /// The function that has the attribute.
    pub func: Func,
    /// The attribute's path.
    pub path: String,
    /// Which thresholds apply.
    pub bounds: String,
}

/// What the jobs of a pool do, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Waits: for the network, files, other threads.
    Waits,
    /// Computes, and waits for nothing.
    Computes,
    Unknown,
}

/// Calls that are followed outward.
const MAX_CALLS: usize = 3;

impl Program {
    /// The sizes that a library call is given for a parameter, by itself or by the callers of the functions around it.
    pub fn sizes(&self, eval: &mut Eval, (func, call): (Func, &EffectCall), param: &str) -> Vec<Size> {
        let Callee::Library(id) = call.target.callee else {
            return Vec::new();
        };
        let place = func.at(call.at);
        let Bound::Value(value) = eval.bound_argument(place, &call.target, id, param) else {
            return Vec::new();
        };
        let value = func.at(value);
        let mut found = Vec::new();
        let here = amount(eval, value, &[]);
        if let Some(amount) = here {
            found.push(Size { amount, at: value, func, way: Vec::new() });
            if !amount.is_one_of_several {
                return found;
            }
        }
        let mut seen = vec![func];
        let mut queue: Vec<(Func, Vec<Frame>)> = vec![(func, Vec::new())];
        while let Some((callee, frames)) = queue.pop() {
            for runner in self.runners().of_function(callee) {
                if runner.via.is_some() {
                    continue;
                }
                let mut inner = frames.clone();
                inner.push(Frame::of(callee, runner));
                match amount(eval, value, &inner) {
                    // Where nothing else is given, the size is told where it stands.
                    Some(amount) if here.is_some_and(|here| here.by_cores().eq(amount.by_cores())) => {}
                    Some(amount) => {
                        let mut way: Vec<At> = inner[..inner.len() - 1].iter().rev().map(|frame| frame.call).collect();
                        way.push(place);
                        let outermost = &inner[inner.len() - 1];
                        let at = self.number_in(eval, outermost, amount).unwrap_or(outermost.call);
                        found.push(Size { amount, at, func: runner.from, way });
                    }
                    None if inner.len() < MAX_CALLS && !seen.contains(&runner.from) => {
                        seen.push(runner.from);
                        queue.push((runner.from, inner));
                    }
                    None => {}
                }
            }
        }
        found.sort_by_key(|size| size.at);
        found
    }

    /// The argument of a call that is the number itself.
    fn number_in(&self, eval: &mut Eval, frame: &Frame, wanted: Amount) -> Option<At> {
        let params = self.unit(frame.callee.unit_ref()).function(frame.callee.id);
        let count = self
            .def_of(frame.callee)
            .map_or(params.params.len as usize, |def| self.file(def.file).outline().params(def.id).len());
        (0..count).find_map(|n| match given(eval, frame, n) {
            Bound::Value(value) => {
                let at = At { unit: frame.call.unit, value };
                amount(eval, at, &[]).is_some_and(|found| found.by_cores().eq(wanted.by_cores())).then_some(at)
            }
            _ => None,
        })
    }

    /// The numbers of workers that attributes are given.
    pub fn attribute_sizes(&self, eval: &mut Eval, within: Option<UnitRef>) -> Vec<AttributeSize> {
        let mut found = Vec::new();
        for (def, at, attribute) in self.attributes(within) {
            let (Some(workers), Some(func)) = (&attribute.entry.callable.effects.workers, self.function_of_def(def))
            else {
                continue;
            };
            for arg in eval.args(at) {
                if arg.name.is_none() || self.file(def.file).text(arg.name) != workers.arg {
                    continue;
                }
                let at = At { unit: at.unit, value: arg.value };
                if let Some(amount) = amount(eval, at, &[]) {
                    let (path, bounds) = (attribute.path.clone(), workers.bounds.clone());
                    found.push(AttributeSize { amount, at, func, path, bounds });
                }
            }
        }
        found
    }

    /// What the jobs do that a pool is given by the name it gets where it is made.
    pub fn work_of(&self, pool: At) -> Work {
        let func = self.function_at(pool);
        let unit = self.unit(pool.unit);
        let used = unit.value(pool.value).used;
        let written = |at: ValueId| match unit.value(at).kind {
            ValueKind::Write { local, from, .. } if from == pool.value => Some(local),
            _ => None,
        };
        let calls: Vec<ValueId> = match used.kind {
            UseKind::Receiver => vec![used.value()],
            UseKind::Bound | UseKind::Entered => {
                let Some(local) = (pool.value.0..unit.values.len() as u32).map(ValueId).find_map(written) else {
                    return Work::Unknown;
                };
                let reads = (0..unit.values.len() as u32)
                    .map(ValueId)
                    .filter(|read| matches!(unit.value(*read).kind, ValueKind::Local { local: of, .. } if of == local));
                let reads = reads.map(|read| unit.value(read).used);
                reads
                    .filter(|used| matches!(used.kind, UseKind::Receiver | UseKind::Argument))
                    .map(|used| used.value())
                    .collect()
            }
            _ => return Work::Unknown,
        };
        let mut work = Work::Unknown;
        let links = self.links(pool.unit).map_or(&[][..], |links| &links.functions);
        let edges = links.iter().flat_map(|function| &function.edges);
        for edge in edges.filter(|edge| calls.contains(&edge.at) && edge.to != func) {
            let waits = [Group::Blocking, Group::File, Group::Wait].iter().any(|group| self.comes_to(edge.to, *group));
            if waits {
                return Work::Waits;
            }
            if self.comes_to(edge.to, Group::Cpu) {
                work = Work::Computes;
            }
        }
        work
    }
}

//! What a plain function waits for, whoever calls it.

use super::Program;
use crate::flow::{EdgeKind, Func};
use crate::lint::{Certainty, Cx, Place};
use crate::model::{FnId, ValueId, ValueKind};
use crate::text::Span;

/// A function and the shortest way from it to what it waits for worst.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waits {
    /// As people name it.
    pub function: String,
    /// The function.
    pub at: Place,
    /// Its body runs on an event loop.
    pub is_on_loop: bool,
    /// Empty if it waits for nothing that is known.
    pub steps: Vec<WaitsStep>,
    pub certainty: Certainty,
}

/// A call on the way, outermost first; the last is the library call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitsStep {
    pub at: Place,
    /// "calls `Store.load`", "`time.sleep` sleeps".
    pub what: String,
}

/// A function that a place is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// As people name it; empty for a closure.
    pub name: String,
    pub at: Place,
}

impl Program {
    /// What the function waits for whose head is at a place, or that is called there. None where there is neither.
    pub fn waits(&self, at: Place) -> Option<Waits> {
        let func = self.called_at(at).or_else(|| self.headed_at(at))?;
        let cx = Cx::new(&self.linked, self.project.thresholds);
        let way = self.linked.way_to_wait(func);
        let steps = way.iter().flat_map(|way| &way.chain);
        Some(Waits {
            function: cx.name(func),
            at: super::explain::function_place(&self.linked, func),
            is_on_loop: self.linked.on_loop().contains(&func),
            steps: steps.map(|step| WaitsStep { at: cx.place(step.at), what: cx.what(&step.kind) }).collect(),
            certainty: way.map_or(Certainty::Possible, |way| way.certainty),
        })
    }

    /// The function of the project around a place: its name, and itself.
    pub fn function_around(&self, at: Place) -> Option<Around> {
        let func = self.function_at_place(at)?;
        let name = self.linked.function_name(func);
        Some(Around { name, at: super::explain::function_place(&self.linked, func) })
    }

    /// What the innermost call at a place calls, if the place is before its arguments.
    fn called_at(&self, at: Place) -> Option<Func> {
        let around = self.function_at_place(at)?;
        let unit = self.linked.unit(around.unit_ref());
        let links = self.linked.function_links(around)?;
        let span = |value: ValueId| unit.value(value).span.offset(unit.span.start);
        // From the receiver, if there is one, to the first argument.
        let is_here = |call: ValueId| {
            let (start, args) = match unit.value(call).kind {
                ValueKind::Call { callee, args, count } => (span(callee).start, unit.args(args, count)),
                ValueKind::Method { of, args, count, .. } => (span(of).end, unit.args(args, count)),
                _ => return false,
            };
            let first = args.iter().map(|arg| span(arg.value).start).filter(|at| *at > start).min();
            Span::new(start, first.unwrap_or(span(call).end)).contains(at.span)
        };
        let called = links.edges.iter().filter(|edge| {
            edge.implicit.is_none() && matches!(edge.kind, EdgeKind::Call | EdgeKind::Drive) && is_here(edge.at)
        });
        called.min_by_key(|edge| span(edge.at).len()).map(|edge| edge.to)
    }

    /// The function whose head, before everything that its body does, is at a place.
    fn headed_at(&self, at: Place) -> Option<Func> {
        let func = self.function_at_place(at).filter(|func| func.id == FnId::OWN)?;
        self.linked.def_of(func)?;
        let unit = self.linked.unit(func.unit_ref());
        let first = (0..unit.values.len() as u32).map(|at| unit.value(ValueId(at)).span.start).min();
        let body = unit.span.start + first.unwrap_or(unit.span.len());
        (at.span.start < body).then_some(func)
    }
}

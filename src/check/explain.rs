//! What the program knows of the code at a place: why something is told there, or is not.

mod gaps;

pub use gaps::Reason;
pub(super) use gaps::told;

use super::Program;
use crate::flow::{EdgeKind, Func};
use crate::lint::{Certainty, Cx, Place};
use crate::model::FnId;
use crate::text::Span;

/// What is known of one function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// As people name it; empty for a module's own code.
    pub function: String,
    /// Its body runs on an event loop.
    pub is_on_loop: bool,
    /// Nothing but scripts, commands and tests comes here: findings are at most possible.
    pub is_alone: bool,
    /// The runtime whose words help uses.
    pub runtime: Option<String>,
    /// Calls that were followed and library calls that wait, in the order of the text.
    pub steps: Vec<ExplainedStep>,
    /// Calls, and how many of them resolved to something.
    pub calls: u32,
    pub resolved: u32,
}

/// Something that the function does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedStep {
    pub at: Place,
    /// "calls `load` here", "`time.sleep` sleeps".
    pub what: String,
    pub certainty: Certainty,
}

impl Program {
    /// Explains the innermost function around a place; none where there is no file or no facts.
    pub fn explain(&self, at: Place) -> Option<Explanation> {
        let func = self.function_around(at)?;
        let cx = Cx::new(&self.linked, self.project.thresholds);
        let links = self.linked.function_links(func)?;
        let calls = links.edges.iter().map(|edge| {
            let how = match edge.kind {
                EdgeKind::Call => "calls",
                EdgeKind::Drive => "makes a future of",
                EdgeKind::Offload => "hands to a worker",
                EdgeKind::OnLoop => "leaves to the loop",
            };
            let name = cx.name(edge.to);
            let what = if name.is_empty() { format!("{how} a closure") } else { format!("{how} `{name}`") };
            ExplainedStep { at: cx.place(func.at(edge.at)), what, certainty: edge.certainty }
        });
        let waits = links.events.iter().map(|event| ExplainedStep {
            at: cx.place(func.at(event.at)),
            what: format!("`{}` {}", cx.event_name(event), event.why),
            certainty: event.certainty,
        });
        let mut steps: Vec<ExplainedStep> = calls.chain(waits).collect();
        steps.sort_by(|a, b| (a.at, &a.what).cmp(&(b.at, &b.what)));
        Some(Explanation {
            function: cx.name(func),
            is_on_loop: self.linked.on_loop().contains(&func),
            is_alone: self.linked.reach(func).is_alone(),
            runtime: self.linked.runtime(func),
            steps,
            calls: links.calls,
            resolved: links.resolved,
        })
    }

    fn function_around(&self, at: Place) -> Option<Func> {
        let facts = &self.project.files.get(at.file.0 as usize)?.facts;
        let mut best: Option<(Span, Func)> = None;
        for (unit, id) in facts.units.iter().zip(0..) {
            if !unit.span.contains(at.span) {
                continue;
            }
            for (function, n) in unit.functions.iter().zip(0..) {
                let span = function.span.offset(unit.span.start);
                let is_inner = best.is_none_or(|(known, _)| span.len() <= known.len());
                if span.contains(at.span) && is_inner {
                    best = Some((span, Func { file: at.file, unit: crate::model::UnitId(id), id: FnId(n) }));
                }
            }
        }
        best.map(|(_, func)| func)
    }
}

//! What makes each function run: the edges of all functions, read backwards.
//!
//! Says nothing of what the functions do.

use crate::catalogue::schema::Times;
use crate::flow::Program;
use crate::flow::certainty::Certainty;
use crate::flow::ids::{At, Func};
use crate::flow::linking::links::EdgeKind;
use crate::flow::linking::passed::calls_of_param;
use crate::flow::types::Callable;
use crate::model::{FnId, FunctionKind, ValueId};
use rustc_hash::FxHashMap;

/// One place that makes a function run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Runner {
    pub from: Func,
    /// The call, attribute, region value or operation.
    pub at: ValueId,
    pub kind: EdgeKind,
    /// Not written as a call: `constructor`, `property`, ….
    pub implicit: Option<&'static str>,
    /// How often one evaluation of the place makes it run.
    pub times: Times,
    /// The call of a parameter inside the callee of the place, where that is what makes it run.
    pub via: Option<At>,
    pub certainty: Certainty,
    /// The receiver is passed as parameter 0.
    pub has_receiver: bool,
}

/// What makes each function run, in order of files and positions.
#[derive(Debug, Default)]
pub struct Runners {
    runners: FxHashMap<Func, Vec<Runner>>,
}

impl Runners {
    pub(in crate::flow) fn of(program: &Program) -> Runners {
        let mut all = Runners::default();
        for (from, links) in program.functions_with_links() {
            for edge in &links.edges {
                let runner = Runner {
                    from,
                    at: edge.at,
                    kind: edge.kind,
                    implicit: edge.implicit,
                    times: edge.times,
                    via: None,
                    certainty: edge.certainty,
                    has_receiver: edge.has_receiver,
                };
                all.add(edge.to, runner);
                for passed in &edge.passed {
                    if let Callable::Project(given) = passed.function {
                        for (via, kind, times) in calls_of_param(program, edge.to, passed.param) {
                            all.add(given, Runner { kind, times, via: Some(via), has_receiver: false, ..runner });
                        }
                    }
                }
            }
        }
        all.add_blocks(program);
        all
    }

    /// What makes a function run; nothing for functions that only others know of.
    pub fn of_function(&self, func: Func) -> &[Runner] {
        self.runners.get(&func).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, func: Func, runner: Runner) {
        let known = self.runners.entry(func).or_default();
        // One function's edges come one after the other.
        if !known.iter().rev().take_while(|other| other.from == runner.from).any(|other| *other == runner) {
            known.push(runner);
        }
    }

    /// An async block runs, some time, where it is made.
    fn add_blocks(&mut self, program: &Program) {
        for unit_ref in program.units() {
            let unit = program.unit(unit_ref);
            for (id, function) in unit.functions.iter().enumerate() {
                if function.kind != FunctionKind::AsyncBlock {
                    continue;
                }
                let here = |id: FnId| Func { file: unit_ref.file, unit: unit_ref.unit, id };
                let runner = Runner {
                    from: here(function.parent),
                    at: function.made,
                    kind: EdgeKind::Drive,
                    implicit: None,
                    times: Times::Once,
                    via: None,
                    certainty: Certainty::Certain,
                    has_receiver: false,
                };
                self.add(here(FnId(id as u32)), runner);
            }
        }
    }
}

//! What makes each function run: the edges of all functions, read backwards.
//!
//! Says nothing of what the functions do.

use crate::catalogue::schema::Times;
use crate::flow::Program;
use crate::flow::certainty::Certainty;
use crate::flow::ids::{At, Func, UnitRef};
use crate::flow::linking::links::{EdgeKind, FunctionLinks};
use crate::flow::linking::passed::calls_of_param;
use crate::flow::numbers::{Lists, Numbers};
use crate::flow::reach::shares::Share;
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

/// What makes each function run, in order of files and positions; async blocks, where they are made, come last.
#[derive(Debug, Default)]
pub struct Runners {
    numbers: Numbers,
    runners: Lists<Runner>,
}

impl Runners {
    pub(in crate::flow) fn of(program: &Program) -> Runners {
        let numbers = Numbers::of(program);
        let numbered = |(func, runner): &(Func, Runner)| Some((numbers.of_function(*func)?, *runner));
        let mut all: Vec<(u32, Runner)> = Vec::new();
        for (_, share) in program.shares() {
            all.extend(share.runners.iter().filter_map(numbered));
        }
        for (_, share) in program.shares() {
            all.extend(share.blocks.iter().filter_map(numbered));
        }
        Runners { runners: Lists::of(numbers.count(), all), numbers }
    }

    /// What makes a function run; nothing for functions that only others know of.
    pub fn of_function(&self, func: Func) -> &[Runner] {
        self.numbers.of_function(func).map_or(&[], |n| self.runners.of_number(n))
    }
}

impl Share {
    /// What a function makes run.
    pub(in crate::flow) fn add_runners(&mut self, program: &Program, from: Func, function: &FunctionLinks) {
        let first = self.runners.len();
        let mut known: FxHashMap<Func, Vec<usize>> = FxHashMap::default();
        let mut add = |func: Func, runner: Runner| {
            let known = known.entry(func).or_default();
            if !known.iter().any(|at: &usize| self.runners[first + at].1 == runner) {
                known.push(self.runners.len() - first);
                self.runners.push((func, runner));
            }
        };
        for edge in &function.edges {
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
            add(edge.to, runner);
            for passed in &edge.passed {
                if let Callable::Project(given) = passed.function {
                    for (via, kind, times) in calls_of_param(program, edge.to, passed.param) {
                        add(given, Runner { kind, times, via: Some(via), has_receiver: false, ..runner });
                    }
                }
            }
        }
    }

    /// An async block runs, some time, where it is made.
    pub(in crate::flow) fn add_blocks(&mut self, program: &Program, unit_ref: UnitRef) {
        for (function, id) in program.unit(unit_ref).functions.iter().zip(0..) {
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
            self.blocks.push((here(FnId(id)), runner));
        }
    }
}

//! What linking remarks at a call: why nothing follows from it, or why what follows is less certain.
//!
//! Linking a unit again with remarks does what linking it did; nothing here is kept.

use super::link::link_noting;
use crate::catalogue::FunctionId;
use crate::flow::Program;
use crate::flow::contexts::context::Kept;
use crate::flow::ids::{Func, UnitRef};
use crate::flow::types::{Callee, Eval};
use crate::model::{RegionId, ValueId};

/// A reason that stands at a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// It stands in or behind a branch that runs off the loop, or never.
    OffLoop(RegionId),
    /// The catalogue knows of no wait.
    NoWait(FunctionId),
    /// What is awaited is not what this gives.
    NotAwaitable(Callee),
    /// A mark says that the function does not block.
    Marked(Func, usize),
    /// The configuration says that it does not block.
    Configured(Callee),
    /// The function has no body here.
    NoBody(Func),
    /// A generator, or an iterator that reads as it goes, that nothing runs through.
    NotRunThrough,
    /// What an argument says, or the way in which the receiver was made, rules the wait out.
    RuledOut(FunctionId, String),
    /// What it would wait for has ended here.
    Ended,
    /// It waits no longer than no time.
    NoTime,
    /// Whether it waits depends on what is read or written, and that is not known or waits for nothing.
    NoDevice(FunctionId),
    /// What is passed for this parameter is run, and it is not known.
    UnknownCallable(FunctionId, String),
    /// Less certain: there are several targets.
    Several(usize),
    /// Less certain: there may be other targets.
    Open,
    /// Less certain: a decorator that nothing is known of.
    UnknownDecorator(Func),
    /// Less certain: the result is kept.
    Cached(Func),
    /// Less certain: it seldom waits.
    Seldom(FunctionId),
    /// Less certain: what is passed for this parameter is not known.
    UnknownArgument(FunctionId, String),
    /// Less certain: only at the first use of something that is kept.
    FirstUse(Kept),
}

impl Remark {
    /// Whether it only makes what follows less certain.
    pub fn is_doubt(&self) -> bool {
        matches!(
            self,
            Remark::Several(_)
                | Remark::Open
                | Remark::UnknownDecorator(_)
                | Remark::Cached(_)
                | Remark::Seldom(_)
                | Remark::UnknownArgument(..)
                | Remark::FirstUse(_)
        )
    }
}

impl Program {
    /// What linking remarks in a unit, in the order in which it does.
    pub fn remarks(&self, unit: UnitRef) -> Vec<(ValueId, Remark)> {
        let mut remarks = Vec::new();
        link_noting(&mut Eval::new(self), unit, Some(&mut remarks));
        let mut met: Vec<(ValueId, Remark)> = Vec::new();
        for remark in remarks {
            if !met.contains(&remark) {
                met.push(remark);
            }
        }
        met
    }
}

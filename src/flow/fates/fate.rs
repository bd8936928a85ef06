//! What becomes of a value: followed through `?`, choices, locals, collections and own helpers.
//!
//! A handle is followed until it is awaited, joined or kept; a future besides that through uses that take it for the
//! value that awaiting it would give.

mod calls;
mod handles;
mod locals;

use crate::catalogue::schema::RunsOn;
use crate::flow::Program;
use crate::flow::fates::futures::MisplacedFunction;
use crate::flow::ids::{At, Func};
use crate::flow::types::{Eval, Type};
use crate::model::{BinaryOp, LocalKind, LoopKind, RegionKind, UseKind, ValueId, ValueKind};

/// The best that happens to a value on some path, best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Nothing holds it any more: a statement, `let _ =`.
    Dropped,
    /// Bound to a local that is never read.
    Unread,
    /// Kept in a collection that nobody reads and that ends with the function.
    Forgotten,
    /// Read, but only in ways that say nothing.
    Ignored,
    /// Given to the caller.
    Returned,
    /// Handed to something that nothing is known of.
    Unknown,
    /// Stored where it outlives the function.
    Kept,
    /// Awaited, joined, cancelled, or handed to something that does.
    Settled,
}

impl Fate {
    /// Whether nobody can know any more what becomes of it.
    pub fn is_lost(self) -> bool {
        self < Fate::Returned
    }
}

/// What becomes of a future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FutureFate {
    pub fate: Fate,
    /// The first use that takes it for the value that awaiting it would give.
    pub misuse: Option<(At, Misuse)>,
    /// The closure whose result it is, where nobody takes that.
    pub through: Option<Through>,
}

/// A use that takes a future for the value that awaiting it would give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misuse {
    Tested,
    Compared,
    Computed,
    Iterated,
    Entered,
    Printed,
    Read,
    Indexed,
    /// Passed for a parameter that is a plain value.
    Passed,
    /// Passed to something that waits for what runs already.
    NotStarted,
}

/// A function that is passed to a call that has no use for the future that it gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Through {
    pub argument: At,
    pub call: At,
    pub on: RunsOn,
}

const MAX_DEPTH: u32 = 12;

impl Program {
    /// What becomes of a handle.
    pub fn fate(&self, eval: &mut Eval, at: At) -> Fate {
        Follow::new(eval, What::Handle).of(at, 0)
    }

    /// What becomes of a handle, where waiting for its end alone is nothing: somebody must look at its error.
    pub fn error_fate(&self, eval: &mut Eval, at: At) -> Fate {
        Follow::new(eval, What::Error).of(at, 0)
    }

    /// What becomes of a future.
    pub fn future_fate(&self, eval: &mut Eval, at: At) -> FutureFate {
        let mut follow = Follow::new(eval, What::Future);
        let fate = follow.of(at, 0);
        FutureFate { fate, misuse: follow.misuse, through: follow.through }
    }

    /// What becomes of the future that an async function gives where a plain one is called.
    pub fn misplaced_fate(&self, eval: &mut Eval, func: Func, misplaced: &MisplacedFunction) -> Fate {
        let mut follow = Follow::new(eval, What::Future);
        follow.callable(func.at(misplaced.call), &misplaced.target, misplaced.argument, 0).unwrap_or(Fate::Unknown)
    }
}

/// Whether a value is also stored where it outlives the function, besides what its use says.
pub(crate) fn is_kept_too(unit: &crate::model::Unit, value: ValueId) -> bool {
    unit.values.iter().any(|other| match other.kind {
        ValueKind::WriteAttr { from, .. } | ValueKind::WriteName { from, .. } | ValueKind::WriteItem { from, .. } => {
            from == value
        }
        _ => false,
    })
}

/// Whether an operation puts its operands together.
fn goes_on(unit: &crate::model::Unit, operation: ValueId) -> bool {
    matches!(unit.value(operation).kind, ValueKind::Operation { op: BinaryOp::BitOr | BinaryOp::Add, .. })
}

/// `*x`
fn is_dereference(unit: &crate::model::Unit, operation: ValueId) -> bool {
    matches!(unit.value(operation).kind, ValueKind::Operation { op: BinaryOp::Dereference, .. })
}

/// What is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Handle,
    Future,
    /// A handle's error.
    Error,
}

struct Follow<'e, 'p> {
    eval: &'e mut Eval<'p>,
    seen: Vec<At>,
    what: What,
    /// The value at hand is the future itself, not something that it was put into.
    is_bare: bool,
    /// So many handles must be awaited before the future is at hand.
    wrapped: u32,
    misuse: Option<(At, Misuse)>,
    through: Option<Through>,
}

impl<'e, 'p> Follow<'e, 'p> {
    fn new(eval: &'e mut Eval<'p>, what: What) -> Follow<'e, 'p> {
        Follow { eval, seen: Vec::new(), what, is_bare: true, wrapped: 0, misuse: None, through: None }
    }

    fn of(&mut self, at: At, depth: u32) -> Fate {
        if depth > MAX_DEPTH || self.seen.contains(&at) {
            return Fate::Unknown;
        }
        self.seen.push(at);
        let program = self.eval.program;
        let unit = program.unit(at.unit);
        let used = unit.value(at.value).used;
        let here = |value: ValueId| At { unit: at.unit, value };
        // `task = self.task = create_task(…)`
        if used.kind == UseKind::Bound && is_kept_too(unit, at.value) {
            return Fate::Kept;
        }
        match used.kind {
            UseKind::Discarded | UseKind::Deleted => Fate::Dropped,
            UseKind::Bound => {
                if used.value() == at.value {
                    return Fate::Dropped;
                }
                self.bound(at, used.value(), depth)
            }
            UseKind::Stored => match unit.value(used.value()).kind {
                ValueKind::WriteItem { of, .. } => self.stored_in(here(of), depth),
                ValueKind::WriteAttr { of, .. } => match unit.value(of).kind {
                    // An attribute of an object that was made here lives as long as that.
                    ValueKind::Local { local, .. } if unit.local(local).kind == LocalKind::Variable => {
                        match self.local_reads(here(of), local, depth) {
                            Fate::Unread | Fate::Dropped => Fate::Forgotten,
                            Fate::Ignored => Fate::Unknown,
                            fate => fate,
                        }
                    }
                    _ => Fate::Kept,
                },
                _ => Fate::Kept,
            },
            UseKind::Receiver => self.method(at, used.value(), depth),
            _ if self.is_future() && self.misuse_of(at).is_some() => {
                let misuse = self.misuse_of(at).expect("it was asked just now");
                self.misused(at, misuse)
            }
            // `self.tasks = self.tasks | {task}`, `tasks += [task]`
            UseKind::Operand if goes_on(unit, used.value()) => self.of(here(used.value()), depth + 1),
            // `(*future).await`
            UseKind::Operand if is_dereference(unit, used.value()) => self.of(here(used.value()), depth + 1),
            // `running[task] = name`: the key is kept like the value.
            UseKind::Operand if matches!(unit.value(used.value()).kind, ValueKind::WriteItem { .. }) => {
                match unit.value(used.value()).kind {
                    ValueKind::WriteItem { of, .. } => self.stored_in(here(of), depth),
                    _ => Fate::Unknown,
                }
            }
            UseKind::Base | UseKind::Condition | UseKind::Operand | UseKind::Interpolated | UseKind::Scrutinee => {
                match used.kind {
                    // `task.cancel` as a value may be called by whoever gets it.
                    UseKind::Base if unit.value(used.value()).used.kind != UseKind::Discarded => Fate::Unknown,
                    UseKind::Scrutinee => Fate::Unknown,
                    _ => Fate::Ignored,
                }
            }
            UseKind::Callee => Fate::Unknown,
            UseKind::Argument => self.argument(at, here(used.value()), depth),
            UseKind::Element => self.inside(here(used.value()), depth),
            UseKind::Iterated | UseKind::Entered => Fate::Unknown,
            // What the handle gives is the future.
            UseKind::Awaited if self.wrapped > 0 => self.unwrapped(here(used.value()), depth),
            UseKind::Awaited | UseKind::Raced => Fate::Settled,
            UseKind::Returned => self.returned(at, depth),
            UseKind::Yielded => Fate::Returned,
            UseKind::Raised | UseKind::Caught | UseKind::Decorates | UseKind::Default => Fate::Unknown,
            UseKind::Choice | UseKind::Tried => self.of(here(used.value()), depth + 1),
        }
    }

    fn is_future(&self) -> bool {
        self.what == What::Future
    }

    /// Goes on with something that the value was put into.
    fn inside(&mut self, at: At, depth: u32) -> Fate {
        let was_bare = std::mem::replace(&mut self.is_bare, false);
        let fate = self.of(at, depth + 1);
        self.is_bare = was_bare;
        fate
    }

    /// Goes on with what awaiting or joining a handle gives.
    fn unwrapped(&mut self, at: At, depth: u32) -> Fate {
        self.wrapped -= 1;
        let fate = self.of(at, depth + 1);
        self.wrapped += 1;
        fate
    }

    /// Notes a use as a plain value.
    fn misused(&mut self, at: At, misuse: Misuse) -> Fate {
        self.misuse.get_or_insert((at, misuse));
        Fate::Ignored
    }

    /// How a use takes the future itself for its value, if it does.
    fn misuse_of(&mut self, at: At) -> Option<Misuse> {
        if !self.is_bare || self.wrapped > 0 {
            return None;
        }
        let unit = self.eval.program.unit(at.unit);
        let used = unit.value(at.value).used;
        Some(match used.kind {
            UseKind::Condition => Misuse::Tested,
            UseKind::Interpolated => Misuse::Printed,
            UseKind::Operand => match unit.value(used.value()).kind {
                ValueKind::Operation { op: BinaryOp::Dereference, .. } => return None,
                ValueKind::Operation { op: BinaryOp::Not, .. } => Misuse::Tested,
                ValueKind::Operation { op, .. } if op.symbol().is_some() => Misuse::Computed,
                ValueKind::Operation { .. } => Misuse::Compared,
                _ => return None,
            },
            UseKind::Iterated => match unit.region(used.region()).kind {
                RegionKind::Loop { kind: LoopKind::For | LoopKind::Comprehension | LoopKind::AsyncFor }
                    if self.is_coroutine(at) =>
                {
                    Misuse::Iterated
                }
                _ => return None,
            },
            UseKind::Entered if self.is_coroutine(at) => Misuse::Entered,
            UseKind::Base => match unit.value(used.value()).kind {
                ValueKind::Attr { name, .. } if self.lacks(at, name) => Misuse::Read,
                ValueKind::Item { .. } if self.is_coroutine(at) => Misuse::Indexed,
                _ => return None,
            },
            _ => return None,
        })
    }

    fn is_coroutine(&mut self, at: At) -> bool {
        matches!(self.eval.value(at), Type::Coroutine(_))
    }

    /// Whether the value is a coroutine, and these have no such member.
    fn lacks(&mut self, at: At, name: crate::text::Sym) -> bool {
        let program = self.eval.program;
        let language = program.language(at.unit.file);
        if !self.is_coroutine(at) {
            return false;
        }
        let Some(path) = crate::catalogue::coroutine_type(language) else {
            return false;
        };
        let Some(crate::catalogue::Item::Type(id)) = program.library_item(language, program.names.intern(path)) else {
            return false;
        };
        let coroutine = Type::instance(crate::flow::types::Nominal::Library(id));
        self.eval.members(&coroutine, program.name(at.unit.file, name)).is_empty()
    }
}

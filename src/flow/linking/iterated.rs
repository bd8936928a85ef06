//! Whether what a call gives is run through: a generator, an iterator that reads as it goes.
//!
//! Says nothing of iterators that are kept or given to other functions of the project.

use crate::catalogue::FunctionId;
use crate::flow::linking::link::Linker;
use crate::flow::types::{Callee, Nominal, Target, Type};
use crate::model::{ArgKind, LoopKind, RegionKind, UseKind, ValueId, ValueKind};

/// Adapters and locals between an iterator and what runs it.
const MAX_STEPS: u32 = 12;

impl Linker<'_, '_> {
    /// Whether what a call gives is run through here: iterated by a loop, spread, yielded from, or handed to a call
    /// that is not of the project; perhaps through adapters.
    pub(crate) fn is_consumed(&mut self, at: ValueId) -> bool {
        self.is_run_through(at, 0)
    }

    fn is_run_through(&mut self, at: ValueId, steps: u32) -> bool {
        if steps > MAX_STEPS {
            return false;
        }
        let unit = self.eval.program.unit(self.func.unit_ref());
        let used = unit.value(at).used;
        match used.kind {
            UseKind::Iterated => match unit.region(used.region()) {
                // `sum(x for x in pages())`: as what the expression makes is run through.
                region if region.kind == RegionKind::Loop { kind: LoopKind::Lazy } => {
                    let made = ValueId(region.end);
                    (made.0 as usize) < unit.values.len()
                        && matches!(unit.value(made).kind, ValueKind::Collection { .. })
                        && self.is_run_through(made, steps + 1)
                }
                _ => true,
            },
            UseKind::Argument => {
                self.is_spread(at)
                    || self.is_argument_of(at, |effects| &effects.consumes)
                    || self.is_argument_of(at, |effects| &effects.passes)
                        && self.is_run_through(used.value(), steps + 1)
            }
            // `entries.filter(…)` reads nothing yet, `.count()` does.
            UseKind::Receiver => {
                let called = self.called(used.value());
                let catalogue = &self.eval.program.catalogue;
                let mut effects = called.iter().map(|(_, id)| &catalogue.function(*id).entry.effects);
                effects.any(|effects| effects.consumes.iter().any(|param| param == "self"))
                    || !called.is_empty()
                        && self.is_adapter(at, used.value())
                        && self.is_run_through(used.value(), steps + 1)
            }
            UseKind::Yielded => matches!(self.eval.value(self.func.at(at)), Type::Generator(..)),
            // `[1, *pages()]`
            UseKind::Element => self.is_spread(at),
            // `paths = p.iterdir()` and later `for path in paths`.
            UseKind::Bound => {
                let local = match unit.value(used.value()).kind {
                    ValueKind::Write { local, count: 0, .. } => local,
                    // `first, second = pages()`
                    ValueKind::Write { .. } => return true,
                    _ => return false,
                };
                let function = unit.function(self.func.id);
                (function.start..function.end).map(ValueId).any(|read| {
                    matches!(unit.value(read).kind, ValueKind::Local { local: of, .. } if of == local)
                        && self.is_run_through(read, steps + 1)
                })
            }
            _ => false,
        }
    }

    /// Whether a value is spread over the elements of a list or the arguments of a call.
    fn is_spread(&self, at: ValueId) -> bool {
        let unit = self.eval.program.unit(self.func.unit_ref());
        let (ValueKind::Collection { args, count, .. }
        | ValueKind::Call { args, count, .. }
        | ValueKind::Method { args, count, .. }) = unit.value(unit.value(at).used.value()).kind
        else {
            return false;
        };
        unit.args(args, count).iter().any(|arg| arg.value == at && arg.kind == ArgKind::Spread)
    }

    /// The library's functions that a call may be of.
    fn called(&mut self, call: ValueId) -> Vec<(Target, FunctionId)> {
        let found = self.eval.resolve(self.func.at(call));
        let library = found.targets.iter().filter_map(|target| match target.callee {
            Callee::Library(id) => Some((target.clone(), id)),
            _ => None,
        });
        library.collect()
    }

    /// Whether a call makes something to iterate of something to iterate.
    fn is_adapter(&mut self, receiver: ValueId, call: ValueId) -> bool {
        [receiver, call].into_iter().all(|value| {
            let ty = self.eval.value(self.func.at(value));
            // What its elements are need not be known: `filter_map(Result::ok)`.
            let is_iterator = match &ty {
                Type::Instance(Nominal::Library(id), ..) => self.eval.program.catalogue.ty(*id).iterates.is_some(),
                _ => false,
            };
            is_iterator || self.eval.element(&ty) != Type::Unknown
        })
    }
}

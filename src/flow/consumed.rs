//! Whether what a call gives runs here: a generator that is iterated, a context manager that is entered.

use super::link::Linker;
use super::types::{Bound, Callee, Type};
use crate::catalogue::schema::Effects;
use crate::model::{ArgKind, LocalId, LoopKind, RegionKind, UseKind, ValueId, ValueKind};

impl Linker<'_, '_> {
    /// Whether what a call gives is run through here: iterated by a loop, unpacked, spread, yielded from, or handed to
    /// a call that is not of the project.
    pub(super) fn is_consumed(&mut self, at: ValueId) -> bool {
        let unit = self.eval.program.unit(self.func.unit_ref());
        let used = unit.value(at).used;
        match used.kind {
            UseKind::Iterated => match unit.region(used.region()) {
                // `sum(x for x in pages())`: as what the expression makes is run through.
                region if region.kind == RegionKind::Loop { kind: LoopKind::Lazy } => {
                    let made = ValueId(region.end);
                    (made.0 as usize) < unit.values.len()
                        && matches!(unit.value(made).kind, ValueKind::Collection { .. })
                        && self.is_consumed(made)
                }
                _ => true,
            },
            UseKind::Argument => {
                self.is_spread(at)
                    || self.is_argument_of(at, |effects| &effects.consumes)
                    || self.is_argument_of(at, |effects| &effects.passes) && self.is_consumed(used.value())
            }
            UseKind::Yielded => matches!(self.eval.value(self.func.at(at)), Type::Generator(..)),
            // `[1, *pages()]`
            UseKind::Element => self.is_spread(at),
            UseKind::Bound => match unit.value(used.value()).kind {
                // `paths = p.iterdir()` and later `for path in paths`.
                ValueKind::Write { local, count: 0, .. } => self.reads(local).any(|read| {
                    let used = unit.value(read).used;
                    used.kind == UseKind::Iterated
                        && unit.region(used.region()).kind != RegionKind::Loop { kind: LoopKind::Lazy }
                }),
                // `first, second = pages()`
                ValueKind::Write { .. } => true,
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether the context manager that a call gives is entered here.
    pub(super) fn is_entered(&mut self, at: ValueId, implicit: Option<&'static str>) -> bool {
        if implicit.is_some() {
            return true;
        }
        let unit = self.eval.program.unit(self.func.unit_ref());
        let used = unit.value(at).used;
        match used.kind {
            UseKind::Entered => true,
            // Whoever calls a plain helper enters what it gives.
            UseKind::Returned => !unit.function(self.func.id).is_async,
            UseKind::Choice => self.is_entered(used.value(), None),
            UseKind::Argument => self.is_argument_of(at, |effects| &effects.enters),
            UseKind::Bound => match unit.value(used.value()).kind {
                ValueKind::Write { local, count: 0, .. } => {
                    let reads: Vec<ValueId> = self.reads(local).collect();
                    reads.into_iter().any(|read| match unit.value(read).used.kind {
                        UseKind::Entered => true,
                        UseKind::Argument => self.is_argument_of(read, |effects| &effects.enters),
                        _ => false,
                    })
                }
                _ => false,
            },
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

    fn reads(&self, of: LocalId) -> impl Iterator<Item = ValueId> + use<> {
        let unit = self.eval.program.unit(self.func.unit_ref());
        let function = unit.function(self.func.id);
        let is_read = |read: &ValueId| matches!(unit.value(*read).kind, ValueKind::Local { local, .. } if local == of);
        let reads: Vec<ValueId> = (function.start..function.end).map(ValueId).filter(is_read).collect();
        reads.into_iter()
    }

    /// Whether a value is an argument that an effect of a library's function names.
    fn is_argument_of(&mut self, at: ValueId, named: impl Fn(&Effects) -> &Vec<String>) -> bool {
        let program = self.eval.program;
        let call = self.func.at(program.unit(self.func.unit_ref()).value(at).used.value());
        let found = self.eval.resolve(call);
        found.targets.iter().any(|target| match target.callee {
            Callee::Library(id) => {
                let params = named(&program.catalogue.function(id).entry.effects);
                params.iter().any(|param| self.eval.bound_argument(call, target, id, param) == Bound::Value(at))
            }
            _ => false,
        })
    }
}

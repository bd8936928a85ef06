//! Whether the context manager that a call gives is entered in the same function.
//!
//! Says nothing of managers that are kept or given to other functions of the project.

use crate::catalogue::schema::Effects;
use crate::flow::linking::link::Linker;
use crate::flow::types::{Bound, Callee};
use crate::model::{LocalId, UseKind, ValueId, ValueKind};

impl Linker<'_, '_> {
    /// Whether the context manager that a call gives is entered here.
    pub(crate) fn is_entered(&mut self, at: ValueId, implicit: Option<&'static str>) -> bool {
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

    fn reads(&self, of: LocalId) -> impl Iterator<Item = ValueId> + use<> {
        let unit = self.eval.program.unit(self.func.unit_ref());
        let function = unit.function(self.func.id);
        let is_read = |read: &ValueId| matches!(unit.value(*read).kind, ValueKind::Local { local, .. } if local == of);
        let reads: Vec<ValueId> = (function.start..function.end).map(ValueId).filter(is_read).collect();
        reads.into_iter()
    }

    /// Whether a value is an argument that an effect of a library's function names.
    pub(crate) fn is_argument_of(&mut self, at: ValueId, named: impl Fn(&Effects) -> &Vec<String>) -> bool {
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

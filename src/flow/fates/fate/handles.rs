//! What is asked of a task's or thread's handle where that is the receiver, or where something else may keep it.

use super::{Fate, Follow, What, is_kept_too};
use crate::flow::Program;
use crate::flow::ids::{At, Def};
use crate::flow::types::{Bound, Callee, Eval, Nominal, Target, Type};
use crate::model::{ConstKind, FnId, LocalKind, UnitId, ValueId, ValueKind};

impl Program {
    /// What becomes of the receiver of a method call, where that is the handle: `thread.start()`.
    pub fn receiver_fate(&self, eval: &mut Eval, call: At) -> Fate {
        let unit = self.unit(call.unit);
        let ValueKind::Method { of, .. } = unit.value(call.value).kind else {
            return Fate::Unknown;
        };
        let receiver = At { unit: call.unit, value: of };
        match unit.value(of).kind {
            // `Thread(…).start()`
            ValueKind::Call { .. } | ValueKind::Method { .. } => Fate::Dropped,
            ValueKind::Local { local, .. } => {
                let record = unit.local(local);
                if record.kind != LocalKind::Variable || record.owner != unit.function_of(of) {
                    return Fate::Unknown;
                }
                let is_module_variable = call.unit.unit == UnitId::MODULE && record.owner == FnId::OWN;
                let is_stored_too = unit.values.iter().any(|value| match value.kind {
                    ValueKind::Write { local: of, from, .. } if of == local && from.is_some() => {
                        is_kept_too(unit, from)
                    }
                    _ => false,
                });
                if is_module_variable || is_stored_too {
                    return Fate::Kept;
                }
                let mut follow = Follow::new(eval, What::Handle);
                follow.seen.push(receiver);
                let fate = follow.all_reads(receiver, local);
                if fate == Fate::Dropped { Fate::Ignored } else { fate }
            }
            _ => Fate::Kept,
        }
    }

    /// Whether what a job runs in is closed in the function that starts it, which waits for the job: a pool opened by
    /// `with`, or shut down. `by` is the receiver or the parameter that gets the pool.
    pub fn is_joined_by(&self, eval: &mut Eval, call: At, target: &Target, by: &str) -> bool {
        let unit = self.unit(call.unit);
        let pool = match unit.value(call.value).kind {
            ValueKind::Method { of, .. } if by == "self" => of,
            _ => {
                let Callee::Library(id) = target.callee else {
                    return false;
                };
                match eval.bound_argument(call, target, id, by) {
                    Bound::Value(value) => value,
                    _ => return false,
                }
            }
        };
        let ValueKind::Local { local, .. } = unit.value(pool).kind else {
            return false;
        };
        unit.values.iter().enumerate().any(|(at, value)| match value.kind {
            ValueKind::Write { local: written, path, count: 1, .. } if written == local => {
                unit.projections[path as usize] == crate::model::Projection::Entered
            }
            ValueKind::Method { of, .. } if matches!(unit.value(of).kind, ValueKind::Local { local: of, .. } if of == local) => {
                let found = eval.resolve(At { unit: call.unit, value: ValueId(at as u32) });
                found.targets.iter().any(|target| match target.callee {
                    Callee::Library(id) => self.catalogue.function(id).entry.effects.closes.as_deref() == Some("self"),
                    _ => false,
                })
            }
            _ => false,
        })
    }

    /// Whether the receiver's attribute of that name is set to true: `thread.daemon = True`, or by its class.
    pub fn is_set_on(&self, call: At, target: &Target, attribute: &str) -> bool {
        let unit = self.unit(call.unit);
        if let Some(Type::Instance(Nominal::Project(class), ..)) = &target.receiver
            && self.is_set_by_class(*class, attribute)
        {
            return true;
        }
        let file = self.file(call.unit.file);
        let ValueKind::Method { of, .. } = unit.value(call.value).kind else {
            return false;
        };
        let ValueKind::Local { local, .. } = unit.value(of).kind else {
            return false;
        };
        unit.values.iter().any(|value| match value.kind {
            ValueKind::WriteAttr { of, name, from } => {
                matches!(unit.value(of).kind, ValueKind::Local { local: of, .. } if of == local)
                    && file.text(name) == attribute
                    && matches!(unit.value(from).kind, ValueKind::Const { kind: ConstKind::True, .. })
            }
            _ => false,
        })
    }

    /// Whether a class or its bases set an attribute to true, for all objects or in a method.
    fn is_set_by_class(&self, class: Def, attribute: &str) -> bool {
        let name = self.names.intern(attribute);
        let is_true =
            |at: At| matches!(self.unit(at.unit).value(at.value).kind, ValueKind::Const { kind: ConstKind::True, .. });
        self.mro(class).iter().any(|base| {
            let Nominal::Project(base) = base else {
                return false;
            };
            let by_method = self.self_writes(*base, name).iter().any(|write| {
                matches!(self.unit(write.unit).value(write.value).kind,
                    ValueKind::WriteAttr { from, .. } if is_true(At { unit: write.unit, value: from }))
            });
            let mut declared = self.class_locals(*base, name).iter();
            by_method || declared.any(|(file, local)| self.only_write(*file, *local).is_some_and(is_true))
        })
    }

    /// The variant that a receiver's type carries.
    pub fn receiver_variant(&self, target: &Target) -> Option<String> {
        match &target.receiver {
            Some(Type::Instance(_, _, variant)) if !variant.is_none() => Some(self.names.text(*variant).to_string()),
            _ => None,
        }
    }
}

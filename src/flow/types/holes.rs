//! Types that are written with holes: `Vec<_>`, `Result<Vec<_>, _>`, and a declared `Box<dyn Fn()>` that hides which
//! function it holds. What is written to the place, or gathered into it, says more.

use super::calls::Callee;
use super::eval::Eval;
use super::{Nominal, Parts, Type};
use crate::catalogue::Function;
use crate::flow::ids::{At, UnitRef};
use crate::model::{LocalId, Unit, ValueId, ValueKind};

impl Eval<'_> {
    /// A local's declared type with its holes filled from the only value that is written to it.
    pub(super) fn more_than_declared(&mut self, declared: Type, unit: UnitRef, local: LocalId) -> Type {
        let hides_function = self.is_only_callable(&declared);
        if !hides_function && !has_hole(&declared) {
            return declared;
        }
        let Some(from) = only_write(self.unit(unit), local) else {
            return declared;
        };
        let from = At { unit, value: from };
        if hides_function {
            let written = self.value(from);
            return if self.targets(&written).targets.is_empty() { declared } else { written };
        }
        match self.gathered(from) {
            Some(element) => self.filled_with_elements(declared, &element),
            None => {
                let written = self.value(from);
                filled(declared, &written)
            }
        }
    }

    /// The element of what a call gathers into the collection that its result is said to be.
    fn gathered(&mut self, call: At) -> Option<Type> {
        let found = self.resolve(call);
        let [target] = &found.targets[..] else {
            return None;
        };
        let Callee::Library(id) = target.callee else {
            return None;
        };
        if !gathers(self.program.catalogue.function(id)) {
            return None;
        }
        let receiver = target.receiver.clone()?;
        Some(self.element(&receiver)).filter(|element| !element.is_unknown())
    }

    /// `collect::<Vec<_>>()`
    pub(super) fn gathered_as_written(&mut self, at: At, function: &Function, receiver: Option<&Type>) -> Option<Type> {
        if !gathers(function) {
            return None;
        }
        let written = self.written_generics(at).into_iter().next().filter(|ty| !ty.is_unknown())?;
        if !has_hole(&written) {
            return Some(written);
        }
        let element = self.element(receiver?);
        Some(self.filled_with_elements(written, &element))
    }

    /// A collection's type with elements of a type in its holes; of a result or an option, that of what it holds.
    fn filled_with_elements(&mut self, shape: Type, element: &Type) -> Type {
        let Type::Instance(nominal @ Nominal::Library(id), args, variant) = &shape else {
            return shape;
        };
        let mut args = args.to_vec();
        if self.program.catalogue.ty(*id).entry.as_ref().is_some_and(|entry| entry.carries) {
            if let Some(first) = args.first_mut() {
                let inner = self.unwrapped(element);
                *first = self.filled_with_elements(first.clone(), &inner);
            }
        } else {
            match (&mut args[..], element) {
                ([only], element) if only.is_unknown() => *only = element.clone(),
                ([key, value], Type::Tuple(pair)) if pair.len() == 2 => {
                    for (hole, part) in [(key, &pair[0]), (value, &pair[1])] {
                        if hole.is_unknown() {
                            *hole = part.clone();
                        }
                    }
                }
                ([only], element) => *only = filled(only.clone(), element),
                _ => {}
            }
        }
        Type::Instance(*nominal, args.into(), *variant)
    }

    /// Whether a type says of a value only that it can be called: `fn()`, `Box<dyn Fn()>`.
    pub(super) fn is_only_callable(&mut self, ty: &Type) -> bool {
        match ty {
            Type::Callable(_) => true,
            Type::Dyn(parts) => parts.iter().any(|part| matches!(part, Type::Callable(_))),
            Type::Instance(Nominal::Library(_), args, _) if args.len() == 1 => {
                self.dereferenced(ty).is_some_and(|inner| inner != *ty && self.is_only_callable(&inner))
            }
            _ => false,
        }
    }
}

/// Whether a function puts all elements of its receiver into a collection that its caller chooses.
fn gathers(function: &Function) -> bool {
    let effects = &function.entry.effects;
    let is_self = |names: &[String]| names.iter().any(|name| name == "self");
    function.returns.is_none() && is_self(&effects.consumes) && is_self(&effects.passes)
}

fn has_hole(ty: &Type) -> bool {
    match ty {
        Type::Instance(_, args, _) => args.iter().any(|arg| arg.is_unknown() || has_hole(arg)),
        _ => false,
    }
}

/// A type with holes filled from another of the same shape.
fn filled(shape: Type, from: &Type) -> Type {
    match (shape, from) {
        (Type::Unknown, from) => from.clone(),
        (Type::Instance(nominal, args, variant), Type::Instance(other, given, _))
            if nominal == *other && args.len() == given.len() =>
        {
            let args: Parts = args.iter().zip(given.iter()).map(|(arg, given)| filled(arg.clone(), given)).collect();
            Type::Instance(nominal, args, variant)
        }
        (shape, _) => shape,
    }
}

/// What is written to a local whole, if that happens once.
pub fn only_write(unit: &Unit, local: LocalId) -> Option<ValueId> {
    let mut writes = unit.values.iter().filter_map(|value| match value.kind {
        ValueKind::Write { local: written, from, count: 0, .. } if written == local => Some(from),
        _ => None,
    });
    let from = writes.next().filter(|from| from.is_some())?;
    writes.next().is_none().then_some(from)
}

//! Tests of a parameter under which something happens, and what a call's arguments say of them.

use super::conditions::{self, Constant};
use super::ids::{At, Func};
use super::names::Name;
use super::types::{Bound, Callee, Eval, Nominal, Target, Type};
use crate::model::{UnitId, ValueId, ValueKind};

/// A test of a parameter that holds where an event happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Guard {
    pub param: u32,
    pub test: GuardTest,
    /// What was passed is replaced before the test if this holds of that parameter.
    pub replaced_if: Option<(u32, GuardTest)>,
}

/// What a test asks of the value that was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GuardTest {
    True,
    False,
    Nothing,
    Something,
    Text(Name),
    NotText(Name),
    StartsWith(Name),
    StartsOtherwise(Name),
    /// Of that type.
    Is(Nominal),
    IsNot(Nominal),
}

/// Conditions that all hold; the innermost ones where there are more than fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Guards([Option<Guard>; 2]);

impl Guards {
    /// Adds a condition; the outermost one gives way.
    pub fn add(&mut self, guard: Guard) {
        if !self.0.contains(&Some(guard)) {
            self.0 = [Some(guard), self.0[0]];
        }
    }

    /// Whether nothing is asked.
    pub fn is_empty(self) -> bool {
        self.0[0].is_none()
    }

    /// The conditions, innermost first.
    pub fn iter(self) -> impl Iterator<Item = Guard> {
        self.0.into_iter().flatten()
    }
}

/// A condition on the callee's parameter, at a call: ruled out (none), or on a parameter of the caller, or open.
pub(super) fn at_call(eval: &mut Eval, place: At, to: Func, has_receiver: bool, guard: Guard) -> Option<Option<Guard>> {
    let program = eval.program;
    let is_call = matches!(
        program.unit(place.unit).value(place.value).kind,
        crate::model::ValueKind::Call { .. } | crate::model::ValueKind::Method { .. }
    );
    if !is_call {
        return Some(None);
    }
    let receiver = has_receiver.then_some(Type::Unknown);
    let target = Target { callee: Callee::Project(to), receiver, given: 0 };
    let bound = eval.bind_project(place, to, &target);
    if let GuardTest::Is(nominal) | GuardTest::IsNot(nominal) = guard.test {
        let Some(Bound::Value(value)) = bound.get(guard.param as usize) else {
            return Some(None);
        };
        if let Some(param) = eval.program.param_read(place.unit, *value) {
            return Some(Some(Guard { param, ..guard }));
        }
        let ty = eval.value(At { unit: place.unit, value: *value });
        let is_of = conditions::is_of(eval, &ty, nominal);
        return match is_of {
            Some(is_of) => (is_of == matches!(guard.test, GuardTest::Is(_))).then_some(None),
            None => Some(None),
        };
    }
    let mut seen = guard;
    if let Some((param, test)) = guard.replaced_if {
        seen.replaced_if = match given(eval, place, to, &bound, param) {
            Given::Constant(constant) if !holds(eval, &constant, test) => None,
            Given::Param(param) => Some((param, test)),
            _ => return Some(None),
        };
    }
    match given(eval, place, to, &bound, guard.param) {
        Given::Param(param) => Some(Some(Guard { param, ..seen })),
        Given::Constant(constant) if !holds(eval, &constant, guard.test) => {
            // Only what replaces it can still hold.
            let (param, test) = seen.replaced_if?;
            Some(Some(Guard { param, test, replaced_if: None }))
        }
        _ => Some(None),
    }
}

/// What a call passes for a parameter.
enum Given {
    Constant(Constant),
    /// The caller's own parameter, as it was passed.
    Param(u32),
    Unknown,
}

fn given(eval: &mut Eval, place: At, to: Func, bound: &[Bound], param: u32) -> Given {
    let program = eval.program;
    let constant = match bound.get(param as usize) {
        Some(Bound::Value(value)) => {
            if let Some(param) = program.param_read(place.unit, *value) {
                return Given::Param(param);
            }
            conditions::constant(eval, At { unit: place.unit, value: *value })
        }
        Some(Bound::Absent) => program.def_of(to).and_then(|def| {
            let default = program.file(def.file).facts.outline.params(def.id).get(param as usize)?.default;
            let module = super::UnitRef { file: def.file, unit: UnitId::MODULE };
            if default.is_none() { None } else { conditions::constant(eval, At { unit: module, value: default }) }
        }),
        _ => None,
    };
    constant.map_or(Given::Unknown, Given::Constant)
}

fn holds(eval: &Eval, given: &Constant, test: GuardTest) -> bool {
    let text = |name: Name| eval.program.names.text(name);
    match test {
        GuardTest::True => given.is_true(),
        GuardTest::False => !given.is_true(),
        GuardTest::Nothing => *given == Constant::Nothing,
        GuardTest::Something => *given != Constant::Nothing,
        GuardTest::Text(wanted) => matches!(given, Constant::Text(given) if **given == *text(wanted)),
        GuardTest::NotText(wanted) => !matches!(given, Constant::Text(given) if **given == *text(wanted)),
        GuardTest::StartsWith(prefix) => matches!(given, Constant::Text(given) if given.starts_with(&*text(prefix))),
        GuardTest::StartsOtherwise(prefix) => {
            !matches!(given, Constant::Text(given) if given.starts_with(&*text(prefix)))
        }
        // Asked of the argument's type, not of a constant.
        GuardTest::Is(_) | GuardTest::IsNot(_) => true,
    }
}

/// The value that a call passes for a parameter of a function of the project.
pub(super) fn argument(eval: &mut Eval, place: At, to: Func, has_receiver: bool, param: u32) -> Option<ValueId> {
    let kind = eval.program.unit(place.unit).value(place.value).kind;
    if !matches!(kind, ValueKind::Call { .. } | ValueKind::Method { .. }) {
        return None;
    }
    let receiver = has_receiver.then_some(Type::Unknown);
    let target = Target { callee: Callee::Project(to), receiver, given: 0 };
    match eval.bind_project(place, to, &target).get(param as usize) {
        Some(Bound::Value(value)) => Some(*value),
        _ => None,
    }
}

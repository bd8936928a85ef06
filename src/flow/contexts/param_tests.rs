//! Tests of a parameter under which something happens, and what a call's arguments say of them.

use crate::catalogue::Language;
use crate::flow::ids::{At, Func};
use crate::flow::naming::names::Name;
use crate::flow::relations::fields::{Kept, kept_constant};
use crate::flow::types::{Bound, Callee, Eval, Nominal, Target, Type};
use crate::flow::values::conditions::{self, Constant};
use crate::model::{ValueId, ValueKind};

/// A test of a parameter that holds where an event happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Guard {
    pub param: u32,
    /// The attribute of the parameter that is tested; none for the parameter itself.
    pub field: Name,
    pub test: GuardTest,
    /// What was passed is replaced before the test if this holds of that parameter.
    pub replaced_if: Option<(u32, GuardTest)>,
}

/// What a test asks of the value that was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GuardTest {
    True,
    False,
    /// False, but something.
    Denied,
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

impl Guard {
    /// Whether hardly any value passes.
    pub fn is_particular(&self) -> bool {
        self.test.is_particular()
    }
}

impl GuardTest {
    /// Whether no value passes both tests; said of one order only.
    fn excludes(self, other: GuardTest) -> bool {
        match (self, other) {
            (GuardTest::True, GuardTest::False | GuardTest::Denied | GuardTest::Nothing) => true,
            (
                GuardTest::Nothing,
                GuardTest::Denied | GuardTest::Something | GuardTest::Text(_) | GuardTest::StartsWith(_),
            ) => true,
            (GuardTest::Text(a), GuardTest::Text(b)) => a != b,
            (GuardTest::Text(a), GuardTest::NotText(b)) => a == b,
            (GuardTest::StartsWith(a), GuardTest::StartsOtherwise(b)) => a == b,
            (GuardTest::Is(a), GuardTest::IsNot(b)) => a == b,
            _ => false,
        }
    }

    /// Whether it excludes one value of many.
    fn is_weak(self) -> bool {
        matches!(self, GuardTest::NotText(_) | GuardTest::StartsOtherwise(_) | GuardTest::IsNot(_))
    }

    /// Whether hardly any value passes: a particular text, an explicit no.
    fn is_particular(self) -> bool {
        matches!(self, GuardTest::Text(_) | GuardTest::StartsWith(_) | GuardTest::Denied)
    }
}

/// What a call says of a condition on the callee's parameter.
pub(crate) enum Passed {
    /// It does not hold.
    RuledOut,
    /// It holds, or nothing is known of it.
    Open,
    /// It could hold, but what is known speaks against it.
    Unlikely,
    /// It holds if this holds of the caller's parameter.
    If(Guard),
}

/// Conditions that all hold; where there are more than fit, those that say most, then the innermost ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Guards([Option<Guard>; 3]);

impl Guards {
    /// Adds a condition, which is further in than those that are there. The outermost one gives way, of those that only
    /// exclude one value if there are such.
    pub fn add(&mut self, guard: Guard) {
        if self.0.contains(&Some(guard)) {
            return;
        }
        let is_full = self.0.iter().all(Option::is_some);
        let last = self.0.len() - 1;
        let weak = self.0.iter().rposition(|known| known.is_some_and(|known| known.test.is_weak()));
        match weak {
            _ if !is_full => {}
            Some(weak) => self.0[weak..].rotate_left(1),
            None if guard.test.is_weak() => return,
            None => {}
        }
        self.0[last] = Some(guard);
        self.0.rotate_right(1);
    }

    /// Whether a condition is one of them.
    pub fn has(&self, guard: Guard) -> bool {
        self.0.contains(&Some(guard))
    }

    /// Conditions of a call around those of its callee.
    pub fn around(self, inner: impl DoubleEndedIterator<Item = Guard>) -> Guards {
        inner.rev().fold(self, |mut all, guard| {
            all.add(guard);
            all
        })
    }

    /// Whether two of the conditions cannot hold of the same value.
    pub fn contradict(self) -> bool {
        let excludes = |a: &Guard, b: &Guard| {
            a.param == b.param
                && a.field == b.field
                && a.replaced_if.is_none()
                && b.replaced_if.is_none()
                && a.test.excludes(b.test)
        };
        self.iter().any(|a| self.iter().any(|b| excludes(&a, &b) || excludes(&b, &a)))
    }

    /// Whether nothing is asked.
    pub fn is_empty(self) -> bool {
        self.0[0].is_none()
    }

    /// The conditions, innermost first.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Guard> {
        self.0.into_iter().flatten()
    }
}

/// What a call's arguments say of a condition on the callee's parameter.
pub(crate) fn at_call(eval: &mut Eval, place: At, to: Func, has_receiver: bool, guard: Guard) -> Passed {
    let program = eval.program;
    let is_call = matches!(
        program.unit(place.unit).value(place.value).kind,
        crate::model::ValueKind::Call { .. } | crate::model::ValueKind::Method { .. }
    );
    if !is_call {
        return Passed::Open;
    }
    let receiver = has_receiver.then_some(Type::Unknown);
    let target = Target { callee: Callee::Project(to), receiver, given: 0 };
    let bound = eval.bind_project(place, to, &target);
    if let GuardTest::Is(nominal) | GuardTest::IsNot(nominal) = guard.test {
        let Some(Bound::Value(value)) = bound.get(guard.param as usize) else {
            return Passed::Open;
        };
        let ty = eval.value(At { unit: place.unit, value: *value });
        return match conditions::is_of(eval, &ty, nominal) {
            Some(is_of) if is_of != matches!(guard.test, GuardTest::Is(_)) => Passed::RuledOut,
            Some(_) => Passed::Open,
            None => match program.param_read(place.unit, *value) {
                Some(param) => Passed::If(Guard { param, ..guard }),
                None => Passed::Open,
            },
        };
    }
    let mut seen = guard;
    if let Some((param, test)) = guard.replaced_if {
        seen.replaced_if = match given(eval, place, to, &bound, param, Name::NONE) {
            Given::Constant(constant) if !holds(eval, &constant, test) => None,
            Given::Param(param) => Some((param, test)),
            Given::Unknown if guard.test.is_particular() => return Passed::Unlikely,
            _ => return Passed::Open,
        };
    }
    match given(eval, place, to, &bound, guard.param, guard.field) {
        Given::Param(param) => Passed::If(Guard { param, ..seen }),
        Given::Constant(constant) if !holds(eval, &constant, guard.test) => match seen.replaced_if {
            // Only what replaces it can still hold.
            Some((param, test)) => Passed::If(Guard { param, field: Name::NONE, test, replaced_if: None }),
            None => Passed::RuledOut,
        },
        Given::Made if guard.test == GuardTest::Nothing && seen.replaced_if.is_none() => Passed::RuledOut,
        Given::Made if matches!(guard.test, GuardTest::False | GuardTest::Denied) => Passed::Unlikely,
        Given::Kept(constant) if !holds(eval, &constant, guard.test) => Passed::Unlikely,
        Given::Unknown if seen.test.is_particular() => Passed::Unlikely,
        _ => Passed::Open,
    }
}

/// What a call passes for a parameter.
enum Given {
    Constant(Constant),
    /// An object whose attribute was this when it was made.
    Kept(Constant),
    /// The caller's own parameter, as it was passed.
    Param(u32),
    /// An object that is made on the spot.
    Made,
    Unknown,
}

fn given(eval: &mut Eval, place: At, to: Func, bound: &[Bound], param: u32, field: Name) -> Given {
    let program = eval.program;
    let constant = match bound.get(param as usize) {
        Some(Bound::Value(value)) => {
            let given = At { unit: place.unit, value: *value };
            if let Some(param) = program.param_read(place.unit, *value) {
                return Given::Param(param);
            }
            if !field.is_none() {
                return match kept_constant(eval, given, field) {
                    Some((constant, Kept::Since)) => Given::Kept(constant),
                    Some((constant, Kept::Now)) => Given::Constant(constant),
                    None => Given::Unknown,
                };
            }
            if is_made(eval, given) {
                return Given::Made;
            }
            conditions::constant(eval, given)
        }
        Some(Bound::Absent) if field.is_none() => {
            program.default_of_param(to, param).and_then(|default| conditions::constant(eval, default))
        }
        _ => None,
    };
    constant.map_or(Given::Unknown, Given::Constant)
}

/// `Client()`, `Some(x)`: whether a value is an object that a constructor makes there.
fn is_made(eval: &mut Eval, at: At) -> bool {
    let ValueKind::Call { callee, .. } = eval.program.unit(at.unit).value(at.value).kind else {
        return false;
    };
    let made_by = eval.value(At { unit: at.unit, value: callee });
    match made_by {
        Type::Class(..) => true,
        _ => is_named(eval, At { unit: at.unit, value: callee }, "Some"),
    }
}

/// Whether a value is a name of the Rust prelude.
fn is_named(eval: &Eval, at: At, wanted: &str) -> bool {
    let program = eval.program;
    let is_rust = program.language(at.unit.file) == Language::Rust;
    is_rust
        && matches!(program.unit(at.unit).value(at.value).kind,
            ValueKind::Name { name, .. } if program.file(at.unit.file).text(name) == wanted)
}

pub(crate) fn holds(eval: &Eval, given: &Constant, test: GuardTest) -> bool {
    let text = |name: Name| eval.program.names.text(name);
    match test {
        GuardTest::True => given.is_true(),
        GuardTest::False => !given.is_true(),
        GuardTest::Denied => !given.is_true() && *given != Constant::Nothing,
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
pub(crate) fn argument(eval: &mut Eval, place: At, to: Func, has_receiver: bool, param: u32) -> Option<ValueId> {
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

//! When a stretch of a function runs: off the loop, or only with certain arguments.

use super::conditions::{self, Constant};
use super::ids::{At, Func};
use super::summary::{Guard, GuardTest};
use super::types::{Callee, Eval};
use crate::catalogue::schema::AsksRuntime;
use crate::model::{ArmTest, BinaryOp, JumpKind, LocalId, LocalKind, RegionId, RegionKind, Unit, ValueId, ValueKind};

/// What is known of stretches of one function's order.
#[derive(Clone, Debug, Default)]
pub struct Contexts {
    stretches: Vec<Stretch>,
}

#[derive(Clone, Copy, Debug)]
struct Stretch {
    start: u32,
    end: u32,
    holds: Holds,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Holds {
    OffLoop,
    /// Never at run time: type checking.
    Never,
    Only(Guard),
}

impl Contexts {
    pub fn is_off_loop(&self, value: ValueId) -> bool {
        self.at(value).any(|holds| matches!(holds, Holds::OffLoop | Holds::Never))
    }

    /// The innermost condition on a parameter.
    pub fn guard(&self, value: ValueId) -> Option<Guard> {
        self.at(value).filter_map(|holds| if let Holds::Only(guard) = holds { Some(guard) } else { None }).last()
    }

    fn at(&self, value: ValueId) -> impl Iterator<Item = Holds> + '_ {
        self.stretches
            .iter()
            .filter(move |stretch| stretch.start <= value.0 && value.0 < stretch.end)
            .map(|stretch| stretch.holds)
    }
}

/// Reads the arms and handlers of a function.
pub(super) fn contexts(eval: &mut Eval, func: Func) -> Contexts {
    let program = eval.program;
    let unit = program.unit(func.unit_ref());
    let function = unit.function(func.id);
    let mut contexts = Contexts::default();
    for (at, region) in unit.regions.iter().enumerate() {
        let inside = function.start <= region.start && region.end <= function.end;
        if !inside || region.start == region.end {
            continue;
        }
        let mut add = |start: u32, end: u32, holds: Holds| contexts.stretches.push(Stretch { start, end, holds });
        match region.kind {
            RegionKind::Arm { test: ArmTest::Static } => {
                let name = program.file(func.file).facts.text(region.name);
                if name == "TYPE_CHECKING" {
                    add(region.start, region.end, Holds::Never);
                }
            }
            RegionKind::Arm { test: test @ (ArmTest::True | ArmTest::False) } if region.value.is_some() => {
                let condition = func.at(region.value);
                let holds = test == ArmTest::True;
                if let Some(found) = when(eval, condition, holds, 0) {
                    add(region.start, region.end, found);
                }
                // `if on_loop(): return …`: what follows runs where it does not hold.
                let branch = unit.region(region.parent);
                if always_jumps(unit, RegionId(at as u32))
                    && let Some(found) = when(eval, condition, !holds, 0)
                {
                    let around = unit.region(branch.parent);
                    add(branch.end, around.end, found);
                }
            }
            RegionKind::Arm { test: ArmTest::Pattern | ArmTest::GuardedPattern } => {
                let branch = unit.region(region.parent);
                if branch.value.is_none() {
                    continue;
                }
                let asks = asks_runtime(eval, func.at(branch.value));
                if asks.is_some_and(|asks| asks.none.as_deref() == Some("err")) {
                    let name = program.file(func.file).facts.text(region.name);
                    if name != "Ok" && (name == "Err" || region.start > branch.start) {
                        add(region.start, region.end, Holds::OffLoop);
                    }
                }
            }
            RegionKind::Handler => {
                let statement = region.parent;
                let body =
                    unit.regions.iter().find(|body| body.parent == statement && body.kind == RegionKind::TryBody);
                let asked = body.is_some_and(|body| {
                    (body.start..body.end).map(ValueId).any(|value| {
                        matches!(unit.value(value).kind, ValueKind::Call { .. } | ValueKind::Method { .. })
                            && asks_runtime(eval, func.at(value))
                                .is_some_and(|asks| asks.none.as_deref() == Some("raises"))
                    })
                });
                if asked {
                    add(region.start, region.end, Holds::OffLoop);
                }
            }
            _ => {}
        }
    }
    contexts
}

/// What follows from a condition having that outcome.
fn when(eval: &mut Eval, condition: At, outcome: bool, depth: u32) -> Option<Holds> {
    if depth > 6 {
        return None;
    }
    let program = eval.program;
    let unit = program.unit(condition.unit);
    let here = |value: ValueId| At { unit: condition.unit, value };
    match unit.value(condition.value).kind {
        ValueKind::Operation { op: BinaryOp::Not, left, .. } => when(eval, here(left), !outcome, depth + 1),
        ValueKind::Operation { op, left, right } if right.is_some() => {
            let equal = match op {
                BinaryOp::Equal | BinaryOp::Is => outcome,
                BinaryOp::NotEqual | BinaryOp::IsNot => !outcome,
                _ => return None,
            };
            for (side, other) in [(left, right), (right, left)] {
                let asks = asks_runtime(eval, here(side));
                if let Some(asks) = &asks {
                    if asks.thread_identity {
                        return (!equal).then_some(Holds::OffLoop);
                    }
                    if is_nothing(unit, other) {
                        return equal.then_some(Holds::OffLoop);
                    }
                }
                if let Some(found) = compared(eval, here(side), here(other), equal) {
                    return Some(found);
                }
            }
            None
        }
        ValueKind::Local { local, .. } => {
            if let Some(param) = own_param(unit, condition.value, local) {
                let test = if outcome { GuardTest::True } else { GuardTest::False };
                return Some(Holds::Only(Guard { param, test }));
            }
            if asks_runtime(eval, condition).is_some() {
                return (!outcome).then_some(Holds::OffLoop);
            }
            let from = only_write(unit, local)?;
            when(eval, here(from), outcome, depth + 1)
        }
        ValueKind::Call { .. } | ValueKind::Method { .. } => {
            if asks_runtime(eval, condition).is_some() {
                return None;
            }
            // A helper that gives the outcome of such a test.
            let found = eval.resolve(condition);
            let [target] = &found.targets[..] else {
                return None;
            };
            let Callee::Project(func) = target.callee else {
                return None;
            };
            let callee = program.unit(func.unit_ref());
            let function = callee.function(func.id);
            if function.end - function.start > 24 {
                return None;
            }
            let mut returned = (function.start..function.end).filter_map(|at| match callee.value(ValueId(at)).kind {
                ValueKind::Jump { kind: JumpKind::Return, value, .. } if value.is_some() => Some(value),
                _ => None,
            });
            match (returned.next(), returned.next()) {
                (Some(value), None) => {
                    when(eval, func.at(value), outcome, depth + 2).filter(|holds| *holds == Holds::OffLoop)
                }
                _ => None,
            }
        }
        // `a and b` holds only if both do; `a or b` fails only if both do.
        ValueKind::Choice { region } => {
            let arm =
                unit.regions.iter().find(|arm| arm.parent == region && matches!(arm.kind, RegionKind::Arm { .. }))?;
            let is_and = arm.kind == RegionKind::Arm { test: ArmTest::True };
            if is_and != outcome {
                return None;
            }
            let left = arm.value;
            let right = (arm.start..arm.end).map(ValueId).find(|value| {
                let used = unit.value(*value).used;
                used.kind == crate::model::UseKind::Choice && used.value() == condition.value
            });
            let left = if left.is_some() { when(eval, here(left), outcome, depth + 1) } else { None };
            match left {
                Some(Holds::OffLoop) => left,
                left => right.and_then(|right| when(eval, here(right), outcome, depth + 1)).or(left),
            }
        }
        _ => None,
    }
}

/// `param == constant`, `param is None`.
fn compared(eval: &mut Eval, side: At, other: At, equal: bool) -> Option<Holds> {
    let unit = eval.program.unit(side.unit);
    let ValueKind::Local { local, .. } = unit.value(side.value).kind else {
        return None;
    };
    let param = own_param(unit, side.value, local)?;
    let test = match (conditions::constant(eval, other)?, equal) {
        (Constant::Nothing, true) => GuardTest::Nothing,
        (Constant::Nothing, false) => GuardTest::Something,
        (Constant::Bool(true), equal) => {
            if equal {
                GuardTest::True
            } else {
                GuardTest::False
            }
        }
        (Constant::Bool(false), equal) => {
            if equal {
                GuardTest::False
            } else {
                GuardTest::True
            }
        }
        (Constant::Text(text), true) => GuardTest::Text(eval.program.names.intern(&text)),
        (Constant::Text(text), false) => GuardTest::NotText(eval.program.names.intern(&text)),
        _ => return None,
    };
    Some(Holds::Only(Guard { param, test }))
}

/// The number of a parameter of the function that reads it, if it is never written.
fn own_param(unit: &Unit, read: ValueId, local: LocalId) -> Option<u32> {
    let reader = unit.function_of(read);
    let record = unit.local(local);
    if record.kind != LocalKind::Param || record.owner != reader || only_write(unit, local).is_some() {
        return None;
    }
    let first = unit.function(reader).first_param;
    (!first.is_none() && local.0 >= first.0).then(|| local.0 - first.0)
}

fn only_write(unit: &Unit, local: LocalId) -> Option<ValueId> {
    let mut writes = unit.values.iter().filter_map(|value| match value.kind {
        ValueKind::Write { local: written, from, .. } if written == local => Some(from),
        _ => None,
    });
    match (writes.next(), writes.next()) {
        (Some(from), None) if from.is_some() => Some(from),
        _ => None,
    }
}

fn is_nothing(unit: &Unit, value: ValueId) -> bool {
    matches!(unit.value(value).kind, ValueKind::Const { kind: crate::model::ConstKind::Nothing, .. })
}

/// Whether a value is the answer of a call that asks for the runtime or the thread; also through a local, one of whose
/// writes is such a call.
fn asks_runtime(eval: &mut Eval, at: At) -> Option<AsksRuntime> {
    let program = eval.program;
    let unit = program.unit(at.unit);
    match unit.value(at.value).kind {
        ValueKind::Call { .. } | ValueKind::Method { .. } => {
            let found = eval.resolve(at);
            found.targets.iter().find_map(|target| match target.callee {
                Callee::Library(id) => program.catalogue.function(id).entry.effects.asks_runtime.clone(),
                _ => None,
            })
        }
        // `threading.current_thread().ident`
        ValueKind::Attr { of, .. } => {
            asks_runtime(eval, At { unit: at.unit, value: of }).filter(|asks| asks.thread_identity)
        }
        ValueKind::Local { local, .. } => {
            let writes: Vec<ValueId> = unit
                .values
                .iter()
                .filter_map(|value| match value.kind {
                    ValueKind::Write { local: written, from, count: 0, .. } if written == local && from.is_some() => {
                        Some(from)
                    }
                    _ => None,
                })
                .take(4)
                .collect();
            writes.into_iter().find_map(|from| match unit.value(from).kind {
                ValueKind::Call { .. } | ValueKind::Method { .. } => {
                    asks_runtime(eval, At { unit: at.unit, value: from })
                }
                _ => None,
            })
        }
        _ => None,
    }
}

/// Whether a region ends by leaving the function or the loop.
fn always_jumps(unit: &Unit, region: RegionId) -> bool {
    let record = unit.region(region);
    (record.start..record.end).any(|value| {
        let value = unit.value(ValueId(value));
        value.region == region && matches!(value.kind, ValueKind::Jump { kind, .. } if kind != JumpKind::Maybe)
    })
}

//! What the answer of a function or property says of where it is asked: that no loop runs there.
//!
//! Knows short functions that are written for that; a value that merely depends on the loop says nothing.

use crate::catalogue::Language;
use crate::flow::contexts::context::Holds;
use crate::flow::contexts::outcomes::{asks_runtime, when};
use crate::flow::contexts::param_tests::{GuardTest, holds};
use crate::flow::ids::{At, Func};
use crate::flow::types::{Eval, Member, Type};
use crate::flow::values::conditions;
use crate::model::{BinaryOp, JumpKind, RegionId, RegionKind, ValueId, ValueKind};
use crate::text::Sym;

const MAX_VALUES: u32 = 48;
const MAX_DEPTH: u32 = 8;

/// Whether a function gives an answer of that truth only where no loop runs.
///
/// ```python
/// try: return loop is asyncio.get_running_loop()
/// except RuntimeError: return False
/// ```
pub(crate) fn answers_off_loop(eval: &mut Eval, func: Func, outcome: bool, depth: u32) -> bool {
    let unit = eval.program.unit(func.unit_ref());
    let function = unit.function(func.id);
    if depth > MAX_DEPTH || function.is_async || function.end - function.start > MAX_VALUES {
        return false;
    }
    let test = if outcome { GuardTest::True } else { GuardTest::False };
    let returns = (function.start..function.end).map(ValueId).filter_map(|at| match unit.value(at).kind {
        ValueKind::Jump { kind: JumpKind::Return, value, .. } if unit.function_of(at) == func.id => Some((at, value)),
        _ => None,
    });
    let mut is_off = false;
    for (at, value) in returns {
        if value.is_none() {
            return false;
        }
        let value = func.at(value);
        if conditions::constant(eval, value).is_some_and(|constant| !holds(eval, &constant, test)) {
            continue;
        }
        let handlers: Vec<RegionId> =
            unit.regions_around(at).filter(|region| unit.region(*region).kind == RegionKind::Handler).collect();
        if handlers.into_iter().any(|handler| is_without_loop(eval, func, handler, depth))
            || when(eval, value, outcome, depth + 2).contains(&Holds::OffLoop)
        {
            is_off = true;
        } else if outcome || !compares_loop(eval, value) {
            return false;
        }
    }
    is_off
}

/// Whether a property gives an answer of that truth only where no loop runs.
pub(crate) fn property_answers_off_loop(
    eval: &mut Eval,
    at: At,
    of: ValueId,
    name: Sym,
    outcome: bool,
    depth: u32,
) -> bool {
    let program = eval.program;
    if depth > MAX_DEPTH || program.language(at.unit.file) != Language::Python {
        return false;
    }
    let base = eval.value(At { unit: at.unit, value: of });
    if !matches!(base, Type::Instance(..)) {
        return false;
    }
    let name = program.name(at.unit.file, name);
    let members = eval.members(&base, name);
    !members.is_empty()
        && members.into_iter().all(|member| match member {
            Member::Function(def, _) if program.decorations(def).is_property => {
                program.function_of_def(def).is_some_and(|func| answers_off_loop(eval, func, outcome, depth + 1))
            }
            _ => false,
        })
}

/// Whether a handler runs because the `try` asked for a loop and there is none.
pub(crate) fn is_asked_in_vain(eval: &mut Eval, func: Func, handler: RegionId) -> bool {
    let asks = |eval: &mut Eval, at: At| asks_runtime(eval, at).is_some_and(|it| it.none.as_deref() == Some("raises"));
    calls_tried(eval, func, handler).into_iter().any(|at| asks(eval, at))
}

/// The same, also through a function that answers no where there is no loop.
fn is_without_loop(eval: &mut Eval, func: Func, handler: RegionId, depth: u32) -> bool {
    is_asked_in_vain(eval, func, handler)
        || calls_tried(eval, func, handler)
            .into_iter()
            .any(|at| when(eval, at, false, depth + 2).contains(&Holds::OffLoop))
}

/// The calls in the body of a handler's `try`.
fn calls_tried(eval: &Eval, func: Func, handler: RegionId) -> Vec<At> {
    let unit = eval.program.unit(func.unit_ref());
    let statement = unit.region(handler).parent;
    let body = unit.regions.iter().find(|body| body.parent == statement && body.kind == RegionKind::TryBody);
    body.map_or(Vec::new(), |body| {
        (body.start..body.end)
            .map(ValueId)
            .filter(|at| matches!(unit.value(*at).kind, ValueKind::Call { .. } | ValueKind::Method { .. }))
            .map(|at| func.at(at))
            .collect()
    })
}

/// `loop is asyncio.get_running_loop()`
fn compares_loop(eval: &mut Eval, at: At) -> bool {
    let unit = eval.program.unit(at.unit);
    let ValueKind::Operation { op: BinaryOp::Is | BinaryOp::Equal, left, right } = unit.value(at.value).kind else {
        return false;
    };
    [left, right].into_iter().any(|side| {
        asks_runtime(eval, At { unit: at.unit, value: side }).is_some_and(|asks| asks.none.as_deref() == Some("raises"))
    })
}

//! What follows from a condition having an outcome: which thread runs there, and what was passed for a parameter.

use crate::catalogue::FunctionId;
use crate::catalogue::schema::AsksRuntime;
use crate::flow::contexts::context::Holds;
use crate::flow::contexts::loop_tests::{answers_off_loop, property_answers_off_loop};
use crate::flow::contexts::param_tests::{Guard, GuardTest, holds};
use crate::flow::contexts::sides::{Sides, sides};
use crate::flow::ids::{At, Func};
use crate::flow::naming::names::Name;
use crate::flow::relations::fields::default_constant;
use crate::flow::types::{Callee, Eval, Nominal, Resolution, Type};
use crate::flow::values::conditions::{self, Constant};
use crate::model::{ArmTest, BinaryOp, LocalId, LocalKind, RegionId, RegionKind, Unit, UseKind, ValueId, ValueKind};
use crate::text::Sym;

const MAX_DEPTH: u32 = 8;

/// What follows from a condition having that outcome.
pub(crate) fn when(eval: &mut Eval, condition: At, outcome: bool, depth: u32) -> Vec<Holds> {
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    let program = eval.program;
    let unit = program.unit(condition.unit);
    let here = |value: ValueId| At { unit: condition.unit, value };
    let one = |holds: Option<Holds>| holds.into_iter().collect::<Vec<_>>();
    match unit.value(condition.value).kind {
        ValueKind::Operation { op: BinaryOp::Not, left, .. } => when(eval, here(left), !outcome, depth + 1),
        ValueKind::Operation { op, left, right } if right.is_some() => {
            let equal = match op {
                BinaryOp::Equal | BinaryOp::Is => outcome,
                BinaryOp::NotEqual | BinaryOp::IsNot => !outcome,
                _ => return Vec::new(),
            };
            for (side, other) in [(left, right), (right, left)] {
                if let Some(asks) = asks_runtime(eval, here(side)) {
                    if asks.thread_identity {
                        return one((!equal).then_some(Holds::OffLoop));
                    }
                    if is_nothing(unit, other) {
                        return one(equal.then_some(Holds::OffLoop));
                    }
                }
                if let Some(test) = compared(eval, here(other), equal) {
                    return passes(eval, here(side), test, depth + 1);
                }
            }
            Vec::new()
        }
        ValueKind::Local { .. } | ValueKind::Attr { .. } => {
            let test = if outcome { GuardTest::True } else { GuardTest::False };
            passes(eval, condition, test, depth + 1)
        }
        ValueKind::Call { .. } | ValueKind::Method { .. } => called(eval, condition, outcome, depth),
        ValueKind::Choice { region } => choice(eval, condition, region, outcome, depth),
        _ => Vec::new(),
    }
}

/// `a and b` holds only if both do; `a or b` fails only if both do.
fn choice(eval: &mut Eval, condition: At, region: RegionId, outcome: bool, depth: u32) -> Vec<Holds> {
    let unit = eval.program.unit(condition.unit);
    let here = |value: ValueId| At { unit: condition.unit, value };
    let test = if outcome { GuardTest::True } else { GuardTest::False };
    let Some(Sides { is_and, left, right }) = sides(unit, condition.value, region) else {
        return one_side(eval, condition, region, test, depth);
    };
    if is_and != outcome {
        // `a or None` holds only if the left side does.
        let Some(right) = right else {
            return Vec::new();
        };
        if fails(eval, here(right), test) {
            return when(eval, here(left), outcome, depth + 1);
        }
        // One of two, each of which says that no loop runs: `if loop and loop.is_running(): … else: …`.
        let mut off_loop = when(eval, here(left), outcome, depth + 1);
        off_loop.retain(|holds| *holds == Holds::OffLoop);
        if !off_loop.is_empty() && !when(eval, here(right), outcome, depth + 1).contains(&Holds::OffLoop) {
            off_loop.clear();
        }
        return off_loop;
    }
    let mut found = when(eval, here(left), outcome, depth + 1);
    if let Some(right) = right {
        found.extend(when(eval, here(right), outcome, depth + 1));
    }
    found
}

/// What follows from a value passing a test.
pub(crate) fn passes(eval: &mut Eval, at: At, test: GuardTest, depth: u32) -> Vec<Holds> {
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    let unit = eval.program.unit(at.unit);
    match (unit.value(at.value).kind, test) {
        (ValueKind::Local { local, .. }, _) => {
            if let Some((param, replaced_if)) = own_param(eval, at, local) {
                return vec![Holds::Only(Guard { param, field: Name::NONE, test, replaced_if })];
            }
            if test == GuardTest::False
                && let Some(param) = replaced_on_loop(eval, at, local, depth)
            {
                return vec![Holds::Only(Guard {
                    param,
                    field: Name::NONE,
                    test: GuardTest::Denied,
                    replaced_if: None,
                })];
            }
            if matches!(test, GuardTest::True | GuardTest::False) && asks_runtime(eval, at).is_some() {
                return if test == GuardTest::False { vec![Holds::OffLoop] } else { Vec::new() };
            }
            stored(eval, at, local, test, depth)
        }
        (ValueKind::Attr { of, name }, GuardTest::True | GuardTest::False)
            if property_answers_off_loop(eval, at, of, name, test == GuardTest::True, depth + 1) =>
        {
            vec![Holds::OffLoop]
        }
        (ValueKind::Attr { of, name }, _) => of_field(eval, at, of, name, test, depth),
        (_, GuardTest::True) => when(eval, at, true, depth + 1),
        (_, GuardTest::False) => when(eval, at, false, depth + 1),
        (ValueKind::Choice { region }, _) => one_side(eval, at, region, test, depth),
        _ => Vec::new(),
    }
}

/// `a if c else b`, one of which cannot pass the test.
fn one_side(eval: &mut Eval, at: At, branch: RegionId, test: GuardTest, depth: u32) -> Vec<Holds> {
    let unit = eval.program.unit(at.unit);
    let here = |value: ValueId| At { unit: at.unit, value };
    if unit.region(branch).kind != (RegionKind::Branch { exhaustive: true }) {
        return Vec::new();
    }
    let mut found = None;
    for region in unit.regions.iter().filter(|region| region.parent == branch) {
        let RegionKind::Arm { test: arm @ (ArmTest::True | ArmTest::False) } = region.kind else {
            return Vec::new();
        };
        let value = (region.start..region.end).map(ValueId).find(|value| {
            let used = unit.value(*value).used;
            used.kind == UseKind::Choice && used.value() == at.value
        });
        let Some(value) = value else {
            return Vec::new();
        };
        if fails(eval, here(value), test) {
            continue;
        }
        if found.is_some() {
            return Vec::new();
        }
        found = Some((region.value, arm, value));
    }
    let Some((condition, arm, value)) = found else {
        return Vec::new();
    };
    let mut holds = when(eval, here(condition), arm == ArmTest::True, depth + 1);
    holds.extend(passes(eval, here(value), test, depth + 1));
    holds
}

/// Whether a value is a constant that does not pass a test.
fn fails(eval: &mut Eval, at: At, test: GuardTest) -> bool {
    conditions::constant(eval, at).is_some_and(|constant| !holds(eval, &constant, test))
}

/// A local that is written in several places: if what only one of them writes can pass the test, that one was run, and
/// so does what it was under.
fn stored(eval: &mut Eval, at: At, local: LocalId, test: GuardTest, depth: u32) -> Vec<Holds> {
    let unit = eval.program.unit(at.unit);
    let here = |value: ValueId| At { unit: at.unit, value };
    if unit.local(local).kind == LocalKind::Param || unit.local(local).owner != unit.function_of(at.value) {
        return Vec::new();
    }
    let mut passing = None;
    for write in writes_before(unit, at.value, local) {
        let ValueKind::Write { from, count, .. } = unit.value(write).kind else {
            return Vec::new();
        };
        let is_whole = count == 0 && from.is_some();
        if is_whole && fails(eval, here(from), test) {
            continue;
        }
        if passing.is_some() {
            return Vec::new();
        }
        passing = Some((write, from, is_whole));
    }
    let Some((write, from, is_whole)) = passing else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let around_read: Vec<RegionId> = unit.regions_around(at.value).collect();
    for region in unit.regions_around(write).take_while(|region| !around_read.contains(region)) {
        let region = unit.region(region);
        if let RegionKind::Arm { test: arm @ (ArmTest::True | ArmTest::False) } = region.kind
            && region.value.is_some()
        {
            found.extend(when(eval, here(region.value), arm == ArmTest::True, depth + 1));
        }
    }
    if is_whole {
        found.extend(passes(eval, here(from), test, depth + 1));
    }
    found
}

/// An attribute of a parameter: what this function wrote it with, or what the object was made with.
fn of_field(eval: &mut Eval, at: At, of: ValueId, name: Sym, test: GuardTest, depth: u32) -> Vec<Holds> {
    let program = eval.program;
    let unit = program.unit(at.unit);
    let here = |value: ValueId| At { unit: at.unit, value };
    let ValueKind::Local { local, .. } = unit.value(of).kind else {
        return Vec::new();
    };
    let Some((param, None)) = own_param(eval, here(of), local) else {
        return Vec::new();
    };
    let function = unit.function(unit.function_of(at.value));
    let mut writes = (function.start..function.end).map(ValueId).filter_map(|id| match unit.value(id).kind {
        ValueKind::WriteAttr { of, name: written, from } if written == name => {
            matches!(unit.value(of).kind, ValueKind::Local { local: of, .. } if of == local).then_some((id, from))
        }
        _ => None,
    });
    match (writes.next(), writes.next()) {
        (Some((write, from)), None) if write < at.value && from.is_some() => {
            let is_before = unit.regions_around(write).all(|region| {
                let is_part = matches!(
                    unit.region(region).kind,
                    RegionKind::Arm { .. } | RegionKind::Loop { .. } | RegionKind::Handler | RegionKind::TryBody
                );
                !is_part || unit.regions_around(at.value).any(|around| around == region)
            });
            if is_before { passes(eval, here(from), test, depth + 1) } else { Vec::new() }
        }
        (None, _) => {
            let Type::Instance(Nominal::Project(class), ..) = eval.value(here(of)) else {
                return Vec::new();
            };
            let field = program.name(at.unit.file, name);
            let default = default_constant(eval, class, field);
            let is_open = default.is_some_and(|default| !holds(eval, &default, test));
            let guard = Guard { param, field, test, replaced_if: None };
            if is_open { vec![Holds::Only(guard)] } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// What follows from a call that is a condition: a type test of a parameter, or a helper that compares threads.
fn called(eval: &mut Eval, condition: At, outcome: bool, depth: u32) -> Vec<Holds> {
    let program = eval.program;
    if let Some(asks) = asks_runtime(eval, condition) {
        // `loop.is_running()`
        let is_off = !outcome && asks.none.as_deref() == Some("false");
        return if is_off { vec![Holds::OffLoop] } else { Vec::new() };
    }
    let found = eval.resolve(condition);
    let [target] = &found.targets[..] else {
        return Vec::new();
    };
    let func = match target.callee {
        Callee::Project(func) => func,
        Callee::Library(id) if program.catalogue.function(id).entry.effects.narrows.is_some() => {
            return type_test(eval, condition, outcome).map(Holds::Only).into_iter().collect();
        }
        Callee::Library(id) if program.catalogue.function(id).entry.effects.tells_end == Some(outcome) => {
            return match program.unit(condition.unit).value(condition.value).kind {
                ValueKind::Method { of, .. } => vec![Holds::Ended(of)],
                _ => Vec::new(),
            };
        }
        Callee::Library(id) => {
            if let Some(is_there) = asks_presence(eval, id) {
                return present(eval, condition, outcome == is_there, depth);
            }
            return prefix_test(eval, condition, outcome).map(Holds::Only).into_iter().collect();
        }
        _ => return Vec::new(),
    };
    if answers_off_loop(eval, func, outcome, depth + 1) { vec![Holds::OffLoop] } else { Vec::new() }
}

/// Whether a method says that its receiver is there, or that it is not: `is_some`, `is_none`.
fn asks_presence(eval: &Eval, id: FunctionId) -> Option<bool> {
    match eval.program.catalogue.function(id).entry.effects.tests.as_deref()? {
        "something" => Some(true),
        "nothing" => Some(false),
        _ => None,
    }
}

/// `path.is_some()`, `Handle::try_current().is_err()`
fn present(eval: &mut Eval, condition: At, is_there: bool, depth: u32) -> Vec<Holds> {
    let ValueKind::Method { of, .. } = eval.program.unit(condition.unit).value(condition.value).kind else {
        return Vec::new();
    };
    let receiver = At { unit: condition.unit, value: of };
    if asks_runtime(eval, receiver).is_some() {
        return if is_there { Vec::new() } else { vec![Holds::OffLoop] };
    }
    passes(eval, receiver, if is_there { GuardTest::Something } else { GuardTest::Nothing }, depth + 1)
}

/// `param.startswith("prefix")`
fn prefix_test(eval: &mut Eval, condition: At, outcome: bool) -> Option<Guard> {
    let unit = eval.program.unit(condition.unit);
    let ValueKind::Method { of, .. } = unit.value(condition.value).kind else {
        return None;
    };
    let ValueKind::Local { local, .. } = unit.value(of).kind else {
        return None;
    };
    let test = text_test(eval, condition, outcome)?;
    let (param, replaced_if) = own_param(eval, At { unit: condition.unit, value: of }, local)?;
    Some(Guard { param, field: Name::NONE, test, replaced_if })
}

/// `isinstance(param, Class)`.
fn type_test(eval: &mut Eval, condition: At, outcome: bool) -> Option<Guard> {
    let unit = eval.program.unit(condition.unit);
    let args: Vec<ValueId> = eval.args(condition).iter().map(|arg| arg.value).collect();
    let [tested, class] = args[..] else {
        return None;
    };
    let ValueKind::Local { local, .. } = unit.value(tested).kind else {
        return None;
    };
    let (param, replaced_if) = own_param(eval, At { unit: condition.unit, value: tested }, local)?;
    let Type::Class(nominal, _) = eval.value(At { unit: condition.unit, value: class }) else {
        return None;
    };
    let test = if outcome { GuardTest::Is(nominal) } else { GuardTest::IsNot(nominal) };
    Some(Guard { param, field: Name::NONE, test, replaced_if })
}

/// What a comparison with a constant asks.
fn compared(eval: &mut Eval, other: At, equal: bool) -> Option<GuardTest> {
    Some(match (conditions::constant(eval, other)?, equal) {
        (Constant::Nothing, true) => GuardTest::Nothing,
        (Constant::Nothing, false) => GuardTest::Something,
        (Constant::Bool(value), equal) => {
            if value == equal {
                GuardTest::True
            } else {
                GuardTest::False
            }
        }
        (Constant::Text(text), true) => GuardTest::Text(eval.program.names.intern(&text)),
        (Constant::Text(text), false) => GuardTest::NotText(eval.program.names.intern(&text)),
        _ => return None,
    })
}

/// A parameter of the function that reads it: its number, and the test of a parameter under which alone it was replaced
/// before (`if x: x = resolve(x)`, `if options: x = options.x`); none if it is as it was passed.
fn own_param(eval: &mut Eval, at: At, local: LocalId) -> Option<(u32, Option<(u32, GuardTest)>)> {
    let unit = eval.program.unit(at.unit);
    let reader = unit.function_of(at.value);
    let record = unit.local(local);
    if record.kind != LocalKind::Param || record.owner != reader {
        return None;
    }
    let mut replaced = None;
    for write in writes_before(unit, at.value, local) {
        let test = unit.regions_around(write).find_map(|region| {
            let region = unit.region(region);
            let is_arm = region.kind == RegionKind::Arm { test: ArmTest::True } && region.value.is_some();
            if is_arm { replacing_test(eval, At { unit: at.unit, value: region.value }, local) } else { None }
        })?;
        if replaced.is_some_and(|known| known != test) {
            return None;
        }
        replaced = Some(test);
    }
    let first = unit.function(reader).first_param;
    (!first.is_none() && local.0 >= first.0).then(|| (local.0 - first.0, replaced))
}

/// A parameter that is replaced only where nothing was passed, by what is false only where no loop runs:
/// `if wait is None: wait = not on_loop()`.
fn replaced_on_loop(eval: &mut Eval, at: At, local: LocalId, depth: u32) -> Option<u32> {
    let unit = eval.program.unit(at.unit);
    let reader = unit.function_of(at.value);
    let record = unit.local(local);
    let first = unit.function(reader).first_param;
    if record.kind != LocalKind::Param || record.owner != reader || first.is_none() || local.0 < first.0 {
        return None;
    }
    let [write] = writes_before(unit, at.value, local)[..] else {
        return None;
    };
    let ValueKind::Write { from, count: 0, .. } = unit.value(write).kind else {
        return None;
    };
    let is_if_nothing = unit.regions_around(write).any(|region| {
        let region = unit.region(region);
        region.kind == RegionKind::Arm { test: ArmTest::True }
            && region.value.is_some()
            && matches!(
                unit.value(region.value).kind,
                ValueKind::Operation { op: BinaryOp::Is, left, right } if is_nothing(unit, right)
                    && matches!(unit.value(left).kind, ValueKind::Local { local: of, .. } if of == local)
            )
    });
    let is_off = is_if_nothing
        && from.is_some()
        && passes(eval, At { unit: at.unit, value: from }, GuardTest::False, depth + 1).contains(&Holds::OffLoop);
    is_off.then_some(local.0 - first.0)
}

/// What a condition that holds says of the local, or of another parameter, as it was passed.
fn replacing_test(eval: &mut Eval, condition: At, local: LocalId) -> Option<(u32, GuardTest)> {
    let unit = eval.program.unit(condition.unit);
    let here = |value: ValueId| At { unit: condition.unit, value };
    let number = |read: ValueId, of: LocalId| {
        let reader = unit.function_of(read);
        let record = unit.local(of);
        let is_passed = of == local || writes_before(unit, read, of).is_empty();
        let first = unit.function(reader).first_param;
        let is_param = record.kind == LocalKind::Param && record.owner == reader && is_passed;
        (is_param && !first.is_none() && of.0 >= first.0).then(|| of.0 - first.0)
    };
    match unit.value(condition.value).kind {
        ValueKind::Local { local: read, .. } => Some((number(condition.value, read)?, GuardTest::True)),
        ValueKind::Choice { region } => {
            let Sides { is_and, left, .. } = sides(unit, condition.value, region)?;
            if is_and { replacing_test(eval, here(left), local) } else { None }
        }
        ValueKind::Method { of, .. } => match unit.value(of).kind {
            ValueKind::Local { local: read, .. } => {
                let param = number(of, read)?;
                Some((param, text_test(eval, condition, true)?))
            }
            _ => None,
        },
        _ => None,
    }
}

/// `text.startswith("prefix")`
fn text_test(eval: &mut Eval, condition: At, outcome: bool) -> Option<GuardTest> {
    let found = eval.resolve(condition);
    let [target] = &found.targets[..] else {
        return None;
    };
    let Callee::Library(id) = target.callee else {
        return None;
    };
    if eval.program.catalogue.function(id).entry.effects.tests.as_deref() != Some("starts-with") {
        return None;
    }
    let prefix = eval.args(condition).first()?.value;
    match conditions::constant(eval, At { unit: condition.unit, value: prefix })? {
        Constant::Text(prefix) => {
            let prefix = eval.program.names.intern(&prefix);
            Some(if outcome { GuardTest::StartsWith(prefix) } else { GuardTest::StartsOtherwise(prefix) })
        }
        _ => None,
    }
}

/// The writes of a local that may have run before a read of it: those in front, and all of a loop around it.
fn writes_before(unit: &Unit, read: ValueId, local: LocalId) -> Vec<ValueId> {
    let is_loop = |region: &RegionId| matches!(unit.region(*region).kind, RegionKind::Loop { .. });
    let end = unit.regions_around(read).filter(is_loop).last().map_or(read.0, |region| unit.region(region).end);
    let is_write = |at: &ValueId| matches!(unit.value(*at).kind, ValueKind::Write { local: of, .. } if of == local);
    (0..end).map(ValueId).filter(is_write).collect()
}

pub(crate) fn is_nothing(unit: &Unit, value: ValueId) -> bool {
    matches!(unit.value(value).kind, ValueKind::Const { kind: crate::model::ConstKind::Nothing, .. })
}

/// Whether a value is the answer of a call that asks for the runtime or the thread; also through a local, one of whose
/// writes is such a call, and through a function that hands the answer on.
pub(crate) fn asks_runtime(eval: &mut Eval, at: At) -> Option<AsksRuntime> {
    let unit = eval.program.unit(at.unit);
    match unit.value(at.value).kind {
        ValueKind::Call { .. } | ValueKind::Method { .. } => {
            let found = eval.resolve(at);
            asked_by(eval, &found).or_else(|| {
                found.targets.iter().find_map(|target| match target.callee {
                    Callee::Project(func) => handed_on(eval, func),
                    _ => None,
                })
            })
        }
        // `threading.current_thread().ident`
        ValueKind::Attr { of, .. } => {
            asks_runtime(eval, At { unit: at.unit, value: of }).filter(|asks| asks.thread_identity)
        }
        ValueKind::Local { local, .. } => calls_written(unit, local)
            .into_iter()
            .find_map(|from| asks_runtime(eval, At { unit: at.unit, value: from })),
        _ => None,
    }
}

fn asked_by(eval: &Eval, found: &Resolution) -> Option<AsksRuntime> {
    found.targets.iter().find_map(|target| match target.callee {
        Callee::Library(id) => eval.program.catalogue.function(id).entry.effects.asks_runtime.clone(),
        _ => None,
    })
}

/// Calls whose results a local is written with.
fn calls_written(unit: &Unit, local: LocalId) -> Vec<ValueId> {
    const MAX_WRITES: usize = 4;
    unit.values
        .iter()
        .filter_map(|value| match value.kind {
            ValueKind::Write { local: written, from, count: 0, .. } if written == local && from.is_some() => Some(from),
            _ => None,
        })
        .take(MAX_WRITES)
        .filter(|from| matches!(unit.value(*from).kind, ValueKind::Call { .. } | ValueKind::Method { .. }))
        .collect()
}

/// The answer that a short function gives: that of a call that asks for the runtime, and nothing where there is none.
fn handed_on(eval: &mut Eval, func: Func) -> Option<AsksRuntime> {
    const MAX_VALUES: u32 = 32;
    let unit = eval.program.unit(func.unit_ref());
    let function = unit.function(func.id);
    if function.end - function.start > MAX_VALUES || function.is_async {
        return None;
    }
    let is_returned = |value: ValueId| unit.value(value).used.kind == UseKind::Returned;
    let mut answer = None;
    for at in (function.start..function.end).map(ValueId) {
        let value = unit.value(at);
        let is_given = match value.used.kind {
            UseKind::Returned => !matches!(value.kind, ValueKind::Choice { .. }),
            UseKind::Choice => is_returned(value.used.value()),
            _ => false,
        };
        if !is_given || is_nothing(unit, at) {
            continue;
        }
        let calls = match value.kind {
            ValueKind::Local { local, .. } => calls_written(unit, local),
            _ => vec![at],
        };
        let asked = calls.into_iter().find_map(|call| {
            let found = eval.resolve(func.at(call));
            asked_by(eval, &found)
        });
        answer = Some(asked.filter(|asked| !asked.thread_identity)?);
    }
    answer.map(|asked| AsksRuntime { none: None, ..asked })
}

//! What follows from a value matching a pattern, or from matching none of those in front.

use crate::flow::contexts::context::{Holds, Kept};
use crate::flow::contexts::outcomes::{asks_runtime, passes};
use crate::flow::contexts::param_tests::GuardTest;
use crate::flow::ids::Func;
use crate::flow::linking::places::same_place;
use crate::flow::types::Eval;
use crate::model::{ArmTest, BinaryOp, RegionId, RegionKind, ValueId, ValueKind};

/// What holds in an arm of a branch over patterns.
pub(crate) fn in_arm(eval: &mut Eval, func: Func, arm: RegionId) -> Vec<Holds> {
    let (matched, missed) = tests(eval, func, arm);
    let heads = matched.iter().map(|head| (head, true)).chain(missed.iter().map(|head| (head, false)));
    let mut found: Vec<Holds> = heads.flat_map(|(head, does)| matches(eval, func, arm, head, does)).collect();
    found.extend(replaced_variant(eval, func, arm).map(Holds::Once));
    found
}

/// What holds behind a branch one of whose arms always leaves it.
pub(crate) fn behind(eval: &mut Eval, func: Func, arm: RegionId) -> Vec<Holds> {
    let (matched, missed) = tests(eval, func, arm);
    match (&matched, &missed[..]) {
        (Some(head), _) => matches(eval, func, arm, head, false),
        (None, [head]) => matches(eval, func, arm, head, true),
        _ => Vec::new(),
    }
}

/// The head of an arm's pattern; the heads that were tried in vain, where it takes what is left.
fn tests(eval: &Eval, func: Func, arm: RegionId) -> (Option<String>, Vec<String>) {
    let unit = eval.program.unit(func.unit_ref());
    let file = eval.program.file(func.file);
    let own = unit.region(arm);
    if matches!(own.kind, RegionKind::Arm { test: ArmTest::Pattern | ArmTest::GuardedPattern }) && own.name.is_some() {
        return (Some(file.text(own.name).to_owned()), Vec::new());
    }
    let before = unit.regions.iter().filter(|region| {
        let is_unguarded = region.kind == RegionKind::Arm { test: ArmTest::Pattern };
        region.parent == own.parent && is_unguarded && region.name.is_some() && region.start <= own.start
    });
    (None, before.map(|region| file.text(region.name).to_owned()).collect())
}

/// What follows from the branch's value matching a pattern of that head, or not.
fn matches(eval: &mut Eval, func: Func, arm: RegionId, head: &str, does: bool) -> Vec<Holds> {
    let unit = eval.program.unit(func.unit_ref());
    let branch = unit.region(unit.region(arm).parent);
    if branch.value.is_none() {
        return Vec::new();
    }
    let scrutinee = func.at(branch.value);
    if let Some(none) = asks_runtime(eval, scrutinee).and_then(|asks| asks.none) {
        let is_there = match head {
            "Ok" | "Some" => does,
            "Err" | "None" => !does,
            _ => return Vec::new(),
        };
        let is_told = matches!(none.as_str(), "err" | "none");
        return if is_told && !is_there { vec![Holds::OffLoop] } else { Vec::new() };
    }
    let test = match (head, does) {
        ("Some", true) | ("None", false) => GuardTest::Something,
        ("None", true) | ("Some", false) => GuardTest::Nothing,
        ("true" | "True", true) | ("false" | "False", false) => GuardTest::True,
        ("true" | "True", false) | ("false" | "False", true) => GuardTest::False,
        _ => {
            let quotes = ['"', '\''];
            let text = head.strip_prefix(quotes).and_then(|text| text.strip_suffix(quotes));
            let Some(text) = text else {
                return Vec::new();
            };
            let text = eval.program.names.intern(text);
            if does { GuardTest::Text(text) } else { GuardTest::NotText(text) }
        }
    };
    passes(eval, scrutinee, test, 0)
}

/// `match self { Empty => *self = Full(make()), Full(it) => … }`: whether an arm puts another variant into the place that
/// is matched, and no other arm puts something there again.
fn replaced_variant(eval: &Eval, func: Func, arm: RegionId) -> Option<Kept> {
    let unit = eval.program.unit(func.unit_ref());
    let file = eval.program.file(func.file);
    let region = unit.region(arm);
    let branch = unit.region(region.parent);
    if region.name.is_none() {
        return None;
    }
    let mut place = branch.value;
    while let ValueKind::Operation { op: BinaryOp::Dereference, left, .. } = unit.value(place).kind {
        place = left;
    }
    let written = |at: ValueId| match (unit.value(at).kind, unit.value(place).kind) {
        (ValueKind::WriteItem { of, index, from }, _) if index.is_none() && same_place(unit, of, place) => Some(from),
        (ValueKind::WriteAttr { of, name, from }, ValueKind::Attr { of: asked_of, name: asked })
            if name == asked && same_place(unit, of, asked_of) =>
        {
            Some(from)
        }
        _ => None,
    };
    let writes: Vec<(u32, ValueId)> =
        (branch.start..branch.end).filter_map(|at| Some((at, written(ValueId(at))?))).collect();
    let is_another = |from: ValueId| {
        let ValueKind::Call { callee, .. } = unit.value(from).kind else {
            return false;
        };
        let ValueKind::Name { name, .. } = unit.value(callee).kind else {
            return false;
        };
        file.text(name).rsplit("::").next() != Some(file.text(region.name))
    };
    let is_here = |at: u32| region.start <= at && at < region.end;
    let is_replaced = !writes.is_empty() && writes.iter().all(|(at, from)| is_here(*at) && is_another(*from));
    is_replaced.then_some(Kept::Object)
}

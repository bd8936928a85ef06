//! When a stretch of a function runs: off the loop, or only with certain arguments.

use crate::flow::contexts::loop_tests::is_asked_in_vain;
use crate::flow::contexts::outcomes::{asks_runtime, is_nothing, passes, when};
use crate::flow::contexts::param_tests::{Guard, GuardTest, Guards};
use crate::flow::contexts::sides::{Sides, sides};
use crate::flow::ids::{At, Def, Func};
use crate::flow::linking::places::same_place;
use crate::flow::relations::single::is_single_instance;
use crate::flow::rules::Rule;
use crate::flow::types::{Callee, Eval, Target};
use crate::model::{ArmTest, BinaryOp, JumpKind, LocalKind, LoopKind, RegionId, RegionKind, Unit, ValueId, ValueKind};
use crate::text::Sym;

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
pub(crate) enum Holds {
    OffLoop,
    /// Never at run time: type checking.
    Never,
    Only(Guard),
    /// What is stored there is made only if it is not there yet.
    Once(Kept),
    /// What is read there has ended: a job, a thread.
    Ended(ValueId),
}

/// How long what a first use stores stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kept {
    /// As long as a cache keeps what belongs to a key.
    Key,
    /// As long as an object.
    Object,
    /// As long as the process.
    Process,
}

impl Contexts {
    pub fn is_off_loop(&self, value: ValueId) -> bool {
        self.at(value).any(|holds| matches!(holds, Holds::OffLoop | Holds::Never))
    }

    /// The innermost conditions on parameters.
    pub fn guards(&self, value: ValueId) -> Guards {
        let mut guards = Guards::default();
        for holds in self.at(value) {
            if let Holds::Only(guard) = holds {
                guards.add(guard);
            }
        }
        guards
    }

    /// Whether a value is evaluated only at the first use of something that is kept.
    pub fn once(&self, value: ValueId) -> Option<Kept> {
        self.at(value).filter_map(|holds| if let Holds::Once(kept) = holds { Some(kept) } else { None }).max()
    }

    /// What has ended where a value is evaluated.
    pub fn ended(&self, value: ValueId) -> impl Iterator<Item = ValueId> + '_ {
        self.at(value).filter_map(|holds| if let Holds::Ended(of) = holds { Some(of) } else { None })
    }

    /// What is known without a rule.
    pub fn without(&mut self, rule: Rule) {
        self.stretches.retain(|stretch| {
            !matches!(
                (stretch.holds, rule),
                (Holds::OffLoop, Rule::OffLoop)
                    | (Holds::Only(_), Rule::Constants)
                    | (Holds::Once(_), Rule::Once)
                    | (Holds::Ended(_), Rule::Arguments)
            )
        });
    }

    fn at(&self, value: ValueId) -> impl Iterator<Item = Holds> + '_ {
        self.stretches
            .iter()
            .filter(move |stretch| stretch.start <= value.0 && value.0 < stretch.end)
            .map(|stretch| stretch.holds)
    }
}

/// Reads the arms and handlers of a function.
pub(crate) fn contexts(eval: &mut Eval, func: Func) -> Contexts {
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
                for found in when(eval, condition, holds, 0) {
                    add(region.start, region.end, found);
                }
                if let Some(kept) = first_use(eval, func, condition, holds, region.start, region.end) {
                    add(region.start, region.end, Holds::Once(kept));
                }
                // `if on_loop(): return …`: what follows runs where it does not hold.
                let branch = unit.region(region.parent);
                if always_jumps(unit, RegionId(at as u32)) {
                    let around = unit.region(branch.parent);
                    for found in when(eval, condition, !holds, 0) {
                        add(branch.end, around.end, found);
                    }
                    if let Some(kept) = first_use(eval, func, condition, !holds, branch.end, around.end) {
                        add(branch.end, around.end, Holds::Once(kept));
                    }
                }
            }
            // The body runs where the condition holds; what follows runs where it does not, unless the loop is left.
            RegionKind::Loop { kind: LoopKind::While } if region.value.is_some() => {
                let condition = func.at(region.value);
                for found in when(eval, condition, true, 0) {
                    add(region.value.0 + 1, region.end, found);
                }
                let id = RegionId(at as u32);
                let is_left = (region.start..region.end).map(ValueId).any(|jump| {
                    matches!(unit.value(jump).kind, ValueKind::Jump { kind: JumpKind::Break, leaves, .. } if leaves == id)
                });
                if !is_left {
                    for found in when(eval, condition, false, 0) {
                        add(region.end, unit.region(region.parent).end, found);
                    }
                }
            }
            // The body runs if there is something to iterate over.
            RegionKind::Loop { kind: LoopKind::For | LoopKind::Comprehension | LoopKind::Lazy }
                if region.value.is_some() =>
            {
                for found in passes(eval, func.at(region.value), GuardTest::True, 0) {
                    add(region.start, region.end, found);
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
            RegionKind::Handler if is_asked_in_vain(eval, func, RegionId(at as u32)) => {
                add(region.start, region.end, Holds::OffLoop);
            }
            _ => {}
        }
    }
    contexts
}

/// `if x is None: x = make()`, `if key not in cache: cache[key] = make()`: whether the stretch stores what the
/// condition misses, and how long that is kept.
fn first_use(eval: &mut Eval, func: Func, condition: At, outcome: bool, start: u32, end: u32) -> Option<Kept> {
    let unit = eval.program.unit(condition.unit);
    let facts = &eval.program.file(func.file).facts;
    let mut asked = Vec::new();
    missing(unit, condition.value, outcome, &mut asked);
    let mut stores = |at: ValueId, asked: &Asked| match (*asked, unit.value(at).kind) {
        (Asked::Key { of, key }, ValueKind::Method { of: into, args, count, .. }) => {
            let mut given = unit.args(args, count).iter();
            let is_stored = count > 1 && same_place(unit, of, into) && given.any(|arg| same_key(unit, arg.value, key));
            is_stored.then_some(Kept::Key)
        }
        (Asked::Place(missing) | Asked::Key { of: missing, .. }, ValueKind::WriteItem { of, .. })
            if same_place(unit, of, missing) =>
        {
            match unit.value(of).kind {
                ValueKind::Name { .. } => Some(Kept::Process),
                ValueKind::Attr { .. } => Some(Kept::Object),
                _ => None,
            }
        }
        (Asked::Place(missing), kind) => match (kind, unit.value(missing).kind) {
            (ValueKind::WriteName { name, .. }, ValueKind::Name { name: asked, .. }) => {
                (name == asked).then_some(Kept::Process)
            }
            (ValueKind::WriteAttr { of, name, .. }, ValueKind::Attr { of: asked_of, name: asked }) => {
                let is_same = facts.text(name) == facts.text(asked) && same_place(unit, of, asked_of);
                is_same.then(|| if is_single_instance(eval.program, func, of) { Kept::Process } else { Kept::Object })
            }
            (ValueKind::Call { .. } | ValueKind::Method { .. }, asked) => stored_by(eval, func, at, asked),
            _ => None,
        },
        _ => None,
    };
    (start..end).map(ValueId).find_map(|at| asked.iter().find_map(|asked| stores(at, asked)))
}

/// `if not CONFIG: load()`, `if self.client is None: self.connect()`: whether the callee stores what is asked for.
fn stored_by(eval: &mut Eval, func: Func, call: ValueId, asked: ValueKind) -> Option<Kept> {
    let program = eval.program;
    let unit = program.unit(func.unit_ref());
    let found = eval.resolve(func.at(call));
    let [Target { callee: Callee::Project(callee), .. }] = found.targets[..] else {
        return None;
    };
    let is_written = |writes: &[At]| writes.iter().any(|write| write.unit == callee.unit_ref());
    match (asked, unit.value(call).kind) {
        (ValueKind::Name { name, .. }, _) if callee.file == func.file => {
            let is_kept = is_written(program.index.name_writes(func.file, program.name(func.file, name)))
                || is_filled(eval, callee, name);
            is_kept.then_some(Kept::Process)
        }
        (ValueKind::Attr { of, name }, ValueKind::Method { of: receiver, .. }) if same_place(unit, of, receiver) => {
            let class = program.definition(program.def_of(callee)?).parent;
            let class = Def { file: callee.file, id: class };
            let is_kept =
                class.id.is_some() && is_written(program.index.self_writes(class, program.name(func.file, name)));
            is_kept.then(|| if is_single_instance(program, func, of) { Kept::Process } else { Kept::Object })
        }
        _ => None,
    }
}

/// `CONFIG.update(…)`: whether a function puts something into what its module's name holds.
fn is_filled(eval: &mut Eval, func: Func, name: Sym) -> bool {
    let unit = eval.program.unit(func.unit_ref());
    let function = unit.function(func.id);
    (function.start..function.end).map(ValueId).any(|at| {
        let ValueKind::Method { of, .. } = unit.value(at).kind else {
            return false;
        };
        matches!(unit.value(of).kind, ValueKind::Name { name: of, .. } if of == name)
            && eval.resolve(func.at(at)).targets.iter().any(|target| match target.callee {
                Callee::Library(id) => !eval.program.catalogue.function(id).entry.effects.stores.is_empty(),
                _ => false,
            })
    })
}

/// What a condition says is not there, or not fit for use any more.
#[derive(Clone, Copy)]
enum Asked {
    Place(ValueId),
    /// `of.get(key)`
    Key {
        of: ValueId,
        key: ValueId,
    },
}

/// What a condition with that outcome says is not there yet: `x` of `x is None`, `not x`, `key not in x`,
/// `found = x.get(key)` and `not found`; or what it tells to be replaced: `self.x` of `self.x.is_closed`.
fn missing(unit: &Unit, condition: ValueId, outcome: bool, asked: &mut Vec<Asked>) {
    match unit.value(condition).kind {
        ValueKind::Operation { op: BinaryOp::Not, left, .. } => missing(unit, left, !outcome, asked),
        ValueKind::Operation { op: BinaryOp::Is, left, right } if outcome && is_nothing(unit, right) => {
            missing_value(unit, left, asked);
        }
        ValueKind::Operation { op: BinaryOp::IsNot, left, right } if !outcome && is_nothing(unit, right) => {
            missing_value(unit, left, asked);
        }
        ValueKind::Operation { op: BinaryOp::NotIn, right, .. } if outcome => asked.push(Asked::Place(right)),
        ValueKind::Operation { op: BinaryOp::In, right, .. } if !outcome => asked.push(Asked::Place(right)),
        ValueKind::Name { .. } | ValueKind::Attr { .. } | ValueKind::Local { .. } if !outcome => {
            missing_value(unit, condition, asked);
        }
        ValueKind::Attr { of, .. } => asked.push(Asked::Place(of)),
        ValueKind::Choice { region } => {
            let Some(Sides { is_and, left, right }) = sides(unit, condition, region) else {
                return;
            };
            let right = right.unwrap_or(left);
            // `key in cache and not refresh`: what a caller may ask for besides.
            if is_and == outcome || reads_param(unit, right) {
                missing(unit, left, outcome, asked);
            }
            if is_and == outcome || reads_param(unit, left) {
                missing(unit, right, outcome, asked);
            }
        }
        _ => {}
    }
}

fn same_key(unit: &Unit, a: ValueId, b: ValueId) -> bool {
    let is_const = matches!(unit.value(a).kind, ValueKind::Const { .. });
    same_place(unit, a, b) || is_const && unit.value(a).kind == unit.value(b).kind
}

fn missing_value(unit: &Unit, value: ValueId, asked: &mut Vec<Asked>) {
    asked.push(Asked::Place(value));
    let ValueKind::Local { local, .. } = unit.value(value).kind else {
        return;
    };
    let from = (0..value.0).rev().map(ValueId).find_map(|at| match unit.value(at).kind {
        ValueKind::Write { local: of, from, count: 0, .. } if of == local && from.is_some() => Some(from),
        _ => None,
    });
    let looked_up = from.map(|from| match unit.value(from).kind {
        ValueKind::Await { of } => unit.value(of).kind,
        kind => kind,
    });
    if let Some(ValueKind::Method { of, args, count, .. }) = looked_up
        && let Some(key) = unit.args(args, count).iter().next()
    {
        asked.push(Asked::Key { of, key: key.value });
    }
}

fn reads_param(unit: &Unit, value: ValueId) -> bool {
    match unit.value(value).kind {
        ValueKind::Operation { op: BinaryOp::Not, left, .. } => reads_param(unit, left),
        ValueKind::Local { local, .. } => unit.local(local).kind == LocalKind::Param,
        _ => false,
    }
}

/// Whether a region ends by leaving the function or the loop.
fn always_jumps(unit: &Unit, region: RegionId) -> bool {
    let record = unit.region(region);
    unit.jumps_of(region, record.start, record.end).any(|kind| kind != JumpKind::Maybe)
}

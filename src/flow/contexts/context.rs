//! When a stretch of a function runs: off the loop, or only with certain arguments.

use crate::flow::Program;
use crate::flow::contexts::loop_tests::is_asked_in_vain;
use crate::flow::contexts::outcomes::{is_nothing, passes, when};
use crate::flow::contexts::param_tests::{Guard, GuardTest, Guards};
use crate::flow::contexts::patterns;
use crate::flow::contexts::sides::{Sides, sides};
use crate::flow::ids::{At, Def, Func};
use crate::flow::linking::places::same_place;
use crate::flow::relations::single::is_single_instance;
use crate::flow::rules::Rule;
use crate::flow::types::{Callee, Eval, Target};
use crate::model::{
    ArmTest, BinaryOp, JumpKind, LocalKind, LoopKind, Region, RegionId, RegionKind, Unit, ValueId, ValueKind,
};
use crate::text::Sym;

/// What is known of stretches of one function's order; found out when it is first asked for.
#[derive(Clone, Debug)]
pub struct Contexts {
    func: Func,
    stretches: Vec<Stretch>,
    without: Option<Rule>,
}

#[derive(Clone, Debug)]
struct Stretch {
    start: u32,
    end: u32,
    says: Says,
    /// The arm, loop or handler that says so.
    by: RegionId,
    /// What follows, once it was asked for.
    holds: Option<Vec<Holds>>,
}

/// Why something may hold in a stretch.
#[derive(Clone, Copy, Debug)]
enum Says {
    /// Nothing under `if TYPE_CHECKING:` runs.
    Never,
    /// A condition has that outcome; what it misses may be stored there for the first time.
    Branch { condition: ValueId, outcome: bool },
    /// The same of a loop: its body stores nothing for the first time.
    Turn { condition: ValueId, outcome: bool },
    /// There is something to iterate over.
    NotEmpty(ValueId),
    /// A value came to that arm of patterns.
    Matches(RegionId),
    /// A value came past that arm of patterns.
    Passed(RegionId),
    /// A handler's region.
    Handler(RegionId),
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
    /// Reads the arms, loops and handlers of a function.
    pub fn of(program: &Program, func: Func) -> Contexts {
        let unit = program.unit(func.unit_ref());
        let function = unit.function(func.id);
        let mut contexts = Contexts { func, stretches: Vec::new(), without: program.assumptions.without };
        for (at, region) in unit.regions.iter().enumerate() {
            let inside = function.start <= region.start && region.end <= function.end;
            if inside && region.start < region.end {
                contexts.read(program, unit, RegionId(at as u32), region);
            }
        }
        contexts
    }

    fn read(&mut self, program: &Program, unit: &Unit, id: RegionId, region: &Region) {
        let mut add = |start: u32, end: u32, says: Says| {
            self.stretches.push(Stretch { start, end, says, by: id, holds: None });
        };
        let value = region.value;
        match region.kind {
            RegionKind::Arm { test: ArmTest::Static }
                if program.file(self.func.file).text(region.name) == "TYPE_CHECKING" =>
            {
                add(region.start, region.end, Says::Never);
            }
            RegionKind::Arm { test: test @ (ArmTest::True | ArmTest::False) } if value.is_some() => {
                let outcome = test == ArmTest::True;
                add(region.start, region.end, Says::Branch { condition: value, outcome });
                // `if on_loop(): return …`: what follows runs where it does not hold.
                let branch = unit.region(region.parent);
                if always_jumps(unit, id) {
                    let around = unit.region(branch.parent);
                    add(branch.end, around.end, Says::Branch { condition: value, outcome: !outcome });
                }
            }
            // The body runs where the condition holds; what follows runs where it does not, unless the loop is left.
            RegionKind::Loop { kind: LoopKind::While } if value.is_some() => {
                add(value.0 + 1, region.end, Says::Turn { condition: value, outcome: true });
                let is_left = (region.start..region.end).map(ValueId).any(|jump| {
                    matches!(unit.value(jump).kind, ValueKind::Jump { kind: JumpKind::Break, leaves, .. } if leaves == id)
                });
                if !is_left {
                    let around = unit.region(region.parent);
                    add(region.end, around.end, Says::Turn { condition: value, outcome: false });
                }
            }
            // The body runs if there is something to iterate over.
            RegionKind::Loop { kind: LoopKind::For | LoopKind::Comprehension | LoopKind::Lazy } if value.is_some() => {
                add(region.start, region.end, Says::NotEmpty(value));
            }
            RegionKind::Arm { test: test @ (ArmTest::Pattern | ArmTest::GuardedPattern | ArmTest::False) }
                if unit.region(region.parent).value.is_some() =>
            {
                add(region.start, region.end, Says::Matches(id));
                // `let Some(x) = y else { return … }`
                let branch = unit.region(region.parent);
                if test != ArmTest::GuardedPattern && always_jumps(unit, id) {
                    add(branch.end, unit.region(branch.parent).end, Says::Passed(id));
                }
            }
            RegionKind::Handler => add(region.start, region.end, Says::Handler(id)),
            _ => {}
        }
    }

    pub fn is_off_loop(&mut self, eval: &mut Eval, value: ValueId) -> bool {
        self.at(eval, value).iter().any(|holds| matches!(holds, Holds::OffLoop | Holds::Never))
    }

    /// The region that says that a value is evaluated off the loop, or never.
    pub fn off_loop_by(&mut self, eval: &mut Eval, value: ValueId) -> Option<RegionId> {
        self.at(eval, value);
        let mut around = self.stretches.iter().filter(|stretch| stretch.start <= value.0 && value.0 < stretch.end);
        let is_off = |holds: &Holds| matches!(holds, Holds::OffLoop | Holds::Never);
        around.find(|stretch| stretch.holds.iter().flatten().any(is_off)).map(|stretch| stretch.by)
    }

    /// The innermost conditions on parameters.
    pub fn guards(&mut self, eval: &mut Eval, value: ValueId) -> Guards {
        let mut guards = Guards::default();
        for holds in self.at(eval, value) {
            if let Holds::Only(guard) = holds {
                guards.add(guard);
            }
        }
        guards
    }

    /// Whether a value is evaluated only at the first use of something that is kept.
    pub fn once(&mut self, eval: &mut Eval, value: ValueId) -> Option<Kept> {
        let kept = |holds| if let Holds::Once(kept) = holds { Some(kept) } else { None };
        self.at(eval, value).into_iter().filter_map(kept).max()
    }

    /// What has ended where a value is evaluated.
    pub fn ended(&mut self, eval: &mut Eval, value: ValueId) -> Vec<ValueId> {
        let ended = |holds| if let Holds::Ended(of) = holds { Some(of) } else { None };
        self.at(eval, value).into_iter().filter_map(ended).collect()
    }

    /// All that is known where a value is evaluated, in the order of the stretches.
    fn at(&mut self, eval: &mut Eval, value: ValueId) -> Vec<Holds> {
        let mut found = Vec::new();
        for at in 0..self.stretches.len() {
            let Stretch { start, end, says, ref holds, .. } = self.stretches[at];
            if value.0 < start || end <= value.0 {
                continue;
            }
            if let Some(holds) = holds {
                found.extend_from_slice(holds);
                continue;
            }
            let mut holds = follows(eval, self.func, says, start, end);
            holds.retain(|holds| !self.is_left_out(holds));
            found.extend_from_slice(&holds);
            self.stretches[at].holds = Some(holds);
        }
        found
    }

    fn is_left_out(&self, holds: &Holds) -> bool {
        matches!(
            (holds, self.without),
            (Holds::OffLoop, Some(Rule::OffLoop))
                | (Holds::Only(_), Some(Rule::Constants))
                | (Holds::Once(_), Some(Rule::Once))
                | (Holds::Ended(_), Some(Rule::Arguments))
        )
    }
}

/// What follows for a stretch.
fn follows(eval: &mut Eval, func: Func, says: Says, start: u32, end: u32) -> Vec<Holds> {
    match says {
        Says::Never => vec![Holds::Never],
        Says::Branch { condition, outcome } => {
            let mut found = when(eval, func.at(condition), outcome, 0);
            found.extend(first_use(eval, func, func.at(condition), outcome, start, end).map(Holds::Once));
            found
        }
        Says::Turn { condition, outcome } => when(eval, func.at(condition), outcome, 0),
        Says::NotEmpty(iterated) => passes(eval, func.at(iterated), GuardTest::True, 0),
        Says::Matches(arm) => patterns::in_arm(eval, func, arm),
        Says::Passed(arm) => patterns::behind(eval, func, arm),
        Says::Handler(region) => {
            if is_asked_in_vain(eval, func, region) {
                vec![Holds::OffLoop]
            } else {
                Vec::new()
            }
        }
    }
}

/// `if x is None: x = make()`, `if key not in cache: cache[key] = make()`: whether the stretch stores what the
/// condition misses, and how long that is kept.
fn first_use(eval: &mut Eval, func: Func, condition: At, outcome: bool, start: u32, end: u32) -> Option<Kept> {
    let unit = eval.program.unit(condition.unit);
    let file = eval.program.file(func.file);
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
                let is_same = file.text(name) == file.text(asked) && same_place(unit, of, asked_of);
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
            let is_kept = is_written(program.name_writes(func.file, program.name(func.file, name)))
                || is_filled(eval, callee, name);
            is_kept.then_some(Kept::Process)
        }
        (ValueKind::Attr { of, name }, ValueKind::Method { of: receiver, .. }) if same_place(unit, of, receiver) => {
            let class = program.definition(program.def_of(callee)?).parent;
            let class = Def { file: callee.file, id: class };
            let is_kept = class.id.is_some() && is_written(program.self_writes(class, program.name(func.file, name)));
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

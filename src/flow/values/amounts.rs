//! Numbers that depend on nothing but the machine: constants, multiples of its cores, the smaller and larger of such,
//! through names, helpers, fields, defaults and arguments.
//!
//! An amount is what it comes to on machines of several sizes, so that every operation is one on numbers.

use crate::catalogue::Language;
use crate::flow::Program;
use crate::flow::contexts::sides::{Sides, sides};
use crate::flow::ids::{At, Def, Func, UnitRef};
use crate::flow::naming::scope::Entity;
use crate::flow::reach::runners::Runner;
use crate::flow::types::{Bound, Callee, Eval, Nominal, Target, Type};
use crate::model::{
    BinaryOp, ConstKind, DefId, DefKind, FnId, FunctionKind, JumpKind, LocalId, LocalKind, UnitId, UseKind, ValueId,
    ValueKind,
};

/// The machines on which amounts are known, by their cores.
pub const CORES: [f64; 8] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0];

/// A number on machines of several sizes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    on: [f64; CORES.len()],
    /// It is another one on some paths, or where an argument replaces a default.
    pub is_one_of_several: bool,
}

impl Amount {
    fn constant(value: f64) -> Amount {
        Amount { on: [value; CORES.len()], is_one_of_several: false }
    }

    fn cores() -> Amount {
        Amount { on: CORES, is_one_of_several: false }
    }

    fn uncertain(self) -> Amount {
        Amount { is_one_of_several: true, ..self }
    }

    fn with(self, other: Amount, apply: impl Fn(f64, f64) -> f64) -> Option<Amount> {
        let on: [f64; CORES.len()] = std::array::from_fn(|at| apply(self.on[at], other.on[at]));
        let is_one_of_several = self.is_one_of_several || other.is_one_of_several;
        on.iter().all(|value| value.is_finite()).then_some(Amount { on, is_one_of_several })
    }

    /// The number, if it is the same on all machines.
    pub fn as_constant(&self) -> Option<f64> {
        self.on.iter().all(|value| *value == self.on[0]).then_some(self.on[0])
    }

    /// How many for each core, if it is a multiple of the cores.
    pub fn per_core(&self) -> Option<f64> {
        let factor = self.on[0];
        let is_multiple = self.on.iter().zip(CORES).all(|(value, cores)| *value == factor * cores);
        (is_multiple && factor != 0.0).then_some(factor)
    }

    /// Machines, by their cores, and what it comes to on them.
    pub fn by_cores(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        CORES.into_iter().zip(self.on)
    }
}

/// A call through which a parameter gets its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    pub callee: Func,
    pub call: At,
    pub has_receiver: bool,
}

impl Frame {
    /// The frame of something that makes a function run.
    pub fn of(callee: Func, runner: &Runner) -> Frame {
        // A constructor is called as the class, without the object.
        let has_receiver = runner.has_receiver;
        Frame { callee, call: runner.from.at(runner.at), has_receiver }
    }
}

const MAX_DEPTH: u32 = 14;

/// What a value comes to, called through `frames`, innermost first; none where that is not known.
pub fn amount(eval: &mut Eval, at: At, frames: &[Frame]) -> Option<Amount> {
    Fold { eval, depth: 0 }.value(at, frames)
}

struct Fold<'e, 'p> {
    eval: &'e mut Eval<'p>,
    depth: u32,
}

impl Fold<'_, '_> {
    fn value(&mut self, at: At, frames: &[Frame]) -> Option<Amount> {
        if self.depth >= MAX_DEPTH || at.value.is_none() {
            return None;
        }
        self.depth += 1;
        let found = self.compute(at, frames);
        self.depth -= 1;
        found
    }

    fn compute(&mut self, at: At, frames: &[Frame]) -> Option<Amount> {
        let program = self.eval.program;
        let unit = program.unit(at.unit);
        let here = |value: ValueId| At { unit: at.unit, value };
        match unit.value(at.value).kind {
            ValueKind::Const { kind: ConstKind::Integer | ConstKind::Float | ConstKind::Text, text } => {
                program.file(at.unit.file).text(text).trim().parse().ok().map(Amount::constant)
            }
            ValueKind::Cast { of, .. } | ValueKind::Try { of } => self.value(here(of), frames),
            ValueKind::Name { name, .. } => {
                let text = program.file(at.unit.file).text(name);
                let (file, local) = self.named(at, text)?;
                let from = program.only_write(file, local)?;
                self.value(from, &[])
            }
            ValueKind::Attr { of, name } => self.attribute(here(of), name, frames),
            ValueKind::Local { local, .. } => self.local(at, local, frames),
            ValueKind::Operation { op, left, right } => {
                let left = self.value(here(left), frames)?;
                if right.is_none() {
                    return matches!(op, BinaryOp::Negate).then(|| left.with(left, |value, _| -value)).flatten();
                }
                let right = self.value(here(right), frames)?;
                let is_whole = program.language(at.unit.file) == Language::Rust;
                left.with(right, |left, right| match op {
                    BinaryOp::Add => left + right,
                    BinaryOp::Subtract => left - right,
                    BinaryOp::Multiply => left * right,
                    BinaryOp::Divide if is_whole => (left / right).trunc(),
                    BinaryOp::Divide => left / right,
                    BinaryOp::FloorDivide => (left / right).floor(),
                    BinaryOp::Power => left.powf(right),
                    BinaryOp::ShiftLeft => left * right.exp2(),
                    _ => f64::NAN,
                })
            }
            ValueKind::Choice { region } => self.choice(at, region, frames),
            ValueKind::Call { .. } | ValueKind::Method { .. } => self.call(at, frames),
            _ => None,
        }
    }

    /// The variable of a module that a name stands for.
    fn named(&mut self, at: At, text: &str) -> Option<(crate::text::FileId, LocalId)> {
        let program = self.eval.program;
        let entities = match program.language(at.unit.file) {
            Language::Python => {
                let module = program.modules.of_file(at.unit.file)?;
                program.in_module(module, program.names.intern(text))
            }
            Language::Rust => {
                let within = Def { file: at.unit.file, id: program.unit(at.unit).def.unwrap_or(DefId::NONE) };
                let first = text.split("::").next().unwrap_or(text);
                match program.item_in_function(within, program.names.intern(first)) {
                    Some(item) if first == text => vec![item],
                    _ => {
                        let module = program.module_around(within)?;
                        let (entities, rest) = program.rust_path_in(module, text);
                        if rest.is_empty() { entities } else { Vec::new() }
                    }
                }
            }
        };
        match *entities.first()? {
            Entity::Variable(file, local) if entities.len() == 1 => Some((file, local)),
            Entity::Def(def) if program.definition(def).kind == DefKind::Const => {
                let name = program.definition(def).name;
                let unit = program.module_unit(def.file);
                let local = unit.locals.iter().position(|local| local.name == name)?;
                Some((def.file, LocalId(local as u32)))
            }
            _ => None,
        }
    }

    /// `settings.WORKERS`, `Pool.SIZE`, `self.size`.
    fn attribute(&mut self, of: At, name: crate::text::Sym, frames: &[Frame]) -> Option<Amount> {
        let program = self.eval.program;
        let name = program.name(of.unit.file, name);
        match self.eval.value(of) {
            Type::Module(module) => match program.in_module(module, name)[..] {
                [Entity::Variable(file, local)] => {
                    let from = program.only_write(file, local)?;
                    self.value(from, &[])
                }
                _ => None,
            },
            Type::Class(Nominal::Project(class), _) => self.of_class(class, name),
            Type::Instance(Nominal::Project(class), ..) => {
                let mro = program.mro(class);
                let classes = mro.iter().filter_map(|nominal| match nominal {
                    Nominal::Project(def) => Some(*def),
                    _ => None,
                });
                for class in classes {
                    if let [write] = program.self_writes(class, name) {
                        let ValueKind::WriteAttr { from, .. } = program.unit(write.unit).value(write.value).kind else {
                            return None;
                        };
                        // What an object keeps was given to the constructor that ran.
                        let within = frames.iter().position(|frame| frame.callee.unit_ref() == write.unit);
                        let frames = within.map_or(&[][..], |at| &frames[at..]);
                        return self.value(At { unit: write.unit, value: from }, frames);
                    }
                    if let Some(found) = self.of_class(class, name) {
                        return Some(found.uncertain());
                    }
                }
                None
            }
            _ => None,
        }
    }

    fn of_class(&mut self, class: Def, name: crate::flow::naming::names::Name) -> Option<Amount> {
        let program = self.eval.program;
        let [(file, local)] = program.class_locals(class, name) else {
            return None;
        };
        let from = program.only_write(*file, *local)?;
        self.value(from, &[])
    }

    fn local(&mut self, at: At, local: LocalId, frames: &[Frame]) -> Option<Amount> {
        let unit = self.eval.program.unit(at.unit);
        let record = unit.local(local);
        let writes: Vec<(ValueId, u16)> = unit
            .values
            .iter()
            .filter_map(|value| match value.kind {
                ValueKind::Write { local: written, from, count, .. } if written == local => Some((from, count)),
                _ => None,
            })
            .collect();
        let written = match writes[..] {
            [] => None,
            [(from, 0)] => self.value(At { unit: at.unit, value: from }, frames),
            _ => return None,
        };
        if record.kind != LocalKind::Param {
            return written;
        }
        // `if size is None: size = 8`
        let given = if writes.is_empty() { self.param(at, local, frames) } else { None };
        given.or(written.map(Amount::uncertain))
    }

    fn param(&mut self, at: At, local: LocalId, frames: &[Frame]) -> Option<Amount> {
        let program = self.eval.program;
        let unit = program.unit(at.unit);
        let owner = unit.local(local).owner;
        let function = unit.function(owner);
        if function.kind == FunctionKind::Anonymous {
            return self.closure_param(at.unit, owner, frames);
        }
        let func = Func { file: at.unit.file, unit: at.unit.unit, id: owner };
        let n = local.0.checked_sub(function.first_param.0)? as usize;
        if let Some(at) = frames.iter().position(|frame| frame.callee == func) {
            let frame = frames[at];
            return match given(self.eval, &frame, n) {
                Bound::Value(value) => self.value(At { unit: frame.call.unit, value }, &frames[at + 1..]),
                Bound::Absent => self.default(func, n),
                Bound::Unknown => None,
            };
        }
        self.default(func, n).map(Amount::uncertain)
    }

    /// What a parameter is where nothing is given for it.
    fn default(&mut self, func: Func, n: usize) -> Option<Amount> {
        let program = self.eval.program;
        let (unit, value) = match program.def_of(func) {
            Some(def) => {
                let param = program.file(def.file).outline().params(def.id).get(n)?;
                (UnitRef { file: def.file, unit: UnitId::MODULE }, param.default)
            }
            None => {
                let unit = program.unit(func.unit_ref());
                (func.unit_ref(), unit.function(func.id).params.of(&unit.params).get(n)?.default)
            }
        };
        self.value(At { unit, value }, &[])
    }

    /// `cores.map(|n| n.get())`: what the closure is called with is in the receiver.
    fn closure_param(&mut self, unit: UnitRef, closure: FnId, frames: &[Frame]) -> Option<Amount> {
        let facts = self.eval.program.unit(unit);
        let made = facts.value(facts.function(closure).made).used;
        if made.kind != UseKind::Argument {
            return None;
        }
        match facts.value(made.value()).kind {
            ValueKind::Method { of, .. } => self.value(At { unit, value: of }, frames),
            _ => None,
        }
    }

    fn choice(&mut self, at: At, region: crate::model::RegionId, frames: &[Frame]) -> Option<Amount> {
        let unit = self.eval.program.unit(at.unit);
        let here = |value: ValueId| At { unit: at.unit, value };
        if let Some(Sides { is_and: false, left, right }) = sides(unit, at.value, region) {
            let first = self.value(here(left), frames);
            if first.is_some_and(|first| first.on[0] > 0.0) {
                return first;
            }
            return self.value(here(right?), frames).map(Amount::uncertain);
        }
        let run = unit.function(unit.function_of(at.value));
        let parts: Vec<ValueId> = (run.start..at.value.0)
            .map(ValueId)
            .filter(|part| {
                let used = unit.value(*part).used;
                used.kind == UseKind::Choice && used.value() == at.value
            })
            .collect();
        let mut largest: Option<Amount> = None;
        for part in parts {
            let Some(found) = self.value(here(part), frames) else {
                continue;
            };
            largest = match largest {
                Some(known) => known.with(found, f64::max),
                None => Some(found),
            };
        }
        largest.map(Amount::uncertain)
    }

    fn call(&mut self, at: At, frames: &[Frame]) -> Option<Amount> {
        let found = self.eval.resolve(at);
        let [target] = &found.targets[..] else {
            return None;
        };
        match target.callee {
            Callee::Library(id) => self.library(at, id, target, frames),
            Callee::Project(func) => {
                let frame = Frame { callee: func, call: at, has_receiver: target.receiver.is_some() };
                let mut inner = vec![frame];
                inner.extend_from_slice(frames);
                self.result(func, &inner)
            }
            Callee::Class(_) => None,
        }
    }

    /// What a function gives, if it gives it in one place.
    fn result(&mut self, func: Func, frames: &[Frame]) -> Option<Amount> {
        let unit = self.eval.program.unit(func.unit_ref());
        let function = unit.function(func.id);
        let mut returned = (function.start..function.end).filter_map(|at| match unit.value(ValueId(at)).kind {
            ValueKind::Jump { kind: JumpKind::Return, value, .. } if value.is_some() => Some(value),
            _ => None,
        });
        match (returned.next(), returned.next()) {
            (Some(value), None) => self.value(func.at(value), frames),
            _ => None,
        }
    }

    fn library(
        &mut self,
        at: At,
        id: crate::catalogue::FunctionId,
        target: &Target,
        frames: &[Frame],
    ) -> Option<Amount> {
        let program = self.eval.program;
        let unit = program.unit(at.unit);
        let here = |value: ValueId| At { unit: at.unit, value };
        let effects = &program.catalogue.function(id).entry.effects;
        let receiver = match unit.value(at.value).kind {
            ValueKind::Method { of, .. } if target.receiver.is_some() => Some(of),
            _ => None,
        };
        match effects.gives.as_deref() {
            Some("cores") => return Some(Amount::cores()),
            Some("self") => return self.value(here(receiver?), frames),
            Some("clamp") => {
                let mut bounds = self.eval.args(at).iter().map(|arg| arg.value);
                let (least, most) = (bounds.next()?, bounds.next()?);
                let given = self.value(here(receiver?), frames)?;
                let at_least = given.with(self.value(here(least), frames)?, f64::max)?;
                return at_least.with(self.value(here(most), frames)?, f64::min);
            }
            Some(how @ ("min" | "max")) => {
                let args = self.eval.args(at).iter().map(|arg| arg.value);
                let parts: Vec<ValueId> = receiver.into_iter().chain(args).collect();
                let mut all = parts.into_iter().map(|part| self.value(here(part), frames)).collect::<Vec<_>>();
                // Of what is not known, the smaller one is at most the one that is.
                let count = all.len();
                if how == "min" {
                    all.retain(Option::is_some);
                }
                let is_bound = all.len() < count;
                let mut all = all.into_iter();
                let first = all.next()??;
                let choose = if how == "min" { f64::min } else { f64::max };
                let found = all.try_fold(first, |known, next| known.with(next?, choose))?;
                return Some(if is_bound { found.uncertain() } else { found });
            }
            Some(param) => {
                return match self.eval.bound_argument(at, target, id, param) {
                    Bound::Value(value) => self.value(here(value), frames).map(|found| match param {
                        "default" => found.uncertain(),
                        _ => found,
                    }),
                    _ => None,
                };
            }
            None => {}
        }
        // `cores.map(|n| n.get())`, `cores.map_or(1, NonZero::get)`
        for runs in &effects.runs {
            let (Some(receiver), Some(param)) = (receiver, &runs.arg) else {
                continue;
            };
            if let Bound::Value(value) = self.eval.bound_argument(at, target, id, param)
                && effects.passes.iter().all(|passed| passed != "self")
            {
                return match unit.value(value).kind {
                    ValueKind::Function { function } => {
                        self.result(Func { file: at.unit.file, unit: at.unit.unit, id: function }, frames)
                    }
                    _ => self.value(here(receiver), frames),
                };
            }
        }
        let passes_self = effects.passes.iter().any(|passed| passed == "self");
        if passes_self { self.value(here(receiver?), frames) } else { None }
    }
}

/// What a frame's call gives for the callee's parameter.
pub fn given(eval: &mut Eval, frame: &Frame, n: usize) -> Bound {
    let is_call = matches!(
        eval.program.unit(frame.call.unit).value(frame.call.value).kind,
        ValueKind::Call { .. } | ValueKind::Method { .. }
    );
    if !is_call {
        return Bound::Unknown;
    }
    let receiver = frame.has_receiver.then_some(Type::Unknown);
    let target = Target { callee: Callee::Project(frame.callee), receiver, given: 0 };
    eval.bind_project(frame.call, frame.callee, &target).get(n).cloned().unwrap_or(Bound::Unknown)
}

impl Program {
    /// The parameter of its function that a value reads, by number; nothing was written to it.
    pub fn parameter_read(&self, at: At) -> Option<u32> {
        self.param_read(at.unit, at.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_multiple_of_the_cores_says_how_many_for_each() {
        let cores = Amount::cores();
        let doubled = cores.with(Amount::constant(2.0), |cores, factor| cores * factor).expect("is finite");
        assert_eq!(doubled.per_core(), Some(2.0));
        assert_eq!(doubled.as_constant(), None);
    }

    #[test]
    fn the_smaller_of_a_number_and_more_than_the_cores_depends_on_both() {
        let more = Amount::cores().with(Amount::constant(4.0), |cores, more| cores + more).expect("is finite");
        let smaller = more.with(Amount::constant(32.0), f64::min).expect("is finite");
        assert_eq!(smaller.as_constant(), None);
        assert_eq!(smaller.per_core(), None);
        assert_eq!(smaller.by_cores().map(|(_, size)| size).fold(0.0, f64::max), 32.0);
    }

    #[test]
    fn nothing_is_divided_by_zero() {
        let zero = Amount::constant(0.0);
        assert_eq!(Amount::cores().with(zero, |cores, zero| cores / zero), None);
    }

    #[test]
    fn what_is_one_of_several_stays_so() {
        let one = Amount::constant(4.0).uncertain();
        assert!(one.with(Amount::cores(), f64::max).expect("is finite").is_one_of_several);
    }
}

//! Constants, and tests of arguments: yes, no, or unknown.

use crate::catalogue::schema::Condition;
use crate::catalogue::{Default as DefaultValue, Language};
use crate::flow::Program;
use crate::flow::ids::{At, Def, UnitRef};
use crate::flow::naming::scope::Entity;
use crate::flow::types::{Bound, Callable, Callee, Eval, Nominal, Target, Type};
use crate::model::{
    BinaryOp, CollectionKind, ConstKind, DefFlags, JumpKind, LocalId, RegionKind, UnitId, ValueId, ValueKind,
};
use crate::text::FileId;

/// A value that is the same on every run.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    Nothing,
    Bool(bool),
    Number(f64),
    Text(String),
    /// A tuple, list, set or dictionary without elements.
    Empty,
}

impl Constant {
    /// Python's truth; `None` where it cannot be said.
    pub fn is_true(&self) -> bool {
        match self {
            Constant::Nothing | Constant::Empty => false,
            Constant::Bool(value) => *value,
            Constant::Number(value) => *value != 0.0,
            Constant::Text(value) => !value.is_empty(),
        }
    }
}

const MAX_DEPTH: u32 = 8;
/// Bytes of an empty literal.
const MAX_EMPTY: u32 = 3;

/// The constant that a value is, through names of constants and simple arithmetic.
pub fn constant(eval: &mut Eval, at: At) -> Option<Constant> {
    constant_at(eval, at, 0)
}

fn constant_at(eval: &mut Eval, at: At, depth: u32) -> Option<Constant> {
    if depth > MAX_DEPTH || at.value.is_none() {
        return None;
    }
    let program = eval.program;
    let unit = program.unit(at.unit);
    let here = |value: ValueId| At { unit: at.unit, value };
    match unit.value(at.value).kind {
        ValueKind::Const { kind, text } => {
            let text = program.file(at.unit.file).text(text);
            match kind {
                ConstKind::Nothing => Some(Constant::Nothing),
                ConstKind::True => Some(Constant::Bool(true)),
                ConstKind::False => Some(Constant::Bool(false)),
                ConstKind::Integer | ConstKind::Float => text.parse().ok().map(Constant::Number),
                ConstKind::Text | ConstKind::Bytes => Some(Constant::Text(text.to_owned())),
                ConstKind::Ellipsis => None,
            }
        }
        // What a name holds may have been filled since, unless it is a tuple. A long literal without elements here has
        // constants for elements.
        ValueKind::Collection { kind, count: 0, .. } => {
            let is_kept = depth == 0 || kind == CollectionKind::Tuple;
            (is_kept && unit.value(at.value).span.len() <= MAX_EMPTY).then_some(Constant::Empty)
        }
        ValueKind::Name { name, .. } => {
            if program.language(at.unit.file) == Language::Rust && program.file(at.unit.file).text(name) == "None" {
                return Some(Constant::Nothing);
            }
            let module = program.modules.of_file(at.unit.file)?;
            let entities = program.in_module(module, program.name(at.unit.file, name));
            let [Entity::Variable(file, local)] = entities[..] else {
                return None;
            };
            let from = program.only_write(file, local)?;
            constant_at(eval, from, depth + 1)
        }
        ValueKind::Local { local, .. } => {
            // Only a local that is written once.
            let mut writes = unit.values.iter().filter_map(|value| match value.kind {
                ValueKind::Write { local: written, from, count, .. } if written == local => Some((from, count)),
                _ => None,
            });
            if unit.local(local).kind == crate::model::LocalKind::Param {
                return None;
            }
            match (writes.next(), writes.next()) {
                (Some((from, 0)), None) => constant_at(eval, here(from), depth + 1),
                _ => None,
            }
        }
        ValueKind::Operation { op, left, right } => {
            let left = constant_at(eval, here(left), depth + 1)?;
            if op == BinaryOp::Negate {
                return match left {
                    Constant::Number(value) => Some(Constant::Number(-value)),
                    _ => None,
                };
            }
            if op == BinaryOp::Not {
                return Some(Constant::Bool(!left.is_true()));
            }
            if right.is_none() {
                return None;
            }
            let right = constant_at(eval, here(right), depth + 1)?;
            let (Constant::Number(left), Constant::Number(right)) = (left, right) else {
                return None;
            };
            let result = match op {
                BinaryOp::Add => left + right,
                BinaryOp::Subtract => left - right,
                BinaryOp::Multiply => left * right,
                BinaryOp::Divide if right != 0.0 => left / right,
                BinaryOp::FloorDivide if right != 0.0 => (left / right).floor(),
                BinaryOp::Power => left.powf(right),
                BinaryOp::BitOr => ((left as i64) | (right as i64)) as f64,
                BinaryOp::ShiftLeft if (0.0..63.0).contains(&right) => ((left as i64) << right as u32) as f64,
                _ => return None,
            };
            Some(Constant::Number(result))
        }
        ValueKind::Cast { of, .. } => constant_at(eval, here(of), depth + 1),
        ValueKind::Call { .. } | ValueKind::Method { .. } => called_constant(eval, at, depth),
        _ => None,
    }
}

/// `cast(bool, True)`, and a call of a function that gives the same constant whatever it is called with.
fn called_constant(eval: &mut Eval, at: At, depth: u32) -> Option<Constant> {
    let program = eval.program;
    let found = eval.resolve(at);
    let [target] = &found.targets[..] else {
        return None;
    };
    match target.callee {
        Callee::Library(id) => {
            // What only may come back, as the default of a look-up, is no constant: a cast gives back what it was given.
            let effects = &program.catalogue.function(id).entry.effects;
            let narrowed = &effects.narrows.as_ref()?.arg;
            let passed = effects.passes.iter().find(|passed| *passed == narrowed)?;
            let Bound::Value(value) = eval.bound_argument(at, target, id, passed) else {
                return None;
            };
            constant_at(eval, At { unit: at.unit, value }, depth + 1)
        }
        Callee::Project(func) if !found.is_open && !program.function(func).is_async => {
            let def = program.def_of(func)?;
            let owner = Def { file: def.file, id: program.definition(def).parent };
            let may_be_another = owner.id.is_some() && !program.subclasses(owner).is_empty();
            let decorations = program.decorations(def);
            let is_replaced = decorations.wrapper.is_some() || decorations.unresolved > 0;
            if may_be_another || is_replaced || program.definition(def).flags.has(DefFlags::GENERATOR) {
                return None;
            }
            let unit = program.unit(func.unit_ref());
            let function = unit.function(func.id);
            let own = (function.start..function.end).map(ValueId);
            let mut jumps = own.filter_map(|value| match unit.value(value).kind {
                ValueKind::Jump { kind, value: given, .. } => Some((value, kind, given)),
                _ => None,
            });
            let (Some((jump, JumpKind::Return, given)), None) = (jumps.next(), jumps.next()) else {
                return None;
            };
            let is_always = unit.regions_around(jump).all(|region| unit.region(region).kind == RegionKind::Body);
            let is_constant = given.is_some() && matches!(unit.value(given).kind, ValueKind::Const { .. });
            if is_always && is_constant { constant_at(eval, func.at(given), depth + 1) } else { None }
        }
        _ => None,
    }
}

impl Program {
    /// What a module's variable is written with, if it is written once and whole.
    pub(crate) fn only_write(&self, file: FileId, local: LocalId) -> Option<At> {
        let unit = UnitRef { file, unit: UnitId::MODULE };
        let mut writes = self.unit(unit).values.iter().filter_map(|value| match value.kind {
            ValueKind::Write { local: written, from, count: 0, .. } if written == local => Some(from),
            _ => None,
        });
        match (writes.next(), writes.next()) {
            (Some(value), None) => Some(At { unit, value }),
            _ => None,
        }
    }
}

/// Whether all conditions hold for a call; `None` where it is unknown.
pub fn all_hold(eval: &mut Eval, at: At, target: &Target, conditions: &[Condition]) -> Option<bool> {
    let mut all = Some(true);
    for condition in conditions {
        match holds(eval, at, target, condition) {
            Some(false) => return Some(false),
            None => all = None,
            Some(true) => {}
        }
    }
    all
}

/// Whether one condition holds for a call.
pub fn holds(eval: &mut Eval, at: At, target: &Target, condition: &Condition) -> Option<bool> {
    if let Some(variant) = &condition.variant {
        let Some(Type::Instance(_, _, carried)) = &target.receiver else {
            return None;
        };
        return Some(*eval.program.names.text(*carried) == **variant);
    }
    if condition.arg == "self" {
        let wanted = condition.ty.as_ref()?;
        return target.receiver.as_ref().and_then(|ty| is_named(eval, ty, wanted));
    }
    let Callee::Library(id) = target.callee else {
        return None;
    };
    let bound = eval.bound_argument(at, target, id, &condition.arg);
    if let Some(wanted) = condition.absent {
        return match bound {
            Bound::Unknown => None,
            Bound::Absent => Some(wanted),
            Bound::Value(_) => Some(!wanted),
        };
    }
    if let Some(wanted) = condition.present {
        return match bound {
            Bound::Unknown => None,
            Bound::Absent => Some(!wanted),
            Bound::Value(_) => Some(wanted),
        };
    }
    if let Some(wanted) = &condition.ty {
        return match bound {
            Bound::Value(value) => {
                let ty = eval.value(At { unit: at.unit, value });
                is_named(eval, &ty, wanted)
            }
            Bound::Absent => Some(false),
            Bound::Unknown => None,
        };
    }
    // `is = "socket.SOCK_DGRAM"`: a constant of a library, by its path.
    if let (Bound::Value(value), Some(toml::Value::String(wanted))) = (&bound, &condition.is) {
        let paths = eval.library_paths(At { unit: at.unit, value: *value });
        if !paths.is_empty() {
            return Some(paths.into_iter().any(|path| *eval.program.names.text(path) == **wanted));
        }
    }
    let given = match bound {
        Bound::Value(value) => constant(eval, At { unit: at.unit, value })?,
        Bound::Absent => match eval.default_of(id, &condition.arg) {
            DefaultValue::Nothing => Constant::Nothing,
            DefaultValue::Bool(value) => Constant::Bool(value),
            DefaultValue::Number(value) => Constant::Number(value),
            DefaultValue::Text(value) => Constant::Text(value),
            DefaultValue::Required | DefaultValue::Other => return None,
        },
        Bound::Unknown => return None,
    };
    if let Some(wanted) = &condition.is {
        return Some(equals(&given, wanted));
    }
    if let Some(wanted) = &condition.is_not {
        return Some(!equals(&given, wanted));
    }
    match (&given, condition) {
        (Constant::Number(value), Condition { zero: Some(wanted), .. }) => Some((*value == 0.0) == *wanted),
        (Constant::Number(value), Condition { at_most: Some(bound), .. }) => Some(value <= bound),
        (Constant::Number(value), Condition { at_least: Some(bound), .. }) => Some(value >= bound),
        (Constant::Text(text), Condition { starts_with: Some(start), .. }) => Some(text.starts_with(start)),
        (Constant::Text(text), Condition { contains: Some(part), .. }) => Some(text.contains(part)),
        (Constant::Nothing, Condition { at_most: Some(_), .. } | Condition { at_least: Some(_), .. }) => Some(false),
        _ => None,
    }
}

/// Whether a value of the type is of the named type; unknown for a type that is not known.
fn is_named(eval: &mut Eval, ty: &Type, wanted: &str) -> Option<bool> {
    match ty {
        Type::Instance(Nominal::Library(id), ..) => {
            if eval.program.catalogue.ty(*id).path == wanted {
                return Some(true);
            }
            let bases = eval.program.library_bases(*id);
            let found = bases.iter().any(|base| is_named(eval, base, wanted) == Some(true));
            Some(found)
        }
        Type::Instance(Nominal::Project(def), ..) => {
            let mro = eval.program.mro(*def);
            let found = mro.iter().any(|nominal| match nominal {
                Nominal::Library(id) => eval.program.catalogue.ty(*id).path == wanted,
                _ => false,
            });
            Some(found)
        }
        Type::Instance(Nominal::Path(path), ..) => (*eval.program.names.text(*path) == *wanted).then_some(true),
        Type::Nothing => Some(false),
        Type::Function(Callable::Project(_)) => Some(false),
        _ => None,
    }
}

/// Whether a value of the type is of another type; unknown for a type that is not known.
pub fn is_of(eval: &mut Eval, ty: &Type, wanted: Nominal) -> Option<bool> {
    match ty {
        Type::Nothing => Some(false),
        Type::Instance(Nominal::Project(def), ..) => {
            if eval.program.mro(*def).contains(&wanted) {
                return Some(true);
            }
            // A value that is declared as of a base may be of the class that is asked for.
            let may_be = matches!(wanted, Nominal::Project(wanted)
                if eval.program.mro(wanted).contains(&Nominal::Project(*def)));
            if may_be || eval.program.has_unknown_base(*def) { None } else { Some(false) }
        }
        Type::Union(parts) => {
            let answers: Vec<Option<bool>> = parts.iter().map(|part| is_of(eval, part, wanted)).collect();
            let first = answers.first().copied().flatten()?;
            answers.iter().all(|answer| *answer == Some(first)).then_some(first)
        }
        Type::Instance(Nominal::Library(id), ..) => match wanted {
            Nominal::Library(wanted) => {
                let path = eval.program.catalogue.ty(wanted).path.clone();
                if *id == wanted { Some(true) } else { is_named(eval, ty, &path) }
            }
            _ => Some(false),
        },
        _ => None,
    }
}

fn equals(given: &Constant, wanted: &toml::Value) -> bool {
    match (given, wanted) {
        (Constant::Bool(given), toml::Value::Boolean(wanted)) => given == wanted,
        (Constant::Number(given), toml::Value::Integer(wanted)) => *given == *wanted as f64,
        (Constant::Number(given), toml::Value::Float(wanted)) => given == wanted,
        (Constant::Number(given), toml::Value::Boolean(wanted)) => (*given != 0.0) == *wanted,
        (Constant::Text(given), toml::Value::String(wanted)) => given == wanted,
        (Constant::Nothing, toml::Value::String(wanted)) => wanted == "None",
        _ => false,
    }
}

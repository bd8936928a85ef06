//! What an attribute of an object holds since the object was made: the default of a constructor's parameter that its
//! call left out, or the default in the class.

use crate::flow::Program;
use crate::flow::ids::{At, Def, Func, UnitRef};
use crate::flow::naming::names::Name;
use crate::flow::types::{Bound, Callee, Eval, Nominal, Target, Type};
use crate::flow::values::conditions::{self, Constant};
use crate::model::{LocalKind, ParamKind, RegionKind, UnitId, ValueId, ValueKind};

/// Since when an object is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It is made where it is passed.
    Now,
    /// It was made before: the attribute may have been written since.
    Since,
}

const MAX_DEPTH: u32 = 4;

/// The constant that an attribute of a value held when the value's object was made.
pub(crate) fn kept_constant(eval: &mut Eval, at: At, field: Name) -> Option<(Constant, Kept)> {
    let call = construction(eval, at, 0)?;
    let kept = if call == at { Kept::Now } else { Kept::Since };
    let program = eval.program;
    let class = constructed(eval, call)?;
    let constant = match initial(program, class, field)? {
        Initial::Default(default) => {
            let args = eval.args(call);
            let given = args.iter().find(|arg| program.name(call.unit.file, arg.name) == field);
            match given {
                Some(arg) => conditions::constant(eval, At { unit: call.unit, value: arg.value }),
                None if args.iter().all(|arg| arg.kind == crate::model::ArgKind::Keyword) => {
                    conditions::constant(eval, default)
                }
                None => None,
            }
        }
        Initial::Param(init, param) => {
            let target = Target { callee: Callee::Project(init), receiver: Some(Type::Unknown), given: 0 };
            match eval.bind_project(call, init, &target).get(param as usize) {
                Some(Bound::Value(value)) => conditions::constant(eval, At { unit: call.unit, value: *value }),
                Some(Bound::Absent) => conditions::constant(eval, program.default_of_param(init, param)?),
                _ => None,
            }
        }
        Initial::Value(value) => conditions::constant(eval, value).filter(|constant| *constant != Constant::Empty),
    };
    constant.filter(|constant| *constant != Constant::Empty || kept == Kept::Now).map(|constant| (constant, kept))
}

fn constructed(eval: &mut Eval, call: At) -> Option<Def> {
    let ValueKind::Call { callee, .. } = eval.program.unit(call.unit).value(call.value).kind else {
        return None;
    };
    match eval.value(At { unit: call.unit, value: callee }) {
        Type::Class(Nominal::Project(class), _) => Some(class),
        _ => None,
    }
}

/// The call that made the object a value is, and the object's class.
pub(crate) fn made_by(eval: &mut Eval, at: At) -> Option<(At, Def)> {
    let call = construction(eval, at, 0)?;
    Some((call, constructed(eval, call)?))
}

/// The value that a call which makes an object of a class gives to an attribute.
pub(crate) fn given(eval: &mut Eval, call: At, class: Def, field: Name) -> Option<At> {
    let program = eval.program;
    let by_name = |eval: &Eval| {
        let args = eval.args(call);
        let given = args.iter().find(|arg| program.name(call.unit.file, arg.name) == field)?;
        Some(At { unit: call.unit, value: given.value })
    };
    let Some(initial) = initial(program, class, field) else {
        return if takes_fields(program, class, field) { by_name(eval) } else { None };
    };
    let value = match initial {
        Initial::Default(_) => by_name(eval)?,
        Initial::Param(init, param) => {
            let target = Target { callee: Callee::Project(init), receiver: Some(Type::Unknown), given: 0 };
            match eval.bind_project(call, init, &target).get(param as usize) {
                Some(Bound::Value(value)) => At { unit: call.unit, value: *value },
                _ => return None,
            }
        }
        Initial::Value(value) => value,
    };
    Some(value)
}

/// Whether a class without a constructor declares the field, without a default.
fn takes_fields(program: &Program, class: Def, field: Name) -> bool {
    let init = program.names.intern("__init__");
    program.mro(class).iter().all(|nominal| match nominal {
        Nominal::Project(def) => {
            program.member_def(*def, init).is_none() && program.self_writes(*def, field).is_empty()
        }
        _ => true,
    }) && program
        .file(class.file)
        .outline()
        .fields(class.id)
        .iter()
        .any(|known| program.name(class.file, known.name) == field)
}

/// Whether objects of a class may have a constant in an attribute unless their makers say otherwise; and which.
pub(crate) fn default_constant(eval: &mut Eval, class: Def, field: Name) -> Option<Constant> {
    let value = match initial(eval.program, class, field)? {
        Initial::Default(value) | Initial::Value(value) => value,
        Initial::Param(init, param) => eval.program.default_of_param(init, param)?,
    };
    conditions::constant(eval, value)
}

/// Where an object's attribute comes from when it is made.
enum Initial {
    /// A default in the class, of a class whose constructor takes its attributes by name.
    Default(At),
    /// The parameter of the constructor.
    Param(Func, u32),
    /// What the constructor writes.
    Value(At),
}

fn initial(program: &Program, class: Def, field: Name) -> Option<Initial> {
    let init_name = program.names.intern("__init__");
    let mro = program.mro(class);
    let classes = || {
        mro.iter().filter_map(|nominal| match nominal {
            Nominal::Project(def) => Some(*def),
            _ => None,
        })
    };
    let init = classes().find_map(|def| program.member_def(def, init_name));
    let Some(init) = init.and_then(|def| program.function_of_def(def)) else {
        let (file, local) = classes().find_map(|def| program.class_locals(def, field).last().copied())?;
        let is_rewritten = classes().any(|def| !program.self_writes(def, field).is_empty());
        return program.only_write(file, local).filter(|_| !is_rewritten).map(Initial::Default);
    };
    // The constructor of a base writes it for a class that hands its arguments on; only the own one is read here.
    let mut writes = classes()
        .flat_map(|def| program.self_writes(def, field))
        .filter(|write| write.unit.file == init.file && write.unit.unit == init.unit);
    let (Some(write), None) = (writes.next(), writes.next()) else {
        return None;
    };
    let mut later = classes()
        .flat_map(|def| program.self_writes(def, field))
        .filter(|write| write.unit.file != init.file || write.unit.unit != init.unit);
    let unit = program.unit(init.unit_ref());
    let is_conditional = unit.regions_around(write.value).any(|region| {
        matches!(
            unit.region(region).kind,
            RegionKind::Arm { .. } | RegionKind::Loop { .. } | RegionKind::Handler | RegionKind::LoopElse
        )
    });
    let ValueKind::WriteAttr { from, .. } = unit.value(write.value).kind else {
        return None;
    };
    if is_conditional {
        return None;
    }
    match program.param_read(init.unit_ref(), from) {
        // What is handed in later can be told from what the object makes when it is first asked for.
        Some(param) => {
            let is_handed_in = |write: &At| match program.unit(write.unit).value(write.value).kind {
                ValueKind::WriteAttr { from, .. } => program.param_read(write.unit, from).is_some(),
                _ => false,
            };
            later.all(is_handed_in).then_some(Initial::Param(init, param))
        }
        None => later.next().is_none().then_some(Initial::Value(At { unit: init.unit_ref(), value: from })),
    }
}

/// The call that made the object a value is: the value itself, or what its place is written with, if only once.
fn construction(eval: &mut Eval, at: At, depth: u32) -> Option<At> {
    if depth > MAX_DEPTH || at.value.is_none() {
        return None;
    }
    let program = eval.program;
    let unit = program.unit(at.unit);
    match unit.value(at.value).kind {
        ValueKind::Call { .. } => Some(at),
        ValueKind::Local { local, .. } if unit.local(local).kind != LocalKind::Param => {
            let mut writes = (0..unit.values.len() as u32).map(ValueId).filter_map(|id| match unit.value(id).kind {
                ValueKind::Write { local: written, from, count, .. } if written == local => Some((from, count)),
                _ => None,
            });
            match (writes.next(), writes.next()) {
                (Some((from, 0)), None) => construction(eval, At { unit: at.unit, value: from }, depth + 1),
                _ => None,
            }
        }
        ValueKind::Name { name, .. } => {
            let module = program.modules.of_file(at.unit.file)?;
            let entities = program.in_module(module, program.name(at.unit.file, name));
            let [crate::flow::naming::scope::Entity::Variable(file, local)] = entities[..] else {
                return None;
            };
            construction(eval, program.only_write(file, local)?, depth + 1)
        }
        ValueKind::Attr { of, name } => {
            let name = program.name(at.unit.file, name);
            let owner = eval.value(At { unit: at.unit, value: of });
            let (Type::Instance(Nominal::Project(class), ..) | Type::Class(Nominal::Project(class), _)) = owner else {
                return None;
            };
            let mro = program.mro(class);
            let mut writes = Vec::new();
            for nominal in mro.iter() {
                let Nominal::Project(def) = nominal else {
                    continue;
                };
                writes.extend_from_slice(program.self_writes(*def, name));
                for (file, local) in program.class_locals(*def, name) {
                    writes.push(program.only_write(*file, *local)?);
                }
            }
            let [write] = writes[..] else {
                return None;
            };
            let from = match program.unit(write.unit).value(write.value).kind {
                ValueKind::WriteAttr { from, .. } => At { unit: write.unit, value: from },
                _ => write,
            };
            construction(eval, from, depth + 1)
        }
        _ => None,
    }
}

impl Program {
    /// The default of a function's parameter.
    pub(crate) fn default_of_param(&self, func: Func, param: u32) -> Option<At> {
        let def = self.def_of(func)?;
        let param = self.file(def.file).outline().params(def.id).get(param as usize)?;
        let module = UnitRef { file: def.file, unit: UnitId::MODULE };
        let is_named = !matches!(param.kind, ParamKind::Rest | ParamKind::KeywordRest);
        (is_named && !param.default.is_none()).then_some(At { unit: module, value: param.default })
    }
}

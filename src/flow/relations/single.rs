//! Classes that keep one instance for the life of the process.

use crate::flow::Program;
use crate::flow::ids::{Def, Func};
use crate::flow::types::Nominal;
use crate::model::{DefKind, LocalId, RegionKind, Unit, ValueId, ValueKind};

/// Whether a value is the receiver of its method, and the receiver's class keeps the instances that it makes:
/// `if cls._instance is None: cls._instance = …` in its `__new__`.
pub(crate) fn is_single_instance(program: &Program, func: Func, receiver: ValueId) -> bool {
    let unit = program.unit(func.unit_ref());
    let Some(class) = unit.def.map(|id| program.definition(Def { file: func.file, id }).parent) else {
        return false;
    };
    if class.is_none() || !reads(unit, receiver, unit.function(func.id).first_param) {
        return false;
    }
    let class = Def { file: func.file, id: class };
    program.definition(class).kind == DefKind::Class
        && program.mro(class).iter().any(|nominal| match nominal {
            Nominal::Project(def) => keeps_instances(program, *def),
            _ => false,
        })
}

fn keeps_instances(program: &Program, class: Def) -> bool {
    let name = program.names.intern("__new__");
    let Some(func) = program.member_def(class, name).and_then(|def| program.function_of_def(def)) else {
        return false;
    };
    let unit = program.unit(func.unit_ref());
    let function = unit.function(func.id);
    let own_class = function.first_param;
    (function.start..function.end).map(ValueId).any(|at| {
        let is_conditional =
            || unit.regions_around(at).any(|region| matches!(unit.region(region).kind, RegionKind::Arm { .. }));
        match unit.value(at).kind {
            ValueKind::WriteAttr { of, .. } => reads(unit, of, own_class) && is_conditional(),
            ValueKind::WriteItem { of, .. } => match unit.value(of).kind {
                ValueKind::Attr { of, .. } => reads(unit, of, own_class) && is_conditional(),
                _ => false,
            },
            _ => false,
        }
    })
}

fn reads(unit: &Unit, value: ValueId, param: LocalId) -> bool {
    !param.is_none() && matches!(unit.value(value).kind, ValueKind::Local { local, .. } if local == param)
}

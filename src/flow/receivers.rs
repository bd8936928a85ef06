//! Whether a chain of calls on `self` can happen for the object that it begins with.
//!
//! Calls are resolved without knowing who called: a base class's `self.hook()` may go to the hook of any subclass. A
//! chain knows the class of the object that it began with.

use super::Program;
use super::ids::{At, Def, Func};
use super::summary::{Step, StepKind};
use super::types::Nominal;
use crate::model::{DefKind, FnId, ValueKind};

/// Whether each call on `self`, from the chain's first function on, goes where the object's class leads.
///
/// ```python
/// class Base:
///     def run(self): self.hook()
/// class Plain(Base):
///     def hook(self): time.sleep(1)
/// class Other(Base):
///     def hook(self): pass
///     async def go(self): self.run()      # never comes to `Plain.hook`
/// ```
pub(super) fn agree(program: &Program, root: Func, chain: &[Step]) -> bool {
    let Some(mut class) = class_of(program, root) else {
        return true;
    };
    for step in chain {
        let StepKind::Call { to, .. } = &step.kind else {
            return true;
        };
        // From here on it is another object.
        if !is_on_self(program, step.at) {
            return true;
        }
        let Some(owner) = class_of(program, *to) else {
            return true;
        };
        if is_base(program, class, owner) {
            class = owner;
        } else if found_first(program, class, *to) != Some(owner) {
            return false;
        }
    }
    true
}

/// Whether a class is the other one, or one of its bases.
fn is_base(program: &Program, class: Def, of: Def) -> bool {
    program.mro(of).contains(&Nominal::Project(class))
}

/// The class of the object's bases, itself first, that has a member of the called function's name.
fn found_first(program: &Program, class: Def, called: Func) -> Option<Def> {
    let def = program.def_of(called)?;
    let name = program.name(def.file, program.definition(def).name);
    program.mro(class).iter().find_map(|base| match base {
        Nominal::Project(base) if program.member_def(*base, name).is_some() => Some(*base),
        _ => None,
    })
}

/// The class that a function is a method of.
fn class_of(program: &Program, func: Func) -> Option<Def> {
    let def = program.def_of(func)?;
    let parent = Def { file: def.file, id: program.definition(def).parent };
    (parent.id.is_some() && program.definition(parent).kind == DefKind::Class).then_some(parent)
}

/// Whether a call or property is read from the first parameter of the method that it stands in.
fn is_on_self(program: &Program, at: At) -> bool {
    let unit = program.unit(at.unit);
    let function = unit.function(unit.function_of(at.value));
    let (ValueKind::Method { of, .. } | ValueKind::Attr { of, .. }) = unit.value(at.value).kind else {
        return false;
    };
    let is_own = function.parent == FnId::OWN && unit.function_of(at.value) == FnId::OWN;
    is_own && matches!(unit.value(of).kind, ValueKind::Local { local, .. } if local == function.first_param)
}

//! Whether a chain of calls on `self` can happen for the object that it begins with, as it is then.
//!
//! Calls are resolved without knowing who called: a base class's `self.hook()` may go to the hook of any subclass. A
//! chain knows the class of the object that it began with.

use crate::flow::Program;
use crate::flow::contexts::context::Contexts;
use crate::flow::ids::{At, Def, Func};
use crate::flow::naming::names::Name;
use crate::flow::reach::summary::{Group, Step, StepKind};
use crate::flow::types::{Eval, Nominal};
use crate::model::{DefKind, FnId, ValueId, ValueKind};

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
pub(crate) fn agree(program: &Program, root: Func, chain: &[Step]) -> bool {
    let Some(mut class) = program.class_of_method(root) else {
        return true;
    };
    for step in chain {
        let StepKind::Call { to, .. } = &step.kind else {
            return true;
        };
        // From here on it is another object, or what the object keeps is called.
        if !is_on_self(program, step.at) || !is_named(program, step.at, *to) {
            return true;
        }
        let Some(owner) = program.class_of_method(*to) else {
            return true;
        };
        if is_base(program, class, owner) {
            // An heir with a caller of its own is not asked through the base's.
            let caller = program.function_at(step.at);
            if class != owner && found_first(program, owner, caller) != program.class_of_method(caller) {
                return false;
            }
            class = owner;
        } else if found_first(program, class, *to) != Some(owner) {
            return false;
        }
    }
    true
}

/// Whether the first call of a chain on `self` stands where what the chain waits for in the end is over.
///
/// ```python
/// async def take(self):
///     while self.queue.empty(): await self.changed()
///     return self.next()                   # which is `self.queue.get()`
/// ```
pub(crate) fn has_ended(eval: &mut Eval, root: Func, chain: &[Step]) -> bool {
    let program = eval.program;
    let [calls @ .., last] = chain else {
        return false;
    };
    let is_wait = matches!(&last.kind, StepKind::Event(event) if event.group == Group::Wait);
    let Some(first) = calls.first().filter(|_| is_wait) else {
        return false;
    };
    if !calls.iter().all(|step| is_on_self(program, step.at)) {
        return false;
    }
    let ValueKind::Method { of, .. } = program.unit(last.at.unit).value(last.at.value).kind else {
        return false;
    };
    let Some(waited) = path_from_self(program, At { value: of, ..last.at }) else {
        return false;
    };
    let ended: Vec<ValueId> = Contexts::of(program, root).ended(eval, first.at.value);
    ended.into_iter().any(|value| path_from_self(program, root.at(value)).as_ref() == Some(&waited))
}

/// The attributes from `self` to a value, innermost last; none if it is read from anything else.
fn path_from_self(program: &Program, at: At) -> Option<Vec<Name>> {
    let unit = program.unit(at.unit);
    match unit.value(at.value).kind {
        ValueKind::Attr { of, name } => {
            let mut path = match unit.value(of).kind {
                ValueKind::Local { local, .. } if local == unit.function(FnId::OWN).first_param => Vec::new(),
                _ => path_from_self(program, At { value: of, ..at })?,
            };
            path.push(program.name(at.unit.file, name));
            Some(path)
        }
        _ => None,
    }
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

impl Program {
    /// The class that a function is a method of.
    pub(crate) fn class_of_method(&self, func: Func) -> Option<Def> {
        let def = self.def_of(func)?;
        let parent = Def { file: def.file, id: self.definition(def).parent };
        (parent.id.is_some() && self.definition(parent).kind == DefKind::Class).then_some(parent)
    }
}

/// Whether a call or property has the name of the function that it goes to.
fn is_named(program: &Program, at: At, to: Func) -> bool {
    let (ValueKind::Method { name, .. } | ValueKind::Attr { name, .. }) = program.unit(at.unit).value(at.value).kind
    else {
        return false;
    };
    let called = program.def_of(to).map(|def| program.name(def.file, program.definition(def).name));
    called == Some(program.name(at.unit.file, name))
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

//! Calls of methods that do nothing where they are defined: abstract ones, and hooks with an empty body. What runs is
//! one of their implementations.
//!
//! Types follow a few implementations themselves (see [`crate::flow::types`]); here it is only about what may run.

use crate::catalogue::Language;
use crate::flow::certainty::Certainty;
use crate::flow::ids::{Def, Func};
use crate::flow::linking::link::Linker;
use crate::flow::types::{Callee, Nominal, Target, Type};
use crate::model::{DefFlags, DefKind, ValueId};

/// A method that more classes than this implement is a protocol of everything: nothing follows from it.
const MAX_IMPLEMENTATIONS: usize = 48;
/// Classes that are looked at.
const MAX_SUBCLASSES: usize = 256;

impl Linker<'_, '_> {
    /// The plain methods that a call of a method without a body may run, each less certain than the call.
    pub(crate) fn implementations_called(
        &mut self,
        at: ValueId,
        method: Func,
        target: &Target,
        certainty: Certainty,
        implicit: Option<&'static str>,
    ) {
        let program = self.eval.program;
        let Some(def) = program.def_of(method).filter(|def| program.language(def.file) == Language::Python) else {
            return;
        };
        let definition = program.definition(def);
        let is_empty = definition.flags.has(DefFlags::NO_BODY)
            || definition.flags.has(DefFlags::HOOK)
            || program.decorations(def).is_abstract;
        let Some(Type::Instance(Nominal::Project(class), ..)) = target.receiver else {
            return;
        };
        // What is awaited is no plain method.
        if !is_empty || definition.flags.has(DefFlags::ASYNC) || self.eval.is_awaited(self.func.at(at)) {
            return;
        }
        let name = program.name(def.file, definition.name);
        // `super().hook()` is the hook itself.
        let found = program.mro(class).iter().find_map(|base| match base {
            Nominal::Project(base) => program.member_def(*base, name),
            _ => None,
        });
        if found != Some(def) {
            return;
        }
        let implementations = implementations(self, class, name);
        if implementations.len() > MAX_IMPLEMENTATIONS {
            return;
        }
        for to in implementations {
            let found = Target { callee: Callee::Project(to), ..target.clone() };
            self.project_call(at, to, &found, certainty.lowered(), implicit);
        }
    }
}

/// Plain functions of that name in the classes below one, whose bodies do something.
fn implementations(linker: &Linker, class: Def, name: crate::flow::naming::names::Name) -> Vec<Func> {
    let program = linker.eval.program;
    let mut found = Vec::new();
    let mut below = program.subclasses(class).to_vec();
    let mut seen = 0;
    while let Some(next) = below.pop() {
        seen += 1;
        if seen > MAX_SUBCLASSES {
            return Vec::new();
        }
        below.extend_from_slice(program.subclasses(next));
        let Some(def) = program.member_def(next, name) else {
            continue;
        };
        let definition = program.definition(def);
        let is_plain = definition.kind == DefKind::Function
            && ![DefFlags::NO_BODY, DefFlags::HOOK, DefFlags::ASYNC].iter().any(|flag| definition.flags.has(*flag));
        if let Some(func) = program.function_of_def(def).filter(|_| is_plain)
            && !program.function(func).is_generator
            && !found.contains(&func)
        {
            found.push(func);
        }
    }
    found.sort();
    found
}

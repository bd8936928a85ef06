//! Calls that are not written as calls: constructors, properties, operators, context managers, iteration.

use crate::catalogue::Language;
use crate::catalogue::schema::BlockKind;
use crate::flow::certainty::Certainty;
use crate::flow::ids::Def;
use crate::flow::linking::events::Waits;
use crate::flow::linking::link::Linker;
use crate::flow::linking::links::{Edge, EdgeKind, EventSource};
use crate::flow::types::{Callee, Member, Nominal, Target, Type};
use crate::model::{DefKind, ValueId};

impl Linker<'_, '_> {
    pub(crate) fn construct(&mut self, at: ValueId, class: Def, certainty: Certainty) {
        if self.eval.program.definition(class).kind != DefKind::Class {
            return;
        }
        self.links.constructed.push((at, class));
        let instance = Type::instance(Nominal::Project(class));
        for method in ["__init__", "__post_init__"] {
            let name = self.eval.program.names.intern(method);
            for member in self.eval.members(&instance, name) {
                match member {
                    Member::Function(def, receiver) => {
                        let Some(func) = self.eval.program.function_of_def(def) else {
                            continue;
                        };
                        let target = Target { callee: Callee::Project(func), receiver: Some(receiver), given: 0 };
                        self.project_call(at, func, &target, certainty, Some("constructor"));
                    }
                    // A class without a constructor of its own runs that of its library's base.
                    Member::Library(id, receiver) => {
                        let target = Target { callee: Callee::Library(id), receiver: Some(receiver), given: 0 };
                        self.library_call(at, id, &target, certainty);
                    }
                    Member::Value(_) => {}
                }
            }
        }
    }

    pub(crate) fn property(&mut self, at: ValueId, of: ValueId, name: crate::text::Sym) {
        if self.eval.program.language(self.func.file) != Language::Python {
            return;
        }
        let base = self.eval.value(self.func.at(of));
        let name = self.eval.program.name(self.func.file, name);
        let (parts, open) = base.alternatives();
        let certainty = if open || parts.len() > 1 { Certainty::Likely } else { Certainty::Certain };
        for part in parts {
            if !matches!(part, Type::Instance(..) | Type::Super(..)) {
                continue;
            }
            for member in self.eval.members(&part, name) {
                self.property_member(at, member, certainty);
            }
        }
    }

    /// `model.text = "x"`, where the class has a setter of that name.
    pub(crate) fn setter(&mut self, at: ValueId, of: ValueId, name: crate::text::Sym) {
        let program = self.eval.program;
        if program.language(self.func.file) != Language::Python {
            return;
        }
        let base = self.eval.value(self.func.at(of));
        let Type::Instance(Nominal::Project(class), ..) = base else {
            return;
        };
        let name = program.name(self.func.file, name);
        for nominal in program.mro(class).iter() {
            let Nominal::Project(owner) = nominal else {
                continue;
            };
            let members = program.members(*owner, name);
            let setter = members.iter().rev().find(|def| program.decorations(**def).is_setter);
            if let Some(func) = setter.and_then(|def| program.function_of_def(*def)) {
                let target = Target { callee: Callee::Project(func), receiver: Some(base), given: 0 };
                self.project_call(at, func, &target, Certainty::Certain, Some("property"));
                return;
            }
            if !members.is_empty() {
                return;
            }
        }
    }

    pub(crate) fn property_member(&mut self, at: ValueId, member: Member, certainty: Certainty) {
        match member {
            Member::Function(def, receiver) => {
                let decorations = self.eval.program.decorations(def);
                if !decorations.is_property {
                    return;
                }
                if let Some(func) = self.eval.program.function_of_def(def) {
                    self.future_of_property(at, func, &receiver, certainty);
                    let target = Target { callee: Callee::Project(func), receiver: Some(receiver), given: 0 };
                    self.project_call(at, func, &target, certainty, Some("property"));
                }
            }
            Member::Library(id, receiver) => {
                let function = self.eval.program.catalogue.function(id);
                if function.is_property {
                    let target = Target { callee: Callee::Library(id), receiver: Some(receiver), given: 0 };
                    for blocks in &function.entry.effects.blocks {
                        self.blocks(at, id, &target, blocks, certainty);
                    }
                }
            }
            Member::Value(_) => {}
        }
    }

    /// `await request`, where the class has an `__await__` of its own.
    pub(crate) fn awaited_object(&mut self, at: ValueId, of: ValueId) {
        if self.eval.program.language(self.func.file) != Language::Python {
            return;
        }
        let ty = self.eval.value(self.func.at(of));
        if matches!(ty, Type::Instance(Nominal::Project(_), ..)) {
            self.special(at, &ty, "__await__", "await");
        }
    }

    pub(crate) fn operator(&mut self, at: ValueId, left: ValueId, method: &str) {
        if self.eval.program.language(self.func.file) != Language::Python {
            return;
        }
        let ty = self.eval.value(self.func.at(left));
        if matches!(ty, Type::Instance(Nominal::Project(_), ..)) {
            self.special(at, &ty, method, "operator");
        }
    }

    pub(crate) fn managed(&mut self, value: ValueId, is_async: bool) {
        let ty = self.eval.value(self.func.at(value));
        let (parts, open) = ty.alternatives();
        let certainty = if open || parts.len() > 1 { Certainty::Likely } else { Certainty::Certain };
        for part in parts {
            match &part {
                Type::Instance(Nominal::Project(_), ..) => {
                    let methods = if is_async { ["__aenter__", "__aexit__"] } else { ["__enter__", "__exit__"] };
                    for method in methods {
                        self.special(value, &part, method, "context manager");
                    }
                }
                Type::Instance(Nominal::Library(id), ..) if !is_async => {
                    let entry = self.eval.program.catalogue.ty(*id).entry.clone();
                    let Some(entry) = entry else {
                        continue;
                    };
                    let enter = entry.enter.map(|enter| enter.blocks).unwrap_or_default();
                    let exit = entry.exit.map(|exit| exit.blocks).unwrap_or_default();
                    for blocks in enter.iter().chain(&exit) {
                        let Some(kind) = blocks.kind.filter(|kind| *kind != BlockKind::Lock) else {
                            continue;
                        };
                        let certainty = if blocks.seldom { Certainty::Possible } else { certainty };
                        let waits = Waits::new(EventSource::Type(*id), kind, blocks.stall, certainty);
                        self.event(value, Waits { why: blocks.why.clone(), ..waits });
                    }
                }
                _ => {}
            }
        }
    }

    pub(crate) fn iterated(&mut self, value: ValueId) {
        let ty = self.eval.value(self.func.at(value));
        if matches!(ty, Type::Instance(Nominal::Project(def), ..) if self.eval.program.language(def.file) == Language::Python)
        {
            for method in ["__iter__", "__next__"] {
                self.special(value, &ty, method, "iteration");
            }
        }
        // `for line in file`
        let (parts, open) = ty.alternatives();
        let certainty = if open || parts.len() > 1 { Certainty::Likely } else { Certainty::Certain };
        let next = self.eval.program.names.intern("__next__");
        for part in parts.iter().filter(|part| matches!(part, Type::Instance(Nominal::Library(_), ..))) {
            for member in self.eval.members(part, next) {
                if let Member::Library(id, receiver) = member {
                    let target = Target { callee: Callee::Library(id), receiver: Some(receiver), given: 0 };
                    for blocks in &self.eval.program.catalogue.function(id).entry.effects.blocks {
                        self.blocks(value, id, &target, blocks, certainty);
                    }
                }
            }
        }
    }

    /// A special method that syntax calls.
    pub(crate) fn special(&mut self, at: ValueId, ty: &Type, method: &str, what: &'static str) {
        let name = self.eval.program.names.intern(method);
        for member in self.eval.members(ty, name) {
            if let Member::Function(def, receiver) = member
                && let Some(func) = self.eval.program.function_of_def(def)
            {
                let target = Target { callee: Callee::Project(func), receiver: Some(receiver), given: 0 };
                let function = self.eval.program.function(func);
                // A generator's `__iter__` runs as the loop turns.
                if function.is_generator && !function.is_async {
                    let call = Edge::new(at, func, EdgeKind::Call, Certainty::Certain);
                    self.edge(Edge { implicit: Some(what), has_receiver: true, ..call });
                } else {
                    self.project_call(at, func, &target, Certainty::Certain, Some(what));
                }
            }
        }
    }
}

//! What a call calls, which argument meets which parameter, and what comes back.

use super::attributes::{Member, args_of};
use super::eval::Eval;
use super::gaps::Gap;
use super::{Callable, Nominal, Type};
use crate::catalogue::{FunctionId, Item, Language};
use crate::flow::ids::{At, Def, Func};
use crate::flow::naming::names::Name;
use crate::flow::naming::scope::Entity;
use crate::model::{ArgKind, DefId, DefKind, ValueId, ValueKind};

/// One thing that a call may call.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub callee: Callee,
    /// The receiver's type, for methods.
    pub receiver: Option<Type>,
    /// Positional arguments that are given already (`partial`).
    pub given: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Callee {
    /// A function of the project.
    Project(Func),
    Library(FunctionId),
    /// Calling a class of the project.
    Class(Def),
}

/// What a call was resolved to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolution {
    pub targets: Vec<Target>,
    /// There may be other targets that are not known.
    pub is_open: bool,
}

impl Resolution {
    /// Whether it leads to something that is known: also to a class of whose constructor nothing is to be known.
    pub fn is_known(&self) -> bool {
        !self.targets.is_empty() || !self.is_open
    }
}

/// The arguments of a call, parameter by parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Not given.
    Absent,
    Value(ValueId),
    /// Somewhere in a spread.
    Unknown,
}

impl Eval<'_> {
    /// What the call at a value calls.
    pub fn resolve(&mut self, at: At) -> Resolution {
        // Within another question the answer is charged to that; one that notes gaps has to meet them again.
        if !self.is_at_rest() || self.trace.is_some() {
            return self.compute_resolution(at);
        }
        if let Some(known) = self.resolutions.get(&at) {
            return known.clone();
        }
        let found = self.compute_resolution(at);
        self.resolutions.insert(at, found.clone());
        found
    }

    fn compute_resolution(&mut self, at: At) -> Resolution {
        let unit = self.unit(at.unit);
        let here = |value: ValueId| At { unit: at.unit, value };
        match unit.value(at.value).kind {
            // What it gives is a way to look up methods; nothing is run.
            ValueKind::Call { .. } if self.super_of(at).is_some() => Resolution::default(),
            ValueKind::Call { callee, .. } => {
                let ty = self.value(here(callee));
                let found = self.targets(&ty);
                self.implementation_called(at, here(callee), &found).unwrap_or(found)
            }
            ValueKind::Method { of, name, .. } => {
                let name = self.program.name(at.unit.file, name);
                let base = self.value(here(of));
                let base = self.super_of(here(of)).unwrap_or(base);
                self.method_targets(&base, name, at)
            }
            ValueKind::Macro { .. } => Resolution { targets: Vec::new(), is_open: true },
            _ => Resolution::default(),
        }
    }

    /// `Load::load(&store)`: the method of a trait, called by its path, is that of its first argument.
    fn implementation_called(&mut self, at: At, callee: At, found: &Resolution) -> Option<Resolution> {
        let program = self.program;
        if program.language(at.unit.file) != Language::Rust {
            return None;
        }
        let ValueKind::Name { name, .. } = self.unit(callee.unit).value(callee.value).kind else {
            return None;
        };
        let may_be_of_trait = found.targets.iter().all(|target| matches!(target.callee, Callee::Project(_)));
        let (path, method) = program.file(at.unit.file).text(name).rsplit_once("::")?;
        if !may_be_of_trait {
            return None;
        }
        let within = Def { file: at.unit.file, id: self.unit(at.unit).def.unwrap_or(DefId::NONE) };
        let Type::Class(Nominal::Project(owner), _) = self.rust_path_type(within, path) else {
            return None;
        };
        let first = self.args(at).iter().find(|arg| arg.kind == ArgKind::Positional)?;
        if program.definition(owner).kind != DefKind::Trait {
            return None;
        }
        let receiver = self.value(At { unit: at.unit, value: first.value });
        let mut found = self.method_targets(&receiver, program.names.intern(method), at);
        // The receiver stands among the arguments.
        for target in &mut found.targets {
            target.receiver = None;
        }
        (!found.targets.is_empty()).then_some(found)
    }

    /// `super()` in a method: the class around it.
    fn super_of(&mut self, at: At) -> Option<Type> {
        let unit = self.unit(at.unit);
        let ValueKind::Call { callee, .. } = unit.value(at.value).kind else {
            return None;
        };
        let ValueKind::Name { name, .. } = unit.value(callee).kind else {
            return None;
        };
        if self.program.file(at.unit.file).text(name) != "super" {
            return None;
        }
        let def = Def { file: at.unit.file, id: unit.def? };
        let parent = self.program.definition(def).parent;
        if parent.is_none() {
            return None;
        }
        let class = Def { file: at.unit.file, id: parent };
        let receiver = Type::instance(Nominal::Project(class));
        Some(Type::Super(class, receiver.into()))
    }

    /// The members that `base.name(…)` may call: in Rust no field whose name a method has too.
    fn called_members(&mut self, base: &Type, name: Name, at: At) -> Vec<Member> {
        let mut members = self.members(base, name);
        if members.is_empty() {
            members = self.extension_members(base, name, at);
        }
        if self.program.language(at.unit.file) == Language::Rust
            && members.iter().any(|member| !matches!(member, Member::Value(_)))
        {
            members.retain(|member| !matches!(member, Member::Value(_)));
        }
        members
    }

    /// What calling `base.name(…)` may call.
    pub fn method_targets(&mut self, base: &Type, name: Name, at: At) -> Resolution {
        let (parts, open) = base.alternatives();
        let mut resolution = Resolution { targets: Vec::new(), is_open: open };
        for part in parts {
            let part = self.bounded(part, at);
            let gaps = self.gaps();
            let found = match part {
                Type::Module(_) | Type::LibraryPath(_) => {
                    let callee = self.attribute(&part, name, at);
                    self.targets(&callee)
                }
                _ => {
                    let members = self.called_members(&part, name, at);
                    if members.is_empty() {
                        self.no_member(&part, name, gaps);
                        Resolution { targets: Vec::new(), is_open: true }
                    } else {
                        let mut all = Resolution::default();
                        for member in members {
                            let found = self.member_targets(member);
                            all.targets.extend(found.targets);
                            all.is_open |= found.is_open;
                        }
                        all
                    }
                }
            };
            for target in found.targets {
                if !resolution.targets.contains(&target) {
                    resolution.targets.push(target);
                }
            }
            resolution.is_open |= found.is_open;
        }
        resolution
    }

    fn member_targets(&mut self, member: Member) -> Resolution {
        match member {
            Member::Function(def, receiver) => {
                let decorations = self.program.decorations(def);
                let Some(func) = self.program.function_of_def(def) else {
                    return Resolution { targets: Vec::new(), is_open: true };
                };
                if decorations.is_property {
                    let given = self.returned_to(func, &receiver);
                    return self.targets(&given);
                }
                let receiver = (!decorations.is_static).then_some(receiver);
                Resolution {
                    targets: vec![Target { callee: Callee::Project(func), receiver, given: 0 }],
                    is_open: false,
                }
            }
            Member::Library(id, receiver) => {
                let function = self.program.catalogue.function(id);
                if function.is_property {
                    let given = self.library_result(id, Some(&receiver), None);
                    return self.targets(&given);
                }
                Resolution {
                    targets: vec![Target { callee: Callee::Library(id), receiver: Some(receiver), given: 0 }],
                    is_open: false,
                }
            }
            Member::Value(ty) => self.targets(&ty),
        }
    }

    /// What calling a value of the type calls.
    pub fn targets(&mut self, callee: &Type) -> Resolution {
        let gaps = self.gaps();
        let found = self.targets_of(callee);
        if found.targets.is_empty() {
            self.not_called(callee, gaps);
        }
        found
    }

    fn targets_of(&mut self, callee: &Type) -> Resolution {
        let one =
            |callee, receiver, given| Resolution { targets: vec![Target { callee, receiver, given }], is_open: false };
        match callee {
            Type::Function(Callable::Project(func)) => one(Callee::Project(*func), None, 0),
            Type::Function(Callable::Library(id)) => one(Callee::Library(*id), None, 0),
            Type::Bound(receiver, Callable::Project(func)) => {
                one(Callee::Project(*func), Some((**receiver).clone()), 0)
            }
            Type::Bound(receiver, Callable::Library(id)) => one(Callee::Library(*id), Some((**receiver).clone()), 0),
            Type::Partial(inner, given) => {
                let mut found = self.targets(inner);
                for target in &mut found.targets {
                    target.given += given;
                }
                found
            }
            Type::Class(Nominal::Project(def), _) => one(Callee::Class(*def), None, 0),
            Type::Class(Nominal::Library(id), args) => {
                let class = Type::Instance(Nominal::Library(*id), args.clone(), Name::NONE);
                match self.program.catalogue.ty(*id).new {
                    Some(new) => one(Callee::Library(new), Some(class), 0),
                    None => Resolution::default(),
                }
            }
            Type::Instance(Nominal::Project(_) | Nominal::Library(_), ..) => {
                let name = self.program.names.intern("__call__");
                let members = self.members(callee, name);
                // `Box<F>`, `Arc<F>`: what is behind the pointer is called.
                if members.is_empty()
                    && let Some(inner) = self.dereferenced(callee)
                    && inner != *callee
                    && matches!(inner, Type::Function(_) | Type::Bound(..) | Type::Partial(..))
                {
                    return self.targets(&inner);
                }
                let mut all = Resolution { targets: Vec::new(), is_open: members.is_empty() };
                for member in members {
                    let found = self.member_targets(member);
                    all.targets.extend(found.targets);
                    all.is_open |= found.is_open;
                }
                all
            }
            Type::Union(parts) => {
                let mut all = Resolution::default();
                for part in parts.clone().iter() {
                    let found = self.targets(part);
                    all.targets.extend(found.targets);
                    all.is_open |= found.is_open || part.is_unknown();
                }
                all
            }
            _ => Resolution { targets: Vec::new(), is_open: true },
        }
    }

    /// What `clone` gives for a type that has no such method of its own: what is behind guards, itself otherwise.
    fn cloned(&mut self, ty: Type) -> Type {
        const MAX_DEPTH: u32 = 6;
        let mut ty = ty;
        for _ in 0..MAX_DEPTH {
            match self.dereferenced(&ty) {
                Some(inner) if inner != ty => ty = inner,
                _ => break,
            }
        }
        if matches!(ty, Type::Instance(..) | Type::Dyn(_)) { ty } else { Type::Unknown }
    }

    /// What bounds a type parameter of the definitions around a place; anything else as it is.
    fn bounded(&self, ty: Type, at: At) -> Type {
        let Type::TypeParam(name) = ty else {
            return ty;
        };
        let within = Def { file: at.unit.file, id: self.unit(at.unit).def.unwrap_or(DefId::NONE) };
        self.program.type_param_bound(within, name).unwrap_or(ty)
    }

    /// What a call gives.
    pub(super) fn call_result(&mut self, at: At) -> Type {
        let unit = self.unit(at.unit);
        if let Some(ty) = self.super_of(at) {
            return ty;
        }
        // Calling a class gives an instance, whether or not its constructor is known.
        if let ValueKind::Call { callee, .. } = unit.value(at.value).kind {
            let callee = self.value(At { unit: at.unit, value: callee });
            return self.result_of_calling(&callee, at);
        }
        let ValueKind::Method { of, name, .. } = unit.value(at.value).kind else {
            return Type::Unknown;
        };
        let name = self.program.name(at.unit.file, name);
        let here = At { unit: at.unit, value: of };
        let base = self.value(here);
        let base = self.super_of(here).unwrap_or(base);
        let (parts, open) = base.alternatives();
        let mut types = Vec::new();
        for part in parts {
            let part = self.bounded(part, at);
            match part {
                Type::Module(_) | Type::LibraryPath(_) => {
                    let callee = self.attribute(&part, name, at);
                    types.push(self.result_of_calling(&callee, at));
                }
                _ => {
                    let members = self.called_members(&part, name, at);
                    if members.is_empty()
                        && self.program.language(at.unit.file) == Language::Rust
                        && *self.program.names.text(name) == *"clone"
                    {
                        types.push(self.cloned(part.clone()));
                    }
                    for member in members {
                        let ty = match member {
                            Member::Value(ty) => self.result_of_calling(&ty, at),
                            member => {
                                let found = self.member_targets(member);
                                let results: Vec<Type> =
                                    found.targets.iter().map(|target| self.target_result(target, at)).collect();
                                Type::union(results)
                            }
                        };
                        types.push(ty);
                    }
                }
            }
        }
        if open && !types.is_empty() {
            types.push(Type::Unknown);
        }
        Type::union(types)
    }

    /// `type(self)`
    fn class_of_argument(&mut self, at: At) -> Option<Type> {
        let args = self.args(at);
        let given = args.first().filter(|_| args.len() == 1)?.value;
        match self.value(At { unit: at.unit, value: given }) {
            Type::Instance(nominal, args, _) => Some(Type::Class(nominal, args)),
            _ => None,
        }
    }

    fn result_of_calling(&mut self, callee: &Type, at: At) -> Type {
        match callee {
            Type::Class(Nominal::Project(def), _) => {
                let definition = self.program.definition(*def);
                match definition.kind {
                    DefKind::Variant => Type::instance(Nominal::Project(Def { file: def.file, id: definition.parent })),
                    _ => self.constructed(*def, at),
                }
            }
            Type::Class(Nominal::Library(id), args) => {
                let instance = Type::Instance(Nominal::Library(*id), args.clone(), Name::NONE);
                let entry = self.program.catalogue.ty(*id).entry.as_ref();
                if entry.is_some_and(|entry| entry.declares.as_deref() == Some("class")) {
                    return self.class_of_argument(at).unwrap_or(instance);
                }
                match self.program.catalogue.ty(*id).new {
                    Some(new) => {
                        let instance = self.with_inferred_arguments(*id, instance, new, at);
                        self.with_variant(instance, new, at)
                    }
                    None => instance,
                }
            }
            Type::Class(Nominal::Path(path), _) => Type::instance(Nominal::Path(*path)),
            Type::LibraryPath(path) => {
                self.gap(Gap::Library(*path));
                Type::Unknown
            }
            Type::Callable(result) => (**result).clone(),
            Type::Dyn(parts) => {
                let parts = parts.clone();
                parts
                    .iter()
                    .map(|part| self.result_of_calling(part, at))
                    .find(|ty| !ty.is_unknown())
                    .unwrap_or(Type::Unknown)
            }
            Type::Union(parts) => {
                let types: Vec<Type> = parts.clone().iter().map(|part| self.result_of_calling(part, at)).collect();
                Type::union(types)
            }
            callee => {
                if let Some(inner) =
                    self.dereferenced(callee).filter(|inner| matches!(inner, Type::Dyn(_) | Type::Callable(_)))
                {
                    return self.result_of_calling(&inner, at);
                }
                let found = self.targets(callee);
                let types: Vec<Type> = found.targets.iter().map(|target| self.target_result(target, at)).collect();
                Type::union(types)
            }
        }
    }

    /// `Queue[int]()` has arguments; `deque(paths)` takes its element's type from what it is made of.
    fn with_inferred_arguments(
        &mut self,
        id: crate::catalogue::TypeId,
        instance: Type,
        new: FunctionId,
        at: At,
    ) -> Type {
        if !args_of(&instance).is_empty() || self.program.catalogue.ty(id).generics.len() != 1 {
            return instance;
        }
        let Some(first) = self.args(at).first() else {
            return instance;
        };
        if first.kind != ArgKind::Positional || self.program.catalogue.function(new).params.len() > 3 {
            return instance;
        }
        let given = self.value(At { unit: at.unit, value: first.value });
        let element = self.element(&given);
        match instance {
            Type::Instance(nominal, _, variant) if !element.is_unknown() => {
                Type::Instance(nominal, [element].into(), variant)
            }
            instance => instance,
        }
    }

    pub(super) fn with_variant(&mut self, instance: Type, new: FunctionId, at: At) -> Type {
        let variants = &self.program.catalogue.function(new).entry.effects.variant;
        if variants.is_empty() {
            return instance;
        }
        let target = Target { callee: Callee::Library(new), receiver: None, given: 0 };
        for variant in variants {
            if crate::flow::values::conditions::all_hold(self, at, &target, &variant.when) == Some(true)
                && let Type::Instance(nominal, args, _) = &instance
            {
                return Type::Instance(*nominal, args.clone(), self.program.names.intern(&variant.is));
            }
        }
        instance
    }

    /// An object of a class of the project, with the variant that its library's base gets: by the call, or by the
    /// constructor's own call of its base's.
    pub(super) fn constructed(&mut self, class: Def, at: At) -> Type {
        let program = self.program;
        let instance = self.instance_of(class, at);
        let has_variants = program.mro(class).iter().any(|base| match base {
            Nominal::Library(id) => program
                .catalogue
                .ty(*id)
                .new
                .is_some_and(|new| !program.catalogue.function(new).entry.effects.variant.is_empty()),
            _ => false,
        });
        if !has_variants {
            return instance;
        }
        let init = program.names.intern("__init__");
        match self.members(&instance, init).first() {
            Some(Member::Library(new, _)) => self.with_variant(instance, *new, at),
            Some(Member::Function(def, _)) => {
                let Some(own) = program.function_of_def(*def) else {
                    return instance;
                };
                let unit = program.unit(own.unit_ref());
                let calls = (0..unit.values.len() as u32).map(ValueId);
                let base = calls.into_iter().find_map(|call| match unit.value(call).kind {
                    ValueKind::Method { name, .. } if program.name(own.file, name) == init => {
                        let found = self.resolve(own.at(call));
                        found.targets.iter().find_map(|target| match target.callee {
                            Callee::Library(new) => Some((new, call)),
                            _ => None,
                        })
                    }
                    _ => None,
                });
                match base {
                    Some((new, call)) => self.with_variant(instance, new, own.at(call)),
                    None => instance,
                }
            }
            _ => instance,
        }
    }

    /// What a library's macro gives, where its entry says so.
    pub(super) fn macro_result(&mut self, at: At, text: &str) -> Type {
        let within = Def { file: at.unit.file, id: self.unit(at.unit).def.unwrap_or(DefId::NONE) };
        let Some(module) = self.program.module_around(within) else {
            return Type::Unknown;
        };
        let (entities, _) = self.program.rust_path_in(module, text);
        let found = entities.into_iter().find_map(|entity| {
            let Entity::Library(language, path) = entity else {
                return None;
            };
            let found = self.program.catalogue.macro_at(&self.program.names.text(path))?;
            let returns = self.program.names.intern(found.entry.callable.returns.as_ref()?);
            match self.program.library_item(language, returns)? {
                Item::Type(id) => Some(Type::instance(Nominal::Library(id))),
                _ => None,
            }
        });
        found.unwrap_or(Type::Unknown)
    }
}

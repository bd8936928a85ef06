//! What a call calls, which argument meets which parameter, and what comes back.

use super::attributes::{Member, args_of};
use super::eval::Eval;
use super::terms::TermScope;
use super::{Callable, Nominal, Type};
use crate::catalogue::{FunctionId, Item, Language};
use crate::flow::ids::{At, Def, Func};
use crate::flow::names::Name;
use crate::flow::scope::Entity;
use crate::model::{ArgKind, DefId, DefKind, FnId, ValueId, ValueKind};

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
        let unit = self.unit(at.unit);
        let here = |value: ValueId| At { unit: at.unit, value };
        match unit.value(at.value).kind {
            ValueKind::Call { callee, .. } => {
                let callee = self.value(here(callee));
                self.targets(&callee)
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

    /// `super()` in a method: the class around it.
    fn super_of(&mut self, at: At) -> Option<Type> {
        let unit = self.unit(at.unit);
        let ValueKind::Call { callee, .. } = unit.value(at.value).kind else {
            return None;
        };
        let ValueKind::Name { name, .. } = unit.value(callee).kind else {
            return None;
        };
        if self.program.file(at.unit.file).facts.text(name) != "super" {
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
            let found = match part {
                Type::Module(_) | Type::LibraryPath(_) => {
                    let callee = self.attribute(&part, name, at);
                    self.targets(&callee)
                }
                _ => {
                    let members = self.called_members(&part, name, at);
                    if members.is_empty() {
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
            Type::Instance(Nominal::Project(_), ..) => {
                let name = self.program.names.intern("__call__");
                let members = self.members(callee, name);
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
        if matches!(ty, Type::Instance(..)) { ty } else { Type::Unknown }
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

    fn result_of_calling(&mut self, callee: &Type, at: At) -> Type {
        match callee {
            Type::Class(Nominal::Project(def), _) => {
                let definition = self.program.definition(*def);
                match definition.kind {
                    DefKind::Variant => Type::instance(Nominal::Project(Def { file: def.file, id: definition.parent })),
                    _ => Type::instance(Nominal::Project(*def)),
                }
            }
            Type::Class(Nominal::Library(id), args) => {
                let instance = Type::Instance(Nominal::Library(*id), args.clone(), Name::NONE);
                match self.program.catalogue.ty(*id).new {
                    Some(new) => {
                        let instance = self.with_inferred_arguments(*id, instance, new, at);
                        self.with_variant(instance, new, at)
                    }
                    None => instance,
                }
            }
            Type::Class(Nominal::Path(path), _) => Type::instance(Nominal::Path(*path)),
            Type::LibraryPath(_) => Type::Unknown,
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
        let Some(first) = self.args(at).first().copied() else {
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

    fn with_variant(&mut self, instance: Type, new: FunctionId, at: At) -> Type {
        let variants = &self.program.catalogue.function(new).entry.effects.variant;
        if variants.is_empty() {
            return instance;
        }
        let target = Target { callee: Callee::Library(new), receiver: None, given: 0 };
        for variant in variants {
            if crate::flow::conditions::all_hold(self, at, &target, &variant.when) == Some(true)
                && let Type::Instance(nominal, args, _) = &instance
            {
                return Type::Instance(*nominal, args.clone(), self.program.names.intern(&variant.is));
            }
        }
        instance
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

    /// What one target gives.
    pub fn target_result(&mut self, target: &Target, at: At) -> Type {
        match target.callee {
            Callee::Project(func) => self.project_result(func, target, at),
            Callee::Library(id) => {
                let is_constructor = match &target.receiver {
                    Some(Type::Instance(Nominal::Library(ty), ..)) => self.program.catalogue.ty(*ty).new == Some(id),
                    _ => false,
                };
                if is_constructor {
                    let instance = target.receiver.clone().unwrap_or(Type::Unknown);
                    return self.with_variant(instance, id, at);
                }
                let result = self.library_result(id, target.receiver.as_ref(), Some((at, target)));
                match result {
                    ty @ Type::Instance(..) => self.with_variant(ty, id, at),
                    ty => ty,
                }
            }
            Callee::Class(def) => Type::instance(Nominal::Project(def)),
        }
    }

    fn project_result(&mut self, func: Func, target: &Target, at: At) -> Type {
        let unit = self.unit(func.unit_ref());
        let def = (func.id == FnId::OWN).then_some(unit.def).flatten().map(|id| Def { file: func.file, id });
        let receiver = target.receiver.clone().unwrap_or(Type::Unknown);
        let mut result = self.returned_to(func, &receiver);
        if let Some(def) = def {
            let decorations = self.program.decorations(def);
            if let Some(wrapper) = decorations.wrapper {
                // The decorator's inner function is what is called.
                let wrapped = self.returned(wrapper);
                return match wrapped {
                    Type::Coroutine(inner) if inner.is_unknown() || matches!(*inner, Type::Nothing) => {
                        let plain = match result {
                            Type::Coroutine(inner) => (*inner).clone(),
                            other => other,
                        };
                        Type::Coroutine(plain.into())
                    }
                    Type::Unknown | Type::Nothing => result,
                    Type::Param(_) => result,
                    other if matches!(result, Type::Coroutine(_)) && !matches!(other, Type::Coroutine(_)) => result,
                    other => other,
                };
            }
            if decorations.gives_awaitable && !matches!(result, Type::Coroutine(_)) {
                result = Type::Coroutine(result.into());
            }
        }
        self.instantiate(result, func, target, at)
    }

    /// Fills in what the result says of parameters and type parameters.
    fn instantiate(&mut self, result: Type, func: Func, target: &Target, at: At) -> Type {
        match result {
            Type::Param(n) => {
                let bound = self.bind_project(at, func, target);
                match bound.get(n as usize) {
                    Some(Bound::Value(value)) => self.value(At { unit: at.unit, value: *value }),
                    _ => Type::Unknown,
                }
            }
            Type::Coroutine(inner) => {
                let inner = self.instantiate((*inner).clone(), func, target, at);
                Type::Coroutine(inner.into())
            }
            Type::Union(parts) => {
                let types: Vec<Type> =
                    parts.iter().map(|part| self.instantiate(part.clone(), func, target, at)).collect();
                Type::union(types)
            }
            other => other,
        }
    }

    /// The declared result of a library's function, its terms bound to the call.
    pub fn library_result(&mut self, id: FunctionId, receiver: Option<&Type>, call: Option<(At, &Target)>) -> Type {
        let program = self.program;
        let function = program.catalogue.function(id);
        if function.returns.is_none() {
            return if function.is_async { Type::Coroutine(Type::Unknown.into()) } else { Type::Unknown };
        }
        let mut generics = match receiver.and_then(Type::nominal) {
            Some(Nominal::Library(ty)) => self.receiver_generics(ty, receiver.expect("it has a nominal"), function),
            _ => Vec::new(),
        };
        if let Some((at, _)) = call {
            let written = self.written_generics(at);
            for (name, ty) in function.generics.iter().zip(written) {
                generics.push((name.clone(), ty));
            }
        }
        // Constructor arguments that are the type parameter itself: `Arc::new(x)`, `Mutex::new(x)`.
        if let Some((at, target)) = call {
            self.infer_generics(&mut generics, function, at, target);
        }
        let this = std::cell::RefCell::new(self);
        let mut argument = |name: &str| match call {
            Some((at, target)) => {
                let mut eval = this.borrow_mut();
                match eval.bound_argument(at, target, id, name) {
                    Bound::Value(value) => eval.value(At { unit: at.unit, value }),
                    _ => Type::Unknown,
                }
            }
            None => Type::Unknown,
        };
        let mut project = |projection: &str, operand: Type| {
            let mut eval = this.borrow_mut();
            match projection {
                "Awaited" => eval.awaited(&operand),
                "Elem" => eval.element(&operand),
                "Inner" => eval.unwrapped(&operand),
                "Entered" => eval.entered(&operand),
                "Return" => {
                    let found = eval.targets(&operand);
                    match &operand {
                        Type::Callable(result) => (**result).clone(),
                        Type::Class(nominal, args) => Type::Instance(*nominal, args.clone(), Name::NONE),
                        _ => {
                            let types: Vec<Type> = found
                                .targets
                                .iter()
                                .map(|target| match target.callee {
                                    Callee::Project(func) => {
                                        let receiver = target.receiver.clone().unwrap_or(Type::Unknown);
                                        eval.returned_to(func, &receiver)
                                    }
                                    Callee::Library(id) => eval.library_result(id, target.receiver.as_ref(), None),
                                    Callee::Class(def) => Type::instance(Nominal::Project(def)),
                                })
                                .collect();
                            Type::union(types)
                        }
                    }
                }
                "Partial" => {
                    let given = call.map_or(0, |(at, _)| {
                        let positional = eval.args(at).iter().filter(|arg| arg.kind == ArgKind::Positional).count();
                        positional.saturating_sub(1) as u32
                    });
                    Type::Partial(operand.into(), given)
                }
                _ => Type::Unknown,
            }
        };
        let this_type = match receiver {
            // A class method's `Self` is an instance.
            Some(Type::Class(nominal, args)) => Some(Type::Instance(*nominal, args.clone(), Name::NONE)),
            Some(receiver) => Some(receiver.clone()),
            None => program.type_around(&function.path, function.library),
        };
        let mut scope =
            TermScope { receiver: this_type, generics, argument: Some(&mut argument), project: Some(&mut project) };
        let result = program.library_return(function, &mut scope);
        // A builder carries its variant on.
        match (&result, receiver) {
            (Type::Instance(nominal, args, variant), Some(Type::Instance(from, _, carried)))
                if variant.is_none() && nominal == from =>
            {
                Type::Instance(*nominal, args.clone(), *carried)
            }
            _ => result,
        }
    }
}

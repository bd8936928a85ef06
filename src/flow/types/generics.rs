//! Type parameters of Python's classes and functions: which a class has, and what they stand for seen from a receiver or
//! a call. What only a solver of constraints could find out stays unknown.

use super::eval::Eval;
use super::terms::substitute;
use super::{Nominal, Type, no_parts};
use crate::catalogue::{Language, Ty};
use crate::flow::Program;
use crate::flow::ids::{At, Def, Func};
use crate::flow::naming::names::Name;
use crate::flow::naming::scope::Entity;
use crate::flow::types::{Bound, Target};
use crate::model::{ValueId, ValueKind};
use crate::text::FileId;

const MAX_DEPTH: u32 = 8;

impl Program {
    /// The type parameters of a Python class: those it declares, else those of its bases' arguments in order.
    fn class_parameters(&self, class: Def) -> Vec<Name> {
        let outline = self.file(class.file).outline();
        let declared = outline.generics(class.id);
        if !declared.is_empty() {
            return declared.iter().map(|generic| self.name(class.file, generic.name)).collect();
        }
        let mut all = Vec::new();
        for base in outline.bases(class.id) {
            let Ty::Named { args, .. } = outline.types.get(*base) else {
                continue;
            };
            let written = outline.types.list(args);
            let args: Vec<Type> = written.iter().map(|arg| self.outline_type(class, *arg)).collect();
            let mut own = Vec::new();
            args.iter().for_each(|arg| parameters_in(arg, &mut own, 0));
            // `Generic[K, V]` is nothing but the list of them.
            if !own.is_empty() && own.len() == args.len() && self.outline_type(class, *base).nominal().is_none() {
                return own;
            }
            own.retain(|name| !all.contains(name));
            all.extend(own);
        }
        all
    }

    /// The arguments of a class above another one, whose own are given.
    fn base_arguments(&self, class: Def, args: &[Type], owner: Def, depth: u32) -> Option<Vec<Type>> {
        if class == owner {
            return Some(args.to_vec());
        }
        if depth > MAX_DEPTH {
            return None;
        }
        let parameters = self.class_parameters(class);
        self.bases_of(Nominal::Project(class)).into_iter().find_map(|base| match base {
            Type::Instance(Nominal::Project(above), given, _) => {
                let given: Vec<Type> = given.iter().map(|ty| bind(ty, &parameters, args)).collect();
                self.base_arguments(above, &given, owner, depth + 1)
            }
            _ => None,
        })
    }

    /// `T = TypeVar("T")`
    pub(super) fn declares_parameter(&self, file: FileId, value: ValueId, depth: u32) -> bool {
        let ValueKind::Call { callee, .. } = self.module_unit(file).value(value).kind else {
            return false;
        };
        match self.value_as_type(file, callee, no_parts(), depth + 1) {
            Type::Instance(Nominal::Library(id), ..) => {
                let entry = self.catalogue.ty(id).entry.as_ref();
                entry.is_some_and(|entry| entry.declares.as_deref() == Some("type-parameter"))
            }
            _ => false,
        }
    }

    /// `T = TypeVar("T", bound=Client)`: what a type parameter is at least, by its name in a file.
    pub(super) fn parameter_bound(&self, file: FileId, name: Name) -> Option<Type> {
        let module = self.modules.of_file(file)?;
        let [Entity::Variable(file, local)] = self.in_module(module, name)[..] else {
            return None;
        };
        let made = self.only_write(file, local)?;
        let unit = self.module_unit(file);
        let ValueKind::Call { callee, args, count } = unit.value(made.value).kind else {
            return None;
        };
        let Type::Instance(Nominal::Library(id), ..) = self.value_as_type(file, callee, no_parts(), 0) else {
            return None;
        };
        let stands_for = &self.catalogue.function(self.catalogue.ty(id).new?).entry.effects.passes;
        let args = unit.args(args, count);
        let bound = args.iter().find(|arg| {
            let given = self.name(file, arg.name);
            arg.name.is_some() && stands_for.iter().any(|param| *param == *self.names.text(given))
        })?;
        Some(self.value_as_type(file, bound.value, no_parts(), 0)).filter(|ty| !ty.is_unknown())
    }

    /// What a class of the project says of its own parameters, seen from an instance of it or of a class below it.
    pub(super) fn seen_from(&self, receiver: &Type, owner: Def, ty: Type) -> Type {
        let Type::Instance(Nominal::Project(class), args, _) = receiver else {
            return ty;
        };
        if self.language(owner.file) != Language::Python || !has_parameter(&ty) {
            return ty;
        }
        let parameters = self.class_parameters(owner);
        match self.base_arguments(*class, args, owner, 0) {
            Some(args) if !parameters.is_empty() => bind(&ty, &parameters, &args),
            _ => ty,
        }
    }

    /// Whether a name is a type parameter of the class around a definition.
    pub(super) fn is_class_parameter(&self, def: Def, name: Name) -> bool {
        let parent = self.definition(def).parent;
        parent.is_some() && self.class_parameters(Def { file: def.file, id: parent }).contains(&name)
    }
}

impl Eval<'_> {
    /// The type parameters of a Python function in its result, by the arguments of a call.
    pub(super) fn solved(&mut self, result: Type, def: Def, func: Func, target: &Target, at: At) -> Type {
        if !has_parameter(&result) {
            return result;
        }
        let program = self.program;
        let params = program.file(def.file).outline().params(def.id);
        let bound = self.bind_project(at, func, target);
        let mut known: Vec<(Name, Type)> = Vec::new();
        for (param, bound) in params.iter().zip(bound) {
            let Bound::Value(value) = bound else {
                continue;
            };
            let declared = program.outline_type(def, param.ty);
            if has_parameter(&declared) {
                let given = self.value(At { unit: at.unit, value });
                match_up(&declared, &given, &mut known, 0);
            }
        }
        substitute(&result, &|name| {
            Some(known.iter().find(|(of, _)| *of == name).map_or(Type::Unknown, |(_, ty)| ty.clone()))
        })
    }
}

impl Eval<'_> {
    /// An object of a class, whose type parameters the arguments of its constructor may tell.
    pub(super) fn instance_of(&mut self, class: Def, at: At) -> Type {
        let program = self.program;
        let plain = Type::instance(Nominal::Project(class));
        if program.language(class.file) != Language::Python {
            return plain;
        }
        let parameters = program.class_parameters(class);
        let init = program.names.intern("__init__");
        let func = program.member_def(class, init).and_then(|def| Some((def, program.function_of_def(def)?)));
        let Some((def, func)) = func.filter(|_| !parameters.is_empty()) else {
            return plain;
        };
        let target = Target { callee: super::Callee::Project(func), receiver: Some(Type::Unknown), given: 0 };
        let args = parameters.iter().map(|name| self.solved(Type::TypeParam(*name), def, func, &target, at));
        let args: Vec<Type> = args.collect();
        if args.iter().all(Type::is_unknown) {
            plain
        } else {
            Type::Instance(Nominal::Project(class), args.into(), Name::NONE)
        }
    }
}

impl Type {
    /// The type with unknown for what type variables of Python stand for.
    pub(super) fn without_parameters(self, language: Language) -> Type {
        let is_open = language == Language::Python && has_parameter(&self);
        if is_open { substitute(&self, &|_| Some(Type::Unknown)) } else { self }
    }
}

fn bind(ty: &Type, parameters: &[Name], args: &[Type]) -> Type {
    substitute(ty, &|name| {
        let at = parameters.iter().position(|parameter| *parameter == name)?;
        Some(args.get(at).cloned().unwrap_or(Type::Unknown))
    })
}

/// What the parameters of a declared type stand for in a given one.
fn match_up(declared: &Type, given: &Type, known: &mut Vec<(Name, Type)>, depth: u32) {
    if depth > MAX_DEPTH || given.is_unknown() {
        return;
    }
    match (declared, given) {
        (Type::TypeParam(name), _) if known.iter().any(|(of, _)| of == name) => {}
        (Type::TypeParam(name), _) => {
            // `type[T]` is written like `T`: the class says what its objects are.
            let ty = match given {
                Type::Class(nominal, args) => Type::Instance(*nominal, args.clone(), Name::NONE),
                other => other.clone(),
            };
            known.push((*name, ty));
        }
        (Type::Instance(_, declared, _), Type::Instance(_, given, _)) if declared.len() == given.len() => {
            declared.iter().zip(given.iter()).for_each(|(a, b)| match_up(a, b, known, depth + 1));
        }
        // `Iterable[T]`, given a `dict[K, V]` or a tuple: the first says what is iterated.
        (Type::Instance(_, declared, _), Type::Instance(_, given, _)) if declared.len() == 1 && !given.is_empty() => {
            match_up(&declared[0], &given[0], known, depth + 1);
        }
        (Type::Tuple(declared), Type::Tuple(given)) => {
            declared.iter().zip(given.iter()).for_each(|(a, b)| match_up(a, b, known, depth + 1));
        }
        (Type::Union(parts), _) => parts.iter().for_each(|part| match_up(part, given, known, depth + 1)),
        (Type::Coroutine(declared), Type::Coroutine(given)) | (Type::Callable(declared), Type::Callable(given)) => {
            match_up(declared, given, known, depth + 1);
        }
        _ => {}
    }
}

fn has_parameter(ty: &Type) -> bool {
    let mut found = Vec::new();
    parameters_in(ty, &mut found, 0);
    !found.is_empty()
}

fn parameters_in(ty: &Type, found: &mut Vec<Name>, depth: u32) {
    if depth > MAX_DEPTH {
        return;
    }
    match ty {
        Type::TypeParam(name) if found.contains(name) => {}
        Type::TypeParam(name) => found.push(*name),
        Type::Instance(_, parts, _) | Type::Class(_, parts) | Type::Tuple(parts) | Type::Union(parts) => {
            parts.iter().for_each(|part| parameters_in(part, found, depth + 1));
        }
        Type::Coroutine(inner) | Type::Callable(inner) | Type::Generator(inner, _) => {
            parameters_in(inner, found, depth + 1);
        }
        _ => {}
    }
}

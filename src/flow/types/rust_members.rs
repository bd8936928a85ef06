//! Members of Rust types: fields, methods of impls and of traits, and what a path through a type names.

use super::attributes::{MAX_IMPLEMENTATIONS, Member, args_of};
use super::eval::Eval;
use super::{Callable, Nominal, Parts, Type, no_parts};
use crate::catalogue::{Item, Language, Ty};
use crate::flow::ids::{At, Def, Func};
use crate::flow::naming::names::Name;
use crate::flow::naming::scope::Entity;
use crate::model::{DefFlags, DefKind};
use std::sync::Arc;

impl Eval<'_> {
    pub(super) fn rust_members(&mut self, of: Def, args: &Parts, base: &Type, name: Name) -> Vec<Member> {
        let outline = self.program.file(of.file).outline();
        let field = outline.fields(of.id).iter().find(|field| self.program.name(of.file, field.name) == name);
        let field = field.map(|field| {
            let ty = self.program.outline_type(of, field.ty);
            Member::Value(self.program.with_arguments(of, args, &ty))
        });
        let methods = self.rust_methods(Nominal::Project(of), base, name);
        if field.is_some() || !methods.is_empty() {
            return field.into_iter().chain(methods).collect();
        }
        match self.dereferenced(base) {
            Some(inner) if inner != *base => self.members(&inner, name),
            _ => Vec::new(),
        }
    }

    /// The methods of a type and of the traits that it implements.
    fn rust_methods(&mut self, of: Nominal, base: &Type, name: Name) -> Vec<Member> {
        let mut from_traits = Vec::new();
        for implementation in self.program.impls(of) {
            let is_trait = self.program.file(implementation.file).outline().bases(implementation.id).len() > 1;
            for def in self.program.members(*implementation, name) {
                if self.program.definition(*def).kind != DefKind::Function {
                    continue;
                }
                let member = Member::Function(*def, base.clone());
                if !is_trait {
                    return vec![member];
                }
                from_traits.push(member);
            }
        }
        if !from_traits.is_empty() {
            return from_traits;
        }
        for implementation in self.program.impls(of) {
            let outline = self.program.file(implementation.file).outline();
            let Some(written) = outline.bases(implementation.id).get(1) else {
                continue;
            };
            let of_trait = match self.program.outline_type(*implementation, *written) {
                Type::Dyn(parts) => parts.first().cloned().unwrap_or(Type::Unknown),
                other => other,
            };
            let found = match of_trait {
                Type::Instance(Nominal::Project(of_trait), ..) => self
                    .program
                    .members(of_trait, name)
                    .iter()
                    .filter(|def| self.program.definition(**def).kind == DefKind::Function)
                    .map(|def| Member::Function(*def, base.clone()))
                    .collect(),
                Type::Instance(Nominal::Library(id), ..) => {
                    self.library_member(id, base, name, 0).into_iter().collect::<Vec<_>>()
                }
                _ => Vec::new(),
            };
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Methods that a type has besides its own: of the project's impls for a library's type, and of traits in scope that
    /// are implemented for all that they fit.
    pub(super) fn extension_members(&mut self, base: &Type, name: Name, at: At) -> Vec<Member> {
        const MAX_DEREFS: usize = 4;
        let program = self.program;
        if program.language(at.unit.file) != Language::Rust {
            return Vec::new();
        }
        let mut ty = base.clone();
        for _ in 0..MAX_DEREFS {
            if let Type::Instance(of @ (Nominal::Library(_) | Nominal::Path(_)), ..) = &ty {
                let found = self.rust_methods(*of, base, name);
                if !found.is_empty() && found.len() <= MAX_IMPLEMENTATIONS {
                    return found;
                }
            }
            match self.dereferenced(&ty) {
                Some(inner) if inner != ty => ty = inner,
                _ => break,
            }
        }
        // Of a type that the catalogue does not know, methods of its own come first.
        let is_known = matches!(base, Type::Coroutine(_) | Type::Dyn(_))
            || matches!(base, Type::Instance(Nominal::Project(_) | Nominal::Library(_), ..));
        if !is_known {
            return Vec::new();
        }
        for entity in self.traits_in_scope(at.unit).iter() {
            let found = match entity {
                Entity::Library(language, path) => match program.library_item(*language, *path) {
                    Some(Item::Type(id)) => {
                        program.library_method(id, name).map(|method| Member::Library(method, base.clone()))
                    }
                    _ => None,
                },
                Entity::Def(of_trait) => self.blanket_method(*of_trait, base, name),
                _ => None,
            };
            if let Some(found) = found {
                return vec![found];
            }
        }
        Vec::new()
    }

    /// A method of a trait of the project that is implemented for a type parameter: `impl<T: Read> Ext for T`.
    fn blanket_method(&mut self, of_trait: Def, base: &Type, name: Name) -> Option<Member> {
        let program = self.program;
        program.member_def(of_trait, name)?;
        let impls = program.impls_of(Nominal::Project(of_trait));
        let blanket = impls.iter().find(|found| matches!(program.self_type(**found), Type::TypeParam(_)))?;
        let method = program.member_def(*blanket, name).or_else(|| program.member_def(of_trait, name))?;
        Some(Member::Function(method, base.clone()))
    }

    /// A method of a trait object or bounded parameter: its implementations in the program, if they are few.
    pub(super) fn trait_members(&mut self, of_trait: Def, base: &Type, name: Name) -> Vec<Member> {
        let own: Vec<Def> = self
            .program
            .members(of_trait, name)
            .iter()
            .copied()
            .filter(|def| self.program.definition(*def).kind == DefKind::Function)
            .collect();
        if own.is_empty() {
            let supertraits = self.program.bases_of(Nominal::Project(of_trait));
            for supertrait in supertraits {
                let found = self.members(&supertrait, name);
                if !found.is_empty() {
                    return received_by(base, found);
                }
            }
            return Vec::new();
        }
        let mut found = Vec::new();
        for implementation in self.program.impls_of(Nominal::Project(of_trait)) {
            for def in self.program.members(*implementation, name) {
                let member = Member::Function(*def, self.program.self_type(*implementation));
                if !found.contains(&member) {
                    found.push(member);
                }
            }
        }
        let has_default = own.iter().any(|def| !self.program.definition(*def).flags.has(DefFlags::NO_BODY));
        if found.is_empty() || has_default || found.len() > MAX_IMPLEMENTATIONS {
            // The signature alone says what comes back, and whether it is awaited.
            found = own.into_iter().map(|def| Member::Function(def, base.clone())).collect();
        }
        found
    }

    /// `Type::name` in Rust: an associated function, constant or variant.
    pub(super) fn associated(&mut self, base: &Type, name: Name) -> Type {
        let instance = match base {
            Type::Class(nominal @ Nominal::Project(def), args)
                if self.program.definition(*def).kind == DefKind::Trait =>
            {
                Type::Dyn([Type::Instance(*nominal, args.clone(), Name::NONE)].into())
            }
            Type::Class(nominal, args) => Type::Instance(*nominal, args.clone(), Name::NONE),
            Type::Dyn(_) => base.clone(),
            Type::LibraryPath(path) => {
                let path = self.program.joined(*path, Language::Rust, name);
                return self.library_value(Language::Rust, path);
            }
            _ => return Type::Unknown,
        };
        if let Type::Instance(Nominal::Project(def), ..) = &instance
            && self.program.definition(*def).kind == DefKind::Enum
            && let Some(variant) = self.program.member_def(*def, name)
            && self.program.definition(variant).kind == DefKind::Variant
        {
            return Type::Class(Nominal::Project(variant), no_parts());
        }
        let found = self.members(&instance, name);
        // `#[derive(Default)]`
        if found.is_empty()
            && matches!(instance, Type::Instance(Nominal::Project(_), ..))
            && *self.program.names.text(name) == *"default"
        {
            return Type::Callable(Arc::new(instance));
        }
        let types: Vec<Type> = found
            .into_iter()
            .map(|member| match member {
                Member::Function(def, receiver) => match self.program.function_of_def(def) {
                    // Called as a path, the receiver is the first argument; the type arguments come along.
                    Some(func) => match receiver {
                        Type::Instance(_, ref args, _) if !args.is_empty() => {
                            Type::Bound(Arc::new(receiver), Callable::Project(func))
                        }
                        _ => Type::Function(Callable::Project(func)),
                    },
                    None => Type::Unknown,
                },
                Member::Library(id, receiver) => match receiver {
                    Type::Instance(_, ref args, _) if !args.is_empty() => {
                        Type::Bound(Arc::new(receiver), Callable::Library(id))
                    }
                    _ => Type::Function(Callable::Library(id)),
                },
                Member::Value(ty) => ty,
            })
            .collect();
        Type::union(types)
    }

    /// A function's result with the receiver's type arguments filled in.
    pub(crate) fn returned_to(&mut self, func: Func, receiver: &Type) -> Type {
        let result = self.returned(func);
        let unit = self.unit(func.unit_ref());
        let Some(def) = unit.def else {
            return result;
        };
        let def = Def { file: func.file, id: def };
        let outline = self.program.file(func.file).outline();
        let parent = outline.get(def.id).parent;
        let result = if parent.is_some() {
            self.program.seen_from(receiver, Def { file: func.file, id: parent }, result)
        } else {
            result
        };
        let result = if parent.is_some() && !args_of(receiver).is_empty() {
            // `impl<T> Foo<T>`: the impl's parameters stand in the order of its self type's arguments.
            let owner = Def { file: func.file, id: parent };
            let owner_args = args_of(receiver).to_vec();
            match outline.get(parent).kind {
                DefKind::Impl => {
                    let self_args = match outline.bases(parent).first().map(|ty| outline.types.get(*ty)) {
                        Some(Ty::Named { args, .. }) => outline.types.list(args).to_vec(),
                        _ => Vec::new(),
                    };
                    super::terms::substitute(&result, &|name| {
                        let at = self_args.iter().position(|arg| {
                            matches!(outline.types.get(*arg), Ty::Named { path, .. } if self.program.name(func.file, path) == name)
                        })?;
                        owner_args.get(at).cloned()
                    })
                }
                _ => self.program.with_arguments(owner, &owner_args, &result),
            }
        } else {
            result
        };
        // A Python method that gives `self` gives what it was called on.
        match (&result, receiver) {
            (Type::Instance(Nominal::Project(declared), ..), Type::Instance(Nominal::Project(actual), ..))
                if declared != actual
                    && self.program.mro(*actual).contains(&Nominal::Project(*declared))
                    && self.is_self_return(def) =>
            {
                receiver.clone()
            }
            _ => result,
        }
    }

    fn is_self_return(&self, def: Def) -> bool {
        let outline = self.program.file(def.file).outline();
        let returns = outline.get(def.id).returns;
        returns.is_some() && matches!(outline.types.get(returns), Ty::SelfTy)
    }
}

/// What a library's trait says of `Self` is true of all that the receiver implements: `T: Clone + Read`.
pub(super) fn received_by(base: &Type, mut members: Vec<Member>) -> Vec<Member> {
    for member in &mut members {
        if let Member::Library(_, receiver) = member
            && matches!(receiver, Type::Dyn(_) | Type::Instance(..))
            && args_of(receiver).is_empty()
        {
            *receiver = base.clone();
        }
    }
    members
}

//! Written type terms to types: annotations of the project, terms of the catalogue.

use super::eval::class_of;
use super::{Nominal, Parts, Type, no_parts};
use crate::catalogue::{Function, Item, Language, Ty, TyId, TyList, TyPool, TypeId};
use crate::flow::Program;
use crate::flow::ids::{Def, ModuleId, UnitRef};
use crate::flow::naming::names::Name;
use crate::flow::naming::scope::Entity;
use crate::model::{BinaryOp, DefId, DefKind, LocalId, ValueId, ValueKind};
use crate::text::{FileId, Strings};
use std::sync::Arc;

/// Applies a projection of a catalogue term to its operand.
pub type Projector<'a> = dyn FnMut(&str, Type) -> Type + 'a;

/// What the names in a catalogue term stand for.
#[derive(Default)]
pub struct TermScope<'a> {
    /// `Self`, and the source of `@Elem(self)` and its relatives.
    pub receiver: Option<Type>,
    /// Type parameters that are known.
    pub generics: Vec<(String, Type)>,
    /// The type of the argument bound to a parameter.
    pub argument: Option<&'a mut dyn FnMut(&str) -> Type>,
    /// Applies `@Return`, `@Awaited`, `@Elem`, `@Inner`, `@Partial`.
    pub project: Option<&'a mut Projector<'a>>,
}

impl Program {
    /// The module whose names a definition sees.
    pub fn module_around(&self, within: Def) -> Option<ModuleId> {
        let file = self.file(within.file);
        let mut id = within.id;
        while id.is_some() {
            if let Some(module) = self.modules.of_inline(Def { file: within.file, id }) {
                return Some(module);
            }
            id = file.outline().get(id).parent;
        }
        self.modules.of_file(within.file)
    }

    /// A term of a file's outline, as written on or inside a definition.
    pub fn outline_type(&self, within: Def, ty: TyId) -> Type {
        if ty.is_none() {
            return Type::Unknown;
        }
        let file = self.file(within.file);
        self.written_type(within, &file.outline().types, ty, 0)
    }

    /// A term of a unit.
    pub fn unit_type(&self, unit: UnitRef, ty: TyId) -> Type {
        if ty.is_none() {
            return Type::Unknown;
        }
        let lowered = self.unit(unit);
        let within = Def { file: unit.file, id: lowered.def.unwrap_or(DefId::NONE) };
        self.written_type(within, &lowered.types, ty, 0)
    }

    fn written_type(&self, within: Def, pool: &TyPool, ty: TyId, depth: u32) -> Type {
        const MAX_DEPTH: u32 = 16;
        if depth > MAX_DEPTH {
            return Type::Unknown;
        }
        let list = |list: TyList| -> Vec<Type> {
            pool.list(list).iter().map(|part| self.written_type(within, pool, *part, depth + 1)).collect()
        };
        match pool.get(ty) {
            Ty::Unknown => Type::Unknown,
            Ty::Nothing => Type::Nothing,
            Ty::SelfTy => self.self_type(within),
            Ty::Tuple { parts } => Type::Tuple(list(parts).into()),
            Ty::Union { parts } => Type::union(list(parts)),
            Ty::Dyn { traits } => Type::Dyn(list(traits).into()),
            Ty::Callable { signature } => {
                let result = list(signature).pop().unwrap_or(Type::Unknown);
                Type::Callable(Arc::new(result))
            }
            Ty::Class { of } => class_of(self.written_type(within, pool, of, depth + 1)),
            Ty::Named { path, args } => {
                let args = list(args);
                let text = self.file(within.file).text(path);
                self.nominal_type(within, text, args.into(), depth)
            }
        }
    }

    /// The nominal type that a path written inside a definition names.
    fn nominal_type(&self, within: Def, path: &str, args: Parts, depth: u32) -> Type {
        let separator = crate::flow::naming::scope::separator(self.language(within.file));
        let (first, rest) = path.split_once(separator).map_or((path, None), |(first, rest)| (first, Some(rest)));
        if first == "Self" && separator == "::" {
            let Some(rest) = rest else {
                return self.self_type(within);
            };
            return self.associated_type(within, rest, depth);
        }
        let first_name = self.names.intern(first);
        if let Some(bound) = self.type_param_in_term(within, first_name, depth) {
            return if rest.is_none() { bound } else { Type::Unknown };
        }
        match self.language(within.file) {
            Language::Python => self.python_type(within, first_name, rest, args, depth),
            Language::Rust => {
                let Some(module) = self.module_around(within) else {
                    return Type::Unknown;
                };
                let (entities, rest) = match self.item_in_function(within, first_name) {
                    Some(item) if rest.is_none() => (vec![item], Vec::new()),
                    _ => self.rust_path_in(module, path),
                };
                if !rest.is_empty() {
                    return Type::Unknown;
                }
                self.first_type(&entities, args, depth)
            }
        }
    }

    fn python_type(&self, within: Def, first: Name, rest: Option<&str>, args: Parts, depth: u32) -> Type {
        // Classes nested in the classes around come before the module's names.
        let mut owner = within.id;
        let outline = self.file(within.file).outline();
        let mut entities = Vec::new();
        while owner.is_some() && entities.is_empty() {
            let def = outline.get(owner);
            if def.kind == DefKind::Class {
                let member = self.member_def(Def { file: within.file, id: owner }, first);
                entities
                    .extend(member.filter(|member| self.definition(*member).kind == DefKind::Class).map(Entity::Def));
            }
            owner = def.parent;
        }
        if entities.is_empty() {
            let Some(module) = self.modules.of_file(within.file) else {
                return Type::Unknown;
            };
            entities = self.in_module(module, first);
        }
        if entities.is_empty() {
            let path = crate::catalogue::prelude(Language::Python, &self.names.text(first)).unwrap_or_default();
            let path = self.names.intern(&path);
            if self.library_item(Language::Python, path).is_none() {
                return Type::Unknown;
            }
            entities.push(Entity::Library(Language::Python, path));
        }
        for segment in rest.into_iter().flat_map(|rest| rest.split('.')) {
            let name = self.names.intern(segment);
            entities = entities
                .into_iter()
                .flat_map(|entity| match entity {
                    Entity::Module(module) => self.in_module(module, name),
                    Entity::Library(language, path) => {
                        vec![Entity::Library(language, self.names.join(path, ".", name))]
                    }
                    Entity::Def(owner) => self.member_def(owner, name).map(Entity::Def).into_iter().collect(),
                    Entity::Variable(..) => Vec::new(),
                })
                .collect();
        }
        let types: Vec<Type> = entities.iter().map(|entity| self.entity_type(*entity, args.clone(), depth)).collect();
        Type::union(types)
    }

    fn first_type(&self, entities: &[Entity], args: Parts, depth: u32) -> Type {
        entities
            .iter()
            .map(|entity| self.entity_type(*entity, args.clone(), depth))
            .find(|ty| !ty.is_unknown())
            .unwrap_or(Type::Unknown)
    }

    /// The type that an entity names where a type is written.
    fn entity_type(&self, entity: Entity, args: Parts, depth: u32) -> Type {
        const MAX_DEPTH: u32 = 16;
        if depth > MAX_DEPTH {
            return Type::Unknown;
        }
        match entity {
            Entity::Def(def) => {
                let definition = self.definition(def);
                match definition.kind {
                    DefKind::Class | DefKind::Struct | DefKind::Enum => {
                        Type::Instance(Nominal::Project(def), args, Name::NONE)
                    }
                    DefKind::Variant => Type::instance(Nominal::Project(Def { file: def.file, id: definition.parent })),
                    DefKind::Trait => Type::Dyn([Type::Instance(Nominal::Project(def), args, Name::NONE)].into()),
                    DefKind::Alias => {
                        let outline = self.file(def.file).outline();
                        let target = self.written_type(def, &outline.types, definition.returns, depth + 1);
                        let generics: Vec<Name> =
                            outline.generics(def.id).iter().map(|generic| self.name(def.file, generic.name)).collect();
                        substitute(&target, &|name| {
                            let at = generics.iter().position(|generic| *generic == name)?;
                            Some(args.get(at).cloned().unwrap_or(Type::Unknown))
                        })
                    }
                    _ => Type::Unknown,
                }
            }
            Entity::Library(language, path) => match self.library_item(language, path) {
                Some(Item::Type(id)) => {
                    let entry = self.catalogue.ty(id).entry.as_ref();
                    match entry.and_then(|entry| entry.means.as_deref()) {
                        Some("first") => args.first().cloned().unwrap_or(Type::Unknown),
                        Some(_) => Type::union(args.iter().cloned()),
                        None => self.library_instance(id, args),
                    }
                }
                Some(_) => Type::Unknown,
                None => self.unknown_library_type(language, path, args),
            },
            Entity::Variable(file, local) => self.alias_type(file, local, args, depth + 1),
            Entity::Module(_) => Type::Unknown,
        }
    }

    /// The type that a module's variable names: `Alias = dict[str, Client]`, `Client = httpx.Client`.
    fn alias_type(&self, file: FileId, local: LocalId, args: Parts, depth: u32) -> Type {
        let unit = self.module_unit(file);
        let mut writes = unit.values.iter().filter_map(|value| match value.kind {
            ValueKind::Write { local: written, from, count: 0, .. } if written == local => Some(from),
            _ => None,
        });
        match (writes.next(), writes.next()) {
            (Some(from), None) if from.is_some() && self.declares_parameter(file, from, depth) => {
                Type::TypeParam(self.name(file, unit.local(local).name))
            }
            (Some(from), None) if from.is_some() => self.value_as_type(file, from, args, depth),
            _ => Type::Unknown,
        }
    }

    pub(super) fn value_as_type(&self, file: FileId, value: ValueId, args: Parts, depth: u32) -> Type {
        const MAX_DEPTH: u32 = 16;
        if depth > MAX_DEPTH {
            return Type::Unknown;
        }
        let unit = self.module_unit(file);
        let within = Def { file, id: DefId::NONE };
        match unit.value(value).kind {
            ValueKind::Name { name, .. } => self.python_type(within, self.name(file, name), None, args, depth + 1),
            ValueKind::Attr { .. } => {
                let mut parts = Vec::new();
                let mut at = value;
                loop {
                    match unit.value(at).kind {
                        ValueKind::Attr { of, name } => {
                            parts.push(self.file(file).text(name));
                            at = of;
                        }
                        ValueKind::Name { name, .. } => {
                            parts.reverse();
                            let rest = parts.join(".");
                            return self.python_type(within, self.name(file, name), Some(&rest), args, depth + 1);
                        }
                        _ => return Type::Unknown,
                    }
                }
            }
            ValueKind::Item { of, index } => {
                let args = match unit.value(index).kind {
                    ValueKind::Collection { args, count, .. } => unit
                        .args(args, count)
                        .iter()
                        .map(|arg| self.value_as_type(file, arg.value, no_parts(), depth + 1))
                        .collect(),
                    _ => [self.value_as_type(file, index, no_parts(), depth + 1)].into(),
                };
                self.value_as_type(file, of, args, depth + 1)
            }
            ValueKind::Operation { op: BinaryOp::BitOr, left, right } => Type::union([
                self.value_as_type(file, left, no_parts(), depth + 1),
                self.value_as_type(file, right, no_parts(), depth + 1),
            ]),
            _ => Type::Unknown,
        }
    }

    /// A type that the catalogue does not know. A Rust library's own `Result` is an alias of the language's.
    fn unknown_library_type(&self, language: Language, path: Name, args: Parts) -> Type {
        let text = self.names.text(path);
        if language == Language::Rust
            && let Some((_, "Result")) = text.rsplit_once("::")
            && !args.is_empty()
            && let Some(alias) = crate::catalogue::prelude(language, "Result")
            && let Some(Item::Type(id)) = self.library_item(language, self.names.intern(&alias))
        {
            return self.library_instance(id, args);
        }
        Type::Instance(Nominal::Path(path), args, Name::NONE)
    }

    /// A library's type, or the trait object that naming a trait means.
    pub fn library_instance(&self, id: TypeId, args: Parts) -> Type {
        let ty = self.catalogue.ty(id);
        let instance = Type::Instance(Nominal::Library(id), args, Name::NONE);
        if ty.is_trait { Type::Dyn([instance].into()) } else { instance }
    }

    fn associated_type(&self, within: Def, name: &str, depth: u32) -> Type {
        let name = self.names.intern(name);
        let outline = self.file(within.file).outline();
        let mut owner = within.id;
        while owner.is_some() {
            let def = outline.get(owner);
            if matches!(def.kind, DefKind::Impl | DefKind::Trait) {
                let alias = self.member_def(Def { file: within.file, id: owner }, name);
                return alias.map_or(Type::Unknown, |alias| {
                    let definition = self.definition(alias);
                    if definition.returns.is_none() && def.kind == DefKind::Trait {
                        // `type Output: Bound;`: whatever an implementation says, it is that much.
                        let bounds = outline.bases(alias.id);
                        let bounds =
                            bounds.iter().map(|bound| self.written_type(within, &outline.types, *bound, depth + 1));
                        return all_of(bounds);
                    }
                    self.written_type(within, &outline.types, definition.returns, depth + 1)
                });
            }
            owner = def.parent;
        }
        Type::Unknown
    }

    /// `Self` inside a definition.
    pub fn self_type(&self, within: Def) -> Type {
        let outline = self.file(within.file).outline();
        let mut owner = within.id;
        while owner.is_some() {
            let def = outline.get(owner);
            let here = Def { file: within.file, id: owner };
            match def.kind {
                DefKind::Class | DefKind::Struct | DefKind::Enum => return Type::instance(Nominal::Project(here)),
                DefKind::Trait => return Type::Dyn([Type::instance(Nominal::Project(here))].into()),
                DefKind::Impl => {
                    let Some(of) = outline.bases(owner).first() else {
                        return Type::Unknown;
                    };
                    if matches!(outline.types.get(*of), Ty::SelfTy) {
                        return Type::Unknown;
                    }
                    return self.written_type(Def { file: within.file, id: owner }, &outline.types, *of, 1);
                }
                _ => owner = def.parent,
            }
        }
        Type::Unknown
    }

    /// What a type parameter of the definitions around stands for: what bounds it on a function, else itself, because
    /// type arguments may be put in its place.
    pub fn type_param(&self, within: Def, name: Name) -> Option<Type> {
        self.type_param_in_term(within, name, 0)
    }

    fn type_param_in_term(&self, within: Def, name: Name, depth: u32) -> Option<Type> {
        let (owner, bound) = self.type_param_at(within, name)?;
        if self.definition(owner).kind == DefKind::Function && bound.is_some() {
            return Some(self.bound_type(within, bound, depth));
        }
        Some(Type::TypeParam(name))
    }

    /// What bounds a type parameter of the definitions around, wherever it is declared.
    pub fn type_param_bound(&self, within: Def, name: Name) -> Option<Type> {
        let (_, bound) = self.type_param_at(within, name)?;
        bound.is_some().then(|| self.bound_type(within, bound, 0))
    }

    /// The bound of a parameter that stands `depth` steps inside of a term.
    fn bound_type(&self, within: Def, bound: TyId, depth: u32) -> Type {
        // `T: Add<T>`, `A: Into<B>, B: Into<A>`: bounds may lead back to themselves, so each counts for several steps.
        const STEPS: u32 = 8;
        const STEPS_WITHIN_A_BOUND: u32 = 3;
        let depth = if depth < STEPS { STEPS } else { depth + STEPS_WITHIN_A_BOUND };
        self.written_type(within, &self.file(within.file).outline().types, bound, depth)
    }

    /// The definition that declares a type parameter, and its bound.
    fn type_param_at(&self, within: Def, name: Name) -> Option<(Def, TyId)> {
        let outline = self.file(within.file).outline();
        let mut owner = within.id;
        while owner.is_some() {
            let generic = outline.generics(owner).iter().find(|generic| self.name(within.file, generic.name) == name);
            if let Some(generic) = generic {
                return Some((Def { file: within.file, id: owner }, generic.bound));
            }
            owner = outline.get(owner).parent;
        }
        None
    }

    /// A term of a library's pool.
    pub fn library_type(&self, library: u32, ty: TyId, scope: &mut TermScope) -> Type {
        if ty.is_none() {
            return Type::Unknown;
        }
        let (pool, strings) = self.catalogue.pool(library);
        self.term(library, pool, strings, ty, scope, 0)
    }

    fn term(
        &self,
        library: u32,
        pool: &TyPool,
        strings: &Strings,
        ty: TyId,
        scope: &mut TermScope,
        depth: u32,
    ) -> Type {
        const MAX_DEPTH: u32 = 16;
        if depth > MAX_DEPTH {
            return Type::Unknown;
        }
        let list = |list: TyList, scope: &mut TermScope| -> Vec<Type> {
            pool.list(list).iter().map(|part| self.term(library, pool, strings, *part, scope, depth + 1)).collect()
        };
        match pool.get(ty) {
            Ty::Unknown => Type::Unknown,
            Ty::Nothing => Type::Nothing,
            Ty::SelfTy => scope.receiver.clone().unwrap_or(Type::Unknown),
            Ty::Tuple { parts } => Type::Tuple(list(parts, scope).into()),
            Ty::Union { parts } => Type::union(list(parts, scope)),
            Ty::Dyn { traits } => {
                let parts = list(traits, scope);
                let flat: Vec<Type> = parts
                    .into_iter()
                    .flat_map(|part| match part {
                        Type::Dyn(inner) => inner.to_vec(),
                        part => vec![part],
                    })
                    .collect();
                Type::Dyn(flat.into())
            }
            Ty::Callable { signature } => {
                let result = list(signature, scope).pop().unwrap_or(Type::Unknown);
                Type::Callable(Arc::new(result))
            }
            Ty::Class { of } => class_of(self.term(library, pool, strings, of, scope, depth + 1)),
            Ty::Named { path, args } => {
                let text = strings.get(path);
                let args = list(args, scope);
                if let Some(projection) = text.strip_prefix('@') {
                    let operand = args.into_iter().next().unwrap_or(Type::Unknown);
                    return match scope.project.as_mut() {
                        Some(project) => project(projection, operand),
                        None => Type::Unknown,
                    };
                }
                if let Some(param) = text.strip_prefix('$') {
                    if param == "self" {
                        return scope.receiver.clone().unwrap_or(Type::Unknown);
                    }
                    return scope.argument.as_mut().map_or(Type::Unknown, |argument| argument(param));
                }
                let (path, variant) =
                    text.split_once('#').map_or((text, None), |(path, variant)| (path, Some(variant)));
                if path == "Self" {
                    return match (scope.receiver.clone().unwrap_or(Type::Unknown), variant) {
                        (Type::Instance(nominal, args, _), Some(variant)) => {
                            Type::Instance(nominal, args, self.names.intern(variant))
                        }
                        (ty, _) => ty,
                    };
                }
                if let Some((_, known)) = scope.generics.iter().find(|(name, _)| name == path) {
                    return known.clone();
                }
                let language = self.catalogue_language(library);
                let name = self.names.intern(path);
                match self.library_item(language, name) {
                    Some(Item::Type(id)) => match self.library_instance(id, args.into()) {
                        Type::Instance(nominal, args, _) => {
                            let variant = variant.map_or(Name::NONE, |variant| self.names.intern(variant));
                            Type::Instance(nominal, args, variant)
                        }
                        other => other,
                    },
                    Some(Item::Value(value)) => self.library_type(value.library, value.ty, &mut TermScope::default()),
                    _ if path.contains(['.', ':']) => Type::Instance(Nominal::Path(name), args.into(), Name::NONE),
                    _ => Type::Unknown,
                }
            }
        }
    }

    /// The bases and implemented traits of a library's type.
    pub(crate) fn library_bases(&self, id: TypeId) -> Vec<Type> {
        let ty = self.catalogue.ty(id);
        ty.bases
            .iter()
            .chain(&ty.implements)
            .map(|base| match self.library_type(ty.library, *base, &mut TermScope::default()) {
                Type::Dyn(parts) => parts.first().cloned().unwrap_or(Type::Unknown),
                other => other,
            })
            .collect()
    }

    /// Type parameters of a library's type bound to the arguments of an instance.
    pub fn generics_of(&self, id: TypeId, args: &[Type]) -> Vec<(String, Type)> {
        let ty = self.catalogue.ty(id);
        ty.generics
            .iter()
            .enumerate()
            .map(|(at, name)| (name.clone(), args.get(at).cloned().unwrap_or(Type::Unknown)))
            .collect()
    }

    /// Type parameters of a project's type bound to the arguments of an instance.
    pub fn with_arguments(&self, of: Def, args: &[Type], ty: &Type) -> Type {
        let outline = self.file(of.file).outline();
        let generics = outline.generics(of.id);
        if generics.is_empty() {
            return ty.clone();
        }
        substitute(ty, &|name| {
            let at = generics.iter().position(|generic| self.name(of.file, generic.name) == name)?;
            Some(args.get(at).cloned().unwrap_or(Type::Unknown))
        })
    }

    /// What stands at a library's path.
    pub fn library_item(&self, language: Language, path: Name) -> Option<Item> {
        if let Some(known) = self.items.get(&(language, path)) {
            return known;
        }
        let found = self.catalogue.find(language, &self.names.text(path));
        self.items.insert((language, path), found);
        found
    }

    /// The type that an associated function of a library stands on: `Builder` for `Builder::new`.
    pub(super) fn type_around(&self, path: &str, library: u32) -> Option<Type> {
        let language = self.catalogue_language(library);
        let (parent, _) = path.rsplit_once(crate::flow::naming::scope::separator(language))?;
        match self.library_item(language, self.names.intern(parent))? {
            Item::Type(id) => Some(Type::instance(Nominal::Library(id))),
            _ => None,
        }
    }

    /// The declared result of a library function.
    pub fn library_return(&self, function: &Function, scope: &mut TermScope) -> Type {
        let result = self.library_type(function.library, function.returns, scope);
        if function.is_async { Type::Coroutine(Arc::new(result)) } else { result }
    }
}

/// What implements each of several traits.
fn all_of(bounds: impl Iterator<Item = Type>) -> Type {
    let parts: Vec<Type> = bounds
        .flat_map(|bound| match bound {
            Type::Dyn(parts) => parts.to_vec(),
            Type::Unknown => Vec::new(),
            other => vec![other],
        })
        .collect();
    if parts.is_empty() { Type::Unknown } else { Type::Dyn(parts.into()) }
}

/// Replaces type parameters.
pub fn substitute(ty: &Type, of: &dyn Fn(Name) -> Option<Type>) -> Type {
    let list = |parts: &Parts| -> Parts { parts.iter().map(|part| substitute(part, of)).collect() };
    match ty {
        Type::TypeParam(name) => of(*name).unwrap_or_else(|| ty.clone()),
        Type::Instance(nominal, args, variant) if !args.is_empty() => Type::Instance(*nominal, list(args), *variant),
        Type::Class(nominal, args) if !args.is_empty() => Type::Class(*nominal, list(args)),
        Type::Tuple(parts) => Type::Tuple(list(parts)),
        Type::Union(parts) => Type::union(parts.iter().map(|part| substitute(part, of))),
        Type::Dyn(parts) => Type::Dyn(list(parts)),
        Type::Coroutine(inner) => Type::Coroutine(Arc::new(substitute(inner, of))),
        Type::Generator(inner, is_async) => Type::Generator(Arc::new(substitute(inner, of)), *is_async),
        Type::Callable(inner) => Type::Callable(Arc::new(substitute(inner, of))),
        Type::Bound(receiver, callable) => Type::Bound(Arc::new(substitute(receiver, of)), *callable),
        other => other.clone(),
    }
}

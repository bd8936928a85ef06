//! Members of types, and what iterating, entering, awaiting, indexing and operators give.

use super::eval::Eval;
use super::rust_members::received_by;
use super::terms::TermScope;
use super::{Callable, Nominal, Type, no_parts};
use crate::catalogue::{FunctionId, Item, Language, TypeId, derived_traits};
use crate::flow::ids::{At, Def};
use crate::flow::naming::names::Name;
use crate::model::{DefFlags, DefKind};
use std::sync::Arc;

/// A member of a type, as found.
#[derive(Clone, Debug, PartialEq)]
pub enum Member {
    /// A function of the project; with the receiver's type.
    Function(Def, Type),
    Library(FunctionId, Type),
    Value(Type),
}

/// How many implementations of an abstract method are followed.
pub(super) const MAX_IMPLEMENTATIONS: usize = 4;

impl Eval<'_> {
    /// The type of `base.name`.
    pub(crate) fn attribute(&mut self, base: &Type, name: Name, at: At) -> Type {
        let (parts, open) = base.alternatives();
        let mut types: Vec<Type> = parts.iter().map(|part| self.attribute_of(part, name, at)).collect();
        if open && !types.is_empty() {
            types.push(Type::Unknown);
        }
        Type::union(types)
    }

    fn attribute_of(&mut self, base: &Type, name: Name, at: At) -> Type {
        let gaps = self.gaps();
        let ty = self.attribute_found(base, name, at);
        if ty.is_unknown() {
            self.no_member(base, name, gaps);
        }
        ty
    }

    fn attribute_found(&mut self, base: &Type, name: Name, at: At) -> Type {
        match base {
            Type::Module(module) => {
                let entities = self.program.in_module(*module, name);
                let types: Vec<Type> = entities.into_iter().map(|entity| self.entity(entity)).collect();
                return Type::union(types);
            }
            Type::LibraryPath(path) => {
                let language = self.program.language(at.unit.file);
                let path = self.program.joined(*path, language, name);
                return self.library_value(language, path);
            }
            // `pair.0`
            Type::Tuple(parts) => {
                let at = self.program.names.text(name).parse::<usize>().ok();
                return at.and_then(|at| parts.get(at).cloned()).unwrap_or(Type::Unknown);
            }
            _ => {}
        }
        let mut members = self.members(base, name);
        // A field of Rust may have the name of a method.
        if self.program.language(at.unit.file) == Language::Rust
            && members.iter().any(|member| matches!(member, Member::Value(_)))
        {
            members.retain(|member| matches!(member, Member::Value(_)));
        }
        let types: Vec<Type> = members.into_iter().map(|member| self.member_value(member)).collect();
        Type::union(types)
    }

    /// What reading a member gives: a property's result, a bound method, a field's type.
    fn member_value(&mut self, member: Member) -> Type {
        match member {
            Member::Value(ty) => ty,
            Member::Function(def, receiver) => {
                let decorations = self.program.decorations(def);
                let Some(func) = self.program.function_of_def(def) else {
                    return Type::Unknown;
                };
                if decorations.is_property {
                    return self.returned_to(func, &receiver);
                }
                if decorations.is_static {
                    return Type::Function(Callable::Project(func));
                }
                Type::Bound(Arc::new(receiver), Callable::Project(func))
            }
            Member::Library(id, receiver) => {
                let function = self.program.catalogue.function(id);
                if function.is_property {
                    return self.library_result(id, Some(&receiver), None);
                }
                if function.receiver == crate::catalogue::Receiver::None {
                    return Type::Function(Callable::Library(id));
                }
                Type::Bound(Arc::new(receiver), Callable::Library(id))
            }
        }
    }

    /// The members of that name, before any is read.
    pub fn members(&mut self, base: &Type, name: Name) -> Vec<Member> {
        let found = self.known_members(base, name);
        let Type::Instance(nominal @ (Nominal::Library(_) | Nominal::Project(_)), ..) = base else {
            return found;
        };
        if !found.is_empty() {
            return found;
        }
        let language = match nominal {
            Nominal::Project(def) => self.program.language(def.file),
            Nominal::Library(id) => self.program.catalogue_language(self.program.catalogue.ty(*id).library),
            Nominal::Path(_) => return found,
        };
        let traits = derived_traits(language).iter().filter_map(|path| {
            match self.program.library_item(language, self.program.names.intern(path))? {
                Item::Type(id) => Some(id),
                _ => None,
            }
        });
        let traits: Vec<TypeId> = traits.collect();
        traits.into_iter().filter_map(|id| self.library_member(id, base, name, 0)).collect()
    }

    fn known_members(&mut self, base: &Type, name: Name) -> Vec<Member> {
        match base {
            Type::Instance(Nominal::Project(def), args, _) => match self.program.language(def.file) {
                Language::Python => self.python_members(*def, base, name),
                Language::Rust => self.rust_members(*def, args, base, name),
            },
            Type::Instance(Nominal::Library(id), ..) => self.library_members(*id, base, name),
            Type::Class(Nominal::Project(def), _) => match self.program.language(def.file) {
                Language::Python => {
                    let instance = Type::instance(Nominal::Project(*def));
                    let mut members = self.python_members(*def, &instance, name);
                    for member in &mut members {
                        // Through the class: a class method is bound to it, a plain one is not bound at all.
                        if let Member::Function(def, _) = member {
                            let decorations = self.program.decorations(*def);
                            if !decorations.is_class
                                && !decorations.is_static
                                && let Some(func) = self.program.function_of_def(*def)
                            {
                                *member = Member::Value(Type::Function(Callable::Project(func)));
                            }
                        }
                    }
                    members
                }
                Language::Rust => match self.associated(base, name) {
                    Type::Unknown => Vec::new(),
                    ty => vec![Member::Value(ty)],
                },
            },
            Type::Class(Nominal::Library(id), args) => {
                let instance = Type::Instance(Nominal::Library(*id), args.clone(), Name::NONE);
                self.library_members(*id, &instance, name)
                    .into_iter()
                    .map(|member| match member {
                        Member::Library(id, _)
                            if self.program.catalogue.function(id).receiver != crate::catalogue::Receiver::Class =>
                        {
                            Member::Value(Type::Function(Callable::Library(id)))
                        }
                        member => member,
                    })
                    .collect()
            }
            Type::Dyn(parts) => {
                let parts = parts.clone();
                for part in parts.iter() {
                    let found = match part {
                        Type::Instance(Nominal::Project(def), ..) => self.trait_members(*def, base, name),
                        part => received_by(base, self.members(part, name)),
                    };
                    if !found.is_empty() {
                        return found;
                    }
                }
                Vec::new()
            }
            Type::Super(class, receiver) => {
                let mro = self.program.mro(*class);
                for nominal in mro.iter().skip(1) {
                    let found = self.own_members(*nominal, receiver, name);
                    if !found.is_empty() {
                        return found;
                    }
                }
                Vec::new()
            }
            Type::Generator(..) | Type::Coroutine(_) | Type::Tuple(_) => Vec::new(),
            _ => Vec::new(),
        }
    }

    fn library_members(&mut self, id: TypeId, base: &Type, name: Name) -> Vec<Member> {
        if let Some(found) = self.library_member(id, base, name, 0) {
            return vec![found];
        }
        match self.dereferenced(base) {
            Some(inner) if inner != *base => self.members(&inner, name),
            _ => Vec::new(),
        }
    }

    /// A member of a library's type or of what it derives from and implements.
    pub(super) fn library_member(&mut self, id: TypeId, receiver: &Type, name: Name, depth: u32) -> Option<Member> {
        const MAX_DEPTH: u32 = 12;
        if depth > MAX_DEPTH {
            return None;
        }
        if let Some(function) = self.program.library_method(id, name) {
            return Some(Member::Library(function, receiver.clone()));
        }
        let text = self.program.names.text(name);
        if *text == *"__init__"
            && let Some(new) = self.program.catalogue.ty(id).new
        {
            return Some(Member::Library(new, receiver.clone()));
        }
        if let Some(term) = self.program.catalogue.attribute(id, &text) {
            let mut scope = TermScope {
                receiver: Some(receiver.clone()),
                generics: self.program.generics_of(id, args_of(receiver)),
                ..Default::default()
            };
            let library = self.program.catalogue.ty(id).library;
            return Some(Member::Value(self.program.library_type(library, term, &mut scope)));
        }
        let bases = self.program.library_bases(id);
        bases.into_iter().find_map(|base| match base {
            Type::Instance(Nominal::Library(base), ..) => self.library_member(base, receiver, name, depth + 1),
            _ => None,
        })
    }

    fn python_members(&mut self, class: Def, receiver: &Type, name: Name) -> Vec<Member> {
        let mro = self.program.mro(class);
        let mut declared = None;
        for nominal in mro.iter() {
            match nominal {
                Nominal::Project(def) => {
                    let found = self.own_functions(*def, receiver, name);
                    if !found.is_empty() {
                        return self.with_implementations(class, found, receiver, name);
                    }
                    let outline = self.program.file(def.file).outline();
                    let field =
                        outline.fields(def.id).iter().find(|field| self.program.name(def.file, field.name) == name);
                    if let Some(field) = field
                        && declared.is_none()
                    {
                        let ty = self.program.outline_type(*def, field.ty);
                        let ty = self.program.seen_from(receiver, *def, ty);
                        declared = Some(ty).filter(|ty| !ty.is_unknown());
                    }
                }
                Nominal::Library(id) => {
                    if let Some(found) = self.library_member(*id, receiver, name, 0) {
                        return vec![found];
                    }
                }
                Nominal::Path(_) => {}
            }
        }
        let mut written = self.written_attribute(class, name);
        let writes = |owner: &&Nominal| match owner {
            Nominal::Project(def) => {
                let program = self.program;
                !program.self_writes(*def, name).is_empty() || !program.class_locals(*def, name).is_empty()
            }
            _ => false,
        };
        if let Some(Nominal::Project(owner)) = mro.iter().find(writes) {
            written = self.program.seen_from(receiver, *owner, written);
        }
        // What the constructor stores beats a declared base that says less.
        let ty = match (declared, written) {
            (Some(declared), Type::Unknown | Type::Nothing | Type::Param(_)) => declared,
            (Some(declared), written) if self.is_abstract(&declared) => written,
            (Some(declared), _) => declared,
            (None, written) => written,
        };
        if ty.is_unknown() { Vec::new() } else { vec![Member::Value(ty)] }
    }

    /// Everything that is written to an attribute, in the class body and in the methods of the class and its bases.
    pub fn written_attribute(&mut self, class: Def, name: Name) -> Type {
        self.ask(super::eval::Question::Attribute(Nominal::Project(class), name), |eval| {
            let mro = eval.program.mro(class);
            let mut types = Vec::new();
            for nominal in mro.iter() {
                let Nominal::Project(def) = nominal else {
                    continue;
                };
                for (file, local) in eval.program.class_locals(*def, name) {
                    types.push(eval.variable(*file, *local));
                }
                for write in eval.program.self_writes(*def, name).iter().take(8) {
                    let ty = eval.written(*write);
                    types.push(ty);
                }
                if types.iter().any(|ty| !matches!(ty, Type::Unknown | Type::Nothing)) {
                    break;
                }
            }
            if types.is_empty() { Type::Unknown } else { Type::union(types) }
        })
    }

    fn own_members(&mut self, nominal: Nominal, receiver: &Type, name: Name) -> Vec<Member> {
        match nominal {
            Nominal::Project(def) => self.own_functions(def, receiver, name),
            Nominal::Library(id) => self.library_member(id, receiver, name, 0).into_iter().collect(),
            Nominal::Path(_) => Vec::new(),
        }
    }

    /// Functions (and nested classes) of the class itself: the last definition, without setters and overloads.
    fn own_functions(&mut self, class: Def, receiver: &Type, name: Name) -> Vec<Member> {
        let members = self.program.members(class, name);
        let mut found = Vec::new();
        for def in members.iter().rev() {
            let definition = self.program.definition(*def);
            match definition.kind {
                DefKind::Function => {
                    let decorations = self.program.decorations(*def);
                    if decorations.is_overload || decorations.is_setter {
                        continue;
                    }
                    let receiver =
                        if decorations.is_class { super::eval::class_of(receiver.clone()) } else { receiver.clone() };
                    found.push(Member::Function(*def, receiver));
                    if !definition.flags.has(DefFlags::CONDITIONAL) {
                        break;
                    }
                }
                DefKind::Class => {
                    found.push(Member::Value(Type::Class(Nominal::Project(*def), no_parts())));
                    break;
                }
                _ => {}
            }
        }
        found
    }

    /// An abstract method stands for its implementations in subclasses.
    fn with_implementations(&mut self, class: Def, found: Vec<Member>, receiver: &Type, name: Name) -> Vec<Member> {
        let is_abstract = found.iter().all(|member| match member {
            Member::Function(def, _) => {
                self.program.definition(*def).flags.has(DefFlags::NO_BODY) || self.program.decorations(*def).is_abstract
            }
            _ => false,
        });
        if !is_abstract {
            return found;
        }
        let mut implementations = Vec::new();
        let mut queue = vec![class];
        let mut seen = 0;
        while let Some(next) = queue.pop() {
            seen += 1;
            if seen > 64 {
                return found;
            }
            for sub in self.program.subclasses(next) {
                for member in self.own_functions(*sub, receiver, name) {
                    let has_body = match &member {
                        Member::Function(def, _) => !self.program.definition(*def).flags.has(DefFlags::NO_BODY),
                        _ => false,
                    };
                    if has_body && !implementations.contains(&member) {
                        implementations.push(member);
                    }
                }
                queue.push(*sub);
            }
        }
        if implementations.is_empty() || implementations.len() > MAX_IMPLEMENTATIONS { found } else { implementations }
    }

    fn is_abstract(&self, ty: &Type) -> bool {
        let Type::Instance(Nominal::Project(def), ..) = ty else {
            return false;
        };
        !self.program.subclasses(*def).is_empty()
    }
}

pub(super) fn args_of(ty: &Type) -> &[Type] {
    match ty {
        Type::Instance(_, args, _) | Type::Class(_, args) => args,
        _ => &[],
    }
}

/// The method that an operator calls.
pub fn python_operator(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "+" => "__add__",
        "-" => "__sub__",
        "*" => "__mul__",
        "/" => "__truediv__",
        "//" => "__floordiv__",
        "%" => "__mod__",
        "**" => "__pow__",
        "@" => "__matmul__",
        "&" => "__and__",
        "|" => "__or__",
        "^" => "__xor__",
        "<<" => "__lshift__",
        ">>" => "__rshift__",
        "/r" => "__rtruediv__",
        _ => return None,
    })
}

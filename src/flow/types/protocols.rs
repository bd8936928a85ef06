//! What iterating, entering, awaiting, dereferencing, indexing and operators give.

use super::attributes::{Member, args_of, python_operator};
use super::eval::Eval;
use super::terms::TermScope;
use super::{Nominal, Parts, Type};
use crate::catalogue::{Language, TypeId};
use crate::flow::ids::{At, Def};
use crate::flow::naming::names::Name;
use crate::model::{ConstKind, DefKind, ValueKind};

impl Eval<'_> {
    /// What iterating gives.
    pub fn element(&mut self, ty: &Type) -> Type {
        let (parts, _) = ty.alternatives();
        let types: Vec<Type> = parts.iter().map(|part| self.element_of(part)).collect();
        Type::union(types)
    }

    pub(super) fn element_of(&mut self, ty: &Type) -> Type {
        match ty {
            Type::Generator(element, _) => (**element).clone(),
            Type::Tuple(parts) => Type::union(parts.iter().cloned()),
            Type::Instance(Nominal::Library(id), args, _) => {
                if let Some(found) = self.iterates(*id, args, 0) {
                    return found;
                }
                args.first().cloned().unwrap_or(Type::Unknown)
            }
            Type::Instance(Nominal::Project(def), args, _) => {
                if self.program.language(def.file) == Language::Rust
                    && let Some(item) = self.implemented_alias(*def, args, "Item")
                {
                    return item;
                }
                for method in ["__iter__", "__aiter__", "__next__", "__anext__", "next", "into_iter"] {
                    let name = self.program.names.intern(method);
                    let Some(member) = self.members(ty, name).into_iter().next() else {
                        continue;
                    };
                    let Member::Function(method_def, receiver) = member else {
                        continue;
                    };
                    let Some(func) = self.program.function_of_def(method_def) else {
                        continue;
                    };
                    let given = self.returned_to(func, &receiver);
                    match method {
                        "next" => return self.unwrapped(&given),
                        "__next__" => return given,
                        "__anext__" => return self.awaited(&given),
                        _ => {}
                    }
                    if given != *ty {
                        return self.element(&given);
                    }
                }
                // `class Paths(list[Path])`
                let bases = self.program.bases_of(Nominal::Project(*def));
                bases
                    .iter()
                    .find_map(|base| match base {
                        Type::Instance(Nominal::Library(_), args, _) if !args.is_empty() => Some(self.element_of(base)),
                        _ => None,
                    })
                    .unwrap_or(Type::Unknown)
            }
            Type::Dyn(parts) => {
                let parts = parts.clone();
                parts.iter().map(|part| self.element_of(part)).find(|ty| !ty.is_unknown()).unwrap_or(Type::Unknown)
            }
            _ => Type::Unknown,
        }
    }

    pub(super) fn iterates(&mut self, id: TypeId, args: &Parts, depth: u32) -> Option<Type> {
        let ty = self.program.catalogue.ty(id);
        if ty.iterates.is_some() {
            let mut scope = TermScope {
                receiver: Some(Type::Instance(Nominal::Library(id), args.clone(), Name::NONE)),
                generics: self.program.generics_of(id, args),
                ..Default::default()
            };
            return Some(self.program.library_type(ty.library, ty.iterates, &mut scope));
        }
        if depth > 4 {
            return None;
        }
        let bases = self.program.library_bases(id);
        bases.into_iter().find_map(|base| match base {
            Type::Instance(Nominal::Library(base), base_args, _) => {
                let generics = self.program.generics_of(id, args);
                let args: Parts = base_args
                    .iter()
                    .map(|arg| match arg {
                        Type::Unknown => generics.first().map_or(Type::Unknown, |(_, ty)| ty.clone()),
                        arg => arg.clone(),
                    })
                    .collect();
                self.iterates(base, &args, depth + 1)
            }
            _ => None,
        })
    }

    /// What `with … as x` binds.
    pub fn entered(&mut self, ty: &Type) -> Type {
        self.entered_as(ty, false)
    }

    /// What `with … as x` or `async with … as x` binds; what has one form only is entered by that.
    pub(super) fn entered_as(&mut self, ty: &Type, is_async: bool) -> Type {
        let methods = if is_async { ["__aenter__", "__enter__"] } else { ["__enter__", "__aenter__"] };
        let (parts, _) = ty.alternatives();
        let types: Vec<Type> = parts
            .iter()
            .map(|part| match part {
                Type::Generator(element, _) => (**element).clone(),
                Type::Instance(Nominal::Library(id), args, _) => self.library_entered(*id, args, part),
                Type::Coroutine(inner) => self.entered(inner),
                Type::Instance(Nominal::Project(_), ..) => {
                    for method in methods {
                        let name = self.program.names.intern(method);
                        match self.members(part, name).into_iter().next() {
                            Some(Member::Function(def, receiver)) => {
                                let Some(func) = self.program.function_of_def(def) else {
                                    continue;
                                };
                                return match self.returned_to(func, &receiver) {
                                    Type::Coroutine(inner) => (*inner).clone(),
                                    other => other,
                                };
                            }
                            Some(Member::Library(id, receiver)) => {
                                return match self.library_result(id, Some(&receiver), None) {
                                    Type::Coroutine(inner) => (*inner).clone(),
                                    other => other,
                                };
                            }
                            _ => {}
                        }
                    }
                    Type::Unknown
                }
                _ => Type::Unknown,
            })
            .collect();
        Type::union(types)
    }

    pub(super) fn library_entered(&mut self, id: TypeId, args: &Parts, receiver: &Type) -> Type {
        let ty = self.program.catalogue.ty(id);
        if ty.entered.is_some() {
            let mut scope = TermScope {
                receiver: Some(receiver.clone()),
                generics: self.program.generics_of(id, args),
                ..Default::default()
            };
            return self.program.library_type(ty.library, ty.entered, &mut scope);
        }
        for method in ["__enter__", "__aenter__"] {
            let name = self.program.names.intern(method);
            if let Some(Member::Library(function, receiver)) = self.library_member(id, receiver, name, 0) {
                return match self.library_result(function, Some(&receiver), None) {
                    Type::Coroutine(inner) => (*inner).clone(),
                    other => other,
                };
            }
        }
        Type::Unknown
    }

    /// What awaiting gives.
    pub fn awaited(&mut self, ty: &Type) -> Type {
        let (parts, _) = ty.alternatives();
        let types: Vec<Type> = parts.iter().map(|part| self.awaited_part(part)).collect();
        Type::union(types)
    }

    pub(super) fn awaited_part(&mut self, ty: &Type) -> Type {
        match ty {
            Type::Coroutine(inner) => (**inner).clone(),
            Type::Instance(Nominal::Library(id), args, _) => {
                self.library_awaited(*id, args, 0).unwrap_or(Type::Unknown)
            }
            Type::Dyn(parts) => {
                let parts = parts.clone();
                parts.iter().map(|part| self.awaited_part(part)).find(|ty| !ty.is_unknown()).unwrap_or(Type::Unknown)
            }
            Type::Instance(Nominal::Project(def), args, _) => match self.program.language(def.file) {
                Language::Python => {
                    // What `__await__` yields says nothing about what it returns in the end.
                    Type::Unknown
                }
                Language::Rust => self.implemented_alias(*def, args, "Output").unwrap_or(Type::Unknown),
            },
            _ => Type::Unknown,
        }
    }

    /// An associated type that an impl of a type says: `type Output = …;`.
    fn implemented_alias(&mut self, of: Def, args: &Parts, name: &str) -> Option<Type> {
        let name = self.program.names.intern(name);
        for implementation in self.program.impls(Nominal::Project(of)) {
            for alias in self.program.members(*implementation, name) {
                let definition = self.program.definition(*alias);
                if definition.kind == DefKind::Alias {
                    let written = self.program.outline_type(*alias, definition.returns);
                    return Some(self.program.with_arguments(*implementation, args, &written));
                }
            }
        }
        None
    }

    pub(crate) fn library_awaited(&mut self, id: TypeId, args: &Parts, depth: u32) -> Option<Type> {
        let ty = self.program.catalogue.ty(id);
        if ty.awaits.is_some() {
            let mut scope = TermScope {
                receiver: Some(Type::Instance(Nominal::Library(id), args.clone(), Name::NONE)),
                generics: self.program.generics_of(id, args),
                ..Default::default()
            };
            return Some(self.program.library_type(ty.library, ty.awaits, &mut scope));
        }
        if depth > 6 {
            return None;
        }
        for base in self.program.library_bases(id) {
            if let Type::Instance(Nominal::Library(base), ..) = base
                && let Some(found) = self.library_awaited(base, args, depth + 1)
            {
                return Some(found);
            }
        }
        // `Box<impl Future>`, `Pin<Box<dyn Future>>`.
        let receiver = Type::Instance(Nominal::Library(id), args.clone(), Name::NONE);
        let inner = self.dereferenced(&receiver)?;
        (inner != receiver).then(|| self.awaited_part(&inner))
    }

    /// Whether awaiting or driving a value is a duty: a coroutine or a future that does nothing on its own.
    pub fn is_awaitable(&mut self, ty: &Type) -> bool {
        match ty {
            Type::Coroutine(_) => true,
            Type::Instance(Nominal::Library(id), args, _) => self.library_awaited(*id, &args.clone(), 0).is_some(),
            Type::Dyn(parts) => parts.clone().iter().any(|part| self.is_awaitable(part)),
            Type::Instance(Nominal::Project(_), ..) => {
                let name = self.program.names.intern("__await__");
                !self.members(ty, name).is_empty()
            }
            Type::Union(parts) => parts.clone().iter().any(|part| self.is_awaitable(part)),
            _ => false,
        }
    }

    /// `?`, `unwrap`: the first type argument.
    pub fn unwrapped(&mut self, ty: &Type) -> Type {
        match ty {
            Type::Instance(_, args, _) => args.first().cloned().unwrap_or(Type::Unknown),
            _ => Type::Unknown,
        }
    }

    /// What `Deref` leads to.
    pub fn dereferenced(&mut self, ty: &Type) -> Option<Type> {
        match ty {
            Type::Instance(Nominal::Library(id), args, _) => {
                let entry = self.program.catalogue.ty(*id);
                if entry.derefs.is_none() {
                    return None;
                }
                let mut scope = TermScope {
                    receiver: Some(ty.clone()),
                    generics: self.program.generics_of(*id, args),
                    ..Default::default()
                };
                Some(self.program.library_type(entry.library, entry.derefs, &mut scope))
            }
            Type::Instance(Nominal::Project(def), args, _) => {
                if self.program.language(def.file) != Language::Rust {
                    return None;
                }
                let name = self.program.names.intern("Target");
                for implementation in self.program.impls(Nominal::Project(*def)) {
                    for alias in self.program.members(*implementation, name) {
                        let definition = self.program.definition(*alias);
                        if definition.kind == DefKind::Alias {
                            let target = self.program.outline_type(*alias, definition.returns);
                            return Some(self.program.with_arguments(*def, args, &target));
                        }
                    }
                }
                None
            }
            _ => None,
        }
    }

    pub(super) fn operator(&mut self, ty: &Type, symbol: &str) -> Type {
        match ty {
            Type::Instance(Nominal::Library(id), ..) => {
                self.library_operator(*id, ty, symbol, 0).unwrap_or(Type::Unknown)
            }
            Type::Instance(Nominal::Project(def), ..) if self.program.language(def.file) == Language::Python => {
                let Some(method) = python_operator(symbol) else {
                    return Type::Unknown;
                };
                let name = self.program.names.intern(method);
                match self.members(ty, name).into_iter().next() {
                    Some(Member::Function(def, receiver)) => match self.program.function_of_def(def) {
                        Some(func) => self.returned_to(func, &receiver),
                        None => Type::Unknown,
                    },
                    Some(Member::Library(id, receiver)) => self.library_result(id, Some(&receiver), None),
                    _ => {
                        let mro = self.program.mro(*def);
                        mro.iter()
                            .find_map(|nominal| match nominal {
                                Nominal::Library(id) => self.library_operator(*id, ty, symbol, 0),
                                _ => None,
                            })
                            .unwrap_or(Type::Unknown)
                    }
                }
            }
            Type::Union(parts) => {
                let types: Vec<Type> = parts.clone().iter().map(|part| self.operator(part, symbol)).collect();
                Type::union(types)
            }
            _ => Type::Unknown,
        }
    }

    pub(super) fn library_operator(&mut self, id: TypeId, receiver: &Type, symbol: &str, depth: u32) -> Option<Type> {
        if let Some(term) = self.program.catalogue.operator(id, symbol) {
            let mut scope = TermScope {
                receiver: Some(receiver.clone()),
                generics: self.program.generics_of(id, args_of(receiver)),
                ..Default::default()
            };
            return Some(self.program.library_type(self.program.catalogue.ty(id).library, term, &mut scope));
        }
        if depth > 6 {
            return None;
        }
        let bases = self.program.library_bases(id);
        bases.into_iter().find_map(|base| match base {
            Type::Instance(Nominal::Library(base), ..) => self.library_operator(base, receiver, symbol, depth + 1),
            _ => None,
        })
    }

    /// `base[index]`.
    pub(super) fn item(&mut self, base: &Type, index: At) -> Type {
        if let Some(written) = self.written_item(base, index) {
            return written;
        }
        match base {
            Type::Tuple(parts) => {
                if index.value.is_some()
                    && let ValueKind::Const { text, .. } = self.unit(index.unit).value(index.value).kind
                    && let Ok(n) = self.program.file(index.unit.file).text(text).parse::<usize>()
                {
                    return parts.get(n).cloned().unwrap_or(Type::Unknown);
                }
                self.element(base)
            }
            // A slice of a list is a list.
            Type::Instance(..) if index.value.is_none() => base.clone(),
            Type::Instance(Nominal::Library(_), args, _) if args.len() == 2 => args[1].clone(),
            Type::Instance(Nominal::Library(_), args, _) if args.len() == 1 => args[0].clone(),
            Type::Instance(Nominal::Project(_), ..) => {
                let name = self.program.names.intern("__getitem__");
                match self.members(base, name).into_iter().next() {
                    Some(Member::Function(def, receiver)) => match self.program.function_of_def(def) {
                        Some(func) => self.returned_to(func, &receiver),
                        None => Type::Unknown,
                    },
                    _ => match self.dereferenced(base) {
                        Some(inner) => self.item(&inner, index),
                        None => self.key(base, index),
                    },
                }
            }
            Type::Instance(..) => match self.dereferenced(base) {
                Some(inner) => self.item(&inner, index),
                None => Type::Unknown,
            },
            // `list[int]` as a value
            Type::Class(..) => base.clone(),
            Type::Union(parts) => {
                let types: Vec<Type> = parts.clone().iter().map(|part| self.item(part, index)).collect();
                Type::union(types)
            }
            _ => Type::Unknown,
        }
    }

    /// `options["client"]` of a typed dictionary: its keys are the fields of a class that indexes nothing itself.
    fn key(&mut self, base: &Type, index: At) -> Type {
        if index.value.is_none() {
            return Type::Unknown;
        }
        let ValueKind::Const { kind: ConstKind::Text, text } = self.unit(index.unit).value(index.value).kind else {
            return Type::Unknown;
        };
        let name = self.program.names.intern(self.program.file(index.unit.file).text(text));
        match self.members(base, name).into_iter().next() {
            Some(Member::Value(ty)) => ty,
            _ => Type::Unknown,
        }
    }

    /// What an entry of the catalogue says of `base[index]`.
    fn written_item(&mut self, base: &Type, index: At) -> Option<Type> {
        if index.value.is_none() || !matches!(base, Type::Instance(Nominal::Library(_), ..)) {
            return None;
        }
        let name = self.program.names.intern("__getitem__");
        match self.members(base, name).into_iter().next()? {
            Member::Library(id, receiver) if self.program.catalogue.function(id).has_entry => {
                Some(self.library_result(id, Some(&receiver), None))
            }
            _ => None,
        }
    }
}

//! Types as written, as type terms.
//!
//! References, lifetimes, `mut` and raw pointers leave no trace. Slices and arrays are the nominal types `slice` and
//! `array` with their element. Nothing is resolved here.

use syn::{GenericArgument, Generics, PathArguments, ReturnType, Type, TypeParamBound};

use crate::catalogue::{Ty, TyId, TyList, TyPool};
use crate::text::{Strings, Sym};

/// How far back a term is looked for before it is written again.
const RECENT: usize = 256;

/// Writes type terms of one pool.
pub(super) struct Types<'p> {
    pub pool: &'p mut TyPool,
    pub strings: &'p mut Strings,
}

impl Types<'_> {
    pub fn ty(&mut self, ty: &Type) -> TyId {
        match ty {
            Type::Reference(ty) => self.ty(&ty.elem),
            Type::Ptr(ty) => self.ty(&ty.elem),
            Type::Paren(ty) => self.ty(&ty.elem),
            Type::Group(ty) => self.ty(&ty.elem),
            Type::Array(array) => self.container("array", &array.elem),
            Type::Slice(slice) => self.container("slice", &slice.elem),
            Type::Never(_) => self.term(Ty::Nothing),
            Type::Tuple(tuple) if tuple.elems.is_empty() => self.term(Ty::Nothing),
            Type::Tuple(tuple) => {
                let parts: Vec<TyId> = tuple.elems.iter().map(|part| self.ty(part)).collect();
                self.tuple(&parts)
            }
            Type::FnPtr(function) => {
                let mut signature: Vec<TyId> = function.inputs.iter().map(|input| self.ty(&input.ty)).collect();
                signature.push(self.result(&function.output));
                let signature = self.list(&signature);
                self.term(Ty::Callable { signature })
            }
            Type::ImplTrait(bounds) => self.bounds(&bounds.bounds),
            Type::TraitObject(bounds) => self.bounds(&bounds.bounds),
            Type::Path(path) => match &path.qself {
                Some(qself) => {
                    let of = self.ty(&qself.ty);
                    let name = self.strings.intern(&path_text(&path.path));
                    let args = self.list(&[of]);
                    self.term(Ty::Named { path: name, args })
                }
                None => self.path(&path.path),
            },
            _ => self.term(Ty::Unknown),
        }
    }

    /// Terms and lists are written once: signatures repeat themselves.
    fn term(&mut self, ty: Ty) -> TyId {
        let recent = self.pool.terms.len().saturating_sub(RECENT);
        match self.pool.terms[recent..].iter().position(|known| *known == ty) {
            Some(at) => TyId((recent + at) as u32),
            None => self.pool.push(ty),
        }
    }

    fn list(&mut self, parts: &[TyId]) -> TyList {
        if parts.is_empty() {
            return TyList::default();
        }
        let recent = self.pool.lists.len().saturating_sub(RECENT);
        match self.pool.lists[recent..].windows(parts.len()).position(|known| known == parts) {
            Some(at) => TyList { start: (recent + at) as u32, len: parts.len() as u32 },
            None => self.pool.push_list(parts),
        }
    }

    /// The result of a signature: nothing where none is written.
    pub fn result(&mut self, output: &ReturnType) -> TyId {
        match output {
            ReturnType::Default => self.term(Ty::Nothing),
            ReturnType::Type(_, ty) => self.ty(ty),
        }
    }

    /// A nominal type, or a trait.
    pub fn path(&mut self, path: &syn::Path) -> TyId {
        if path.is_ident("Self") {
            return self.term(Ty::SelfTy);
        }
        if let Some(segment) = path.segments.last()
            && let PathArguments::Parenthesized(args) = &segment.arguments
        {
            let mut signature: Vec<TyId> = args.inputs.iter().map(|input| self.ty(&input.ty)).collect();
            signature.push(self.result(&args.output));
            let signature = self.list(&signature);
            return self.term(Ty::Callable { signature });
        }
        let name = self.strings.intern(&path_text(path));
        let args = self.arguments(path);
        let args = self.list(&args);
        self.term(Ty::Named { path: name, args })
    }

    /// The type arguments of all segments of a path, associated types last.
    pub fn arguments(&mut self, path: &syn::Path) -> Vec<TyId> {
        let mut found = Vec::new();
        for segment in &path.segments {
            if let PathArguments::AngleBracketed(args) = &segment.arguments {
                self.angle_bracketed(args, &mut found);
            }
        }
        found
    }

    pub fn angle_bracketed(&mut self, args: &syn::AngleBracketedGenericArguments, found: &mut Vec<TyId>) {
        for arg in &args.args {
            match arg {
                GenericArgument::Type(ty) => found.push(self.ty(ty)),
                GenericArgument::AssocType(assoc) => found.push(self.ty(&assoc.ty)),
                GenericArgument::Const(_) => found.push(self.term(Ty::Unknown)),
                _ => {}
            }
        }
    }

    /// `A + B`; none if only lifetimes are written.
    pub fn bounds<'b>(&mut self, bounds: impl IntoIterator<Item = &'b TypeParamBound>) -> TyId {
        let mut traits = Vec::new();
        for bound in bounds {
            if let TypeParamBound::Trait(bound) = bound
                && bound.maybe.is_none()
            {
                traits.push(self.path(&bound.path));
            }
        }
        self.all_of(&traits)
    }

    fn all_of(&mut self, traits: &[TyId]) -> TyId {
        if traits.is_empty() {
            return TyId::NONE;
        }
        if let Some(callable) = traits.iter().copied().find(|id| matches!(self.pool.get(*id), Ty::Callable { .. })) {
            return callable;
        }
        let traits = self.list(traits);
        self.term(Ty::Dyn { traits })
    }

    pub fn tuple(&mut self, parts: &[TyId]) -> TyId {
        let parts = self.list(parts);
        self.term(Ty::Tuple { parts })
    }

    fn container(&mut self, name: &str, element: &Type) -> TyId {
        let element = self.ty(element);
        let path = self.strings.intern(name);
        let args = self.list(&[element]);
        self.term(Ty::Named { path, args })
    }

    /// Type parameters with their bounds, those of the `where` clause included.
    pub fn generics(&mut self, generics: &Generics) -> Vec<(Sym, TyId)> {
        let mut found = Vec::new();
        for param in generics.type_params() {
            let mut bounds: Vec<&TypeParamBound> = param.bounds.iter().collect();
            for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
                if let syn::WherePredicate::Type(predicate) = predicate
                    && let Type::Path(bounded) = &predicate.bounded_ty
                    && bounded.path.is_ident(&param.ident)
                {
                    bounds.extend(&predicate.bounds);
                }
            }
            let name = self.strings.intern(&name_text(&param.ident));
            let bound = self.bounds(bounds);
            found.push((name, bound));
        }
        found
    }
}

/// A path as written, without type arguments.
pub(super) fn path_text(path: &syn::Path) -> String {
    let mut text = String::new();
    if path.leading_colon.is_some() {
        text.push_str("::");
    }
    for (n, segment) in path.segments.iter().enumerate() {
        if n > 0 {
            text.push_str("::");
        }
        text.push_str(&name_text(&segment.ident));
    }
    text
}

/// An identifier without `r#`.
pub(super) fn name_text(ident: &syn::Ident) -> String {
    let text = ident.to_string();
    match text.strip_prefix("r#") {
        Some(name) => name.to_string(),
        None => text,
    }
}

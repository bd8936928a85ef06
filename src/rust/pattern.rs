//! Patterns: what they bind, as writes with projections, and the variant at their head.

use syn::{Expr, Pat};

use super::body::{Body, Mode};
use super::types::name_text;
use crate::catalogue::TyId;
use crate::model::{LocalKind, Projection, UseKind, ValueId};
use crate::text::Sym;

impl<'a> Body<'a, '_> {
    /// Binds what a pattern matches out of `from`; `borrowed` where that is behind a reference.
    pub fn bind(&mut self, pat: &'a Pat, from: ValueId, borrowed: bool) {
        self.bind_within(pat, from, &mut Vec::new(), borrowed);
    }

    /// As [`Body::bind`], from a part of the value.
    pub fn bind_within(&mut self, pat: &'a Pat, from: ValueId, path: &mut Vec<Projection>, borrowed: bool) {
        self.bind_part(pat, from, path, TyId::NONE, borrowed);
        if from.is_some() {
            self.b.set_use(from, UseKind::Bound, from.0, 0);
        }
    }

    /// `let name: T;`
    pub fn declare_only(&mut self, pat: &'a Pat) {
        let (pat, ty) = match pat {
            Pat::Type(typed) => (&*typed.pat, self.types().ty(&typed.ty)),
            pat => (pat, TyId::NONE),
        };
        if let Pat::Ident(ident) = pat {
            let name = self.ident(&ident.ident);
            let span = self.span(ident.ident.span());
            self.declare(name, LocalKind::Variable, ty, span);
        }
    }

    fn bind_part(&mut self, pat: &'a Pat, from: ValueId, path: &mut Vec<Projection>, ty: TyId, borrowed: bool) {
        match pat {
            Pat::Ident(ident) => {
                if !is_constant(ident) {
                    let name = self.ident(&ident.ident);
                    let span = self.span(ident.ident.span());
                    let local = self.declare(name, LocalKind::Variable, ty, span);
                    if borrowed || ident.by_ref.is_some() {
                        self.ends.borrowed.insert(local);
                    }
                    self.write(local, from, path, span);
                }
                if let Some((_, subpattern)) = &ident.subpat {
                    self.bind_part(subpattern, from, path, TyId::NONE, borrowed);
                }
            }
            Pat::Type(typed) => {
                let ty = self.types().ty(&typed.ty);
                self.bind_part(&typed.pat, from, path, ty, borrowed);
            }
            Pat::Paren(inner) => self.bind_part(&inner.pat, from, path, ty, borrowed),
            Pat::Reference(inner) => self.bind_part(&inner.pat, from, path, ty, borrowed),
            Pat::Guard(guarded) => self.bind_part(&guarded.pat, from, path, ty, borrowed),
            Pat::Tuple(tuple) => {
                let parts = match self.b.types.get(ty) {
                    crate::catalogue::Ty::Tuple { parts } if ty.is_some() => self.b.types.list(parts).to_vec(),
                    _ => Vec::new(),
                };
                let mut after_rest = false;
                for (n, element) in tuple.elems.iter().enumerate() {
                    if matches!(element, Pat::Rest(_)) {
                        after_rest = true;
                        continue;
                    }
                    path.push(if after_rest { Projection::Rest } else { Projection::Part(n as u32) });
                    let ty = if after_rest { TyId::NONE } else { parts.get(n).copied().unwrap_or(TyId::NONE) };
                    self.bind_part(element, from, path, ty, borrowed);
                    path.pop();
                }
            }
            Pat::TupleStruct(tuple) => {
                let Some(variant) = tuple.path.segments.last() else { return };
                let variant = self.ident(&variant.ident);
                let mut after_rest = false;
                for (n, element) in tuple.elems.iter().enumerate() {
                    if matches!(element, Pat::Rest(_)) {
                        after_rest = true;
                        continue;
                    }
                    path.push(if after_rest { Projection::Rest } else { Projection::Payload(variant, n as u32) });
                    self.bind_part(element, from, path, TyId::NONE, borrowed);
                    path.pop();
                }
            }
            Pat::Struct(pattern) => {
                let is = self.types().path(&pattern.path);
                path.push(Projection::Is(is));
                for field in &pattern.fields {
                    let name = self.member(&field.member);
                    path.push(Projection::Field(name));
                    self.bind_part(&field.pat, from, path, TyId::NONE, borrowed);
                    path.pop();
                }
                path.pop();
            }
            Pat::Slice(slice) => {
                for element in &slice.elems {
                    let is_rest = matches!(element, Pat::Ident(ident)
                        if ident.subpat.as_ref().is_some_and(|(_, pat)| matches!(**pat, Pat::Rest(_))));
                    path.push(if is_rest { Projection::Rest } else { Projection::Element });
                    self.bind_part(element, from, path, TyId::NONE, borrowed);
                    path.pop();
                }
            }
            Pat::Or(or) => {
                // Every alternative binds the same names.
                if let Some(first) = or.cases.first() {
                    self.bind_part(first, from, path, ty, borrowed);
                }
            }
            _ => {}
        }
    }

    /// The variant, struct or constant at the head of a pattern; none if it matches anything, or one of several.
    pub fn head(&mut self, pat: &Pat) -> Sym {
        match head_ident(pat) {
            Some(ident) => self.ident(ident),
            None => match pat {
                Pat::Lit(lit) => match &lit.lit {
                    syn::Lit::Bool(value) => self.file.intern(if value.value { "true" } else { "false" }),
                    _ => Sym::NONE,
                },
                _ => Sym::NONE,
            },
        }
    }

    /// How a matched expression is read: a local is moved only by a pattern that binds parts of it by value.
    pub fn scrutinee_mode<'p>(&self, scrutinee: &Expr, mut patterns: impl Iterator<Item = &'p Pat>) -> Mode {
        match scrutinee {
            Expr::Path(_) if patterns.any(binds_by_value) => Mode::Value,
            _ => Mode::Place,
        }
    }
}

/// Whether what is matched is behind a reference that is written there.
pub(super) fn is_borrow(expr: &Expr) -> bool {
    match expr {
        Expr::Reference(_) => true,
        Expr::Paren(e) => is_borrow(&e.expr),
        Expr::Group(e) => is_borrow(&e.expr),
        _ => false,
    }
}

/// `None`, `MAX`: an identifier that begins with a capital letter is a constant or variant, not a binding.
fn is_constant(ident: &syn::PatIdent) -> bool {
    ident.subpat.is_none()
        && ident.by_ref.is_none()
        && ident.mutability.is_none()
        && name_text(&ident.ident).starts_with(|first: char| first.is_uppercase())
}

pub(super) fn binds_by_value(pat: &Pat) -> bool {
    match pat {
        Pat::Ident(ident) => ident.by_ref.is_none() && !is_constant(ident),
        Pat::Guard(guarded) => binds_by_value(&guarded.pat),
        Pat::Paren(inner) => binds_by_value(&inner.pat),
        Pat::Type(typed) => binds_by_value(&typed.pat),
        Pat::Tuple(tuple) => tuple.elems.iter().any(binds_by_value),
        Pat::TupleStruct(tuple) => tuple.elems.iter().any(binds_by_value),
        Pat::Struct(pattern) => pattern.fields.iter().any(|field| binds_by_value(&field.pat)),
        Pat::Slice(slice) => slice.elems.iter().any(binds_by_value),
        Pat::Or(or) => or.cases.iter().any(binds_by_value),
        _ => false,
    }
}

pub(super) fn binds_by_reference(pat: &Pat) -> bool {
    match pat {
        Pat::Ident(ident) => ident.by_ref.is_some(),
        Pat::Paren(inner) => binds_by_reference(&inner.pat),
        Pat::Type(typed) => binds_by_reference(&typed.pat),
        Pat::Tuple(tuple) => tuple.elems.iter().any(binds_by_reference),
        Pat::TupleStruct(tuple) => tuple.elems.iter().any(binds_by_reference),
        Pat::Struct(pattern) => pattern.fields.iter().any(|field| binds_by_reference(&field.pat)),
        _ => false,
    }
}

fn head_ident(pat: &Pat) -> Option<&syn::Ident> {
    match pat {
        Pat::Ident(ident) if is_constant(ident) => Some(&ident.ident),
        Pat::Ident(ident) => ident.subpat.as_ref().and_then(|(_, pat)| head_ident(pat)),
        Pat::TupleStruct(tuple) => tuple.path.segments.last().map(|segment| &segment.ident),
        Pat::Struct(pattern) => pattern.path.segments.last().map(|segment| &segment.ident),
        Pat::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        Pat::Reference(inner) => head_ident(&inner.pat),
        Pat::Paren(inner) => head_ident(&inner.pat),
        Pat::Type(typed) => head_ident(&typed.pat),
        Pat::Guard(guarded) => head_ident(&guarded.pat),
        Pat::Or(or) => {
            let first = head_ident(or.cases.first()?)?;
            or.cases.iter().all(|case| head_ident(case).is_some_and(|ident| ident == first)).then_some(first)
        }
        _ => None,
    }
}

/// The last segment of a path expression.
pub(super) fn last_segment_of(expr: &Expr) -> Option<&syn::Ident> {
    match expr {
        Expr::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        Expr::Paren(e) => last_segment_of(&e.expr),
        _ => None,
    }
}

/// The guard of an arm's pattern, split off.
pub(super) fn split_guard(pat: &Pat) -> (&Pat, Option<&Expr>) {
    match pat {
        Pat::Guard(guarded) => (&guarded.pat, Some(&guarded.guard)),
        pat => (pat, None),
    }
}

//! The members of definitions: variants, fields, the items of traits and impls, type parameters and bounds.

use syn::{Fields, ForeignItem, ImplItem, TraitItem};

use super::outline::{NewDefinition, OutlineWriter, Place, fields_last, signature_first, vis_first};
use super::source;
use crate::catalogue::TyId;
use crate::model::{DefFlags, DefId, DefKind, Field, GenericParam, Slice, ValueId};
use crate::text::Sym;

impl<'a> OutlineWriter<'a, '_> {
    pub(super) fn enum_item(&mut self, item: &'a syn::ItemEnum, place: Place) {
        let first = vis_first(&item.vis).unwrap_or(item.enum_token.span);
        let new = NewDefinition {
            kind: DefKind::Enum,
            attrs: &item.attrs,
            vis: Some(&item.vis),
            name: Some(&item.ident),
            first,
            last: source::close(item.brace_token.span),
        };
        let def = self.define(new, place);
        self.generics(def, &item.generics);
        let within = self.within(def);
        for variant in &item.variants {
            let new = NewDefinition {
                kind: DefKind::Variant,
                attrs: &variant.attrs,
                vis: None,
                name: Some(&variant.ident),
                first: variant.ident.span(),
                last: fields_last(&variant.fields).unwrap_or(variant.ident.span()),
            };
            let def = self.define(new, within);
            self.fields(def, &variant.fields);
        }
    }

    pub(super) fn trait_item(&mut self, item: &'a syn::ItemTrait, place: Place) {
        let first = vis_first(&item.vis).or(item.unsafety.map(|token| token.span)).unwrap_or(item.trait_token.span);
        let new = NewDefinition {
            kind: DefKind::Trait,
            attrs: &item.attrs,
            vis: Some(&item.vis),
            name: Some(&item.ident),
            first,
            last: source::close(item.brace_token.span),
        };
        let def = self.define(new, place);
        self.generics(def, &item.generics);
        self.bounds(def, item.supertraits.iter());
        let within = self.within(def);
        for item in &item.items {
            match item {
                TraitItem::Fn(item) => {
                    let last = match (&item.default, &item.semi_token) {
                        (Some(block), _) => source::close(block.brace_token.span),
                        (None, Some(semi)) => semi.span,
                        (None, None) => item.sig.ident.span(),
                    };
                    let first = signature_first(&item.sig);
                    self.function(&item.attrs, None, first, last, &item.sig, item.default.as_ref(), within);
                }
                TraitItem::Type(item) => {
                    let ty = item.default.as_ref().map(|(_, ty)| ty);
                    let (first, last) = (item.type_token.span, item.semi_token.span);
                    let def = self.alias(&item.attrs, None, &item.ident, first, last, ty, within);
                    self.bounds(def, item.bounds.iter());
                }
                TraitItem::Const(item) => {
                    let span = (item.const_token.span, item.semi_token.span);
                    let init = item.default.as_ref().map(|(_, init)| init);
                    self.constant(&item.attrs, None, &item.ident, span, &item.ty, init, within);
                }
                TraitItem::Macro(item) => self.unknown_macro(&item.mac, within),
                _ => {}
            }
        }
    }

    pub(super) fn impl_item(&mut self, item: &'a syn::ItemImpl, place: Place) {
        let new = NewDefinition {
            kind: DefKind::Impl,
            attrs: &item.attrs,
            vis: None,
            name: None,
            first: item.unsafety.map_or(item.impl_token.span, |token| token.span),
            last: source::close(item.brace_token.span),
        };
        let def = self.define(new, place);
        self.generics(def, &item.generics);
        let mut bases = vec![self.types().ty(&item.self_ty)];
        if let Some((path, _)) = &item.trait_ {
            bases.push(self.types().path(path));
        }
        self.bases(def, &bases);
        let within = self.within(def);
        for item in &item.items {
            self.impl_member(item, within);
        }
    }

    pub(super) fn impl_member(&mut self, item: &'a ImplItem, within: Place) {
        match item {
            ImplItem::Fn(item) => {
                let first = vis_first(&item.vis).unwrap_or_else(|| signature_first(&item.sig));
                let last = source::close(item.block.brace_token.span);
                self.function(&item.attrs, Some(&item.vis), first, last, &item.sig, Some(&item.block), within);
            }
            ImplItem::Type(item) => {
                let first = vis_first(&item.vis).unwrap_or(item.type_token.span);
                self.alias(
                    &item.attrs,
                    Some(&item.vis),
                    &item.ident,
                    first,
                    item.semi_token.span,
                    Some(&item.ty),
                    within,
                );
            }
            ImplItem::Const(item) => {
                let first = vis_first(&item.vis).unwrap_or(item.const_token.span);
                let span = (first, item.semi_token.span);
                self.constant(&item.attrs, Some(&item.vis), &item.ident, span, &item.ty, Some(&item.expr), within);
            }
            ImplItem::Macro(item) => self.unknown_macro(&item.mac, within),
            _ => {}
        }
    }

    pub(super) fn foreign(&mut self, item: &'a ForeignItem, place: Place) {
        let mut place = place;
        place.flags.set(DefFlags::FOREIGN);
        match item {
            ForeignItem::Fn(item) => {
                let first = vis_first(&item.vis).unwrap_or_else(|| signature_first(&item.sig));
                self.function(&item.attrs, Some(&item.vis), first, item.semi_token.span, &item.sig, None, place);
            }
            ForeignItem::Static(item) => {
                place.flags.set(DefFlags::STATIC);
                let first = vis_first(&item.vis).unwrap_or(item.static_token.span);
                let span = (first, item.semi_token.span);
                self.constant(&item.attrs, Some(&item.vis), &item.ident, span, &item.ty, None, place);
            }
            _ => {}
        }
    }

    pub(super) fn generics(&mut self, def: DefId, generics: &syn::Generics) {
        let found = self.types().generics(generics);
        let start = self.outline.generics.len() as u32;
        let found = found.into_iter().map(|(name, bound)| GenericParam { name, bound });
        self.outline.generics.extend(found);
        let len = self.outline.generics.len() as u32 - start;
        self.get(def).generics = Slice { start, len };
    }

    pub(super) fn bases(&mut self, def: DefId, bases: &[TyId]) {
        let start = self.outline.bases.len() as u32;
        self.outline.bases.extend_from_slice(bases);
        self.get(def).bases = Slice { start, len: bases.len() as u32 };
    }

    pub(super) fn bounds(&mut self, def: DefId, bounds: impl Iterator<Item = &'a syn::TypeParamBound>) {
        let mut bases = Vec::new();
        for bound in bounds {
            if let syn::TypeParamBound::Trait(bound) = bound
                && bound.maybe.is_none()
            {
                bases.push(self.types().path(&bound.path));
            }
        }
        self.bases(def, &bases);
    }

    pub(super) fn fields(&mut self, def: DefId, fields: &Fields) {
        match fields {
            Fields::Named(fields) => self.named_fields(def, fields),
            Fields::Unnamed(fields) => {
                let start = self.outline.fields.len() as u32;
                for (n, field) in fields.unnamed.iter().enumerate() {
                    let name = self.module.file.intern(&n.to_string());
                    let ty = self.types().ty(&field.ty);
                    self.outline.fields.push(Field { name, ty, default: ValueId::NONE });
                }
                self.get(def).fields = Slice { start, len: fields.unnamed.len() as u32 };
            }
            Fields::Unit => {}
        }
    }

    pub(super) fn named_fields(&mut self, def: DefId, fields: &syn::FieldsNamed) {
        let start = self.outline.fields.len() as u32;
        for field in &fields.named {
            let name = field.ident.as_ref().map_or(Sym::NONE, |ident| self.module.ident(ident));
            let ty = self.types().ty(&field.ty);
            self.outline.fields.push(Field { name, ty, default: ValueId::NONE });
        }
        self.get(def).fields = Slice { start, len: fields.named.len() as u32 };
    }
}

//! The members of definitions: variants, fields, the items of traits and impls, type parameters and bounds.

use syn::{Fields, ForeignItem, ImplItem, TraitItem};

use super::outline::{Header, OutlineWriter, Place, fields_last, signature_first};
use super::source;
use crate::catalogue::TyId;
use crate::model::{DefFlags, DefId, DefKind, Field, GenericParam, Slice, ValueId};
use crate::text::Sym;

impl<'a> OutlineWriter<'a, '_> {
    pub(super) fn enum_item(&mut self, item: &'a syn::ItemEnum, place: Place) {
        let (first, last) = (item.enum_token.span, source::close(item.brace_token.span));
        let header = Header::new(&item.attrs, &item.vis, &item.ident, first, last);
        let def = self.define(DefKind::Enum, header, place);
        self.generics(def, &item.generics);
        let within = self.within(def);
        for variant in &item.variants {
            let first = variant.ident.span();
            let last = fields_last(&variant.fields).unwrap_or(first);
            let header = Header::inherited(&variant.attrs, &variant.ident, first, last);
            let def = self.define(DefKind::Variant, header, within);
            self.fields(def, &variant.fields);
        }
    }

    pub(super) fn trait_item(&mut self, item: &'a syn::ItemTrait, place: Place) {
        let first = item.unsafety.map_or(item.trait_token.span, |token| token.span);
        let last = source::close(item.brace_token.span);
        let header = Header::new(&item.attrs, &item.vis, &item.ident, first, last);
        let def = self.define(DefKind::Trait, header, place);
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
                    let header = Header::inherited(&item.attrs, &item.sig.ident, signature_first(&item.sig), last);
                    self.function(header, &item.sig, item.default.as_ref(), within);
                }
                TraitItem::Type(item) => {
                    let ty = item.default.as_ref().map(|(_, ty)| ty);
                    let (first, last) = (item.type_token.span, item.semi_token.span);
                    let def = self.alias(Header::inherited(&item.attrs, &item.ident, first, last), ty, within);
                    self.bounds(def, item.bounds.iter());
                }
                TraitItem::Const(item) => {
                    let (first, last) = (item.const_token.span, item.semi_token.span);
                    let init = item.default.as_ref().map(|(_, init)| init);
                    self.constant(Header::inherited(&item.attrs, &item.ident, first, last), &item.ty, init, within);
                }
                TraitItem::Macro(item) => self.unknown_macro(&item.mac, within),
                _ => {}
            }
        }
    }

    pub(super) fn impl_item(&mut self, item: &'a syn::ItemImpl, place: Place) {
        let first = item.unsafety.map_or(item.impl_token.span, |token| token.span);
        let last = source::close(item.brace_token.span);
        let header = Header { attrs: &item.attrs, vis: None, name: None, first, last };
        let def = self.define(DefKind::Impl, header, place);
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
                let (first, last) = (signature_first(&item.sig), source::close(item.block.brace_token.span));
                let header = Header::new(&item.attrs, &item.vis, &item.sig.ident, first, last);
                self.function(header, &item.sig, Some(&item.block), within);
            }
            ImplItem::Type(item) => {
                let (first, last) = (item.type_token.span, item.semi_token.span);
                let header = Header::new(&item.attrs, &item.vis, &item.ident, first, last);
                self.alias(header, Some(&item.ty), within);
            }
            ImplItem::Const(item) => {
                let (first, last) = (item.const_token.span, item.semi_token.span);
                let header = Header::new(&item.attrs, &item.vis, &item.ident, first, last);
                self.constant(header, &item.ty, Some(&item.expr), within);
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
                let (first, last) = (signature_first(&item.sig), item.semi_token.span);
                let header = Header::new(&item.attrs, &item.vis, &item.sig.ident, first, last);
                self.function(header, &item.sig, None, place);
            }
            ForeignItem::Static(item) => {
                place.flags.set(DefFlags::STATIC);
                let (first, last) = (item.static_token.span, item.semi_token.span);
                let header = Header::new(&item.attrs, &item.vis, &item.ident, first, last);
                self.constant(header, &item.ty, None, place);
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

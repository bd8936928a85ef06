//! The outline of a file: `use` trees, definitions, signatures, attributes; and which texts are units.
//!
//! Bodies are only collected here; they are lowered one by one afterwards.

use syn::{Attribute, Expr, Fields, Item, Signature, Visibility};

use super::arena::Parsed;
use super::body::{Body, Mode, is_by_value};
use super::source;
use super::types::{Types, name_text};
use crate::catalogue::{Ty, TyId};
use crate::model::{
    DefFlags, DefId, DefKind, Definition, Import, ImportFlags, LocalKind, Outline, Param, ParamKind, Slice, UnitId,
    UnitSpan, ValueId,
};
use crate::text::{Span, Sym};

/// A function whose body is a unit of its own.
pub(super) struct PendingUnit<'a> {
    pub def: DefId,
    pub signature: &'a Signature,
    pub block: &'a syn::Block,
    pub span: Span,
}

/// The outline being written; `module` is the unit of the file's own code.
pub(super) struct OutlineWriter<'a, 't> {
    pub module: Body<'a, 't>,
    pub outline: Outline,
    pub pending: Vec<PendingUnit<'a>>,
}

/// What all kinds of items have.
pub(super) struct Header<'a> {
    pub attrs: &'a [Attribute],
    pub vis: Option<&'a Visibility>,
    pub name: Option<&'a syn::Ident>,
    /// The first token behind attributes and visibility.
    pub first: proc_macro2::Span,
    pub last: proc_macro2::Span,
}

impl<'a> Header<'a> {
    pub fn new(
        attrs: &'a [Attribute],
        vis: &'a Visibility,
        name: &'a syn::Ident,
        first: proc_macro2::Span,
        last: proc_macro2::Span,
    ) -> Header<'a> {
        Header { attrs, vis: Some(vis), name: Some(name), first, last }
    }

    /// Of an item that has no visibility of its own.
    pub fn inherited(
        attrs: &'a [Attribute],
        name: &'a syn::Ident,
        first: proc_macro2::Span,
        last: proc_macro2::Span,
    ) -> Header<'a> {
        Header { attrs, vis: None, name: Some(name), first, last }
    }
}

/// Where an item stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub parent: DefId,
    pub flags: DefFlags,
}

impl<'a> OutlineWriter<'a, '_> {
    pub fn items(&mut self, items: &'a [Item], place: Place) {
        let kept = self.module.names_count();
        for item in items {
            self.hoist(item);
        }
        for item in items {
            self.item(item, place);
        }
        // The constants stay visible to the end of the file's unit; only names of an inner module go.
        if place.parent.is_some() {
            let inner = self.module.hide_names(kept);
            drop(inner);
        }
    }

    /// Constants are visible in the whole module.
    pub(super) fn hoist(&mut self, item: &'a Item) {
        let (ident, ty) = match item {
            Item::Const(item) if item.ident != "_" => (&item.ident, &item.ty),
            Item::Static(item) => (&item.ident, &item.ty),
            _ => return,
        };
        let name = self.module.ident(ident);
        let span = self.module.span(ident.span());
        let ty = self.module.types().ty(ty);
        self.module.declare(name, LocalKind::Variable, ty, span);
    }

    pub(super) fn item(&mut self, item: &'a Item, place: Place) {
        match item {
            Item::Use(item) => self.use_item(item, place),
            Item::ExternCrate(item) => self.extern_crate(item, place),
            Item::Fn(item) => {
                let (first, last) = (signature_first(&item.sig), source::close(item.block.brace_token.span));
                let header = Header::new(&item.attrs, &item.vis, &item.sig.ident, first, last);
                self.function(header, &item.sig, Some(&item.block), place);
            }
            Item::Mod(item) => self.module_item(item, place),
            Item::Struct(item) => {
                let last = item.semi_token.map_or_else(|| fields_last(&item.fields), |semi| Some(semi.span));
                let last = last.unwrap_or(item.ident.span());
                let header = Header::new(&item.attrs, &item.vis, &item.ident, item.struct_token.span, last);
                let def = self.define(DefKind::Struct, header, place);
                self.generics(def, &item.generics);
                self.fields(def, &item.fields);
            }
            Item::Union(item) => {
                let last = source::close(item.fields.brace_token.span);
                let header = Header::new(&item.attrs, &item.vis, &item.ident, item.union_token.span, last);
                let def = self.define(DefKind::Struct, header, place);
                self.generics(def, &item.generics);
                self.named_fields(def, &item.fields);
            }
            Item::Enum(item) => self.enum_item(item, place),
            Item::Trait(item) => self.trait_item(item, place),
            Item::TraitAlias(item) => {
                let (first, last) = (item.trait_token.span, item.semi_token.span);
                let header = Header::new(&item.attrs, &item.vis, &item.ident, first, last);
                let def = self.define(DefKind::Trait, header, place);
                self.bounds(def, item.bounds.iter());
            }
            Item::Impl(item) => self.impl_item(item, place),
            Item::Type(item) => {
                let (first, last) = (item.type_token.span, item.semi_token.span);
                let header = Header::new(&item.attrs, &item.vis, &item.ident, first, last);
                let def = self.alias(header, Some(&item.ty), place);
                self.generics(def, &item.generics);
            }
            Item::Const(item) => {
                let (first, last) = (item.const_token.span, item.semi_token.span);
                let header = Header::new(&item.attrs, &item.vis, &item.ident, first, last);
                self.constant(header, &item.ty, Some(&item.expr), place);
            }
            Item::Static(item) => {
                let mut place = place;
                place.flags.set(DefFlags::STATIC);
                let (first, last) = (item.static_token.span, item.semi_token.span);
                let header = Header::new(&item.attrs, &item.vis, &item.ident, first, last);
                self.constant(header, &item.ty, Some(&item.expr), place);
            }
            Item::ForeignMod(item) => {
                for item in &item.items {
                    self.foreign(item, place);
                }
            }
            Item::Macro(item) => self.macro_item(item, place),
            _ => {}
        }
    }

    pub(super) fn types(&mut self) -> Types<'_> {
        Types { pool: &mut self.outline.types, strings: &mut self.module.file.strings }
    }

    pub(super) fn define(&mut self, kind: DefKind, header: Header<'a>, place: Place) -> DefId {
        let Header { attrs, vis, name: ident, first, last } = header;
        let id = DefId(self.outline.definitions.len() as u32);
        let name_span = self.module.file.span(ident.map_or(first, |ident| ident.span()));
        let first = source::attributes_first(attrs).or(vis.and_then(vis_first)).unwrap_or(first);
        let span = self.module.file.join(first, last);
        let name = ident.map_or(Sym::NONE, |ident| self.module.ident(ident));
        let mut flags = place.flags;
        if vis.is_some_and(|vis| !matches!(vis, Visibility::Inherited)) {
            flags.set(DefFlags::PUBLIC);
        }
        if super::attributes::is_test(attrs) {
            flags.set(DefFlags::TEST);
        }
        self.outline.definitions.push(Definition {
            kind,
            flags,
            name,
            parent: place.parent,
            span,
            name_span,
            unit: UnitId::NONE,
            params: Slice::default(),
            returns: TyId::NONE,
            bases: Slice::default(),
            generics: Slice::default(),
            fields: Slice::default(),
            decorators: Slice::default(),
        });
        let start = self.outline.decorators.len() as u32;
        let values = self.module.attribute_values(attrs, id);
        self.outline.decorators.extend(&values);
        self.get(id).decorators = Slice { start, len: values.len() as u32 };
        id
    }

    pub(super) fn get(&mut self, id: DefId) -> &mut Definition {
        &mut self.outline.definitions[id.0 as usize]
    }

    pub(super) fn within(&mut self, parent: DefId) -> Place {
        let mut flags = DefFlags::default();
        if self.get(parent).flags.has(DefFlags::TEST) {
            flags.set(DefFlags::TEST);
        }
        Place { parent, flags }
    }

    pub(super) fn use_item(&mut self, item: &'a syn::ItemUse, place: Place) {
        let span = self.module.file.join(item.use_token.span, item.semi_token.span);
        let mut flags = ImportFlags::default();
        if !matches!(item.vis, Visibility::Inherited) {
            flags = ImportFlags::PUBLIC;
        }
        let strings = &mut self.module.file.strings;
        let imports = &mut self.outline.imports;
        super::imports::flatten_use(item, &mut |path, name, alias| {
            imports.push(Import {
                path: strings.intern(path),
                name: strings.intern(name),
                alias: strings.intern(alias),
                level: 0,
                flags,
                within: place.parent,
                span,
            });
        });
    }

    pub(super) fn extern_crate(&mut self, item: &'a syn::ItemExternCrate, place: Place) {
        let span = self.module.file.join(item.extern_token.span, item.semi_token.span);
        let name = self.module.ident(&item.ident);
        let alias = item.rename.as_ref().map_or(name, |(_, rename)| self.module.ident(rename));
        let path = self.module.file.intern("");
        let flags =
            if matches!(item.vis, Visibility::Inherited) { ImportFlags::default() } else { ImportFlags::PUBLIC };
        self.outline.imports.push(Import { path, name, alias, level: 0, flags, within: place.parent, span });
    }

    pub(super) fn module_item(&mut self, item: &'a syn::ItemMod, place: Place) {
        let last = match (&item.content, &item.semi) {
            (Some((brace, _)), _) => source::close(brace.span),
            (None, Some(semi)) => semi.span,
            (None, None) => item.ident.span(),
        };
        let mut place = place;
        if item.content.is_none() {
            place.flags.set(DefFlags::OUT_OF_LINE);
        }
        let header = Header::new(&item.attrs, &item.vis, &item.ident, item.mod_token.span, last);
        let def = self.define(DefKind::Module, header, place);
        if let Some((_, items)) = &item.content {
            let within = self.within(def);
            self.items(items, within);
        }
    }

    pub(super) fn function(
        &mut self,
        header: Header<'a>,
        signature: &'a Signature,
        block: Option<&'a syn::Block>,
        place: Place,
    ) {
        let mut place = place;
        if signature.asyncness.is_some() {
            place.flags.set(DefFlags::ASYNC);
        }
        if block.is_none() {
            place.flags.set(DefFlags::NO_BODY);
        }
        if let Some(receiver) = signature.receiver() {
            place.flags.set(DefFlags::RECEIVER);
            if is_by_value(receiver) {
                place.flags.set(DefFlags::BY_VALUE);
            }
        }
        let def = self.define(DefKind::Function, header, place);
        self.generics(def, &signature.generics);
        let start = self.outline.params.len() as u32;
        for input in &signature.inputs {
            let param = match input {
                syn::FnArg::Receiver(receiver) => {
                    let ty = match &receiver.kind {
                        syn::ReceiverKind::Typed(_, ty) => self.types().ty(ty),
                        _ => self.outline.types.push(Ty::SelfTy),
                    };
                    let name = self.module.file.intern("self");
                    Param { name, kind: ParamKind::Receiver, ty, default: ValueId::NONE }
                }
                syn::FnArg::Typed(typed) => {
                    let ty = self.types().ty(&typed.ty);
                    let name = match &*typed.pat {
                        syn::Pat::Ident(ident) if ident.subpat.is_none() => self.module.ident(&ident.ident),
                        _ => Sym::NONE,
                    };
                    Param { name, kind: ParamKind::Ordinary, ty, default: ValueId::NONE }
                }
            };
            self.outline.params.push(param);
        }
        let returns = self.types().result(&signature.output);
        let len = self.outline.params.len() as u32 - start;
        let unit = UnitId(self.pending.len() as u32 + 1);
        let definition = self.get(def);
        definition.params = Slice { start, len };
        definition.returns = returns;
        if let Some(block) = block {
            let span = definition.span;
            definition.unit = unit;
            self.pending.push(PendingUnit { def, signature, block, span });
            self.nested_items(block, def, span);
        }
    }

    /// Types, impls and modules inside a function are definitions below it.
    pub(super) fn nested_items(&mut self, block: &'a syn::Block, def: DefId, span: Span) {
        let text = self.module.file.slice(span);
        let keywords = ["struct ", "impl ", "impl<", "enum ", "trait ", "mod "];
        if !keywords.iter().any(|keyword| text.contains(keyword)) {
            return;
        }
        let mut found = Vec::new();
        super::attributes::items_inside(block, &mut found);
        let within = self.within(def);
        for item in found {
            self.item(item, within);
        }
    }

    pub(super) fn alias(&mut self, header: Header<'a>, ty: Option<&syn::Type>, place: Place) -> DefId {
        let def = self.define(DefKind::Alias, header, place);
        if let Some(ty) = ty {
            let ty = self.types().ty(ty);
            self.get(def).returns = ty;
        }
        def
    }

    pub(super) fn constant(&mut self, header: Header<'a>, ty: &syn::Type, init: Option<&'a Expr>, place: Place) {
        let name = header.name;
        let def = self.define(DefKind::Const, header, place);
        let returns = self.types().ty(ty);
        self.get(def).returns = returns;
        let (Some(ident), Some(init)) = (name, init) else { return };
        let name = self.module.ident(ident);
        let name_span = self.module.span(ident.span());
        let hoisted =
            self.module.lookup(name).filter(|local| self.module.b.locals()[local.0 as usize].span == name_span);
        self.module.open_temporaries();
        let value = self.module.expr(init, Mode::Value);
        self.module.close_temporaries();
        let local = match hoisted {
            Some(local) => local,
            None => {
                let ty = self.module.types().ty(ty);
                let kept = self.module.names_count();
                let local = self.module.declare(name, LocalKind::Variable, ty, name_span);
                self.module.hide_names(kept);
                local
            }
        };
        self.module.write(local, value, &[], name_span);
    }

    pub(super) fn macro_item(&mut self, item: &'a syn::ItemMacro, place: Place) {
        let Some(ident) = &item.ident else {
            self.unknown_macro(&item.mac, place);
            return;
        };
        self.module.note_macro_body(&item.mac);
        let (first, last) = (source::path_first(&item.mac.path), source::macro_last(&item.mac));
        self.define(DefKind::Macro, Header::inherited(&item.attrs, ident, first, last), place);
    }

    /// `cfg_rt! { … }`: what reads as items is read as items.
    pub(super) fn unknown_macro(&mut self, mac: &'a syn::Macro, place: Place) {
        let is_conditional = mac.path.segments.last().is_some_and(|last| {
            let grammar = crate::catalogue::macros::grammar_of(&name_text(&last.ident));
            grammar == Some(crate::catalogue::macros::Grammar::Items)
        });
        let items = super::macros::as_items(&mac.tokens)
            .or_else(|| is_conditional.then(|| super::macros::as_conditional_items(&mac.tokens)).flatten());
        if let Some(items) = items {
            let kept = self.module.arena.keep(Parsed::Items(items));
            if let Parsed::Items(items) = kept {
                for item in items {
                    self.hoist(item);
                }
                for item in items {
                    self.item(item, place);
                }
            }
            return;
        }
        if let Some(items) = super::macros::as_impl_items(&mac.tokens) {
            let kept = self.module.arena.keep(Parsed::ImplItems(items));
            if let Parsed::ImplItems(items) = kept {
                for item in items {
                    self.impl_member(item, place);
                }
            }
            return;
        }
        // thread_local! { static X: T = …; } and its like.
        let span = self.module.file.join(source::path_first(&mac.path), source::macro_last(mac));
        self.module.open_temporaries();
        self.module.macro_call(mac, span);
        self.module.close_temporaries();
    }
}

/// Where each unit's text is, the module first.
pub(super) fn unit_spans(module: Span, pending: &[PendingUnit<'_>]) -> Vec<UnitSpan> {
    let module = UnitSpan { span: module, def: DefId::NONE };
    let functions = pending.iter().map(|unit| UnitSpan { span: unit.span, def: unit.def });
    std::iter::once(module).chain(functions).collect()
}

fn vis_first(vis: &Visibility) -> Option<proc_macro2::Span> {
    match vis {
        Visibility::Public(token) => Some(token.span),
        Visibility::Restricted(vis) => Some(vis.pub_token.span),
        Visibility::Inherited => None,
    }
}

pub(super) fn signature_first(signature: &Signature) -> proc_macro2::Span {
    signature
        .constness
        .map(|token| token.span)
        .or(signature.asyncness.map(|token| token.span))
        .or(match &signature.safety {
            syn::Safety::Unsafe(token) => Some(token.span),
            syn::Safety::Safe(token) => Some(token.span),
            syn::Safety::Default => None,
        })
        .or(signature.abi.as_ref().map(|abi| abi.extern_token.span))
        .unwrap_or(signature.fn_token.span)
}

pub(super) fn fields_last(fields: &Fields) -> Option<proc_macro2::Span> {
    match fields {
        Fields::Named(fields) => Some(source::close(fields.brace_token.span)),
        Fields::Unnamed(fields) => Some(source::close(fields.paren_token.span)),
        Fields::Unit => None,
    }
}

//! Attributes: which mark tests, which are values of the module's unit; and the items inside a body.

use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Attribute, Block, Expr, Item, Meta, Token};

use super::arena::Parsed;
use super::body::{Body, Mode};
use super::source;
use super::types::{name_text, path_text};
use crate::catalogue::TyId;
use crate::model::{Arg, ArgKind, DefId, UseKind, ValueId, ValueKind};

/// Attributes of the language itself, and of its tools.
const BUILT_IN: &[&str] = &[
    "allow",
    "automatically_derived",
    "bench",
    "cfg",
    "cold",
    "default",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "export_name",
    "feature",
    "forbid",
    "global_allocator",
    "ignore",
    "inline",
    "link",
    "link_name",
    "link_section",
    "macro_export",
    "macro_use",
    "must_use",
    "naked",
    "no_main",
    "no_mangle",
    "no_std",
    "non_exhaustive",
    "panic_handler",
    "proc_macro",
    "proc_macro_attribute",
    "proc_macro_derive",
    "recursion_limit",
    "repr",
    "should_panic",
    "target_feature",
    "test",
    "track_caller",
    "type_length_limit",
    "unsafe",
    "used",
    "warn",
];

/// `#[test]`, `#[tokio::test]`, `#[cfg(test)]`, `#[cfg(all(test, …))]`
pub(super) fn is_test(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| {
        let Some(last) = attr.path().segments.last() else { return false };
        if last.ident == "test" || last.ident == "bench" {
            return true;
        }
        attr.path().is_ident("cfg") && matches!(&attr.meta, Meta::List(list) if requires_test(&list.tokens))
    })
}

fn requires_test(tokens: &proc_macro2::TokenStream) -> bool {
    let Ok(meta) = syn::parse2::<Meta>(tokens.clone()) else { return false };
    match meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("all") => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .is_ok_and(|all| all.iter().any(|meta| matches!(meta, Meta::Path(path) if path.is_ident("test")))),
        // `any(test, feature = "test-utils")`: support that tests share.
        Meta::List(list) if list.path.is_ident("any") => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .is_ok_and(|any| any.iter().any(|meta| matches!(meta, Meta::Path(path) if path.is_ident("test")))),
        _ => false,
    }
}

impl<'a> Body<'a, '_> {
    /// The values of a definition's attributes that are not built into the language.
    pub fn attribute_values(&mut self, attrs: &'a [Attribute], def: DefId) -> Vec<ValueId> {
        let mut values = Vec::new();
        for attr in attrs {
            let path = attr.path();
            let is_tool = path.segments.first().is_some_and(|first| {
                ["rustfmt", "clippy", "diagnostic", "miri"].iter().any(|tool| first.ident == tool)
            });
            let is_built_in = path.get_ident().is_some_and(|ident| BUILT_IN.contains(&&*name_text(ident)));
            if is_built_in || is_tool {
                continue;
            }
            if path.is_ident("cfg_attr") {
                self.conditional_attributes(attr, &mut values);
            } else {
                let value = self.attribute(&attr.meta);
                values.push(value);
            }
        }
        for value in &values {
            self.b.set_use(*value, UseKind::Decorates, def.0, 0);
        }
        values
    }

    /// `#[cfg_attr(condition, attribute, …)]`
    fn conditional_attributes(&mut self, attr: &'a Attribute, values: &mut Vec<ValueId>) {
        let Meta::List(list) = &attr.meta else { return };
        let Ok(parts) = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else { return };
        for part in parts.iter().skip(1) {
            let is_built_in = part.path().get_ident().is_some_and(|ident| {
                let name = name_text(ident);
                name == "path" || BUILT_IN.contains(&&*name)
            });
            if let Meta::Path(path) = part
                && !is_built_in
            {
                let value = self.attribute_name(path);
                values.push(value);
            }
        }
    }

    fn attribute(&mut self, meta: &'a Meta) -> ValueId {
        let callee = self.attribute_name(meta.path());
        let mut args = Vec::new();
        let last = match meta {
            Meta::Path(_) => return callee,
            Meta::NameValue(named) => {
                let arg = self.argument(&named.value, Mode::Value);
                args.push(arg);
                source::last_token(&named.value)
            }
            Meta::List(list) => {
                if let Ok(parts) = list.parse_args_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
                    let kept = self.arena.keep(Parsed::Exprs(parts.into_iter().collect()));
                    if let Parsed::Exprs(parts) = kept {
                        for part in parts {
                            let arg = self.keyword_argument(part);
                            args.push(arg);
                        }
                    }
                }
                source::close(*list.delimiter.span())
            }
        };
        let start = self.b.value(callee).span.start;
        let end = self.span(last).end;
        let (args, count) = self.b.push_args(&args);
        self.b.push(ValueKind::Call { callee, args, count }, crate::text::Span::new(start.min(end), end))
    }

    fn attribute_name(&mut self, path: &syn::Path) -> ValueId {
        let name = self.file.intern(&path_text(path));
        let span = self.file.join(source::path_first(path), source::path_last(path)).relative_to(self.origin);
        self.b.push(ValueKind::Name { name, generics: TyId::NONE }, span)
    }

    /// `name = value`, or a plain argument.
    pub fn keyword_argument(&mut self, expr: &'a Expr) -> Arg {
        if let Expr::Assign(assign) = expr
            && let Expr::Path(path) = &*assign.left
        {
            let name = self.file.intern(&path_text(&path.path));
            let value = self.operand(&assign.right, Mode::Place);
            return Arg { value, kind: ArgKind::Keyword, name };
        }
        self.argument(expr, Mode::Place)
    }
}

/// The structs, enums, traits, impls and modules written inside a block, not those inside other items.
pub(super) fn items_inside<'a>(block: &'a Block, found: &mut Vec<&'a Item>) {
    struct Finder<'f, 'a> {
        found: &'f mut Vec<&'a Item>,
    }
    impl<'a> Visit<'a> for Finder<'_, 'a> {
        fn visit_item(&mut self, item: &'a Item) {
            match item {
                Item::Fn(item) => self.visit_block(&item.block),
                Item::Struct(_) | Item::Enum(_) | Item::Union(_) | Item::Trait(_) | Item::Impl(_) | Item::Mod(_) => {
                    self.found.push(item);
                }
                Item::Type(_) => self.found.push(item),
                _ => {}
            }
        }
    }
    Finder { found }.visit_block(block);
}

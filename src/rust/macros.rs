//! Macro calls, read through the grammar that the catalogue gives them.
//!
//! A macro is known by the last segment of its path. One that is not known is tried as expressions, then as
//! statements, then as items.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Block, Expr, ImplItem, Item, Lit, Macro, Pat, Stmt, Token};

use super::arena::Parsed;
use super::body::{Body, Mode};
use super::types::{name_text, path_text};
use crate::catalogue::TyId;
use crate::catalogue::macros::{Grammar, grammar_of};
use crate::model::{
    Arg, ArgKind, ArmTest, BinaryOp, CollectionKind, JumpKind, RegionId, RegionKind, SuspendKind, UseKind, ValueId,
    ValueKind,
};
use crate::text::{Span, Sym};

impl<'a> Body<'a, '_> {
    /// Lowers a macro call in expression or statement position; `span` is the whole call in the file.
    pub fn macro_call(&mut self, mac: &'a Macro, span: Span) -> ValueId {
        let span = span.relative_to(self.origin);
        let name = mac.path.segments.last().map(|segment| name_text(&segment.ident)).unwrap_or_default();
        match grammar_of(&name) {
            Some(Grammar::Format) => self.format_macro(mac, &name, span),
            Some(Grammar::Panic) => {
                let value = self.format_macro(mac, &name, span);
                self.leave_by_macro(JumpKind::Raise, value, span)
            }
            Some(Grammar::Return) => {
                let value = self.format_macro(mac, &name, span);
                self.leave_by_macro(JumpKind::Return, value, span)
            }
            Some(Grammar::Assert) => self.assert_macro(mac, &name, span),
            Some(Grammar::Vec) => self.vec_macro(mac, span),
            Some(Grammar::Matches) => self.matches_macro(mac, span),
            Some(Grammar::SelectArms) => match super::select::parse(&mac.tokens) {
                Some(arms) => {
                    let kept = self.arena.keep(Parsed::Select(arms));
                    let Parsed::Select(arms) = kept else { return self.opaque(mac, span) };
                    self.select(arms, span)
                }
                None => self.opaque(mac, span),
            },
            Some(Grammar::Join) => self.join_macro(mac, &name, span),
            Some(Grammar::Statements) => match as_statements(&mac.tokens) {
                Some(stmts) => self.kept_statements(stmts),
                None => self.opaque(mac, span),
            },
            Some(Grammar::Items | Grammar::Quoted) => self.opaque(mac, span),
            Some(Grammar::Call) | None => self.call_macro(mac, span),
        }
    }

    fn path_of(&mut self, mac: &Macro) -> Sym {
        self.file.intern(&path_text(&mac.path))
    }

    /// A macro of which nothing could be read.
    fn opaque(&mut self, mac: &Macro, span: Span) -> ValueId {
        let path = self.path_of(mac);
        let (args, count) = self.b.push_args(&[]);
        self.b.push(ValueKind::Macro { path, args, count }, span)
    }

    fn kept_exprs(&mut self, exprs: Vec<Expr>) -> &'a [Expr] {
        match self.arena.keep(Parsed::Exprs(exprs)) {
            Parsed::Exprs(exprs) => exprs,
            _ => &[],
        }
    }

    fn kept_statements(&mut self, stmts: Vec<Stmt>) -> ValueId {
        let kept = self.arena.keep(Parsed::Statements(stmts));
        let Parsed::Statements(stmts) = kept else { return ValueId::NONE };
        self.statements(stmts)
    }

    /// `pin! { let f = g(); }`: what it binds is seen behind it.
    fn kept_bindings(&mut self, stmts: Vec<Stmt>) -> ValueId {
        let kept = self.arena.keep(Parsed::Statements(stmts));
        let Parsed::Statements(stmts) = kept else { return ValueId::NONE };
        for stmt in stmts {
            if let Stmt::Local(local) = stmt {
                self.local(local);
            }
        }
        ValueId::NONE
    }

    fn call_macro(&mut self, mac: &'a Macro, span: Span) -> ValueId {
        if let Some(exprs) = as_expressions(&mac.tokens) {
            let exprs = self.kept_exprs(exprs);
            let mut args = Vec::with_capacity(exprs.len());
            for expr in exprs {
                let arg = self.keyword_argument(expr);
                args.push(arg);
            }
            let path = self.path_of(mac);
            let (args, count) = self.b.push_args(&args);
            return self.b.push(ValueKind::Macro { path, args, count }, span);
        }
        if let Some(stmts) = as_statements(&mac.tokens) {
            let only_binds = stmts.iter().all(|stmt| matches!(stmt, Stmt::Local(_)));
            let value = if only_binds { self.kept_bindings(stmts) } else { self.kept_statements(stmts) };
            let path = self.path_of(mac);
            let args: Vec<Arg> = (value.is_some())
                .then_some(Arg { value, kind: ArgKind::Positional, name: Sym::NONE })
                .into_iter()
                .collect();
            let (args, count) = self.b.push_args(&args);
            return self.b.push(ValueKind::Macro { path, args, count }, span);
        }
        self.opaque(mac, span)
    }

    fn leave_by_macro(&mut self, kind: JumpKind, value: ValueId, span: Span) -> ValueId {
        let leaves = self.b.function(self.b.current()).body;
        self.b.push(ValueKind::Jump { kind, leaves, value }, span);
        ValueId::NONE
    }

    /// `format!`, `println!`, `info!`: expressions, then a text with captured names.
    fn format_macro(&mut self, mac: &'a Macro, name: &str, span: Span) -> ValueId {
        // What is formatted is borrowed until the macro is done.
        self.open_temporaries();
        let pieces = self.format_pieces(&mac.tokens);
        let mut text_args = Vec::new();
        let mut others = Vec::new();
        let mut text_span = None;
        let takes_text_later = pieces.iter().any(|piece| piece.name.is_none() && is_text(piece.expr));
        let named: Vec<String> = pieces.iter().filter_map(Piece::name).collect();
        for piece in pieces {
            match piece.expr {
                Expr::Lit(lit) if text_span.is_none() && piece.name.is_none() && is_text(piece.expr) => {
                    let at = self.span(lit.lit.span());
                    text_span = Some(at);
                    if let Lit::Str(text) = &lit.lit {
                        let value = text.value();
                        let captured = captured_names(&value);
                        for name in captured.into_iter().filter(|name| !named.iter().any(|it| it == name)) {
                            let sym = self.file.intern(name);
                            let value = match self.lookup(sym) {
                                Some(local) => self.read(local, Mode::Place, at),
                                None => self.b.push(ValueKind::Name { name: sym, generics: TyId::NONE }, at),
                            };
                            text_args.push(Arg { value, kind: ArgKind::Keyword, name: sym });
                        }
                    }
                }
                expr => {
                    let arg = match piece.name {
                        Some(name) => {
                            let name = self.file.intern(&name);
                            let value = self.operand(expr, Mode::Place);
                            Arg { value, kind: ArgKind::Keyword, name }
                        }
                        None => self.keyword_argument(expr),
                    };
                    let is_formatted = text_span.is_some() || !takes_text_later;
                    if is_formatted { text_args.push(arg) } else { others.push(arg) }
                }
            }
        }
        let only_text = name == "format" || name == "format_args";
        if text_span.is_some() || !text_args.is_empty() || only_text {
            let (args, count) = self.b.push_args(&text_args);
            let at = if only_text { span } else { text_span.unwrap_or(span) };
            let text = self.b.push(ValueKind::Text { args, count }, at);
            if only_text {
                self.close_temporaries();
                return text;
            }
            others.push(Arg { value: text, kind: ArgKind::Positional, name: Sym::NONE });
        }
        let path = self.path_of(mac);
        let (args, count) = self.b.push_args(&others);
        let value = self.b.push(ValueKind::Macro { path, args, count }, span);
        self.close_temporaries();
        value
    }

    fn format_pieces(&mut self, tokens: &TokenStream) -> Vec<Piece<'a>> {
        if let Some(exprs) = as_expressions(tokens) {
            return self.kept_exprs(exprs).iter().map(|expr| Piece { name: None, expr }).collect();
        }
        let mut names = Vec::new();
        let mut exprs = Vec::new();
        lenient_pieces(tokens, &mut names, &mut exprs);
        let exprs = self.kept_exprs(exprs);
        names.into_iter().zip(exprs).map(|(name, expr)| Piece { name, expr }).collect()
    }

    fn assert_macro(&mut self, mac: &'a Macro, name: &str, span: Span) -> ValueId {
        let Some(exprs) = as_expressions(&mac.tokens) else { return self.call_macro(mac, span) };
        let exprs = self.kept_exprs(exprs);
        let operator = match name {
            _ if name.ends_with("_eq") => Some(BinaryOp::Equal),
            _ if name.ends_with("_ne") => Some(BinaryOp::NotEqual),
            _ => None,
        };
        let condition = match (operator, exprs) {
            (Some(op), [left, right, ..]) => {
                let left = self.operand(left, Mode::Place);
                let right = self.operand(right, Mode::Place);
                self.b.push(ValueKind::Operation { op, left, right }, span)
            }
            (_, [condition, ..]) => {
                self.open_temporaries();
                let value = self.expr(condition, Mode::Value);
                self.close_temporaries();
                value
            }
            _ => return self.opaque(mac, span),
        };
        self.b.set_use(condition, UseKind::Condition, RegionId::NONE.0, 0);
        let leaves = self.b.function(self.b.current()).body;
        self.b.push(ValueKind::Jump { kind: JumpKind::Maybe, leaves, value: ValueId::NONE }, span);
        ValueId::NONE
    }

    fn vec_macro(&mut self, mac: &'a Macro, span: Span) -> ValueId {
        if let Some(exprs) = as_expressions(&mac.tokens) {
            let exprs = self.kept_exprs(exprs);
            return self.collection(CollectionKind::List, exprs, false, span);
        }
        let repeat = |input: ParseStream<'_>| {
            let element: Expr = input.parse()?;
            input.parse::<Token![;]>()?;
            Ok(vec![element, input.parse()?])
        };
        let Ok(parts) = repeat.parse2(mac.tokens.clone()) else { return self.call_macro(mac, span) };
        let [element, count] = self.kept_exprs(parts) else { return self.opaque(mac, span) };
        let element = self.argument(element, Mode::Value);
        self.expr(count, Mode::Value);
        let (args, count) = self.b.push_args(&[element]);
        self.b.push(ValueKind::Collection { kind: CollectionKind::List, args, count }, span)
    }

    fn matches_macro(&mut self, mac: &'a Macro, span: Span) -> ValueId {
        let parts = |input: ParseStream<'_>| {
            let scrutinee: Expr = input.parse()?;
            input.parse::<Token![,]>()?;
            let pat = Pat::parse_multi_with_leading_vert(input)?;
            let guard = if input.peek(Token![if]) {
                input.parse::<Token![if]>()?;
                Some(input.parse::<Expr>()?)
            } else {
                None
            };
            input.parse::<Option<Token![,]>>()?;
            Ok((scrutinee, pat, guard))
        };
        let Ok(parts) = parts.parse2(mac.tokens.clone()) else { return self.call_macro(mac, span) };
        let Parsed::Matches(parts) = self.arena.keep(Parsed::Matches(Box::new(parts))) else {
            return self.opaque(mac, span);
        };
        let (scrutinee, pat, guard) = &**parts;
        let value = self.expr(scrutinee, Mode::Place);
        let branch = self.b.open_region(RegionKind::Branch { exhaustive: false }, value, Sym::NONE);
        let (pat, own_guard) = super::pattern::split_guard(pat);
        let guard = guard.as_ref().or(own_guard);
        let test = if guard.is_some() { ArmTest::GuardedPattern } else { ArmTest::Pattern };
        let name = self.head(pat);
        let arm = self.b.open_region(RegionKind::Arm { test }, ValueId::NONE, name);
        let names = self.enter();
        self.bind(pat, value, true);
        if let Some(guard) = guard {
            let condition = self.expr(guard, Mode::Value);
            self.b.set_use(condition, UseKind::Condition, arm.0, 0);
        }
        self.leave(names);
        self.b.close_region(arm);
        self.b.close_region(branch);
        self.b.push(ValueKind::Choice { region: branch }, span)
    }

    /// `join!(a, b)`: all are made, then all are awaited together.
    fn join_macro(&mut self, mac: &'a Macro, name: &str, span: Span) -> ValueId {
        let tokens = super::select::without_biased(&mac.tokens);
        let Some(exprs) = as_expressions(&tokens) else { return self.call_macro(mac, span) };
        let exprs = self.kept_exprs(exprs);
        let mut futures = Vec::with_capacity(exprs.len());
        for expr in exprs {
            futures.push(self.operand(expr, Mode::Value));
        }
        self.b.push(ValueKind::Suspend { kind: SuspendKind::Join, region: RegionId::NONE }, span);
        let mut args = Vec::with_capacity(futures.len());
        for of in futures {
            let at = self.b.value(of).span;
            let value = self.b.push(ValueKind::Await { of }, at);
            args.push(Arg { value, kind: ArgKind::Positional, name: Sym::NONE });
        }
        let (args, count) = self.b.push_args(&args);
        if name.starts_with("try") {
            let path = self.path_of(mac);
            return self.b.push(ValueKind::Macro { path, args, count }, span);
        }
        self.b.push(ValueKind::Collection { kind: CollectionKind::Tuple, args, count }, span)
    }
}

/// One argument of a format-like macro.
struct Piece<'a> {
    name: Option<String>,
    expr: &'a Expr,
}

impl Piece<'_> {
    /// `name = value`
    fn name(&self) -> Option<String> {
        match (&self.name, self.expr) {
            (Some(name), _) => Some(name.clone()),
            (None, Expr::Assign(assign)) => match &*assign.left {
                Expr::Path(path) => Some(path_text(&path.path)),
                _ => None,
            },
            _ => None,
        }
    }
}

fn is_text(expr: &Expr) -> bool {
    matches!(expr, Expr::Lit(lit) if matches!(lit.lit, Lit::Str(_)))
}

pub(super) fn as_expressions(tokens: &TokenStream) -> Option<Vec<Expr>> {
    let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
    parser.parse2(tokens.clone()).ok().map(|exprs| exprs.into_iter().collect())
}

pub(super) fn as_statements(tokens: &TokenStream) -> Option<Vec<Stmt>> {
    Block::parse_within.parse2(tokens.clone()).ok()
}

pub(super) fn as_items(tokens: &TokenStream) -> Option<Vec<Item>> {
    let parser = |input: ParseStream<'_>| {
        let mut items = Vec::new();
        while !input.is_empty() {
            items.push(input.parse::<Item>()?);
        }
        Ok(items)
    };
    let items = parser.parse2(tokens.clone()).ok()?;
    (!items.iter().all(|item| matches!(item, Item::Verbatim(_)))).then_some(items)
}

/// The items of all branches of `if #[cfg(…)] { … } else { … }`.
pub(super) fn as_conditional_items(tokens: &TokenStream) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    for token in tokens.clone() {
        if let TokenTree::Group(group) = token
            && group.delimiter() == Delimiter::Brace
        {
            items.extend(as_items(&group.stream())?);
        }
    }
    (!items.is_empty()).then_some(items)
}

pub(super) fn as_impl_items(tokens: &TokenStream) -> Option<Vec<ImplItem>> {
    let parser = |input: ParseStream<'_>| {
        let mut items = Vec::new();
        while !input.is_empty() {
            items.push(input.parse::<ImplItem>()?);
        }
        Ok(items)
    };
    parser.parse2(tokens.clone()).ok().filter(|items: &Vec<ImplItem>| !items.is_empty())
}

/// Whether tokens hold the word `fn`.
pub(super) fn holds_function(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "fn",
        TokenTree::Group(group) => holds_function(&group.stream()),
        _ => false,
    })
}

/// Arguments between commas that are not all expressions: `field = %x`, `?y`, `target: "t"`, `{ a, b }`.
fn lenient_pieces(tokens: &TokenStream, names: &mut Vec<Option<String>>, exprs: &mut Vec<Expr>) {
    for piece in split(tokens, ',') {
        if let [TokenTree::Group(group)] = &piece[..]
            && group.delimiter() == Delimiter::Brace
        {
            lenient_pieces(&group.stream(), names, exprs);
            continue;
        }
        let (name, rest) = strip_name(&piece);
        let rest = match rest.first() {
            Some(TokenTree::Punct(sigil)) if matches!(sigil.as_char(), '%' | '?') => &rest[1..],
            _ => rest,
        };
        if let Ok(expr) = syn::parse2::<Expr>(rest.iter().cloned().collect()) {
            names.push(name);
            exprs.push(expr);
        }
    }
}

fn split(tokens: &TokenStream, separator: char) -> Vec<Vec<TokenTree>> {
    let mut pieces = vec![Vec::new()];
    for token in tokens.clone() {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == separator => pieces.push(Vec::new()),
            _ => pieces.last_mut().expect("there is a first piece").push(token),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// `name.with.dots =` or `name:` at the beginning of a piece.
fn strip_name(piece: &[TokenTree]) -> (Option<String>, &[TokenTree]) {
    let mut name = String::new();
    for (n, token) in piece.iter().enumerate() {
        match token {
            TokenTree::Ident(ident) => name.push_str(&name_text(ident)),
            TokenTree::Literal(literal) if n == 0 => name.push_str(literal.to_string().trim_matches('"')),
            TokenTree::Punct(punct) if punct.as_char() == '.' => name.push('.'),
            TokenTree::Punct(punct) if n > 0 && matches!(punct.as_char(), '=' | ':') => {
                let is_longer = matches!(piece.get(n + 1), Some(TokenTree::Punct(next))
                    if punct.spacing() == proc_macro2::Spacing::Joint && matches!(next.as_char(), '=' | ':'));
                if is_longer {
                    return (None, piece);
                }
                return (Some(name), &piece[n + 1..]);
            }
            _ => return (None, piece),
        }
    }
    (None, piece)
}

/// The names between braces of a format text: `{name}`, `{name:?}`, `{:width$}`.
fn captured_names(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        if rest[at..].starts_with("{{") || rest[at..].starts_with("}}") {
            rest = &rest[at + 2..];
            continue;
        }
        if rest[at..].starts_with('}') {
            rest = &rest[at + 1..];
            continue;
        }
        let Some(end) = rest[at..].find('}') else { break };
        let inside = &rest[at + 1..at + end];
        let (argument, format) = inside.split_once(':').unwrap_or((inside, ""));
        let mut candidates = vec![argument.trim()];
        for part in format.split('$') {
            let start = part
                .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
                .map_or(0, |n| n + part[n..].chars().next().map_or(1, char::len_utf8));
            if format.contains('$') {
                candidates.push(&part[start..]);
            }
        }
        for name in candidates {
            let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
                && name.chars().all(|c| c.is_alphanumeric() || c == '_');
            let is_dollar = name != argument.trim() && !format.contains(&format!("{name}$"));
            if is_name && !is_dollar && !names.contains(&name) {
                names.push(name);
            }
        }
        rest = &rest[at + end + 1..];
    }
    names
}

//! The text of one file as its front end sees it: byte spans of tokens and nodes, and what all its units share.
//!
//! The only place that asks proc-macro2 for positions. It knows nothing of facts.

use proc_macro2::LineColumn;
use proc_macro2::extra::DelimSpan;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Pat};

use crate::model::{Edition, Note, NoteKind};
use crate::text::{Span, Strings, Sym};

/// What the units of one file share while they are written.
pub(super) struct File<'t> {
    pub text: &'t str,
    pub edition: Edition,
    pub strings: Strings,
    pub notes: Vec<Note>,
    /// Where lines begin, in bytes of `text`; the first at `base`.
    lines: Vec<u32>,
    is_ascii: bool,
}

impl<'t> File<'t> {
    /// `base` are the bytes before what is given to the lexer: a byte order mark, a `#!` line.
    pub fn new(text: &'t str, base: u32, edition: Edition) -> File<'t> {
        let rest = text.as_bytes().iter().enumerate().skip(base as usize);
        let after = rest.filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at as u32 + 1);
        let lines = std::iter::once(base).chain(after).collect();
        File { text, edition, strings: Strings::default(), notes: Vec::new(), lines, is_ascii: text.is_ascii() }
    }

    pub fn intern(&mut self, text: &str) -> Sym {
        self.strings.intern(text)
    }

    pub fn note(&mut self, kind: NoteKind, span: Span) {
        self.notes.push(Note { kind, span });
    }

    /// The bytes of a token, from the file's first byte.
    pub fn span(&self, span: proc_macro2::Span) -> Span {
        let start = self.start(span);
        Span::new(start, self.end(span).max(start))
    }

    pub fn start(&self, span: proc_macro2::Span) -> u32 {
        self.offset(span.start())
    }

    pub fn end(&self, span: proc_macro2::Span) -> u32 {
        self.offset(span.end())
    }

    /// Lines count from one, columns in characters from zero. Asking for bytes costs a search in a growing map.
    fn offset(&self, at: LineColumn) -> u32 {
        let end = self.text.len();
        let line = self.lines.get(at.line.saturating_sub(1)).map_or(end, |line| *line as usize);
        let rest = &self.text[line..];
        let column = if self.is_ascii || rest.as_bytes()[..at.column.min(rest.len())].is_ascii() {
            at.column
        } else {
            rest.char_indices().nth(at.column).map_or(rest.len(), |(offset, _)| offset)
        };
        (line + column).min(end) as u32
    }

    /// From the first byte of one token to the last of another.
    pub fn join(&self, first: proc_macro2::Span, last: proc_macro2::Span) -> Span {
        let start = self.start(first);
        Span::new(start, self.end(last).max(start))
    }

    pub fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The bytes of an expression, attributes left out.
    pub fn expr(&self, expr: &Expr) -> Span {
        self.join(first_token(expr), last_token(expr))
    }
}

/// The first token's span. syn's own `span` prints the whole node, which is quadratic over a file.
pub(super) fn first_token(expr: &Expr) -> proc_macro2::Span {
    let mut expr = expr;
    loop {
        expr = match expr {
            Expr::Assign(e) => &e.left,
            Expr::Await(e) => &e.base,
            Expr::Binary(e) => &e.left,
            Expr::Call(e) => &e.func,
            Expr::Cast(e) => &e.expr,
            Expr::Field(e) => &e.base,
            Expr::Index(e) => &e.expr,
            Expr::MethodCall(e) => &e.receiver,
            Expr::Try(e) => &e.expr,
            Expr::Group(e) => &e.expr,
            Expr::Range(e) => match &e.start {
                Some(start) => start,
                None => return limits(&e.limits),
            },
            Expr::Array(e) => return open(e.bracket_token.span),
            Expr::Async(e) => return e.async_token.span,
            Expr::Block(e) => {
                return e.label.as_ref().map_or(open(e.block.brace_token.span), |label| label.name.apostrophe);
            }
            Expr::Break(e) => return e.break_token.span,
            Expr::Closure(e) => {
                return e
                    .constness
                    .map(|token| token.span)
                    .or(e.asyncness.map(|token| token.span))
                    .or(e.capture.map(|token| token.span))
                    .unwrap_or(e.inputs_begin.span);
            }
            Expr::Const(e) => return e.const_token.span,
            Expr::Continue(e) => return e.continue_token.span,
            Expr::ForLoop(e) => return e.label.as_ref().map_or(e.for_token.span, |label| label.name.apostrophe),
            Expr::If(e) => return e.if_token.span,
            Expr::Infer(e) => return e.underscore_token.span,
            Expr::Let(e) => return e.let_token.span,
            Expr::Lit(e) => return e.lit.span(),
            Expr::Loop(e) => return e.label.as_ref().map_or(e.loop_token.span, |label| label.name.apostrophe),
            Expr::Macro(e) => return path_first(&e.mac.path),
            Expr::Match(e) => return e.match_token.span,
            Expr::Paren(e) => return open(e.paren_token.span),
            Expr::Path(e) => {
                return e.qself.as_ref().map_or_else(|| path_first(&e.path), |qself| qself.lt_token.span);
            }
            Expr::RawAddr(e) => return e.and_token.span,
            Expr::Reference(e) => return e.and_token.span,
            Expr::Repeat(e) => return open(e.bracket_token.span),
            Expr::Return(e) => return e.return_token.span,
            Expr::Struct(e) => return path_first(&e.path),
            Expr::TryBlock(e) => return e.try_token.span,
            Expr::Tuple(e) => return open(e.paren_token.span),
            Expr::Unary(e) => {
                return match &e.op {
                    syn::UnOp::Deref(token) => token.span,
                    syn::UnOp::Not(token) => token.span,
                    syn::UnOp::Neg(token) => token.span,
                    other => other.span(),
                };
            }
            Expr::Unsafe(e) => return e.unsafe_token.span,
            Expr::While(e) => return e.label.as_ref().map_or(e.while_token.span, |label| label.name.apostrophe),
            Expr::Yield(e) => return e.yield_token.span,
            other => return other.span(),
        }
    }
}

/// The last token's span.
pub(super) fn last_token(expr: &Expr) -> proc_macro2::Span {
    let mut expr = expr;
    loop {
        expr = match expr {
            Expr::Assign(e) => &e.right,
            Expr::Binary(e) => &e.right,
            Expr::Closure(e) => &e.body,
            Expr::Let(e) => &e.expr,
            Expr::RawAddr(e) => &e.expr,
            Expr::Reference(e) => &e.expr,
            Expr::Unary(e) => &e.expr,
            Expr::Group(e) => &e.expr,
            Expr::Range(e) => match &e.end {
                Some(end) => end,
                None => return limits(&e.limits),
            },
            Expr::Break(e) => match &e.expr {
                Some(value) => value,
                None => return e.label.as_ref().map_or(e.break_token.span, |label| label.ident.span()),
            },
            Expr::Return(e) => match &e.expr {
                Some(value) => value,
                None => return e.return_token.span,
            },
            Expr::Yield(e) => match &e.expr {
                Some(value) => value,
                None => return e.yield_token.span,
            },
            Expr::If(e) => match &e.else_branch {
                Some((_, otherwise)) => otherwise,
                None => return close(e.then_branch.brace_token.span),
            },
            Expr::Array(e) => return close(e.bracket_token.span),
            Expr::Async(e) => return close(e.block.brace_token.span),
            Expr::Await(e) => return e.await_token.span,
            Expr::Block(e) => return close(e.block.brace_token.span),
            Expr::Call(e) => return close(e.paren_token.span),
            Expr::Cast(e) => return e.ty.span(),
            Expr::Const(e) => return close(e.block.brace_token.span),
            Expr::Continue(e) => {
                return e.label.as_ref().map_or(e.continue_token.span, |label| label.ident.span());
            }
            Expr::Field(e) => {
                return match &e.member {
                    syn::Member::Named(name) => name.span(),
                    syn::Member::Unnamed(index) => index.span,
                };
            }
            Expr::ForLoop(e) => return close(e.body.brace_token.span),
            Expr::Index(e) => return close(e.bracket_token.span),
            Expr::Infer(e) => return e.underscore_token.span,
            Expr::Lit(e) => return e.lit.span(),
            Expr::Loop(e) => return close(e.body.brace_token.span),
            Expr::Macro(e) => return macro_last(&e.mac),
            Expr::Match(e) => return close(e.brace_token.span),
            Expr::MethodCall(e) => return close(e.paren_token.span),
            Expr::Paren(e) => return close(e.paren_token.span),
            Expr::Path(e) => return path_last(&e.path),
            Expr::Repeat(e) => return close(e.bracket_token.span),
            Expr::Struct(e) => return close(e.brace_token.span),
            Expr::Try(e) => return e.question_token.span,
            Expr::TryBlock(e) => return close(e.block.brace_token.span),
            Expr::Tuple(e) => return close(e.paren_token.span),
            Expr::Unsafe(e) => return close(e.block.brace_token.span),
            Expr::While(e) => return close(e.body.brace_token.span),
            other => return other.span(),
        }
    }
}

pub(super) fn macro_last(mac: &syn::Macro) -> proc_macro2::Span {
    close(*mac.delimiter.span())
}

pub(super) fn path_first(path: &syn::Path) -> proc_macro2::Span {
    match &path.leading_colon {
        Some(colon) => colon.spans[0],
        None => path.segments.first().map_or_else(proc_macro2::Span::call_site, |segment| segment.ident.span()),
    }
}

pub(super) fn path_last(path: &syn::Path) -> proc_macro2::Span {
    let Some(segment) = path.segments.last() else { return path_first(path) };
    match &segment.arguments {
        syn::PathArguments::None => segment.ident.span(),
        syn::PathArguments::AngleBracketed(args) => args.gt_token.span,
        syn::PathArguments::Parenthesized(args) => match &args.output {
            syn::ReturnType::Default => close(args.paren_token.span),
            syn::ReturnType::Type(_, ty) => ty.span(),
        },
    }
}

pub(super) fn open(span: DelimSpan) -> proc_macro2::Span {
    span.open()
}

pub(super) fn close(span: DelimSpan) -> proc_macro2::Span {
    span.close()
}

fn limits(limits: &syn::RangeLimits) -> proc_macro2::Span {
    match limits {
        syn::RangeLimits::HalfOpen(token) => token.spans[0],
        syn::RangeLimits::Closed(token) => token.spans[0],
    }
}

/// Where an item or statement with these attributes begins, if it has any.
pub(super) fn attributes_first(attrs: &[Attribute]) -> Option<proc_macro2::Span> {
    attrs.iter().find(|attr| matches!(attr.style, syn::AttrStyle::Outer)).map(|attr| attr.pound_token.span)
}

/// The span of a pattern. Patterns are short, so printing one is cheap.
pub(super) fn pattern(file: &File<'_>, pat: &Pat) -> Span {
    match pat {
        Pat::Ident(ident) => file.span(ident.ident.span()),
        Pat::Wild(wild) => file.span(wild.underscore_token.span),
        other => file.span(other.span()),
    }
}

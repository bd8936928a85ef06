//! The arms of `select!`: tokio's, futures' and crossbeam's spelling.
//!
//! `pat = future, if condition => handler` · `pat = future => handler` · `recv(r) -> pat => handler` ·
//! `else`, `default`, `complete => handler`.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Pat, Token};

use super::body::{Body, Mode};
use super::source;
use crate::model::{Projection, RegionId, RegionKind, SuspendKind, UseKind, ValueId, ValueKind};
use crate::text::{Span, Sym};

/// One arm; without an operation it is the one that runs when no other can.
pub(super) struct SelectArm {
    pub operation: Option<Expr>,
    pub pat: Option<Pat>,
    pub condition: Option<Expr>,
    pub handler: Expr,
    pub is_channel: bool,
}

/// The tokens behind `biased;`.
pub(super) fn without_biased(tokens: &TokenStream) -> TokenStream {
    let mut rest = tokens.clone().into_iter();
    let mut ahead = rest.clone();
    if let Some(TokenTree::Ident(ident)) = ahead.next()
        && ident == "biased"
        && matches!(ahead.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == ';')
    {
        rest = ahead;
    }
    rest.collect()
}

pub(super) fn parse(tokens: &TokenStream) -> Option<Vec<SelectArm>> {
    let parser = |input: ParseStream<'_>| {
        let mut arms = Vec::new();
        while !input.is_empty() {
            arms.push(arm(input)?);
            while input.peek(Token![,]) {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(arms)
    };
    parser.parse2(without_biased(tokens)).ok()
}

fn arm(input: ParseStream<'_>) -> syn::Result<SelectArm> {
    let is_fallback = input.peek(Token![else])
        || ((input.peek(syn::Ident) || input.peek(Token![default]))
            && (input.peek2(Token![=>]) || input.peek2(syn::token::Paren) && is_default(input)));
    if is_fallback {
        input.parse::<TokenTree>()?;
        if input.peek(syn::token::Paren) {
            input.parse::<TokenTree>()?;
        }
        input.parse::<Token![=>]>()?;
        let handler = handler(input)?;
        return Ok(SelectArm { operation: None, pat: None, condition: None, handler, is_channel: false });
    }
    if is_channel(input) {
        let operation: Expr = input.parse()?;
        let pat = if input.peek(Token![->]) {
            input.parse::<Token![->]>()?;
            Some(Pat::parse_multi_with_leading_vert(input)?)
        } else {
            None
        };
        input.parse::<Token![=>]>()?;
        let handler = handler(input)?;
        return Ok(SelectArm { operation: Some(operation), pat, condition: None, handler, is_channel: true });
    }
    let pat = Pat::parse_multi_with_leading_vert(input)?;
    input.parse::<Token![=]>()?;
    let operation: Expr = input.parse()?;
    let condition = if input.peek(Token![,]) && input.peek2(Token![if]) {
        input.parse::<Token![,]>()?;
        input.parse::<Token![if]>()?;
        Some(input.parse::<Expr>()?)
    } else {
        None
    };
    input.parse::<Token![=>]>()?;
    let handler = handler(input)?;
    Ok(SelectArm { operation: Some(operation), pat: Some(pat), condition, handler, is_channel: false })
}

/// `recv(…) ->`, `send(…) ->`
fn is_channel(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let Ok(name) = ahead.parse::<syn::Ident>() else { return false };
    (name == "recv" || name == "send")
        && ahead.peek(syn::token::Paren)
        && ahead.parse::<TokenTree>().is_ok()
        && (ahead.peek(Token![->]) || ahead.peek(Token![=>]))
}

fn is_default(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    matches!(ahead.parse::<TokenTree>(), Ok(TokenTree::Ident(name)) if name == "default")
        && ahead.parse::<TokenTree>().is_ok()
        && ahead.peek(Token![=>])
}

/// A block needs no comma behind it.
fn handler(input: ParseStream<'_>) -> syn::Result<Expr> {
    if input.peek(syn::token::Brace) {
        let block: syn::Block = input.parse()?;
        if input.is_empty() || input.peek(Token![,]) || !continues(input) {
            return Ok(Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block }));
        }
        return Err(input.error("an arm's block goes on"));
    }
    input.parse()
}

fn continues(input: ParseStream<'_>) -> bool {
    input.peek(Token![.]) || input.peek(Token![?])
}

impl<'a> Body<'a, '_> {
    /// The function waits; each arm's future is made before that, and one handler runs afterwards.
    pub fn select(&mut self, arms: &'a [SelectArm], span: Span) -> ValueId {
        let select = self.b.open_region(RegionKind::Select, ValueId::NONE, Sym::NONE);
        if !arms.iter().any(|arm| arm.is_channel) {
            self.b.push(ValueKind::Suspend { kind: SuspendKind::Select, region: select }, span);
        }
        let mut values = Vec::with_capacity(arms.len());
        for arm in arms {
            let raced = self.raced(arm, select);
            let names = self.enter();
            let region = self.b.open_region(RegionKind::SelectHandler, raced, Sym::NONE);
            if let Some(pat) = &arm.pat {
                let mut path = if arm.is_channel { Vec::new() } else { vec![Projection::Awaited] };
                self.bind_within(pat, raced, &mut path, false);
            }
            self.open_temporaries();
            values.push(self.expr(&arm.handler, Mode::Value));
            self.close_temporaries();
            self.leave(names);
            self.b.close_region(region);
        }
        self.b.close_region(select);
        self.choice(select, &values, span)
    }

    fn raced(&mut self, arm: &'a SelectArm, select: RegionId) -> ValueId {
        let Some(operation) = &arm.operation else { return ValueId::NONE };
        let region = self.b.open_region(RegionKind::SelectArm, ValueId::NONE, Sym::NONE);
        if let Some(condition) = &arm.condition {
            self.open_temporaries();
            let value = self.expr(condition, Mode::Value);
            self.close_temporaries();
            self.b.set_use(value, UseKind::Condition, select.0, 0);
        }
        self.open_temporaries();
        let value = match operation {
            Expr::Call(call) if arm.is_channel => self.channel_operation(call),
            operation => self.operand(operation, Mode::Value),
        };
        self.close_temporaries();
        self.b.set_region_value(region, value);
        self.b.close_region(region);
        value
    }

    /// `recv(r)` and `send(s, message)` of a channel's select are methods of the channel's end.
    fn channel_operation(&mut self, call: &'a syn::ExprCall) -> ValueId {
        let mut parts = call.args.iter();
        let of = match parts.next() {
            Some(end) => self.operand(end, Mode::Receiver),
            None => self.b.push(ValueKind::Unknown, self.span(source::close(call.paren_token.span))),
        };
        let mut args = Vec::new();
        for part in parts {
            let arg = self.argument(part, Mode::Value);
            args.push(arg);
        }
        let name = super::pattern::last_segment_of(&call.func).map_or(Sym::NONE, |ident| self.ident(ident));
        let (args, count) = self.b.push_args(&args);
        let span = self.file.join(source::first_token(&call.func), source::close(call.paren_token.span));
        self.b.push(ValueKind::Method { of, name, args, count }, span.relative_to(self.origin))
    }
}

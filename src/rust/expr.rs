//! Expressions in evaluation order.
//!
//! Parentheses, groups and references leave no trace. Control flow is in `control`.

use syn::{Expr, Lit, Member, UnOp};

use super::body::{Body, Mode};
use super::source;
use super::types::path_text;
use crate::catalogue::TyId;
use crate::model::{
    Arg, ArgKind, BinaryOp, CollectionKind, ConstKind, JumpKind, RegionId, SuspendKind, UseKind, ValueId, ValueKind,
};
use crate::text::{Span, Sym};

/// Texts of constants longer than this many bytes are left out.
const LONG_TEXT: usize = 64;
/// Literals of more elements keep only those that are not constants.
const LONG_LITERAL: usize = 8;

impl<'a> Body<'a, '_> {
    /// Lowers an expression; none where it has no value or does not return.
    pub fn expr(&mut self, expr: &'a Expr, mode: Mode) -> ValueId {
        let extending = std::mem::take(&mut self.extending);
        let value = self.expr_inner(expr, mode, extending);
        if mode != Mode::Value && value.is_some() && makes_a_temporary(expr) {
            self.temporary(value, mode);
        }
        value
    }

    pub(super) fn expr_inner(&mut self, expr: &'a Expr, mode: Mode, extending: bool) -> ValueId {
        match expr {
            Expr::Paren(e) => {
                self.extending = extending;
                self.expr_inner_peeled(&e.expr, mode)
            }
            Expr::Group(e) => {
                self.extending = extending;
                self.expr_inner_peeled(&e.expr, mode)
            }
            Expr::Reference(e) => {
                let inner = if extending || mode == Mode::Extended { Mode::Extended } else { Mode::Place };
                self.expr(&e.expr, inner)
            }
            Expr::RawAddr(e) => self.expr(&e.expr, Mode::Place),
            Expr::Path(e) => self.path(e, mode),
            Expr::Lit(e) => self.literal(&e.lit),
            Expr::MethodCall(e) => self.method_call(e),
            Expr::Call(e) => self.call(e, extending),
            Expr::Field(e) => {
                let base = self.operand(&e.base, place(mode));
                let name = self.member(&e.member);
                let span = self.expr_span(expr);
                self.b.push(ValueKind::Attr { of: base, name }, span)
            }
            Expr::Await(e) => {
                let of = self.operand(&e.base, Mode::Value);
                let span = self.expr_span(expr);
                self.b.push(ValueKind::Await { of }, span)
            }
            Expr::Try(e) => {
                let of = self.operand(&e.expr, Mode::Value);
                let span = self.expr_span(expr);
                let value = self.b.push(ValueKind::Try { of }, span);
                let leaves = self.try_target;
                let question = Span::new(span.end.saturating_sub(1), span.end);
                self.b.push(ValueKind::Jump { kind: JumpKind::Maybe, leaves, value: ValueId::NONE }, question);
                value
            }
            Expr::Unary(e) => {
                let (op, inner) = match &e.op {
                    UnOp::Deref(_) => (BinaryOp::Dereference, place(mode)),
                    UnOp::Not(_) => (BinaryOp::Not, Mode::Value),
                    _ => (BinaryOp::Negate, Mode::Value),
                };
                if op == BinaryOp::Negate
                    && let Expr::Lit(lit) = &*e.expr
                    && let Lit::Int(int) = &lit.lit
                {
                    let text = self.file.intern(&format!("-{}", int.base10_digits()));
                    let span = self.expr_span(expr);
                    return self.b.push(ValueKind::Const { kind: ConstKind::Integer, text }, span);
                }
                let left = self.operand(&e.expr, inner);
                let span = self.expr_span(expr);
                self.b.push(ValueKind::Operation { op, left, right: ValueId::NONE }, span)
            }
            Expr::Binary(e) => self.binary(e),
            Expr::Cast(e) => {
                self.extending = extending;
                let of = self.operand(&e.expr, Mode::Value);
                let ty = self.types().ty(&e.ty);
                let span = self.expr_span(expr);
                self.b.push(ValueKind::Cast { of, ty }, span)
            }
            Expr::Index(e) => {
                let of = self.operand(&e.expr, place(mode));
                let index = self.operand(&e.index, Mode::Value);
                let span = self.expr_span(expr);
                self.b.push(ValueKind::Item { of, index }, span)
            }
            Expr::Range(e) => {
                let left = e.start.as_ref().map_or(ValueId::NONE, |start| self.expr(start, Mode::Value));
                let right = e.end.as_ref().map_or(ValueId::NONE, |end| self.expr(end, Mode::Value));
                let span = self.expr_span(expr);
                self.b.push(ValueKind::Operation { op: BinaryOp::Range, left, right }, span)
            }
            Expr::Tuple(e) if e.elems.is_empty() => {
                let span = self.expr_span(expr);
                self.b.push(ValueKind::Const { kind: ConstKind::Nothing, text: Sym::NONE }, span)
            }
            Expr::Tuple(e) => {
                let span = self.expr_span(expr);
                self.collection(CollectionKind::Tuple, &e.elems, extending, span)
            }
            Expr::Array(e) => {
                let span = self.expr_span(expr);
                self.collection(CollectionKind::List, &e.elems, extending, span)
            }
            Expr::Repeat(e) => {
                let span = self.expr_span(expr);
                self.collection(CollectionKind::List, std::iter::once(&*e.expr), extending, span)
            }
            Expr::Struct(e) => self.struct_literal(e, extending),
            Expr::Closure(e) => {
                let span = self.file.expr(expr);
                self.closure(e, span)
            }
            Expr::Async(e) => {
                let span = self.file.expr(expr);
                self.async_block(&e.block, e.capture.is_some(), span)
            }
            Expr::Macro(e) => {
                let span = self.file.expr(expr);
                self.macro_call(&e.mac, span)
            }
            Expr::Assign(e) => self.assign(e),
            Expr::Yield(e) => {
                let value = e.expr.as_ref().map_or(ValueId::NONE, |value| self.expr(value, Mode::Value));
                let span = self.expr_span(expr);
                let suspend = ValueKind::Suspend { kind: SuspendKind::Yield, region: RegionId::NONE };
                let suspend = self.b.push(suspend, span);
                self.b.set_use(value, UseKind::Yielded, suspend.0, 0);
                suspend
            }
            Expr::Infer(_) | Expr::Verbatim(_) => {
                let span = self.expr_span(expr);
                self.b.push(ValueKind::Unknown, span)
            }
            other => self.control(other, mode, extending),
        }
    }

    /// Inside parentheses: the outer call registers the temporary.
    pub(super) fn expr_inner_peeled(&mut self, expr: &'a Expr, mode: Mode) -> ValueId {
        let extending = std::mem::take(&mut self.extending);
        self.expr_inner(expr, mode, extending)
    }

    pub(super) fn path(&mut self, expr: &'a syn::ExprPath, mode: Mode) -> ValueId {
        let span = self.file.join(
            expr.qself.as_ref().map_or_else(|| source::path_first(&expr.path), |qself| qself.lt_token.span),
            source::path_last(&expr.path),
        );
        let span = span.relative_to(self.origin);
        if expr.qself.is_none()
            && let Some(ident) = expr.path.get_ident()
        {
            let name = self.ident(ident);
            return match self.lookup(name) {
                Some(local) => self.read(local, mode, span),
                None => self.b.push(ValueKind::Name { name, generics: TyId::NONE }, span),
            };
        }
        let mut args = Vec::new();
        let mut text = path_text(&expr.path);
        if let Some(qself) = &expr.qself {
            if qself.as_token.is_none()
                && let syn::Type::Path(of) = &*qself.ty
            {
                // <T>::new
                text = format!("{}{}", path_text(&of.path), text);
            } else {
                let of = self.types().ty(&qself.ty);
                args.push(of);
            }
        }
        args.extend(self.types().arguments(&expr.path));
        let generics = if args.is_empty() { TyId::NONE } else { self.types().tuple(&args) };
        let name = self.file.intern(&text);
        self.b.push(ValueKind::Name { name, generics }, span)
    }

    pub fn literal(&mut self, lit: &Lit) -> ValueId {
        let span = self.span(lit.span());
        let (kind, text) = match lit {
            Lit::Int(int) => (ConstKind::Integer, int.base10_digits().to_string()),
            Lit::Float(float) => (ConstKind::Float, float.base10_digits().to_string()),
            Lit::Bool(value) if value.value => (ConstKind::True, String::new()),
            Lit::Bool(_) => (ConstKind::False, String::new()),
            Lit::Str(text) if (span.len() as usize) <= LONG_TEXT + 2 => (ConstKind::Text, text.value()),
            Lit::Char(char) => (ConstKind::Text, char.value().to_string()),
            Lit::Str(_) => (ConstKind::Text, String::new()),
            _ => (ConstKind::Bytes, String::new()),
        };
        let text = if text.is_empty() && kind != ConstKind::Text { Sym::NONE } else { self.file.intern(&text) };
        self.b.push(ValueKind::Const { kind, text }, span)
    }

    pub(super) fn method_call(&mut self, call: &'a syn::ExprMethodCall) -> ValueId {
        let of = self.operand(&call.receiver, Mode::Receiver);
        let mut args = Vec::with_capacity(call.args.len() + 1);
        if let Some(turbofish) = &call.turbofish {
            let mut types = Vec::new();
            self.types().angle_bracketed(turbofish, &mut types);
            let ty = self.types().tuple(&types);
            args.push(Arg { value: ValueId(ty.0), kind: ArgKind::Generics, name: Sym::NONE });
        }
        for arg in &call.args {
            let arg = self.argument(arg, Mode::Value);
            args.push(arg);
        }
        let (args, count) = self.b.push_args(&args);
        let name = self.ident(&call.method);
        let start = self.start_of(of, &call.receiver);
        let end = self.span(source::close(call.paren_token.span)).end;
        self.b.push(ValueKind::Method { of, name, args, count }, Span::new(start.min(end), end))
    }

    /// Where an expression begins, which its value's span mostly tells.
    pub(super) fn start_of(&self, value: ValueId, expr: &Expr) -> u32 {
        match expr {
            Expr::MethodCall(_) | Expr::Call(_) | Expr::Path(_) | Expr::Field(_) | Expr::Await(_)
                if value.is_some() =>
            {
                self.b.value(value).span.start
            }
            _ => self.span(source::first_token(expr)).start,
        }
    }

    pub(super) fn call(&mut self, call: &'a syn::ExprCall, extending: bool) -> ValueId {
        let callee = self.operand(&call.func, Mode::Place);
        let extending = extending && is_constructor(&call.func);
        let mut args = Vec::with_capacity(call.args.len());
        for arg in &call.args {
            self.extending = extending;
            let arg = self.argument(arg, Mode::Value);
            args.push(arg);
        }
        let (args, count) = self.b.push_args(&args);
        let start = self.start_of(callee, &call.func);
        let end = self.span(source::close(call.paren_token.span)).end;
        self.b.push(ValueKind::Call { callee, args, count }, Span::new(start.min(end), end))
    }

    /// A value for something that needs one, even if the expression has none.
    pub fn operand(&mut self, expr: &'a Expr, mode: Mode) -> ValueId {
        let value = self.expr(expr, mode);
        if value.is_some() {
            return value;
        }
        let span = self.expr_span(expr);
        self.b.push(ValueKind::Unknown, span)
    }

    pub fn argument(&mut self, expr: &'a Expr, mode: Mode) -> Arg {
        let value = self.operand(expr, mode);
        Arg { value, kind: ArgKind::Positional, name: Sym::NONE }
    }

    pub fn collection(
        &mut self,
        kind: CollectionKind,
        elements: impl IntoIterator<Item = &'a Expr>,
        extending: bool,
        span: Span,
    ) -> ValueId {
        let elements: Vec<&Expr> = elements.into_iter().collect();
        let is_long = elements.len() > LONG_LITERAL;
        let mut args = Vec::new();
        for element in elements {
            if is_long && matches!(element, Expr::Lit(_)) {
                continue;
            }
            self.extending = extending;
            let arg = self.argument(element, Mode::Value);
            args.push(arg);
        }
        let (args, count) = self.b.push_args(&args);
        self.b.push(ValueKind::Collection { kind, args, count }, span)
    }

    pub(super) fn struct_literal(&mut self, literal: &'a syn::ExprStruct, extending: bool) -> ValueId {
        let mut args = Vec::with_capacity(literal.fields.len());
        for field in &literal.fields {
            let name = self.member(&field.member);
            self.extending = extending;
            let value = self.operand(&field.expr, Mode::Value);
            args.push(Arg { value, kind: ArgKind::Keyword, name });
        }
        if let Some(rest) = &literal.rest {
            let value = self.operand(rest, Mode::Value);
            args.push(Arg { value, kind: ArgKind::KeywordSpread, name: Sym::NONE });
        }
        let ty = self.types().path(&literal.path);
        let (args, count) = self.b.push_args(&args);
        let span = self.file.join(source::path_first(&literal.path), source::close(literal.brace_token.span));
        let span = span.relative_to(self.origin);
        self.b.push(ValueKind::Struct { ty, args, count }, span)
    }

    pub fn member(&mut self, member: &Member) -> Sym {
        match member {
            Member::Named(ident) => self.ident(ident),
            Member::Unnamed(index) => self.file.intern(&index.index.to_string()),
        }
    }
}

fn place(mode: Mode) -> Mode {
    if mode == Mode::Extended { Mode::Extended } else { Mode::Place }
}

/// Whether the expression makes a value that nothing else holds.
fn makes_a_temporary(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(e) => makes_a_temporary(&e.expr),
        Expr::Group(e) => makes_a_temporary(&e.expr),
        Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Struct(_)
        | Expr::Macro(_)
        | Expr::Await(_)
        | Expr::Try(_)
        | Expr::Async(_)
        | Expr::Closure(_)
        | Expr::If(_)
        | Expr::Match(_)
        | Expr::Block(_)
        | Expr::Unsafe(_)
        | Expr::Loop(_)
        | Expr::Tuple(_)
        | Expr::Array(_) => true,
        _ => false,
    }
}

/// `Some(…)`, `Wrapper(…)`: by convention a tuple struct or variant begins with a capital letter.
fn is_constructor(callee: &Expr) -> bool {
    super::pattern::last_segment_of(callee)
        .is_some_and(|ident| ident.to_string().starts_with(|first: char| first.is_uppercase()))
}

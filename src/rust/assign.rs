//! Operators and assignments.

use syn::{BinOp, Expr};

use super::body::{Body, Mode};
use super::source;
use super::types::path_text;
use crate::model::{BinaryOp, Projection, UseKind, ValueId, ValueKind};
use crate::text::{Span, Sym};

impl<'a> Body<'a, '_> {
    pub(super) fn binary(&mut self, expr: &'a syn::ExprBinary) -> ValueId {
        if matches!(expr.op, BinOp::And(_) | BinOp::Or(_)) {
            return self.lazy(expr);
        }
        let (op, is_assignment) = operator(&expr.op);
        let span = self.file.join(source::first_token(&expr.left), source::last_token(&expr.right));
        let span = span.relative_to(self.origin);
        if is_assignment {
            let right = self.operand(&expr.right, Mode::Value);
            let left = self.operand(&expr.left, Mode::Place);
            let value = self.b.push(ValueKind::Operation { op, left, right }, span);
            self.store_again(&expr.left, left, value, span);
            return ValueId::NONE;
        }
        // Comparisons look at their operands.
        let compares = matches!(
            op,
            BinaryOp::Equal
                | BinaryOp::NotEqual
                | BinaryOp::Less
                | BinaryOp::LessEqual
                | BinaryOp::Greater
                | BinaryOp::GreaterEqual
        );
        let mode = if compares { Mode::Place } else { Mode::Value };
        let left = self.operand(&expr.left, mode);
        let right = self.operand(&expr.right, mode);
        self.b.push(ValueKind::Operation { op, left, right }, span)
    }

    /// `x += …`: what was read is written again.
    pub(super) fn store_again(&mut self, target: &'a Expr, read: ValueId, from: ValueId, span: Span) {
        if read.is_none() {
            return;
        }
        match self.b.value(read).kind {
            ValueKind::Local { local, .. } if matches!(target, Expr::Path(_)) => {
                self.write(local, from, &[], span);
            }
            ValueKind::Name { name, .. } => {
                self.b.push(ValueKind::WriteName { name, from }, span);
            }
            ValueKind::Attr { of, name } => {
                self.b.push(ValueKind::WriteAttr { of, name, from }, span);
            }
            ValueKind::Item { of, index } => {
                self.b.push(ValueKind::WriteItem { of, index, from }, span);
            }
            ValueKind::Operation { op: BinaryOp::Dereference, left: of, .. } => {
                self.b.push(ValueKind::WriteItem { of, index: ValueId::NONE, from }, span);
            }
            _ => {
                self.b.set_use(from, UseKind::Stored, read.0, 0);
            }
        }
    }

    pub(super) fn assign(&mut self, assign: &'a syn::ExprAssign) -> ValueId {
        let is_wildcard = matches!(*assign.left, Expr::Infer(_));
        let from = self.expr(&assign.right, if is_wildcard { Mode::Place } else { Mode::Value });
        let mut path = Vec::new();
        self.assign_to(&assign.left, from, &mut path);
        self.b.set_use(from, UseKind::Bound, from.0, 0);
        ValueId::NONE
    }

    /// A place, or a destructuring assignment.
    pub(super) fn assign_to(&mut self, target: &'a Expr, from: ValueId, path: &mut Vec<Projection>) {
        let span = self.expr_span(target);
        match target {
            Expr::Paren(e) => self.assign_to(&e.expr, from, path),
            Expr::Path(e) => {
                let local = e.path.get_ident().and_then(|ident| {
                    let name = self.ident(ident);
                    self.lookup(name)
                });
                match local {
                    Some(local) => {
                        self.write(local, from, path, span);
                    }
                    None => {
                        let name = self.file.intern(&path_text(&e.path));
                        self.b.push(ValueKind::WriteName { name, from }, span);
                    }
                }
            }
            Expr::Field(e) => {
                let of = self.operand(&e.base, Mode::Place);
                let name = self.member(&e.member);
                self.b.push(ValueKind::WriteAttr { of, name, from }, span);
            }
            Expr::Index(e) => {
                let of = self.operand(&e.expr, Mode::Place);
                let index = self.operand(&e.index, Mode::Value);
                self.b.push(ValueKind::WriteItem { of, index, from }, span);
            }
            Expr::Unary(e) => {
                // *place = value
                let of = self.operand(&e.expr, Mode::Place);
                self.b.push(ValueKind::WriteItem { of, index: ValueId::NONE, from }, span);
            }
            Expr::Tuple(e) => {
                for (n, element) in e.elems.iter().enumerate() {
                    path.push(Projection::Part(n as u32));
                    self.assign_to(element, from, path);
                    path.pop();
                }
            }
            Expr::Array(e) => {
                for element in &e.elems {
                    path.push(Projection::Element);
                    self.assign_to(element, from, path);
                    path.pop();
                }
            }
            Expr::Call(e) => {
                let variant = super::pattern::last_segment_of(&e.func).map(|ident| self.ident(ident));
                for (n, element) in e.args.iter().enumerate() {
                    path.push(Projection::Payload(variant.unwrap_or(Sym::NONE), n as u32));
                    self.assign_to(element, from, path);
                    path.pop();
                }
            }
            Expr::Struct(e) => {
                for field in &e.fields {
                    let name = self.member(&field.member);
                    path.push(Projection::Field(name));
                    self.assign_to(&field.expr, from, path);
                    path.pop();
                }
            }
            Expr::Infer(_) | Expr::Range(_) => {}
            other => {
                let value = self.expr(other, Mode::Place);
                self.b.set_use(from, UseKind::Stored, value.0, 0);
            }
        }
    }
}

fn operator(op: &BinOp) -> (BinaryOp, bool) {
    match op {
        BinOp::Add(_) => (BinaryOp::Add, false),
        BinOp::Sub(_) => (BinaryOp::Subtract, false),
        BinOp::Mul(_) => (BinaryOp::Multiply, false),
        BinOp::Div(_) => (BinaryOp::Divide, false),
        BinOp::Rem(_) => (BinaryOp::Remainder, false),
        BinOp::BitXor(_) => (BinaryOp::BitXor, false),
        BinOp::BitAnd(_) => (BinaryOp::BitAnd, false),
        BinOp::BitOr(_) => (BinaryOp::BitOr, false),
        BinOp::Shl(_) => (BinaryOp::ShiftLeft, false),
        BinOp::Shr(_) => (BinaryOp::ShiftRight, false),
        BinOp::Eq(_) => (BinaryOp::Equal, false),
        BinOp::Lt(_) => (BinaryOp::Less, false),
        BinOp::Le(_) => (BinaryOp::LessEqual, false),
        BinOp::Ne(_) => (BinaryOp::NotEqual, false),
        BinOp::Ge(_) => (BinaryOp::GreaterEqual, false),
        BinOp::Gt(_) => (BinaryOp::Greater, false),
        BinOp::AddAssign(_) => (BinaryOp::Add, true),
        BinOp::SubAssign(_) => (BinaryOp::Subtract, true),
        BinOp::MulAssign(_) => (BinaryOp::Multiply, true),
        BinOp::DivAssign(_) => (BinaryOp::Divide, true),
        BinOp::RemAssign(_) => (BinaryOp::Remainder, true),
        BinOp::BitXorAssign(_) => (BinaryOp::BitXor, true),
        BinOp::BitAndAssign(_) => (BinaryOp::BitAnd, true),
        BinOp::BitOrAssign(_) => (BinaryOp::BitOr, true),
        BinOp::ShlAssign(_) => (BinaryOp::ShiftLeft, true),
        BinOp::ShrAssign(_) => (BinaryOp::ShiftRight, true),
        _ => (BinaryOp::BitOr, false),
    }
}

//! Signatures, parameters, and functions made inside a unit.

use syn::{Block, ExprClosure, FnArg, Pat, Signature};

use super::body::{Body, Code, Deferred, is_by_value};
use super::source;
use crate::catalogue::{Ty, TyId};
use crate::model::{
    Access, FnId, FunctionKind, Local, LocalId, LocalKind, NestedFunction, Param, ParamKind, ValueId, ValueKind,
};
use crate::text::{Span, Sym};

impl<'a> Body<'a, '_> {
    pub(super) fn signature(&mut self, function: FnId, signature: &'a Signature) {
        let returns = self.types().result(&signature.output);
        self.b.function_mut(function).returns = returns;
        let mut params = Vec::new();
        let mut patterns = Vec::new();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(receiver) => {
                    let name = self.file.intern("self");
                    let ty = match &receiver.kind {
                        syn::ReceiverKind::Typed(_, ty) => self.types().ty(ty),
                        _ => self.b.types.push(Ty::SelfTy),
                    };
                    let span = self.span(receiver.self_token.span);
                    let local = self.param(&mut params, name, ParamKind::Receiver, ty, span);
                    if !is_by_value(receiver) {
                        self.ends.borrowed.insert(local);
                    }
                    patterns.push((local, None));
                }
                FnArg::Typed(typed) => {
                    let ty = self.types().ty(&typed.ty);
                    let local = self.pattern_param(&mut params, &mut patterns, &typed.pat, ty);
                    if !owns(&typed.ty) {
                        self.ends.borrowed.insert(local);
                    }
                }
            }
        }
        self.bind_params(function, &params, &patterns);
    }

    pub(super) fn closure_signature(&mut self, function: FnId, closure: &'a ExprClosure) {
        let returns = match &closure.output {
            syn::ReturnType::Default => TyId::NONE,
            syn::ReturnType::Type(_, ty) => self.types().ty(ty),
        };
        self.b.function_mut(function).returns = returns;
        let mut params = Vec::new();
        let mut patterns = Vec::new();
        for input in &closure.inputs {
            let (pat, ty) = match input {
                Pat::Type(typed) => (&*typed.pat, self.types().ty(&typed.ty)),
                pat => (pat, TyId::NONE),
            };
            self.pattern_param(&mut params, &mut patterns, pat, ty);
        }
        self.bind_params(function, &params, &patterns);
    }

    pub(super) fn pattern_param(
        &mut self,
        params: &mut Vec<Param>,
        patterns: &mut Vec<(LocalId, Option<&'a Pat>)>,
        pat: &'a Pat,
        ty: TyId,
    ) -> LocalId {
        let span = source::pattern(&self.file, pat).relative_to(self.origin);
        let (name, rest) = match pat {
            Pat::Ident(ident) if ident.subpat.is_none() => (self.ident(&ident.ident), None),
            Pat::Wild(_) => (Sym::NONE, None),
            pat => (Sym::NONE, Some(pat)),
        };
        let local = self.param(params, name, ParamKind::Ordinary, ty, span);
        patterns.push((local, rest));
        local
    }

    pub(super) fn param(
        &mut self,
        params: &mut Vec<Param>,
        name: Sym,
        kind: ParamKind,
        ty: TyId,
        span: Span,
    ) -> LocalId {
        params.push(Param { name, kind, ty, default: ValueId::NONE });
        let owner = self.b.current();
        self.b.local(Local { name, owner, kind: LocalKind::Param, ty, span })
    }

    pub(super) fn bind_params(&mut self, function: FnId, params: &[Param], patterns: &[(LocalId, Option<&'a Pat>)]) {
        let list = self.b.push_params(params);
        self.b.function_mut(function).params = list;
        if let Some((first, _)) = patterns.first() {
            self.b.function_mut(function).first_param = *first;
        }
        for (local, pat) in patterns {
            let name = self.b.locals()[local.0 as usize].name;
            self.names.push((name, *local));
            if let Some(pat) = pat {
                let span = source::pattern(&self.file, pat).relative_to(self.origin);
                let from = self.b.push(ValueKind::Local { local: *local, by: Access::Value }, span);
                self.bind(pat, from, false);
            }
        }
    }

    /// Announces a closure.
    pub fn closure(&mut self, closure: &'a ExprClosure, span: Span) -> ValueId {
        let nested = NestedFunction {
            kind: FunctionKind::Anonymous,
            is_async: closure.asyncness.is_some(),
            by_move: closure.capture.is_some(),
            name: Sym::NONE,
            span: span.relative_to(self.origin),
        };
        self.defer(nested, Code::Closure(closure))
    }

    /// Announces an async block.
    pub fn async_block(&mut self, block: &'a Block, by_move: bool, span: Span) -> ValueId {
        let nested = NestedFunction {
            kind: FunctionKind::AsyncBlock,
            is_async: true,
            by_move,
            name: Sym::NONE,
            span: span.relative_to(self.origin),
        };
        self.defer(nested, Code::Block(block))
    }

    pub(super) fn defer(&mut self, nested: NestedFunction, code: Code<'a>) -> ValueId {
        let (function, made) = self.b.nested(nested);
        // An item does not see the locals around it, only other items.
        let is_item = matches!(code, Code::Function(..));
        let names = self
            .names
            .iter()
            .copied()
            .filter(|(_, local)| !is_item || self.b.locals()[local.0 as usize].kind == LocalKind::Definition);
        let names = names.collect();
        self.deferred.push_back(Deferred { function, names, code });
        made
    }
}

/// Whether a value of a type can be something that is dropped: neither a reference nor a number.
fn owns(ty: &syn::Type) -> bool {
    const COPIED: &[&str] = &[
        "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "u128", "u16", "u32", "u64", "u8",
        "usize",
    ];
    match ty {
        syn::Type::Reference(_) | syn::Type::Ptr(_) => false,
        syn::Type::Paren(inner) => owns(&inner.elem),
        syn::Type::Path(path) => path.path.get_ident().is_none_or(|ident| !COPIED.iter().any(|name| ident == name)),
        _ => true,
    }
}

//! One unit being lowered: its functions, scopes, statements.
//!
//! Expressions, control flow, patterns and macros are in the modules beside this one; all of them write through
//! [`Body`].

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};
use syn::{Block, Expr, ExprClosure, Item, Signature, Stmt};

use super::arena::ArenaEnd;
use super::source::{self, File};
use super::types::{Types, name_text};
use crate::catalogue::TyId;
use crate::model::{
    Access, DefId, Edition, FnId, FunctionKind, JumpKind, Local, LocalId, LocalKind, NestedFunction, NoteKind,
    RegionId, RegionKind, Unit, UnitBuilder, UnitImport, UseKind, ValueId, ValueKind,
};
use crate::text::{Span, Sym};

/// What the surroundings do with an expression's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// It is moved or copied.
    Value,
    /// It is only looked at: a temporary lives on to the end of its statement.
    Place,
    /// As [`Mode::Place`], of a method call.
    Receiver,
    /// As [`Mode::Place`], borrowed by the initialiser of a `let`: a temporary lives as long as the block.
    Extended,
}

/// Something that `break` and `continue` leave.
pub(super) struct Breakable {
    pub label: Sym,
    pub region: RegionId,
    pub is_loop: bool,
    pub values: Vec<ValueId>,
}

/// Code of a nested function that is lowered once the functions before it are finished.
pub(super) struct Deferred<'a> {
    pub function: FnId,
    pub names: Box<[(Sym, LocalId)]>,
    pub code: Code<'a>,
}

pub(super) enum Code<'a> {
    Closure(&'a ExprClosure),
    Block(&'a Block),
    Function(&'a Signature, &'a Block),
}

/// What the extents are computed from: where scopes end.
#[derive(Default)]
pub(super) struct Ends {
    /// Where the scope of a local ends.
    pub locals: Vec<(LocalId, u32)>,
    /// Where a temporary that outlives its expression is dropped.
    pub temporaries: Vec<(ValueId, u32)>,
    /// Locals that hold references: their end ends nothing else.
    pub borrowed: FxHashSet<LocalId>,
}

pub(super) struct Body<'a, 't> {
    pub file: File<'t>,
    pub b: UnitBuilder,
    /// The unit's first byte in the file.
    pub origin: u32,
    pub arena: ArenaEnd<'a>,
    pub breaks: Vec<Breakable>,
    /// The region that `?` leaves: the function's body, or a `try` block.
    pub try_target: RegionId,
    /// The expression about to be lowered is the initialiser of a `let`, or an extending part of it.
    pub extending: bool,
    pub ends: Ends,
    pub(super) names: Vec<(Sym, LocalId)>,
    pub(super) deferred: VecDeque<Deferred<'a>>,
    /// Temporaries of the open statements, conditions, arms.
    statements: Vec<Vec<ValueId>>,
    /// Extended temporaries of the open blocks.
    blocks: Vec<Vec<ValueId>>,
    captures: FxHashMap<u32, Vec<u32>>,
    /// Functions written inside macro definitions were noted.
    macro_body_noted: bool,
}

impl<'a, 't> Body<'a, 't> {
    pub fn new(file: File<'t>, arena: ArenaEnd<'a>, span: Span, def: Option<DefId>) -> Body<'a, 't> {
        Body {
            file,
            b: UnitBuilder::new(span, def),
            origin: span.start,
            arena,
            breaks: Vec::new(),
            try_target: RegionId::NONE,
            extending: false,
            ends: Ends::default(),
            names: Vec::new(),
            deferred: VecDeque::new(),
            statements: Vec::new(),
            blocks: Vec::new(),
            captures: FxHashMap::default(),
            macro_body_noted: false,
        }
    }

    /// Lowers a function's unit.
    pub fn function(mut self, signature: &'a Signature, block: &'a Block) -> (Unit, File<'t>, ArenaEnd<'a>) {
        let name = self.ident(&signature.ident);
        self.b.begin_own(FunctionKind::Named, signature.asyncness.is_some(), name);
        self.code(FnId::OWN, &Code::Function(signature, block));
        self.b.end();
        self.finish()
    }

    /// Lowers what was deferred, and computes what needs the whole unit.
    pub fn finish(mut self) -> (Unit, File<'t>, ArenaEnd<'a>) {
        while let Some(deferred) = self.deferred.pop_front() {
            self.names = deferred.names.into_vec();
            self.b.begin(deferred.function);
            self.code(deferred.function, &deferred.code);
            self.b.end();
        }
        for function in 0..self.b.functions().len() as u32 {
            if let Some(captured) = self.captures.get(&function) {
                let captured = self.b.push_list(captured);
                self.b.function_mut(FnId(function)).captures = captured;
            }
        }
        super::extent::write(&mut self.b, &self.ends, &self.captures);
        (self.b.finish(), self.file, self.arena)
    }

    pub(super) fn code(&mut self, function: FnId, code: &Code<'a>) {
        self.try_target = self.b.function(function).body;
        self.breaks.clear();
        let kept = self.names.len();
        self.blocks.push(Vec::new());
        self.open_temporaries();
        let value = match code {
            Code::Function(signature, block) => {
                self.signature(function, signature);
                self.block(block)
            }
            Code::Block(block) => self.block(block),
            Code::Closure(closure) => {
                self.closure_signature(function, closure);
                self.expr(&closure.body, Mode::Value)
            }
        };
        if value.is_some() {
            let span = self.b.value(value).span;
            let leaves = self.b.function(function).body;
            self.b.push(ValueKind::Jump { kind: JumpKind::Return, leaves, value }, span);
        }
        self.close_temporaries();
        self.leave(kept);
    }

    /// The statements of a block and the value of its last expression.
    pub fn block(&mut self, block: &'a Block) -> ValueId {
        self.statements(&block.stmts)
    }

    pub fn statements(&mut self, stmts: &'a [Stmt]) -> ValueId {
        let extending = std::mem::take(&mut self.extending);
        let kept = self.enter();
        self.hoist(stmts);
        let mut value = ValueId::NONE;
        for (n, stmt) in stmts.iter().enumerate() {
            let is_last = n + 1 == stmts.len();
            value = ValueId::NONE;
            match stmt {
                Stmt::Local(local) => self.local(local),
                Stmt::Item(_) => {}
                Stmt::Expr(expr, None) if is_last => value = self.tail(expr, extending),
                Stmt::Expr(expr, _) => {
                    self.open_temporaries();
                    self.expr(expr, Mode::Value);
                    self.close_temporaries();
                }
                Stmt::Macro(mac) => {
                    let is_tail = is_last && mac.semi_token.is_none();
                    let ends_here = !is_tail || self.file.edition >= Edition::E2024;
                    if ends_here {
                        self.open_temporaries();
                    }
                    let span = self.file.join(source::path_first(&mac.mac.path), source::macro_last(&mac.mac));
                    let result = self.macro_call(&mac.mac, span);
                    if is_tail {
                        value = result;
                    }
                    if ends_here {
                        self.close_temporaries();
                    }
                }
            }
        }
        self.leave(kept);
        value
    }

    /// Since edition 2024 the temporaries of a block's last expression end before its locals do.
    pub(super) fn tail(&mut self, expr: &'a Expr, extending: bool) -> ValueId {
        let ends_here = self.file.edition >= Edition::E2024 && !extending;
        if ends_here {
            self.open_temporaries();
        }
        self.extending = extending;
        let value = self.expr(expr, Mode::Value);
        if ends_here {
            self.close_temporaries();
        }
        value
    }

    /// Items are visible in the whole block.
    pub(super) fn hoist(&mut self, stmts: &'a [Stmt]) {
        for stmt in stmts {
            let Stmt::Item(item) = stmt else { continue };
            match item {
                Item::Fn(item) => {
                    let name = self.ident(&item.sig.ident);
                    let span = self.item_span(&item.attrs, item.sig.fn_token.span, item.block.brace_token.span.close());
                    let nested = NestedFunction {
                        kind: FunctionKind::Named,
                        is_async: item.sig.asyncness.is_some(),
                        by_move: false,
                        name,
                        span: span.relative_to(self.origin),
                    };
                    let name_span = self.span(item.sig.ident.span());
                    let local = self.declare(name, LocalKind::Definition, TyId::NONE, name_span);
                    self.ends.borrowed.insert(local);
                    let made = self.defer(nested, Code::Function(&item.sig, &item.block));
                    self.write(local, made, &[], name_span);
                }
                Item::Const(item) => self.nested_constant(&item.ident, &item.ty, &item.expr),
                Item::Static(item) => self.nested_constant(&item.ident, &item.ty, &item.expr),
                Item::Use(item) => self.nested_use(item),
                Item::Macro(item) if item.ident.is_some() => self.note_macro_body(&item.mac),
                _ => {}
            }
        }
    }

    pub(super) fn nested_constant(&mut self, ident: &'a syn::Ident, ty: &'a syn::Type, init: &'a Expr) {
        let name = self.ident(ident);
        let span = self.span(ident.span());
        let ty = self.types().ty(ty);
        let local = self.declare(name, LocalKind::Definition, ty, span);
        self.ends.borrowed.insert(local);
        let value = self.expr(init, Mode::Value);
        self.write(local, value, &[], span);
    }

    pub(super) fn nested_use(&mut self, item: &syn::ItemUse) {
        let span = self.file.join(item.use_token.span, item.semi_token.span).relative_to(self.origin);
        let strings = &mut self.file.strings;
        let b = &mut self.b;
        super::imports::flatten_use(item, &mut |path, name, alias| {
            let import = UnitImport {
                path: strings.intern(path),
                name: strings.intern(name),
                alias: strings.intern(alias),
                level: 0,
                span,
            };
            b.push_import(import);
        });
    }

    /// Notes that a macro's definition holds functions, which are not seen.
    pub fn note_macro_body(&mut self, mac: &syn::Macro) {
        let span = self.file.join(source::path_first(&mac.path), source::macro_last(mac));
        if !self.macro_body_noted && super::macros::holds_function(&mac.tokens) {
            self.macro_body_noted = true;
            self.file.note(NoteKind::MacroBody, span);
        }
    }

    /// Opens a scope of names; the result is for [`Body::leave`].
    pub fn enter(&mut self) -> usize {
        self.blocks.push(Vec::new());
        self.names.len()
    }

    /// Ends the scope of the names declared since.
    pub fn leave(&mut self, kept: usize) {
        let end = self.b.next().0;
        let current = self.b.current();
        for (_, local) in self.names.drain(kept..) {
            if self.b.locals()[local.0 as usize].owner == current {
                self.ends.locals.push((local, end));
            }
        }
        for value in self.blocks.pop().into_iter().flatten() {
            self.ends.temporaries.push((value, end));
        }
    }

    pub fn names_count(&self) -> usize {
        self.names.len()
    }

    /// Takes away the names declared since, until [`Body::show_names`].
    pub fn hide_names(&mut self, from: usize) -> Vec<(Sym, LocalId)> {
        self.names.split_off(from)
    }

    pub fn show_names(&mut self, names: Vec<(Sym, LocalId)>) {
        self.names.extend(names);
    }

    /// Begins something at whose end temporaries are dropped.
    pub fn open_temporaries(&mut self) {
        self.statements.push(Vec::new());
    }

    pub fn close_temporaries(&mut self) {
        let end = self.b.next().0;
        for value in self.statements.pop().into_iter().flatten() {
            self.ends.temporaries.push((value, end));
        }
    }

    /// A value that lives on as a temporary.
    pub fn temporary(&mut self, value: ValueId, mode: Mode) {
        let scope = if mode == Mode::Extended { self.blocks.last_mut() } else { self.statements.last_mut() };
        if let Some(scope) = scope {
            scope.push(value);
        }
    }

    pub fn types(&mut self) -> Types<'_> {
        Types { pool: &mut self.b.types, strings: &mut self.file.strings }
    }

    pub fn ident(&mut self, ident: &syn::Ident) -> Sym {
        self.file.intern(&name_text(ident))
    }

    /// A token's bytes, from the unit's first.
    pub fn span(&self, span: proc_macro2::Span) -> Span {
        self.file.span(span).relative_to(self.origin)
    }

    pub fn expr_span(&self, expr: &Expr) -> Span {
        self.file.expr(expr).relative_to(self.origin)
    }

    pub(super) fn item_span(
        &self,
        attrs: &[syn::Attribute],
        first: proc_macro2::Span,
        last: proc_macro2::Span,
    ) -> Span {
        self.file.join(source::attributes_first(attrs).unwrap_or(first), last)
    }

    pub fn lookup(&self, name: Sym) -> Option<LocalId> {
        self.names.iter().rev().find(|(known, _)| *known == name).map(|(_, local)| *local)
    }

    /// A new local of the current function, visible from here.
    pub fn declare(&mut self, name: Sym, kind: LocalKind, ty: TyId, span: Span) -> LocalId {
        let owner = self.b.current();
        let local = self.b.local(Local { name, owner, kind, ty, span });
        self.names.push((name, local));
        local
    }

    pub fn read(&mut self, local: LocalId, mode: Mode, span: Span) -> ValueId {
        self.capture(local);
        let by = match mode {
            Mode::Value => Access::Value,
            Mode::Place | Mode::Extended => Access::Reference,
            Mode::Receiver => Access::Receiver,
        };
        self.b.push(ValueKind::Local { local, by }, span)
    }

    pub fn write(
        &mut self,
        local: LocalId,
        from: ValueId,
        projections: &[crate::model::Projection],
        span: Span,
    ) -> ValueId {
        self.capture(local);
        let (path, count) = self.b.push_projections(projections);
        self.b.push(ValueKind::Write { local, from, path, count }, span)
    }

    pub(super) fn capture(&mut self, local: LocalId) {
        let owner = self.b.locals()[local.0 as usize].owner;
        let mut function = self.b.current();
        while function != owner {
            let captured = self.captures.entry(function.0).or_default();
            if !captured.contains(&local.0) {
                captured.push(local.0);
            }
            if function == FnId::OWN {
                return;
            }
            function = self.b.function(function).parent;
        }
    }

    /// The value of a branch, block or loop: one of `values`, or none.
    pub fn choice(&mut self, region: RegionId, values: &[ValueId], span: Span) -> ValueId {
        if values.iter().all(|value| value.is_none()) {
            return ValueId::NONE;
        }
        let choice = self.b.push(ValueKind::Choice { region }, span);
        for (n, value) in values.iter().enumerate() {
            self.b.set_use(*value, UseKind::Choice, choice.0, n as u16);
        }
        choice
    }

    /// A labelled or value block as a region.
    pub fn block_region(&mut self, block: &'a Block, label: Sym, is_try: bool, span: Span) -> ValueId {
        let region = self.b.open_region(RegionKind::Block, ValueId::NONE, label);
        let outer_target = self.try_target;
        if is_try {
            self.try_target = region;
        }
        self.breaks.push(Breakable { label, region, is_loop: false, values: Vec::new() });
        let value = self.block(block);
        let mut values = self.breaks.pop().map(|breakable| breakable.values).unwrap_or_default();
        values.push(value);
        self.try_target = outer_target;
        self.b.close_region(region);
        self.choice(region, &values, span)
    }
}

/// Whether a method takes `self` itself.
pub(super) fn is_by_value(receiver: &syn::Receiver) -> bool {
    match &receiver.kind {
        syn::ReceiverKind::Value => true,
        syn::ReceiverKind::Typed(_, ty) => !matches!(**ty, syn::Type::Reference(_)),
        _ => false,
    }
}

//! One unit being lowered: its functions, one after the other, and its names.

use super::outline::OutlineWriter;
use super::scope::{Binding, Bound, ScopeId, ScopeKind, Scopes, bound_names, bound_names_of};
use super::signature::{ParamSyntax, parameters};
use super::syntax::{At, Kind, Syntax};
use super::types::TermWriter;
use crate::catalogue::TyId;
use crate::model::{
    Access, DefId, FnId, FunctionKind, JumpKind, Local, LocalId, LocalKind, NestedFunction, Param, Projection,
    RegionId, Unit, UnitBuilder, ValueId, ValueKind,
};
use crate::text::{Span, Strings, Sym};
use std::collections::VecDeque;

/// Regions that may be open at once; what would open more is left out.
const MAX_REGIONS: usize = 2_000;

/// A nested function that was made and is yet to be lowered.
pub(super) struct Pending {
    pub function: FnId,
    pub at: At,
    pub above: ScopeId,
    pub defaults: Vec<ValueId>,
}

/// What a unit's text is lowered with.
pub(super) struct UnitLowering<'a> {
    pub text: &'a str,
    pub syntax: &'a Syntax,
    /// The unit's first byte in `text`.
    pub base: u32,
    pub strings: &'a mut Strings,
    pub builder: UnitBuilder,
    pub terms: TermWriter,
    pub scopes: Scopes,
    pub scope: ScopeId,
    /// Of the module unit alone: where its definitions go.
    pub outline: Option<&'a mut OutlineWriter>,
    pub pending: VecDeque<Pending>,
    captures: Vec<Vec<u32>>,
    /// The loops around, innermost last, of the function that is lowered.
    pub loops: Vec<RegionId>,
    /// The handlers around, with the name that they bind.
    pub handlers: Vec<(RegionId, Sym)>,
    /// Spans, in `text`, of what is left out because it is nested too deep.
    pub too_deep: Vec<(u32, u32)>,
}

impl<'a> UnitLowering<'a> {
    pub fn new(
        text: &'a str,
        syntax: &'a Syntax,
        span: Span,
        base: u32,
        def: Option<DefId>,
        strings: &'a mut Strings,
        outline: Option<&'a mut OutlineWriter>,
    ) -> UnitLowering<'a> {
        let mut scopes = Scopes::default();
        let kind = if outline.is_some() { ScopeKind::Module } else { ScopeKind::Function };
        let scope = scopes.open(kind, None, FnId::OWN);
        UnitLowering {
            text,
            syntax,
            base,
            strings,
            builder: UnitBuilder::new(span, def),
            terms: TermWriter::default(),
            scopes,
            scope,
            outline,
            pending: VecDeque::new(),
            captures: Vec::new(),
            loops: Vec::new(),
            handlers: Vec::new(),
            too_deep: Vec::new(),
        }
    }

    /// Lowers the module's own code, the root of the syntax.
    pub fn module(mut self) -> (Unit, Vec<(u32, u32)>) {
        self.builder.begin_own(FunctionKind::Module, false, Sym::NONE);
        self.declare(self.scope, 0, false);
        self.block(0);
        self.builder.end();
        self.finish()
    }

    /// Lowers the function at a node; says whether it is a generator.
    pub fn function(mut self, at: At) -> (Unit, Vec<(u32, u32)>) {
        let name = self.syntax.child(at, Kind::Identifier).map_or(Sym::NONE, |name| self.sym(name));
        let is_async = self.syntax.has(at, Kind::Async);
        let own = self.builder.begin_own(FunctionKind::Named, is_async, name);
        self.body(own, at, &[]);
        self.builder.end();
        self.finish()
    }

    /// A unit in whose text no function could be found.
    pub fn nothing(mut self) -> (Unit, Vec<(u32, u32)>) {
        self.builder.begin_own(FunctionKind::Named, false, Sym::NONE);
        self.builder.end();
        self.finish()
    }

    fn finish(mut self) -> (Unit, Vec<(u32, u32)>) {
        while let Some(pending) = self.pending.pop_front() {
            self.builder.begin(pending.function);
            self.scope = self.scopes.open(ScopeKind::Function, Some(pending.above), pending.function);
            self.body(pending.function, pending.at, &pending.defaults);
            self.builder.end();
        }
        for (function, captured) in std::mem::take(&mut self.captures).into_iter().enumerate() {
            if !captured.is_empty() {
                let list = self.builder.push_list(&captured);
                self.builder.function_mut(FnId(function as u32)).captures = list;
            }
        }
        (self.builder.finish(), self.too_deep)
    }

    /// Parameters, names and code of a `def` or `lambda`.
    fn body(&mut self, function: FnId, at: At, defaults: &[ValueId]) {
        let is_lambda = self.syntax.kind(at) == Kind::Lambda;
        let head = if is_lambda { Kind::LambdaParameters } else { Kind::Parameters };
        let params = self.syntax.child(at, head).map(|head| parameters(self.syntax, head)).unwrap_or_default();
        self.bind_parameters(function, &params, defaults);
        if is_lambda {
            let code = self.syntax.children(at).find(|child| self.syntax.kind(*child) != Kind::LambdaParameters);
            let Some(code) = code else { return };
            let yields = self.declare(self.scope, code, true);
            self.builder.function_mut(function).is_generator = yields;
            let value = self.expression(code);
            self.jump(JumpKind::Return, RegionId::NONE, value, code);
            return;
        }
        if let Some(returns) = self.syntax.child(at, Kind::Type) {
            let returns = self.annotation(returns);
            self.builder.function_mut(function).returns = returns;
        }
        let Some(code) = self.syntax.child(at, Kind::Block) else { return };
        let yields = self.declare(self.scope, code, false);
        self.builder.function_mut(function).is_generator = yields;
        self.block(code);
    }

    fn bind_parameters(&mut self, function: FnId, params: &[ParamSyntax], defaults: &[ValueId]) {
        let first = LocalId(self.builder.locals().len() as u32);
        let mut records = Vec::with_capacity(params.len());
        let mut defaults = defaults.iter().copied();
        for param in params {
            let ty = param.annotation.map_or(TyId::NONE, |annotation| self.annotation(annotation));
            let name = param.name.map_or(Sym::NONE, |name| self.sym(name));
            let span = self.span(param.name.unwrap_or(param.at));
            let local = self.builder.local(Local { name, owner: function, kind: LocalKind::Param, ty, span });
            if name.is_some() {
                self.scopes.bind(self.scope, name, Binding::Local(local));
            }
            let default = match param.default {
                Some(_) => defaults.next().unwrap_or(ValueId::NONE),
                None => ValueId::NONE,
            };
            records.push(Param { name, kind: param.kind, ty, default });
        }
        if !records.is_empty() {
            let list = self.builder.push_params(&records);
            let record = self.builder.function_mut(function);
            record.params = list;
            record.first_param = first;
        }
    }

    /// Declares the names that the code at a node binds; says whether it yields.
    pub fn declare(&mut self, scope: ScopeId, at: At, is_expression: bool) -> bool {
        let mut found: Vec<(At, Bound)> = Vec::new();
        let finder = if is_expression { bound_names_of } else { bound_names };
        let yields = finder(self.syntax, at, &mut |name, bound| found.push((name, bound)));
        for (name, bound) in found {
            self.declare_name(scope, name, bound);
        }
        yields
    }

    fn declare_name(&mut self, scope: ScopeId, at: At, bound: Bound) {
        let name = self.sym(at);
        let own = self.scopes.own(scope, name);
        let kind = self.scopes.kind(scope);
        let in_outline = self.outline.is_some() && matches!(bound, Bound::Definition | Bound::Import);
        match bound {
            Bound::Global if kind == ScopeKind::Module => {}
            Bound::Global => self.scopes.bind(scope, name, Binding::Outside),
            Bound::Nonlocal => {
                let above = self.scopes.find_above(scope, name).unwrap_or(Binding::Outside);
                self.scopes.bind(scope, name, above);
            }
            Bound::Definition | Bound::Import
                if in_outline && (kind == ScopeKind::Module || bound == Bound::Definition) =>
            {
                let binding = match own {
                    Some(Binding::Local(local) | Binding::Both(local)) => Binding::Both(local),
                    _ => Binding::Outside,
                };
                self.scopes.bind(scope, name, binding);
            }
            // `X: TypeAlias = …` defines an alias in the outline.
            Bound::Variable { annotation: Some(annotation) }
                if self.outline.is_some() && kind == ScopeKind::Module && self.is_type_alias(annotation) =>
            {
                self.scopes.bind(scope, name, Binding::Outside);
            }
            _ => {
                if let Some(Binding::Local(local) | Binding::Both(local)) = own {
                    if let Bound::Variable { annotation: Some(annotation) } = bound
                        && self.builder.locals()[local.0 as usize].ty.is_none()
                    {
                        let ty = self.annotation(annotation);
                        self.builder.local_mut(local).ty = ty;
                    }
                    return;
                }
                if own == Some(Binding::Outside) && kind == ScopeKind::Function {
                    return;
                }
                let local = self.new_local(scope, at, name, bound);
                let binding = match own {
                    Some(Binding::Outside) => Binding::Both(local),
                    _ => Binding::Local(local),
                };
                self.scopes.bind(scope, name, binding);
            }
        }
    }

    fn new_local(&mut self, scope: ScopeId, at: At, name: Sym, bound: Bound) -> LocalId {
        let ty = match bound {
            Bound::Variable { annotation: Some(annotation) } => self.annotation(annotation),
            _ => TyId::NONE,
        };
        let kind = match (self.scopes.kind(scope), bound) {
            (ScopeKind::Class, _) => LocalKind::ClassMember,
            (_, Bound::Definition) => LocalKind::Definition,
            _ => LocalKind::Variable,
        };
        let owner = self.scopes.function(scope);
        let span = self.span(at);
        self.builder.local(Local { name, owner, kind, ty, span })
    }

    /// Announces a nested function whose defaults and decorators are evaluated, and returns the value that makes it.
    pub fn nested(&mut self, at: At, defaults: Vec<ValueId>) -> (FnId, ValueId) {
        let is_lambda = self.syntax.kind(at) == Kind::Lambda;
        let name = match is_lambda {
            true => Sym::NONE,
            false => self.syntax.child(at, Kind::Identifier).map_or(Sym::NONE, |name| self.sym(name)),
        };
        let (function, made) = self.builder.nested(NestedFunction {
            kind: if is_lambda { FunctionKind::Anonymous } else { FunctionKind::Named },
            is_async: self.syntax.has(at, Kind::Async),
            by_move: false,
            name,
            span: self.span(at),
        });
        for value in &defaults {
            self.builder.set_use(*value, crate::model::UseKind::Default, function.0, 1);
        }
        self.pending.push_back(Pending { function, at, above: self.scope, defaults });
        (function, made)
    }

    /// Reads a name.
    pub fn read(&mut self, at: At) -> ValueId {
        let name = self.sym(at);
        self.read_as(name, at)
    }

    /// Reads a name; the value's span is the node's.
    pub fn read_as(&mut self, name: Sym, at: At) -> ValueId {
        let kind = match self.scopes.find(self.scope, name) {
            Some(Binding::Local(local)) => {
                self.capture(local);
                ValueKind::Local { local, by: Access::Value }
            }
            _ => ValueKind::Name { name, generics: TyId::NONE },
        };
        self.push(kind, at)
    }

    /// Notes that the function that is lowered uses a local of a function around it.
    pub fn capture(&mut self, local: LocalId) {
        let owner = self.builder.locals()[local.0 as usize].owner;
        let mut function = self.builder.current();
        while function != owner {
            if self.captures.len() <= function.0 as usize {
                self.captures.resize_with(function.0 as usize + 1, Vec::new);
            }
            let list = &mut self.captures[function.0 as usize];
            if !list.contains(&local.0) {
                list.push(local.0);
            }
            let parent = self.builder.function(function).parent;
            if parent == function {
                break;
            }
            function = parent;
        }
    }

    /// Writes a name in a scope: the current one, or that of a `:=`.
    pub fn write_name(&mut self, scope: ScopeId, at: At, from: ValueId, path: &[Projection]) {
        let name = self.sym(at);
        let binding = match self.scopes.own(scope, name) {
            Some(binding) => binding,
            None => {
                let local = self.new_local(scope, at, name, Bound::Variable { annotation: None });
                self.scopes.bind(scope, name, Binding::Local(local));
                Binding::Local(local)
            }
        };
        self.scopes.wrote(scope, name);
        match binding {
            Binding::Local(local) | Binding::Both(local) => {
                self.capture(local);
                let (path, count) = self.builder.push_projections(path);
                self.push(ValueKind::Write { local, from, path, count }, at);
            }
            Binding::Outside => {
                let from = self.part_of(from, path, at);
                self.push(ValueKind::WriteName { name, from }, at);
            }
        }
    }

    /// The term of an annotation, in the unit's pool.
    pub fn annotation(&mut self, at: At) -> TyId {
        let text = self.source(at);
        self.terms.annotation(&mut self.builder.types, self.strings, text)
    }

    pub fn jump(&mut self, kind: JumpKind, leaves: RegionId, value: ValueId, at: At) -> ValueId {
        let leaves = match leaves {
            RegionId::NONE => self.builder.function(self.builder.current()).body,
            leaves => leaves,
        };
        self.push(ValueKind::Jump { kind, leaves, value }, at)
    }

    /// Whether no more regions may be opened for the node, which is then noted.
    pub fn is_too_deep(&mut self, at: At) -> bool {
        let too_deep = self.builder.open_regions().len() >= MAX_REGIONS;
        if too_deep {
            let node = self.syntax.node(at);
            self.too_deep.push((node.start, node.end));
        }
        too_deep
    }

    pub fn push(&mut self, kind: ValueKind, at: At) -> ValueId {
        let span = self.span(at);
        self.builder.push(kind, span)
    }

    /// A node's text.
    pub fn source(&self, at: At) -> &'a str {
        let node = self.syntax.node(at);
        &self.text[node.start as usize..node.end as usize]
    }

    pub fn sym(&mut self, at: At) -> Sym {
        let text = self.source(at);
        self.strings.intern(text)
    }

    /// A node's span, counted from the unit.
    pub fn span(&self, at: At) -> Span {
        let node = self.syntax.node(at);
        Span::new(node.start, node.end).relative_to(self.base)
    }
}

//! Simple statements and what they assign to.

use super::expressions::{augmented_op, is_operand};
use super::scope::{Binding, ScopeId, ScopeKind};
use super::syntax::{At, Kind};
use super::unit::UnitLowering;
use crate::catalogue::{Ty, TyId};
use crate::model::{
    Access, ArmTest, JumpKind, Local, LocalKind, Projection, RegionId, RegionKind, UnitImport, UseKind, ValueId,
    ValueKind,
};
use crate::text::Sym;

impl UnitLowering<'_> {
    /// The statements below a block, a file's root, or something that could not be parsed.
    pub fn block(&mut self, at: At) {
        let syntax = self.syntax;
        for child in syntax.children(at) {
            self.statement(child);
        }
    }

    pub fn statement(&mut self, at: At) {
        let syntax = self.syntax;
        match syntax.kind(at) {
            Kind::ExpressionStatement => self.expression_statement(at),
            Kind::Return => {
                let value = match syntax.children(at).find(|it| is_operand(syntax.kind(*it))) {
                    Some(value) => self.expression(value),
                    None => ValueId::NONE,
                };
                self.jump(JumpKind::Return, RegionId::NONE, value, at);
            }
            Kind::If => self.if_statement(at),
            Kind::For => self.for_statement(at),
            Kind::While => self.while_statement(at),
            Kind::Try => self.try_statement(at),
            Kind::With => self.with_statement(at),
            Kind::Match => self.match_statement(at),
            Kind::Function | Kind::Class | Kind::Decorated => self.definition(at),
            Kind::ImportStatement | Kind::ImportFrom => self.import(at),
            Kind::Assert => self.assert_statement(at),
            Kind::Raise => self.raise_statement(at),
            Kind::DeleteStatement => {
                for child in syntax.children(at) {
                    self.delete(child);
                }
            }
            Kind::Break | Kind::Continue => {
                let Some(region) = self.loops.last().copied() else { return };
                let kind = if syntax.kind(at) == Kind::Break { JumpKind::Break } else { JumpKind::Continue };
                self.jump(kind, region, ValueId::NONE, at);
            }
            Kind::TypeAlias => self.type_alias(at),
            Kind::PrintStatement | Kind::ExecStatement => {
                for child in syntax.children(at).filter(|it| is_operand(syntax.kind(*it))) {
                    if syntax.kind(child) != Kind::Chevron {
                        self.expression(child);
                    }
                }
            }
            // What stands in a part that could not be parsed is read where it is whole.
            Kind::Error | Kind::Block => self.block(at),
            _ => {}
        }
    }

    fn expression_statement(&mut self, at: At) {
        let syntax = self.syntax;
        let mut children = syntax.children(at).filter(|it| is_operand(syntax.kind(*it)));
        let Some(first) = children.next() else { return };
        let more: Vec<At> = children.collect();
        if !more.is_empty() {
            self.expression(first);
            for child in more {
                self.expression(child);
            }
            return;
        }
        match syntax.kind(first) {
            Kind::Assignment => self.assignment(first),
            Kind::AugmentedAssignment => self.augmented_assignment(first),
            Kind::Yield => {
                self.yield_expression(first, false);
            }
            Kind::Call if self.outline.is_some() && self.source(first).starts_with("__all__.") => {
                self.exports_call(first);
                self.expression(first);
            }
            // Docstrings, `...`.
            _ if self.is_constant(first) => {}
            _ => {
                self.expression(first);
            }
        }
    }

    fn assignment(&mut self, at: At) {
        let syntax = self.syntax;
        let mut targets: Vec<At> = Vec::new();
        let mut annotation = None;
        let mut current = at;
        let right = loop {
            let mut right = None;
            for child in syntax.children(current) {
                match syntax.kind(child) {
                    Kind::Type => annotation = Some(child),
                    kind if !is_operand(kind) => {}
                    _ if targets.last().is_none_or(|last| *last < current) => targets.push(child),
                    _ => right = Some(child),
                }
            }
            match right {
                Some(next) if syntax.kind(next) == Kind::Assignment => current = next,
                other => break other,
            }
        };
        if self.outline.is_some() && self.outline_assignment(&targets, annotation, right) {
            return;
        }
        let Some(right) = right else {
            if let (Some(annotation), [target]) = (annotation, &targets[..]) {
                self.annotated_without_value(*target, annotation);
            }
            return;
        };
        if let [target] = targets[..]
            && let Some((targets, values)) = self.parts_of_tuples(target, right)
        {
            let values: Vec<ValueId> = values.into_iter().map(|value| self.expression(value)).collect();
            for (target, value) in targets.into_iter().zip(values) {
                self.target(target, value, &mut Vec::new());
            }
            return;
        }
        let mut value = self.expression(right);
        if let (Some(annotation), [target]) = (annotation, &targets[..]) {
            if syntax.kind(*target) == Kind::Identifier {
                self.record_field(*target, annotation, value);
            } else {
                let ty = self.annotation(annotation);
                // `self.client: Final = Client()` says nothing that the value does not.
                if self.builder.types.get(ty) != Ty::Unknown {
                    value = self.push(ValueKind::Cast { of: value, ty }, right);
                }
            }
        }
        for target in targets {
            self.target(target, value, &mut Vec::new());
        }
    }

    fn annotated_without_value(&mut self, target: At, annotation: At) {
        if self.syntax.kind(target) == Kind::Identifier {
            self.record_field(target, annotation, ValueId::NONE);
            return;
        }
        let ty = self.annotation(annotation);
        let value = self.push(ValueKind::Cast { of: ValueId::NONE, ty }, annotation);
        self.target(target, value, &mut Vec::new());
    }

    /// `a, b = f(), g()` makes no tuple: each target gets its own value.
    fn parts_of_tuples(&self, target: At, right: At) -> Option<(Vec<At>, Vec<At>)> {
        let syntax = self.syntax;
        let is_tuple =
            |kind| matches!(kind, Kind::PatternList | Kind::TuplePattern | Kind::Tuple | Kind::ExpressionList);
        if !is_tuple(syntax.kind(target)) || !is_tuple(syntax.kind(right)) {
            return None;
        }
        let parts = |at| -> Vec<At> { syntax.children(at).filter(|it| is_operand(syntax.kind(*it))).collect() };
        let (targets, values) = (parts(target), parts(right));
        let has_star =
            |list: &[At]| list.iter().any(|it| matches!(syntax.kind(*it), Kind::ListSplat | Kind::ListSplatPattern));
        (targets.len() == values.len() && !has_star(&targets) && !has_star(&values)).then_some((targets, values))
    }

    fn augmented_assignment(&mut self, at: At) {
        let syntax = self.syntax;
        let mut operands = syntax.children(at).filter(|it| is_operand(syntax.kind(*it)));
        let (Some(target), Some(value)) = (operands.next(), operands.next()) else { return };
        let Some(op) = syntax.children(at).find_map(|it| augmented_op(syntax.kind(it))) else { return };
        if self.outline.is_some() && self.source(target) == "__all__" {
            self.add_exports(value);
        }
        match syntax.kind(target) {
            Kind::Attribute => {
                let parts: Vec<At> = syntax.children(target).filter(|it| is_operand(syntax.kind(*it))).collect();
                let [of, name] = parts[..] else { return };
                let of = self.expression(of);
                let name = self.sym(name);
                let left = self.push(ValueKind::Attr { of, name }, target);
                let right = self.expression(value);
                let from = self.push(ValueKind::Operation { op, left, right }, at);
                self.push(ValueKind::WriteAttr { of, name, from }, target);
            }
            Kind::Subscript => {
                let (of, index, _) = self.subscript_parts(target);
                let left = self.push(ValueKind::Item { of, index }, target);
                let right = self.expression(value);
                let from = self.push(ValueKind::Operation { op, left, right }, at);
                self.push(ValueKind::WriteItem { of, index, from }, target);
            }
            Kind::Identifier => {
                let left = self.read(target);
                let right = self.expression(value);
                let from = self.push(ValueKind::Operation { op, left, right }, at);
                self.target(target, from, &mut Vec::new());
            }
            _ => {
                self.expression(value);
            }
        }
    }

    /// Writes what `path` leads to from a value into a target.
    pub fn target(&mut self, at: At, from: ValueId, path: &mut Vec<Projection>) {
        let syntax = self.syntax;
        match syntax.kind(at) {
            Kind::Identifier => self.write_name(self.scope, at, from, path),
            Kind::Attribute => {
                let parts: Vec<At> = syntax.children(at).filter(|it| is_operand(syntax.kind(*it))).collect();
                let [of, name] = parts[..] else { return };
                let from = self.part_of(from, path, at);
                let of = self.expression(of);
                let name = self.sym(name);
                self.push(ValueKind::WriteAttr { of, name, from }, at);
            }
            Kind::Subscript => {
                let from = self.part_of(from, path, at);
                let (of, index, parts) = self.subscript_parts(at);
                let write = self.push(ValueKind::WriteItem { of, index, from }, at);
                for part in parts {
                    self.builder.set_use(part, UseKind::Operand, write.0, 1);
                }
            }
            Kind::TuplePattern
            | Kind::ListPattern
            | Kind::PatternList
            | Kind::Tuple
            | Kind::List
            | Kind::ExpressionList => {
                let mut star_seen = false;
                for (number, child) in syntax.children(at).filter(|it| is_operand(syntax.kind(*it))).enumerate() {
                    let is_star = matches!(syntax.kind(child), Kind::ListSplat | Kind::ListSplatPattern);
                    path.push(match (is_star, star_seen) {
                        (true, _) => Projection::Rest,
                        // Counted from the end, which no projection says.
                        (false, true) => Projection::Element,
                        (false, false) => Projection::Part(number as u32),
                    });
                    star_seen |= is_star;
                    self.target(child, from, path);
                    path.pop();
                }
            }
            Kind::ListSplat | Kind::ListSplatPattern | Kind::Parenthesized | Kind::AsTarget => {
                for child in syntax.children(at).filter(|it| is_operand(syntax.kind(*it))) {
                    self.target(child, from, path);
                }
            }
            _ => {}
        }
    }

    /// Declares the names of a comprehension's target in its own scope.
    pub fn declare_target(&mut self, scope: ScopeId, at: At) {
        let syntax = self.syntax;
        match syntax.kind(at) {
            Kind::Identifier => {
                let name = self.sym(at);
                if self.scopes.own(scope, name).is_none() {
                    let owner = self.builder.current();
                    let span = self.span(at);
                    let kind = LocalKind::Variable;
                    let local = self.builder.local(Local { name, owner, kind, ty: TyId::NONE, span });
                    self.scopes.bind(scope, name, Binding::Local(local));
                }
            }
            Kind::Attribute | Kind::Subscript => {}
            _ => {
                for child in syntax.children(at) {
                    self.declare_target(scope, child);
                }
            }
        }
    }

    /// A value for a part of another, where a write has no room for projections: it goes through a local without a name.
    pub fn part_of(&mut self, from: ValueId, path: &[Projection], at: At) -> ValueId {
        if path.is_empty() {
            return from;
        }
        let (owner, span) = (self.builder.current(), self.span(at));
        let kind = LocalKind::Variable;
        let local = self.builder.local(Local { name: Sym::NONE, owner, kind, ty: TyId::NONE, span });
        let (path, count) = self.builder.push_projections(path);
        self.push(ValueKind::Write { local, from, path, count }, at);
        self.push(ValueKind::Local { local, by: Access::Value }, at)
    }

    fn delete(&mut self, at: At) {
        let syntax = self.syntax;
        match syntax.kind(at) {
            Kind::Identifier => {
                let name = self.sym(at);
                if let Some(Binding::Local(local) | Binding::Both(local)) = self.scopes.own(self.scope, name) {
                    self.push(ValueKind::Delete { local }, at);
                }
            }
            Kind::ExpressionList | Kind::Tuple | Kind::List | Kind::Parenthesized => {
                for child in syntax.children(at) {
                    self.delete(child);
                }
            }
            kind if is_operand(kind) => {
                let value = self.expression(at);
                self.builder.set_use(value, UseKind::Deleted, u32::MAX, 0);
            }
            _ => {}
        }
    }

    /// `assert c, m`: the message is evaluated where the condition does not hold.
    fn assert_statement(&mut self, at: At) {
        let syntax = self.syntax;
        let mut operands = syntax.children(at).filter(|it| is_operand(syntax.kind(*it)));
        let Some(condition) = operands.next() else { return };
        let condition = self.expression(condition);
        self.builder.set_use(condition, UseKind::Condition, u32::MAX, 0);
        if let Some(message) = operands.next()
            && !self.is_constant(message)
            && !self.is_too_deep(message)
        {
            let kind = RegionKind::Branch { exhaustive: false };
            let branch = self.builder.open_region(kind, ValueId::NONE, Sym::NONE);
            let kind = RegionKind::Arm { test: ArmTest::False };
            let arm = self.builder.open_region(kind, condition, Sym::NONE);
            let message = self.expression(message);
            self.builder.set_use(message, UseKind::Raised, u32::MAX, 0);
            self.builder.close_region(arm);
            self.builder.close_region(branch);
        }
        self.jump(JumpKind::Maybe, RegionId::NONE, ValueId::NONE, at);
    }

    fn raise_statement(&mut self, at: At) {
        let syntax = self.syntax;
        let mut value = None;
        let mut cause = None;
        let mut from_seen = false;
        for child in syntax.children(at) {
            match syntax.kind(child) {
                Kind::From => from_seen = true,
                kind if !is_operand(kind) => {}
                _ if from_seen => cause = Some(child),
                _ => value = Some(child),
            }
        }
        let Some(value) = value else {
            let handler = self.handlers.last().map_or(RegionId::NONE, |(region, _)| *region);
            self.jump(JumpKind::Reraise, handler, ValueId::NONE, at);
            return;
        };
        let caught = match syntax.kind(value) {
            Kind::Identifier => {
                let name = self.sym(value);
                self.handlers.iter().rev().find(|(_, bound)| *bound == name).map(|(region, _)| *region)
            }
            _ => None,
        };
        let value = self.expression(value);
        let cause = cause.map_or(ValueId::NONE, |cause| self.expression(cause));
        let jump = match caught {
            Some(handler) => self.jump(JumpKind::Reraise, handler, value, at),
            None => self.jump(JumpKind::Raise, RegionId::NONE, value, at),
        };
        self.builder.set_use(cause, UseKind::Raised, jump.0, 1);
    }

    /// An import: of the outline at module level, else a value that is written to a local.
    fn import(&mut self, at: At) {
        let imports = super::imports::read(self.syntax, at);
        let is_module = self.scopes.kind(self.scope) == ScopeKind::Module;
        for import in imports {
            let path = self.strings.intern(&import.path(self.text));
            let name = import.name(self.text).map_or(Sym::NONE, |name| self.strings.intern(name));
            let alias = self.strings.intern(import.alias(self.text));
            let span = self.span(import.at);
            if is_module && self.outline.is_some() {
                self.outline_import(path, name, alias, import.level, span);
                continue;
            }
            let record = UnitImport { path, name, alias, level: import.level, span };
            let number = self.builder.push_import(record);
            let value = self.push(ValueKind::Import { import: number }, import.at);
            if let Some(bound) = import.bound {
                self.target(bound, value, &mut Vec::new());
            }
        }
    }
}

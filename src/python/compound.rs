//! Compound statements: branches, loops, handlers, managed regions.

use super::expressions::is_operand;
use super::outline::Branching;
use super::syntax::{At, Kind};
use super::unit::UnitLowering;
use crate::model::{
    ArmTest, CollectionKind, LoopKind, Projection, RegionId, RegionKind, SuspendKind, UseKind, ValueId, ValueKind,
};
use crate::text::Sym;

/// `if TYPE_CHECKING` or `if __name__ == "__main__"`, perhaps negated.
struct StaticTest {
    name: &'static str,
    holds: bool,
}

impl UnitLowering<'_> {
    fn child_expressions(&self, at: At) -> Vec<At> {
        let syntax = self.syntax;
        syntax.children(at).filter(|it| is_operand(syntax.kind(*it)) && syntax.kind(*it) != Kind::Block).collect()
    }

    fn child_block(&mut self, at: At) {
        if let Some(block) = self.syntax.child(at, Kind::Block) {
            self.block(block);
        }
    }

    /// `if`, `elif`, `else`: an `elif` is an `if` in the arm before it.
    pub fn if_statement(&mut self, at: At) {
        let syntax = self.syntax;
        let mut clauses = vec![at];
        clauses.extend(syntax.children(at).filter(|it| matches!(syntax.kind(*it), Kind::Elif | Kind::Else)));
        let mut opened: Vec<RegionId> = Vec::new();
        let last_is_else = clauses.last().is_some_and(|it| syntax.kind(*it) == Kind::Else);
        let count = clauses.len();
        let mut branching = Vec::new();
        for (number, clause) in clauses.iter().copied().enumerate() {
            if syntax.kind(clause) == Kind::Else {
                self.child_block(clause);
                break;
            }
            if self.is_too_deep(clause) {
                break;
            }
            let Some(condition) = self.child_expressions(clause).first().copied() else { continue };
            let is_last = number + 1 == count;
            let static_test = self.static_test(condition);
            let (value, test, other, name) = match &static_test {
                Some(found) => {
                    let name = self.strings.intern(found.name);
                    let tests = [ArmTest::Static, ArmTest::NotStatic];
                    let (test, other) = if found.holds { (tests[0], tests[1]) } else { (tests[1], tests[0]) };
                    (ValueId::NONE, test, other, name)
                }
                None => (self.expression(condition), ArmTest::True, ArmTest::False, Sym::NONE),
            };
            let kind = RegionKind::Branch { exhaustive: !is_last };
            let branch = self.builder.open_region(kind, ValueId::NONE, Sym::NONE);
            let arm = self.builder.open_region(RegionKind::Arm { test }, value, name);
            let (inside, behind) = match static_test {
                Some(StaticTest { name: "TYPE_CHECKING", holds }) => {
                    let both = [Branching::TypeChecking, Branching::NotTypeChecking];
                    if holds { (both[0], both[1]) } else { (both[1], both[0]) }
                }
                _ => (Branching::Conditional, Branching::Conditional),
            };
            let before = self.enter_branching(inside);
            self.child_block(clause);
            self.leave_branching(before);
            self.builder.close_region(arm);
            opened.push(branch);
            if !is_last {
                opened.push(self.builder.open_region(RegionKind::Arm { test: other }, value, name));
                branching.push(self.enter_branching(behind));
            }
        }
        debug_assert!(!last_is_else || count > 1, "an else follows an if");
        for before in branching.into_iter().rev() {
            self.leave_branching(before);
        }
        for region in opened.into_iter().rev() {
            self.builder.close_region(region);
        }
    }

    fn static_test(&self, condition: At) -> Option<StaticTest> {
        let syntax = self.syntax;
        match syntax.kind(condition) {
            Kind::Parenthesized => self.static_test(syntax.first(condition)?),
            Kind::NotOperator => {
                let inner = syntax.children(condition).find(|it| is_operand(syntax.kind(*it)))?;
                if !matches!(syntax.kind(inner), Kind::Identifier | Kind::Attribute) {
                    return None;
                }
                let test = self.static_test(inner)?;
                Some(StaticTest { holds: !test.holds, ..test })
            }
            Kind::Identifier | Kind::Attribute => {
                let text = self.source(condition);
                let is_it = matches!(text, "TYPE_CHECKING" | "typing.TYPE_CHECKING" | "t.TYPE_CHECKING");
                is_it.then_some(StaticTest { name: "TYPE_CHECKING", holds: true })
            }
            Kind::Comparison => {
                let parts: Vec<At> = syntax.children(condition).collect();
                let [left, op, right] = parts[..] else { return None };
                let holds = match syntax.kind(op) {
                    Kind::Equal => true,
                    Kind::NotEqual => false,
                    _ => return None,
                };
                let is_main = |at: At| {
                    syntax.kind(at) == Kind::String
                        && syntax.child(at, Kind::StringContent).is_some_and(|it| self.source(it) == "__main__")
                };
                let is_name = |at: At| syntax.kind(at) == Kind::Identifier && self.source(at) == "__name__";
                let found = (is_name(left) && is_main(right)) || (is_main(left) && is_name(right));
                found.then_some(StaticTest { name: "__main__", holds })
            }
            _ => None,
        }
    }

    pub fn for_statement(&mut self, at: At) {
        let parts = self.child_expressions(at);
        let [target, iterable, ..] = parts[..] else { return self.loose_block(at) };
        let is_async = self.syntax.has(at, Kind::Async);
        let iterable = self.expression(iterable);
        if self.is_too_deep(at) {
            return;
        }
        let kind = RegionKind::Loop { kind: if is_async { LoopKind::AsyncFor } else { LoopKind::For } };
        let region = self.builder.open_region(kind, iterable, Sym::NONE);
        if is_async {
            self.push(ValueKind::Suspend { kind: SuspendKind::Step, region }, target);
        }
        self.target(target, iterable, &mut vec![Projection::Element]);
        self.loops.push(region);
        self.child_block(at);
        self.loops.pop();
        self.builder.close_region(region);
        self.loop_else(at);
    }

    fn loop_else(&mut self, at: At) {
        if let Some(clause) = self.syntax.child(at, Kind::Else) {
            let region = self.builder.open_region(RegionKind::LoopElse, ValueId::NONE, Sym::NONE);
            self.child_block(clause);
            self.builder.close_region(region);
        }
    }

    pub fn while_statement(&mut self, at: At) {
        let condition = self.child_expressions(at).first().copied();
        let Some(condition) = condition else { return self.loose_block(at) };
        if self.is_too_deep(at) {
            return;
        }
        let endless = match self.syntax.kind(condition) {
            Kind::True => true,
            Kind::Integer => self.source(condition) != "0",
            _ => false,
        };
        let kind = RegionKind::Loop { kind: if endless { LoopKind::Endless } else { LoopKind::While } };
        let region = self.builder.open_region(kind, ValueId::NONE, Sym::NONE);
        if !endless {
            let condition = self.expression(condition);
            self.builder.set_region_value(region, condition);
        }
        self.loops.push(region);
        self.child_block(at);
        self.loops.pop();
        self.builder.close_region(region);
        self.loop_else(at);
    }

    /// The block of a statement whose head could not be parsed.
    fn loose_block(&mut self, at: At) {
        self.child_block(at);
    }

    pub fn try_statement(&mut self, at: At) {
        let syntax = self.syntax;
        if self.is_too_deep(at) {
            return;
        }
        let before = self.enter_branching(Branching::Conditional);
        let region = self.builder.open_region(RegionKind::Try, ValueId::NONE, Sym::NONE);
        for child in syntax.children(at) {
            let kind = match syntax.kind(child) {
                Kind::Block => RegionKind::TryBody,
                Kind::Else => RegionKind::TryElse,
                Kind::Finally => RegionKind::Finally,
                Kind::Except | Kind::ExceptGroup => {
                    self.handler(child);
                    continue;
                }
                _ => continue,
            };
            let part = self.builder.open_region(kind, ValueId::NONE, Sym::NONE);
            match kind {
                RegionKind::TryBody => self.block(child),
                _ => self.child_block(child),
            }
            self.builder.close_region(part);
        }
        self.builder.close_region(region);
        self.leave_branching(before);
    }

    fn handler(&mut self, at: At) {
        let syntax = self.syntax;
        let region = self.builder.open_region(RegionKind::Handler, ValueId::NONE, Sym::NONE);
        let mut alias = None;
        let mut caught = Vec::new();
        let mut as_seen = false;
        for child in syntax.children(at) {
            match syntax.kind(child) {
                Kind::As => as_seen = true,
                Kind::Block => break,
                Kind::AsPattern => {
                    caught.extend(syntax.first(child));
                    alias = syntax.child(child, Kind::AsTarget).and_then(|target| syntax.first(target));
                }
                kind if !is_operand(kind) => {}
                _ if as_seen => alias = Some(child),
                _ => caught.push(child),
            }
        }
        while let Some(at) = caught.first().copied()
            && matches!(syntax.kind(at), Kind::Tuple | Kind::ExpressionList | Kind::Parenthesized)
        {
            let parts = syntax.children(at).filter(|it| is_operand(syntax.kind(*it)));
            caught.splice(..1, parts);
        }
        for one in caught {
            let value = self.expression(one);
            self.builder.set_use(value, UseKind::Caught, region.0, 0);
        }
        let mut name = Sym::NONE;
        if let Some(alias) = alias {
            name = self.sym(alias);
            self.target(alias, ValueId::NONE, &mut vec![Projection::Caught]);
        }
        self.handlers.push((region, name));
        self.child_block(at);
        self.handlers.pop();
        self.builder.close_region(region);
    }

    pub fn with_statement(&mut self, at: At) {
        let syntax = self.syntax;
        let is_async = syntax.has(at, Kind::Async);
        let mut items: Vec<(At, Option<At>)> = Vec::new();
        if let Some(clause) = syntax.child(at, Kind::WithClause) {
            for item in syntax.children(clause).filter(|it| syntax.kind(*it) == Kind::WithItem) {
                if let Some(value) = syntax.first(item) {
                    self.with_items(value, &mut items);
                }
            }
        }
        let mut opened = Vec::new();
        for (value, alias) in items {
            if self.is_too_deep(value) {
                break;
            }
            let entered = self.expression(value);
            let region = self.builder.open_region(RegionKind::Managed { is_async }, entered, Sym::NONE);
            opened.push(region);
            if is_async {
                self.push(ValueKind::Suspend { kind: SuspendKind::Enter, region }, value);
            }
            if let Some(alias) = alias {
                self.target(alias, entered, &mut vec![Projection::Entered]);
            }
        }
        self.child_block(at);
        let end = syntax.node(at).end;
        for region in opened.into_iter().rev() {
            if is_async {
                let span = crate::text::Span::new(end, end).relative_to(self.base);
                self.builder.push(ValueKind::Suspend { kind: SuspendKind::Exit, region }, span);
            }
            self.builder.close_region(region);
        }
    }

    /// One item; the grammar reads `with (a as b, c):` as a tuple.
    fn with_items(&self, at: At, items: &mut Vec<(At, Option<At>)>) {
        let syntax = self.syntax;
        match syntax.kind(at) {
            Kind::AsPattern => {
                let alias = syntax.child(at, Kind::AsTarget).and_then(|target| syntax.first(target));
                if let Some(value) = syntax.first(at) {
                    items.push((value, alias));
                }
            }
            Kind::Tuple => {
                for child in syntax.children(at).filter(|it| is_operand(syntax.kind(*it))) {
                    self.with_items(child, items);
                }
            }
            Kind::Parenthesized => match syntax.first(at) {
                Some(inner) if syntax.kind(inner) == Kind::AsPattern => self.with_items(inner, items),
                _ => items.push((at, None)),
            },
            _ => items.push((at, None)),
        }
    }

    pub fn match_statement(&mut self, at: At) {
        let syntax = self.syntax;
        let subjects = self.child_expressions(at);
        let subject = match subjects[..] {
            [] => return self.loose_block(at),
            [one] => self.expression(one),
            _ => {
                let args: Vec<_> =
                    subjects.iter().map(|it| super::expressions::positional(self.expression(*it))).collect();
                let (args, count) = self.builder.push_args(&args);
                self.push(ValueKind::Collection { kind: CollectionKind::Tuple, args, count }, at)
            }
        };
        if self.is_too_deep(at) {
            return;
        }
        let kind = RegionKind::Branch { exhaustive: false };
        let branch = self.builder.open_region(kind, subject, Sym::NONE);
        let before = self.enter_branching(Branching::Conditional);
        let cases: Vec<At> = match syntax.child(at, Kind::Block) {
            Some(block) => syntax.children(block).filter(|it| syntax.kind(*it) == Kind::Case).collect(),
            None => Vec::new(),
        };
        let mut exhaustive = false;
        for case in cases {
            exhaustive |= self.case(case, subject);
        }
        self.builder.region_mut(branch).kind = RegionKind::Branch { exhaustive };
        self.leave_branching(before);
        self.builder.close_region(branch);
    }

    /// One `case`; says whether it takes whatever is left.
    fn case(&mut self, at: At, subject: ValueId) -> bool {
        let syntax = self.syntax;
        let patterns: Vec<At> = syntax.children(at).filter(|it| syntax.kind(*it) == Kind::CasePattern).collect();
        let guard = syntax.child(at, Kind::IfClause);
        let head = match patterns[..] {
            [one] => self.pattern_head(one),
            _ => Some("[]".to_string()),
        };
        let takes_all = head.is_none() && guard.is_none();
        let name = head.map_or(Sym::NONE, |head| self.strings.intern(&head));
        let test = if guard.is_some() { ArmTest::GuardedPattern } else { ArmTest::Pattern };
        let arm = self.builder.open_region(RegionKind::Arm { test }, ValueId::NONE, name);
        let mut path = Vec::new();
        let is_sequence = patterns.len() > 1;
        for (number, pattern) in patterns.into_iter().enumerate() {
            if is_sequence {
                path.push(Projection::Part(number as u32));
            }
            self.pattern(pattern, subject, &mut path);
            if is_sequence {
                path.pop();
            }
        }
        if let Some(guard) = guard
            && let Some(condition) = syntax.children(guard).find(|it| is_operand(syntax.kind(*it)))
        {
            let condition = self.expression(condition);
            self.builder.set_region_value(arm, condition);
        }
        self.child_block(at);
        self.builder.close_region(arm);
        takes_all
    }
}

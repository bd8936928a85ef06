//! Expressions, in the order in which they are evaluated.

use super::syntax::{At, Kind};
use super::unit::UnitLowering;
use crate::model::{
    Arg, ArgKind, ArmTest, BinaryOp, CollectionKind, LoopKind, Projection, RegionId, RegionKind, SuspendKind, Use,
    UseKind, ValueId, ValueKind,
};
use crate::text::Sym;

impl UnitLowering<'_> {
    /// Lowers an expression and returns its value.
    pub fn expression(&mut self, at: At) -> ValueId {
        match self.syntax.kind(at) {
            Kind::Identifier => self.read(at),
            Kind::Integer | Kind::Float | Kind::True | Kind::False | Kind::None | Kind::Ellipsis => self.constant(at),
            Kind::String | Kind::ConcatenatedString => self.string(at),
            Kind::Attribute => self.attribute(at),
            Kind::Subscript => self.subscript(at),
            Kind::Call => self.call(at),
            Kind::Await => self.await_expression(at),
            Kind::BinaryOperator => self.binary(at),
            Kind::Comparison => self.comparison(at),
            Kind::BooleanOperator => self.boolean(at),
            Kind::NotOperator => {
                let left = self.first_expression(at);
                self.push(ValueKind::Operation { op: BinaryOp::Not, left, right: ValueId::NONE }, at)
            }
            Kind::UnaryOperator => self.unary(at),
            Kind::Conditional => self.conditional(at),
            Kind::NamedExpression => self.named_expression(at),
            Kind::Lambda => self.lambda(at),
            Kind::List => self.collection(at, CollectionKind::List),
            Kind::Set => self.collection(at, CollectionKind::Set),
            Kind::Tuple | Kind::ExpressionList | Kind::PatternList | Kind::TuplePattern => {
                self.collection(at, CollectionKind::Tuple)
            }
            Kind::ListPattern => self.collection(at, CollectionKind::List),
            Kind::Dictionary => self.dictionary(at),
            Kind::ListComprehension | Kind::SetComprehension | Kind::DictionaryComprehension | Kind::Generator => {
                self.comprehension(at)
            }
            Kind::Yield => self.yield_expression(at, true),
            Kind::Parenthesized
            | Kind::AsPattern
            | Kind::AsTarget
            | Kind::Type
            | Kind::ListSplat
            | Kind::ListSplatPattern
            | Kind::DictionarySplat
            | Kind::KeywordArgument => self.first_expression(at),
            _ => self.push(ValueKind::Unknown, at),
        }
    }

    /// The value of the first child that is an expression.
    fn first_expression(&mut self, at: At) -> ValueId {
        let syntax = self.syntax;
        match syntax.children(at).find(|child| is_operand(syntax.kind(*child))) {
            Some(child) => self.expression(child),
            None => self.push(ValueKind::Unknown, at),
        }
    }

    fn operands(&self, at: At) -> Vec<At> {
        self.syntax.children(at).filter(|child| is_operand(self.syntax.kind(*child))).collect()
    }

    fn attribute(&mut self, at: At) -> ValueId {
        let operands = self.operands(at);
        let [of, name] = operands[..] else { return self.incomplete(at) };
        let of = self.expression(of);
        let name = self.sym(name);
        self.push(ValueKind::Attr { of, name }, at)
    }

    /// Evaluates what is left of an expression that could not be parsed as a whole.
    fn incomplete(&mut self, at: At) -> ValueId {
        for child in self.operands(at) {
            self.expression(child);
        }
        self.push(ValueKind::Unknown, at)
    }

    fn subscript(&mut self, at: At) -> ValueId {
        let (of, index, parts) = self.subscript_parts(at);
        let item = self.push(ValueKind::Item { of, index }, at);
        for part in parts {
            self.builder.set_use(part, UseKind::Operand, item.0, 1);
        }
        item
    }

    /// The base and index of a subscript; of a slice no index, but the values that it is made of.
    pub fn subscript_parts(&mut self, at: At) -> (ValueId, ValueId, Vec<ValueId>) {
        let syntax = self.syntax;
        let mut children = syntax.children(at).filter(|child| is_operand(syntax.kind(*child)));
        let of = match children.next() {
            Some(of) => self.expression(of),
            None => self.push(ValueKind::Unknown, at),
        };
        let indexes: Vec<At> = children.collect();
        match indexes[..] {
            [index] if syntax.kind(index) != Kind::Slice => (of, self.expression(index), Vec::new()),
            _ => {
                let mut parts = Vec::new();
                let mut is_slice = false;
                for index in indexes {
                    if syntax.kind(index) == Kind::Slice {
                        is_slice = true;
                        for bound in self.operands(index) {
                            parts.push(self.expression(bound));
                        }
                    } else {
                        parts.push(self.expression(index));
                    }
                }
                if is_slice || parts.is_empty() {
                    return (of, ValueId::NONE, parts);
                }
                let args: Vec<Arg> = parts.iter().map(|value| positional(*value)).collect();
                let (args, count) = self.builder.push_args(&args);
                let index = self.push(ValueKind::Collection { kind: CollectionKind::Tuple, args, count }, at);
                (of, index, Vec::new())
            }
        }
    }

    fn call(&mut self, at: At) -> ValueId {
        let syntax = self.syntax;
        let mut children = syntax.children(at);
        let Some(callee) = children.next() else { return self.push(ValueKind::Unknown, at) };
        let arguments = children.find(|it| matches!(syntax.kind(*it), Kind::ArgumentList | Kind::Generator));
        let method = match syntax.kind(callee) {
            Kind::Attribute => match self.operands(callee)[..] {
                [of, name] => Some((of, name)),
                _ => None,
            },
            _ => None,
        };
        if let Some((of, name)) = method {
            let of = self.expression(of);
            let name = self.sym(name);
            let args = self.arguments(arguments);
            let (args, count) = self.builder.push_args(&args);
            return self.push(ValueKind::Method { of, name, args, count }, at);
        }
        let callee = self.expression(callee);
        let args = self.arguments(arguments);
        let (args, count) = self.builder.push_args(&args);
        self.push(ValueKind::Call { callee, args, count }, at)
    }

    /// Evaluates the arguments of a call, or of a class statement.
    pub fn arguments(&mut self, at: Option<At>) -> Vec<Arg> {
        let Some(at) = at else { return Vec::new() };
        let syntax = self.syntax;
        if syntax.kind(at) == Kind::Generator {
            return vec![positional(self.expression(at))];
        }
        let mut args = Vec::new();
        for child in syntax.children(at) {
            let (kind, name, value) = match syntax.kind(child) {
                Kind::KeywordArgument => match self.operands(child)[..] {
                    [name, value] => (ArgKind::Keyword, self.sym(name), value),
                    _ => continue,
                },
                Kind::ListSplat | Kind::ListSplatPattern => (ArgKind::Spread, Sym::NONE, child),
                Kind::DictionarySplat => (ArgKind::KeywordSpread, Sym::NONE, child),
                kind if is_operand(kind) => (ArgKind::Positional, Sym::NONE, child),
                _ => continue,
            };
            let value = self.expression(value);
            args.push(Arg { value, kind, name });
        }
        args
    }

    /// `await x`. The grammar reads `await x ** 2` as `await (x ** 2)`; Python as `(await x) ** 2`.
    fn await_expression(&mut self, at: At) -> ValueId {
        let syntax = self.syntax;
        let Some(operand) = syntax.children(at).find(|child| is_operand(syntax.kind(*child))) else {
            return self.push(ValueKind::Unknown, at);
        };
        if syntax.kind(operand) == Kind::BinaryOperator
            && syntax.has(operand, Kind::DoubleStar)
            && let [left, right] = self.operands(operand)[..]
        {
            let awaited = self.expression(left);
            let span = crate::text::Span::new(self.span(at).start, self.span(left).end);
            let left = self.builder.push(ValueKind::Await { of: awaited }, span);
            let right = self.expression(right);
            return self.push(ValueKind::Operation { op: BinaryOp::Power, left, right }, at);
        }
        let of = self.expression(operand);
        self.push(ValueKind::Await { of }, at)
    }

    fn binary(&mut self, at: At) -> ValueId {
        let [left, right] = self.operands(at)[..] else { return self.incomplete(at) };
        let op = self.syntax.children(at).find_map(|child| binary_op(self.syntax.kind(child)));
        let Some(op) = op else { return self.incomplete(at) };
        let left = self.expression(left);
        let right = self.expression(right);
        self.push(ValueKind::Operation { op, left, right }, at)
    }

    fn unary(&mut self, at: At) -> ValueId {
        let op = if self.syntax.has(at, Kind::Minus) { BinaryOp::Negate } else { BinaryOp::Invert };
        let left = self.first_expression(at);
        self.push(ValueKind::Operation { op, left, right: ValueId::NONE }, at)
    }

    /// `a < b < c` is `a < b and b < c` with `b` evaluated once.
    fn comparison(&mut self, at: At) -> ValueId {
        let syntax = self.syntax;
        let mut left = ValueId::NONE;
        let mut op = None;
        let mut results: Vec<(ValueId, RegionId, RegionId)> = Vec::new();
        let mut last = ValueId::NONE;
        for child in syntax.children(at) {
            let kind = syntax.kind(child);
            if let Some(found) = comparison_op(kind) {
                op = Some(found);
                continue;
            }
            if !is_operand(kind) {
                continue;
            }
            let Some(compare) = op.take() else {
                left = self.expression(child);
                continue;
            };
            if last.is_some() {
                if self.is_too_deep(child) {
                    break;
                }
                let (branch, arm) = self.open_arm(ArmTest::True, last, false);
                results.push((last, branch, arm));
            }
            let right = self.expression(child);
            last = self.push(ValueKind::Operation { op: compare, left, right }, at);
            left = right;
        }
        if last.is_none() {
            return if left.is_some() { left } else { self.push(ValueKind::Unknown, at) };
        }
        for (first, branch, arm) in results.into_iter().rev() {
            last = self.close_arm_choice(first, last, branch, arm, at);
        }
        last
    }

    fn open_arm(&mut self, test: ArmTest, value: ValueId, exhaustive: bool) -> (RegionId, RegionId) {
        let branch = self.builder.open_region(RegionKind::Branch { exhaustive }, ValueId::NONE, Sym::NONE);
        let arm = self.builder.open_region(RegionKind::Arm { test }, value, Sym::NONE);
        (branch, arm)
    }

    /// Ends `first and second`, whose arm is open.
    fn close_arm_choice(
        &mut self,
        first: ValueId,
        second: ValueId,
        branch: RegionId,
        arm: RegionId,
        at: At,
    ) -> ValueId {
        self.builder.close_region(arm);
        self.builder.close_region(branch);
        let choice = self.push(ValueKind::Choice { region: branch }, at);
        self.builder.set_use(second, UseKind::Choice, choice.0, 0);
        // The left side decides and may be the result; being the result is what becomes of it.
        let used = &mut self.builder.value_mut(first).used;
        if used.kind == UseKind::Condition && used.region() == arm {
            *used = Use { kind: UseKind::Choice, n: 0, of: choice.0 };
        }
        choice
    }

    fn boolean(&mut self, at: At) -> ValueId {
        let [left, right] = self.operands(at)[..] else { return self.incomplete(at) };
        let test = if self.syntax.has(at, Kind::Or) { ArmTest::False } else { ArmTest::True };
        let first = self.expression(left);
        if self.is_too_deep(right) {
            return first;
        }
        let (branch, arm) = self.open_arm(test, first, false);
        let second = self.expression(right);
        self.close_arm_choice(first, second, branch, arm, at)
    }

    /// `a if c else b`
    fn conditional(&mut self, at: At) -> ValueId {
        let [yes, condition, no] = self.operands(at)[..] else { return self.incomplete(at) };
        let condition = self.expression(condition);
        if self.is_too_deep(at) {
            return self.push(ValueKind::Unknown, at);
        }
        let (branch, arm) = self.open_arm(ArmTest::True, condition, true);
        let yes = self.expression(yes);
        self.builder.close_region(arm);
        let arm = self.builder.open_region(RegionKind::Arm { test: ArmTest::False }, condition, Sym::NONE);
        let no = self.expression(no);
        self.builder.close_region(arm);
        self.builder.close_region(branch);
        let choice = self.push(ValueKind::Choice { region: branch }, at);
        self.builder.set_use(yes, UseKind::Choice, choice.0, 0);
        self.builder.set_use(no, UseKind::Choice, choice.0, 0);
        choice
    }

    /// `x := v` binds in the function around, and its value is read from there.
    fn named_expression(&mut self, at: At) -> ValueId {
        let [name, value] = self.operands(at)[..] else { return self.incomplete(at) };
        let value = self.expression(value);
        let scope = self.scopes.binding_scope(self.scope);
        self.write_name(scope, name, value, &[]);
        self.read(name)
    }

    fn lambda(&mut self, at: At) -> ValueId {
        let mut defaults = Vec::new();
        if let Some(head) = self.syntax.child(at, Kind::LambdaParameters) {
            for param in super::signature::parameters(self.syntax, head) {
                if let Some(default) = param.default {
                    defaults.push(self.expression(default));
                }
            }
        }
        self.nested(at, defaults).1
    }

    /// `[… for x in xs if c]`: the first iterable is evaluated outside.
    fn comprehension(&mut self, at: At) -> ValueId {
        let syntax = self.syntax;
        let mut children = syntax.children(at).filter(|child| syntax.kind(*child) != Kind::Error);
        let Some(body) = children.next() else { return self.push(ValueKind::Unknown, at) };
        let clauses: Vec<At> =
            children.filter(|child| matches!(syntax.kind(*child), Kind::ForIn | Kind::IfClause)).collect();
        let outer = self.scope;
        let inner = self.scopes.open(super::scope::ScopeKind::Comprehension, Some(outer), self.builder.current());
        for clause in &clauses {
            if syntax.kind(*clause) == Kind::ForIn
                && let Some(target) = syntax.children(*clause).find(|it| syntax.kind(*it) != Kind::Async)
            {
                self.declare_target(inner, target);
            }
        }
        let mut opened: Vec<RegionId> = Vec::new();
        for (number, clause) in clauses.into_iter().enumerate() {
            if self.is_too_deep(clause) {
                break;
            }
            if syntax.kind(clause) == Kind::IfClause {
                let condition = self.first_expression(clause);
                let (branch, arm) = self.open_arm(ArmTest::True, condition, false);
                opened.extend([branch, arm]);
                continue;
            }
            let is_async = syntax.has(clause, Kind::Async);
            let mut parts = syntax.children(clause).filter(|it| is_operand(syntax.kind(*it)));
            let target = parts.next();
            let iterables: Vec<At> = parts.collect();
            let iterable = match iterables[..] {
                [one] => self.expression(one),
                // `for x in a, b`, which Python 3 does not allow here.
                _ => self.push(ValueKind::Unknown, clause),
            };
            let kind = match (syntax.kind(at), is_async) {
                (Kind::Generator, _) if number == 0 => LoopKind::Lazy,
                (_, true) => LoopKind::AsyncComprehension,
                (_, false) => LoopKind::Comprehension,
            };
            let region = self.builder.open_region(RegionKind::Loop { kind }, iterable, Sym::NONE);
            opened.push(region);
            self.scope = inner;
            if is_async {
                self.push(ValueKind::Suspend { kind: SuspendKind::Step, region }, clause);
            }
            if let Some(target) = target {
                self.target(target, iterable, &mut vec![Projection::Element]);
            }
        }
        self.scope = inner;
        let mut args = Vec::new();
        let kind = match syntax.kind(at) {
            Kind::SetComprehension => CollectionKind::Set,
            Kind::DictionaryComprehension => CollectionKind::Dict,
            _ => CollectionKind::List,
        };
        if syntax.kind(body) == Kind::Pair {
            for part in self.operands(body) {
                args.push(positional(self.expression(part)));
            }
        } else {
            args.push(positional(self.expression(body)));
        }
        for region in opened.into_iter().rev() {
            self.builder.close_region(region);
        }
        self.scope = outer;
        let (args, count) = self.builder.push_args(&args);
        self.push(ValueKind::Collection { kind, args, count }, at)
    }

    /// `yield`; `yield from x` is a loop over `x` that yields.
    pub fn yield_expression(&mut self, at: At, is_used: bool) -> ValueId {
        let syntax = self.syntax;
        let value = match syntax.children(at).find(|child| is_operand(syntax.kind(*child))) {
            Some(value) => self.expression(value),
            None => ValueId::NONE,
        };
        if syntax.has(at, Kind::From) && !self.is_too_deep(at) {
            let region = self.builder.open_region(RegionKind::Loop { kind: LoopKind::For }, value, Sym::NONE);
            self.push(ValueKind::Suspend { kind: SuspendKind::Yield, region: RegionId::NONE }, at);
            self.builder.close_region(region);
        } else {
            let suspend = self.push(ValueKind::Suspend { kind: SuspendKind::Yield, region: RegionId::NONE }, at);
            self.builder.set_use(value, UseKind::Yielded, suspend.0, 0);
        }
        if is_used { self.push(ValueKind::Unknown, at) } else { ValueId::NONE }
    }
}

pub(super) fn positional(value: ValueId) -> Arg {
    Arg { value, kind: ArgKind::Positional, name: Sym::NONE }
}

/// Whether a child is an expression, rather than a token that decides something or an error.
pub(super) fn is_operand(kind: Kind) -> bool {
    (kind as u8) < (Kind::Async as u8) && !matches!(kind, Kind::Error | Kind::Skipped | Kind::Comment)
}

fn binary_op(kind: Kind) -> Option<BinaryOp> {
    Some(match kind {
        Kind::Plus | Kind::PlusEqual => BinaryOp::Add,
        Kind::Minus | Kind::MinusEqual => BinaryOp::Subtract,
        Kind::Star | Kind::StarEqual => BinaryOp::Multiply,
        Kind::Slash | Kind::SlashEqual => BinaryOp::Divide,
        Kind::DoubleSlash | Kind::DoubleSlashEqual => BinaryOp::FloorDivide,
        Kind::Percent | Kind::PercentEqual => BinaryOp::Remainder,
        Kind::DoubleStar | Kind::DoubleStarEqual => BinaryOp::Power,
        Kind::At | Kind::AtEqual => BinaryOp::MatrixMultiply,
        Kind::Ampersand | Kind::AmpersandEqual => BinaryOp::BitAnd,
        Kind::Bar | Kind::BarEqual => BinaryOp::BitOr,
        Kind::Caret | Kind::CaretEqual => BinaryOp::BitXor,
        Kind::ShiftLeft | Kind::ShiftLeftEqual => BinaryOp::ShiftLeft,
        Kind::ShiftRight | Kind::ShiftRightEqual => BinaryOp::ShiftRight,
        _ => return None,
    })
}

/// The operator of `x += v` and its relatives.
pub(super) fn augmented_op(kind: Kind) -> Option<BinaryOp> {
    binary_op(kind)
}

fn comparison_op(kind: Kind) -> Option<BinaryOp> {
    Some(match kind {
        Kind::Less => BinaryOp::Less,
        Kind::LessEqual => BinaryOp::LessEqual,
        Kind::Equal => BinaryOp::Equal,
        Kind::NotEqual | Kind::NotEqualOld => BinaryOp::NotEqual,
        Kind::GreaterEqual => BinaryOp::GreaterEqual,
        Kind::Greater => BinaryOp::Greater,
        Kind::In => BinaryOp::In,
        Kind::NotIn => BinaryOp::NotIn,
        Kind::Is => BinaryOp::Is,
        Kind::IsNot => BinaryOp::IsNot,
        _ => return None,
    })
}

//! Control flow: branches, loops, blocks, jumps, and `let`.

use syn::{BinOp, Block, Expr, Pat};

use super::body::{Body, Breakable, Mode};
use super::pattern::{binds_by_reference, is_borrow, split_guard};
use super::source;
use crate::model::{
    ArmTest, Edition, JumpKind, LoopKind, Projection, RegionId, RegionKind, UseKind, ValueId, ValueKind,
};
use crate::text::Sym;

/// One operand of a condition, `&&` taken apart where it chains `let`s.
enum Link<'a> {
    Test(&'a Expr),
    Let(&'a Pat, &'a Expr),
}

/// The head of an `if` or `while`, with the region of its first arm open.
struct Head {
    branch: RegionId,
    arm: RegionId,
    condition: ValueId,
    /// Names bound by patterns are visible until here.
    names: usize,
    /// Whether temporaries of a matched expression are open until the arm ends.
    closes_temporaries: bool,
}

impl<'a> Body<'a, '_> {
    pub fn control(&mut self, expr: &'a Expr, mode: Mode, extending: bool) -> ValueId {
        match expr {
            Expr::If(e) => self.if_expr(e, extending),
            Expr::Match(e) => self.match_expr(e, extending),
            Expr::While(e) => self.while_loop(e),
            Expr::ForLoop(e) => self.for_loop(e),
            Expr::Loop(e) => self.endless_loop(e),
            Expr::Block(e) => match &e.label {
                Some(label) => {
                    let label = self.ident(&label.name.ident);
                    let span = self.expr_span(expr);
                    self.block_region(&e.block, label, false, span)
                }
                None => {
                    self.extending = extending;
                    self.block(&e.block)
                }
            },
            Expr::Unsafe(e) => {
                self.extending = extending;
                self.block(&e.block)
            }
            Expr::Const(e) => self.block(&e.block),
            Expr::TryBlock(e) => {
                let span = self.expr_span(expr);
                self.block_region(&e.block, Sym::NONE, true, span)
            }
            Expr::Return(e) => {
                let value = e.expr.as_ref().map_or(ValueId::NONE, |value| self.expr(value, Mode::Value));
                let span = self.expr_span(expr);
                let leaves = self.b.function(self.b.current()).body;
                self.b.push(ValueKind::Jump { kind: JumpKind::Return, leaves, value }, span);
                ValueId::NONE
            }
            Expr::Break(e) => {
                let value = e.expr.as_ref().map_or(ValueId::NONE, |value| self.expr(value, Mode::Value));
                let label = e.label.as_ref().map(|label| self.ident(&label.ident));
                let span = self.expr_span(expr);
                let Some(target) = self.breakable(label) else {
                    return self.b.push(ValueKind::Unknown, span);
                };
                let leaves = self.breaks[target].region;
                self.breaks[target].values.push(value);
                self.b.push(ValueKind::Jump { kind: JumpKind::Break, leaves, value }, span);
                ValueId::NONE
            }
            Expr::Continue(e) => {
                let label = e.label.as_ref().map(|label| self.ident(&label.ident));
                let span = self.expr_span(expr);
                let Some(target) = self.breakable(label) else {
                    return self.b.push(ValueKind::Unknown, span);
                };
                let leaves = self.breaks[target].region;
                self.b.push(ValueKind::Jump { kind: JumpKind::Continue, leaves, value: ValueId::NONE }, span);
                ValueId::NONE
            }
            Expr::Let(e) => {
                // A `let` outside of a condition: only in code that does not compile.
                let from = self.expr(&e.expr, Mode::Place);
                self.bind(&e.pat, from, false);
                from
            }
            other => {
                let _ = mode;
                let span = self.expr_span(other);
                self.b.push(ValueKind::Unknown, span)
            }
        }
    }

    fn breakable(&self, label: Option<Sym>) -> Option<usize> {
        self.breaks.iter().rposition(|breakable| match label {
            Some(label) => breakable.label == label,
            None => breakable.is_loop,
        })
    }

    /// `a && b`, `a || b`
    pub fn lazy(&mut self, expr: &'a syn::ExprBinary) -> ValueId {
        let test = if matches!(expr.op, BinOp::And(_)) { ArmTest::True } else { ArmTest::False };
        let span = self.file.join(source::first_token(&expr.left), source::last_token(&expr.right));
        self.open_temporaries();
        let left = self.expr(&expr.left, Mode::Value);
        self.close_temporaries();
        let branch = self.b.open_region(RegionKind::Branch { exhaustive: false }, ValueId::NONE, Sym::NONE);
        let arm = self.b.open_region(RegionKind::Arm { test }, left, Sym::NONE);
        self.open_temporaries();
        let right = self.expr(&expr.right, Mode::Value);
        self.close_temporaries();
        self.b.close_region(arm);
        self.b.close_region(branch);
        self.choice(branch, &[right], span.relative_to(self.origin))
    }

    fn if_expr(&mut self, first: &'a syn::ExprIf, extending: bool) -> ValueId {
        let span = self.file.join(first.if_token.span, {
            match &first.else_branch {
                Some((_, otherwise)) => source::last_token(otherwise),
                None => source::close(first.then_branch.brace_token.span),
            }
        });
        let head = self.head_of(&first.cond, first.else_branch.is_some(), false);
        self.extending = extending;
        let then = self.arm_block(&first.then_branch);
        let rescoped = self.file.edition >= Edition::E2024;
        if head.closes_temporaries && rescoped {
            self.close_temporaries();
        }
        self.leave(head.names);
        self.b.close_region(head.arm);
        let mut otherwise = ValueId::NONE;
        if let Some((_, alternative)) = &first.else_branch {
            let arm = self.b.open_region(RegionKind::Arm { test: ArmTest::False }, head.condition, Sym::NONE);
            self.extending = extending;
            let keeps = extending;
            if !keeps {
                self.open_temporaries();
            }
            otherwise = self.expr(alternative, Mode::Value);
            if !keeps {
                self.close_temporaries();
            }
            self.b.close_region(arm);
        }
        self.b.close_region(head.branch);
        if first.else_branch.is_none() {
            return ValueId::NONE;
        }
        self.choice(head.branch, &[then, otherwise], span.relative_to(self.origin))
    }

    /// The condition of an `if` or `while`, up to the beginning of its body.
    fn head_of(&mut self, condition: &'a Expr, exhaustive: bool, is_loop: bool) -> Head {
        let mut links = Vec::new();
        flatten(condition, &mut links);
        let names = self.enter();
        let has_let = links.iter().any(|link| matches!(link, Link::Let(..)));
        // Before edition 2024 the temporaries of `if let` belong to the statement around it.
        let closes_temporaries = has_let && (is_loop || self.file.edition >= Edition::E2024);
        if !has_let {
            self.open_temporaries();
            let condition = self.expr(condition, Mode::Value);
            self.close_temporaries();
            let branch = self.b.open_region(RegionKind::Branch { exhaustive }, ValueId::NONE, Sym::NONE);
            let arm = self.b.open_region(RegionKind::Arm { test: ArmTest::True }, condition, Sym::NONE);
            return Head { branch, arm, condition, names, closes_temporaries };
        }
        if closes_temporaries {
            self.open_temporaries();
        }
        let is_chain = links.len() > 1;
        let mut links = links.into_iter();
        let (branch, arm, first) = match links.next() {
            Some(Link::Let(pat, scrutinee)) => {
                let mode = self.scrutinee_mode(scrutinee, std::iter::once(pat));
                let value = self.expr(scrutinee, mode);
                let branch = self.b.open_region(RegionKind::Branch { exhaustive }, value, Sym::NONE);
                let name = self.head(pat);
                let test = if is_chain { ArmTest::GuardedPattern } else { ArmTest::Pattern };
                let arm = self.b.open_region(RegionKind::Arm { test }, ValueId::NONE, name);
                self.bind(pat, value, is_borrow(scrutinee));
                (branch, arm, ValueId::NONE)
            }
            Some(Link::Test(test)) => {
                let value = self.test(test);
                let branch = self.b.open_region(RegionKind::Branch { exhaustive }, ValueId::NONE, Sym::NONE);
                let kind = RegionKind::Arm { test: ArmTest::GuardedPattern };
                let arm = self.b.open_region(kind, value, Sym::NONE);
                (branch, arm, value)
            }
            None => unreachable_head(self, exhaustive),
        };
        for link in links {
            match link {
                Link::Test(test) => {
                    let value = self.test(test);
                    self.b.set_use(value, UseKind::Condition, arm.0, 0);
                }
                Link::Let(pat, scrutinee) => {
                    let mode = self.scrutinee_mode(scrutinee, std::iter::once(pat));
                    let value = self.expr(scrutinee, mode);
                    self.b.set_use(value, UseKind::Scrutinee, branch.0, 0);
                    self.bind(pat, value, is_borrow(scrutinee));
                }
            }
        }
        Head { branch, arm, condition: first, names, closes_temporaries }
    }

    fn test(&mut self, test: &'a Expr) -> ValueId {
        self.open_temporaries();
        let value = self.expr(test, Mode::Value);
        self.close_temporaries();
        value
    }

    /// The block of an arm or loop: its temporaries end with it.
    fn arm_block(&mut self, block: &'a Block) -> ValueId {
        if self.extending {
            return self.block(block);
        }
        self.open_temporaries();
        let value = self.block(block);
        self.close_temporaries();
        value
    }

    fn match_expr(&mut self, expr: &'a syn::ExprMatch, extending: bool) -> ValueId {
        let span = self.file.join(expr.match_token.span, source::close(expr.brace_token.span));
        let mode = self.scrutinee_mode(&expr.expr, expr.arms.iter().map(|arm| &arm.pat));
        let value = self.expr(&expr.expr, mode);
        let borrowed = is_borrow(&expr.expr);
        let branch = self.b.open_region(RegionKind::Branch { exhaustive: true }, value, Sym::NONE);
        let mut values = Vec::with_capacity(expr.arms.len());
        for arm in &expr.arms {
            let names = self.enter();
            let (pat, guard) = split_guard(&arm.pat);
            let test = if guard.is_some() { ArmTest::GuardedPattern } else { ArmTest::Pattern };
            let name = self.head(pat);
            let region = self.b.open_region(RegionKind::Arm { test }, ValueId::NONE, name);
            self.bind(pat, value, borrowed);
            if let Some(guard) = guard {
                let condition = self.test(guard);
                self.b.set_use(condition, UseKind::Condition, region.0, 0);
            }
            if !extending {
                self.open_temporaries();
            }
            self.extending = extending;
            values.push(self.expr(&arm.body, Mode::Value));
            if !extending {
                self.close_temporaries();
            }
            self.leave(names);
            self.b.close_region(region);
        }
        self.b.close_region(branch);
        self.choice(branch, &values, span.relative_to(self.origin))
    }

    fn label(&mut self, label: &Option<syn::Label>) -> Sym {
        label.as_ref().map_or(Sym::NONE, |label| self.ident(&label.name.ident))
    }

    fn while_loop(&mut self, expr: &'a syn::ExprWhile) -> ValueId {
        let label = self.label(&expr.label);
        let region = self.b.open_region(RegionKind::Loop { kind: LoopKind::While }, ValueId::NONE, label);
        self.breaks.push(Breakable { label, region, is_loop: true, values: Vec::new() });
        let mut links = Vec::new();
        flatten(&expr.cond, &mut links);
        if links.iter().any(|link| matches!(link, Link::Let(..))) {
            // loop { if let … { body } else { break } }
            let head = self.head_of(&expr.cond, true, true);
            self.arm_block(&expr.body);
            if head.closes_temporaries {
                self.close_temporaries();
            }
            self.leave(head.names);
            self.b.close_region(head.arm);
            let arm = self.b.open_region(RegionKind::Arm { test: ArmTest::False }, ValueId::NONE, Sym::NONE);
            let span = self.span(expr.while_token.span);
            self.b.push(ValueKind::Jump { kind: JumpKind::Break, leaves: region, value: ValueId::NONE }, span);
            self.b.close_region(arm);
            self.b.close_region(head.branch);
        } else {
            let condition = self.test(&expr.cond);
            self.b.set_region_value(region, condition);
            self.arm_block(&expr.body);
        }
        self.breaks.pop();
        self.b.close_region(region);
        ValueId::NONE
    }

    fn for_loop(&mut self, expr: &'a syn::ExprForLoop) -> ValueId {
        let label = self.label(&expr.label);
        let iterated = self.expr(&expr.expr, Mode::Value);
        let region = self.b.open_region(RegionKind::Loop { kind: LoopKind::For }, iterated, label);
        let names = self.enter();
        self.breaks.push(Breakable { label, region, is_loop: true, values: Vec::new() });
        self.bind_within(&expr.pat, iterated, &mut vec![Projection::Element], is_borrow(&expr.expr));
        self.arm_block(&expr.body);
        self.breaks.pop();
        self.leave(names);
        self.b.close_region(region);
        if !is_borrow(&expr.expr) && iterated.is_some() {
            // What is iterated lives as long as the loop.
            let end = self.b.next().0;
            self.ends.temporaries.push((iterated, end));
        }
        ValueId::NONE
    }

    fn endless_loop(&mut self, expr: &'a syn::ExprLoop) -> ValueId {
        let span = self.file.join(
            expr.label.as_ref().map_or(expr.loop_token.span, |label| label.name.apostrophe),
            source::close(expr.body.brace_token.span),
        );
        let label = self.label(&expr.label);
        let region = self.b.open_region(RegionKind::Loop { kind: LoopKind::Endless }, ValueId::NONE, label);
        self.breaks.push(Breakable { label, region, is_loop: true, values: Vec::new() });
        self.arm_block(&expr.body);
        let values = self.breaks.pop().map(|breakable| breakable.values).unwrap_or_default();
        self.b.close_region(region);
        self.choice(region, &values, span.relative_to(self.origin))
    }

    /// A `let` statement.
    pub fn local(&mut self, local: &'a syn::Local) {
        let Some(init) = &local.init else {
            self.declare_only(&local.pat);
            return;
        };
        let pat = peel_type(&local.pat);
        let by_reference = binds_by_reference(pat);
        let mode = match pat {
            Pat::Wild(_) => Mode::Place,
            _ if by_reference => Mode::Extended,
            _ => Mode::Value,
        };
        self.open_temporaries();
        self.extending = true;
        let from = self.expr(&init.expr, mode);
        self.extending = false;
        let borrowed = is_borrow(&init.expr);
        let Some((_, alternative)) = &init.diverge else {
            self.bind(&local.pat, from, borrowed);
            self.close_temporaries();
            return;
        };
        self.close_temporaries();
        let branch = self.b.open_region(RegionKind::Branch { exhaustive: true }, from, Sym::NONE);
        let name = self.head(pat);
        let arm = self.b.open_region(RegionKind::Arm { test: ArmTest::Pattern }, ValueId::NONE, name);
        let bound_from = self.names_count();
        self.bind(&local.pat, from, borrowed);
        self.b.close_region(arm);
        let arm = self.b.open_region(RegionKind::Arm { test: ArmTest::False }, ValueId::NONE, Sym::NONE);
        // The names that the pattern binds are not visible in the `else`.
        let bound = self.hide_names(bound_from);
        self.open_temporaries();
        self.expr(alternative, Mode::Value);
        self.close_temporaries();
        self.show_names(bound);
        self.b.close_region(arm);
        self.b.close_region(branch);
    }
}

fn unreachable_head(body: &mut Body<'_, '_>, exhaustive: bool) -> (RegionId, RegionId, ValueId) {
    let branch = body.b.open_region(RegionKind::Branch { exhaustive }, ValueId::NONE, Sym::NONE);
    let arm = body.b.open_region(RegionKind::Arm { test: ArmTest::True }, ValueId::NONE, Sym::NONE);
    (branch, arm, ValueId::NONE)
}

fn peel_type(pat: &Pat) -> &Pat {
    match pat {
        Pat::Type(typed) => peel_type(&typed.pat),
        Pat::Paren(inner) => peel_type(&inner.pat),
        pat => pat,
    }
}

/// Takes `a && let P = b && c` apart; a condition without `let` stays whole.
fn flatten<'a>(condition: &'a Expr, links: &mut Vec<Link<'a>>) {
    match condition {
        Expr::Let(e) => links.push(Link::Let(&e.pat, &e.expr)),
        Expr::Binary(e) if matches!(e.op, BinOp::And(_)) && holds_let(condition) => {
            flatten(&e.left, links);
            flatten(&e.right, links);
        }
        Expr::Group(e) => flatten(&e.expr, links),
        other => links.push(Link::Test(other)),
    }
}

fn holds_let(condition: &Expr) -> bool {
    match condition {
        Expr::Let(_) => true,
        Expr::Binary(e) if matches!(e.op, BinOp::And(_)) => holds_let(&e.left) || holds_let(&e.right),
        _ => false,
    }
}

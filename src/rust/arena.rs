//! Syntax that was parsed out of macros' tokens, kept as long as the tree of the file.
//!
//! A list that only grows, so that code lowered later (closures, async blocks) may borrow from it.

use std::cell::OnceCell;

use syn::{Expr, ImplItem, Item, Pat, Stmt};

use super::select::SelectArm;

/// What a macro's tokens turned out to be.
pub(super) enum Parsed {
    Exprs(Vec<Expr>),
    Statements(Vec<Stmt>),
    Items(Vec<Item>),
    ImplItems(Vec<ImplItem>),
    /// `matches!(expr, pat if guard)`
    Matches(Box<(Expr, Pat, Option<Expr>)>),
    Select(Vec<SelectArm>),
}

#[derive(Default)]
pub(super) struct Arena {
    head: OnceCell<Box<Node>>,
}

struct Node {
    parsed: Parsed,
    next: OnceCell<Box<Node>>,
}

/// The end of an arena's list, where the next syntax goes.
#[derive(Clone, Copy)]
pub(super) struct ArenaEnd<'a> {
    end: &'a OnceCell<Box<Node>>,
}

impl Arena {
    pub fn end(&self) -> ArenaEnd<'_> {
        ArenaEnd { end: &self.head }
    }
}

impl<'a> ArenaEnd<'a> {
    pub fn keep(&mut self, parsed: Parsed) -> &'a Parsed {
        while let Some(node) = self.end.get() {
            self.end = &node.next;
        }
        let node = self.end.get_or_init(|| Box::new(Node { parsed, next: OnceCell::new() }));
        self.end = &node.next;
        &node.parsed
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        // One node after the other: a file may hold a hundred thousand macros.
        let mut next = self.head.take();
        while let Some(mut node) = next {
            next = node.next.take();
        }
    }
}

//! Comments that speak to unsnarl, and what they speak of.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Arm, ImplItem, Item, Stmt, TraitItem};

use super::scan::{Scanner, Token};
use super::source::File;
use crate::model::{Directive, DirectiveScope};
use crate::text::{LineIndex, Span};

/// Something that a comment can stand on.
struct Subject {
    span: Span,
    first_line: u32,
    last_line: u32,
    /// The last line of a definition's head, where its body opens.
    head_line: u32,
    is_definition: bool,
}

/// The directives of a file whose items these are.
pub(super) fn read(file: &mut File<'_>, items: &[Item]) -> Vec<Directive> {
    let text = file.text;
    if !text.contains("unsnarl:") {
        return Vec::new();
    }
    let lines = LineIndex::new(text);
    let mut finder = Finder { file, lines: &lines, found: Vec::new() };
    for item in items {
        finder.visit_item(item);
    }
    let subjects = finder.found;
    let mut directives = Vec::new();
    for comment in Scanner::new(text).filter(|scanned| scanned.token == Token::Comment) {
        let written = text[comment.start..comment.end].trim_end();
        let content = written.trim_start_matches(['/', '*', '!']).trim_start();
        let Some(content) = content.strip_prefix("unsnarl:") else { continue };
        let content = content.strip_suffix("*/").unwrap_or(content).trim();
        let start = comment.start as u32;
        let (covers, on) = covered(text, start, comment.end, &lines, &subjects);
        let span = Span::new(start, start + written.len() as u32);
        directives.push(Directive { span, text: file.intern(content), covers, on });
    }
    directives
}

struct Finder<'f, 't> {
    file: &'f File<'t>,
    lines: &'f LineIndex,
    found: Vec<Subject>,
}

impl Finder<'_, '_> {
    fn add(&mut self, span: Span, head: Option<proc_macro2::Span>) {
        let last = span.end.saturating_sub(1).max(span.start);
        let first_line = self.lines.line(span.start);
        let head_line = head.map_or(first_line, |head| self.lines.line(self.file.start(head)));
        let last_line = self.lines.line(last);
        self.found.push(Subject { span, first_line, last_line, head_line, is_definition: head.is_some() });
    }
}

impl<'a> Visit<'a> for Finder<'_, '_> {
    fn visit_item(&mut self, item: &'a Item) {
        let head = match item {
            Item::Fn(item) => Some(item.block.brace_token.span.open()),
            Item::Impl(item) => Some(item.brace_token.span.open()),
            Item::Trait(item) => Some(item.brace_token.span.open()),
            Item::Mod(item) => item.content.as_ref().map(|(brace, _)| brace.span.open()),
            Item::Struct(item) => Some(item.ident.span()),
            Item::Enum(item) => Some(item.brace_token.span.open()),
            _ => None,
        };
        self.add(self.file.span(item.span()), head);
        visit::visit_item(self, item);
    }

    fn visit_impl_item(&mut self, item: &'a ImplItem) {
        let head = if let ImplItem::Fn(item) = item { Some(item.block.brace_token.span.open()) } else { None };
        self.add(self.file.span(item.span()), head);
        visit::visit_impl_item(self, item);
    }

    fn visit_trait_item(&mut self, item: &'a TraitItem) {
        let head = match item {
            TraitItem::Fn(item) => {
                Some(item.default.as_ref().map_or(item.sig.ident.span(), |block| block.brace_token.span.open()))
            }
            _ => None,
        };
        self.add(self.file.span(item.span()), head);
        visit::visit_trait_item(self, item);
    }

    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if !matches!(stmt, Stmt::Item(_)) {
            self.add(self.file.span(stmt.span()), None);
        }
        visit::visit_stmt(self, stmt);
    }

    fn visit_arm(&mut self, arm: &'a Arm) {
        self.add(self.file.span(arm.span()), None);
        visit::visit_arm(self, arm);
    }
}

fn scope_of(subject: &Subject) -> DirectiveScope {
    if subject.is_definition { DirectiveScope::Definition } else { DirectiveScope::Statement }
}

fn covered(text: &str, start: u32, end: usize, lines: &LineIndex, subjects: &[Subject]) -> (Span, DirectiveScope) {
    let line = lines.line(start);
    let line_start = lines.line_start(line).unwrap_or(0) as usize;
    let before = &text[line_start.min(start as usize)..start as usize];
    let is_alone = before.trim_matches(|it: char| it.is_whitespace() || it == '\u{feff}').is_empty();
    if !is_alone {
        let mut on_line = subjects.iter().filter(|it| it.first_line == line);
        if let Some(first) = on_line.next() {
            let last = on_line.map(|it| it.span.end).max().unwrap_or(0).max(first.span.end);
            return (Span::new(first.span.start, last), scope_of(first));
        }
        // The line on which a long head opens its body.
        if let Some(head) = subjects.iter().find(|it| it.is_definition && it.head_line == line) {
            return (head.span, DirectiveScope::Definition);
        }
    }
    let around = subjects.iter().rev().find(|it| {
        let holds = it.span.start < start && start < it.span.end;
        holds && (!is_alone || !has_next_inside(it, start, subjects))
    });
    if let Some(around) = around {
        return (around.span, scope_of(around));
    }
    if is_alone && is_above_all(text, start, end, subjects) {
        return (Span::new(0, text.len() as u32), DirectiveScope::File);
    }
    match subjects.iter().filter(|it| it.span.start > start).min_by_key(|it| it.span.start) {
        Some(next) => (next.span, scope_of(next)),
        None => (Span::new(start, start), DirectiveScope::Statement),
    }
}

/// Whether something inside a subject begins behind a place in it, on a later line.
fn has_next_inside(around: &Subject, at: u32, subjects: &[Subject]) -> bool {
    let inside = |it: &&Subject| it.span.start > at && it.span.end <= around.span.end && it.span != around.span;
    subjects.iter().filter(inside).any(|it| it.first_line > around.first_line && it.last_line <= around.last_line)
}

/// Above all code, inner attributes aside, and the block of comments is followed by an empty line.
fn is_above_all(text: &str, start: u32, end: usize, subjects: &[Subject]) -> bool {
    if subjects.iter().any(|it| it.span.start < start) {
        return false;
    }
    for line in text[end.min(text.len())..].lines().skip(1) {
        match line.trim() {
            "" => return true,
            comment if comment.starts_with("//") => {}
            _ => return false,
        }
    }
    subjects.is_empty()
}

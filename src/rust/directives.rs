//! Comments that speak to unsnarl, and what they speak of.
//!
//! Comments are found by the scanner, so also in files that do not parse; what they cover, by the syntax tree. Where
//! nothing was parsed a directive covers code by lines. What a directive says is not read here.

use std::cmp::Reverse;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Arm, Block, ForeignItem, ImplItem, Item, Macro, Stmt, TraitItem};

use super::scan::{Scanned, Scanner, Token};
use super::select;
use super::source::{self, File};
use crate::model::{Directive, DirectiveScope, NoteKind};
use crate::text::{LineIndex, Span};

const MARKER: &str = "unsnarl:";

/// Macros in macros are looked into this many levels down.
const MACRO_LEVELS: usize = 4;

/// The directives of a file, in order. `base` are the bytes before its code; `items` is what could be parsed, and the
/// notes of `file` say where nothing could.
pub(super) fn read(file: &mut File<'_>, base: u32, items: &[Item]) -> Vec<Directive> {
    let text = file.text;
    if !text.contains(MARKER) {
        return Vec::new();
    }
    let (code, comments) = Code::scan(file, base);
    if comments.is_empty() {
        return Vec::new();
    }
    let mut collector = Collector { file, code: &code, comments: &comments, level: 0, found: Vec::new() };
    for item in items {
        collector.visit_item(item);
    }
    let statements = Statements::new(&code, collector.found);
    let mut directives = Vec::with_capacity(comments.len());
    for comment in &comments {
        let (covers, on) = statements.subject(comment);
        let text = file.intern(comment.content);
        directives.push(Directive { span: comment.span, text, covers, on });
    }
    directives
}

/// A comment that is a directive.
struct Comment<'t> {
    span: Span,
    /// What follows the marker, trimmed.
    content: &'t str,
    /// The number of the token that follows.
    next: usize,
}

/// What the directive in a comment says; none if the comment is ordinary.
fn content(comment: &str) -> Option<&str> {
    let inside = match comment.strip_prefix("/*") {
        Some(block) => block.strip_suffix("*/").unwrap_or(block).trim_matches('*'),
        None => comment.trim_start_matches('/'),
    };
    Some(inside.trim_start().strip_prefix(MARKER)?.trim())
}

/// Whether a comment is documentation, and if so, of what holds it.
fn documents_outside(comment: &str) -> Option<bool> {
    if comment.starts_with("//!") || comment.starts_with("/*!") {
        return Some(true);
    }
    let is_line = comment.starts_with("///") && !comment.starts_with("////");
    let is_block = comment.starts_with("/**") && !comment.starts_with("/***") && comment != "/**/";
    (is_line || is_block).then_some(false)
}

/// The tokens of a file; of comments only documentation, which is a kind of attribute.
struct Code<'t> {
    text: &'t str,
    lines: LineIndex,
    tokens: Vec<Scanned>,
    /// What was not parsed, in order.
    unread: Vec<Span>,
}

impl<'t> Code<'t> {
    fn scan(file: &File<'t>, base: u32) -> (Code<'t>, Vec<Comment<'t>>) {
        let text = file.text;
        let mut tokens = Vec::new();
        let mut comments = Vec::new();
        for Scanned { token, start, end } in Scanner::new(&text[base as usize..]) {
            let (start, end) = (start + base as usize, end + base as usize);
            let source = &text[start..end];
            if token != Token::Comment || documents_outside(source).is_some() {
                tokens.push(Scanned { token, start, end });
            } else if let Some(content) = content(source) {
                let span = Span::new(start as u32, (start + source.trim_end().len()) as u32);
                comments.push(Comment { span, content, next: tokens.len() });
            }
        }
        let unread = file.notes.iter().filter(|note| matches!(note.kind, NoteKind::Syntax | NoteKind::TooDeep));
        let mut unread: Vec<Span> = unread.map(|note| note.span).collect();
        unread.sort_by_key(|span| span.start);
        (Code { text, lines: LineIndex::new(text), tokens, unread }, comments)
    }

    fn start(&self, at: usize) -> u32 {
        self.tokens.get(at).map_or(self.text.len(), |token| token.start) as u32
    }

    fn source(&self, token: &Scanned) -> &'t str {
        &self.text[token.start..token.end]
    }

    fn is_unread(&self, at: usize) -> bool {
        let at = self.start(at);
        let before = self.unread.partition_point(|span| span.start <= at);
        before > 0 && at < self.unread[before - 1].end
    }

    /// The end of the attribute that begins at a token, and whether it speaks of what holds it.
    fn attribute(&self, at: usize) -> Option<(usize, bool)> {
        let first = self.tokens.get(at)?;
        if first.token == Token::Comment {
            return Some((at + 1, documents_outside(self.source(first))?));
        }
        if first.token != Token::Punct(b'#') {
            return None;
        }
        let is_inner = self.tokens.get(at + 1)?.token == Token::Punct(b'!');
        let open = at + 1 + usize::from(is_inner);
        if self.source(self.tokens.get(open)?) != "[" {
            return None;
        }
        let mut depth = 0usize;
        for (ahead, token) in self.tokens[open..].iter().enumerate() {
            match token.token {
                Token::Open => depth += 1,
                Token::Close { .. } => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some((open + ahead + 1, is_inner));
            }
        }
        None
    }

    fn skip_attributes(&self, mut at: usize) -> usize {
        while let Some((end, _)) = self.attribute(at) {
            at = end;
        }
        at
    }

    fn skip_inner_attributes(&self, mut at: usize) -> usize {
        while let Some((end, true)) = self.attribute(at) {
            at = end;
        }
        at
    }

    /// The first token, attributes included, of the statement or item that has a token before its first brace.
    fn first_token(&self, token: usize) -> usize {
        let mut at = token;
        while at > 0 && !self.is_unread(at - 1) {
            match self.tokens[at - 1].token {
                Token::Open | Token::Close { is_brace: true } | Token::Punct(b';' | b',') => break,
                Token::Close { is_brace: false } => match self.opening(at - 1) {
                    Some(open) => at = open,
                    None => break,
                },
                _ => at -= 1,
            }
        }
        self.skip_inner_attributes(at)
    }

    /// The bracket that a closing one closes.
    fn opening(&self, close: usize) -> Option<usize> {
        let mut depth = 0usize;
        for at in (0..=close).rev() {
            match self.tokens[at].token {
                Token::Close { .. } => depth += 1,
                Token::Open => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(at);
            }
        }
        None
    }

    fn last_byte(&self, at: usize) -> u32 {
        self.tokens[at].end.saturating_sub(1) as u32
    }

    /// The code of a line up to its token `last`.
    fn line_until(&self, last: usize) -> Span {
        let end = self.tokens[last].end as u32;
        let line_start = self.lines.line_start(self.lines.line(end - 1)).unwrap_or(0);
        let mut first = last;
        while first > 0 && self.tokens[first - 1].end as u32 > line_start {
            first -= 1;
        }
        Span::new(self.start(first).max(line_start), end)
    }

    /// The code from the token `first` to the end of the line on which the token `head` begins.
    fn line_from(&self, first: usize, head: usize) -> Span {
        let start = self.start(first);
        let line_end = self.lines.line_start(self.lines.line(self.start(head)) + 1).unwrap_or(u32::MAX);
        let on_line = self.tokens[head.min(self.tokens.len())..].iter().take_while(|it| (it.start as u32) < line_end);
        Span::new(start, on_line.last().map_or(start, |last| last.end as u32))
    }
}

/// Code that a directive can stand on.
struct Statement {
    /// Attributes included.
    span: Span,
    /// The first token behind the attributes.
    head: u32,
    on: DirectiveScope,
}

/// All statements of a file, outer ones before those that they hold.
struct Statements<'c, 't> {
    code: &'c Code<'t>,
    all: Vec<Statement>,
    /// By statement, the number of the one that holds it.
    holders: Vec<Option<usize>>,
    /// Heads in order, with the numbers of their statements.
    heads: Vec<(u32, usize)>,
    /// The token after the attributes and documentation of the file.
    first_code: usize,
}

impl<'c, 't> Statements<'c, 't> {
    fn new(code: &'c Code<'t>, mut all: Vec<Statement>) -> Statements<'c, 't> {
        all.sort_by_key(|it| (it.span.start, Reverse(it.span.end)));
        let mut open: Vec<usize> = Vec::new();
        let mut holders = Vec::with_capacity(all.len());
        for (number, statement) in all.iter().enumerate() {
            while open.pop_if(|outer| all[*outer].span.end <= statement.span.start).is_some() {}
            holders.push(open.last().copied());
            open.push(number);
        }
        let mut heads: Vec<_> = all.iter().enumerate().map(|(number, it)| (it.head, number)).collect();
        heads.sort_unstable();
        Statements { code, all, holders, heads, first_code: code.skip_inner_attributes(0) }
    }

    fn line(&self, at: u32) -> u32 {
        self.code.lines.line(at)
    }

    fn subject(&self, comment: &Comment<'_>) -> (Span, DirectiveScope) {
        let line = self.line(comment.span.start);
        let before = comment.next.checked_sub(1);
        match before.filter(|at| self.line(self.code.last_byte(*at)) == line) {
            Some(before) => self.beside(line, before),
            None if self.is_above_all(comment) => (Span::new(0, self.code.text.len() as u32), DirectiveScope::File),
            None => self.below(comment),
        }
    }

    /// What a comment speaks of that stands on a line behind the token `before`.
    fn beside(&self, line: u32, before: usize) -> (Span, DirectiveScope) {
        let by_line = || (self.code.line_until(before), DirectiveScope::Statement);
        if self.code.is_unread(before) {
            return by_line();
        }
        let end = self.code.last_byte(before) + 1;
        let start = self.code.lines.line_start(line).unwrap_or(0);
        let first = self.all.partition_point(|it| it.span.start < start);
        let behind = self.all.partition_point(|it| it.span.start < end);
        let heads =
            self.heads.partition_point(|(head, _)| *head < start)..self.heads.partition_point(|(head, _)| *head < end);
        let here = (first..behind).chain(self.heads[heads].iter().map(|(_, number)| *number));
        if let Some(first) = here.clone().min() {
            let end = here.map(|number| self.all[number].span.end).max().unwrap_or(0);
            return (Span::new(self.all[first].span.start, end), self.all[first].on);
        }
        let around = self.around(behind, |it| self.line(it.span.end.saturating_sub(1)) >= line);
        around.map_or_else(by_line, |around| (around.span, around.on))
    }

    /// What a comment on a line of its own speaks of.
    fn below(&self, comment: &Comment<'_>) -> (Span, DirectiveScope) {
        let head = self.code.skip_attributes(comment.next);
        let by_line = || (self.code.line_from(comment.next, head), DirectiveScope::Statement);
        if self.code.is_unread(head) {
            return by_line();
        }
        let head_start = self.code.start(head);
        let below = self.heads.partition_point(|(head, _)| *head < head_start);
        if let Some((at, number)) = self.heads.get(below)
            && *at == head_start
        {
            return (self.all[*number].span, self.all[*number].on);
        }
        let start = comment.span.start;
        let before = self.all.partition_point(|it| it.span.start < start);
        let ends_block = self.code.tokens.get(head).is_some_and(|next| next.token == Token::Close { is_brace: true });
        match self.around(before, |it| it.span.end > start) {
            // Below the last statement of a function's body nothing is left to speak of.
            Some(around) if ends_block && around.on == DirectiveScope::Definition => {
                (Span::new(start, start), DirectiveScope::Statement)
            }
            Some(around) => (around.span, around.on),
            None => by_line(),
        }
    }

    /// The last statement before the number `end`, or the innermost one around it, that reaches far enough.
    fn around(&self, end: usize, reaches: impl Fn(&Statement) -> bool) -> Option<&Statement> {
        let mut number = end.checked_sub(1);
        while let Some(at) = number {
            if reaches(&self.all[at]) {
                return Some(&self.all[at]);
            }
            number = self.holders[at];
        }
        None
    }

    /// Above all code but attributes and documentation of the file, and the block of comments is followed by an empty
    /// line.
    fn is_above_all(&self, comment: &Comment<'_>) -> bool {
        if self.first_code < comment.next {
            return false;
        }
        for (number, line) in self.code.text[comment.span.end as usize..].lines().enumerate() {
            match line.trim() {
                "" if number == 0 => {}
                "" => return true,
                line if line.starts_with("//") => {}
                line => return line.starts_with("#!["),
            }
        }
        comment.next == self.code.tokens.len()
    }
}

/// Finds the statements, items and arms of a file.
struct Collector<'s, 't> {
    file: &'s File<'t>,
    code: &'s Code<'t>,
    comments: &'s [Comment<'t>],
    level: usize,
    found: Vec<Statement>,
}

impl Collector<'_, '_> {
    /// `token` is one of the code before its first brace; `last` its last.
    fn push(&mut self, on: DirectiveScope, token: proc_macro2::Span, last: proc_macro2::Span) {
        self.push_from(on, self.file.start(token), self.file.end(last));
    }

    fn push_from(&mut self, on: DirectiveScope, token: u32, end: u32) {
        let Ok(token) = self.code.tokens.binary_search_by_key(&token, |it| it.start as u32) else { return };
        let first = self.code.first_token(token);
        let head = self.code.start(self.code.skip_attributes(first));
        let start = self.code.start(first);
        if start < end {
            self.found.push(Statement { span: Span::new(start, end), head, on });
        }
    }

    fn definition(&mut self, token: proc_macro2::Span, last: proc_macro2::Span) {
        self.push(DirectiveScope::Definition, token, last);
    }

    fn statement(&mut self, token: proc_macro2::Span, last: proc_macro2::Span) {
        self.push(DirectiveScope::Statement, token, last);
    }

    fn macro_item(&mut self, mac: &Macro, semi: Option<&syn::Token![;]>) {
        self.statement(source::path_first(&mac.path), semi.map_or(source::macro_last(mac), |semi| semi.span));
    }

    fn holds_comment(&self, span: Span) -> bool {
        let at = self.comments.partition_point(|comment| comment.span.start < span.start);
        self.comments.get(at).is_some_and(|comment| comment.span.end <= span.end)
    }

    fn select(&mut self, arms: &[select::SelectArm]) {
        for arm in arms {
            let first = match (&arm.pat, &arm.operation) {
                (Some(pat), _) if !arm.is_channel => source::pattern(self.file, pat).start,
                (_, Some(operation)) => self.file.expr(operation).start,
                _ => self.file.expr(&arm.handler).start,
            };
            self.push_from(DirectiveScope::Statement, first, self.file.expr(&arm.handler).end);
            if let Some(operation) = &arm.operation {
                Visit::visit_expr(self, operation);
            }
            Visit::visit_expr(self, &arm.handler);
        }
    }
}

impl<'ast> Visit<'ast> for Collector<'_, '_> {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Fn(it) => self.definition(it.sig.fn_token.span, source::close(it.block.brace_token.span)),
            Item::Impl(it) => self.definition(it.impl_token.span, source::close(it.brace_token.span)),
            Item::Trait(it) => self.definition(it.trait_token.span, source::close(it.brace_token.span)),
            Item::Enum(it) => self.definition(it.enum_token.span, source::close(it.brace_token.span)),
            Item::Union(it) => self.definition(it.union_token.span, source::close(it.fields.brace_token.span)),
            Item::Struct(it) => {
                let last = match (&it.semi_token, &it.fields) {
                    (Some(semi), _) => semi.span,
                    (None, syn::Fields::Named(fields)) => source::close(fields.brace_token.span),
                    (None, _) => it.ident.span(),
                };
                self.definition(it.struct_token.span, last);
            }
            Item::Mod(it) => {
                let last = it.content.as_ref().map(|(brace, _)| source::close(brace.span));
                let last = last.or(it.semi.map(|semi| semi.span)).unwrap_or(it.ident.span());
                self.definition(it.mod_token.span, last);
            }
            Item::Const(it) => self.statement(it.const_token.span, it.semi_token.span),
            Item::Static(it) => self.statement(it.static_token.span, it.semi_token.span),
            Item::Type(it) => self.statement(it.type_token.span, it.semi_token.span),
            Item::TraitAlias(it) => self.statement(it.trait_token.span, it.semi_token.span),
            Item::Use(it) => self.statement(it.use_token.span, it.semi_token.span),
            Item::ExternCrate(it) => self.statement(it.extern_token.span, it.semi_token.span),
            Item::ForeignMod(it) => self.statement(it.abi.extern_token.span, source::close(it.brace_token.span)),
            Item::Macro(it) => self.macro_item(&it.mac, it.semi_token.as_ref()),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        match item {
            ImplItem::Fn(it) => self.definition(it.sig.fn_token.span, source::close(it.block.brace_token.span)),
            ImplItem::Const(it) => self.statement(it.const_token.span, it.semi_token.span),
            ImplItem::Type(it) => self.statement(it.type_token.span, it.semi_token.span),
            ImplItem::Macro(it) => self.macro_item(&it.mac, it.semi_token.as_ref()),
            _ => {}
        }
        visit::visit_impl_item(self, item);
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        match item {
            TraitItem::Fn(it) => {
                let block = it.default.as_ref().map(|block| source::close(block.brace_token.span));
                let last = block.or(it.semi_token.map(|semi| semi.span)).unwrap_or(it.sig.ident.span());
                self.definition(it.sig.fn_token.span, last);
            }
            TraitItem::Const(it) => self.statement(it.const_token.span, it.semi_token.span),
            TraitItem::Type(it) => self.statement(it.type_token.span, it.semi_token.span),
            TraitItem::Macro(it) => self.macro_item(&it.mac, it.semi_token.as_ref()),
            _ => {}
        }
        visit::visit_trait_item(self, item);
    }

    fn visit_foreign_item(&mut self, item: &'ast ForeignItem) {
        match item {
            ForeignItem::Fn(it) => self.definition(it.sig.fn_token.span, it.semi_token.span),
            ForeignItem::Static(it) => self.statement(it.static_token.span, it.semi_token.span),
            ForeignItem::Type(it) => self.statement(it.type_token.span, it.semi_token.span),
            ForeignItem::Macro(it) => self.macro_item(&it.mac, it.semi_token.as_ref()),
            _ => {}
        }
        visit::visit_foreign_item(self, item);
    }

    fn visit_stmt(&mut self, stmt: &'ast Stmt) {
        match stmt {
            Stmt::Local(it) => self.statement(it.let_token.span, it.semi_token.span),
            Stmt::Expr(it, semi) => {
                let last = semi.map_or_else(|| source::last_token(it), |semi| semi.span);
                self.statement(source::first_token(it), last);
            }
            Stmt::Macro(it) => self.macro_item(&it.mac, it.semi_token.as_ref()),
            _ => {}
        }
        visit::visit_stmt(self, stmt);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        let start = source::pattern(self.file, &arm.pat).start;
        let end = arm.comma.map_or_else(|| source::last_token(&arm.body), |comma| comma.span());
        self.push_from(DirectiveScope::Statement, start, self.file.end(end));
        visit::visit_arm(self, arm);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        let span = self.file.join(source::path_first(&mac.path), source::macro_last(mac));
        if self.level == MACRO_LEVELS || !self.holds_comment(span) {
            return;
        }
        self.level += 1;
        if let Ok(statements) = mac.parse_body_with(Block::parse_within) {
            for statement in &statements {
                Visit::visit_stmt(self, statement);
            }
        } else if let Some(arms) = select::parse(&mac.tokens) {
            self.select(&arms);
        }
        self.level -= 1;
    }
}

#[cfg(test)]
mod tests;

//! Comments that speak to unsnarl, and what they speak of.

use super::syntax::{At, Kind, Syntax};
use crate::model::{Directive, DirectiveScope};
use crate::text::{LineIndex, Span, Strings};

/// A statement, with the line on which it begins and the one on which it ends.
struct Statement {
    span: Span,
    first_line: u32,
    last_line: u32,
    is_definition: bool,
}

/// The directives of a file.
pub(super) fn read(text: &str, syntax: &Syntax, strings: &mut Strings) -> Vec<Directive> {
    let mut directives = Vec::new();
    let mut context: Option<(LineIndex, Vec<Statement>)> = None;
    for (start, end) in syntax.comments.iter().copied() {
        let comment = &text[start as usize..end as usize];
        let Some(content) = comment.trim_start_matches('#').trim_start().strip_prefix("unsnarl:") else { continue };
        let (lines, statements) = context.get_or_insert_with(|| {
            let lines = LineIndex::new(text);
            let statements = statements(syntax, &lines);
            (lines, statements)
        });
        let (covers, on) = subject(text, start, lines, statements);
        let trimmed = comment.trim_end().len() as u32;
        let text = strings.intern(content.trim());
        directives.push(Directive { span: Span::new(start, start + trimmed), text, covers, on });
    }
    directives
}

/// All statements, outer ones before those that they hold.
fn statements(syntax: &Syntax, lines: &LineIndex) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut decorated: Option<(At, Span)> = None;
    for at in 0..syntax.nodes.len() as At {
        let node = syntax.node(at);
        if !node.kind.is_statement() {
            continue;
        }
        let mut span = Span::new(node.start, node.end);
        let mut is_definition = matches!(node.kind, Kind::Function | Kind::Class);
        if node.kind == Kind::Decorated {
            is_definition = true;
            decorated = Some((node.next, span));
        } else if let Some((end, whole)) = decorated
            && is_definition
            && node.next == end
        {
            span = whole;
        }
        let last = node.end.saturating_sub(1).max(node.start);
        let first_line = lines.line(node.start);
        statements.push(Statement { span, first_line, last_line: lines.line(last), is_definition });
    }
    statements
}

fn scope_of(statement: &Statement) -> DirectiveScope {
    if statement.is_definition { DirectiveScope::Definition } else { DirectiveScope::Statement }
}

fn subject(text: &str, start: u32, lines: &LineIndex, statements: &[Statement]) -> (Span, DirectiveScope) {
    let line = lines.line(start);
    let line_start = lines.line_start(line).unwrap_or(0);
    let before = &text[line_start as usize..start as usize];
    let whole = Span::new(0, text.len() as u32);
    let is_alone = before.trim_matches(|it: char| it.is_whitespace() || it == '\u{feff}').is_empty();
    if !is_alone {
        let mut on_line = statements.iter().filter(|it| it.first_line == line);
        if let Some(first) = on_line.next() {
            let end = on_line.map(|it| it.span.end).max().unwrap_or(0).max(first.span.end);
            return (Span::new(first.span.start, end), scope_of(first));
        }
    }
    let around = statements.iter().rev().find(|it| {
        let holds = it.first_line <= line && line <= it.last_line;
        holds && (!is_alone || (it.span.start < start && start < it.span.end && !is_between(it, start, statements)))
    });
    if let Some(around) = around {
        return (around.span, scope_of(around));
    }
    if is_alone && is_above_all(text, start, statements) {
        return (whole, DirectiveScope::File);
    }
    match statements.iter().find(|it| it.span.start > start) {
        Some(next) => (next.span, scope_of(next)),
        None => (Span::new(start, start), DirectiveScope::Statement),
    }
}

/// Whether a place in a statement is among the statements that it holds, and so above one of them.
fn is_between(around: &Statement, at: u32, statements: &[Statement]) -> bool {
    statements
        .iter()
        .any(|it| it.span.start > at && it.span.end <= around.span.end && it.first_line > around.first_line)
}

/// Above all code but a docstring, and the block of comments is followed by an empty line.
fn is_above_all(text: &str, start: u32, statements: &[Statement]) -> bool {
    let is_docstring = |it: &Statement| {
        let source = text[it.span.range()].trim_start_matches(['r', 'R', 'u', 'U']);
        source.starts_with(['"', '\''])
    };
    if statements.iter().any(|it| it.span.start < start && !is_docstring(it)) {
        return false;
    }
    for line in text[start as usize..].lines().skip(1) {
        match line.trim() {
            "" => return true,
            comment if comment.starts_with('#') => {}
            _ => return false,
        }
    }
    statements.iter().all(|it| it.span.start < start)
}

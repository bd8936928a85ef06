//! Comments as text: where a line is, what stands above or behind it, and what a comment must leave as it is.
//!
//! Knows of the languages how their comments begin, and nothing else of their syntax: whether a comment does what it
//! should, the front end says.

use super::{Decoded, Source, lower};
use crate::catalogue::Language;
use crate::lint::{allow_comment, non_blocking_comment};
use crate::model::{DirectiveScope, FileFacts};
use crate::text::{Edit, Span};

/// How a comment begins.
pub fn marker(language: Language) -> &'static str {
    match language {
        Language::Python => "#",
        Language::Rust => "//",
    }
}

/// The line that holds a byte, from 1.
pub fn line(text: &str, at: u32) -> u32 {
    text[..at as usize].matches('\n').count() as u32 + 1
}

/// A comment on a line of its own, indented as the line below.
pub fn above(text: &str, line: u32, comment: &str) -> Option<Edit> {
    let (span, end) = of_line(text, line)?;
    let code = &text[span.range()];
    let mark = code.len() - code.trim_start_matches('\u{feff}').len();
    let code = &code[mark..];
    let indentation = &code[..code.len() - code.trim_start().len()];
    let end = if end.is_empty() { line_end(text) } else { end };
    let at = span.start + mark as u32;
    Some(Edit { span: Span::new(at, at), text: format!("{indentation}{comment}{end}") })
}

/// A comment behind a line's code.
pub fn behind(text: &str, line: u32, comment: &str) -> Option<Edit> {
    let (span, _) = of_line(text, line)?;
    let end = span.start + text[span.range()].trim_end().len() as u32;
    Some(Edit { span: Span::new(end, end), text: format!("  {comment}") })
}

/// A line, from 1, without what ends it, and what ends it.
fn of_line(text: &str, line: u32) -> Option<(Span, &str)> {
    let start: usize = text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
    let whole = text[start..].split_inclusive('\n').next()?;
    let code = whole.strip_suffix('\n').map_or(whole, |code| code.strip_suffix('\r').unwrap_or(code));
    Some((Span::new(start as u32, (start + code.len()) as u32), &whole[code.len()..]))
}

/// How lines end in a text.
fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// What a comment must not change: notes, definitions, and how much happens in each unit.
pub fn shape(facts: &FileFacts) -> impl PartialEq + use<> {
    let units: Vec<[usize; 4]> = facts
        .units
        .iter()
        .map(|unit| [unit.functions.len(), unit.values.len(), unit.regions.len(), unit.locals.len()])
        .collect();
    (facts.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), facts.outline.definitions.len(), units)
}

/// A comment that allows a lint in the whole file, above all of its code.
pub fn allow_in_file(source: &Source, lint: &'static str, reason: &str) -> Option<Edit> {
    // Below `#!/usr/bin/env python` and the line that names the encoding.
    const LINES_TRIED: u32 = 4;
    let comment = format!("{} {}", marker(source.dialect.language()), allow_comment(&[lint], Some(reason)));
    (1..=LINES_TRIED).find_map(|line| {
        let mut edit = above(&source.decoded.text, line, &comment)?;
        edit.text.push_str(line_end(&source.decoded.text));
        does(source, &edit, |directive, _| directive.on == DirectiveScope::File).then_some(edit)
    })
}

/// A comment that says of the function in a span that it does not block; above it and its decorators or attributes.
pub fn mark_non_blocking(source: &Source, function: Span, reason: &str) -> Option<Edit> {
    const LINES_TRIED: u32 = 20;
    let comment = format!("{} {}", marker(source.dialect.language()), non_blocking_comment(reason));
    let own = line(&source.decoded.text, function.start);
    (own.saturating_sub(LINES_TRIED).max(1)..=own).rev().find_map(|line| {
        let edit = above(&source.decoded.text, line, &comment)?;
        let after = function.offset(edit.text.len() as u32);
        let is_above = |directive: &crate::model::Directive, _: &FileFacts| {
            directive.on == DirectiveScope::Definition && directive.covers.contains(after)
        };
        does(source, &edit, is_above).then_some(edit)
    })
}

/// Whether an insertion adds one directive, which is as wanted, and leaves the code as it is.
fn does(source: &Source, edit: &Edit, wanted: impl Fn(&crate::model::Directive, &FileFacts) -> bool) -> bool {
    let mut text = source.decoded.text.clone();
    text.insert_str(edit.span.start as usize, &edit.text);
    let before = lower(source);
    let after = lower(&Source { dialect: source.dialect, decoded: Decoded { text, notes: Vec::new() } });
    let added = Span::new(edit.span.start, edit.span.start + edit.text.len() as u32);
    let new = after.directives.iter().find(|directive| added.contains(directive.span));
    after.directives.len() == before.directives.len() + 1
        && shape(&before) == shape(&after)
        && new.is_some_and(|new| wanted(new, &after))
}

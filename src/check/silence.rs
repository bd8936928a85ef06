//! Comments that silence findings, written into the texts that the findings are in.
//!
//! Nothing is assumed of the language but how its comments begin: a comment is kept if the front end then says that it
//! covers the finding, and that the code is what it was. Writes no file.

use super::{Decoded, Source, comments, lower};
use crate::lint::{Suppressions, allow_comment, extended_allow};
use crate::model::{Directive, DirectiveScope, FileFacts};
use crate::text::{Edit, FileId, Span};

/// Lines above a finding that are tried when no comment fits directly above it: a long text, a chain of `elif`.
const LINES_TRIED: u32 = 50;

/// A text with comments.
#[derive(Clone, Debug)]
pub struct Silenced {
    pub text: String,
    /// What leads to the text, one after the other: each counts in what the ones before it left.
    pub edits: Vec<Edit>,
    /// Findings that are not silenced, because no comment was found that does it.
    pub left: usize,
}

/// Silences findings, given as their calls and the lints that complain of them, by as few comments as are needed.
///
/// A comment stands on a line of its own above the statement. Where one stands already that allows another lint, the
/// lint is added to it. The facts are those of the new text.
pub fn silence(source: &Source, findings: &[(Span, Vec<&'static str>)], reason: Option<&str>) -> (Silenced, FileFacts) {
    let mut text = Commented { facts: lower(source), source: source.clone(), reason, edits: Vec::new() };
    let mut left = 0;
    let mut at: Vec<(Span, &[&'static str])> = findings.iter().map(|(span, lints)| (*span, &lints[..])).collect();
    at.sort();
    // From the end: what is inserted for one rarely moves the next.
    while let Some((span, lints)) = at.pop() {
        let before = text.edits.len();
        left += usize::from(!text.silence(span, lints));
        for edit in &text.edits[before..] {
            at.iter_mut().for_each(|(span, _)| *span = moved(*span, edit));
        }
    }
    (Silenced { text: text.source.decoded.text, edits: text.edits, left }, text.facts)
}

/// Applies edits, one after the other, to the bytes of the text that they were made for.
pub fn apply(bytes: &mut Vec<u8>, edits: &[Edit]) {
    for edit in edits {
        bytes.splice(edit.span.range(), edit.text.bytes());
    }
}

/// Where a span is after an edit, which replaces nothing inside it.
fn moved(span: Span, edit: &Edit) -> Span {
    let grown = edit.text.len() as u32 - edit.span.len();
    let shift = |at: u32, is_end: bool| {
        let is_behind = if is_end { at > edit.span.start } else { at >= edit.span.end };
        if is_behind { at + grown } else { at }
    };
    Span::new(shift(span.start, false), shift(span.end, true))
}

/// A text on its way.
struct Commented<'r> {
    source: Source,
    facts: FileFacts,
    reason: Option<&'r str>,
    edits: Vec<Edit>,
}

/// An edit that does what it should.
struct Trial {
    edit: Edit,
    source: Source,
    facts: FileFacts,
    /// What the comment covers, in the text before the edit.
    covers: Span,
}

impl Commented<'_> {
    /// Whether the finding is silent afterwards.
    fn silence(&mut self, at: Span, lints: &[&'static str]) -> bool {
        let missing: Vec<&'static str> =
            lints.iter().copied().filter(|lint| !is_allowed(&self.facts, at, lint)).collect();
        if missing.is_empty() {
            return true;
        }
        let Some(found) = self.new_comment(at, &missing) else { return false };
        let merged = self.facts.directives.iter().filter(|directive| directive.covers == found.covers);
        let merged = merged.filter_map(|directive| self.merged(directive, &missing));
        let Trial { edit, source, facts, .. } =
            merged.filter_map(|edit| self.tried(edit, at, &missing, 0)).next().unwrap_or(found);
        self.edits.push(edit);
        self.source = source;
        self.facts = facts;
        true
    }

    fn new_comment(&self, at: Span, lints: &[&'static str]) -> Option<Trial> {
        let line = self.line(at.start);
        let higher = (line.saturating_sub(LINES_TRIED).max(1)..line).rev();
        let places = [self.above(line, lints), self.behind(line, lints)].into_iter();
        let places = places.chain(higher.map(|line| self.above(line, lints)));
        let mut found = places.chain([self.behind(self.line(at.end), lints)]).flatten();
        let found = found.find_map(|edit| self.tried(edit, at, lints, 1))?;
        // Inside a statement or behind it: above it is better, if that covers no more.
        let over = self.above(self.line(found.covers.start), lints).filter(|edit| *edit != found.edit);
        let over = over.and_then(|edit| self.tried(edit, at, lints, 1));
        Some(over.filter(|over| over.covers == found.covers).unwrap_or(found))
    }

    fn text(&self) -> &str {
        &self.source.decoded.text
    }

    /// The line that holds a byte, from 1.
    fn line(&self, at: u32) -> u32 {
        comments::line(self.text(), at)
    }

    fn comment(&self, lints: &[&'static str]) -> String {
        let marker = comments::marker(self.source.dialect.language());
        format!("{marker} {}", allow_comment(lints, self.reason))
    }

    /// A comment on a line of its own, indented as the line below.
    fn above(&self, line: u32, lints: &[&'static str]) -> Option<Edit> {
        comments::above(self.text(), line, &self.comment(lints))
    }

    /// A comment behind a line's code.
    fn behind(&self, line: u32, lints: &[&'static str]) -> Option<Edit> {
        comments::behind(self.text(), line, &self.comment(lints))
    }

    /// Lints added to a comment that allows others.
    fn merged(&self, directive: &Directive, lints: &[&'static str]) -> Option<Edit> {
        const MARKER: &str = "unsnarl:";
        let comment = &self.text()[directive.span.range()];
        let content = comment.find(MARKER)? + MARKER.len();
        let content = content + (comment[content..].len() - comment[content..].trim_start().len());
        let (at, added) = extended_allow(self.facts.text(directive.text), lints, self.reason)?;
        let at = directive.span.start + (content + at) as u32;
        Some(Edit { span: Span::new(at, at), text: added })
    }

    /// The edit, if afterwards the lints are allowed at the place, there are `more` directives, and the code is what it
    /// was.
    fn tried(&self, edit: Edit, at: Span, lints: &[&'static str], more: usize) -> Option<Trial> {
        let mut text = self.text().to_owned();
        text.insert_str(edit.span.start as usize, &edit.text);
        let notes = self.source.decoded.notes.clone();
        let source = Source { dialect: self.source.dialect, decoded: Decoded { text, notes } };
        let facts = lower(&source);
        let after = moved(at, &edit);
        let is_same = facts.directives.len() == self.facts.directives.len() + more
            && comments::shape(&facts) == comments::shape(&self.facts);
        if !is_same || !lints.iter().all(|lint| is_allowed(&facts, after, lint)) {
            return None;
        }
        let written = Span::new(edit.span.start, edit.span.start + edit.text.len() as u32);
        let mut new = facts.directives.iter().filter(|directive| {
            directive.span.start <= written.end
                && written.start <= directive.span.end
                && directive.covers.contains(after)
        });
        let covers = new.find(|directive| directive.on != DirectiveScope::File)?.covers;
        let back = |offset: u32| if offset >= written.end { offset - written.len() } else { offset.min(written.start) };
        let covers = Span::new(back(covers.start), back(covers.end));
        Some(Trial { edit, source, facts, covers })
    }
}

fn is_allowed(facts: &FileFacts, at: Span, lint: &'static str) -> bool {
    let allows = Suppressions::read([(FileId(0), facts)], crate::lints::ALL).allows;
    allows.iter().any(|allow| allow.covers.contains(at) && allow.lints.contains(&lint))
}

#[cfg(test)]
#[path = "silence_tests.rs"]
mod tests;

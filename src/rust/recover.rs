//! Files that do not parse as a whole, or nest too deep: what does not read is blanked out, item by item and member by
//! member, so that the rest keeps its place.

use std::borrow::Cow;

use proc_macro2::extra::invalidate_current_thread_spans;

use super::scan::{Scanner, Token, depth};
use crate::model::{Note, NoteKind};
use crate::text::Span;

/// The syntax tree may be this deep; what is deeper is left out.
pub(super) const DEEPEST: usize = 2_000;

/// Modules and impls that do not parse are taken apart this many levels down.
const MODULE_LEVELS: usize = 8;

/// A text that parses, of the same length, and what was left out of it.
pub(super) fn readable<'t>(text: &'t str, depth_of_text: usize) -> (Cow<'t, str>, Vec<Note>) {
    if depth_of_text <= DEEPEST && parses(text, Kind::Items) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut blanked = Blanked { bytes: text.as_bytes().to_vec(), notes: Vec::new() };
    blanked.items(text, 0, text.len(), Kind::Items, 0);
    let Blanked { bytes, mut notes } = blanked;
    notes.sort_by_key(|note| note.span.start);
    let readable = String::from_utf8(bytes).unwrap_or_default();
    if parses(&readable, Kind::Items) {
        return (Cow::Owned(readable), notes);
    }
    let whole = Span::new(0, text.len() as u32);
    (Cow::Borrowed(""), vec![Note { kind: NoteKind::Syntax, span: whole }])
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Items,
    ImplMembers,
    TraitMembers,
}

fn parses(text: &str, kind: Kind) -> bool {
    let parsed = match kind {
        Kind::Items => syn::parse_file(text).is_ok(),
        Kind::ImplMembers => syn::parse_str::<syn::ItemImpl>(&format!("impl X {{{text}\n}}")).is_ok(),
        Kind::TraitMembers => syn::parse_str::<syn::ItemTrait>(&format!("trait X {{{text}\n}}")).is_ok(),
    };
    invalidate_current_thread_spans();
    parsed
}

struct Blanked {
    bytes: Vec<u8>,
    notes: Vec<Note>,
}

impl Blanked {
    fn items(&mut self, text: &str, start: usize, end: usize, kind: Kind, level: usize) {
        for (item_start, item_end) in split(&text[start..end]) {
            let (item_start, item_end) = (start + item_start, start + item_end);
            let item = &text[item_start..item_end];
            let is_deep = depth(item) > DEEPEST;
            if !is_deep && parses(item, kind) {
                continue;
            }
            if level < MODULE_LEVELS
                && let Some((inner_kind, inner_start, inner_end)) = body_of(item)
            {
                // What stands around the members must parse, or nothing of it can be kept.
                let (inner_start, inner_end) = (item_start + inner_start, item_start + inner_end);
                let frame = format!("{}{}", &text[item_start..inner_start], &text[inner_end..item_end]);
                if depth(&frame) <= DEEPEST && parses(&frame, kind) {
                    self.items(text, inner_start, inner_end, inner_kind, level + 1);
                    continue;
                }
            }
            let note = if is_deep { NoteKind::TooDeep } else { NoteKind::Syntax };
            self.notes.push(Note { kind: note, span: Span::new(item_start as u32, item_end as u32) });
            for byte in &mut self.bytes[item_start..item_end] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        }
    }
}

/// Where the items of a text begin and end.
fn split(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    let mut open = Brackets::default();
    let mut first_column = None;
    let mut needs_semicolon = false;
    let mut head_open = true;
    let mut scanner = Scanner::new(text).peekable();
    while let Some(scanned) = scanner.next() {
        if scanned.token == Token::Comment {
            continue;
        }
        let word = &text[scanned.start..scanned.end];
        // A keyword of items in the items' own column, with brackets still open, is most likely the next item.
        let column = *first_column.get_or_insert_with(|| indentation(text, scanned.start));
        let is_item = scanned.token == Token::Word && is_item_word(word);
        if !open.is_empty() && is_item && column.is_some() && indentation(text, scanned.start) == column {
            if let Some(begin) = start.take() {
                found.push((begin, scanned.start));
            }
            open.clear();
        }
        if start.is_none() {
            start = Some(scanned.start);
            needs_semicolon = false;
            head_open = true;
        }
        let begin = start.unwrap_or(scanned.start);
        match scanned.token {
            Token::Open => open.open(word),
            Token::Close { is_brace } => {
                open.close(word);
                let goes_on = scanner.peek().is_some_and(|next| next.token == Token::Punct(b';'));
                if open.is_empty() && is_brace && !needs_semicolon && !goes_on {
                    found.push((begin, scanned.end));
                    start = None;
                }
            }
            Token::Punct(b';') if open.is_empty() => {
                found.push((begin, scanned.end));
                start = None;
            }
            Token::Word if open.is_empty() && head_open => match word {
                "use" | "static" | "type" => {
                    needs_semicolon = true;
                    head_open = false;
                }
                "const" => {
                    let is_function = scanner.peek().is_some_and(|next| {
                        matches!(&text[next.start..next.end], "fn" | "unsafe" | "async" | "extern")
                    });
                    needs_semicolon = !is_function;
                    head_open = is_function;
                }
                "pub" | "unsafe" | "async" | "extern" | "default" => {}
                _ => head_open = false,
            },
            _ => {}
        }
    }
    if let Some(begin) = start {
        found.push((begin, text.len()));
    }
    found
}

fn is_item_word(word: &str) -> bool {
    matches!(
        word,
        "pub"
            | "fn"
            | "async"
            | "unsafe"
            | "impl"
            | "struct"
            | "enum"
            | "trait"
            | "mod"
            | "use"
            | "const"
            | "static"
            | "type"
            | "macro_rules"
            | "extern"
            | "union"
    )
}

/// Bytes before the first token of its line; none if another token stands before it.
fn indentation(text: &str, at: usize) -> Option<usize> {
    let before = &text.as_bytes()[..at];
    let blank = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    (blank == at || before[at - blank - 1] == b'\n').then_some(blank)
}

/// Open brackets; a `}` closes what is still open since its `{`.
#[derive(Default)]
struct Brackets {
    open: Vec<u8>,
}

impl Brackets {
    fn open(&mut self, bracket: &str) {
        self.open.extend(bracket.bytes());
    }

    fn close(&mut self, bracket: &str) {
        let opening = match bracket {
            ")" => b'(',
            "]" => b'[',
            _ => b'{',
        };
        if opening == b'{' {
            if let Some(at) = self.open.iter().rposition(|open| *open == b'{') {
                self.open.truncate(at);
            }
        } else if self.open.last() == Some(&opening) {
            self.open.pop();
        }
    }

    fn clear(&mut self) {
        self.open.clear();
    }

    fn is_empty(&self) -> bool {
        self.open.is_empty()
    }
}

/// What is between the braces of a module, impl or trait.
fn body_of(item: &str) -> Option<(Kind, usize, usize)> {
    let mut kind = None;
    let mut brackets = Brackets::default();
    let mut open = None;
    let mut close = None;
    for scanned in Scanner::new(item) {
        match scanned.token {
            Token::Word if brackets.is_empty() && kind.is_none() => match &item[scanned.start..scanned.end] {
                "impl" => kind = Some(Kind::ImplMembers),
                "trait" => kind = Some(Kind::TraitMembers),
                "mod" => kind = Some(Kind::Items),
                "fn" | "struct" | "enum" | "use" | "static" | "type" | "macro_rules" => return None,
                _ => {}
            },
            Token::Open => {
                let bracket = &item[scanned.start..scanned.end];
                if brackets.is_empty() && bracket == "{" && open.is_none() {
                    open = Some(scanned.end);
                }
                brackets.open(bracket);
            }
            Token::Close { is_brace } => {
                brackets.close(&item[scanned.start..scanned.end]);
                if brackets.is_empty() && is_brace {
                    close = Some(scanned.start);
                }
            }
            _ => {}
        }
    }
    let (open, close) = (open?, close?);
    (open <= close).then_some((kind?, open, close))
}

//! Reads around lines that cannot be parsed: the smallest statements that are broken on their own are replaced by
//! `pass`, byte for byte, so that what stands around them is parsed as if they were not there.

use super::mask::string_after;

/// Blocks in blocks that are looked into.
const MAX_LEVELS: usize = 12;

/// Bytes that are parsed for each byte of the text, at most.
const MAX_WORK: usize = 16;

/// A text without its broken statements, and where those are.
pub(super) struct Recovered {
    pub text: String,
    pub broken: Vec<(u32, u32)>,
}

/// A line, without its end.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
    indent: usize,
    /// Begins a statement, rather than continuing a string or bracket, or being blank.
    is_start: bool,
}

/// Leaves out what `parses` refuses.
pub(super) fn without_broken_statements(text: &str, parses: &mut dyn FnMut(&str) -> bool) -> Option<Recovered> {
    let lines = lines(text);
    let mut recovery =
        Recovery { text, bytes: text.as_bytes().to_vec(), broken: Vec::new(), work: MAX_WORK * text.len(), parses };
    recovery.statements(&lines, 0);
    if recovery.broken.is_empty() {
        return None;
    }
    let Recovery { bytes, broken, .. } = recovery;
    Some(Recovered { text: String::from_utf8(bytes).ok()?, broken })
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut quote = None;
    for full in text.split_inclusive('\n') {
        let line = full.trim_end_matches(['\n', '\r']);
        let content = line.trim_start_matches([' ', '\t', '\u{c}', '\u{feff}']);
        let indent = line[..line.len() - content.len()].bytes().map(|byte| if byte == b'\t' { 8 } else { 1 }).sum();
        let is_start = quote.is_none() && !content.is_empty() && !content.starts_with(['#', ')', ']', '}']);
        lines.push(Line { start, end: start + line.len(), indent, is_start });
        quote = string_after(full, quote);
        start += full.len();
    }
    lines
}

struct Recovery<'a> {
    text: &'a str,
    bytes: Vec<u8>,
    /// In the order of the text.
    broken: Vec<(u32, u32)>,
    /// Bytes that may still be parsed.
    work: usize,
    parses: &'a mut dyn FnMut(&str) -> bool,
}

impl Recovery<'_> {
    /// Goes over the statements of one block.
    fn statements(&mut self, lines: &[Line], level: usize) {
        let Some(indent) = lines.iter().find(|line| line.is_start).map(|line| line.indent) else { return };
        let mut first = 0;
        while first < lines.len() {
            let end = self.statement_end(lines, first, indent);
            self.statement(&lines[first..end], level);
            first = end;
        }
    }

    /// Behind the lines of the statement that begins at `first`, decorators and clauses included.
    fn statement_end(&self, lines: &[Line], first: usize, indent: usize) -> usize {
        let mut decorated = self.starts_with(lines[first], &["@"]);
        let mut at = first + 1;
        while at < lines.len() {
            let line = lines[at];
            if line.is_start && line.indent <= indent {
                let is_decorator = self.starts_with(line, &["@"]);
                let is_clause = self.starts_with(line, &["else", "elif", "except", "finally"]);
                if !decorated && !is_clause {
                    break;
                }
                decorated = decorated && is_decorator;
            }
            at += 1;
        }
        at
    }

    fn starts_with(&self, line: Line, words: &[&str]) -> bool {
        let content = self.bytes[line.start..line.end].trim_ascii_start();
        line.is_start && words.iter().any(|word| content.starts_with(word.as_bytes()))
    }

    fn statement(&mut self, lines: &[Line], level: usize) {
        let Some(head) = lines.iter().position(|line| line.is_start) else { return };
        let lines = &lines[head..];
        if self.is_whole(lines) {
            return;
        }
        let indent = lines[0].indent;
        if level < MAX_LEVELS {
            let mut from = 0;
            for at in 0..=lines.len() {
                let is_head = lines.get(at).is_none_or(|line| line.is_start && line.indent <= indent);
                if is_head {
                    let body = self.behind_head(lines, from, at);
                    if body > from && lines[body..at].iter().any(|line| line.is_start) {
                        self.statements(&lines[body..at], level + 1);
                    }
                    from = at;
                }
            }
            if self.is_whole(lines) {
                return;
            }
        }
        self.leave_out(lines);
    }

    /// The first line behind the head that begins at `from`: behind a line that ends with a colon.
    fn behind_head(&self, lines: &[Line], from: usize, end: usize) -> usize {
        for (at, line) in lines.iter().enumerate().take(end).skip(from) {
            let content = &self.bytes[line.start..line.end];
            let code = content.split(|byte| *byte == b'#').next().unwrap_or_default();
            if code.trim_ascii_end().ends_with(b":") {
                return at + 1;
            }
        }
        from
    }

    fn is_whole(&mut self, lines: &[Line]) -> bool {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return true };
        let Ok(source) = std::str::from_utf8(&self.bytes[first.start..last.end]) else { return false };
        if source.len() > self.work {
            return false;
        }
        self.work -= source.len();
        let source = match first.indent {
            0 => format!("{source}\n"),
            _ => format!("if x:\n{source}\n"),
        };
        (self.parses)(&source)
    }

    /// Writes `pass` over a statement.
    fn leave_out(&mut self, lines: &[Line]) {
        let (Some(first), Some(last)) = (lines.first(), lines.iter().rev().find(|line| line.start < line.end)) else {
            return;
        };
        let line = &self.bytes[first.start..first.end];
        let start = first.start + (line.len() - line.trim_ascii_start().len());
        let end = last.end.max(start);
        while self.broken.last().is_some_and(|(inner, _)| *inner as usize >= start) {
            self.broken.pop();
        }
        self.broken.push((start as u32, end as u32));
        for byte in &mut self.bytes[start..end] {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        let room = first.end.min(end) - start;
        // What is parsed in its place must end between two characters of the text.
        let fits = |filler: &&&str| filler.len() <= room && self.text.is_char_boundary(start + filler.len());
        let filler = ["pass", "...", "()", "0"].iter().find(fits).map_or(&b""[..], |filler| filler.as_bytes());
        self.bytes[start..start + filler.len()].copy_from_slice(filler);
    }
}

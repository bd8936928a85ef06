//! Annotations to type terms, from their text: the same reader serves annotations and annotations in strings.

use crate::catalogue::{Ty, TyId, TyList, TyPool};
use crate::text::Strings;
use rustc_hash::FxHashMap;

/// Brackets and strings nested deeper than this are unknown.
const MAX_DEPTH: u32 = 40;

/// Writes terms of one pool, small ones once.
#[derive(Debug, Default)]
pub(super) struct TermWriter {
    known: FxHashMap<Ty, TyId>,
}

impl TermWriter {
    fn push(&mut self, pool: &mut TyPool, ty: Ty) -> TyId {
        let small = match ty {
            Ty::Unknown | Ty::SelfTy | Ty::Nothing => true,
            Ty::Named { args, .. } => args.len == 0,
            _ => false,
        };
        if !small {
            return pool.push(ty);
        }
        *self.known.entry(ty).or_insert_with(|| pool.push(ty))
    }

    /// The term of an annotation's text.
    pub fn annotation(&mut self, pool: &mut TyPool, strings: &mut Strings, text: &str) -> TyId {
        let mut reader = Reader { writer: self, pool, strings, text, at: 0, depth: 0 };
        let term = reader.union();
        reader.space();
        if reader.at < text.len() { self.push(pool, Ty::Unknown) } else { term }
    }

    pub fn unknown(&mut self, pool: &mut TyPool) -> TyId {
        self.push(pool, Ty::Unknown)
    }
}

struct Reader<'a> {
    writer: &'a mut TermWriter,
    pool: &'a mut TyPool,
    strings: &'a mut Strings,
    text: &'a str,
    at: usize,
    depth: u32,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b'\\' | 12 => self.at += 1,
                b'#' => self.at = self.text[self.at..].find('\n').map_or(self.text.len(), |end| self.at + end),
                _ => break,
            }
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.space();
        let found = self.peek() == Some(byte);
        self.at += found as usize;
        found
    }

    fn push(&mut self, ty: Ty) -> TyId {
        self.writer.push(self.pool, ty)
    }

    /// Gives up: nothing more is read.
    fn unknown(&mut self) -> TyId {
        self.at = self.text.len();
        self.push(Ty::Unknown)
    }

    /// `A | B | …`
    fn union(&mut self) -> TyId {
        if self.depth >= MAX_DEPTH {
            return self.unknown();
        }
        self.depth += 1;
        let first = self.primary();
        let mut parts = vec![first];
        while self.eat(b'|') {
            parts.push(self.primary());
        }
        self.depth -= 1;
        if parts.len() == 1 { first } else { self.union_of(&parts) }
    }

    /// `None` is not a part; a union of more than four is unknown.
    fn union_of(&mut self, parts: &[TyId]) -> TyId {
        let mut kept: Vec<TyId> = Vec::new();
        for part in parts {
            match self.pool.get(*part) {
                Ty::Nothing => {}
                Ty::Union { parts } => kept.extend_from_slice(self.pool.list(parts)),
                _ => kept.push(*part),
            }
        }
        let mut seen: Vec<TyId> = Vec::new();
        kept.retain(|part| {
            !seen.contains(part) && {
                seen.push(*part);
                true
            }
        });
        match kept[..] {
            [] => self.push(Ty::Nothing),
            [one] => one,
            _ if kept.len() > 4 => self.push(Ty::Unknown),
            _ => {
                let parts = self.pool.push_list(&kept);
                self.push(Ty::Union { parts })
            }
        }
    }

    fn primary(&mut self) -> TyId {
        self.space();
        match self.peek() {
            Some(b'(') => {
                self.at += 1;
                let inner = self.union();
                if self.eat(b')') { inner } else { self.unknown() }
            }
            Some(b'*') => {
                while self.eat(b'*') {}
                self.primary()
            }
            Some(b'"' | b'\'') => self.string(),
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 => self.named(),
            _ => self.unknown(),
        }
    }

    /// An annotation in a string.
    fn string(&mut self) -> TyId {
        let rest = &self.text[self.at..];
        let quote = &rest[..1];
        let triple = [quote; 3].concat();
        let mark = if rest.starts_with(&triple) { triple.as_str() } else { quote };
        let Some(len) = rest[mark.len()..].find(mark) else { return self.unknown() };
        let content = &rest[mark.len()..mark.len() + len];
        self.at += len + 2 * mark.len();
        if content.contains('\\') {
            return self.push(Ty::Unknown);
        }
        let depth = self.depth + 1;
        let mut inner =
            Reader { writer: self.writer, pool: self.pool, strings: self.strings, text: content, at: 0, depth };
        let term = inner.union();
        inner.space();
        if inner.at < content.len() { self.push(Ty::Unknown) } else { term }
    }

    fn identifier(&mut self) -> &str {
        let start = self.at;
        let rest = &self.text[start..];
        let len = rest.find(|it: char| !(it.is_alphanumeric() || it == '_' || !it.is_ascii())).unwrap_or(rest.len());
        self.at += len;
        &self.text[start..start + len]
    }

    fn named(&mut self) -> TyId {
        let mut path = self.identifier().to_string();
        // A prefixed string: `b"…"`, `f"…"`; no annotation.
        if matches!(self.peek(), Some(b'"' | b'\'')) {
            return self.unknown();
        }
        loop {
            self.space();
            if self.peek() != Some(b'.') {
                break;
            }
            self.at += 1;
            self.space();
            path.push('.');
            let part = self.identifier();
            if part.is_empty() {
                return self.unknown();
            }
            path.push_str(part);
        }
        let last = path.rsplit('.').next().unwrap_or(&path);
        if self.peek() == Some(b'[') {
            self.at += 1;
            let last = last.to_string();
            return self.generic(&path, &last);
        }
        let plain = match last {
            "None" | "NoReturn" | "Never" => Ty::Nothing,
            "Any" | "Literal" | "Incomplete" | "True" | "False" => Ty::Unknown,
            "Self" => Ty::SelfTy,
            "Optional" | "Union" | "Final" | "ClassVar" | "Annotated" => Ty::Unknown,
            _ => Ty::Named { path: self.strings.intern(&path), args: TyList::default() },
        };
        self.push(plain)
    }

    /// `path[…]`, behind the bracket.
    fn generic(&mut self, path: &str, last: &str) -> TyId {
        match last {
            "Literal" => {
                self.skip_to_close();
                self.push(Ty::Unknown)
            }
            // The rest of `Annotated[T, …]` may be any expression.
            "Annotated" => {
                let term = self.union();
                self.skip_to_close();
                term
            }
            "Optional" => {
                let parts = self.arguments();
                self.union_of(&parts)
            }
            "Union" => {
                let parts = self.arguments();
                self.union_of(&parts)
            }
            "Final" | "ClassVar" | "InitVar" | "Required" | "NotRequired" | "ReadOnly" => {
                let parts = self.arguments();
                parts.first().copied().unwrap_or_else(|| self.push(Ty::Unknown))
            }
            "Callable" => self.callable(),
            "type" | "Type" => {
                let parts = self.arguments();
                let of = parts.first().copied().unwrap_or_else(|| self.push(Ty::Unknown));
                self.push(Ty::Class { of })
            }
            "tuple" | "Tuple" => self.tuple(),
            _ => {
                let parts = self.arguments();
                let args = self.pool.push_list(&parts);
                let path = self.strings.intern(path);
                self.push(Ty::Named { path, args })
            }
        }
    }

    /// Terms up to the closing bracket. Lists (`P` of `Generic[[A, B], T]`) and `...` are unknown.
    fn arguments(&mut self) -> Vec<TyId> {
        let mut parts = Vec::new();
        while !self.eat(b']') {
            self.space();
            match self.peek() {
                None => break,
                Some(b'[') => {
                    self.at += 1;
                    self.skip_to_close();
                    parts.push(self.push(Ty::Unknown));
                }
                Some(b'.') => {
                    self.at += self.text[self.at..].bytes().take_while(|byte| *byte == b'.').count();
                    parts.push(self.push(Ty::Unknown));
                }
                Some(b'(') if self.text[self.at..].starts_with("()") => {
                    self.at += 2;
                }
                _ => parts.push(self.union()),
            }
            if !self.eat(b',') && self.peek() != Some(b']') {
                self.unknown();
            }
        }
        parts
    }

    fn callable(&mut self) -> TyId {
        let mut signature = Vec::new();
        if self.eat(b'[') {
            signature = self.arguments();
        } else {
            // `Callable[..., R]`, `Callable[P, R]`
            self.space();
            while !matches!(self.peek(), None | Some(b',' | b']')) {
                self.at += 1;
            }
        }
        let result = match self.eat(b',') {
            true => self.union(),
            false => self.push(Ty::Unknown),
        };
        signature.push(result);
        self.skip_to_close();
        let signature = self.pool.push_list(&signature);
        self.push(Ty::Callable { signature })
    }

    /// `tuple[A, B]` has parts; `tuple[A, ...]` has elements.
    fn tuple(&mut self) -> TyId {
        let start = self.at;
        let parts = self.arguments();
        let body = &self.text[start.min(self.at)..self.at];
        let variadic = body.trim_end_matches(']').trim_end().ends_with("...");
        if variadic && parts.len() == 2 {
            let args = self.pool.push_list(&parts[..1]);
            let path = self.strings.intern("tuple");
            return self.push(Ty::Named { path, args });
        }
        let parts = self.pool.push_list(&parts);
        self.push(Ty::Tuple { parts })
    }

    /// Behind the bracket that closes the one that is open.
    fn skip_to_close(&mut self) {
        let bytes = self.text.as_bytes();
        let mut depth = 1;
        while let Some(&byte) = bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'[' | b'(' | b'{' => depth += 1,
                b']' | b')' | b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                b'"' | b'\'' => {
                    while let Some(&inner) = bytes.get(self.at) {
                        self.at += 1;
                        if inner == byte {
                            break;
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

//! Source text as every layer addresses it: file ids, byte spans, line positions, edits, interned names.
//!
//! Knows no language and depends on nothing else in the crate.

mod line_index;
mod strings;

pub use line_index::{LineIndex, Position};
pub use strings::{Strings, Sym};

/// A file of one program. Only meaningful beside the program that handed it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A half-open range of bytes. What it counts from (a file, a unit) is said where it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// A span from its ends.
    pub fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// The span counted from a later origin, `base` bytes into the same text.
    pub fn relative_to(self, base: u32) -> Span {
        Span { start: self.start.saturating_sub(base), end: self.end.saturating_sub(base) }
    }

    /// The span counted from the origin that `base` counts from.
    pub fn offset(self, base: u32) -> Span {
        Span { start: self.start + base, end: self.end + base }
    }

    /// Whether another span lies inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range of indexes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A replacement of the bytes of `span` (counted from the file's first byte) by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

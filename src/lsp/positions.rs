//! Byte offsets to the protocol's positions and back.
//!
//! Lines end as the protocol says, at `\n`, `\r\n` and `\r`; characters count in the units that were agreed upon
//! (<https://microsoft.github.io/language-server-protocol/specifications/lsp/3.18/specification/#position>).

use crate::text::Span;
use gen_lsp_types::{Position, PositionEncodingKind, Range};

/// What a character of a position counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// What clients assume that agree on nothing.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The first of the client's encodings that is understood: bytes cost nothing, so they come first.
    pub fn agreed(offered: Option<&[PositionEncodingKind]>) -> Encoding {
        let offered = offered.unwrap_or_default();
        let known = [
            (PositionEncodingKind::UTF8, Encoding::Utf8),
            (PositionEncodingKind::UTF32, Encoding::Utf32),
            (PositionEncodingKind::UTF16, Encoding::Utf16),
        ];
        known.into_iter().find(|(kind, _)| offered.contains(kind)).map_or(Encoding::Utf16, |(_, encoding)| encoding)
    }

    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn units(self, c: char) -> u32 {
        match self {
            Encoding::Utf8 => c.len_utf8() as u32,
            Encoding::Utf16 => c.len_utf16() as u32,
            Encoding::Utf32 => 1,
        }
    }
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    pub fn of(text: &str) -> Lines {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        }
        Lines { starts }
    }

    /// The position of a byte; one inside a character counts as that character's first.
    pub fn position(&self, text: &str, offset: u32, encoding: Encoding) -> Position {
        let mut end = (offset as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.starts.partition_point(|start| *start as usize <= end) - 1;
        let before = &text[self.starts[line] as usize..end];
        Position { line: line as u32, character: before.chars().map(|c| encoding.units(c)).sum() }
    }

    /// The byte at a position; past the end of a line its end, past the end of the text that end.
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> u32 {
        let Some(start) = self.starts.get(position.line as usize).map(|start| *start as usize) else {
            return text.len() as u32;
        };
        let end = self.starts.get(position.line as usize + 1).map_or(text.len(), |next| *next as usize);
        let mut units = 0;
        for (at, c) in text[start..end].char_indices() {
            if matches!(c, '\r' | '\n') || units + encoding.units(c) > position.character {
                return (start + at) as u32;
            }
            units += encoding.units(c);
        }
        end as u32
    }

    pub fn range(&self, text: &str, span: Span, encoding: Encoding) -> Range {
        Range { start: self.position(text, span.start, encoding), end: self.position(text, span.end, encoding) }
    }

    pub fn span(&self, text: &str, range: Range, encoding: Encoding) -> Span {
        let start = self.offset(text, range.start, encoding);
        Span::new(start, self.offset(text, range.end, encoding).max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\r\nβ漢😀 = 1\rlast";

    #[test]
    fn positions_count_in_each_encoding() {
        let lines = Lines::of(TEXT);
        let behind_face = TEXT.find(" =").expect("it is there") as u32;
        for (encoding, character) in [(Encoding::Utf8, 9), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            let position = lines.position(TEXT, behind_face, encoding);
            assert_eq!(position, Position { line: 1, character });
            assert_eq!(lines.offset(TEXT, position, encoding), behind_face);
        }
        let last = TEXT.find("last").expect("it is there") as u32;
        assert_eq!(lines.position(TEXT, last, Encoding::Utf16), Position { line: 2, character: 0 });
    }

    #[test]
    fn positions_outside_are_moved_inside() {
        let lines = Lines::of(TEXT);
        let far = |line, character| lines.offset(TEXT, Position { line, character }, Encoding::Utf16);
        assert_eq!(far(0, 99), 1);
        assert_eq!(far(99, 0), TEXT.len() as u32);
        // Between the two units of a pair.
        assert_eq!(far(1, 3), TEXT.find('😀').expect("it is there") as u32);
    }
}

//! Bytes to text, keeping every offset.

use crate::model::{Note, NoteKind};
use crate::text::Span;

/// Files of more bytes are not read unless the configuration says so.
pub const DEFAULT_SIZE_LIMIT: u64 = 4 << 20;

/// A file's text, and what had to be done to get it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// As many bytes as the file, or none if it was not read.
    pub text: String,
    /// At most one of each kind.
    pub notes: Vec<Note>,
}

impl Decoded {
    /// Whether there is a text to lower.
    pub fn is_read(&self) -> bool {
        !self.notes.iter().any(|note| matches!(note.kind, NoteKind::TooLarge | NoteKind::Binary))
    }
}

/// Reads bytes as UTF-8. Each byte that is not becomes a `?`, so that offsets count in the original.
pub fn decode(bytes: Vec<u8>, size_limit: u64) -> Decoded {
    // Spans have 32 bits, whatever the limit.
    if bytes.len() as u64 > size_limit.min(u64::from(u32::MAX)) {
        return too_large();
    }
    if bytes.contains(&0) {
        return refused(NoteKind::Binary);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, notes: Vec::new() },
        Err(error) => replace_invalid(error.as_bytes()),
    }
}

/// What becomes of a file that is over the limit.
pub fn too_large() -> Decoded {
    refused(NoteKind::TooLarge)
}

fn refused(kind: NoteKind) -> Decoded {
    Decoded { text: String::new(), notes: vec![Note { kind, span: Span::default() }] }
}

fn replace_invalid(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut first = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            first.get_or_insert(text.len() as u32);
            text.extend(chunk.invalid().iter().map(|_| '?'));
        }
    }
    let notes = first.map(|at| Note { kind: NoteKind::NotUtf8, span: Span::new(at, at + 1) });
    Decoded { text, notes: notes.into_iter().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_bytes_keep_their_places() {
        let decoded = decode(b"x = '\xe9t\xe9' # \xce\xb2".to_vec(), DEFAULT_SIZE_LIMIT);
        assert_eq!(decoded.text, "x = '?t?' # β");
        assert_eq!(decoded.notes, [Note { kind: NoteKind::NotUtf8, span: Span::new(5, 6) }]);
    }

    #[test]
    fn binary_and_large_files_are_not_read() {
        assert_eq!(decode(b"a\0b".to_vec(), 10).notes[0].kind, NoteKind::Binary);
        assert_eq!(decode(vec![b'a'; 11], 10).notes[0].kind, NoteKind::TooLarge);
        assert!(!decode(vec![b'a'; 11], 10).is_read());
    }
}

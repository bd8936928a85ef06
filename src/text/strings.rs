//! A table of the names and short texts of one file.

use rustc_hash::FxHashMap;

/// A name of a [`Strings`] table, numbered in the order of first occurrence.
///
/// Never order by it: the number says when a name was first met, nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sym(pub u32);

impl Sym {
    /// No name.
    pub const NONE: Sym = Sym(u32::MAX);

    /// Whether it is no name.
    pub fn is_none(self) -> bool {
        self == Sym::NONE
    }

    /// Whether it is a name.
    pub fn is_some(self) -> bool {
        self != Sym::NONE
    }
}

/// Interned strings, one buffer for all.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    bytes: String,
    ends: Vec<u32>,
    /// Hash of the text to the symbols that have it; emptied by [`Strings::freeze`].
    known: FxHashMap<u64, Vec<Sym>>,
}

impl Strings {
    /// The symbol of a text, new or known.
    pub fn intern(&mut self, text: &str) -> Sym {
        let hash = hash_of(text);
        if let Some(candidates) = self.known.get(&hash)
            && let Some(found) = candidates.iter().copied().find(|sym| self.get(*sym) == text)
        {
            return found;
        }
        let sym = Sym(self.ends.len() as u32);
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u32);
        self.known.entry(hash).or_default().push(sym);
        sym
    }

    /// A table that goes on from this one: symbols of texts that are here stay the same.
    pub fn resumed(&self) -> Strings {
        let mut resumed = Strings { bytes: self.bytes.clone(), ends: self.ends.clone(), known: FxHashMap::default() };
        for at in 0..self.ends.len() as u32 {
            resumed.known.entry(hash_of(self.get(Sym(at)))).or_default().push(Sym(at));
        }
        resumed
    }

    /// Whether all symbols of an earlier table mean the same here.
    pub fn continues(&self, before: &Strings) -> bool {
        self.ends.starts_with(&before.ends) && self.bytes.starts_with(&before.bytes)
    }

    /// The symbol of a text that is already in the table. Linear once frozen.
    pub fn find(&self, text: &str) -> Option<Sym> {
        if self.known.is_empty() {
            return (0..self.ends.len() as u32).map(Sym).find(|sym| self.get(*sym) == text);
        }
        self.known.get(&hash_of(text))?.iter().copied().find(|sym| self.get(*sym) == text)
    }

    /// The text of a symbol; [`Sym::NONE`] is the empty text.
    pub fn get(&self, sym: Sym) -> &str {
        if sym.is_none() {
            return "";
        }
        let at = sym.0 as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.bytes[start..self.ends[at] as usize]
    }

    /// Number of texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Drops what only interning needs.
    pub fn freeze(&mut self) {
        self.known = FxHashMap::default();
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Bytes held.
    pub fn size(&self) -> usize {
        self.bytes.len() + self.ends.len() * 4
    }
}

fn hash_of(text: &str) -> u64 {
    use std::hash::{BuildHasher, BuildHasherDefault};
    BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(text)
}

//! Lists of records whose numbers nearly always fit into 16 bits.
//!
//! A list is stored narrow where all its records allow it, else as it is; which of the two is nobody's business.

use std::fmt;

/// A record that has a narrow form.
pub trait Dense: Copy {
    type Narrow: Copy;

    /// None where a number is too large.
    fn narrow(self) -> Option<Self::Narrow>;

    fn widen(narrow: Self::Narrow) -> Self;
}

/// A list of records, given back by value.
#[derive(Clone)]
pub struct Packed<T: Dense>(Storage<T>);

#[derive(Clone)]
enum Storage<T: Dense> {
    Narrow(Box<[T::Narrow]>),
    Wide(Box<[T]>),
}

impl<T: Dense> Packed<T> {
    pub fn new(records: &[T]) -> Packed<T> {
        match records.iter().map(|record| record.narrow()).collect() {
            Some(narrow) => Packed(Storage::Narrow(narrow)),
            None => Packed(Storage::Wide(records.into())),
        }
    }

    pub fn len(&self) -> usize {
        match &self.0 {
            Storage::Narrow(records) => records.len(),
            Storage::Wide(records) => records.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, at: usize) -> Option<T> {
        match &self.0 {
            Storage::Narrow(records) => records.get(at).copied().map(T::widen),
            Storage::Wide(records) => records.get(at).copied(),
        }
    }

    pub fn iter(&self) -> PackedSlice<'_, T> {
        self.slice(0, self.len())
    }

    /// The `count` records from `start`.
    ///
    /// # Panics
    ///
    /// If there are fewer, when they are asked for.
    pub fn slice(&self, start: usize, count: usize) -> PackedSlice<'_, T> {
        PackedSlice { of: self, start, end: start + count }
    }

    /// Bytes that the records take.
    pub fn size(&self) -> usize {
        match &self.0 {
            Storage::Narrow(records) => size_of_val(&records[..]),
            Storage::Wide(records) => size_of_val(&records[..]),
        }
    }
}

impl<T: Dense> Default for Packed<T> {
    fn default() -> Packed<T> {
        Packed(Storage::Narrow(Box::default()))
    }
}

impl<T: Dense + PartialEq> PartialEq for Packed<T> {
    fn eq(&self, other: &Packed<T>) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<T: Dense + fmt::Debug> fmt::Debug for Packed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// A run of a packed list, and the iteration over it.
pub struct PackedSlice<'a, T: Dense> {
    of: &'a Packed<T>,
    start: usize,
    end: usize,
}

impl<T: Dense> PackedSlice<'_, T> {
    /// The iteration from here on, as slices have it.
    pub fn iter(&self) -> Self {
        self.clone()
    }

    pub fn first(&self) -> Option<T> {
        self.get(0)
    }

    /// The record at a position of the run.
    pub fn get(&self, at: usize) -> Option<T> {
        if at < self.end - self.start { self.of.get(self.start + at) } else { None }
    }
}

impl<T: Dense> Clone for PackedSlice<'_, T> {
    fn clone(&self) -> Self {
        PackedSlice { of: self.of, start: self.start, end: self.end }
    }
}

impl<T: Dense> Iterator for PackedSlice<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let record = self.first()?;
        self.start += 1;
        Some(record)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.end - self.start, Some(self.end - self.start))
    }
}

impl<T: Dense> DoubleEndedIterator for PackedSlice<'_, T> {
    fn next_back(&mut self) -> Option<T> {
        if self.start == self.end {
            return None;
        }
        self.end -= 1;
        self.of.get(self.end)
    }
}

impl<T: Dense> ExactSizeIterator for PackedSlice<'_, T> {}

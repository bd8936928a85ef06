//! Who read what, both ways.

use super::keys::KeyId;
use super::reads::Reads;
use crate::text::FileId;
use rustc_hash::{FxHashMap, FxHashSet};

/// What every reader has read, and who has read each thing.
#[derive(Debug, Default)]
pub struct Book {
    /// By the reader's number.
    read: Vec<Box<[KeyId]>>,
    /// By the number of what was read. Some may have read it once and no longer.
    readers: Vec<Vec<KeyId>>,
    /// Keys whose numbers hold in one version of the file only.
    of_file: FxHashMap<FileId, Vec<KeyId>>,
    /// Keys of each shard that are in here.
    taken: Vec<usize>,
}

impl Book {
    /// Enters what was read since the last time.
    pub fn enter(&mut self, reads: &mut Reads) {
        for (id, key) in reads.keys.since(&mut self.taken) {
            let length = self.read.len().max(id.0 as usize + 1);
            self.read.resize_with(length, Box::default);
            self.readers.resize_with(length, Vec::new);
            if let Some(file) = key.file() {
                self.of_file.entry(file).or_default().push(id);
            }
        }
        for (reader, read) in reads.take() {
            for id in &read {
                enter_reader(&mut self.readers[id.0 as usize], reader);
            }
            self.read[reader.0 as usize] = read;
        }
    }

    /// What a reader has read, when it was worked out last.
    pub fn read_by(&self, reader: KeyId) -> &[KeyId] {
        self.read.get(reader.0 as usize).map_or(&[], |read| read)
    }

    /// Who has read something, or once did.
    pub fn readers_of(&self, id: KeyId) -> &[KeyId] {
        self.readers.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// All keys that are told by the numbers of a file.
    pub fn of_file(&self, file: FileId) -> &[KeyId] {
        self.of_file.get(&file).map_or(&[], Vec::as_slice)
    }

    /// All that may have to be worked out again after these have changed.
    pub fn touched_by(&self, changed: &FxHashSet<KeyId>) -> Vec<KeyId> {
        let mut touched: FxHashSet<KeyId> = FxHashSet::default();
        let mut order: Vec<KeyId> = Vec::new();
        let mut queue: Vec<KeyId> = changed.iter().copied().collect();
        while let Some(id) = queue.pop() {
            for reader in self.readers_of(id) {
                if touched.insert(*reader) {
                    order.push(*reader);
                    queue.push(*reader);
                }
            }
        }
        order
    }
}

/// Readers come again and again: before the list grows, repeated ones are dropped.
fn enter_reader(readers: &mut Vec<KeyId>, reader: KeyId) {
    if readers.last() == Some(&reader) {
        return;
    }
    if readers.len() == readers.capacity() && readers.len() > 8 {
        readers.sort_unstable();
        readers.dedup();
    }
    readers.push(reader);
}

//! Noting what is read, by whatever is being worked out just now.
//!
//! Readings nest: a unit is linked, which asks what a function gives, which asks for the order of a class's bases. Each
//! has what it read itself, and of what is worked out inside it no more than that it was asked for.

use super::keys::{Key, KeyId, Keys};
use crate::flow::Program;
use crate::flow::ids::UnitRef;
use std::cell::RefCell;
use std::sync::{Mutex, PoisonError};

/// What a program's readers have read.
#[derive(Debug, Default)]
pub struct Reads {
    pub keys: Keys,
    /// Readers and what they read, since somebody took them.
    log: Mutex<Vec<(KeyId, Box<[KeyId]>)>>,
}

impl Reads {
    /// Takes what was noted since the last time. Of a reader that is there twice the last counts.
    pub fn take(&mut self) -> Vec<(KeyId, Box<[KeyId]>)> {
        std::mem::take(self.log.get_mut().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What one reader has read so far.
#[derive(Debug, Default)]
struct Frame {
    /// The latest keys, by a part of their hash: most readings repeat one of them.
    latest: [Option<Key>; LATEST],
    read: Vec<KeyId>,
    /// Repeated numbers are dropped when there are this many.
    limit: usize,
}

const LATEST: usize = 16;

impl Frame {
    fn note(&mut self, keys: &Keys, key: Key) {
        let slot = &mut self.latest[slot_of(&key)];
        if *slot == Some(key) {
            return;
        }
        *slot = Some(key);
        self.push(keys.id(key));
    }

    fn push(&mut self, id: KeyId) {
        self.read.push(id);
        if self.read.len() > self.limit {
            self.settle();
            self.limit = self.read.len() * 2 + 64;
        }
    }

    fn settle(&mut self) {
        self.read.sort_unstable();
        self.read.dedup();
    }
}

fn slot_of(key: &Key) -> usize {
    let n = match *key {
        Key::Outline(file) | Key::NameWrites(file) | Key::Relations(file) | Key::Places(file) => file.0,
        Key::Reached(func) | Key::Reaches(func) => func.unit.0 ^ func.id.0 ^ 2,
        Key::Unit(unit) | Key::Links(unit) | Key::Traits(unit) | Key::Share(unit) | Key::Judgement(unit) => {
            unit.file.0.wrapping_mul(31) ^ unit.unit.0 ^ 8
        }
        Key::SelfWrites(def) | Key::Mro(def) | Key::Decorations(def) | Key::Made(def) | Key::Held(def, _) => {
            def.file.0 ^ def.id.0 ^ 5
        }
        Key::Related(..) | Key::Passes | Key::Runners | Key::Nesting => 3,
        Key::Answer(_) => 7,
    };
    n as usize % LATEST
}

thread_local! {
    /// What this thread is working out, outermost first; empty between two pieces of work.
    static FRAMES: RefCell<Vec<Frame>> = const { RefCell::new(Vec::new()) };
}

/// A reader at work. Dropped, its readings are its outer reader's.
pub struct Reading<'p> {
    reads: Option<&'p Reads>,
    depth: usize,
}

impl Reading<'_> {
    /// Ends it: what was read is noted as this key's, and the key as read by the reader around it.
    pub fn keep(mut self, key: Key) {
        let Some(reads) = self.reads.take() else {
            return;
        };
        let reader = reads.keys.id(key);
        let frame = FRAMES.with_borrow_mut(|frames| {
            frames.truncate(self.depth + 1);
            let frame = frames.pop();
            if let Some(outer) = frames.last_mut() {
                outer.push(reader);
            }
            frame
        });
        let mut frame = frame.expect("a reader that is at work has a frame");
        frame.settle();
        let mut log = reads.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.push((reader, frame.read.into()));
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        if self.reads.is_some() {
            FRAMES.with_borrow_mut(|frames| {
                frames.truncate(self.depth + 1);
                if let Some(frame) = frames.pop()
                    && let Some(outer) = frames.last_mut()
                {
                    frame.read.into_iter().for_each(|id| outer.push(id));
                }
            });
        }
    }
}

impl Program {
    /// Notes that something is read.
    #[inline]
    pub(in crate::flow) fn read(&self, key: Key) {
        if let Some(reads) = &self.reads {
            FRAMES.with_borrow_mut(|frames| {
                if let Some(frame) = frames.last_mut() {
                    frame.note(&reads.keys, key);
                }
            });
        }
    }

    /// Whether it is noted who reads what.
    pub(in crate::flow) fn notes_reads(&self) -> bool {
        self.reads.is_some()
    }

    /// Judges a unit, and notes what that was read from: once something of it changes, [`Program::change`] says so.
    pub fn judging<T>(&self, unit: UnitRef, judge: impl FnOnce() -> T) -> T {
        let reading = self.begin_reading();
        let judged = judge();
        reading.keep(Key::Judgement(unit));
        judged
    }

    /// Begins to work something out.
    pub(in crate::flow) fn begin_reading(&self) -> Reading<'_> {
        let reads = self.reads.as_ref();
        let depth = match reads {
            Some(_) => FRAMES.with_borrow_mut(|frames| {
                frames.push(Frame::default());
                frames.len() - 1
            }),
            None => 0,
        };
        Reading { reads, depth }
    }
}

//! Names of the whole program, and a map that many threads may fill.

use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::{BuildHasher, Hash};
use std::sync::{Arc, Mutex, MutexGuard};

/// A name of the program: an identifier or an absolute path. Equal texts have equal names.
///
/// The number depends on the order in which threads arrive: compare for equality only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Name(u32);

impl Name {
    pub const NONE: Name = Name(u32::MAX);

    /// Whether it is no name.
    pub fn is_none(self) -> bool {
        self == Name::NONE
    }
}

const SHARD_BITS: u32 = 6;
const SHARDS: usize = 1 << SHARD_BITS;

/// The interner.
#[derive(Debug)]
pub struct Names {
    shards: Vec<Mutex<NameShard>>,
}

#[derive(Debug, Default)]
struct NameShard {
    known: FxHashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
}

impl Default for Names {
    fn default() -> Names {
        Names { shards: (0..SHARDS).map(|_| Mutex::default()).collect() }
    }
}

impl Names {
    /// The name of a text.
    pub fn intern(&self, text: &str) -> Name {
        let shard = shard_of(text);
        let mut names = lock(&self.shards[shard]);
        if let Some(at) = names.known.get(text) {
            return Name(at << SHARD_BITS | shard as u32);
        }
        let at = names.texts.len() as u32;
        let text: Arc<str> = text.into();
        names.texts.push(text.clone());
        names.known.insert(text, at);
        Name(at << SHARD_BITS | shard as u32)
    }

    /// The text of a name; empty for none.
    pub fn text(&self, name: Name) -> Arc<str> {
        if name.is_none() {
            return "".into();
        }
        let shard = name.0 as usize & (SHARDS - 1);
        lock(&self.shards[shard]).texts[(name.0 >> SHARD_BITS) as usize].clone()
    }

    /// `a` and `b` joined by the separator of their language.
    pub fn join(&self, a: Name, separator: &str, b: Name) -> Name {
        let joined = format!("{}{separator}{}", self.text(a), self.text(b));
        self.intern(&joined)
    }
}

/// A map filled by many threads, from which values are cloned.
#[derive(Debug)]
pub struct SharedMap<K, V> {
    shards: Vec<Mutex<FxHashMap<K, V>>>,
}

impl<K, V> Default for SharedMap<K, V> {
    fn default() -> SharedMap<K, V> {
        SharedMap { shards: (0..SHARDS).map(|_| Mutex::default()).collect() }
    }
}

impl<K: Hash + Eq, V: Clone> SharedMap<K, V> {
    /// What is kept for a key.
    pub fn get(&self, key: &K) -> Option<V> {
        lock(&self.shards[shard_of(key)]).get(key).cloned()
    }

    /// Keeps a value; the last one wins.
    pub fn insert(&self, key: K, value: V) {
        lock(&self.shards[shard_of(&key)]).insert(key, value);
    }

    /// Forgets a key; what was kept for it.
    pub fn remove(&self, key: &K) -> Option<V> {
        lock(&self.shards[shard_of(key)]).remove(key)
    }
}

fn shard_of<K: Hash + ?Sized>(key: &K) -> usize {
    (FxBuildHasher.hash_one(key) >> 40) as usize & (SHARDS - 1)
}

/// A poisoned shard is as good as any: values are only ever inserted whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

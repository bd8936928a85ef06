//! What can be read of a program, numbered.

use crate::flow::ids::{Def, Func, UnitRef};
use crate::flow::naming::names::Name;
use crate::flow::relations::index::Relation;
use crate::flow::types::{Nominal, Question};
use crate::text::FileId;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Something of a program that is read while it is linked.
///
/// The first six change because texts do. The others are worked out, have readings of their own, and change only if
/// they come out differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A file's outline, and everything else of it that is no unit.
    Outline(FileId),
    Unit(UnitRef),
    /// Where the methods of a class write attributes of `self`.
    SelfWrites(Def),
    /// Where the functions of a module write its variables.
    NameWrites(FileId),
    /// Which definitions have a relation to a type.
    Related(Relation, Nominal),
    /// What a file's definitions are related to.
    Relations(FileId),
    Answer(Question),
    Mro(Def),
    Decorations(Def),
    /// The traits that are in scope in a unit; changed if anything is that it was read from.
    Traits(UnitRef),
    /// The calls that make objects of a class.
    Made(Def),
    /// The functions that objects of a class may keep in an attribute.
    Held(Def, Name),
    /// What a unit adds to the passes over the whole program.
    Share(UnitRef),
    /// The passes themselves.
    Passes,
    /// What a unit's functions do.
    Links(UnitRef),
    /// Where in its text everything of a file is.
    Places(FileId),
    /// How the passes say that a function is reached: by whom, from which kinds of roots, on the loop or not.
    Reached(Func),
    /// What makes functions run, all of it.
    Runners,
    /// In which languages event loops run inside each other.
    Nesting,
    /// What the passes say that a function comes to.
    Reaches(Func),
    /// What lints say of a unit.
    Judgement(UnitRef),
}

impl Key {
    /// The file whose numbers it is told by.
    pub fn file(&self) -> Option<FileId> {
        match *self {
            Key::Outline(file) | Key::NameWrites(file) | Key::Relations(file) | Key::Places(file) => Some(file),
            Key::Unit(unit) | Key::Links(unit) | Key::Traits(unit) | Key::Share(unit) | Key::Judgement(unit) => {
                Some(unit.file)
            }
            Key::SelfWrites(def) | Key::Mro(def) | Key::Decorations(def) | Key::Made(def) | Key::Held(def, _) => {
                Some(def.file)
            }
            Key::Reached(func) | Key::Reaches(func) => Some(func.file),
            Key::Passes | Key::Runners | Key::Nesting => None,
            Key::Related(_, nominal) => file_of(nominal),
            Key::Answer(Question::Value(at)) => Some(at.unit.file),
            Key::Answer(Question::Return(func)) => Some(func.file),
            Key::Answer(Question::Attribute(of, _)) => file_of(of),
            Key::Answer(Question::Variable(file, _)) => Some(file),
        }
    }
}

fn file_of(nominal: Nominal) -> Option<FileId> {
    match nominal {
        Nominal::Project(def) => Some(def.file),
        Nominal::Library(_) | Nominal::Path(_) => None,
    }
}

/// The number of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(pub u32);

const SHARD_BITS: u32 = 6;
const SHARDS: usize = 1 << SHARD_BITS;

/// All keys that were read so far. Many threads number them; the numbers are nearly dense.
#[derive(Debug)]
pub struct Keys {
    shards: Vec<Mutex<Shard>>,
}

#[derive(Debug, Default)]
struct Shard {
    known: FxHashMap<Key, u32>,
    keys: Vec<Key>,
}

impl Default for Keys {
    fn default() -> Keys {
        Keys { shards: (0..SHARDS).map(|_| Mutex::default()).collect() }
    }
}

impl Keys {
    /// The number of a key, new or known.
    pub fn id(&self, key: Key) -> KeyId {
        let (shard, mut keys) = self.shard(&key);
        if let Some(at) = keys.known.get(&key) {
            return id(*at, shard);
        }
        let at = keys.keys.len() as u32;
        keys.keys.push(key);
        keys.known.insert(key, at);
        id(at, shard)
    }

    /// The number of a key that was read before.
    pub fn find(&self, key: &Key) -> Option<KeyId> {
        let (shard, keys) = self.shard(key);
        keys.known.get(key).map(|at| id(*at, shard))
    }

    pub fn key(&self, id: KeyId) -> Key {
        lock(&self.shards[id.0 as usize & (SHARDS - 1)]).keys[(id.0 >> SHARD_BITS) as usize]
    }

    /// The keys of each shard from the `from`th on, and how many there are by now.
    pub fn since(&self, from: &mut Vec<usize>) -> Vec<(KeyId, Key)> {
        from.resize(SHARDS, 0);
        let mut new = Vec::new();
        for (shard, from) in from.iter_mut().enumerate() {
            let keys = lock(&self.shards[shard]);
            new.extend(keys.keys[*from..].iter().zip(*from as u32..).map(|(key, at)| (id(at, shard), *key)));
            *from = keys.keys.len();
        }
        new
    }

    fn shard(&self, key: &Key) -> (usize, MutexGuard<'_, Shard>) {
        let shard = (FxBuildHasher.hash_one(key) >> 40) as usize & (SHARDS - 1);
        (shard, lock(&self.shards[shard]))
    }
}

fn id(at: u32, shard: usize) -> KeyId {
    KeyId(at << SHARD_BITS | shard as u32)
}

/// A poisoned shard is as good as any: a key is numbered before anybody learns its number.
fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

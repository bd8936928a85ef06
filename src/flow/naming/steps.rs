//! How far one question after a name goes: modules can have very many ways through each other's imports, and all of them
//! end at the same bindings. Decides nothing about what names mean.

use super::names::Name;
use super::scope::Entity;
use crate::flow::ids::ModuleId;
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// How many re-exports and star imports are followed, one after the other.
const MAX_STEPS: u32 = 24;

/// What a question knows already.
pub type Known = RefCell<FxHashMap<(ModuleId, Name, Part), Vec<Entity>>>;

/// A part of what a module binds a name to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// What its star imports bring.
    Stars,
    /// What one of several imports brings, by its index.
    Import(u32),
}

/// How far one question may still go.
#[derive(Clone, Copy)]
pub struct Steps<'s> {
    left: u32,
    known: &'s Known,
}

impl<'s> Steps<'s> {
    pub fn all(known: &'s Known) -> Steps<'s> {
        Steps { left: MAX_STEPS, known }
    }

    /// After a step; none if there is none left.
    pub fn less(self) -> Option<Steps<'s>> {
        Some(Steps { left: self.left.checked_sub(1)?, ..self })
    }

    /// Finds a part the first time it is asked for. A way that comes back to where it is being looked for finds nothing
    /// more there.
    pub fn once(self, part: (ModuleId, Name, Part), find: impl FnOnce() -> Vec<Entity>) -> Vec<Entity> {
        if let Some(known) = self.known.borrow().get(&part) {
            return known.clone();
        }
        self.known.borrow_mut().insert(part, Vec::new());
        let found = find();
        self.known.borrow_mut().insert(part, found.clone());
        found
    }
}

//! Answers to questions about names: each is looked for once, and those that lead to themselves end.

use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};

/// Answers to questions about names that lead to each other, in circles, too.
pub struct Answers<T> {
    lasting: RefCell<FxHashMap<String, Option<T>>>,
    /// What was asked on the way to the answer that is looked for: asking it again leads to nothing new.
    on_the_way: RefCell<(u32, FxHashMap<String, Option<T>>)>,
}

impl<T> Default for Answers<T> {
    fn default() -> Answers<T> {
        Answers { lasting: RefCell::default(), on_the_way: RefCell::default() }
    }
}

impl<T: Clone> Answers<T> {
    /// The answer that is known, or the one that `answer` gives, which may ask on.
    pub fn ask(&self, depth: &Cell<(u32, u32)>, question: String, answer: impl FnOnce() -> Option<T>) -> Option<T> {
        if let Some(known) = self.lasting.borrow().get(&question) {
            return known.clone();
        }
        let (number, deep) = match depth.get() {
            (number, 0) => (number + 1, 0),
            within => within,
        };
        {
            let mut on_the_way = self.on_the_way.borrow_mut();
            if on_the_way.0 != number {
                *on_the_way = (number, FxHashMap::default());
            }
            if let Some(asked) = on_the_way.1.get(&question) {
                return asked.clone();
            }
            on_the_way.1.insert(question.clone(), None);
        }
        depth.set((number, deep + 1));
        let found = if deep < DEEPEST { answer() } else { None };
        depth.set((number, deep));
        if found.is_some() || deep == 0 {
            self.lasting.borrow_mut().insert(question, found.clone());
        }
        found
    }
}

/// Questions that lead to each other end there.
const DEEPEST: u32 = 60;

//! Changing a linked program: who read what, what a new text changes of it, and what has to be linked again.
//!
//! Answers of a changed program are those of one that is linked anew: whatever linking reads of a file is noted under a
//! [`Key`], together with who read it; what has read nothing that changed is kept. Judges nothing and knows no syntax.

mod book;
mod keys;
mod reads;
mod relink;
mod shape;

pub(super) use keys::Key;
pub(super) use reads::{Reading, Reads};
pub use relink::NewFacts;
pub(super) use relink::Pending;

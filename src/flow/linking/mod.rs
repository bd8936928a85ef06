//! What one function does: its edges to other functions and the library calls that wait, start or create.
//!
//! Looks at one unit at a time; what reaches what is [`super::reach`]'s.

pub(super) mod devices;
pub(super) mod entered;
pub(super) mod events;
pub(super) mod implementations;
pub(super) mod implicit;
pub(super) mod iterated;
pub(super) mod link;
pub(super) mod links;
pub(super) mod passed;
pub(super) mod places;
pub(super) mod remarks;
pub(super) mod unresolved;

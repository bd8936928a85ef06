//! What becomes of a value: handles, futures, pools and their sizes.

pub(super) mod creations;
pub mod fate;
pub mod futures;
pub(super) mod sizes;
pub(super) mod started;

//! What belongs to what: definitions and the classes around them, decorators, fields, single instances.
//!
//! Follows no calls.

pub(super) mod decorations;
pub(super) mod fields;
pub(super) mod index;
pub(super) mod named;
pub(super) mod single;

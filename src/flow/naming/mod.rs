//! What names mean: the modules of a project, what each file binds, and the program's own numbering of names.
//!
//! Knows nothing of types or of what runs.

pub(super) mod modules;
pub(super) mod names;
pub(super) mod scope;
mod steps;

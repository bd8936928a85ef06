//! The lints: one file each, and its page beside it.

use crate::lint::Lint;

/// All lints. Of several that complain of the same call, the one that stands first is told.
pub const ALL: &[&Lint] = &[];

//! When a stretch of a function runs: on the loop or off it, for which arguments, how often, and what its branches say.

pub(super) mod context;
pub(super) mod loop_tests;
pub(super) mod outcomes;
pub(super) mod param_tests;
pub(super) mod patterns;
pub(super) mod sides;

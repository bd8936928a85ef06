//! What values are known to be beside their type: constants, and multiples of the number of cores.

pub(super) mod amounts;
pub mod conditions;

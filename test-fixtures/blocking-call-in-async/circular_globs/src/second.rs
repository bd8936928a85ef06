use super::*;

pub fn second(value: Missing) -> Missing {
    value
}

#[cfg(unix)]
pub use crate::Kind;
#[cfg(windows)]
pub use super::Kind;

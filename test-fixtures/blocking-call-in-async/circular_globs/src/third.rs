use super::*;

pub fn third(value: Missing) -> Missing {
    value
}

#[cfg(unix)]
pub use crate::Kind;
#[cfg(windows)]
pub use super::Kind;

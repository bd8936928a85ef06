use super::*;

pub fn fifth(value: Missing) -> Missing {
    value
}

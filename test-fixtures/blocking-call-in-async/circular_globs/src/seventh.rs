use super::*;

pub fn seventh(value: Missing) -> Missing {
    value
}

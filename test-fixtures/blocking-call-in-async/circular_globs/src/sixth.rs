use super::*;

pub fn sixth(value: Missing) -> Missing {
    value
}

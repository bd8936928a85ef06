use super::*;

pub fn fourth(value: Missing) -> Missing {
    value
}

//! The extents of locals and temporaries, computed from a unit's finished order.

use super::body::Ends;
use crate::model::UnitBuilder;

pub(super) fn write(b: &mut UnitBuilder, ends: &Ends) {
    let _ = (b, ends);
}

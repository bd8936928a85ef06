//! The two sides of `and` and `or`.

use crate::model::{ArmTest, RegionId, RegionKind, Unit, UseKind, ValueId};

/// The operands of a choice that `and` or `or` makes.
pub(crate) struct Sides {
    /// Else it is an `or`.
    pub is_and: bool,
    pub left: ValueId,
    /// None where nothing of the right side is a value.
    pub right: Option<ValueId>,
}

/// The sides of a choice in a branch of one arm; none where the arm has no condition.
pub(crate) fn sides(unit: &Unit, choice: ValueId, branch: RegionId) -> Option<Sides> {
    if unit.region(branch).kind != (RegionKind::Branch { exhaustive: false }) {
        return None;
    }
    let arm = unit.regions.iter().find(|arm| arm.parent == branch && matches!(arm.kind, RegionKind::Arm { .. }))?;
    if arm.value.is_none() {
        return None;
    }
    let right = (arm.start..arm.end).map(ValueId).find(|value| {
        let used = unit.value(*value).used;
        used.kind == UseKind::Choice && used.value() == choice
    });
    Some(Sides { is_and: arm.kind == RegionKind::Arm { test: ArmTest::True }, left: arm.value, right })
}

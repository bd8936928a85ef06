//! Whether two values of a unit are read from the same place.

use crate::model::{Unit, ValueId, ValueKind};

/// Whether two values read the same local, the same name or the same chain of attributes.
pub(crate) fn same_place(unit: &Unit, a: ValueId, b: ValueId) -> bool {
    match (unit.value(a).kind, unit.value(b).kind) {
        (ValueKind::Local { local: a, .. }, ValueKind::Local { local: b, .. }) => a == b,
        (ValueKind::Name { name: a, .. }, ValueKind::Name { name: b, .. }) => a == b,
        (ValueKind::Attr { of: a, name: n }, ValueKind::Attr { of: b, name: m }) => n == m && same_place(unit, a, b),
        _ => false,
    }
}

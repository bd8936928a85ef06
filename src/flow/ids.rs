//! Ids that hold across the files of one program.

use crate::model::{DefId, FnId, UnitId, ValueId};
use crate::text::FileId;

/// A definition of some file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Def {
    pub file: FileId,
    pub id: DefId,
}

/// A unit of some file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitRef {
    pub file: FileId,
    pub unit: UnitId,
}

/// A function of some unit: a definition's own, a nested one, a lambda, an async block, a module's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Func {
    pub file: FileId,
    pub unit: UnitId,
    pub id: FnId,
}

impl Func {
    /// The unit that it is in.
    pub fn unit_ref(self) -> UnitRef {
        UnitRef { file: self.file, unit: self.unit }
    }

    /// A value of its unit.
    pub fn at(self, value: ValueId) -> At {
        At { unit: self.unit_ref(), value }
    }
}

/// A value of some unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct At {
    pub unit: UnitRef,
    pub value: ValueId,
}

/// A module of Python (a file or a folder) or of Rust (a file or an inline module).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(pub u32);

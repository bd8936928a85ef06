//! The facts of one file: what is defined, and what happens at run time in the order in which it happens.
//!
//! Inert, language-neutral, flat records that a front end writes and the linker reads; no behaviour but look-ups.
//! No library is known here, and nothing of another file. Whether a value is a guard, a task or a coroutine, and
//! whether code is on the event loop, is decided when files are linked.

mod build;
mod narrow;
mod outline;
mod packed;
mod print;
mod unit;
mod value;

pub use build::{NestedFunction, UnitBuilder};
pub use outline::{
    DefFlags, DefKind, Definition, Field, GenericParam, Import, ImportFlags, Outline, Param, ParamKind, UnitSpan,
};
pub use packed::{Packed, PackedSlice};
pub use print::print;
pub use unit::{
    ArmTest, Ending, Extent, FnId, Function, FunctionKind, Local, LocalId, LocalKind, LoopKind, Projection, Region,
    RegionId, RegionKind, Slice, Unit, UnitImport, ValueId,
};
pub use value::{
    Access, Arg, ArgKind, BinaryOp, CollectionKind, ConstKind, JumpKind, SuspendKind, Use, UseKind, Value, ValueKind,
};

use crate::catalogue::Language;
use crate::text::{Span, Strings, Sym};

/// A definition of the file's outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DefId(pub u32);

impl DefId {
    pub const NONE: DefId = DefId(u32::MAX);

    pub fn is_none(self) -> bool {
        self == DefId::NONE
    }

    pub fn is_some(self) -> bool {
        self != DefId::NONE
    }
}

/// A unit of the file: its module code is always unit 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitId(pub u32);

impl UnitId {
    /// The module's own top-level code.
    pub const MODULE: UnitId = UnitId(0);
    pub const NONE: UnitId = UnitId(u32::MAX);

    pub fn is_some(self) -> bool {
        self != UnitId::NONE
    }
}

/// How the text is to be read; part of what facts depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    Python {
        /// A `.pyi` file: signatures without bodies.
        stub: bool,
    },
    Rust {
        edition: Edition,
    },
}

impl Dialect {
    pub fn language(self) -> Language {
        match self {
            Dialect::Python { .. } => Language::Python,
            Dialect::Rust { .. } => Language::Rust,
        }
    }
}

/// The editions differ in where temporaries of `if let … else` and of tail expressions end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Edition {
    E2015,
    E2018,
    E2021,
    E2024,
}

/// Everything known of one file on its own.
#[derive(Clone, Debug)]
pub struct FileFacts {
    pub dialect: Dialect,
    pub strings: Strings,
    pub outline: Outline,
    /// Unit 0 is the module's own code; the others in source order.
    pub units: Vec<Unit>,
    pub directives: Vec<Directive>,
    pub notes: Vec<Note>,
    /// Bytes of the source text.
    pub bytes: u32,
    /// Lines of the source text.
    pub lines: u32,
}

impl FileFacts {
    pub fn text(&self, sym: Sym) -> &str {
        self.strings.get(sym)
    }

    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.0 as usize]
    }

    /// Bytes that these facts hold.
    pub fn size(&self) -> usize {
        self.strings.size() + self.outline.size() + self.units.iter().map(Unit::size).sum::<usize>()
    }
}

/// A comment that begins with `unsnarl:`. Spans count from the file's first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Directive {
    pub span: Span,
    /// What follows `unsnarl:`, trimmed.
    pub text: Sym,
    /// What the comment speaks of: the statement that begins on its line or encloses it, else the statement or
    /// definition (decorators included) below it, else, for a comment above everything else in the file, the file.
    pub covers: Span,
    pub on: DirectiveScope,
}

/// What a directive stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum DirectiveScope {
    /// At the end of a line of code, or on a line of its own above a statement.
    Statement,
    /// On the line of a function's or class's head, or above it.
    Definition,
    /// Above all code of the file, followed by an empty line.
    File,
}

/// Something about the file that a user should know; the rest of it was read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    pub kind: NoteKind,
    /// Counted from the file's first byte.
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum NoteKind {
    /// Part of the text could not be parsed and was left out.
    Syntax,
    /// Nested deeper than the limit; what is deeper was left out.
    TooDeep,
    /// Larger than the limit; not read.
    TooLarge,
    /// Not text: holds NUL bytes; not read.
    Binary,
    /// Bytes that are not UTF-8 were read as `?`, one for one.
    NotUtf8,
    /// Functions inside a macro's definition are not seen.
    MacroBody,
    /// The front end failed on this file; a defect of unsnarl.
    Failed,
}

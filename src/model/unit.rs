//! The facts of one unit: a function with everything nested in it, or a module's own code.
//!
//! Spans count from the unit's first byte; ids are local to the unit. The *order* is the numbering of values:
//! evaluations, writes, jumps and suspensions are all numbered in the order in which they happen. Each function of
//! the unit owns one contiguous run of it: the unit's own function first, nested ones behind, in the order of the
//! values that make them.

use super::DefId;
use super::outline::Param;
use super::packed::{Packed, PackedSlice};
use super::value::{Arg, JumpKind, Use, Value, ValueKind};
use crate::catalogue::{TyId, TyPool};
use crate::text::{Span, Sym};

/// A number in the unit's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ValueId(pub u32);

impl ValueId {
    pub const NONE: ValueId = ValueId(u32::MAX);

    pub fn is_none(self) -> bool {
        self == ValueId::NONE
    }

    pub fn is_some(self) -> bool {
        self != ValueId::NONE
    }
}

/// A function of the unit; the unit's own code is function 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FnId(pub u32);

impl FnId {
    pub const OWN: FnId = FnId(0);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegionId(pub u32);

impl RegionId {
    pub const NONE: RegionId = RegionId(u32::MAX);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalId(pub u32);

impl LocalId {
    pub const NONE: LocalId = LocalId(u32::MAX);

    pub fn is_none(self) -> bool {
        self == LocalId::NONE
    }
}

/// A run of one of the flat lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    pub start: u32,
    pub len: u32,
}

impl Slice {
    pub fn of<T>(self, list: &[T]) -> &[T] {
        &list[self.start as usize..(self.start + self.len) as usize]
    }

    pub fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// What one unit does.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// In the file.
    pub span: Span,
    /// The definition that it is the body of; none for module code.
    pub def: Option<DefId>,
    pub functions: Box<[Function]>,
    pub values: Packed<Value>,
    pub regions: Box<[Region]>,
    pub locals: Box<[Local]>,
    pub args: Packed<Arg>,
    pub params: Box<[Param]>,
    pub projections: Box<[Projection]>,
    /// Captured locals and decorator values that functions list.
    pub lists: Box<[u32]>,
    pub extents: Packed<Extent>,
    /// `use` declarations inside the unit, and imports that its `Import` values make.
    pub imports: Box<[UnitImport]>,
    pub types: TyPool,
}

impl Unit {
    /// # Panics
    ///
    /// If the value is not one of this unit.
    pub fn value(&self, id: ValueId) -> Value {
        self.values.get(id.0 as usize).expect("the value is one of this unit")
    }

    pub fn region(&self, id: RegionId) -> &Region {
        &self.regions[id.0 as usize]
    }

    pub fn function(&self, id: FnId) -> &Function {
        &self.functions[id.0 as usize]
    }

    pub fn local(&self, id: LocalId) -> &Local {
        &self.locals[id.0 as usize]
    }

    pub fn args(&self, args: u32, count: u16) -> PackedSlice<'_, Arg> {
        self.args.slice(args as usize, count as usize)
    }

    /// The function whose run of the order holds a value.
    pub fn function_of(&self, value: ValueId) -> FnId {
        let at = self.functions.partition_point(|function| function.end <= value.0);
        FnId(at as u32)
    }

    /// The innermost region around a value.
    pub fn region_of(&self, value: ValueId) -> RegionId {
        innermost(&self.regions, value)
    }

    /// The jumps among the entries `from..to` that stand in a region itself, not in one inside it.
    pub fn jumps_of(&self, region: RegionId, from: u32, to: u32) -> impl Iterator<Item = JumpKind> + '_ {
        (from..to).map(ValueId).filter_map(move |at| match self.value(at).kind {
            ValueKind::Jump { kind, .. } if self.region_of(at) == region => Some(kind),
            _ => None,
        })
    }

    /// The regions around a value, innermost first, up to its function's body.
    pub fn regions_around(&self, value: ValueId) -> impl Iterator<Item = RegionId> + '_ {
        self.enclosing(self.region_of(value))
    }

    /// A region and those around it, innermost first, up to the function's body.
    pub fn enclosing(&self, region: RegionId) -> impl Iterator<Item = RegionId> + '_ {
        std::iter::successors(Some(region), |region| {
            let parent = self.region(*region).parent;
            (parent != RegionId::NONE).then_some(parent)
        })
    }

    pub fn size(&self) -> usize {
        size_of::<Unit>()
            + size_of_val(&self.functions[..])
            + self.values.size()
            + size_of_val(&self.regions[..])
            + size_of_val(&self.locals[..])
            + self.args.size()
            + size_of_val(&self.params[..])
            + size_of_val(&self.projections[..])
            + size_of_val(&self.lists[..])
            + self.extents.size()
            + size_of_val(&self.imports[..])
            + size_of_val(&self.types.terms[..])
            + size_of_val(&self.types.lists[..])
    }
}

/// The innermost of the regions, which stand in the order in which they were opened, whose run holds a value.
pub(super) fn innermost(regions: &[Region], value: ValueId) -> RegionId {
    let opened = regions.partition_point(|region| region.start <= value.0);
    let mut at = RegionId((opened as u32).wrapping_sub(1));
    while regions[at.0 as usize].end <= value.0 {
        at = regions[at.0 as usize].parent;
    }
    at
}

/// One function's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Function {
    pub kind: FunctionKind,
    pub is_async: bool,
    pub is_generator: bool,
    /// `move`: captures by value.
    pub by_move: bool,
    /// None for lambdas, closures, blocks and module code.
    pub name: Sym,
    /// The function around it; itself for function 0.
    pub parent: FnId,
    /// The value that makes it; none for function 0.
    pub made: ValueId,
    pub span: Span,
    /// Its run of the order is `start..end`.
    pub start: u32,
    pub end: u32,
    pub body: RegionId,
    pub params: Slice,
    /// The locals of the parameters, one after the other in the unit's locals, from here. Pattern parameters of Rust
    /// have a local without a name, followed by writes of its parts.
    pub first_param: LocalId,
    pub returns: TyId,
    /// Locals of functions around it that it reads or writes (in `lists`).
    pub captures: Slice,
    /// Decorator values of a nested function, in evaluation order (in `lists`).
    pub decorators: Slice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum FunctionKind {
    /// A module's own code, with class bodies; a Rust file's constants and attributes.
    Module,
    /// `def`, `fn`.
    Named,
    /// `lambda`, closure.
    Anonymous,
    /// Rust's `async { … }`.
    AsyncBlock,
}

/// A stretch of code with a meaning; a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    pub kind: RegionKind,
    pub parent: RegionId,
    /// It is the run `start..end` of the order.
    pub start: u32,
    pub end: u32,
    /// The condition of an arm or `while`; the scrutinee of a branch; what is iterated, entered, raced.
    pub value: ValueId,
    /// The variant or class at the head of an arm's pattern (`Err`, `None`, `Some`), the label of a loop or block,
    /// the attribute of a static arm (`TYPE_CHECKING`, `__main__`, `cfg(test)`).
    pub name: Sym,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum RegionKind {
    /// A function's body.
    Body,
    /// A labelled or value block of Rust.
    Block,
    /// `if`, `match`, ternary, `and`, `or`: of its arms at most one runs; exactly one if exhaustive.
    Branch {
        exhaustive: bool,
    },
    Arm {
        test: ArmTest,
    },
    Loop {
        kind: LoopKind,
    },
    /// Python's `else` of a loop.
    LoopElse,
    /// The whole statement, around the following four.
    Try,
    TryBody,
    /// Catches the values used as `Caught` of it; all where there are none.
    Handler,
    TryElse,
    Finally,
    /// The body of a `with`; `value` is what was entered.
    Managed {
        is_async: bool,
    },
    /// `select!`, around its arms.
    Select,
    /// The future expression of one arm of a select.
    SelectArm,
    /// What runs when that arm wins; follows its arm.
    SelectHandler,
    /// The body of a class.
    Class,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ArmTest {
    /// Runs when the condition holds.
    True,
    /// Runs when it does not.
    False,
    /// Runs when the scrutinee matches the pattern whose head is the region's `name` (none: anything).
    Pattern,
    /// A pattern with a guard: the guard is the arm's first values.
    GuardedPattern,
    /// Decided before run time, by `name`.
    Static,
    /// The other side of such a decision.
    NotStatic,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum LoopKind {
    For,
    AsyncFor,
    While,
    /// `loop`, `while True`.
    Endless,
    Comprehension,
    AsyncComprehension,
    /// A generator expression: runs when it is iterated.
    Lazy,
}

/// A variable of one of the unit's functions. A module unit's are the module's variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    /// None for a parameter that is a pattern, and for a part of a value on its way to a place (`self.a, self.b = f()`).
    pub name: Sym,
    pub owner: FnId,
    pub kind: LocalKind,
    /// Declared: `x: T = …`, `let x: T`, a parameter's annotation.
    pub ty: TyId,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum LocalKind {
    Param,
    Variable,
    /// A nested `def` or class.
    Definition,
    /// A name of a class body (its owner is the function around the class).
    ClassMember,
}

/// A step from a value to the part of it that a pattern binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Projection {
    /// A turn of a loop.
    Element,
    /// What entering gives: `with … as x`.
    Entered,
    /// What was caught: `except E as x`.
    Caught,
    /// Part of a tuple.
    Part(u32),
    /// The rest of a sequence: `*rest`.
    Rest,
    /// Field `n` of the payload of a variant.
    Payload(Sym, u32),
    /// A named field.
    Field(Sym),
    /// Known to be of this type: a class pattern.
    Is(TyId),
    /// What a select arm's future gave.
    Awaited,
}

/// While `value` (a temporary, or what a local holds) is alive: the run `start..end`, and how it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The temporary; none for a local.
    pub value: ValueId,
    pub local: LocalId,
    pub start: u32,
    pub end: u32,
    pub ending: Ending,
    /// The value that it is moved into, with [`Ending::Moved`] and [`Ending::Captured`].
    pub into: ValueId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Ending {
    /// Its scope or statement ends.
    Scope,
    /// Moved into another value: a call's argument (`drop`), a struct, a return.
    Moved,
    /// Moved into a closure or block.
    Captured,
    /// Overwritten.
    Replaced,
    /// The paths that come together here differ; it may go on.
    Maybe,
}

/// An import inside a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitImport {
    /// As in [`super::Import`].
    pub path: Sym,
    pub name: Sym,
    pub alias: Sym,
    pub level: u8,
    pub span: Span,
}

const _: () = {
    const fn assert_copy<T: Copy>() {}
    assert_copy::<Value>();
    assert_copy::<Region>();
    assert_copy::<Function>();
    assert_copy::<Local>();
    assert_copy::<Extent>();
    assert_copy::<Param>();
    assert_copy::<Arg>();
    assert!(size_of::<ValueKind>() == 16);
    assert!(size_of::<Use>() == 8);
    assert!(size_of::<Region>() <= 28);
    assert!(size_of::<Arg>() == 12);
    assert!(size_of::<Local>() == 24);
    assert!(size_of::<Extent>() == 24);
};

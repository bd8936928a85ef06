//! The entries of a unit's order: evaluations, writes, jumps and suspensions, and what becomes of each.

use super::unit::{FnId, LocalId, RegionId, ValueId};
use crate::catalogue::TyId;
use crate::text::{Span, Sym};

/// An enumeration whose variants are stored by number: it has the list of them, in order.
macro_rules! numbered {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$note:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$note])* $variant,)*
        }

        impl $name {
            pub(super) const ALL: &'static [$name] = &[$($name::$variant),*];
        }
    };
}

/// One entry of the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    pub kind: ValueKind,
    pub used: Use,
    pub span: Span,
}

/// What happens. Operands are earlier values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A name that the unit does not bind: a dotted-free identifier (Python), a path as written (Rust, `a::b::<T>::c`
    /// without its type arguments; those are `generics`).
    Name {
        name: Sym,
        generics: TyId,
    },
    /// A read of a local, perhaps of a function around this one.
    Local {
        local: LocalId,
        by: Access,
    },
    Const {
        kind: ConstKind,
        text: Sym,
    },
    /// A field, attribute, property or method that is read.
    Attr {
        of: ValueId,
        name: Sym,
    },
    /// `a[b]`; the index is none for a slice.
    Item {
        of: ValueId,
        index: ValueId,
    },
    Call {
        callee: ValueId,
        args: u32,
        count: u16,
    },
    /// `of.name(…)`. Type arguments of a turbofish are the call's `generics` argument.
    Method {
        of: ValueId,
        name: Sym,
        args: u32,
        count: u16,
    },
    /// A Rust struct literal: each argument is a field by name; `..base` is a spread.
    Struct {
        ty: TyId,
        args: u32,
        count: u16,
    },
    /// A list, tuple, set, dict (keys and values alternate), array, `vec![…]`. A long literal keeps only the elements
    /// that are not constants. A comprehension is the collection of what its loop gives: its element stands in the
    /// loop's region; a generator expression is a list whose element stands in a [`LoopKind::Lazy`] region.
    Collection {
        kind: CollectionKind,
        args: u32,
        count: u16,
    },
    /// Binary, unary (`right` none), comparison.
    Operation {
        op: BinaryOp,
        left: ValueId,
        right: ValueId,
    },
    /// The value of a ternary, `and` / `or`, `if`, `match`, block: one of the values used as [`UseKind::Choice`] of it.
    /// `region` is the branch, or the region of a `loop` whose `break` gives the value.
    Choice {
        region: RegionId,
    },
    /// A function is made: lambda, closure, async block, or a nested `def` (then bound to its name).
    Function {
        function: FnId,
    },
    /// A class defined inside a function; its methods are functions of the unit made by later values.
    Class {
        name: Sym,
    },
    /// Suspends.
    Await {
        of: ValueId,
    },
    /// `x?`; the jump it may take follows it.
    Try {
        of: ValueId,
    },
    /// A cast or annotation that says the type: `x as T`, `typing.cast` is a call.
    Cast {
        of: ValueId,
        ty: TyId,
    },
    /// Interpolated text: an f-string, `format!`-like macros. Its arguments are evaluated.
    Text {
        args: u32,
        count: u16,
    },
    /// A macro call whose grammar is call-like or unknown: `path!(args)`. Arguments that could be read are there.
    Macro {
        path: Sym,
        args: u32,
        count: u16,
    },
    /// The value that an import statement inside a function makes (in the unit's imports).
    Import {
        import: u32,
    },
    /// Something that no fact describes.
    Unknown,

    /// A local is written with the part of `from` that the projections (`count` of them from `path`) lead to.
    /// `from` is none where the value comes from outside, as with a parameter's pattern or `global`.
    Write {
        local: LocalId,
        from: ValueId,
        path: u32,
        count: u16,
    },
    /// A module variable is written from inside a function (`global x; x = …`; Rust: assignment to a static).
    WriteName {
        name: Sym,
        from: ValueId,
    },
    WriteAttr {
        of: ValueId,
        name: Sym,
        from: ValueId,
    },
    WriteItem {
        of: ValueId,
        index: ValueId,
        from: ValueId,
    },
    /// `del x`: the local is unbound. Attributes and items that are deleted are discarded reads.
    Delete {
        local: LocalId,
    },

    /// Control leaves `leaves` (the function's body, a loop, a labelled block, a handler for a re-raise).
    Jump {
        kind: JumpKind,
        leaves: RegionId,
        value: ValueId,
    },
    /// The function may be suspended here, besides at an [`ValueKind::Await`].
    Suspend {
        kind: SuspendKind,
        region: RegionId,
    },
}

numbered! {
    /// How a local is read.
    pub enum Access {
        /// Python; Rust where the place is moved or copied.
        Value,
        /// Behind `&` or `&mut`, or as the base of a field.
        Reference,
        /// As a method's receiver: whether it moves is known when the method is.
        Receiver,
    }
}

numbered! {
    pub enum ConstKind {
        Nothing,
        True,
        False,
        /// The text is the literal without underscores and suffix, in decimal.
        Integer,
        Float,
        /// The text is the content, if it is short.
        Text,
        Bytes,
        /// `...`
        Ellipsis,
    }
}

numbered! {
    pub enum CollectionKind {
        List,
        Tuple,
        Set,
        Dict,
    }
}

numbered! {
    pub enum BinaryOp {
        Add,
        Subtract,
        Multiply,
        /// `/`
        Divide,
        FloorDivide,
        Remainder,
        Power,
        MatrixMultiply,
        BitAnd,
        BitOr,
        BitXor,
        ShiftLeft,
        ShiftRight,
        Equal,
        NotEqual,
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        Is,
        IsNot,
        In,
        NotIn,
        /// Unary.
        Not,
        /// Unary.
        Negate,
        /// Unary `~` or `+`.
        Invert,
        /// `a..b`; either may be none.
        Range,
        /// `*x` in Rust.
        Dereference,
    }
}

impl BinaryOp {
    /// The symbol of an operator that makes a new value of two.
    pub fn symbol(self) -> Option<&'static str> {
        Some(match self {
            BinaryOp::Add => "+",
            BinaryOp::Subtract => "-",
            BinaryOp::Multiply => "*",
            BinaryOp::Divide => "/",
            BinaryOp::FloorDivide => "//",
            BinaryOp::Remainder => "%",
            BinaryOp::Power => "**",
            BinaryOp::MatrixMultiply => "@",
            BinaryOp::BitAnd => "&",
            BinaryOp::BitOr => "|",
            BinaryOp::BitXor => "^",
            BinaryOp::ShiftLeft => "<<",
            BinaryOp::ShiftRight => ">>",
            _ => return None,
        })
    }
}

numbered! {
    pub enum JumpKind {
        Return,
        Raise,
        /// `raise` without a value, or of the name that the handler bound.
        Reraise,
        Break,
        Continue,
        /// `?`, `assert`: taken on some values only; the order goes on behind it.
        Maybe,
    }
}

numbered! {
    pub enum SuspendKind {
        /// A turn of `async for`.
        Step,
        /// Entering `async with`.
        Enter,
        /// Leaving `async with`.
        Exit,
        /// `select!`, waiting for its arms.
        Select,
        /// `join!` and its relatives.
        Join,
        Yield,
    }
}

/// What becomes of a value: exactly one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    pub kind: UseKind,
    /// The argument's or element's position.
    pub n: u16,
    /// A value, or a region, as the kind says.
    pub of: u32,
}

impl Use {
    pub const DISCARDED: Use = Use { kind: UseKind::Discarded, n: 0, of: u32::MAX };

    pub fn value(self) -> ValueId {
        ValueId(self.of)
    }

    pub fn region(self) -> RegionId {
        RegionId(self.of)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum UseKind {
    /// An expression statement; also entries of the order that have no value.
    Discarded,
    /// Bound through a pattern; `of` is the first write, or itself where the pattern binds nothing (`let _ =`).
    Bound,
    /// Stored in an attribute, item or module variable; `of` is the write.
    Stored,
    /// Of a method call.
    Receiver,
    /// What an attribute or item is read from.
    Base,
    Callee,
    /// The n-th written argument of a call, struct literal or macro.
    Argument,
    Element,
    Operand,
    /// Of an arm or loop; `of` is the region. Also of `assert`: then the region is none.
    Condition,
    /// Matched against the patterns of a branch's arms; `of` is the branch region.
    Scrutinee,
    /// `of` is the loop region.
    Iterated,
    /// `of` is the managed region.
    Entered,
    Awaited,
    /// The future of a select arm; `of` is the arm's region.
    Raced,
    Returned,
    Yielded,
    Raised,
    /// One of the possible values of a choice.
    Choice,
    /// `of` is the `Try` or `Cast`.
    Tried,
    Interpolated,
    /// Of a definition of the outline, `n` = 0, or a function of the unit, `n` = 1; `of` is its number. Of a class that
    /// is made inside a function, `n` = 2; `of` is its [`ValueKind::Class`].
    Decorates,
    /// A parameter's default; `of` as with `Decorates`.
    Default,
    /// Named by an `except`; `of` is the handler region.
    Caught,
    Deleted,
}

/// An argument, element, field or part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arg {
    pub value: ValueId,
    pub kind: ArgKind,
    /// The keyword or field name.
    pub name: Sym,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ArgKind {
    Positional,
    Keyword,
    /// `*xs`
    Spread,
    /// `**kw`; `..base` of a struct literal.
    KeywordSpread,
    /// A turbofish: `value` is the number of its type term (a tuple of the arguments).
    Generics,
}

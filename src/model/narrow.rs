//! How entries, arguments and extents are narrowed, for [`super::Packed`]: to 16, 6 and 12 bytes.
//!
//! What they mean is said by [`Value`], [`Arg`] and [`Extent`].

use super::packed::Dense;
use super::unit::{Ending, Extent, FnId, LocalId, RegionId, ValueId};
use super::value::*;
use crate::catalogue::TyId;
use crate::text::{Span, Sym};

/// An entry whose numbers fit; `u16::MAX` stands for `u32::MAX`, which is none.
#[derive(Clone, Copy, Debug)]
pub struct NarrowValue {
    tag: Tag,
    used: UseKind,
    small: u8,
    n: u8,
    words: [u16; 3],
    of: u16,
    start: u16,
    end: u16,
}

/// A kind taken apart: `small` is a count or one of the small enumerations.
struct Parts {
    tag: Tag,
    small: u32,
    words: [u32; 3],
}

impl Dense for Value {
    type Narrow = NarrowValue;

    fn narrow(self) -> Option<NarrowValue> {
        let Parts { tag, small, words } = parts(self.kind);
        let [a, b, c] = words;
        Some(NarrowValue {
            tag,
            used: self.used.kind,
            small: u8::try_from(small).ok()?,
            n: u8::try_from(self.used.n).ok()?,
            words: [narrow_word(a)?, narrow_word(b)?, narrow_word(c)?],
            of: narrow_word(self.used.of)?,
            start: narrow_word(self.span.start)?,
            end: narrow_word(self.span.end)?,
        })
    }

    fn widen(value: NarrowValue) -> Value {
        let words = value.words.map(wide_word);
        Value {
            kind: whole(Parts { tag: value.tag, small: value.small.into(), words }),
            used: Use { kind: value.used, n: value.n.into(), of: wide_word(value.of) },
            span: Span { start: wide_word(value.start), end: wide_word(value.end) },
        }
    }
}

/// An argument whose numbers fit.
#[derive(Clone, Copy, Debug)]
pub struct NarrowArg {
    value: u16,
    name: u16,
    kind: ArgKind,
}

impl Dense for Arg {
    type Narrow = NarrowArg;

    fn narrow(self) -> Option<NarrowArg> {
        Some(NarrowArg { value: narrow_word(self.value.0)?, name: narrow_word(self.name.0)?, kind: self.kind })
    }

    fn widen(arg: NarrowArg) -> Arg {
        Arg { value: ValueId(wide_word(arg.value)), kind: arg.kind, name: Sym(wide_word(arg.name)) }
    }
}

/// An extent whose numbers fit.
#[derive(Clone, Copy, Debug)]
pub struct NarrowExtent {
    value: u16,
    local: u16,
    start: u16,
    end: u16,
    into: u16,
    ending: Ending,
}

impl Dense for Extent {
    type Narrow = NarrowExtent;

    fn narrow(self) -> Option<NarrowExtent> {
        Some(NarrowExtent {
            value: narrow_word(self.value.0)?,
            local: narrow_word(self.local.0)?,
            start: narrow_word(self.start)?,
            end: narrow_word(self.end)?,
            into: narrow_word(self.into.0)?,
            ending: self.ending,
        })
    }

    fn widen(extent: NarrowExtent) -> Extent {
        Extent {
            value: ValueId(wide_word(extent.value)),
            local: LocalId(wide_word(extent.local)),
            start: wide_word(extent.start),
            end: wide_word(extent.end),
            ending: extent.ending,
            into: ValueId(wide_word(extent.into)),
        }
    }
}

fn narrow_word(word: u32) -> Option<u16> {
    match word {
        u32::MAX => Some(u16::MAX),
        word => u16::try_from(word).ok().filter(|word| *word != u16::MAX),
    }
}

fn wide_word(word: u16) -> u32 {
    if word == u16::MAX { u32::MAX } else { word.into() }
}

/// A field of a kind as a number and back.
trait Word {
    fn word(self) -> u32;
    fn of(word: u32) -> Self;
}

macro_rules! words {
    ($($id:ident),*) => {
        $(impl Word for $id {
            fn word(self) -> u32 {
                self.0
            }
            fn of(word: u32) -> $id {
                $id(word)
            }
        })*
    };
}

words!(Sym, TyId, ValueId, LocalId, RegionId, FnId);

macro_rules! enumerations {
    ($($name:ident),*) => {
        $(impl Word for $name {
            fn word(self) -> u32 {
                self as u32
            }
            fn of(word: u32) -> $name {
                $name::ALL[word as usize]
            }
        })*
    };
}

enumerations!(Access, ConstKind, CollectionKind, BinaryOp, JumpKind, SuspendKind);

impl Word for u32 {
    fn word(self) -> u32 {
        self
    }
    fn of(word: u32) -> u32 {
        word
    }
}

impl Word for u16 {
    fn word(self) -> u32 {
        self.into()
    }
    fn of(word: u32) -> u16 {
        word as u16
    }
}

/// For each kind: the field kept as `small`, if any, and up to three others.
macro_rules! kinds {
    ($($kind:ident ($($small:ident)?) [$($field:ident)*],)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        enum Tag {
            $($kind,)*
        }

        fn parts(kind: ValueKind) -> Parts {
            match kind {
                $(ValueKind::$kind { $($small,)? $($field,)* } => Parts {
                    tag: Tag::$kind,
                    small: 0 $(+ $small.word())?,
                    words: three([$($field.word(),)*]),
                },)*
            }
        }

        fn whole(parts: Parts) -> ValueKind {
            let mut words = parts.words.into_iter();
            match parts.tag {
                $(Tag::$kind => ValueKind::$kind {
                    $($small: Word::of(parts.small),)?
                    $($field: next(&mut words),)*
                },)*
            }
        }
    };
}

kinds! {
    Name () [name generics],
    Local (by) [local],
    Const (kind) [text],
    Attr () [of name],
    Item () [of index],
    Call (count) [callee args],
    Method (count) [of name args],
    Struct (count) [ty args],
    Collection (kind) [args count],
    Operation (op) [left right],
    Choice () [region],
    Function () [function],
    Class () [name],
    Await () [of],
    Try () [of],
    Cast () [of ty],
    Text (count) [args],
    Macro (count) [path args],
    Import () [import],
    Unknown () [],
    Write (count) [local from path],
    WriteName () [name from],
    WriteAttr () [of name from],
    WriteItem () [of index from],
    Delete () [local],
    Jump (kind) [leaves value],
    Suspend (kind) [region],
}

fn three<const N: usize>(words: [u32; N]) -> [u32; 3] {
    let mut all = [0; 3];
    all[..N].copy_from_slice(&words);
    all
}

fn next<W: Word>(words: &mut impl Iterator<Item = u32>) -> W {
    W::of(words.next().expect("a kind has at most three words"))
}

const _: () = {
    assert!(size_of::<NarrowValue>() == 16);
    assert!(size_of::<NarrowArg>() == 6);
    assert!(size_of::<NarrowExtent>() == 12);
    assert!(size_of::<Value>() == 32);
};

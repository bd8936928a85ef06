//! Type terms as they are written: in an annotation, in a signature, in a catalogue entry.
//!
//! A term names types by the path that was written; resolving the path is the linker's work. References, `mut`,
//! lifetimes, `Optional`, `Annotated`, `Final` and `ClassVar` leave no trace; an `Optional` keeps its inner type.

use crate::text::Sym;

/// The language that a file or a catalogue entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Language {
    Python,
    Rust,
}

/// A term of a [`TyPool`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TyId(pub u32);

impl TyId {
    /// Nothing was written.
    pub const NONE: TyId = TyId(u32::MAX);

    /// Whether nothing was written.
    pub fn is_none(self) -> bool {
        self == TyId::NONE
    }

    /// Whether something was written.
    pub fn is_some(self) -> bool {
        self != TyId::NONE
    }
}

/// Terms `start..start + len` of the pool's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct TyList {
    pub start: u32,
    pub len: u32,
}

/// One type term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// Something was written that says nothing about the value: `Any`, `_`, a macro in type position.
    Unknown,
    /// A nominal type or a type parameter, by the path as written (`Path`, `threading.Lock`, `std::sync::Mutex`).
    Named {
        path: Sym,
        args: TyList,
    },
    Tuple {
        parts: TyList,
    },
    /// `A | B`, `Union[A, B]`; `None` is not a part.
    Union {
        parts: TyList,
    },
    /// `impl A + B`, `dyn A + B`. An associated type is the trait's last argument: `impl Future<Output = T>` is `Future<T>`.
    Dyn {
        traits: TyList,
    },
    /// A value that is called: parameters, then the result as the last term (`Callable[[A], B]`, `fn(A) -> B`, `impl Fn(A) -> B`).
    Callable {
        signature: TyList,
    },
    /// The class object itself: `type[T]`.
    Class {
        of: TyId,
    },
    /// `Self`.
    SelfTy,
    /// `None`, `()`, `!`.
    Nothing,
}

/// Terms and their lists, flat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TyPool {
    pub terms: Vec<Ty>,
    pub lists: Vec<TyId>,
}

impl TyPool {
    /// Adds a term.
    pub fn push(&mut self, ty: Ty) -> TyId {
        self.terms.push(ty);
        TyId(self.terms.len() as u32 - 1)
    }

    /// Adds a list of terms.
    pub fn push_list(&mut self, parts: &[TyId]) -> TyList {
        let start = self.lists.len() as u32;
        self.lists.extend_from_slice(parts);
        TyList { start, len: parts.len() as u32 }
    }

    /// A nominal term without arguments.
    pub fn named(&mut self, path: Sym) -> TyId {
        self.push(Ty::Named { path, args: TyList::default() })
    }

    /// A term; unknown for an id of no term.
    pub fn get(&self, id: TyId) -> Ty {
        self.terms.get(id.0 as usize).copied().unwrap_or(Ty::Unknown)
    }

    /// The terms of a list.
    pub fn list(&self, list: TyList) -> &[TyId] {
        &self.lists[list.start as usize..(list.start + list.len) as usize]
    }
}

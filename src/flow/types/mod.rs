//! What a value is, from evidence alone: an annotation, a constructor, a write, a pattern, a signature.
//!
//! No subtyping, no inference variables, no solving. Everything that is not evident is [`Type::Unknown`].

mod arguments;
mod attributes;
mod call_results;
mod calls;
mod eval;
mod gaps;
mod generics;
mod holes;
mod locals;
mod protocols;
mod results;
mod rust_members;
mod terms;

pub use attributes::{Member, python_operator};
pub use calls::{Bound, Callee, Resolution, Target};
pub use eval::Eval;
pub(super) use eval::{Answer, Question};
pub use gaps::Gap;
pub(super) use holes::only_write;
pub(super) use terms::TermScope;

use crate::catalogue::{FunctionId, TypeId};
use crate::flow::ids::{Def, Func, ModuleId};
use crate::flow::naming::names::Name;
use std::sync::Arc;

/// A nominal type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nominal {
    Project(Def),
    Library(TypeId),
    /// A library's type that the catalogue does not know, by its path.
    Path(Name),
}

pub type Parts = Arc<[Type]>;

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    Unknown,
    /// `None`, `()`.
    Nothing,
    /// A value of a nominal type, with type arguments and the variant that a constructor or builder set.
    Instance(Nominal, Parts, Name),
    /// The class itself.
    Class(Nominal, Parts),
    Module(ModuleId),
    /// A module of a library, or something of it that the catalogue does not know.
    LibraryPath(Name),
    Function(Callable),
    /// A method together with its receiver.
    Bound(Arc<Type>, Callable),
    /// `functools.partial` and closures over arguments: the callee, and how many positional arguments are given.
    Partial(Arc<Type>, u32),
    /// What calling an async function gives before it is awaited; then the awaited type.
    Coroutine(Arc<Type>),
    /// What calling a generator gives: its elements, and whether it is asynchronous.
    Generator(Arc<Type>, bool),
    Tuple(Parts),
    /// One of several; an unknown part stays a part.
    Union(Parts),
    /// Something that implements all of these traits or protocols.
    Dyn(Parts),
    /// A value that is called, of unknown identity; calling gives this.
    Callable(Arc<Type>),
    /// The n-th parameter of the function in question.
    Param(u32),
    TypeParam(Name),
    /// `super()` in a method of the class.
    Super(Def, Arc<Type>),
}

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Callable {
    Project(Func),
    Library(FunctionId),
}

/// More parts than this are unknown.
pub const MAX_UNION: usize = 4;

impl Type {
    pub fn instance(of: Nominal) -> Type {
        Type::Instance(of, no_parts(), Name::NONE)
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self, Type::Unknown)
    }

    /// One of several types; nested unions are flattened, `None` is left out unless it is all there is.
    pub fn union(parts: impl IntoIterator<Item = Type>) -> Type {
        let mut flat: Vec<Type> = Vec::new();
        let mut saw_nothing = false;
        let mut add = |part: Type| match part {
            Type::Nothing => saw_nothing = true,
            part if !flat.contains(&part) => flat.push(part),
            _ => {}
        };
        for part in parts {
            match part {
                Type::Union(inner) => inner.iter().cloned().for_each(&mut add),
                part => add(part),
            }
        }
        match flat.len() {
            0 if saw_nothing => Type::Nothing,
            0 => Type::Unknown,
            1 => flat.pop().expect("there is one"),
            n if n > MAX_UNION + 1 => Type::Unknown,
            _ => Type::Union(flat.into()),
        }
    }

    /// The alternatives that are known; and whether there is an unknown one.
    pub fn alternatives(&self) -> (Vec<Type>, bool) {
        match self {
            Type::Union(parts) => {
                let known: Vec<Type> = parts.iter().filter(|part| !part.is_unknown()).cloned().collect();
                let open = known.len() < parts.len();
                (known, open)
            }
            Type::Unknown => (Vec::new(), true),
            other => (vec![other.clone()], false),
        }
    }

    /// The n-th type argument.
    pub fn arg(&self, n: usize) -> Type {
        match self {
            Type::Instance(_, args, _) | Type::Class(_, args) => args.get(n).cloned().unwrap_or(Type::Unknown),
            _ => Type::Unknown,
        }
    }

    pub fn nominal(&self) -> Option<Nominal> {
        match self {
            Type::Instance(nominal, ..) | Type::Class(nominal, _) => Some(*nominal),
            _ => None,
        }
    }
}

pub fn no_parts() -> Parts {
    Arc::from([])
}

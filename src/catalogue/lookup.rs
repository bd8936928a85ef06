//! Looking things up by path: effects and signatures as one.

use super::schema::{AttributeEntry, CallableEntry, MacroEntry, TypeEntry};
use super::{Language, TyId, TyPool};
use crate::text::Strings;

/// A function or method of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FunctionId(pub u32);

/// A class, struct, enum or trait of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub u32);

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    Function(FunctionId),
    Type(TypeId),
    Module,
    /// A constant or variable of a known type (in the pool of [`Catalogue::pool_of_value`]).
    Value(TypeRef),
}

/// A type term of one library's pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeRef {
    pub library: u32,
    pub ty: TyId,
}

/// How a method takes its receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// Not a method, or a static one.
    None,
    /// Python's `self`; Rust's `&self`.
    Reference,
    /// Rust's `self`.
    Value,
    /// A class method.
    Class,
}

/// A parameter's default, where it is a constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Default {
    /// It must be given.
    Required,
    Nothing,
    Bool(bool),
    Number(f64),
    Text(String),
    /// There is one, but it is no constant.
    Other,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ParamSignature {
    pub name: String,
    pub kind: ParamShape,
    pub ty: TyId,
    pub default: Default,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamShape {
    PositionalOnly,
    Ordinary,
    Rest,
    KeywordOnly,
    KeywordRest,
}

/// A function or method, its receiver not among its parameters.
#[derive(Clone, Debug)]
pub struct Function {
    /// Canonical: `requests.get`, `std::fs::File::open`, `requests.Session.get`.
    pub path: String,
    /// The library whose pool its terms are in.
    pub library: u32,
    pub is_async: bool,
    pub is_property: bool,
    pub receiver: Receiver,
    pub params: Vec<ParamSignature>,
    /// Whether the parameters are known at all.
    pub has_params: bool,
    pub returns: TyId,
    pub generics: Vec<String>,
    /// Effects and replacements; the default where only the signature is known.
    pub entry: CallableEntry,
    /// Whether a person described what it does; an entry without effects is known to do nothing of note.
    pub has_entry: bool,
}

/// A type with its effects. Methods are looked up with [`Catalogue::method`].
#[derive(Clone, Debug)]
pub struct Type {
    pub path: String,
    pub library: u32,
    pub is_trait: bool,
    pub generics: Vec<String>,
    /// Nominal terms in the library's pool.
    pub bases: Vec<TyId>,
    pub implements: Vec<TyId>,
    pub awaits: TyId,
    pub derefs: TyId,
    pub iterates: TyId,
    pub new: Option<FunctionId>,
    /// The written entry, without methods and constructor.
    pub entry: Option<Box<TypeEntry>>,
}

#[derive(Clone, Debug)]
pub struct Macro {
    pub path: String,
    pub entry: MacroEntry,
}

#[derive(Clone, Debug)]
pub struct Attribute {
    pub path: String,
    pub entry: AttributeEntry,
}

/// What is wrong with a catalogue file, shown like a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueError {
    pub file: String,
    /// Bytes of that file.
    pub span: std::ops::Range<usize>,
    pub message: String,
}

/// Effects and signatures of all known libraries, loaded library by library when first asked for.
#[derive(Debug, Default)]
pub struct Catalogue {}

impl Catalogue {
    /// The catalogue that unsnarl ships.
    pub fn embedded() -> Catalogue {
        todo!()
    }

    /// The embedded catalogue with a user's entries on top; theirs win.
    pub fn with_entries(&self, file: &str, text: &str) -> Result<Catalogue, Vec<CatalogueError>> {
        let _ = (file, text);
        todo!()
    }

    /// What stands at an absolute path (`requests.Session`, `tokio::time::sleep`, also a re-export's).
    pub fn find(&self, language: Language, path: &str) -> Option<Item> {
        let _ = (language, path);
        None
    }

    /// Whether the root of a path (a package, a crate) is known, so that a missing item is known to be missing.
    pub fn knows(&self, language: Language, root: &str) -> bool {
        let _ = (language, root);
        false
    }

    pub fn function(&self, id: FunctionId) -> &Function {
        let _ = id;
        todo!()
    }

    pub fn ty(&self, id: TypeId) -> &Type {
        let _ = id;
        todo!()
    }

    /// A method of the type itself, not of its bases; the type's `*` entry where there is no other.
    pub fn method(&self, ty: TypeId, name: &str) -> Option<FunctionId> {
        let _ = (ty, name);
        None
    }

    /// A field or attribute of the type itself.
    pub fn attribute(&self, ty: TypeId, name: &str) -> Option<TyId> {
        let _ = (ty, name);
        None
    }

    /// The result of an operator on the type itself: `"/"`, `"/r"`.
    pub fn operator(&self, ty: TypeId, operator: &str) -> Option<TyId> {
        let _ = (ty, operator);
        None
    }

    pub fn macro_at(&self, path: &str) -> Option<&Macro> {
        let _ = path;
        None
    }

    /// A decorator or attribute entry: `tokio::main`.
    pub fn attribute_at(&self, language: Language, path: &str) -> Option<&Attribute> {
        let _ = (language, path);
        None
    }

    /// The terms and names of a library.
    pub fn pool(&self, library: u32) -> (&TyPool, &Strings) {
        let _ = library;
        todo!()
    }

    /// The runtime that using a library says, if any, and its name.
    pub fn runtime(&self, library: u32) -> Option<&str> {
        let _ = library;
        None
    }
}

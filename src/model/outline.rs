//! The outline of a file: imports, definitions, signatures. Spans count from the file's first byte.

use super::{DefId, UnitId, ValueId};
use crate::catalogue::{TyId, TyPool};
use crate::model::unit::Slice;
use crate::text::{Span, Sym};

/// What a file offers and asks of others, without bodies.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// In source order; a definition stands behind the one that it is in.
    pub definitions: Vec<Definition>,
    /// The module-level imports (Python, also inside `if` and `try`) and `use` declarations of every inline module (Rust).
    pub imports: Vec<Import>,
    pub params: Vec<Param>,
    pub fields: Vec<Field>,
    pub generics: Vec<GenericParam>,
    pub types: TyPool,
    /// Type terms that definitions list: bases.
    pub bases: Vec<TyId>,
    /// Decorator and attribute values, in the module unit.
    pub decorators: Vec<ValueId>,
    /// Names in `__all__`, where it is written as a list of constants.
    pub exports: Option<Vec<Sym>>,
    /// One for each unit, in the order of units.
    pub units: Vec<UnitSpan>,
}

impl Outline {
    pub fn get(&self, id: DefId) -> &Definition {
        &self.definitions[id.0 as usize]
    }

    pub fn ids(&self) -> impl Iterator<Item = DefId> + use<> {
        (0..self.definitions.len() as u32).map(DefId)
    }

    pub fn params(&self, def: DefId) -> &[Param] {
        self.get(def).params.of(&self.params)
    }

    pub fn fields(&self, def: DefId) -> &[Field] {
        self.get(def).fields.of(&self.fields)
    }

    pub fn bases(&self, def: DefId) -> &[TyId] {
        self.get(def).bases.of(&self.bases)
    }

    pub fn generics(&self, def: DefId) -> &[GenericParam] {
        self.get(def).generics.of(&self.generics)
    }

    pub fn decorators(&self, def: DefId) -> &[ValueId] {
        self.get(def).decorators.of(&self.decorators)
    }

    pub fn size(&self) -> usize {
        size_of_val(&self.definitions[..])
            + size_of_val(&self.imports[..])
            + size_of_val(&self.params[..])
            + size_of_val(&self.fields[..])
            + size_of_val(&self.generics[..])
            + size_of_val(&self.types.terms[..])
            + size_of_val(&self.types.lists[..])
            + size_of_val(&self.bases[..])
            + size_of_val(&self.decorators[..])
            + size_of_val(&self.units[..])
    }
}

/// Where a unit's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitSpan {
    pub span: Span,
    /// The function that the unit is, or none for the module's own code.
    pub def: DefId,
}

/// A named thing of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    pub kind: DefKind,
    pub flags: DefFlags,
    /// An impl block has none.
    pub name: Sym,
    /// The class, impl, trait, enum or inline module around it.
    pub parent: DefId,
    /// The whole definition, decorators and attributes included.
    pub span: Span,
    pub name_span: Span,
    /// A function's unit.
    pub unit: UnitId,
    /// A function's parameters.
    pub params: Slice,
    /// A function's declared result; a type alias's target; a constant's declared type.
    /// An `async` function's is the awaited type, as written.
    pub returns: TyId,
    /// A class's bases, a trait's supertraits; an impl's self type and then, if any, its trait.
    pub bases: Slice,
    pub generics: Slice,
    pub fields: Slice,
    pub decorators: Slice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum DefKind {
    Function,
    /// A Python class.
    Class,
    /// A Rust struct or union.
    Struct,
    Enum,
    /// A variant of an enum; fields of a tuple variant are named `0`, `1`, ….
    Variant,
    Trait,
    Impl,
    /// A type alias, or an associated type of an impl.
    Alias,
    /// A Rust `const` or `static`. A Python module's names are locals of its module unit.
    Const,
    /// A Rust module: inline, or in another file ([`DefFlags::OUT_OF_LINE`]).
    Module,
    /// A function-like macro defined by `macro_rules!`.
    Macro,
}

/// Facts about a definition that syntax alone tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DefFlags(pub u16);

impl DefFlags {
    /// `async def`, `async fn`.
    pub const ASYNC: DefFlags = DefFlags(1);
    /// Its body yields.
    pub const GENERATOR: DefFlags = DefFlags(2);
    /// It takes `self`: any Rust receiver. A Python method's first parameter is an ordinary parameter.
    pub const RECEIVER: DefFlags = DefFlags(4);
    /// The receiver is taken by value (`self`, `mut self`).
    pub const BY_VALUE: DefFlags = DefFlags(8);
    /// Nothing but a signature: a trait's required method, a stub's function, a body of `...` or a docstring only, or
    /// one that raises `NotImplementedError`.
    pub const NO_BODY: DefFlags = DefFlags(16);
    /// Under `if TYPE_CHECKING` or its else.
    pub const TYPE_CHECKING: DefFlags = DefFlags(32);
    /// `#[cfg(test)]` on it or around it, or `#[test]`.
    pub const TEST: DefFlags = DefFlags(64);
    /// In one of several branches of which one is taken (`try` / `except`, `if` / `else` at the top level).
    pub const CONDITIONAL: DefFlags = DefFlags(128);
    /// Visible from outside its module.
    pub const PUBLIC: DefFlags = DefFlags(256);
    /// `mod name;`: the body is another file; `returns` is none, `name` the module. A `#[path]` is its decorator.
    pub const OUT_OF_LINE: DefFlags = DefFlags(512);
    /// A Python `lambda` bound at module level is no definition; a Rust `static` is, with this.
    pub const STATIC: DefFlags = DefFlags(1024);
    /// `unsafe fn`, `extern` block item: it has no body that can be read.
    pub const FOREIGN: DefFlags = DefFlags(2048);
    /// A body that does nothing, `pass`: there to be overridden.
    pub const HOOK: DefFlags = DefFlags(4096);

    pub fn has(self, flag: DefFlags) -> bool {
        self.0 & flag.0 == flag.0
    }

    pub fn set(&mut self, flag: DefFlags) {
        self.0 |= flag.0;
    }
}

/// A parameter of a definition's signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Param {
    pub name: Sym,
    pub kind: ParamKind,
    pub ty: TyId,
    /// The default's value: in the module unit for a definition, in the unit itself for a nested function.
    pub default: ValueId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ParamKind {
    /// Rust's `self` in any form.
    Receiver,
    PositionalOnly,
    /// By position or keyword. A Rust parameter.
    Ordinary,
    /// `*args`
    Rest,
    KeywordOnly,
    /// `**kwargs`
    KeywordRest,
}

/// A declared field: of a class body (annotated), a struct, a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// `0`, `1`, … in tuple structs.
    pub name: Sym,
    pub ty: TyId,
    /// The value assigned where it is declared, in the module unit.
    pub default: ValueId,
}

/// A type parameter and what it must implement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GenericParam {
    pub name: Sym,
    /// A `Dyn`, a nominal bound, or none.
    pub bound: TyId,
}

/// One imported name. `import a.b` binds `a`; `import a.b as c` and `from a import b as c` bind `c`; `use a::b as c` binds `c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Import {
    /// The module as written, without leading dots: `a.b`; for Rust everything before the last segment: `crate::a`.
    pub path: Sym,
    /// The imported name, `*` for all of them, or none for `import a.b`.
    pub name: Sym,
    /// The name that is bound here.
    pub alias: Sym,
    /// Leading dots of a relative Python import.
    pub level: u8,
    pub flags: ImportFlags,
    /// The inline module that a Rust `use` is in, or none.
    pub within: DefId,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportFlags(pub u8);

impl ImportFlags {
    /// `pub use`, or any visibility wider than private.
    pub const PUBLIC: ImportFlags = ImportFlags(1);
    pub const TYPE_CHECKING: ImportFlags = ImportFlags(2);
    /// In one of several branches of which one is taken.
    pub const CONDITIONAL: ImportFlags = ImportFlags(4);

    pub fn has(self, flag: ImportFlags) -> bool {
        self.0 & flag.0 == flag.0
    }
}

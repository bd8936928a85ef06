//! Looking things up by path: effects and signatures as one.

use super::embedded::{self, Source};
use super::load::{Entry, Loaded, Loader, Members};
use super::schema::{AttributeEntry, CallableEntry, EffectsFile, MacroEntry, TypeEntry};
use super::{Language, TyId, TyPool};
use crate::text::Strings;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

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
    /// A constant or variable of a known type .
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

/// A parameter of a [`Function`].
#[derive(Clone, Debug, PartialEq)]
pub struct ParamSignature {
    pub name: String,
    pub kind: ParamShape,
    /// Only where the signature ties it to a generic, else none.
    pub ty: TyId,
    pub default: Default,
}

/// How a parameter takes its arguments.
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
    /// Whether what it awaits may run without it, as behind a handle: of an installed type nobody says.
    pub may_run: bool,
    pub derefs: TyId,
    pub iterates: TyId,
    /// What `with … as x` binds.
    pub entered: TyId,
    /// The constructor: what calling the type does.
    pub new: Option<FunctionId>,
    /// The written entry, without methods and constructor.
    pub entry: Option<Box<TypeEntry>>,
}

/// A function-like macro.
#[derive(Clone, Debug)]
pub struct Macro {
    pub path: String,
    pub entry: MacroEntry,
}

/// An attribute or decorator.
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
#[derive(Default)]
pub struct Catalogue {
    libraries: Vec<Library>,
    /// The library of each root segment.
    roots: FxHashMap<(Language, String), u32>,
    user: Vec<Arc<EffectsFile>>,
}

/// One library: the roots that belong together, and what is known of them.
#[derive(Clone)]
struct Library {
    source: Source,
    loaded: Arc<OnceLock<Box<Loaded>>>,
}

const SHIFT: u32 = 20;

/// As many as an id can tell apart.
const MOST_LIBRARIES: u32 = 1 << (32 - SHIFT);

impl FunctionId {
    pub(super) fn new(library: u32, at: usize) -> FunctionId {
        FunctionId(library << SHIFT | at as u32)
    }
}

impl TypeId {
    pub(super) fn new(library: u32, at: usize) -> TypeId {
        TypeId(library << SHIFT | at as u32)
    }
}

fn parts(id: u32) -> (u32, usize) {
    (id >> SHIFT, (id & ((1 << SHIFT) - 1)) as usize)
}

impl Catalogue {
    /// The catalogue that unsnarl ships.
    pub fn embedded() -> Catalogue {
        Catalogue::of(embedded::sources(), Vec::new())
    }

    /// The shipped catalogue without what was written by hand: what there is, by the generated signatures alone.
    pub fn signatures_alone() -> Catalogue {
        let mut sources = embedded::sources();
        sources.iter_mut().for_each(|source| source.effects.clear());
        Catalogue::of(sources, Vec::new())
    }

    /// Name and text of each effects file that unsnarl ships.
    pub fn effects_files() -> Vec<(&'static str, &'static str)> {
        embedded::sources().into_iter().flat_map(|source| source.effects).collect()
    }

    /// Language and root of each signature file that unsnarl ships.
    pub fn signature_roots() -> Vec<(Language, &'static str)> {
        let sources = embedded::sources();
        sources.into_iter().flat_map(|it| it.signatures.into_iter().map(move |(root, _)| (it.language, root))).collect()
    }

    fn of(sources: Vec<Source>, user: Vec<Arc<EffectsFile>>) -> Catalogue {
        let mut catalogue = Catalogue { user, ..Catalogue::default() };
        for source in sources {
            let number = catalogue.libraries.len() as u32;
            for root in &source.roots {
                catalogue.roots.entry((source.language, root.to_string())).or_insert(number);
            }
            catalogue.libraries.push(Library { source, loaded: Arc::default() });
        }
        catalogue
    }

    /// The embedded catalogue with a user's entries on top; theirs win.
    pub fn with_entries(&self, file: &str, text: &str) -> Result<Catalogue, Vec<CatalogueError>> {
        let entries = EffectsFile::parse(file, text)?;
        let language = if entries.language == "rust" { Language::Rust } else { Language::Python };
        let mut sources: Vec<Source> = self.libraries.iter().map(|library| library.source.clone()).collect();
        for path in entries.paths() {
            let root = root_of(path);
            let known = sources.iter().any(|source| source.language == language && source.has_root(root));
            if !known {
                sources.push(Source::unshipped(language, root));
            }
        }
        let mut user = self.user.clone();
        user.push(Arc::new(entries));
        Ok(Catalogue::of(sources, user))
    }

    /// This catalogue and signatures of installed libraries, by root: they say what it does not know. What it knows of a
    /// class or a function stays as it is, and so do effects.
    pub fn with_installed(&self, language: Language, signatures: Vec<(String, String)>) -> Catalogue {
        let mut catalogue =
            Catalogue { libraries: self.libraries.clone(), roots: self.roots.clone(), user: self.user.clone() };
        for (root, text) in signatures {
            let known = catalogue.roots.get(&(language, root.clone())).copied();
            let number = known.unwrap_or(catalogue.libraries.len() as u32);
            if number >= MOST_LIBRARIES {
                continue;
            }
            if known.is_none() {
                catalogue.roots.insert((language, root.clone()), number);
                let source = Source::unshipped(language, &root);
                catalogue.libraries.push(Library { source, loaded: Arc::default() });
            }
            let library = &mut catalogue.libraries[number as usize];
            library.source.installed.push((root, text.into()));
            library.loaded = Arc::default();
        }
        catalogue
    }

    /// What stands at an absolute path (`requests.Session`, `tokio::time::sleep`, also a re-export's).
    ///
    /// A name of Python's builtins or of Rust's prelude may stand alone; `core` and `alloc` are `std`.
    pub fn find(&self, language: Language, path: &str) -> Option<Item> {
        let (library, entry, _) = self.resolve(language, path, 0)?;
        Some(match entry {
            Found::Function(at) => Item::Function(FunctionId::new(library, at)),
            Found::Type(at) => Item::Type(TypeId::new(library, at)),
            Found::Module => Item::Module,
            Found::Value(ty) => Item::Value(TypeRef { library, ty }),
        })
    }

    /// Whether anything is known of the root of a path (a package, a crate).
    pub fn knows(&self, language: Language, root: &str) -> bool {
        self.roots.contains_key(&(language, root_spelling(language, root).into_owned()))
    }

    /// Whether the root's signatures are known, so that a missing item is known to be missing.
    pub fn is_complete(&self, language: Language, root: &str) -> bool {
        let root = root_spelling(language, root);
        let Some(library) = self.roots.get(&(language, root.clone().into_owned())) else { return false };
        self.libraries[*library as usize].source.signatures.iter().any(|(known, _)| *known == root)
    }

    /// A function of the catalogue.
    pub fn function(&self, id: FunctionId) -> &Function {
        let (library, at) = parts(id.0);
        &self.load(library).functions[at]
    }

    /// A type of the catalogue.
    pub fn ty(&self, id: TypeId) -> &Type {
        let (library, at) = parts(id.0);
        &self.load(library).types[at]
    }

    /// A method of the type itself, not of its bases; the type's `*` entry where there is no other.
    pub fn method(&self, ty: TypeId, name: &str) -> Option<FunctionId> {
        let (library, members) = self.members(ty);
        members.method(name).map(|at| FunctionId::new(library, at))
    }

    /// A field or attribute of the type itself; the type's `*` entry where there is no other.
    pub fn attribute(&self, ty: TypeId, name: &str) -> Option<TyId> {
        let attributes = &self.members(ty).1.attributes;
        attributes.get(name).or_else(|| attributes.get("*").filter(|_| !name.starts_with('_'))).copied()
    }

    /// The result of an operator on the type itself: `"/"`, `"/r"`.
    pub fn operator(&self, ty: TypeId, operator: &str) -> Option<TyId> {
        self.members(ty).1.operators.get(operator).copied()
    }

    /// The macro at an absolute path: `tokio::select`.
    pub fn macro_at(&self, path: &str) -> Option<&Macro> {
        let path = root_spelling(Language::Rust, path);
        let rootless = self.libraries.iter().enumerate().filter(|(_, library)| library.source.roots.is_empty());
        rootless
            .map(|(number, _)| number as u32)
            .chain(self.roots.get(&(Language::Rust, root_of(&path).to_string())).copied())
            .find_map(|library| self.load(library).macros.get(path.as_ref()))
    }

    /// A decorator or attribute entry: `tokio::main`.
    pub fn attribute_at(&self, language: Language, path: &str) -> Option<&Attribute> {
        let path = root_spelling(language, path);
        let library = *self.roots.get(&(language, root_of(&path).to_string()))?;
        self.load(library).attributes.get(path.as_ref())
    }

    /// The terms and names of a library.
    pub fn pool(&self, library: u32) -> (&TyPool, &Strings) {
        let loaded = self.load(library);
        (&loaded.pool, &loaded.strings)
    }

    /// The language that a library is of.
    pub fn language(&self, library: u32) -> Language {
        self.libraries[library as usize].source.language
    }

    /// The library that a root (a package, a crate) belongs to.
    pub fn library_of(&self, language: Language, root: &str) -> Option<u32> {
        self.roots.get(&(language, root_spelling(language, root).into_owned())).copied()
    }

    /// The runtime that using a library says, if any, and its name.
    pub fn runtime(&self, library: u32) -> Option<&str> {
        self.load(library).runtime.as_deref()
    }

    /// What runs a blocking call on a worker of a runtime.
    pub fn offload_of(&self, language: Language, runtime: &str) -> Option<&str> {
        self.load(self.library_of(language, runtime)?).offload.as_deref()
    }

    /// What keeps and joins the tasks of a runtime.
    pub fn group_of(&self, language: Language, runtime: &str) -> Option<&str> {
        self.load(self.library_of(language, runtime)?).group.as_deref()
    }

    /// The path and the span within its file of everything that is wrong with the shipped catalogue; for tests.
    pub fn defects(&self) -> Vec<String> {
        (0..self.libraries.len() as u32).flat_map(|library| self.load(library).defects.iter().cloned()).collect()
    }

    fn members(&self, ty: TypeId) -> (u32, &Members) {
        let (library, at) = parts(ty.0);
        (library, &self.load(library).members[at])
    }

    fn load(&self, number: u32) -> &Loaded {
        let library = &self.libraries[number as usize];
        library.loaded.get_or_init(|| Box::new(Loader::load(number, &library.source, &self.user)))
    }

    fn resolve<'p>(&self, language: Language, path: &'p str, steps: u32) -> Option<(u32, Found, Cow<'p, str>)> {
        let path = root_spelling(language, path);
        let library = *self.roots.get(&(language, root_of(&path).to_string()))?;
        self.resolve_from(language, library, path, steps)
    }

    fn resolve_from<'p>(
        &self,
        language: Language,
        library: u32,
        path: Cow<'p, str>,
        steps: u32,
    ) -> Option<(u32, Found, Cow<'p, str>)> {
        if steps > 12 {
            return None;
        }
        let loaded = self.load(library);
        match loaded.items.get(path.as_ref()) {
            Some(Entry::Alias(target)) => {
                let (library, found, path) = self.resolve(language, target, steps + 1)?;
                return Some((library, found, Cow::Owned(path.into_owned())));
            }
            Some(Entry::Function(at)) => return Some((library, Found::Function(*at), path)),
            Some(Entry::Type(at)) => return Some((library, Found::Type(*at), path)),
            Some(Entry::Value(ty)) => return Some((library, Found::Value(*ty), path)),
            Some(Entry::Module) => return Some((library, Found::Module, path)),
            None => {}
        }
        let separator = separator(language);
        let (parent, name) = path.rsplit_once(separator)?;
        let (library, found, home) = self.resolve(language, parent, steps + 1)?;
        match found {
            Found::Type(at) => {
                let members = &self.load(library).members[at];
                let found = match members.method(name) {
                    Some(method) => Found::Function(method),
                    None => Found::Value(*members.attributes.get(name)?),
                };
                Some((library, found, path))
            }
            Found::Module if home != parent => {
                let moved = format!("{home}{separator}{name}");
                let (library, found, path) = self.resolve(language, &moved, steps + 1)?;
                Some((library, found, Cow::Owned(path.into_owned())))
            }
            _ => None,
        }
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue").field("libraries", &self.libraries.len()).finish_non_exhaustive()
    }
}

#[derive(Clone, Copy)]
enum Found {
    Function(usize),
    Type(usize),
    Module,
    Value(TyId),
}

/// What separates the segments of a path.
pub(super) fn separator(language: Language) -> &'static str {
    match language {
        Language::Python => ".",
        Language::Rust => "::",
    }
}

/// The first segment.
pub(super) fn root_of(path: &str) -> &str {
    &path[..path.find(['.', ':']).unwrap_or(path.len())]
}

/// The path under the root by which the catalogue knows it.
fn root_spelling(language: Language, path: &str) -> Cow<'_, str> {
    match language {
        Language::Rust => {
            for twin in ["core", "alloc"] {
                if let Some(rest) = path.strip_prefix(twin)
                    && (rest.is_empty() || rest.starts_with("::"))
                {
                    return Cow::Owned(format!("std{rest}"));
                }
            }
            match path.contains("::") {
                true => Cow::Borrowed(path),
                // A package's name: `async-std`.
                false if path.contains('-') => Cow::Owned(path.replace('-', "_")),
                false => Cow::Owned(super::terms::absolute(language, path)),
            }
        }
        Language::Python => match path.contains('.') {
            true => Cow::Borrowed(path),
            false => Cow::Owned(super::terms::absolute(language, path)),
        },
    }
}

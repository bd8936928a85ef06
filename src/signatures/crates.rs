//! Rust crates: what can be reached from their roots, resolved across crates.

use super::answers::Answers;
use crate::catalogue::{Catalogue, Item, Language, Ty, prelude};
use crate::model::{DefFlags, DefId, DefKind, FileFacts, Import, ImportFlags};
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// Where the sources of crates come from. Paths of files count from the folder of the crate's root file, with `/`.
pub trait Crates {
    /// The root file of a crate, none if there is no such crate.
    fn root(&self, krate: &str) -> Option<String>;

    /// The crate that code of `krate` calls `name`.
    fn outside(&self, krate: &str, name: &str) -> Option<String>;

    /// The files of a crate, none where there is none.
    fn read(&self, krate: &str, files: &[String]) -> Vec<Option<FileSource>>;

    /// The files of a crate that may have `impl` blocks for a type of this name; none if nobody can say.
    fn implementing(&self, krate: &str, name: &str) -> Option<Vec<String>>;
}

/// A file of a crate.
pub struct FileSource {
    pub text: String,
    /// Of its text; units of functions may be missing.
    pub facts: FileFacts,
}

/// A module: inline or a file of its own.
pub struct Module {
    pub file: usize,
    /// The inline module's definition, or none for a whole file.
    pub def: DefId,
    pub(super) is_public: bool,
    /// Where files of modules in it lie.
    folder: String,
    /// Definitions by name; one name may be a type and a function.
    pub(super) own: HashMap<String, Vec<DefId>>,
    /// The modules in it, with their declarations.
    pub(super) inner: BTreeMap<String, DefId>,
}

/// Modules by their paths, read when they are asked for, and what is known without reading.
pub struct World<'s> {
    sources: &'s dyn Crates,
    /// What it knows is not looked up in sources.
    known: Option<&'s Catalogue>,
    files: RefCell<Vec<Rc<FileSource>>>,
    /// The file of each path of a crate.
    read: RefCell<FxHashMap<(String, String), Option<usize>>>,
    modules: RefCell<FxHashMap<String, Option<Rc<Module>>>>,
    answers: Answers<Found>,
    absolutes: Answers<String>,
    /// The number of the question that is answered, and how deep it led to others.
    depth: Cell<(u32, u32)>,
}

/// A definition of the world.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Home {
    pub file: usize,
    pub def: DefId,
}

/// What a path leads to, with the path where it is defined.
#[derive(Clone)]
pub enum Found {
    Item(Home, String),
    Module(String),
    /// Of the catalogue.
    Known(String),
}

/// The `impl` blocks of types, by the types' paths, with the modules that they stand in.
pub type Impls = BTreeMap<String, Vec<(String, Home)>>;

impl<'s> World<'s> {
    pub fn new(sources: &'s dyn Crates, known: Option<&'s Catalogue>) -> World<'s> {
        World {
            sources,
            known,
            files: RefCell::default(),
            read: RefCell::default(),
            modules: RefCell::default(),
            answers: Answers::default(),
            absolutes: Answers::default(),
            depth: Cell::default(),
        }
    }

    pub fn file(&self, at: usize) -> Rc<FileSource> {
        Rc::clone(&self.files.borrow()[at])
    }

    /// Reads files that will be asked for, all at once.
    pub fn prefetch(&self, krate: &str, mut files: Vec<String>) {
        files.retain(|file| !self.read.borrow().contains_key(&(krate.to_string(), file.clone())));
        let sources = self.sources.read(krate, &files);
        for (file, source) in files.into_iter().zip(sources) {
            let at = source.map(|source| {
                self.files.borrow_mut().push(Rc::new(source));
                self.files.borrow().len() - 1
            });
            self.read.borrow_mut().insert((krate.to_string(), file), at);
        }
    }

    fn file_at(&self, krate: &str, file: &str) -> Option<usize> {
        let key = (krate.to_string(), file.to_string());
        let known = self.read.borrow().get(&key).copied();
        known.unwrap_or_else(|| {
            self.prefetch(krate, vec![file.to_string()]);
            self.read.borrow().get(&key).copied().flatten()
        })
    }

    /// The module at a path, inside its crate as far as it is declared.
    pub fn module(&self, path: &str) -> Option<Rc<Module>> {
        if let Some(known) = self.modules.borrow().get(path) {
            return known.clone();
        }
        let module = self.read_module(path).map(Rc::new);
        self.modules.borrow_mut().insert(path.to_string(), module.clone());
        module
    }

    fn read_module(&self, path: &str) -> Option<Module> {
        let Some((parent, name)) = path.rsplit_once("::") else {
            let root = self.sources.root(path)?;
            return Some(self.new_module(self.file_at(path, &root)?, DefId::NONE, String::new(), true));
        };
        let around = self.module(parent)?;
        let declaration = *around.inner.get(name)?;
        let is_public = self.is_public(Home { file: around.file, def: declaration });
        let folder = if around.folder.is_empty() { name.to_string() } else { format!("{}/{name}", around.folder) };
        if !self.file(around.file).facts.outline.get(declaration).flags.has(DefFlags::OUT_OF_LINE) {
            return Some(self.new_module(around.file, declaration, folder, is_public));
        }
        let krate = root_of(path);
        let file = self
            .file_at(krate, &format!("{folder}.rs"))
            .or_else(|| self.file_at(krate, &format!("{folder}/mod.rs")))?;
        Some(self.new_module(file, DefId::NONE, folder, is_public))
    }

    fn new_module(&self, file: usize, def: DefId, folder: String, is_public: bool) -> Module {
        let source = self.file(file);
        let outline = &source.facts.outline;
        let mut module = Module { file, def, is_public, folder, own: HashMap::new(), inner: BTreeMap::new() };
        for id in outline.ids() {
            let item = outline.get(id);
            if item.parent != def || item.flags.has(DefFlags::TEST) {
                continue;
            }
            let name = source.facts.text(item.name).to_string();
            match item.kind {
                DefKind::Module => drop(module.inner.entry(name).or_insert(id)),
                DefKind::Impl | DefKind::Variant => {}
                _ => module.own.entry(name).or_default().push(id),
            }
        }
        module
    }

    /// All modules of a crate, or below one of its modules.
    pub(super) fn below(&self, path: &str, into: &mut BTreeSet<String>) {
        let Some(module) = self.module(path) else { return };
        if into.insert(path.to_string()) {
            for name in module.inner.keys() {
                self.below(&format!("{path}::{name}"), into);
            }
        }
    }

    /// Whether the crate of a path was read, so that what is not found in it is not there.
    pub fn has_root_of(&self, path: &str) -> bool {
        self.module(root_of(path)).is_some()
    }

    /// Whether it is `pub` without a restriction.
    pub fn is_public(&self, home: Home) -> bool {
        let file = self.file(home.file);
        let def = file.facts.outline.get(home.def);
        let head = &file.text[def.span.start as usize..def.name_span.start as usize];
        let hidden = head.contains("doc(hidden)");
        def.flags.has(DefFlags::PUBLIC) && !head.contains("pub(") && !hidden
    }

    /// The imports of a module, and whether they are `pub` without a restriction.
    pub(super) fn imports(file: &FileSource, module: &Module) -> Vec<(Import, bool)> {
        let imports = file.facts.outline.imports.iter().filter(|import| import.within == module.def);
        let with_visibility = imports.map(|import| {
            let before = file.text[..import.span.start as usize].trim_end();
            (*import, import.flags.has(ImportFlags::PUBLIC) && before.ends_with("pub"))
        });
        with_visibility.collect()
    }

    /// A path whose first segment is a crate as code of another crate calls it.
    fn outside(&self, krate: &str, path: &str) -> String {
        let (first, rest) = path.split_once("::").map_or((path, None), |(first, rest)| (first, Some(rest)));
        match (self.sources.outside(krate, first), rest) {
            (Some(real), Some(rest)) => format!("{real}::{rest}"),
            (Some(real), None) => real,
            (None, _) => path.to_string(),
        }
    }

    /// An absolute path for one that is written in a module.
    pub fn absolute(&self, module: &str, written: &str, steps: u32) -> Option<String> {
        if steps > 12 {
            return None;
        }
        self.absolutes.ask(&self.depth, format!("{module} {written}"), || self.absolute_here(module, written, steps))
    }

    fn absolute_here(&self, module: &str, written: &str, steps: u32) -> Option<String> {
        let written = written.trim_start_matches("::");
        let (first, rest) = written.split_once("::").map_or((written, None), |(first, rest)| (first, Some(rest)));
        let join = |base: String| match rest {
            Some(rest) => format!("{base}::{rest}"),
            None => base,
        };
        let root = module.split("::").next().unwrap_or(module);
        match first {
            "crate" | "$crate" => return Some(join(root.to_string())),
            "self" => return Some(join(module.to_string())),
            "super" => {
                let parent = module.rsplit_once("::").map_or(module, |(parent, _)| parent);
                return match rest {
                    Some(rest) => self.absolute(parent, &format!("self::{rest}"), steps),
                    None => Some(parent.to_string()),
                };
            }
            "std" | "core" | "alloc" => return Some(join("std".to_string())),
            _ => {}
        }
        let here = self.module(module)?;
        if here.own.contains_key(first) || here.inner.contains_key(first) {
            return Some(join(format!("{module}::{first}")));
        }
        let file = self.file(here.file);
        let facts = &file.facts;
        let imports = Self::imports(&file, &here);
        for (import, _) in &imports {
            if facts.text(import.alias) == first && facts.text(import.name) != "*" {
                let target = join_path(facts.text(import.path), facts.text(import.name));
                let target = target.trim_start_matches("::").to_string();
                let target_first = target.split("::").next().unwrap_or(&target);
                if target == first || (target_first == first && !target.contains("::")) {
                    return Some(join(self.outside(root, &target)));
                }
                let base = match target_first {
                    "crate" | "self" | "super" | "std" | "core" | "alloc" => {
                        self.absolute(module, &target, steps + 1)?
                    }
                    _ if here.inner.contains_key(target_first) => format!("{module}::{target}"),
                    _ => self.outside(root, &target),
                };
                return Some(join(base));
            }
        }
        for (import, _) in &imports {
            if facts.text(import.name) == "*" {
                let Some(target) = self.absolute_module(module, facts.text(import.path), steps + 1) else { continue };
                let path = format!("{target}::{first}");
                if target != module && self.find(&path, steps + 3).is_some() {
                    return Some(join(path));
                }
            }
        }
        if let Some(real) = self.sources.outside(root, first) {
            return Some(join(real));
        }
        if let Some(path) = prelude(Language::Rust, first) {
            return Some(join(path));
        }
        None
    }

    pub(super) fn absolute_module(&self, module: &str, written: &str, steps: u32) -> Option<String> {
        let first = written.split("::").next().unwrap_or(written);
        let relative = matches!(first, "crate" | "self" | "super" | "std" | "core" | "alloc");
        if !relative
            && !self.module(module).is_some_and(|module| module.inner.contains_key(first))
            && self.sources.outside(root_of(module), first).is_some()
        {
            return Some(self.outside(root_of(module), written));
        }
        self.absolute(module, written, steps)
    }

    pub fn find(&self, path: &str, steps: u32) -> Option<Found> {
        match self.known.and_then(|known| known.find(Language::Rust, path)) {
            Some(Item::Module) => return Some(Found::Module(path.to_string())),
            Some(_) => return Some(Found::Known(path.to_string())),
            None => {}
        }
        if steps > 12 {
            return None;
        }
        self.answers.ask(&self.depth, path.to_string(), || self.look_up(path, steps))
    }

    fn look_up(&self, path: &str, steps: u32) -> Option<Found> {
        if self.module(path).is_some() {
            return Some(Found::Module(path.to_string()));
        }
        let (parent, name) = path.rsplit_once("::")?;
        let Some(module) = self.module(parent) else {
            return match self.find(parent, steps + 1)? {
                Found::Module(home) if home != parent => self.find(&format!("{home}::{name}"), steps + 1),
                _ => None,
            };
        };
        if let Some(ids) = module.own.get(name) {
            return Some(Found::Item(Home { file: module.file, def: ids[0] }, path.to_string()));
        }
        let file = self.file(module.file);
        let facts = &file.facts;
        let mut stars = Vec::new();
        for (import, _) in Self::imports(&file, &module) {
            if facts.text(import.name) == "*" {
                stars.push(facts.text(import.path).to_string());
            } else if facts.text(import.alias) == name {
                let written = join_path(facts.text(import.path), facts.text(import.name));
                let target = self.absolute_module(parent, &written, steps + 1)?;
                if target != path {
                    return self.find(&target, steps + 1);
                }
            }
        }
        for written in stars {
            if let Some(target) = self.absolute_module(parent, &written, steps + 3)
                && target != parent
                && let Some(found) = self.find(&format!("{target}::{name}"), steps + 3)
            {
                return Some(found);
            }
        }
        None
    }

    /// The names that a module has or imports, with the modules that it imports all of.
    pub fn names(&self, path: &str) -> (Vec<String>, Vec<String>) {
        let Some(module) = self.module(path) else { return (Vec::new(), Vec::new()) };
        let file = self.file(module.file);
        let mut names: Vec<String> = module.own.keys().chain(module.inner.keys()).cloned().collect();
        let mut stars = Vec::new();
        for (import, _) in Self::imports(&file, &module) {
            if file.facts.text(import.name) == "*" {
                stars.extend(self.absolute_module(path, file.facts.text(import.path), 0));
            } else {
                names.push(file.facts.text(import.alias).to_string());
            }
        }
        (names, stars)
    }

    /// The path of the type that a path leads to, through aliases.
    fn type_at(&self, path: &str, steps: u32) -> Option<String> {
        let Some(Found::Item(home, path)) = self.find(path, 0) else { return None };
        let file = self.file(home.file);
        let facts = &file.facts;
        let def = facts.outline.get(home.def);
        if def.kind != DefKind::Alias || steps > 4 {
            return Some(path);
        }
        let Ty::Named { path: target, .. } = facts.outline.types.get(def.returns) else { return Some(path) };
        let (module, _) = path.rsplit_once("::")?;
        let target = self.absolute(module, facts.text(target), 0)?;
        self.type_at(&target, steps + 1)
    }

    /// The impl blocks of each type, by the type's path, that stand in these modules.
    pub(super) fn impls(&self, modules: &BTreeSet<String>) -> Impls {
        let mut found = Impls::new();
        for name in modules {
            let Some(module) = self.module(name) else { continue };
            self.impls_in(name, &module, None, &mut found);
        }
        found
    }

    fn impls_in(&self, name: &str, module: &Module, of_type: Option<&str>, found: &mut Impls) {
        let file = self.file(module.file);
        let facts = &file.facts;
        for id in facts.outline.ids() {
            let def = facts.outline.get(id);
            if def.kind != DefKind::Impl || def.parent != module.def || def.flags.has(DefFlags::TEST) {
                continue;
            }
            let Some(of) = facts.outline.bases(id).first() else { continue };
            let Ty::Named { path, .. } = facts.outline.types.get(*of) else { continue };
            let written = facts.text(path);
            if of_type.is_some_and(|of_type| written.rsplit("::").next() != Some(of_type)) {
                continue;
            }
            if let Some(path) = self.absolute(name, written, 0)
                && let Some(path) = self.type_at(&path, 0)
            {
                found.entry(path).or_default().push((name.to_string(), Home { file: module.file, def: id }));
            }
        }
    }

    /// The impl blocks of one type in its crate: in all files that may have some, else in its own.
    pub fn impls_of(&self, path: &str) -> Vec<(String, Home)> {
        let Some((module, name)) = path.rsplit_once("::") else { return Vec::new() };
        let krate = root_of(path);
        let mut names: BTreeSet<String> = BTreeSet::from([module.to_string()]);
        if let Some(files) = self.sources.implementing(krate, name) {
            let root = self.sources.root(krate).unwrap_or_default();
            names.extend(files.iter().map(|file| module_of_file(krate, &root, file)));
            self.prefetch(krate, files);
        }
        let mut found = Impls::new();
        for file_module in names {
            let mut inside = BTreeSet::new();
            let Some(module) = self.module(&file_module) else { continue };
            self.inline_below(&file_module, &module, &mut inside);
            for inner in inside {
                if let Some(module) = self.module(&inner) {
                    self.impls_in(&inner, &module, Some(name), &mut found);
                }
            }
        }
        let mut found = found.remove(path).unwrap_or_default();
        found.dedup();
        found
    }

    /// A module and the inline modules in it.
    fn inline_below(&self, path: &str, module: &Module, into: &mut BTreeSet<String>) {
        into.insert(path.to_string());
        let file = self.file(module.file);
        for (name, def) in &module.inner {
            let inner = format!("{path}::{name}");
            if !file.facts.outline.get(*def).flags.has(DefFlags::OUT_OF_LINE)
                && let Some(module) = self.module(&inner)
            {
                self.inline_below(&inner, &module, into);
            }
        }
    }
}

/// The crate of a path.
pub fn root_of(path: &str) -> &str {
    path.split("::").next().unwrap_or(path)
}

/// The module that a file is by its place.
fn module_of_file(krate: &str, root: &str, file: &str) -> String {
    if file == root {
        return krate.to_string();
    }
    let stem = file.trim_end_matches(".rs");
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    format!("{krate}::{}", stem.replace('/', "::"))
}

/// A module's path and a name in it, either of which may be missing.
pub fn join_path(path: &str, name: &str) -> String {
    match (path, name) {
        ("", name) => name.to_string(),
        (path, "" | "self") => path.to_string(),
        (path, name) => format!("{path}::{name}"),
    }
}

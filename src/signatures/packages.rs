//! Python packages: what their modules define, resolved across modules.

use super::SignatureText;
use super::package_writer::Writer;
use crate::catalogue::{Catalogue, Item, Language, TyId, prelude};
use crate::model::{DefId, DefKind, FileFacts, FnId, Import, LocalKind, UnitId, ValueId, ValueKind};
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// Where the sources of modules come from.
pub trait Modules {
    /// The sources of modules by their dotted paths, none where there is none.
    fn read(&self, paths: &[String]) -> Vec<Option<ModuleSource>>;
}

/// The source of a module.
pub struct ModuleSource {
    pub text: String,
    /// Of its text; units of functions may be missing.
    pub facts: FileFacts,
    /// Whether relative imports count from it itself.
    pub is_package: bool,
    pub is_stub: bool,
}

/// A module that was read.
pub struct Module {
    pub text: String,
    pub facts: FileFacts,
    pub is_package: bool,
    pub is_stub: bool,
    /// Names bound by `TypeVar(…)` and the like.
    pub type_vars: BTreeSet<String>,
    /// Module variables with an annotation, or an alias of another name.
    pub values: BTreeMap<String, Variable>,
    /// Classes, functions and values by name.
    pub own: HashMap<String, DefId>,
}

/// A module's variable: of a type, or the same as another name.
pub enum Variable {
    Typed(TyId),
    Same(String),
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Type,
    Function,
    Value,
    TypeVar,
    Module,
}

/// The signature files of all roots: what the modules `names` of them offer.
pub fn signatures(roots: &[String], names: &[String], sources: &dyn Modules) -> Vec<SignatureText> {
    let world = World::new(sources, None);
    world.prefetch(names.to_vec());
    let names: BTreeSet<&String> = names.iter().collect();
    let mut files = Vec::new();
    for root in roots.iter().filter(|root| *root != "_typeshed") {
        let mut out = format!("# signatures of {root}; generated, do not edit\n");
        for name in names.iter().filter(|name| **name == root || name.starts_with(&format!("{root}."))) {
            if let Some(module) = world.module(name) {
                out.push_str(&Writer::new(&world, name, &module).module());
            }
        }
        files.push((root.clone(), out));
    }
    files
}

type Answer = Option<(Found, String)>;

/// Modules by their paths, read when they are asked for, and what is known without reading.
pub struct World<'s> {
    sources: &'s dyn Modules,
    /// What it knows is not looked up in sources.
    known: Option<&'s Catalogue>,
    modules: RefCell<FxHashMap<String, Option<Rc<Module>>>>,
    answers: RefCell<FxHashMap<String, Answer>>,
    asked: RefCell<Vec<String>>,
    /// How often a question led to itself or too far: the answer then depends on what was asked first.
    cuts: Cell<u32>,
}

impl<'s> World<'s> {
    pub fn new(sources: &'s dyn Modules, known: Option<&'s Catalogue>) -> World<'s> {
        World {
            sources,
            known,
            modules: RefCell::default(),
            answers: RefCell::default(),
            asked: RefCell::default(),
            cuts: Cell::new(0),
        }
    }

    /// Reads modules that will be asked for, all at once.
    pub fn prefetch(&self, mut paths: Vec<String>) {
        paths.retain(|path| !self.modules.borrow().contains_key(path));
        paths.sort();
        paths.dedup();
        let sources = self.sources.read(&paths);
        let modules = sources.into_iter().map(|source| source.map(|source| Rc::new(Module::new(source))));
        self.modules.borrow_mut().extend(paths.into_iter().zip(modules));
    }

    pub fn module(&self, path: &str) -> Option<Rc<Module>> {
        let known = self.modules.borrow().get(path).cloned();
        known.unwrap_or_else(|| {
            self.prefetch(vec![path.to_string()]);
            self.modules.borrow().get(path).cloned().flatten()
        })
    }

    /// Whether the root of a path was read, so that what is not found below it is not there.
    pub fn has_root_of(&self, path: &str) -> bool {
        path.split('.').next().is_some_and(|root| self.module(root).is_some())
    }

    /// What a path leads to, and the path where it is defined.
    pub fn find(&self, path: &str, steps: u32) -> Answer {
        if let Some(known) = self.known.and_then(|known| known.find(Language::Python, path)) {
            let found = match known {
                Item::Function(_) => Found::Function,
                Item::Type(_) => Found::Type,
                Item::Module => Found::Module,
                Item::Value(_) => Found::Value,
            };
            return Some((found, path.to_string()));
        }
        if let Some(answer) = self.answers.borrow().get(path) {
            return answer.clone();
        }
        if steps > 12 || self.asked.borrow().iter().any(|asked| asked == path) {
            self.cuts.set(self.cuts.get() + 1);
            return None;
        }
        let cuts = self.cuts.get();
        self.asked.borrow_mut().push(path.to_string());
        let answer = self.look_up(path, steps);
        self.asked.borrow_mut().pop();
        if self.cuts.get() == cuts {
            self.answers.borrow_mut().insert(path.to_string(), answer.clone());
        }
        answer
    }

    fn look_up(&self, path: &str, steps: u32) -> Answer {
        let Some((parent, name)) = path.rsplit_once('.') else {
            return self.module(path).map(|_| (Found::Module, path.to_string()));
        };
        let around = self.module(parent);
        // `from .retry import retry` in a package hides its module of that name from a project.
        let hidden = self.known.is_some()
            && around.as_ref().is_some_and(|module| {
                let imports = module.facts.outline.imports.iter();
                let mut named = imports.filter(|import| {
                    import.name.is_some()
                        && module.facts.text(import.alias) == name
                        && import_target(parent, module, import) != path
                });
                module.own.contains_key(name) || named.next().is_some()
            });
        if !hidden && self.module(path).is_some() {
            return Some((Found::Module, path.to_string()));
        }
        if let Some(module) = around {
            return self.member(parent, &module, name, steps);
        }
        // A class in a class.
        let (found, home) = self.find(parent, steps + 1)?;
        match found {
            Found::Module if home != parent => self.find(&format!("{home}.{name}"), steps + 1),
            Found::Type => Some((Found::Type, format!("{home}.{name}"))),
            _ => None,
        }
    }

    fn member(&self, path: &str, module: &Module, name: &str, steps: u32) -> Answer {
        let full = format!("{path}.{name}");
        if let Some(id) = module.own.get(name) {
            return match module.facts.outline.get(*id).kind {
                DefKind::Class => Some((Found::Type, full)),
                DefKind::Function => Some((Found::Function, full)),
                _ => None,
            };
        }
        if module.type_vars.contains(name) {
            return Some((Found::TypeVar, full));
        }
        match module.values.get(name) {
            Some(Variable::Typed(_)) => return Some((Found::Value, full)),
            Some(Variable::Same(target)) if target != name => {
                return self.find(&self.absolute(path, module, target)?, steps + 1);
            }
            _ => {}
        }
        let mut stars = Vec::new();
        for import in &module.facts.outline.imports {
            let target = import_target(path, module, import);
            if module.facts.text(import.name) == "*" {
                stars.push(target);
            } else if module.facts.text(import.alias) == name {
                if import.name.is_none() && !target.contains('.') {
                    return self.find(&target, steps + 1);
                }
                if let Some(found) = self.find(&target, steps + 1) {
                    return Some(found);
                }
            }
        }
        for target in stars {
            let offers = self.module(&target).is_some_and(|inner| inner.offers(name));
            if offers && let Some(found) = self.find(&format!("{target}.{name}"), steps + 1) {
                return Some(found);
            }
        }
        None
    }

    /// A name as written in a module, made absolute.
    pub fn absolute(&self, path: &str, module: &Module, written: &str) -> Option<String> {
        let (first, rest) = written.split_once('.').map_or((written, None), |(first, rest)| (first, Some(rest)));
        let join = |base: String| match rest {
            Some(rest) => format!("{base}.{rest}"),
            None => base,
        };
        if module.own.contains_key(first) || module.type_vars.contains(first) || module.values.contains_key(first) {
            return Some(join(format!("{path}.{first}")));
        }
        for import in &module.facts.outline.imports {
            if module.facts.text(import.alias) == first {
                let target = import_target(path, module, import);
                // `import a.b` binds `a`.
                let base = if import.name.is_none() && target.starts_with(&format!("{first}.")) {
                    first.to_string()
                } else {
                    target
                };
                return Some(join(base));
            }
        }
        if self.find(&format!("{path}.{first}"), 0).is_some() {
            return Some(join(format!("{path}.{first}")));
        }
        let builtin = format!("builtins.{first}");
        match self.module("builtins").filter(|_| self.known.is_none()) {
            Some(builtins) if builtins.own.contains_key(first) => Some(join(builtin)),
            Some(_) => None,
            None => prelude(Language::Python, first).filter(|_| BUILTINS.contains(&first)).map(join),
        }
    }
}

const BUILTINS: [&str; 15] = [
    "bool",
    "bytearray",
    "bytes",
    "complex",
    "dict",
    "float",
    "frozenset",
    "int",
    "list",
    "object",
    "property",
    "range",
    "set",
    "str",
    "tuple",
];

impl Module {
    fn new(source: ModuleSource) -> Module {
        let ModuleSource { text, facts, is_package, is_stub } = source;
        let mut module = Module {
            text,
            facts,
            is_package,
            is_stub,
            type_vars: BTreeSet::new(),
            values: BTreeMap::new(),
            own: HashMap::new(),
        };
        module.read_variables();
        for id in module.facts.outline.ids() {
            let def = module.facts.outline.get(id);
            if def.parent.is_none() && matches!(def.kind, DefKind::Class | DefKind::Function | DefKind::Alias) {
                let name = module.facts.text(def.name).to_string();
                module.own.entry(name).or_insert(id);
            }
        }
        module
    }

    fn read_variables(&mut self) {
        let unit = self.facts.unit(UnitId::MODULE);
        for (at, value) in unit.values.iter().enumerate() {
            let ValueKind::Write { local, from, count: 0, .. } = value.kind else { continue };
            let local = unit.local(local);
            if local.owner != FnId::OWN || unit.function_of(ValueId(at as u32)) != FnId::OWN {
                continue;
            }
            if local.kind == LocalKind::ClassMember {
                continue;
            }
            let name = self.facts.text(local.name).to_string();
            if from.is_none() {
                continue;
            }
            let text = self.text.get(unit.value(from).span.range()).unwrap_or_default();
            let made = text.split('(').next().unwrap_or_default();
            if text.contains('(') && matches!(made.rsplit('.').next(), Some("TypeVar" | "ParamSpec" | "TypeVarTuple")) {
                self.type_vars.insert(name);
            } else if text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')
                && text.starts_with(|c: char| c.is_alphabetic() || c == '_')
                && !matches!(text, "None" | "True" | "False")
            {
                self.values.entry(name).or_insert(Variable::Same(text.to_string()));
            }
        }
        for local in unit.locals.iter() {
            if local.owner == FnId::OWN && local.ty.is_some() && local.kind == LocalKind::Variable {
                let name = self.facts.text(local.name).to_string();
                let same = matches!(self.values.get(&name), Some(Variable::Same(_)));
                if !same {
                    self.values.insert(name, Variable::Typed(local.ty));
                }
            }
        }
    }

    /// Whether a star import takes the name along.
    pub fn offers(&self, name: &str) -> bool {
        match &self.facts.outline.exports {
            Some(exports) => exports.iter().any(|export| self.facts.text(*export) == name),
            None => !name.starts_with('_'),
        }
    }
}

/// The absolute path of what an import names; of a star's module.
pub fn import_target(path: &str, module: &Module, import: &Import) -> String {
    let written = module.facts.text(import.path);
    let base = match import.level {
        0 => written.to_string(),
        level => {
            let mut home: Vec<&str> = path.split('.').collect();
            let drop = level as usize - usize::from(module.is_package);
            home.truncate(home.len().saturating_sub(drop));
            if !written.is_empty() {
                home.push(written);
            }
            home.join(".")
        }
    };
    match module.facts.text(import.name) {
        "" | "*" => base,
        name => format!("{base}.{name}"),
    }
}

//! Python packages: what their modules define, resolved across modules.

use crate::branches::take_branches;
use crate::package_writer::Writer;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use unsnarl::catalogue::{TyId, prelude};
use unsnarl::model::{DefId, DefKind, Dialect, FileFacts, FnId, UnitId, ValueId, ValueKind};

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

/// All modules of one run.
pub struct World {
    pub modules: BTreeMap<String, Module>,
    /// Modules that are as if they did not exist.
    left_out: Vec<Vec<String>>,
}

/// What stands at a path.
pub enum Found {
    Type,
    Function,
    Value,
    TypeVar,
    Module,
}

/// The signature files of all roots, without the modules that `left_out` names and those below them.
pub fn signatures(roots: &[(String, PathBuf)], left_out: &[&str]) -> Vec<(String, String)> {
    let left_out = left_out.iter().map(|path| path.split('.').map(str::to_string).collect()).collect();
    let mut world = World { modules: BTreeMap::new(), left_out };
    for (root, path) in roots {
        world.collect(root, path);
    }
    let mut files = Vec::new();
    for (root, _) in roots.iter().filter(|(root, _)| root != "_typeshed") {
        let mut out = format!("# signatures of {root}; generated, do not edit\n");
        for name in world.modules.keys().filter(|name| *name == root || name.starts_with(&format!("{root}."))) {
            out.push_str(&Writer { world: &world, name, module: &world.modules[name] }.module());
        }
        files.push((root.clone(), out));
    }
    files
}

impl World {
    fn collect(&mut self, name: &str, path: &Path) {
        let segments: Vec<&str> = name.split('.').collect();
        let is_left_out = |pattern: &Vec<String>| {
            pattern.len() == segments.len()
                && std::iter::zip(pattern, &segments).all(|(part, segment)| part == "*" || part == segment)
        };
        if self.left_out.iter().any(is_left_out) {
            return;
        }
        if path.is_dir() {
            if let Some(init) = source_of(&path.join("__init__")) {
                self.add(name, &init, true);
            }
            let Ok(entries) = std::fs::read_dir(path) else { return };
            let mut inner: BTreeMap<String, PathBuf> = BTreeMap::new();
            for entry in entries.flatten() {
                let path = entry.path();
                let file = entry.file_name().to_string_lossy().to_string();
                let stem = file.trim_end_matches(".pyi").trim_end_matches(".py");
                if path.is_dir() && !matches!(file.as_str(), "tests" | "_tests" | "testing" | "__pycache__" | "_vendor")
                {
                    inner.insert(file.clone(), path);
                } else if stem != file
                    && !matches!(stem, "__init__" | "__main__" | "conftest")
                    && let Some(source) = source_of(&path.with_file_name(stem))
                {
                    inner.insert(stem.to_string(), source);
                }
            }
            for (stem, path) in inner {
                self.collect(&format!("{name}.{stem}"), &path);
            }
        } else {
            self.add(name, path, false);
        }
    }

    fn add(&mut self, name: &str, path: &Path, is_package: bool) {
        let Ok(text) = std::fs::read_to_string(path) else { return };
        let stub = path.extension().is_some_and(|extension| extension == "pyi");
        let text = take_branches(&text);
        let facts = unsnarl::python::lower(&text, Dialect::Python { stub });
        let mut module = Module {
            facts,
            is_package,
            is_stub: stub,
            type_vars: BTreeSet::new(),
            values: BTreeMap::new(),
            own: HashMap::new(),
            text,
        };
        module.read_variables();
        for id in module.facts.outline.ids() {
            let def = module.facts.outline.get(id);
            if def.parent.is_none() && matches!(def.kind, DefKind::Class | DefKind::Function | DefKind::Alias) {
                let name = module.facts.text(def.name).to_string();
                module.own.entry(name).or_insert(id);
            }
        }
        self.modules.insert(name.to_string(), module);
    }

    /// What a path leads to, and the path where it is defined.
    pub fn find(&self, path: &str, steps: u32) -> Option<(Found, String)> {
        if steps > 12 {
            return None;
        }
        if self.modules.contains_key(path) {
            return Some((Found::Module, path.to_string()));
        }
        let (parent, name) = path.rsplit_once('.')?;
        if let Some(module) = self.modules.get(parent) {
            return self.member(parent, module, name, steps);
        }
        // A class in a class.
        let (found, home) = self.find(parent, steps + 1)?;
        match found {
            Found::Module if home != parent => self.find(&format!("{home}.{name}"), steps + 1),
            Found::Type => Some((Found::Type, format!("{home}.{name}"))),
            _ => None,
        }
    }

    fn member(&self, path: &str, module: &Module, name: &str, steps: u32) -> Option<(Found, String)> {
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
            if let Some(inner) = self.modules.get(&target)
                && inner.offers(name)
                && let Some(found) = self.member(&target, inner, name, steps + 1)
            {
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
        if self.member(path, module, first, 0).is_some() {
            return Some(join(format!("{path}.{first}")));
        }
        let builtin = format!("builtins.{first}");
        match self.modules.get("builtins") {
            Some(builtins) if builtins.own.contains_key(first) => Some(join(builtin)),
            Some(_) => None,
            None => {
                prelude(unsnarl::catalogue::Language::Python, first).filter(|_| BUILTINS.contains(&first)).map(join)
            }
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
    fn read_variables(&mut self) {
        let unit = self.facts.unit(UnitId::MODULE);
        for (at, value) in unit.values.iter().enumerate() {
            let ValueKind::Write { local, from, count: 0, .. } = value.kind else { continue };
            let local = unit.local(local);
            if local.owner != FnId::OWN || unit.function_of(ValueId(at as u32)) != FnId::OWN {
                continue;
            }
            if local.kind == unsnarl::model::LocalKind::ClassMember {
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
            if local.owner == FnId::OWN && local.ty.is_some() && local.kind == unsnarl::model::LocalKind::Variable {
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
pub fn import_target(path: &str, module: &Module, import: &unsnarl::model::Import) -> String {
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

fn source_of(stem: &Path) -> Option<PathBuf> {
    ["pyi", "py"]
        .into_iter()
        .map(|extension| PathBuf::from(format!("{}.{extension}", stem.display())))
        .find(|path| path.is_file())
}

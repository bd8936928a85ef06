//! Loads one library: its signatures, the effects written for it, and on top what users wrote.

use super::embedded::Source;
use super::lookup::{Attribute, Function, FunctionId, Macro, Receiver, Type, root_of, separator};
use super::schema::{CallableEntry, EffectsFile, OneOrMany, TypeEntry};
use super::signatures;
use super::terms::Terms;
use super::{Language, Ty, TyId, TyPool};
use crate::text::Strings;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Everything known of one library.
#[derive(Default)]
pub(super) struct Loaded {
    pub functions: Vec<Function>,
    pub types: Vec<Type>,
    /// Beside `types`.
    pub members: Vec<Members>,
    pub items: FxHashMap<String, Entry>,
    pub macros: FxHashMap<String, Macro>,
    pub attributes: FxHashMap<String, Attribute>,
    pub pool: TyPool,
    pub strings: Strings,
    pub runtime: Option<String>,
    pub offload: Option<String>,
    pub group: Option<String>,
    /// What was wrong with the files; empty for those that unsnarl ships.
    pub defects: Vec<String>,
}

/// What stands at a path of the library.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    Function(usize),
    Type(usize),
    Module,
    Value(TyId),
    /// The same as another path, perhaps of another library.
    Alias(String),
}

/// What a type has of its own.
#[derive(Default)]
pub(super) struct Members {
    pub methods: FxHashMap<String, usize>,
    pub any_method: Option<usize>,
    pub attributes: FxHashMap<String, TyId>,
    pub operators: FxHashMap<String, TyId>,
}

impl Members {
    pub fn method(&self, name: &str) -> Option<usize> {
        let dunder = name.starts_with("__");
        self.methods.get(name).copied().or(self.any_method.filter(|_| !dunder))
    }
}

/// A library in the making.
pub(super) struct Loader<'s> {
    pub loaded: Loaded,
    pub number: u32,
    pub source: &'s Source,
    /// For the type entry that is read: its names of type parameters, and those that the signatures use.
    renamed: Vec<(String, String)>,
}

impl Loader<'_> {
    pub fn load(number: u32, source: &Source, user: &[Arc<EffectsFile>]) -> Loaded {
        let mut loader = Loader { loaded: Loaded::default(), number, source, renamed: Vec::new() };
        for (root, text) in &source.signatures {
            signatures::read(&mut loader, root, text);
        }
        let shipped = (loader.loaded.functions.len(), loader.loaded.types.len());
        for (root, text) in &source.installed {
            signatures::fill(&mut loader, root, text);
        }
        loader.derive_from_methods();
        loader.name_as_imported(shipped);
        for (name, text) in &source.effects {
            match EffectsFile::parse(name, text) {
                Ok(file) => loader.effects(&file),
                Err(errors) => {
                    loader.loaded.defects.extend(
                        errors.iter().map(|error| format!("{}:{}: {}", error.file, error.span.start, error.message)),
                    );
                }
            }
        }
        for file in user {
            let language = if file.language == "rust" { Language::Rust } else { Language::Python };
            if language == source.language && file.paths().any(|path| source.has_root(root_of(path))) {
                loader.effects(file);
            }
        }
        loader.attach_functions();
        loader.imply_modules();
        loader.loaded.strings.freeze();
        loader.loaded
    }

    pub fn language(&self) -> Language {
        self.source.language
    }

    pub fn defect(&mut self, message: String) {
        self.loaded.defects.push(message);
    }

    /// Reads a term; one that is wrong is a defect and unknown.
    pub fn term(&mut self, text: &str, module: &str, params: &[String]) -> TyId {
        let language = self.language();
        let Loaded { pool, strings, .. } = &mut self.loaded;
        let renamed = &self.renamed;
        let read = Terms { language, pool, strings, module, params: params.to_vec(), renamed }.term(text);
        read.unwrap_or_else(|message| {
            self.defect(message);
            self.loaded.pool.push(Ty::Unknown)
        })
    }

    /// Appends a function of which nothing but its path is known.
    pub fn function(&mut self, path: &str) -> usize {
        self.loaded.functions.push(Function {
            path: path.to_string(),
            library: self.number,
            is_async: false,
            is_property: false,
            receiver: Receiver::None,
            params: Vec::new(),
            has_params: false,
            returns: TyId::NONE,
            generics: Vec::new(),
            entry: CallableEntry::default(),
            has_entry: false,
        });
        self.loaded.functions.len() - 1
    }

    /// Appends a type of which nothing but its path is known.
    pub fn ty(&mut self, path: &str, is_trait: bool) -> usize {
        self.loaded.types.push(Type {
            path: path.to_string(),
            library: self.number,
            is_trait,
            generics: Vec::new(),
            bases: Vec::new(),
            implements: Vec::new(),
            awaits: TyId::NONE,
            may_run: false,
            derefs: TyId::NONE,
            iterates: TyId::NONE,
            entered: TyId::NONE,
            new: None,
            entry: None,
        });
        self.loaded.members.push(Members::default());
        self.loaded.types.len() - 1
    }

    /// What stands at a path, if it is of this library.
    pub fn local(&self, path: &str, steps: u32) -> Option<Entry> {
        if steps > 12 || !self.source.has_root(root_of(path)) {
            return None;
        }
        match self.loaded.items.get(path) {
            Some(Entry::Alias(target)) => return self.local(target, steps + 1),
            Some(entry) => return Some(entry.clone()),
            None => {}
        }
        let separator = separator(self.language());
        let (parent, name) = path.rsplit_once(separator)?;
        if let Some(Entry::Alias(target)) = self.loaded.items.get(parent) {
            return self.local(&format!("{target}{separator}{name}"), steps + 1);
        }
        match self.local(parent, steps + 1)? {
            Entry::Type(at) => self.loaded.members[at].methods.get(name).map(|at| Entry::Function(*at)),
            _ => None,
        }
    }

    fn effects(&mut self, file: &EffectsFile) {
        self.loaded.runtime = file.runtime.clone().or(self.loaded.runtime.take());
        self.loaded.offload = file.offload.clone().or(self.loaded.offload.take());
        self.loaded.group = file.group.clone().or(self.loaded.group.take());
        for (entry, is_trait) in
            file.types.iter().map(|entry| (entry, false)).chain(file.traits.iter().map(|entry| (entry, true)))
        {
            if self.is_ours(&entry.path) {
                self.type_entry(entry, is_trait);
            }
        }
        for entry in &file.functions {
            if self.is_ours(&entry.path) {
                let found = entry.path.as_slice().iter().find_map(|path| match self.local(path, 0) {
                    Some(Entry::Function(at)) => Some(at),
                    _ => None,
                });
                let path = &entry.path.as_slice()[0];
                let at = found.unwrap_or_else(|| self.function(path));
                self.loaded.functions[at].path = path.clone();
                self.callable(at, &entry.callable);
                self.place(&entry.path, Entry::Function(at));
            }
        }
        for entry in &file.macros {
            for path in entry.path.as_slice() {
                let item = Macro { path: entry.path.as_slice()[0].clone(), entry: entry.clone() };
                self.loaded.macros.insert(path.clone(), item);
            }
        }
        for entry in &file.attributes {
            for path in entry.path.as_slice() {
                let item = Attribute { path: entry.path.as_slice()[0].clone(), entry: entry.clone() };
                self.loaded.attributes.insert(path.clone(), item);
            }
        }
        for entry in &file.values {
            if self.is_ours(&entry.path) {
                let ty = self.term(&entry.ty, "", &[]);
                self.place(&entry.path, Entry::Value(ty));
            }
        }
    }

    fn is_ours(&self, path: &OneOrMany) -> bool {
        path.as_slice().iter().any(|path| self.source.has_root(root_of(path)))
    }

    fn place(&mut self, path: &OneOrMany, entry: Entry) {
        for path in path.as_slice() {
            self.loaded.items.insert(path.clone(), entry.clone());
        }
    }

    fn type_entry(&mut self, entry: &TypeEntry, is_trait: bool) {
        let found = entry.path.as_slice().iter().find_map(|path| match self.local(path, 0) {
            Some(Entry::Type(at)) => Some(at),
            _ => None,
        });
        let path = &entry.path.as_slice()[0];
        let at = found.unwrap_or_else(|| self.ty(path, is_trait));
        self.loaded.types[at].path = path.clone();
        self.place(&entry.path, Entry::Type(at));
        let known = &self.loaded.types[at].generics;
        self.renamed = std::iter::zip(entry.generics.iter().cloned(), known.iter().cloned()).collect();
        if known.len() < entry.generics.len() {
            let more = entry.generics[known.len()..].to_vec();
            self.loaded.types[at].generics.extend(more);
        }
        let bases: Vec<TyId> = entry.bases.iter().map(|base| self.term(base, "", &[])).collect();
        if !bases.is_empty() {
            self.loaded.types[at].bases = bases;
        }
        for implemented in &entry.implements {
            let ty = self.term(implemented, "", &[]);
            self.loaded.types[at].implements.push(ty);
        }
        if let Some(text) = &entry.awaits {
            self.loaded.types[at].awaits = self.term(text, "", &[]);
        }
        if let Some(text) = &entry.derefs {
            self.loaded.types[at].derefs = self.term(text, "", &[]);
        }
        if let Some(text) = &entry.iterates {
            self.loaded.types[at].iterates = self.term(text, "", &[]);
        }
        for (operator, text) in &entry.operators {
            let ty = self.term(text, "", &[]);
            self.loaded.members[at].operators.insert(operator.clone(), ty);
        }
        for (name, text) in &entry.attributes {
            let ty = self.term(text, "", &[]);
            self.loaded.members[at].attributes.insert(name.clone(), ty);
        }
        let separator = separator(self.language());
        if let Some(new) = &entry.new {
            let made = match self.loaded.types[at].new {
                Some(FunctionId(id)) => id as usize & ((1 << 20) - 1),
                None => self.function(path),
            };
            self.loaded.functions[made].path = path.to_string();
            self.callable(made, new);
            self.loaded.types[at].new = Some(FunctionId::new(self.number, made));
        }
        for method in &entry.methods {
            for name in method.name.as_slice() {
                if name == "*" {
                    let made = self.function(&format!("{path}{separator}*"));
                    self.loaded.functions[made].receiver = Receiver::Reference;
                    self.callable(made, &method.callable);
                    self.loaded.members[at].any_method = Some(made);
                    continue;
                }
                let made = match self.loaded.members[at].methods.get(name) {
                    Some(known) => *known,
                    None => self.inherited(at, name, &format!("{path}{separator}{name}")),
                };
                self.loaded.functions[made].path = format!("{path}{separator}{name}");
                self.callable(made, &method.callable);
                self.loaded.members[at].methods.insert(name.clone(), made);
            }
        }
        if let Some(text) = entry.enter.as_ref().and_then(|enter| enter.returns.as_ref()) {
            self.loaded.types[at].entered = self.term(text, "", &[]);
        }
        self.renamed.clear();
        let kept = TypeEntry { new: None, methods: Vec::new(), ..entry.clone() };
        let kept = match self.loaded.types[at].entry.take() {
            Some(below) => kept.on_top_of(*below),
            None => kept,
        };
        self.loaded.types[at].entry = Some(Box::new(kept));
    }

    /// A method that the type gets of its own, with the signature that a base of this library gives it.
    fn inherited(&mut self, ty: usize, name: &str, path: &str) -> usize {
        let base = self.method_of_bases(ty, name, 0);
        let made = self.function(path);
        match base {
            Some(base) => {
                let base = self.loaded.functions[base].clone();
                self.loaded.functions[made] = Function { path: path.to_string(), ..base };
            }
            None => self.loaded.functions[made].receiver = Receiver::Reference,
        }
        made
    }

    fn method_of_bases(&self, ty: usize, name: &str, steps: u32) -> Option<usize> {
        if steps > 8 {
            return None;
        }
        self.loaded.types[ty].bases.iter().find_map(|base| {
            let Ty::Named { path, .. } = self.loaded.pool.get(*base) else { return None };
            let Some(Entry::Type(base)) = self.local(self.loaded.strings.get(path), 0) else { return None };
            let own = self.loaded.members[base].methods.get(name).copied();
            own.or_else(|| self.method_of_bases(base, name, steps + 1))
        })
    }

    fn callable(&mut self, at: usize, entry: &CallableEntry) {
        if let Some(texts) = &entry.params {
            let language = self.language();
            let Loaded { pool, strings, .. } = &mut self.loaded;
            let renamed = &self.renamed;
            let mut terms = Terms { language, pool, strings, module: "", params: Vec::new(), renamed };
            match terms.params(texts.iter().map(String::as_str)) {
                Ok(params) => {
                    self.loaded.functions[at].params = params;
                    self.loaded.functions[at].has_params = true;
                }
                Err(message) => self.defect(message),
            }
        }
        if let Some(returns) = &entry.returns {
            let params: Vec<String> = self.loaded.functions[at].params.iter().map(|param| param.name.clone()).collect();
            self.loaded.functions[at].returns = self.term(returns, "", &params);
        }
        let function = &mut self.loaded.functions[at];
        function.is_async = entry.is_async.unwrap_or(function.is_async);
        function.is_property = entry.property.unwrap_or(function.is_property);
        function.receiver = match entry.receiver.as_deref() {
            Some("value") => Receiver::Value,
            Some("reference") => Receiver::Reference,
            Some("class") => Receiver::Class,
            Some("none") => Receiver::None,
            _ => function.receiver,
        };
        function.entry = entry.clone();
        function.has_entry = true;
        self.name_generics(at);
    }

    /// The type parameters of a function whose signature an entry writes: short names in capitals.
    fn name_generics(&mut self, at: usize) {
        let Loaded { functions, pool, strings, .. } = &mut self.loaded;
        let function = &mut functions[at];
        let mut left: Vec<TyId> = function.params.iter().map(|param| param.ty).chain([function.returns]).collect();
        while let Some(ty) = left.pop() {
            match pool.get(ty) {
                _ if ty.is_none() => {}
                Ty::Named { path, args } => {
                    let name = strings.get(path);
                    let is_generic = name.len() <= 2 && name.chars().all(|c| c.is_ascii_uppercase());
                    if is_generic && !function.generics.iter().any(|known| known == name) {
                        function.generics.push(name.to_string());
                    }
                    left.extend(pool.list(args));
                }
                Ty::Tuple { parts: list }
                | Ty::Union { parts: list }
                | Ty::Dyn { traits: list }
                | Ty::Callable { signature: list } => left.extend(pool.list(list)),
                Ty::Class { of } => left.push(of),
                _ => {}
            }
        }
        function.generics.sort();
    }

    /// What special methods of Python say of their types.
    fn derive_from_methods(&mut self) {
        if self.language() != Language::Python {
            return;
        }
        for at in 0..self.loaded.types.len() {
            for (operator, method) in [("/", "__truediv__"), ("/r", "__rtruediv__"), ("+", "__add__"), ("|", "__or__")]
            {
                let Some(method) = self.loaded.members[at].methods.get(method) else { continue };
                let returns = self.loaded.functions[*method].returns;
                if returns.is_some() {
                    self.loaded.members[at].operators.insert(operator.to_string(), returns);
                }
            }
            for enter in ["__enter__", "__aenter__"] {
                if let Some(method) = self.loaded.members[at].methods.get(enter) {
                    self.loaded.types[at].entered = self.loaded.functions[*method].returns;
                }
            }
            for (method, argument) in [("__iter__", 0), ("__aiter__", 0), ("__await__", 2)] {
                let Some(method) = self.loaded.members[at].methods.get(method) else { continue };
                let returns = self.loaded.functions[*method].returns;
                let element = match self.loaded.pool.get(returns) {
                    Ty::Named { args, .. } => self.loaded.pool.list(args).get(argument).copied(),
                    _ => None,
                };
                let Some(element) = element else { continue };
                let ty = &mut self.loaded.types[at];
                let into = if argument == 0 { &mut ty.iterates } else { &mut ty.awaits };
                if into.is_none() {
                    *into = element;
                }
            }
        }
    }

    /// Rust's items, and installed ones of Python, are called as users import them, not by the private modules that they
    /// are defined in. `shipped` counts the functions and types that unsnarl knows without them.
    fn name_as_imported(&mut self, shipped: (usize, usize)) {
        let separator = separator(self.language());
        let (functions, types) = match self.language() {
            Language::Rust => (0, 0),
            Language::Python if self.source.installed.is_empty() => return,
            Language::Python => shipped,
        };
        let mut shortest: FxHashMap<String, &str> = FxHashMap::default();
        for (path, entry) in &self.loaded.items {
            let Entry::Alias(target) = entry else { continue };
            let rank = |path: &str| (path.matches(separator).count(), path.len());
            let known = shortest.entry(target.clone()).or_insert(path);
            if (rank(path), path.as_str()) < (rank(known), *known) {
                *known = path;
            }
        }
        let shorter = |path: &str| {
            let known = shortest.get(path)?;
            (known.matches(separator).count() < path.matches(separator).count()).then(|| known.to_string())
        };
        for function in &mut self.loaded.functions[functions..] {
            let owner = function.path.rsplit_once(separator).and_then(|(owner, name)| Some((shorter(owner)?, name)));
            if let Some(path) = shorter(&function.path) {
                function.path = path;
            } else if let Some((owner, name)) = owner {
                function.path = format!("{owner}{separator}{name}");
            }
        }
        for ty in &mut self.loaded.types[types..] {
            if let Some(path) = shorter(&ty.path) {
                ty.path = path;
            }
        }
    }

    /// A function whose path lies in a type is found through the type too.
    fn attach_functions(&mut self) {
        let separator = separator(self.language());
        let mut found: Vec<(usize, String, usize)> = Vec::new();
        for (path, entry) in &self.loaded.items {
            let Entry::Function(at) = entry else { continue };
            let Some((parent, name)) = path.rsplit_once(separator) else { continue };
            if let Some(Entry::Type(ty)) = self.local(parent, 0) {
                found.push((ty, name.to_string(), *at));
            }
        }
        for (ty, name, at) in found {
            self.loaded.members[ty].methods.insert(name, at);
        }
    }

    fn imply_modules(&mut self) {
        let separator = separator(self.language());
        let mut modules: Vec<String> = self.source.roots.clone();
        for path in self.loaded.items.keys() {
            let mut rest = path.as_str();
            while let Some((parent, _)) = rest.rsplit_once(separator) {
                if self.loaded.items.contains_key(parent) {
                    break;
                }
                modules.push(parent.to_string());
                rest = parent;
            }
        }
        for module in modules {
            self.loaded.items.entry(module).or_insert(Entry::Module);
        }
    }
}

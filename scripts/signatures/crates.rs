//! Rust crates: what can be reached from their roots, resolved across crates.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use unsnarl::catalogue::{Language, Ty, prelude};
use unsnarl::model::{DefFlags, DefId, DefKind, Dialect, Edition, FileFacts, ImportFlags};

/// A file that was read.
pub struct File {
    pub text: String,
    pub facts: FileFacts,
}

/// A module: inline or a file of its own.
pub struct Module {
    file: usize,
    /// The inline module's definition, or none for a whole file.
    pub def: DefId,
    is_public: bool,
    /// Definitions by name; one name may be a type and a function.
    own: HashMap<String, Vec<DefId>>,
}

/// All modules of one run.
pub struct World {
    pub files: Vec<File>,
    pub modules: BTreeMap<String, Module>,
}

/// A definition of the world.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Home {
    pub file: usize,
    pub def: DefId,
}

/// What a path leads to, with the path where it is defined.
pub enum Found {
    Item(Home, String),
    Module(String),
}

/// The signature files of all roots.
pub fn signatures(roots: &[(String, PathBuf)]) -> Vec<(String, String)> {
    let mut world = World { files: Vec::new(), modules: BTreeMap::new() };
    for (root, path) in roots {
        let folder = path.parent().unwrap_or(Path::new("."));
        world.read(root, path, folder, true);
    }
    let impls = world.impls();
    let mut files = Vec::new();
    for (root, _) in roots {
        let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut items: BTreeMap<String, Home> = BTreeMap::new();
        world.reach(root, &mut told, &mut items, &mut BTreeSet::new());
        let mut out = format!("# signatures of {root}; generated, do not edit\n");
        let mut modules: BTreeMap<String, Vec<(String, Home)>> = BTreeMap::new();
        for (path, home) in items {
            let Some((module, _)) = path.rsplit_once("::") else { continue };
            modules.entry(module.to_string()).or_default().push((path.clone(), home));
        }
        let names: BTreeSet<String> = told.keys().chain(modules.keys()).cloned().collect();
        for name in names {
            if !name.starts_with(&format!("{root}::")) && name != *root {
                continue;
            }
            out.push_str(&format!("module {name}\n"));
            for alias in told.get(&name).into_iter().flatten() {
                out.push_str(alias);
            }
            for (path, home) in modules.get(&name).into_iter().flatten() {
                world.write(&name, path, *home, &impls, &mut out);
            }
        }
        files.push((root.clone(), out));
    }
    files
}

impl World {
    fn read(&mut self, name: &str, path: &Path, folder: &Path, is_public: bool) {
        let Ok(text) = std::fs::read_to_string(path) else { return };
        let facts = unsnarl::rust::lower(&text, Dialect::Rust { edition: Edition::E2021 });
        let file = self.files.len();
        self.files.push(File { text, facts });
        self.module(name, file, DefId::NONE, folder, is_public);
    }

    fn module(&mut self, name: &str, file: usize, def: DefId, folder: &Path, is_public: bool) {
        let mut own: HashMap<String, Vec<DefId>> = HashMap::new();
        let mut inner = Vec::new();
        let outline = &self.files[file].facts.outline;
        for id in outline.ids() {
            let item = outline.get(id);
            if item.parent != def || item.flags.has(DefFlags::TEST) {
                continue;
            }
            let item_name = self.files[file].facts.text(item.name).to_string();
            match item.kind {
                DefKind::Module => inner.push((item_name, id, item.flags.has(DefFlags::OUT_OF_LINE))),
                DefKind::Impl | DefKind::Variant => {}
                _ => own.entry(item_name).or_default().push(id),
            }
        }
        if self.modules.contains_key(name) {
            return;
        }
        self.modules.insert(name.to_string(), Module { file, def, is_public, own });
        for (inner_name, id, out_of_line) in inner {
            let is_public = self.is_public(Home { file, def: id });
            let path = format!("{name}::{inner_name}");
            let below = folder.join(&inner_name);
            if !out_of_line {
                self.module(&path, file, id, &below, is_public);
                continue;
            }
            let beside = folder.join(format!("{inner_name}.rs"));
            let source = if beside.is_file() { beside } else { below.join("mod.rs") };
            if source.is_file() {
                self.read(&path, &source, &below, is_public);
            }
        }
    }

    /// Whether it is `pub` without a restriction.
    pub fn is_public(&self, home: Home) -> bool {
        let file = &self.files[home.file];
        let def = file.facts.outline.get(home.def);
        let head = &file.text[def.span.start as usize..def.name_span.start as usize];
        let hidden = head.contains("doc(hidden)");
        def.flags.has(DefFlags::PUBLIC) && !head.contains("pub(") && !hidden
    }

    fn imports<'w>(&'w self, module: &'w Module) -> impl Iterator<Item = (&'w unsnarl::model::Import, bool)> {
        let file = &self.files[module.file];
        file.facts.outline.imports.iter().filter(|import| import.within == module.def).map(move |import| {
            let before = file.text[..import.span.start as usize].trim_end();
            (import, import.flags.has(ImportFlags::PUBLIC) && before.ends_with("pub"))
        })
    }

    /// An absolute path for one that is written in a module.
    pub fn absolute(&self, module: &str, written: &str, steps: u32) -> Option<String> {
        if steps > 12 {
            return None;
        }
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
        let here = self.modules.get(module)?;
        if here.own.contains_key(first) || self.modules.contains_key(&format!("{module}::{first}")) {
            return Some(join(format!("{module}::{first}")));
        }
        let facts = &self.files[here.file].facts;
        for (import, _) in self.imports(here) {
            if facts.text(import.alias) == first && facts.text(import.name) != "*" {
                let target = join_path(facts.text(import.path), facts.text(import.name));
                let target = target.trim_start_matches("::").to_string();
                let target_first = target.split("::").next().unwrap_or(&target);
                if target == first || (target_first == first && !target.contains("::")) {
                    return Some(join(target));
                }
                let base = match target_first {
                    "crate" | "self" | "super" | "std" | "core" | "alloc" => {
                        self.absolute(module, &target, steps + 1)?
                    }
                    _ if self.modules.contains_key(&format!("{module}::{target_first}")) => {
                        format!("{module}::{target}")
                    }
                    _ if target_first == first => target,
                    _ => target,
                };
                return Some(join(base));
            }
        }
        for (import, _) in self.imports(here) {
            if facts.text(import.name) == "*" {
                let target = self.absolute_module(module, facts.text(import.path), steps + 1)?;
                let path = format!("{target}::{first}");
                if target != module && self.find(&path, steps + 3).is_some() {
                    return Some(join(path));
                }
            }
        }
        if self.modules.contains_key(first) {
            return Some(join(first.to_string()));
        }
        if let Some(path) = prelude(Language::Rust, first) {
            return Some(join(path));
        }
        None
    }

    fn absolute_module(&self, module: &str, written: &str, steps: u32) -> Option<String> {
        let first = written.split("::").next().unwrap_or(written);
        let relative = matches!(first, "crate" | "self" | "super" | "std" | "core" | "alloc");
        if !relative && !self.modules.contains_key(&format!("{module}::{first}")) && self.modules.contains_key(first) {
            return Some(written.to_string());
        }
        self.absolute(module, written, steps)
    }

    pub fn find(&self, path: &str, steps: u32) -> Option<Found> {
        if steps > 12 {
            return None;
        }
        if self.modules.contains_key(path) {
            return Some(Found::Module(path.to_string()));
        }
        let (parent, name) = path.rsplit_once("::")?;
        let Some(module) = self.modules.get(parent) else {
            return match self.find(parent, steps + 1)? {
                Found::Module(home) if home != parent => self.find(&format!("{home}::{name}"), steps + 1),
                _ => None,
            };
        };
        if let Some(ids) = module.own.get(name) {
            return Some(Found::Item(Home { file: module.file, def: ids[0] }, path.to_string()));
        }
        let facts = &self.files[module.file].facts;
        let mut stars = Vec::new();
        for (import, _) in self.imports(module) {
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

    /// Collects what the public modules and re-exports below a module lead to.
    fn reach(
        &self,
        path: &str,
        told: &mut BTreeMap<String, BTreeSet<String>>,
        items: &mut BTreeMap<String, Home>,
        seen: &mut BTreeSet<String>,
    ) {
        let Some(module) = self.modules.get(path) else { return };
        if !seen.insert(path.to_string()) {
            return;
        }
        for (name, ids) in &module.own {
            for id in ids {
                let home = Home { file: module.file, def: *id };
                if self.is_public(home) {
                    items.entry(format!("{path}::{name}")).or_insert(home);
                }
            }
        }
        let prefix = format!("{path}::");
        for (inner, module) in self.modules.range(prefix.clone()..) {
            let Some(rest) = inner.strip_prefix(&prefix) else { break };
            if module.is_public && !rest.contains("::") {
                self.reach(inner, told, items, seen);
            }
        }
        let facts = &self.files[module.file].facts;
        for (import, is_public) in self.imports(module) {
            if !is_public {
                continue;
            }
            let (from, name) = (facts.text(import.path), facts.text(import.name));
            if name == "*" {
                if let Some(target) = self.absolute_module(path, from, 0) {
                    self.reach_star(path, &target, told, items, 0);
                }
                continue;
            }
            let alias = facts.text(import.alias).to_string();
            let Some(target) = self.absolute_module(path, &join_path(from, name), 0) else { continue };
            self.alias(path, &alias, &target, told, items, seen);
        }
    }

    fn alias(
        &self,
        path: &str,
        alias: &str,
        target: &str,
        told: &mut BTreeMap<String, BTreeSet<String>>,
        items: &mut BTreeMap<String, Home>,
        seen: &mut BTreeSet<String>,
    ) {
        let home = match self.find(target, 0) {
            Some(Found::Item(home, home_path)) => {
                items.entry(home_path.clone()).or_insert(home);
                home_path
            }
            Some(Found::Module(home)) => {
                self.reach(&home, told, items, seen);
                home
            }
            None => target.to_string(),
        };
        if home != format!("{path}::{alias}") && alias != "_" {
            told.entry(path.to_string()).or_default().insert(format!("alias {alias} {home}\n"));
        }
    }

    fn reach_star(
        &self,
        path: &str,
        target: &str,
        told: &mut BTreeMap<String, BTreeSet<String>>,
        items: &mut BTreeMap<String, Home>,
        steps: u32,
    ) {
        let Some(Found::Module(target)) = self.find(target, 0) else { return };
        let Some(module) = self.modules.get(&target) else { return };
        if steps > 4 {
            return;
        }
        for (name, ids) in &module.own {
            let home = Home { file: module.file, def: ids[0] };
            if self.is_public(home) {
                self.alias(path, name, &format!("{target}::{name}"), told, items, &mut BTreeSet::new());
            }
        }
        let prefix = format!("{target}::");
        for (inner, module) in self.modules.range(prefix.clone()..) {
            let Some(rest) = inner.strip_prefix(&prefix) else { break };
            if module.is_public && !rest.contains("::") {
                let mut seen = BTreeSet::new();
                self.alias(path, rest, inner, told, items, &mut seen);
            }
        }
        let facts = &self.files[module.file].facts;
        for (import, is_public) in self.imports(module) {
            if !is_public {
                continue;
            }
            let (from, name) = (facts.text(import.path), facts.text(import.name));
            if name == "*" {
                if let Some(inner) = self.absolute_module(&target, from, 0) {
                    self.reach_star(path, &inner, told, items, steps + 1);
                }
            } else if let Some(inner) = self.absolute_module(&target, &join_path(from, name), 0) {
                let alias = facts.text(import.alias).to_string();
                self.alias(path, &alias, &inner, told, items, &mut BTreeSet::new());
            }
        }
    }

    /// The path of the type that a path leads to, through aliases.
    fn type_at(&self, path: &str, steps: u32) -> Option<String> {
        let Some(Found::Item(home, path)) = self.find(path, 0) else { return None };
        let facts = &self.files[home.file].facts;
        let def = facts.outline.get(home.def);
        if def.kind != DefKind::Alias || steps > 4 {
            return Some(path);
        }
        let Ty::Named { path: target, .. } = facts.outline.types.get(def.returns) else { return Some(path) };
        let (module, _) = path.rsplit_once("::")?;
        let target = self.absolute(module, facts.text(target), 0)?;
        self.type_at(&target, steps + 1)
    }

    /// The impl blocks of each type, by the type's path, with the module they stand in.
    fn impls(&self) -> BTreeMap<String, Vec<(String, Home)>> {
        let mut found: BTreeMap<String, Vec<(String, Home)>> = BTreeMap::new();
        for (name, module) in &self.modules {
            let facts = &self.files[module.file].facts;
            for id in facts.outline.ids() {
                let def = facts.outline.get(id);
                if def.kind != DefKind::Impl || def.parent != module.def || def.flags.has(DefFlags::TEST) {
                    continue;
                }
                let Some(of) = facts.outline.bases(id).first() else { continue };
                let Ty::Named { path, .. } = facts.outline.types.get(*of) else { continue };
                if let Some(path) = self.absolute(name, facts.text(path), 0)
                    && let Some(path) = self.type_at(&path, 0)
                {
                    found.entry(path).or_default().push((name.clone(), Home { file: module.file, def: id }));
                }
            }
        }
        found
    }
}

fn join_path(path: &str, name: &str) -> String {
    match (path, name) {
        ("", name) => name.to_string(),
        (path, "" | "self") => path.to_string(),
        (path, name) => format!("{path}::{name}"),
    }
}

//! Rust crates: what can be reached from their roots, resolved across crates.

use crate::print::{Meaning, Printer};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use unsnarl::catalogue::{Language, Ty, TyId, prelude};
use unsnarl::model::{DefFlags, DefId, DefKind, Dialect, Edition, FileFacts, ImportFlags, ParamKind};

struct File {
    text: String,
    facts: FileFacts,
}

/// A module: inline or a file of its own.
struct Module {
    file: usize,
    /// The inline module's definition, or none for a whole file.
    def: DefId,
    is_public: bool,
    /// Definitions by name; one name may be a type and a function.
    own: HashMap<String, Vec<DefId>>,
}

struct World {
    files: Vec<File>,
    modules: BTreeMap<String, Module>,
}

/// A definition of the world.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Home {
    file: usize,
    def: DefId,
}

enum Found {
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
    fn is_public(&self, home: Home) -> bool {
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
    fn absolute(&self, module: &str, written: &str, steps: u32) -> Option<String> {
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

    fn find(&self, path: &str, steps: u32) -> Option<Found> {
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
                    && let Some(Found::Item(_, path)) = self.find(&path, 0)
                {
                    found.entry(path).or_default().push((name.clone(), Home { file: module.file, def: id }));
                }
            }
        }
        found
    }

    fn write(
        &self,
        module: &str,
        path: &str,
        home: Home,
        impls: &BTreeMap<String, Vec<(String, Home)>>,
        out: &mut String,
    ) {
        let facts = &self.files[home.file].facts;
        let outline = &facts.outline;
        let def = outline.get(home.def);
        let name = facts.text(def.name);
        let generics: Vec<String> =
            outline.generics(home.def).iter().map(|generic| facts.text(generic.name).to_string()).collect();
        let list = if generics.is_empty() { String::new() } else { format!("[{}]", generics.join(", ")) };
        let writer = Writer { world: self, home: module, at: module, file: home.file };
        match def.kind {
            DefKind::Function => {
                out.push_str(&writer.function(home.def, None));
                out.push('\n');
            }
            DefKind::Trait => {
                let bases: Vec<String> = outline
                    .bases(home.def)
                    .iter()
                    .filter_map(|base| writer.term(*base, &generics))
                    .filter(|base| !matches!(base.as_str(), "std::marker::Send" | "std::marker::Sync"))
                    .collect();
                let bases = if bases.is_empty() { String::new() } else { format!("({})", bases.join(", ")) };
                out.push_str(&format!("trait {name}{list}{bases}\n"));
                writer.methods(home.def, &generics, true, &mut BTreeSet::new(), out);
            }
            DefKind::Struct | DefKind::Enum => {
                out.push_str(&format!("class {name}{list}\n"));
                let text = &self.files[home.file].text;
                for field in outline.fields(home.def) {
                    let field_name = facts.text(field.name);
                    let is_public = is_public_field(text, &text[def.span.range()], field_name);
                    if let Some(ty) = writer.term(field.ty, &generics).filter(|_| is_public) {
                        out.push_str(&format!("  attr {field_name}: {ty}\n"));
                    }
                }
                let mut seen = BTreeSet::new();
                let mut traits = BTreeSet::new();
                for (at, block) in impls.get(path).into_iter().flatten() {
                    let writer = Writer { world: self, home: module, at, file: block.file };
                    writer.implementation(block.def, &generics, &mut seen, &mut traits, out);
                }
            }
            DefKind::Alias => {
                if let Some(ty) = writer.term(def.returns, &generics) {
                    let plain = ty.split('<').next().unwrap_or(&ty);
                    if !plain.starts_with(['(', '[', '&']) && !plain.contains(' ') && !generics.contains(&ty) {
                        out.push_str(&format!("alias {name} {plain}\n"));
                    }
                }
            }
            DefKind::Const => {
                if let Some(ty) = writer.term(def.returns, &generics) {
                    out.push_str(&format!("value {name}: {ty}\n"));
                }
            }
            _ => {}
        }
    }
}

/// Whether a struct's field is written with `pub`; a field's own visibility is no fact.
fn is_public_field(_file: &str, definition: &str, name: &str) -> bool {
    definition.contains(&format!("pub {name}:"))
}

fn join_path(path: &str, name: &str) -> String {
    match (path, name) {
        ("", name) => name.to_string(),
        (path, "" | "self") => path.to_string(),
        (path, name) => format!("{path}::{name}"),
    }
}

/// Writes what stands in one file; terms are shortened for the module `home` and resolved in the module `at`.
struct Writer<'w> {
    world: &'w World,
    home: &'w str,
    at: &'w str,
    file: usize,
}

impl Writer<'_> {
    fn meaning(&self, written: &str, generics: &[String]) -> Meaning {
        if generics.iter().any(|generic| generic == written) {
            return Meaning::Generic(written.to_string());
        }
        let Some(path) = self.world.absolute(self.at, written, 0) else { return Meaning::Unknown };
        let known = path.split("::").next().is_some_and(|root| self.world.modules.contains_key(root));
        match self.world.find(&path, 0) {
            Some(Found::Item(_, path)) => Meaning::Type(path),
            Some(Found::Module(_)) => Meaning::Unknown,
            None if known => Meaning::Unknown,
            None => Meaning::Type(path),
        }
    }

    fn with<T>(&self, generics: &[String], print: impl FnOnce(&mut Printer<'_>) -> T) -> T {
        let facts = &self.world.files[self.file].facts;
        let resolve = |written: &str| self.meaning(written, generics);
        let mut printer = Printer {
            pool: &facts.outline.types,
            strings: &facts.strings,
            module: self.home,
            separator: "::",
            resolve: &resolve,
            generics: Vec::new(),
        };
        print(&mut printer)
    }

    fn term(&self, ty: TyId, generics: &[String]) -> Option<String> {
        self.with(generics, |printer| printer.term(ty))
    }

    fn methods(&self, parent: DefId, generics: &[String], all: bool, seen: &mut BTreeSet<String>, out: &mut String) {
        let outline = &self.world.files[self.file].facts.outline;
        for id in outline.ids() {
            let def = outline.get(id);
            if def.parent != parent || def.kind != DefKind::Function {
                continue;
            }
            let is_public = all || self.world.is_public(Home { file: self.file, def: id });
            let name = self.world.files[self.file].facts.text(def.name);
            if is_public && seen.insert(name.to_string()) {
                out.push_str("  ");
                out.push_str(&self.function(id, Some(generics)));
                out.push('\n');
            }
        }
    }

    /// The members that one impl block adds. Its own names of the type's parameters are kept as they are.
    fn implementation(
        &self,
        block: DefId,
        generics: &[String],
        seen: &mut BTreeSet<String>,
        traits: &mut BTreeSet<String>,
        out: &mut String,
    ) {
        let facts = &self.world.files[self.file].facts;
        let outline = &facts.outline;
        let own: Vec<String> = outline
            .generics(block)
            .iter()
            .map(|generic| facts.text(generic.name).to_string())
            .chain(generics.iter().cloned())
            .collect();
        let Some(implemented) = outline.bases(block).get(1) else {
            return self.methods(block, &own, false, seen, out);
        };
        let Some(text) = self.term(*implemented, &own) else { return };
        let path = text.split('<').next().unwrap_or(&text).to_string();
        let last = path.rsplit([':', '.']).next().unwrap_or(&path).to_string();
        let types = |word: &str, name: &str, out: &mut String| {
            let found = outline.ids().find(|id| {
                let def = outline.get(*id);
                def.parent == block && def.kind == DefKind::Alias && facts.text(def.name) == name
            });
            if let Some(ty) = found.and_then(|id| self.term(outline.get(id).returns, &own)) {
                out.push_str(&format!("  {word} {ty}\n"));
            }
        };
        if !traits.insert(path.clone()) {
            return;
        }
        match last.as_str() {
            "Future" => types("awaits", "Output", out),
            "IntoFuture" => types("awaits", "Output", out),
            "Deref" => types("derefs", "Target", out),
            "Iterator" | "Stream" | "IntoIterator" | "ParallelIterator" => types("iterates", "Item", out),
            _ => {}
        }
        let ordinary = matches!(
            last.as_str(),
            "Debug"
                | "Display"
                | "Clone"
                | "Copy"
                | "Default"
                | "Drop"
                | "From"
                | "Into"
                | "TryFrom"
                | "Send"
                | "Sync"
                | "Unpin"
                | "PartialEq"
                | "Eq"
                | "Hash"
                | "PartialOrd"
                | "Ord"
                | "AsRef"
                | "AsMut"
                | "Borrow"
                | "Error"
                | "UnwindSafe"
                | "RefUnwindSafe"
                | "FromStr"
                | "Sealed"
                | "IntoFuture"
                | "Deref"
                | "DerefMut"
                | "FusedIterator"
                | "ExactSizeIterator"
                | "FromIterator"
                | "Extend"
                | "AsFd"
                | "AsRawFd"
                | "FromRawFd"
                | "IntoRawFd"
                | "BorrowMut"
                | "Pointer"
                | "Binary"
                | "LowerHex"
                | "UpperHex"
                | "Add"
                | "Sub"
                | "AddAssign"
                | "SubAssign"
                | "Index"
                | "IndexMut"
                | "Not"
                | "BitOr"
                | "BitAnd"
        );
        if !ordinary && !path.starts_with('_') {
            out.push_str(&format!("  implements {text}\n"));
        }
    }

    /// The line of a function; of a method, where the generics of its type are given.
    fn function(&self, id: DefId, ty: Option<&[String]>) -> String {
        let facts = &self.world.files[self.file].facts;
        let outline = &facts.outline;
        let def = outline.get(id);
        let mut words = String::new();
        if def.flags.has(DefFlags::ASYNC) {
            words.push_str("async ");
        }
        if def.flags.has(DefFlags::BY_VALUE) {
            words.push_str("value ");
        } else if ty.is_some() && !def.flags.has(DefFlags::RECEIVER) {
            words.push_str("static ");
        }
        let own: Vec<String> = outline.generics(id).iter().map(|it| facts.text(it.name).to_string()).collect();
        let known: Vec<String> = ty.unwrap_or_default().iter().chain(&own).cloned().collect();
        let (params, returns, met) = self.with(&known, |printer| {
            let returns = printer.term(def.returns);
            let mut params = Vec::new();
            for (at, param) in outline.params(id).iter().enumerate() {
                if param.kind == ParamKind::Receiver {
                    continue;
                }
                let name = match facts.text(param.name) {
                    "" => format!("_{at}"),
                    name => name.to_string(),
                };
                let met = std::mem::take(&mut printer.generics);
                let text = printer.term(param.ty).filter(|text| text.len() < 80 && !printer.generics.is_empty());
                let new = std::mem::replace(&mut printer.generics, met);
                match text {
                    Some(text) => {
                        new.into_iter().for_each(|name| {
                            if !printer.generics.contains(&name) {
                                printer.generics.push(name);
                            }
                        });
                        params.push(format!("{name}: {text}"));
                    }
                    None => params.push(name),
                }
            }
            (params, returns, std::mem::take(&mut printer.generics))
        });
        let generics: Vec<String> = met.into_iter().filter(|name| own.contains(name)).collect();
        let mut line = format!("{words}fn {}", facts.text(def.name));
        if !generics.is_empty() {
            line.push_str(&format!("[{}]", generics.join(", ")));
        }
        line.push_str(&format!("({})", params.join(", ")));
        if let Some(returns) = returns.filter(|returns| returns != "()") {
            line.push_str(&format!(" -> {returns}"));
        }
        line
    }
}

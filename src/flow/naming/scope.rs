//! What a name means: in a module, through imports and re-exports, down to a definition, a variable or a library path.

use crate::catalogue::{Item, Language, prelude};
use crate::flow::ids::{Def, ModuleId, UnitRef};
use crate::flow::naming::names::Name;
use crate::flow::naming::steps::{Known, Part, Steps};
use crate::flow::{File, Program};
use crate::model::{
    BinaryOp, ConstKind, DefFlags, DefId, DefKind, Import, ImportFlags, LocalId, LocalKind, Unit, UnitId, ValueId,
    ValueKind,
};
use crate::text::FileId;
use rustc_hash::FxHashMap;

/// What a name or path stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entity {
    Def(Def),
    Module(ModuleId),
    /// A variable of a module.
    Variable(FileId, LocalId),
    /// Something outside of the project, by its absolute path as imported.
    Library(Language, Name),
}

/// The names that the top level of a file, or an inline module of it, binds.
pub type Bindings = FxHashMap<(DefId, Name), Vec<Binding>>;

/// One way in which a module binds a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    Def(DefId),
    /// An index into the outline's imports.
    Import(u32),
    Local(LocalId),
}

/// Collects what a file binds.
pub(crate) fn bindings(file: &File) -> Bindings {
    let facts = file.facts();
    let mut bindings = Bindings::default();
    let mut add = |scope: DefId, name: Name, binding: Binding| bindings.entry((scope, name)).or_default().push(binding);
    for id in facts.outline.ids() {
        let def = facts.outline.get(id);
        let in_module = def.parent.is_none() || facts.outline.get(def.parent).kind == DefKind::Module;
        // Type names of a stub or a `TYPE_CHECKING` block count: annotations use them.
        if in_module && !matches!(def.kind, DefKind::Impl | DefKind::Module) && def.name.is_some() {
            add(def.parent, file.name(def.name), Binding::Def(id));
        }
    }
    for (at, import) in facts.outline.imports.iter().enumerate() {
        if import.alias.is_some() && facts.text(import.alias) != "_" {
            add(import.within, file.name(import.alias), Binding::Import(at as u32));
        }
    }
    let module = facts.unit(UnitId::MODULE);
    for (at, local) in module.locals.iter().enumerate() {
        if local.kind == LocalKind::Variable && local.name.is_some() {
            add(DefId::NONE, file.name(local.name), Binding::Local(LocalId(at as u32)));
        }
    }
    bindings
}

impl Program {
    /// What a module binds a name to; several where branches of which one is taken bind it differently.
    pub fn in_module(&self, module: ModuleId, name: Name) -> Vec<Entity> {
        self.in_module_steps(module, name, Steps::all(&Known::default()))
    }

    fn in_module_steps(&self, module: ModuleId, name: Name, steps: Steps<'_>) -> Vec<Entity> {
        let mut found = Vec::new();
        let Some(steps) = steps.less() else {
            return found;
        };
        let node = self.modules.get(module);
        let Some(file_id) = node.file else {
            found.extend(node.children.get(&name).map(|child| Entity::Module(*child)));
            return found;
        };
        let file = self.file(file_id);
        let bound = file.bindings.get(&(node.def, name)).map_or(&[][..], Vec::as_slice);
        let imported = |at: u32| self.imported(module, file, &file.outline().imports[at as usize], steps);
        for binding in preferred(file, bound) {
            match binding {
                Binding::Def(id) => found.push(Entity::Def(Def { file: file_id, id })),
                Binding::Local(local) => found.push(Entity::Variable(file_id, local)),
                Binding::Import(at) if bound.len() == 1 => found.extend(imported(at)),
                Binding::Import(at) => found.extend(steps.once((module, name, Part::Import(at)), || imported(at))),
            }
        }
        if found.is_empty() {
            found.extend(node.children.get(&name).map(|child| Entity::Module(*child)));
        }
        if found.is_empty() {
            found = self.through_stars(module, file, name, steps);
        }
        if let Some(twin) = node.twin {
            found.extend(self.in_module_steps(twin, name, steps));
        }
        dedup(&mut found);
        found
    }

    fn through_stars(&self, module: ModuleId, file: &File, name: Name, steps: Steps<'_>) -> Vec<Entity> {
        let def = self.modules.get(module).def;
        let is_star = |import: &&Import| import.within == def && file.text(import.name) == "*";
        let mut stars = file.outline().imports.iter().filter(is_star).peekable();
        if stars.peek().is_none() {
            return Vec::new();
        }
        steps.once((module, name, Part::Stars), || self.through_these(stars, module, file, name, steps))
    }

    fn through_these<'i>(
        &self,
        stars: impl Iterator<Item = &'i Import>,
        module: ModuleId,
        file: &File,
        name: Name,
        steps: Steps<'_>,
    ) -> Vec<Entity> {
        let mut found = Vec::new();
        for import in stars {
            for from in self.import_base(module, file, import, steps) {
                match from {
                    Entity::Module(from) if from != module && self.is_exported(from, name) => {
                        found.extend(self.in_module_steps(from, name, steps));
                    }
                    Entity::Library(language, path) => {
                        let path = self.names.join(path, separator(language), name);
                        if self.catalogue.find(language, &self.names.text(path)).is_some() {
                            found.push(Entity::Library(language, path));
                        }
                    }
                    // `use Enum::*`
                    Entity::Def(owner) => {
                        found.extend(self.member_def(owner, name).map(Entity::Def));
                    }
                    _ => {}
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        found
    }

    /// Whether `from module import *` binds a name: what `__all__` lists, else what does not begin with `_`.
    fn is_exported(&self, module: ModuleId, name: Name) -> bool {
        let Some(id) = self.modules.get(module).file else {
            return true;
        };
        if self.language(id) != Language::Python {
            return true;
        }
        let text = self.names.text(name);
        let (file, unit) = (self.file(id), self.module_unit(id));
        let Some(list) = unit.locals.iter().position(|local| file.text(local.name) == "__all__") else {
            return !text.starts_with('_');
        };
        // Anything but one list of names may list everything.
        let mut writes = unit.values.iter().filter_map(|value| match value.kind {
            ValueKind::Write { local, from, count: 0, .. } if local.0 as usize == list => Some(from),
            _ => None,
        });
        match (writes.next(), writes.next()) {
            (Some(from), None) => lists(file, unit, from, &text).unwrap_or(true),
            _ => true,
        }
    }

    /// What an import binds.
    fn imported(&self, module: ModuleId, file: &File, import: &Import, steps: Steps<'_>) -> Vec<Entity> {
        let language = file.language();
        if import.name.is_none() {
            // `import a.b` binds `a`, `import a.b as c` binds the module.
            let path = file.text(import.path);
            let first = path.split('.').next().unwrap_or(path);
            let bound = if file.text(import.alias) == first { first } else { path };
            return self.python_module(module, bound);
        }
        let name = file.name(import.name);
        let mut found = Vec::new();
        for base in self.import_base(module, file, import, steps) {
            match base {
                Entity::Module(base) => {
                    let inside = if base == module
                        && self.modules.get(base).def == import.within
                        && is_self_import(file, import)
                    {
                        // `from . import name` inside the package itself: only a submodule can be meant.
                        self.modules.child(base, name).map(Entity::Module).into_iter().collect()
                    } else {
                        self.in_module_steps(base, name, steps)
                    };
                    found.extend(inside);
                }
                Entity::Library(language, path) => {
                    found.push(Entity::Library(language, self.names.join(path, separator(language), name)));
                }
                Entity::Def(owner) => found.extend(self.member_def(owner, name).map(Entity::Def)),
                Entity::Variable(..) => {}
            }
        }
        if found.is_empty() && language == Language::Rust && file.text(import.path).is_empty() {
            found.extend(self.rust_first(module, file, &self.names.text(name), steps, true, false));
        }
        found
    }

    /// The module (or enum) that an import takes its name from.
    fn import_base(&self, module: ModuleId, file: &File, import: &Import, steps: Steps<'_>) -> Vec<Entity> {
        let path = file.text(import.path);
        match file.language() {
            Language::Python => {
                if import.level == 0 {
                    return self.python_module(module, path);
                }
                self.relative_python_module(module, import.level, path).map(Entity::Module).into_iter().collect()
            }
            Language::Rust if path.is_empty() => Vec::new(),
            Language::Rust => {
                let (found, rest) = self.rust_path(module, path, steps, true);
                if rest.is_empty() { found } else { Vec::new() }
            }
        }
    }

    /// A Python module by its absolute dotted path, as a module imports it: the project's, else a library's.
    pub fn python_module(&self, from: ModuleId, path: &str) -> Vec<Entity> {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let first = self.names.intern(first);
        let below = |top: ModuleId| {
            let mut parts = rest.into_iter().flat_map(|rest| rest.split('.'));
            parts.try_fold(top, |module, part| self.modules.child(module, self.names.intern(part)))
        };
        let library = || Entity::Library(Language::Python, self.names.intern(path));
        let top = self.modules.python_top(first);
        let is_known = || self.catalogue.knows(Language::Python, path.split('.').next().unwrap_or(path));
        if let Some(top) = top {
            let found = below(top);
            // A library's package comes before a mere folder of the same name.
            let is_folder = self.modules.get(top).file.is_none();
            let is_code = found.is_some_and(|found| self.modules.get(found).file.is_some());
            if !is_folder || is_code {
                return found.map(Entity::Module).into_iter().collect();
            }
            if is_known() {
                return vec![library()];
            }
            if let Some(found) = found {
                return vec![Entity::Module(found)];
            }
        }
        if let Some(found) = self.modules.python_beside(from, first).and_then(below) {
            return vec![Entity::Module(found)];
        }
        let loose = || self.modules.python_loose(first).filter(|found| *found != from).and_then(below);
        match if is_known() { None } else { loose() } {
            Some(found) => vec![Entity::Module(found)],
            None => vec![library()],
        }
    }

    fn relative_python_module(&self, module: ModuleId, level: u8, path: &str) -> Option<ModuleId> {
        let mut base = module;
        let up = if self.modules.get(module).is_package { level - 1 } else { level };
        for _ in 0..up {
            base = self.modules.get(base).parent?;
        }
        for part in path.split('.').filter(|part| !part.is_empty()) {
            base = self.modules.child(base, self.names.intern(part))?;
        }
        Some(base)
    }

    /// What relative and absolute imports inside a function bind.
    pub fn unit_import(&self, file_id: FileId, import: &crate::model::UnitImport) -> Vec<Entity> {
        let file = self.file(file_id);
        let Some(module) = self.modules.of_file(file_id) else {
            return Vec::new();
        };
        let import = Import {
            path: import.path,
            name: import.name,
            alias: import.alias,
            level: import.level,
            flags: ImportFlags::default(),
            within: DefId::NONE,
            span: import.span,
        };
        self.imported(module, file, &import, Steps::all(&Known::default()))
    }

    /// The traits whose methods code of a Rust unit may call: those that its module declares or imports, and those that
    /// the unit itself imports.
    pub fn traits_in_scope(&self, unit: UnitRef) -> Vec<Entity> {
        let file = self.file(unit.file);
        let within = Def { file: unit.file, id: self.unit(unit).def.unwrap_or(DefId::NONE) };
        let Some(module) = self.module_around(within) else {
            return Vec::new();
        };
        let node = self.modules.get(module);
        let outline = file.outline();
        let declared = outline.ids().filter(|id| outline.get(*id).parent == node.def);
        let declared = declared.map(|id| Entity::Def(Def { file: unit.file, id }));
        let imports = outline.imports.iter().filter(|import| import.within == node.def);
        let known = Known::default();
        let imported = imports.flat_map(|import| self.imported(module, file, import, Steps::all(&known)));
        let by_unit = self.unit(unit).imports.iter().flat_map(|import| self.unit_import(unit.file, import));
        let is_trait = |entity: &Entity| match entity {
            Entity::Def(def) => self.definition(*def).kind == DefKind::Trait,
            Entity::Library(language, path) => match self.library_item(*language, *path) {
                Some(Item::Type(id)) => self.catalogue.ty(id).is_trait,
                _ => false,
            },
            _ => false,
        };
        let mut found: Vec<Entity> = declared.chain(imported).chain(by_unit).filter(is_trait).collect();
        dedup(&mut found);
        found
    }

    /// An item that a Rust function declares in its own body, seen from inside it.
    pub fn item_in_function(&self, within: Def, name: Name) -> Option<Entity> {
        let outline = self.file(within.file).outline();
        let mut owner = within.id;
        while owner.is_some() {
            let here = Def { file: within.file, id: owner };
            if outline.get(owner).kind == DefKind::Function
                && let Some(item) = self.member_def(here, name)
            {
                return Some(self.modules.of_inline(item).map_or(Entity::Def(item), Entity::Module));
            }
            owner = outline.get(owner).parent;
        }
        None
    }

    /// Resolves a Rust path from inside a module: what the longest leading part stands for, and the segments that are
    /// left (associated functions, variants of a library's enum).
    pub fn rust_path_in(&self, module: ModuleId, path: &str) -> (Vec<Entity>, Vec<String>) {
        self.rust_path(module, path, Steps::all(&Known::default()), false)
    }

    fn rust_path(&self, module: ModuleId, path: &str, steps: Steps<'_>, in_use: bool) -> (Vec<Entity>, Vec<String>) {
        let mut segments: std::collections::VecDeque<&str> = path.split("::").collect();
        let absolute = segments.front() == Some(&"");
        if absolute {
            segments.pop_front();
        }
        let Some(first) = segments.pop_front() else {
            return (Vec::new(), Vec::new());
        };
        let Some(file) = self.modules.get(module).file.map(|file| self.file(file)) else {
            return (Vec::new(), Vec::new());
        };
        let mut entities = if absolute {
            self.extern_crate(module, first).into_iter().collect()
        } else {
            let leads_on = !segments.is_empty();
            self.rust_first(module, file, first, steps, in_use, leads_on)
        };
        while let Some(segment) = segments.pop_front() {
            let name = self.names.intern(segment);
            let mut next = Vec::new();
            for entity in &entities {
                match entity {
                    Entity::Module(id) if segment == "super" => {
                        next.extend(self.modules.get(*id).parent.map(Entity::Module));
                    }
                    Entity::Module(id) => next.extend(self.in_module_steps(*id, name, steps)),
                    Entity::Library(language, path) => {
                        next.push(Entity::Library(*language, self.names.join(*path, "::", name)));
                    }
                    Entity::Def(owner) => {
                        let def = self.definition(*owner);
                        if def.kind == DefKind::Enum
                            && let Some(variant) = self.member_def(*owner, name)
                        {
                            next.push(Entity::Def(variant));
                        }
                    }
                    Entity::Variable(..) => {}
                }
            }
            if next.is_empty() {
                let mut rest = vec![segment.to_owned()];
                rest.extend(segments.iter().map(|segment| (*segment).to_owned()));
                return (entities, rest);
            }
            dedup(&mut next);
            entities = next;
        }
        (entities, Vec::new())
    }

    /// The first segment of a Rust path; `leads_on` if more segments follow.
    fn rust_first(
        &self,
        module: ModuleId,
        file: &File,
        first: &str,
        steps: Steps<'_>,
        in_use: bool,
        leads_on: bool,
    ) -> Vec<Entity> {
        let node = self.modules.get(module);
        match first {
            "crate" | "$crate" => return self.modules.crate_root(module).map(Entity::Module).into_iter().collect(),
            "self" => return vec![Entity::Module(module)],
            "super" => return node.parent.map(Entity::Module).into_iter().collect(),
            _ => {}
        }
        let name = self.names.intern(first);
        // A `use` that binds the very name it names does not find itself.
        let bound = file.bindings.get(&(node.def, name)).map_or(&[][..], Vec::as_slice);
        let refers_to_itself = bound.iter().all(|binding| match binding {
            Binding::Import(at) => {
                let import = &file.outline().imports[*at as usize];
                let path = file.text(import.path);
                if in_use {
                    path.is_empty() && import.name == import.alias
                        || path.split("::").next() == Some(first) && import.alias.is_some()
                } else {
                    // `use anyhow::anyhow;` brings a macro or a function; `anyhow::Result` leads through the crate.
                    leads_on && path == first && import.name == import.alias
                }
            }
            _ => false,
        });
        let refers_to_itself = refers_to_itself && (in_use || !bound.is_empty());
        if !bound.is_empty() && !refers_to_itself {
            let found = self.in_module_steps(module, name, steps);
            if !found.is_empty() {
                return found;
            }
        } else if let Some(child) = node.children.get(&name) {
            return vec![Entity::Module(*child)];
        }
        if let Some(found) = self.extern_crate(module, first) {
            return vec![found];
        }
        if let Some(steps) = steps.less().filter(|_| !refers_to_itself) {
            let mut found = self.through_stars(module, file, name, steps);
            if let Some(twin) = node.twin.filter(|_| found.is_empty()) {
                found = self.in_module_steps(twin, name, steps);
            }
            if !found.is_empty() {
                return found;
            }
        }
        prelude(Language::Rust, first)
            .map(|path| Entity::Library(Language::Rust, self.names.intern(&path)))
            .into_iter()
            .collect()
    }

    /// A crate by the name that code of the module's crate has for it.
    fn extern_crate(&self, module: ModuleId, name: &str) -> Option<Entity> {
        if matches!(name, "std" | "core" | "alloc") {
            return Some(Entity::Library(Language::Rust, self.names.intern(name)));
        }
        let Some(index) = self.modules.get(module).crate_index else {
            return self
                .catalogue
                .knows(Language::Rust, name)
                .then(|| Entity::Library(Language::Rust, self.names.intern(name)));
        };
        let krate = &self.layout.crates[index];
        if let Some((_, real)) = krate.dependencies.iter().find(|(local, _)| local == name) {
            return Some(match self.modules.library_crate(real) {
                Some(root) => Entity::Module(root),
                None => Entity::Library(Language::Rust, self.names.intern(real)),
            });
        }
        // The library of the same package.
        if let Some(library) = self.modules.library_crate(name)
            && let Some(index) = self.modules.get(library).crate_index
            && self.layout.crates[index].package == krate.package
        {
            return Some(Entity::Module(library));
        }
        // A manifest that could not be read in full, or a file without one: nothing else is called that.
        self.catalogue.knows(Language::Rust, name).then(|| Entity::Library(Language::Rust, self.names.intern(name)))
    }
}

/// The bindings that count: the last definition of a name wins, unless it stands in one of several branches.
fn preferred(file: &File, bound: &[Binding]) -> Vec<Binding> {
    if bound.len() <= 1 {
        return bound.to_vec();
    }
    let outline = file.outline();
    let is_conditional = |binding: &Binding| match binding {
        Binding::Def(id) => outline.get(*id).flags.has(DefFlags::CONDITIONAL),
        Binding::Import(at) => outline.imports[*at as usize].flags.has(ImportFlags::CONDITIONAL),
        Binding::Local(_) => true,
    };
    let in_source_order = |binding: &Binding| match binding {
        Binding::Def(id) => outline.get(*id).span.start,
        Binding::Import(at) => outline.imports[*at as usize].span.start,
        Binding::Local(local) => file.place_of_variable(*local),
    };
    let type_checking = |binding: &Binding| match binding {
        // In the `else` of such a test both flags are set.
        Binding::Def(id) => {
            let flags = outline.get(*id).flags;
            flags.has(DefFlags::TYPE_CHECKING) && !flags.has(DefFlags::CONDITIONAL)
        }
        Binding::Import(at) => outline.imports[*at as usize].flags.has(ImportFlags::TYPE_CHECKING),
        Binding::Local(_) => false,
    };
    let mut sorted = bound.to_vec();
    sorted.sort_by_key(in_source_order);
    // `if TYPE_CHECKING: from a import f`, `else: def f(): …`: what is there at run time is called.
    if sorted.iter().any(|binding| matches!(binding, Binding::Def(_)) && !type_checking(binding)) {
        sorted.retain(|binding| !type_checking(binding));
    }
    // `if TYPE_CHECKING: import a` beside `a = None` or a run-time import: the typed one says more.
    if file.language() == Language::Rust {
        return sorted;
    }
    let firm = sorted.iter().rposition(|binding| !is_conditional(binding) && !type_checking(binding));
    match firm {
        Some(at) => {
            let mut kept = vec![sorted[at]];
            kept.extend(sorted[at + 1..].iter().filter(|binding| is_conditional(binding)));
            kept
        }
        None => sorted,
    }
}

/// Whether a list of texts, or a sum of such, has a text; none if it has other parts.
fn lists(file: &File, unit: &Unit, value: ValueId, text: &str) -> Option<bool> {
    match unit.value(value).kind {
        ValueKind::Collection { args, count, .. } => {
            let mut found = false;
            for arg in unit.args(args, count) {
                let ValueKind::Const { kind: ConstKind::Text, text: listed } = unit.value(arg.value).kind else {
                    return None;
                };
                found |= file.text(listed) == text;
            }
            Some(found)
        }
        ValueKind::Operation { op: BinaryOp::Add, left, right } => {
            Some(lists(file, unit, left, text)? | lists(file, unit, right, text)?)
        }
        _ => None,
    }
}

fn is_self_import(file: &File, import: &Import) -> bool {
    import.level == 1 && file.text(import.path).is_empty()
}

pub(crate) fn separator(language: Language) -> &'static str {
    match language {
        Language::Python => ".",
        Language::Rust => "::",
    }
}

fn dedup(entities: &mut Vec<Entity>) {
    let mut seen = Vec::new();
    entities.retain(|entity| {
        let new = !seen.contains(entity);
        if new {
            seen.push(*entity);
        }
        new
    });
}

//! Which module each file is, and which modules there are: Python packages and roots, Rust crates and module trees.

use crate::catalogue::Language;
use crate::flow::File;
use crate::flow::ids::{Def, ModuleId};
use crate::flow::layout::{CrateKind, Layout};
use crate::flow::naming::names::{Name, Names};
use crate::model::{DefFlags, DefId, DefKind};
use crate::text::FileId;
use rustc_hash::FxHashMap;

/// One module.
#[derive(Clone, Debug, PartialEq)]
pub struct Module {
    /// The file with its code; none for a Python folder without `__init__`.
    pub file: Option<FileId>,
    /// The inline module of a Rust file, or none for the file itself.
    pub def: DefId,
    pub parent: Option<ModuleId>,
    /// The crate it belongs to (Rust), as an index into the layout.
    pub crate_index: Option<usize>,
    pub children: FxHashMap<Name, ModuleId>,
    /// The next module of the same name: under `cfg`, one of them is there.
    pub twin: Option<ModuleId>,
    /// Whether relative imports count from the module itself: an `__init__` file.
    pub is_package: bool,
    /// Dotted or `::` path, for people and for tests.
    pub path: String,
}

/// All modules of a program.
#[derive(Debug, Default, PartialEq)]
pub struct Modules {
    modules: Vec<Module>,
    /// Top-level Python modules by name; the first root wins.
    python: FxHashMap<Name, ModuleId>,
    /// Modules of folders that are no packages, by their own name: scripts put such folders on their path.
    loose: FxHashMap<Name, ModuleId>,
    /// The library crate of each name.
    crates: FxHashMap<String, ModuleId>,
    /// The module of each file; a Rust file that several crates include belongs to the first.
    of_file: FxHashMap<FileId, ModuleId>,
    of_inline: FxHashMap<Def, ModuleId>,
    roots: FxHashMap<usize, ModuleId>,
}

impl Modules {
    pub fn link(files: &[File], layout: &Layout, names: &Names) -> Modules {
        let mut modules = Modules::default();
        modules.link_python(files, layout, names);
        modules.link_rust(files, layout, names);
        modules
    }

    pub fn get(&self, id: ModuleId) -> &Module {
        &self.modules[id.0 as usize]
    }

    pub fn of_file(&self, file: FileId) -> Option<ModuleId> {
        self.of_file.get(&file).copied()
    }

    /// The module that a definition's siblings live in: an inline module, or the file's.
    pub fn of_inline(&self, def: Def) -> Option<ModuleId> {
        self.of_inline.get(&def).copied()
    }

    pub fn python_top(&self, name: Name) -> Option<ModuleId> {
        self.python.get(&name).copied()
    }

    /// A Python module that no package holds, by its last name; the first by path.
    pub fn python_loose(&self, name: Name) -> Option<ModuleId> {
        self.loose.get(&name).copied()
    }

    /// A Python module beside another one or above it, in folders that are no packages.
    pub fn python_beside(&self, module: ModuleId, name: Name) -> Option<ModuleId> {
        let mut around = self.get(module).parent;
        while let Some(folder) = around.filter(|folder| self.get(*folder).file.is_none()) {
            if let Some(found) = self.child(folder, name).filter(|found| *found != module) {
                return Some(found);
            }
            around = self.get(folder).parent;
        }
        None
    }

    pub fn child(&self, module: ModuleId, name: Name) -> Option<ModuleId> {
        self.get(module).children.get(&name).copied()
    }

    /// The root module of the library crate that other crates know by this name.
    pub fn library_crate(&self, name: &str) -> Option<ModuleId> {
        self.crates.get(name).copied()
    }

    /// The root module of the crate that a module belongs to.
    pub fn crate_root(&self, module: ModuleId) -> Option<ModuleId> {
        self.roots.get(&self.get(module).crate_index?).copied()
    }

    /// The root module of a crate of the layout, by its number.
    pub fn root_of_crate(&self, index: usize) -> Option<ModuleId> {
        self.roots.get(&index).copied()
    }

    fn add(&mut self, module: Module) -> ModuleId {
        self.modules.push(module);
        ModuleId(self.modules.len() as u32 - 1)
    }

    fn add_twin(&mut self, first: ModuleId, twin: ModuleId) {
        let mut last = first;
        while let Some(next) = self.get(last).twin {
            last = next;
        }
        if last != twin {
            self.modules[last.0 as usize].twin = Some(twin);
        }
    }

    fn link_python(&mut self, files: &[File], layout: &Layout, names: &Names) {
        let mut roots: Vec<&str> = layout.python_roots.iter().map(String::as_str).collect();
        roots.sort_by_key(|root| std::cmp::Reverse(root.len()));
        for (at, file) in files.iter().enumerate() {
            if file.language() != Language::Python {
                continue;
            }
            let below_root = roots.iter().find_map(|root| match root {
                &"" => Some(file.path.as_str()),
                root => file.path.strip_prefix(root)?.strip_prefix('/'),
            });
            let relative = below_root.unwrap_or(&file.path);
            let stem = relative.strip_suffix(".pyi").or(relative.strip_suffix(".py")).unwrap_or(relative);
            let mut parts: Vec<&str> = stem.split('/').filter(|part| !part.is_empty()).collect();
            let is_package = parts.last() == Some(&"__init__");
            if is_package {
                parts.pop();
            }
            let file_id = FileId(at as u32);
            let mut parent: Option<ModuleId> = None;
            for (depth, part) in parts.iter().enumerate() {
                let name = names.intern(part);
                let known = match parent {
                    None => self.python.get(&name).copied(),
                    Some(parent) => self.child(parent, name),
                };
                let id = known.unwrap_or_else(|| {
                    let id = self.add(Module {
                        file: None,
                        def: DefId::NONE,
                        parent,
                        crate_index: None,
                        children: FxHashMap::default(),
                        twin: None,
                        is_package: true,
                        path: parts[..=depth].join("."),
                    });
                    match parent {
                        None => self.python.insert(name, id),
                        Some(parent) => self.modules[parent.0 as usize].children.insert(name, id),
                    };
                    id
                });
                parent = Some(id);
            }
            let Some(id) = parent else {
                continue;
            };
            self.of_file.insert(file_id, id);
            let module = &mut self.modules[id.0 as usize];
            // A `.py` beside its `.pyi` has the bodies; files come sorted, `.py` first.
            if module.file.is_none() {
                module.file = Some(file_id);
                module.is_package = is_package;
            }
        }
        for at in 0..self.modules.len() {
            let Module { file: Some(file), parent: Some(parent), .. } = self.modules[at] else {
                continue;
            };
            if self.get(parent).file.is_none() && files[file.0 as usize].language() == Language::Python {
                let path = &self.modules[at].path;
                let name = names.intern(path.rsplit('.').next().unwrap_or(path));
                self.loose.entry(name).or_insert(ModuleId(at as u32));
            }
        }
    }

    fn link_rust(&mut self, files: &[File], layout: &Layout, names: &Names) {
        let by_path: FxHashMap<&str, FileId> =
            files.iter().enumerate().map(|(at, file)| (file.path.as_str(), FileId(at as u32))).collect();
        let mut order: Vec<usize> = (0..layout.crates.len()).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&layout.crates[*a], &layout.crates[*b]);
            (a.kind, &a.root).cmp(&(b.kind, &b.root))
        });
        for index in order {
            let krate = &layout.crates[index];
            let Some(file) = by_path.get(krate.root.as_str()).copied() else {
                continue;
            };
            let root = self.add(Module {
                file: Some(file),
                def: DefId::NONE,
                parent: None,
                crate_index: Some(index),
                children: FxHashMap::default(),
                twin: None,
                is_package: true,
                path: krate.name.clone(),
            });
            self.of_file.entry(file).or_insert(root);
            self.roots.insert(index, root);
            if krate.kind == CrateKind::Library {
                self.crates.entry(krate.name.clone()).or_insert(root);
            }
            let folder = folder_of(&krate.root).to_owned();
            self.link_rust_file(files, &by_path, names, root, file, &folder, 0);
        }
        // A file that no crate includes is a module of its own.
        for (at, file) in files.iter().enumerate() {
            let id = FileId(at as u32);
            if file.language() == Language::Rust && !self.of_file.contains_key(&id) {
                let root = self.add(Module {
                    file: Some(id),
                    def: DefId::NONE,
                    parent: None,
                    crate_index: None,
                    children: FxHashMap::default(),
                    twin: None,
                    is_package: true,
                    path: file.path.clone(),
                });
                self.of_file.insert(id, root);
                self.link_rust_file(files, &by_path, names, root, id, folder_of(&file.path), 0);
            }
        }
    }

    /// Adds the modules that a file defines; `folder` is where files of its `mod name;` are.
    #[allow(clippy::too_many_arguments)]
    fn link_rust_file(
        &mut self,
        files: &[File],
        by_path: &FxHashMap<&str, FileId>,
        names: &Names,
        module: ModuleId,
        file: FileId,
        folder: &str,
        depth: usize,
    ) {
        // `#[path]` can make a module its own ancestor.
        const MAX_DEPTH: usize = 64;
        if depth > MAX_DEPTH {
            return;
        }
        let facts = files[file.0 as usize].facts().clone();
        let mut inline: FxHashMap<DefId, (ModuleId, String)> = FxHashMap::default();
        for id in facts.outline.ids() {
            let def = facts.outline.get(id);
            if def.kind != DefKind::Module {
                continue;
            }
            let (parent, folder) = match inline.get(&def.parent) {
                Some((parent, folder)) => (*parent, folder.clone()),
                None => (module, folder.to_owned()),
            };
            let text = facts.text(def.name);
            let name = names.intern(text);
            let out_of_line = def.flags.has(DefFlags::OUT_OF_LINE);
            let target = if out_of_line {
                let written = written_path(&facts, id).map(|path| {
                    let base = if def.parent.is_none() { folder_of(&files[file.0 as usize].path) } else { &folder };
                    vec![normalise(&join(base, &path))]
                });
                let candidates = written.unwrap_or_else(|| {
                    vec![join(&folder, &format!("{text}.rs")), join(&folder, &format!("{text}/mod.rs"))]
                });
                candidates.iter().find_map(|path| by_path.get(path.as_str()).map(|id| (*id, path.clone())))
            } else {
                None
            };
            let path = format!("{}::{text}", self.get(parent).path);
            let crate_index = self.get(parent).crate_index;
            let child = self.add(Module {
                file: if out_of_line { target.as_ref().map(|(id, _)| *id) } else { Some(file) },
                def: if out_of_line { DefId::NONE } else { id },
                parent: Some(parent),
                crate_index,
                children: FxHashMap::default(),
                twin: None,
                is_package: true,
                path,
            });
            // A module inside a function is known in that function alone.
            let in_function = def.parent.is_some() && facts.outline.get(def.parent).kind == DefKind::Function;
            if !in_function {
                let first = *self.modules[parent.0 as usize].children.entry(name).or_insert(child);
                self.add_twin(first, child);
            }
            if !out_of_line {
                self.of_inline.entry(Def { file, id }).or_insert(child);
                inline.insert(id, (child, join(&folder, text)));
            } else if let Some((target, path)) = target {
                self.of_file.entry(target).or_insert(child);
                let base = folder_of(&path);
                let below = if path.ends_with("/mod.rs") || written_path(&facts, id).is_some() {
                    base.to_owned()
                } else {
                    join(base, text)
                };
                self.link_rust_file(files, by_path, names, child, target, &below, depth + 1);
            }
        }
        let here = folder_of(&files[file.0 as usize].path);
        for path in included_paths(&facts) {
            let Some(target) = by_path.get(normalise(&join(here, path)).as_str()).copied() else {
                continue;
            };
            // Its names are looked up in the module that includes it, which sees the file's own as a twin's.
            let twin = self.add(Module {
                file: Some(target),
                children: FxHashMap::default(),
                twin: None,
                ..self.get(module).clone()
            });
            self.add_twin(module, twin);
            self.of_file.entry(target).or_insert(module);
        }
    }
}

/// What `include!("…")` at the top level of a file names.
fn included_paths(facts: &crate::model::FileFacts) -> Vec<&str> {
    use crate::model::{ConstKind, UnitId, ValueId, ValueKind};
    let unit = facts.unit(UnitId::MODULE);
    let paths = (0..unit.values.len() as u32).filter_map(|at| {
        let ValueKind::Macro { path, args, count, .. } = unit.value(ValueId(at)).kind else {
            return None;
        };
        let arg = unit.args(args, count).first().filter(|_| facts.text(path) == "include")?;
        match unit.value(arg.value).kind {
            ValueKind::Const { kind: ConstKind::Text, text } => Some(facts.text(text)),
            _ => None,
        }
    });
    paths.collect()
}

/// The text of a `#[path = "…"]` on a module.
fn written_path(facts: &crate::model::FileFacts, id: DefId) -> Option<String> {
    use crate::model::{ConstKind, UnitId, ValueKind};
    let unit = facts.unit(UnitId::MODULE);
    facts.outline.decorators(id).iter().find_map(|value| {
        let ValueKind::Call { callee, args, count } = unit.value(*value).kind else {
            return None;
        };
        let ValueKind::Name { name, .. } = unit.value(callee).kind else {
            return None;
        };
        if facts.text(name) != "path" {
            return None;
        }
        let arg = unit.args(args, count).first()?;
        match unit.value(arg.value).kind {
            ValueKind::Const { kind: ConstKind::Text, text } => Some(facts.text(text).to_owned()),
            _ => None,
        }
    })
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

fn normalise(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

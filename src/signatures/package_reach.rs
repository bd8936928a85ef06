//! What a Python project can meet of the packages beside it: from the names that it imports, through bases, results and
//! attributes, to the classes and functions that can matter. Nothing else is read or written.

use super::SignatureText;
use super::listing::Listing;
use super::package_writer::Writer;
use super::packages::{Found, Modules, World, import_target};
use crate::catalogue::{Catalogue, Language};
use crate::model::FileFacts;
use crate::text::Sym;
use rustc_hash::FxHashSet;
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

/// Items that are written at most: what is farthest from the project is left out.
const MOST: usize = 20_000;

/// The signatures of what `files` of a project can meet, of that which the catalogue does not know.
///
/// `is_own` says which top-level modules are the project's.
pub fn signatures(
    files: &[&FileFacts],
    is_own: &dyn Fn(&str) -> bool,
    known: &Catalogue,
    sources: &dyn Modules,
) -> Vec<SignatureText> {
    let world = World::new(sources, Some(known));
    let mentions: Vec<FxHashSet<&str>> = files.iter().map(|facts| mentions(facts)).collect();
    let mut reach = Reach {
        world: &world,
        known,
        files,
        told: Listing::default(),
        seen: BTreeSet::new(),
        modules: BTreeSet::new(),
        queue: VecDeque::new(),
        mentioned: mentions.iter().flatten().copied().collect(),
        mentions,
    };
    reach.imports(is_own);
    reach.follow();
    reach.told.texts(|module| module.split('.').next().unwrap_or(module))
}

/// The names that a file spells, each by itself.
fn mentions(facts: &FileFacts) -> FxHashSet<&str> {
    (0..facts.strings.len() as u32).flat_map(|at| facts.text(Sym(at)).split('.')).collect()
}

/// A path that something leads to.
struct Step {
    path: String,
    /// The file whose names say which members of a module are meant; none where only a type can be.
    file: Option<usize>,
}

struct Reach<'w> {
    world: &'w World<'w>,
    known: &'w Catalogue,
    files: &'w [&'w FileFacts],
    told: Listing,
    /// Paths that were followed.
    seen: BTreeSet<String>,
    /// Modules whose members were followed, for each file.
    modules: BTreeSet<(String, usize)>,
    queue: VecDeque<Step>,
    /// The names that each file spells, and all of them.
    mentions: Vec<FxHashSet<&'w str>>,
    mentioned: FxHashSet<&'w str>,
}

impl Reach<'_> {
    fn imports(&mut self, is_own: &dyn Fn(&str) -> bool) {
        for (at, facts) in self.files.iter().enumerate() {
            let outer = facts.outline.imports.iter().map(|it| (it.path, it.name, it.level));
            let inner = facts.units.iter().flat_map(|unit| &unit.imports).map(|it| (it.path, it.name, it.level));
            for (path, name, _) in outer.chain(inner).filter(|(.., level)| *level == 0) {
                let module = facts.text(path);
                if module.is_empty() || is_own(module.split('.').next().unwrap_or(module)) {
                    continue;
                }
                let path = match facts.text(name) {
                    "" | "*" => module.to_string(),
                    name => format!("{module}.{name}"),
                };
                if self.known.find(Language::Python, &path).is_none() {
                    self.queue.push_back(Step { path, file: Some(at) });
                }
            }
        }
    }

    /// Round by round: what a round asks for is read at once.
    fn follow(&mut self) {
        while !self.queue.is_empty() && self.told.len() < MOST {
            let round: Vec<Step> = self.queue.drain(..).collect();
            let with_parents = round.iter().flat_map(|step| {
                let ends = step.path.match_indices('.').map(|(at, _)| at).chain([step.path.len()]);
                ends.map(|end| step.path[..end].to_string())
            });
            self.world.prefetch(with_parents.collect());
            for step in round {
                self.step(step);
            }
        }
    }

    fn step(&mut self, step: Step) {
        let Some((found, home)) = self.world.find(&step.path, 0) else { return };
        if found == Found::Module {
            self.alias(&step.path, &home);
            if let Some(file) = step.file {
                self.members(&home, file);
            }
            return;
        }
        if !self.seen.insert(step.path.clone()) {
            return;
        }
        self.alias(&step.path, &home);
        if home != step.path && !self.seen.insert(home.clone()) || self.known.find(Language::Python, &home).is_some() {
            return;
        }
        self.item(&home);
    }

    fn alias(&mut self, path: &str, home: &str) {
        if let Some((module, name)) = path.rsplit_once('.').filter(|_| path != home) {
            self.told.alias(module, name, home);
        }
    }

    /// Follows the members of a module that a file spells.
    fn members(&mut self, path: &str, file: usize) {
        if !self.modules.insert((path.to_string(), file)) {
            return;
        }
        let Some(module) = self.world.module(path) else { return };
        self.told.module(path);
        let mut names: BTreeSet<String> = BTreeSet::new();
        let mut from: Vec<(String, Rc<super::packages::Module>)> = vec![(path.to_string(), module)];
        let mut stars: BTreeSet<String> = BTreeSet::new();
        while let Some((path, module)) = from.pop() {
            let facts = &module.facts;
            names.extend(module.own.keys().chain(module.values.keys()).cloned());
            for import in &facts.outline.imports {
                if facts.text(import.name) != "*" {
                    names.insert(facts.text(import.alias).to_string());
                    continue;
                }
                let target = import_target(&path, &module, import);
                if stars.insert(target.clone())
                    && let Some(module) = self.world.module(&target)
                {
                    from.push((target, module));
                }
            }
        }
        for name in names.into_iter().filter(|name| self.mentions[file].contains(name.as_str())) {
            let path = format!("{path}.{name}");
            if self.known.find(Language::Python, &path).is_none() {
                self.queue.push_back(Step { path, file: Some(file) });
            }
        }
    }

    /// Writes an item where it is defined, and follows the types that it names.
    fn item(&mut self, home: &str) {
        let mut ends = home.match_indices('.').map(|(at, _)| at).rev();
        let found = ends.find_map(|end| self.world.module(&home[..end]).map(|module| (end, module)));
        let Some((end, module)) = found else { return };
        let (path, rest) = (&home[..end], &home[end + 1..]);
        let name = rest.split('.').next().unwrap_or(rest);
        if self.told.has_item(path, name) {
            return;
        }
        let is_wanted = |name: &str| self.mentioned.contains(name);
        let (lines, types) = Writer::new(self.world, path, &module).item(name, &is_wanted);
        self.told.item(path, name, lines);
        for path in types {
            if !self.seen.contains(&path) && self.known.find(Language::Python, &path).is_none() {
                self.queue.push_back(Step { path, file: None });
            }
        }
    }
}

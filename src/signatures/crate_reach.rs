//! What a Rust project can meet of the crates that it depends on: from the paths that it spells, through results, fields
//! and implemented traits, to the types and functions that can matter. Nothing else is read or written.

use super::SignatureText;
use super::crate_writer::ItemWriter;
use super::crates::{Crates, Found, World, root_of};
use super::listing::Listing;
use crate::catalogue::{Catalogue, Language};
use crate::model::FileFacts;
use crate::text::Sym;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Items that are written at most: what is farthest from the project is left out.
const MOST: usize = 10_000;

/// A file of the project, and what its crate calls other crates: the names in code with the crates' own.
pub struct CrateFile<'f> {
    pub facts: &'f FileFacts,
    pub dependencies: &'f [(String, String)],
}

/// The signatures of what files of a project can meet, of that which the catalogue does not know.
pub fn signatures(files: &[CrateFile<'_>], known: &Catalogue, sources: &dyn Crates) -> Vec<SignatureText> {
    let world = World::new(sources, Some(known));
    let mut mentioned: BTreeSet<&str> = BTreeSet::new();
    for file in files {
        for text in texts(file.facts) {
            mentioned.extend(text.rsplit("::").next());
        }
    }
    let mut reach = Reach {
        world: &world,
        known,
        files,
        told: Listing::default(),
        seen: BTreeSet::new(),
        modules: BTreeSet::new(),
        queue: VecDeque::new(),
        mentioned,
    };
    reach.paths();
    reach.follow();
    reach.told.texts(root_of)
}

fn texts(facts: &FileFacts) -> impl Iterator<Item = &str> {
    (0..facts.strings.len() as u32).map(|at| facts.text(Sym(at)))
}

/// A path that something leads to.
struct Step {
    path: String,
    /// The file that spells it; none for a type that a signature names.
    file: Option<usize>,
}

struct Reach<'w> {
    world: &'w World<'w>,
    known: &'w Catalogue,
    files: &'w [CrateFile<'w>],
    told: Listing,
    seen: BTreeSet<String>,
    /// Modules of which a file imports all names.
    modules: BTreeSet<(String, usize)>,
    queue: VecDeque<Step>,
    /// Last segments of all that the project spells.
    mentioned: BTreeSet<&'w str>,
}

impl Reach<'_> {
    /// What files import and spell of other crates.
    fn paths(&mut self) {
        for (at, file) in self.files.iter().enumerate() {
            let outside = |path: &str| {
                let path = path.trim_start_matches("::");
                let first = root_of(path);
                let (_, real) = file.dependencies.iter().find(|(local, _)| local == first)?;
                Some(format!("{real}{}", &path[first.len()..]))
            };
            let facts = file.facts;
            // Names in code of what is imported: `types` of `use store::types;` leads on in `types::Key::new`.
            let mut bound: BTreeMap<&str, String> = BTreeMap::new();
            let mut wanted: BTreeSet<String> = BTreeSet::new();
            let outer = facts.outline.imports.iter().map(|it| (it.path, it.name, it.alias));
            let inner = facts.units.iter().flat_map(|unit| &unit.imports).map(|it| (it.path, it.name, it.alias));
            for (path, name, alias) in outer.chain(inner) {
                let whole = match (facts.text(path), facts.text(name)) {
                    ("", name) => name.to_string(),
                    (path, "" | "self") => path.to_string(),
                    (path, name) => format!("{path}::{name}"),
                };
                let Some(whole) = outside(&whole) else { continue };
                if facts.text(alias) != "_" {
                    bound.insert(facts.text(alias), whole.clone());
                }
                wanted.insert(whole);
            }
            for path in texts(facts).filter(|text| text.contains("::")) {
                let first = root_of(path);
                match bound.get(first) {
                    Some(base) => wanted.insert(format!("{base}{}", &path[first.len()..])),
                    None => outside(path).is_some_and(|path| wanted.insert(path)),
                };
            }
            for path in wanted {
                self.want(path, Some(at));
            }
        }
    }

    fn want(&mut self, path: String, file: Option<usize>) {
        if self.known.find(Language::Rust, &path).is_none() {
            self.queue.push_back(Step { path, file });
        }
    }

    fn follow(&mut self) {
        while let Some(step) = self.queue.pop_front() {
            if self.told.len() >= MOST {
                break;
            }
            self.step(step);
        }
    }

    fn step(&mut self, step: Step) {
        let mut path = step.path.as_str();
        if let Some(module) = path.strip_suffix("::*") {
            if let Some(file) = step.file {
                self.members(module.to_string(), file);
            }
            return;
        }
        // `store::Client::new` is a path into a type.
        let found = loop {
            if self.seen.contains(path) {
                return;
            }
            if let Some(found) = self.world.find(path, 0) {
                break found;
            }
            match path.rsplit_once("::") {
                Some((parent, _)) if step.file.is_some() && parent.contains("::") => path = parent,
                _ => return,
            }
        };
        self.seen.insert(path.to_string());
        match found {
            Found::Module(home) => self.alias(path, &home),
            Found::Known(home) => self.alias(path, &home),
            Found::Item(_, home) => {
                self.alias(path, &home);
                if home == path || self.seen.insert(home.clone()) {
                    self.item(&home);
                }
            }
        }
    }

    fn alias(&mut self, path: &str, home: &str) {
        if let Some((module, name)) = path.rsplit_once("::").filter(|_| path != home) {
            self.told.alias(module, name, home);
        }
    }

    /// Follows what a file spells of a module of which it imports all.
    fn members(&mut self, module: String, file: usize) {
        let mut stars = vec![module.clone()];
        let mut names: BTreeSet<String> = BTreeSet::new();
        while let Some(path) = stars.pop() {
            let Some(Found::Module(home)) = self.world.find(&path, 0) else { continue };
            if self.modules.insert((home.clone(), file)) {
                let (own, more) = self.world.names(&home);
                names.extend(own);
                stars.extend(more);
            }
        }
        let strings = &self.files[file].facts.strings;
        for name in names.into_iter().filter(|name| strings.find(name).is_some()) {
            self.want(format!("{module}::{name}"), Some(file));
        }
    }

    /// Writes an item where it is defined, and follows the types that it names.
    fn item(&mut self, home: &str) {
        let Some(Found::Item(at, _)) = self.world.find(home, 0) else { return };
        let Some((module, name)) = home.rsplit_once("::") else { return };
        let is_wanted = |name: &str| self.mentioned.contains(name);
        let impls = self.world.impls_of(home);
        let (lines, types) = ItemWriter::new(self.world, module, Some(&is_wanted)).item(at, &impls);
        self.told.item(module, name, lines);
        for path in types {
            if !self.seen.contains(&path) {
                self.want(path, None);
            }
        }
    }
}

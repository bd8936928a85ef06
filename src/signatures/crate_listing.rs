//! All that crates offer: what the public modules and re-exports below their roots lead to.

use super::SignatureText;
use super::crate_writer::ItemWriter;
use super::crates::{Crates, Found, Home, World, join_path};
use std::collections::{BTreeMap, BTreeSet};

/// The signature files of all roots.
pub fn signatures(roots: &[String], sources: &dyn Crates) -> Vec<SignatureText> {
    let world = World::new(sources, None);
    let mut all = BTreeSet::new();
    for root in roots {
        world.below(root, &mut all);
    }
    let impls = world.impls(&all);
    let mut files = Vec::new();
    for root in roots {
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
                let of_type = impls.get(path).map_or(&[][..], Vec::as_slice);
                let (lines, _) = ItemWriter::new(&world, &name, None).item(*home, of_type);
                out.push_str(&lines);
            }
        }
        files.push((root.clone(), out));
    }
    files
}

impl World<'_> {
    /// Collects what the public modules and re-exports below a module lead to.
    fn reach(
        &self,
        path: &str,
        told: &mut BTreeMap<String, BTreeSet<String>>,
        items: &mut BTreeMap<String, Home>,
        seen: &mut BTreeSet<String>,
    ) {
        let Some(module) = self.module(path) else { return };
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
        for name in module.inner.keys() {
            let inner = format!("{path}::{name}");
            if self.module(&inner).is_some_and(|module| module.is_public) {
                self.reach(&inner, told, items, seen);
            }
        }
        let file = self.file(module.file);
        let facts = &file.facts;
        for (import, is_public) in World::imports(&file, &module) {
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
            Some(Found::Known(home)) => home,
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
        let Some(module) = self.module(&target) else { return };
        if steps > 4 {
            return;
        }
        for (name, ids) in &module.own {
            let home = Home { file: module.file, def: ids[0] };
            if self.is_public(home) {
                self.alias(path, name, &format!("{target}::{name}"), told, items, &mut BTreeSet::new());
            }
        }
        for name in module.inner.keys() {
            let inner = format!("{target}::{name}");
            if self.module(&inner).is_some_and(|module| module.is_public) {
                let mut seen = BTreeSet::new();
                self.alias(path, name, &inner, told, items, &mut seen);
            }
        }
        let file = self.file(module.file);
        let facts = &file.facts;
        for (import, is_public) in World::imports(&file, &module) {
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
}

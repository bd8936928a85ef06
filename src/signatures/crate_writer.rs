//! Writes what one item of a crate offers, the members of its impl blocks included.

use super::crates::{FileSource, Found, Home, World};
use super::print::{Meaning, Printer};
use crate::catalogue::TyId;
use crate::model::{DefFlags, DefId, DefKind, ParamKind};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Writes items of one module.
pub struct ItemWriter<'w> {
    world: &'w World<'w>,
    module: &'w str,
    /// Members that are written; all if there is no such test.
    is_wanted: Option<&'w dyn Fn(&str) -> bool>,
    /// The types that were written.
    types: RefCell<Vec<String>>,
}

impl<'w> ItemWriter<'w> {
    pub fn new(world: &'w World<'w>, module: &'w str, is_wanted: Option<&'w dyn Fn(&str) -> bool>) -> ItemWriter<'w> {
        ItemWriter { world, module, is_wanted, types: RefCell::default() }
    }

    /// The lines of one item, with what the blocks `impls` add to a type, and the paths of the types that these lines
    /// name.
    pub fn item(self, home: Home, impls: &[(String, Home)]) -> (String, Vec<String>) {
        let mut out = String::new();
        self.write(home, impls, &mut out);
        (out, self.types.into_inner())
    }

    fn write(&self, home: Home, impls: &[(String, Home)], out: &mut String) {
        let module = self.module;
        let source = self.world.file(home.file);
        let facts = &source.facts;
        let outline = &facts.outline;
        let def = outline.get(home.def);
        let name = facts.text(def.name);
        let generics: Vec<String> =
            outline.generics(home.def).iter().map(|generic| facts.text(generic.name).to_string()).collect();
        let list = if generics.is_empty() { String::new() } else { format!("[{}]", generics.join(", ")) };
        let writer = Writer { around: self, source: &source, home: module, at: module, file: home.file };
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
                let text = &source.text;
                for field in outline.fields(home.def) {
                    let field_name = facts.text(field.name);
                    let is_told = is_public_field(&text[def.span.range()], field_name) && self.wants(field_name);
                    if !is_told {
                        continue;
                    }
                    if let Some(ty) = writer.term(field.ty, &generics) {
                        out.push_str(&format!("  attr {field_name}: {ty}\n"));
                    }
                }
                let head = &text[def.span.start as usize..def.name_span.start as usize];
                if self.is_wanted.is_some() && head.contains("must_use") {
                    out.push_str("  lazy\n");
                }
                let mut seen = BTreeSet::new();
                let mut traits = BTreeSet::new();
                for (at, block) in impls {
                    let source = self.world.file(block.file);
                    let writer = Writer { around: self, source: &source, home: module, at, file: block.file };
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

    fn wants(&self, member: &str) -> bool {
        self.is_wanted.is_none_or(|is_wanted| is_wanted(member))
    }
}

/// Whether a struct's field is written with `pub`; a field's own visibility is no fact.
fn is_public_field(definition: &str, name: &str) -> bool {
    definition.contains(&format!("pub {name}:"))
}

/// Writes what stands in one file; terms are shortened for the module `home` and resolved in the module `at`.
struct Writer<'w> {
    around: &'w ItemWriter<'w>,
    source: &'w FileSource,
    home: &'w str,
    at: &'w str,
    file: usize,
}

impl Writer<'_> {
    fn meaning(&self, written: &str, generics: &[String]) -> Meaning {
        if generics.iter().any(|generic| generic == written) {
            return Meaning::Generic(written.to_string());
        }
        let world = self.around.world;
        let Some(path) = world.absolute(self.at, written, 0) else { return Meaning::Unknown };
        match world.find(&path, 0) {
            Some(Found::Item(_, path)) => {
                self.around.types.borrow_mut().push(path.clone());
                Meaning::Type(path)
            }
            Some(Found::Known(path)) => Meaning::Type(path),
            Some(Found::Module(_)) => Meaning::Unknown,
            None if world.has_root_of(&path) => Meaning::Unknown,
            None => Meaning::Type(path),
        }
    }

    fn with<T>(&self, generics: &[String], print: impl FnOnce(&mut Printer<'_>) -> T) -> T {
        let facts = &self.source.facts;
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
        let outline = &self.source.facts.outline;
        for id in outline.ids() {
            let def = outline.get(id);
            if def.parent != parent || def.kind != DefKind::Function {
                continue;
            }
            let is_public = all || self.around.world.is_public(Home { file: self.file, def: id });
            let name = self.source.facts.text(def.name);
            if is_public && self.around.wants(name) && seen.insert(name.to_string()) {
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
        let facts = &self.source.facts;
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
        let facts = &self.source.facts;
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
                let types = self.around.types.borrow().len();
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
                    None => {
                        self.around.types.borrow_mut().truncate(types);
                        params.push(name);
                    }
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

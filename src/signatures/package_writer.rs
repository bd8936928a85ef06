//! Writes what one Python module offers.

use super::package_decorators::is_transparent;
use super::packages::{Found, Module, Variable, World, import_target};
use super::print::{Meaning, Printer};
use crate::catalogue::TyPool;
use crate::model::{DefFlags, DefId, DefKind, Import, ImportFlags, LocalKind, ParamKind, UnitId, ValueId, ValueKind};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What writes one module.
pub struct Writer<'w> {
    world: &'w World<'w>,
    name: &'w str,
    module: &'w Module,
    /// Members that are written; all if there is no such test.
    is_wanted: Option<&'w dyn Fn(&str) -> bool>,
    /// The types that were written.
    types: RefCell<Vec<String>>,
}

impl<'w> Writer<'w> {
    pub fn new(world: &'w World<'w>, name: &'w str, module: &'w Module) -> Writer<'w> {
        Writer { world, name, module, is_wanted: None, types: RefCell::default() }
    }

    /// The lines of one of the module's own names, with those members of classes that are wanted or special, and the
    /// paths of the types that these lines name.
    pub fn item(mut self, name: &str, is_wanted: &'w dyn Fn(&str) -> bool) -> (String, Vec<String>) {
        self.is_wanted = Some(is_wanted);
        let mut out = String::new();
        match self.module.own.get(name) {
            Some(id) => match self.module.facts.outline.get(*id).kind {
                DefKind::Class => self.class(*id, name, &mut out),
                DefKind::Function => out.extend(self.function(&self.overloads(*id), None).map(|line| line + "\n")),
                _ => {}
            },
            None => out.extend(self.value(name)),
        }
        (out, self.types.into_inner())
    }

    fn value(&self, name: &str) -> Option<String> {
        let Some(Variable::Typed(ty)) = self.module.values.get(name) else { return None };
        let types = &self.module.facts.unit(UnitId::MODULE).types;
        let ty = self.printer_of(types, &|name| self.meaning(name, &[]), |printer| printer.term(*ty))?;
        Some(format!("value {name}: {ty}\n"))
    }

    /// The lines of the module; none if it offers nothing.
    pub fn module(&self) -> String {
        let mut out = format!("module {}\n", self.name);
        let mut aliases: BTreeMap<String, String> = BTreeMap::new();
        for import in &self.module.facts.outline.imports {
            let target = import_target(self.name, self.module, import);
            // A module with a `__getattr__` imports the same names when they are asked for.
            let is_lazy = self.module.own.contains_key("__getattr__");
            if import.flags.has(ImportFlags::TYPE_CHECKING) && !is_lazy {
                continue;
            }
            if self.module.facts.text(import.name) == "*" {
                self.star(&target, &mut aliases, 0);
                continue;
            }
            let name = self.module.facts.text(import.alias);
            if self.is_reexported(name, import) && !import.name.is_none() {
                aliases.insert(name.to_string(), target);
            }
        }
        for (name, variable) in &self.module.values {
            match variable {
                Variable::Same(written) if !name.starts_with('_') => {
                    if let Some(path) = self.world.absolute(self.name, self.module, written)
                        && let Some((_, path)) = self.world.find(&path, 0)
                    {
                        aliases.insert(name.clone(), path);
                    }
                }
                _ => {}
            }
        }
        for (name, target) in &aliases {
            if self.module.own.contains_key(name) || *target == format!("{}.{name}", self.name) {
                continue;
            }
            let known = self.world.has_root_of(target);
            let target = match self.world.find(target, 0) {
                Some((_, path)) => path,
                None if known => continue,
                None => target.clone(),
            };
            if target != format!("{}.{name}", self.name) {
                out.push_str(&format!("alias {name} {}\n", self.relative(&target)));
            }
        }
        for name in self.module.values.keys().filter(|name| !name.starts_with('_')) {
            out.extend(self.value(name));
        }
        self.definitions(DefId::NONE, "", &mut out);
        if out.lines().count() == 1 { String::new() } else { out }
    }

    fn relative(&self, path: &str) -> String {
        match path.strip_prefix(self.name).and_then(|rest| rest.strip_prefix('.')) {
            Some(rest) => format!(".{rest}"),
            None => path.to_string(),
        }
    }

    fn is_reexported(&self, name: &str, import: &Import) -> bool {
        if let Some(exports) = &self.module.facts.outline.exports
            && exports.iter().any(|export| self.module.facts.text(*export) == name)
        {
            return true;
        }
        if name.starts_with('_') {
            return false;
        }
        let text = self.module.text.get(import.span.range()).unwrap_or_default();
        (self.module.is_package && !self.module.is_stub) || text.contains(&format!("{name} as {name}"))
    }

    fn star(&self, target: &str, aliases: &mut BTreeMap<String, String>, steps: u32) {
        let Some(module) = self.world.module(target).filter(|_| steps <= 6) else { return };
        let named = module.own.keys().chain(module.values.keys()).filter(|name| module.offers(name));
        for name in named {
            aliases.entry(name.clone()).or_insert_with(|| format!("{target}.{name}"));
        }
        for import in &module.facts.outline.imports {
            let inner = import_target(target, &module, import);
            let name = module.facts.text(import.alias);
            if module.facts.text(import.name) == "*" {
                if module.facts.outline.exports.is_none() {
                    self.star(&inner, aliases, steps + 1);
                }
            } else if !import.name.is_none() && module.facts.outline.exports.is_some() && module.offers(name) {
                aliases.entry(name.to_string()).or_insert(inner);
            }
        }
        if let Some(exports) = &module.facts.outline.exports {
            for export in exports {
                let name = module.facts.text(*export);
                aliases.entry(name.to_string()).or_insert_with(|| format!("{target}.{name}"));
            }
        }
    }

    fn meaning(&self, written: &str, generics: &[String]) -> Meaning {
        let first = written.split('.').next().unwrap_or(written);
        if generics.iter().any(|known| known == first) {
            return Meaning::Generic(first.to_string());
        }
        if matches!(written, "Incomplete" | "_typeshed.Incomplete" | "Unused" | "object") {
            return Meaning::Unknown;
        }
        let Some(path) = self.world.absolute(self.name, self.module, written) else { return Meaning::Unknown };
        match self.world.find(&path, 0) {
            Some((Found::Type, path)) => {
                self.types.borrow_mut().push(path.clone());
                Meaning::Type(path)
            }
            Some((Found::TypeVar, path)) => Meaning::Generic(path.rsplit('.').next().unwrap_or("T").to_string()),
            Some(_) => Meaning::Unknown,
            None if self.world.has_root_of(&path) => Meaning::Unknown,
            None => Meaning::Type(path),
        }
    }

    fn printer<T>(&self, resolve: &dyn Fn(&str) -> Meaning, print: impl FnOnce(&mut Printer<'_>) -> T) -> T {
        self.printer_of(&self.module.facts.outline.types, resolve, print)
    }

    fn printer_of<T>(
        &self,
        pool: &TyPool,
        resolve: &dyn Fn(&str) -> Meaning,
        print: impl FnOnce(&mut Printer<'_>) -> T,
    ) -> T {
        let mut printer = Printer {
            pool,
            strings: &self.module.facts.strings,
            module: self.name,
            separator: ".",
            resolve,
            generics: Vec::new(),
        };
        print(&mut printer)
    }

    fn definitions(&self, parent: DefId, prefix: &str, out: &mut String) {
        let outline = &self.module.facts.outline;
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for id in outline.ids() {
            let def = outline.get(id);
            if def.parent != parent || def.flags.has(DefFlags::TEST) {
                continue;
            }
            let name = self.module.facts.text(def.name);
            match def.kind {
                DefKind::Class if seen.insert(name.to_string()) => self.class(id, &format!("{prefix}{name}"), out),
                DefKind::Function if parent.is_none() && !name.starts_with('_') && seen.insert(name.to_string()) => {
                    if let Some(line) = self.function(&self.overloads(id), None) {
                        out.push_str(&line);
                        out.push('\n');
                    }
                }
                _ => {}
            }
        }
    }

    fn class(&self, id: DefId, name: &str, out: &mut String) {
        let outline = &self.module.facts.outline;
        let mut generics: Vec<String> =
            outline.generics(id).iter().map(|generic| self.module.facts.text(generic.name).to_string()).collect();
        let given = generics.clone();
        let mut bases = Vec::new();
        let met = self.printer(&|name| self.meaning(name, &given), |printer| {
            for base in outline.bases(id) {
                if let Some(text) = printer.term(*base) {
                    bases.push(text);
                }
            }
            std::mem::take(&mut printer.generics)
        });
        for name in met {
            if !generics.contains(&name) {
                generics.push(name);
            }
        }
        bases.retain(|base| {
            let path = base.split('[').next().unwrap_or(base);
            !matches!(path, "typing.Generic" | "typing.Protocol" | "typing_extensions.Protocol" | "object" | "_")
                && !matches!(path, ".Generic" | ".Protocol")
        });
        out.push_str("class ");
        out.push_str(name);
        if !generics.is_empty() {
            out.push_str(&format!("[{}]", generics.join(", ")));
        }
        if !bases.is_empty() {
            out.push_str(&format!("({})", bases.join(", ")));
        }
        out.push('\n');
        for field in outline.fields(id) {
            let field_name = self.module.facts.text(field.name);
            if field_name.starts_with('_') || !self.wants(field_name) {
                continue;
            }
            let ty = self.printer(&|name| self.meaning(name, &generics), |printer| printer.term(field.ty));
            if let Some(ty) = ty {
                out.push_str(&format!("  attr {field_name}: {ty}\n"));
            }
        }
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for inner in outline.ids() {
            let def = outline.get(inner);
            if def.parent != id || def.kind != DefKind::Function {
                continue;
            }
            let method = self.module.facts.text(def.name);
            let replaced = method == "__new__" && self.has_method(id, "__init__");
            if !is_told(method) || !self.wants(method) || replaced || !seen.insert(method.to_string()) {
                continue;
            }
            if let Some(line) = self.function(&self.overloads(inner), Some(&generics)) {
                out.push_str("  ");
                out.push_str(&line);
                out.push('\n');
            }
        }
        for (alias, method) in self.method_aliases(id) {
            if is_told(&alias) && seen.contains(&method) && seen.insert(alias.clone()) {
                out.push_str(&format!("  alias {alias} {method}\n"));
            }
        }
        self.definitions(id, &format!("{name}."), out);
    }

    /// Second names of a class's own methods: `incr = incrby`.
    fn method_aliases(&self, class: DefId) -> Vec<(String, String)> {
        let unit = self.module.facts.unit(UnitId::MODULE);
        let whole = self.module.facts.outline.get(class).span.range();
        let aliases = unit.values.iter().filter_map(|value| {
            let ValueKind::Write { local, from, count: 0, .. } = value.kind else { return None };
            let local = unit.local(local);
            if local.kind != LocalKind::ClassMember || from.is_none() || !whole.contains(&value.span.range().start) {
                return None;
            }
            let method = self.module.text.get(unit.value(from).span.range())?;
            Some((self.module.facts.text(local.name).to_string(), method.to_string()))
        });
        aliases.collect()
    }

    fn wants(&self, member: &str) -> bool {
        member.starts_with("__") || self.is_wanted.is_none_or(|is_wanted| is_wanted(member))
    }

    fn has_method(&self, class: DefId, name: &str) -> bool {
        let outline = &self.module.facts.outline;
        outline.ids().any(|id| {
            let def = outline.get(id);
            def.parent == class && def.kind == DefKind::Function && self.module.facts.text(def.name) == name
        })
    }

    /// The functions of the same name and parent, in source order.
    fn overloads(&self, first: DefId) -> Vec<DefId> {
        let outline = &self.module.facts.outline;
        let (name, parent) = (outline.get(first).name, outline.get(first).parent);
        outline
            .ids()
            .filter(|id| {
                let def = outline.get(*id);
                def.kind == DefKind::Function && def.name == name && def.parent == parent
            })
            .collect()
    }

    /// The line of a function; of a method, where the generics of its class are given. Of overloads the first says the
    /// result and the longest the parameters.
    fn function(&self, overloads: &[DefId], class: Option<&[String]>) -> Option<String> {
        let id = *overloads.first()?;
        let longest = overloads.iter().rev().max_by_key(|id| self.module.facts.outline.params(**id).len());
        let facts = &self.module.facts;
        let outline = &facts.outline;
        let def = outline.get(id);
        let unit = facts.unit(UnitId::MODULE);
        let decorators: Vec<&str> = outline
            .decorators(id)
            .iter()
            .filter_map(|value| self.module.text.get(unit.value(*value).span.range()))
            .map(|text| text.split('(').next().unwrap_or(text))
            .map(|text| text.rsplit('.').next().unwrap_or(text))
            .collect();
        let has = |name: &str| decorators.contains(&name);
        if has("setter") || has("deleter") {
            return None;
        }
        let mut words = String::new();
        let is_generator = def.flags.has(DefFlags::GENERATOR);
        let is_replaced = self.is_wanted.is_some()
            && outline.decorators(id).iter().any(|it| !is_transparent(self.world, self.name, self.module, *it));
        if !is_replaced && def.flags.has(DefFlags::ASYNC) && !is_generator && !has("asynccontextmanager") {
            words.push_str("async ");
        }
        let is_static = has("staticmethod");
        let longest = *longest.filter(|_| has("overload")).unwrap_or(&id);
        if has("property") || has("cached_property") || has("DynamicClassAttribute") {
            words.push_str("property ");
        } else if class.is_some() && has("staticmethod") {
            words.push_str("static ");
        } else if has("classmethod") {
            words.push_str("class ");
        }
        let own: Vec<String> = outline
            .generics(id)
            .iter()
            .chain(outline.generics(longest))
            .map(|it| facts.text(it.name).to_string())
            .collect();
        let known: Vec<String> = class.unwrap_or_default().iter().chain(&own).cloned().collect();
        let (params, returns, met) = self.printer(&|name| self.meaning(name, &known), |printer| {
            let returns = printer.term(def.returns);
            let mut params = Vec::new();
            let skip = usize::from(class.is_some() && !is_static);
            let mut keywords = false;
            let list = outline.params(longest);
            for (at, param) in list.iter().enumerate().skip(skip) {
                let name = facts.text(param.name);
                let (stars, is_keyword) = match param.kind {
                    ParamKind::Rest => ("*", false),
                    ParamKind::KeywordRest => ("**", false),
                    ParamKind::KeywordOnly => ("", true),
                    _ => ("", false),
                };
                if is_keyword && !keywords {
                    params.push("*".to_string());
                }
                keywords |= is_keyword || stars == "*";
                let before = printer.generics.len();
                let met = std::mem::take(&mut printer.generics);
                let types = self.types.borrow().len();
                let ty = printer.term(param.ty).filter(|text| text.len() < 80 && !printer.generics.is_empty());
                let new = std::mem::replace(&mut printer.generics, met);
                if ty.is_some() {
                    for name in new {
                        if !printer.generics.contains(&name) {
                            printer.generics.push(name);
                        }
                    }
                }
                if ty.is_none() {
                    self.types.borrow_mut().truncate(types);
                }
                debug_assert!(printer.generics.len() >= before);
                let mut text = format!("{stars}{name}");
                if let Some(ty) = ty {
                    text.push_str(&format!(": {ty}"));
                }
                if param.default.is_some() {
                    text.push_str(if text.contains(": ") { " = " } else { "=" });
                    text.push_str(&self.constant(param.default));
                }
                params.push(text);
                let next = list.get(at + 1).map(|param| param.kind);
                if param.kind == ParamKind::PositionalOnly && next != Some(ParamKind::PositionalOnly) {
                    params.push("/".to_string());
                }
            }
            (params, returns, std::mem::take(&mut printer.generics))
        });
        let generics: Vec<String> =
            met.into_iter().filter(|name| !class.is_some_and(|class| class.contains(name))).collect();
        let mut line = format!("{words}fn {}", facts.text(def.name));
        if !generics.is_empty() {
            line.push_str(&format!("[{}]", generics.join(", ")));
        }
        line.push_str(&format!("({})", params.join(", ")));
        let returns = returns.filter(|_| facts.text(def.name) != "__init__" && !is_replaced);
        if let Some(returns) = returns {
            let returns = match decorators.iter().find(|it| it.ends_with("contextmanager")) {
                Some(kind) => {
                    let element = returns.split_once('[').map_or("_", |(_, rest)| rest.trim_end_matches(']'));
                    let element = element.split(", ").next().unwrap_or("_");
                    let balanced = element.matches('[').count() == element.matches(']').count();
                    let element = if balanced { element } else { "_" };
                    match *kind {
                        "asynccontextmanager" => format!("contextlib.AbstractAsyncContextManager[{element}]"),
                        _ => format!("contextlib.AbstractContextManager[{element}]"),
                    }
                }
                None => returns,
            };
            line.push_str(&format!(" -> {returns}"));
        }
        Some(line)
    }

    fn constant(&self, value: ValueId) -> String {
        let unit = self.module.facts.unit(UnitId::MODULE);
        let text = self.module.text.get(unit.value(value).span.range()).unwrap_or("...");
        let number = text.replace('_', "").parse::<f64>().is_ok();
        let quoted = text.len() > 1
            && text.len() < 24
            && text.starts_with(['"', '\''])
            && !text[1..text.len() - 1].contains(['"', '\'', '\\', ',', '(', ')', '[', ']']);
        if matches!(text, "None" | "True" | "False") || number {
            text.to_string()
        } else if quoted {
            text.replace('\'', "\"")
        } else {
            "...".to_string()
        }
    }
}

/// Methods that are told: public ones, and the special ones that say what a value can do.
fn is_told(name: &str) -> bool {
    const SPECIAL: [&str; 17] = [
        "__init__",
        "__call__",
        "__iter__",
        "__next__",
        "__aiter__",
        "__anext__",
        "__await__",
        "__enter__",
        "__exit__",
        "__aenter__",
        "__aexit__",
        "__getitem__",
        "__truediv__",
        "__rtruediv__",
        "__or__",
        "__add__",
        "__new__",
    ];
    SPECIAL.contains(&name) || !name.starts_with('_')
}

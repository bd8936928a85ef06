//! Facts in a stable, line-based form: what goldens compare and what a bug report quotes.
//!
//! One line for each value, `number what -> use`, inside the regions that hold it. `@k` is a region, `!` a suspension,
//! `^` a jump, `~` an extent. Spans are left out, except where they are what a line is about (directives, notes).

use super::outline::{DefKind, Definition, Import, ImportFlags, Param, ParamKind};
use super::{Dialect, Directive, DirectiveScope, FileFacts};
use crate::catalogue::{Language, TyId, TyPool};
use std::fmt::Write;
use unit::UnitPrinter;
use words::{DEF_FLAGS, edition_name, kind_name, note_name, python_import, ty_text};

macro_rules! line {
    ($printer:expr, $indent:expr, $($format:tt)+) => {{
        let out = &mut $printer.out;
        out.extend(std::iter::repeat_n(' ', $indent));
        let _ = writeln!(out, $($format)+);
    }};
}

mod unit;
mod words;

/// Prints the facts of one file.
pub fn print(facts: &FileFacts) -> String {
    let mut printer = Printer { facts, language: facts.dialect.language(), out: String::new() };
    printer.file();
    printer.out
}

struct Printer<'a> {
    facts: &'a FileFacts,
    language: Language,
    out: String,
}

impl<'a> Printer<'a> {
    fn file(&mut self) {
        let facts = self.facts;
        match facts.dialect {
            Dialect::Python { stub: false } => line!(self, 0, "python"),
            Dialect::Python { stub: true } => line!(self, 0, "python stub"),
            Dialect::Rust { edition } => line!(self, 0, "rust {}", edition_name(edition)),
        }
        for note in &facts.notes {
            line!(self, 0, "note {} {}..{}", note_name(note.kind), note.span.start, note.span.end);
        }
        for directive in &facts.directives {
            self.directive(directive);
        }
        for import in &facts.outline.imports {
            let text = self.import(import);
            line!(self, 0, "{text}");
        }
        if let Some(exports) = &facts.outline.exports {
            let names: Vec<_> = exports.iter().map(|sym| facts.text(*sym)).collect();
            line!(self, 0, "exports {}", names.join(", "));
        }
        for (number, definition) in facts.outline.definitions.iter().enumerate() {
            self.definition(number, definition);
        }
        for (number, unit) in facts.units.iter().enumerate() {
            line!(self, 0, "");
            UnitPrinter::new(self, unit).unit(number);
        }
    }

    fn directive(&mut self, directive: &Directive) {
        let on = match directive.on {
            DirectiveScope::Statement => "statement",
            DirectiveScope::Definition => "definition",
            DirectiveScope::File => "file",
        };
        let covers = directive.covers;
        line!(self, 0, "directive {:?} on {on} {}..{}", self.facts.text(directive.text), covers.start, covers.end);
    }

    fn import(&self, import: &Import) -> String {
        let text = |sym| self.facts.text(sym);
        let mut line = match self.language {
            Language::Python => {
                python_import(text(import.path), import.name, import.level, text(import.name), text(import.alias))
            }
            Language::Rust => {
                let mut path = text(import.path).to_string();
                if import.name.is_some() {
                    path = [path.as_str(), text(import.name)].join(if path.is_empty() { "" } else { "::" });
                }
                format!("use {path} as {}", text(import.alias))
            }
        };
        let flags = [
            (ImportFlags::PUBLIC, "public"),
            (ImportFlags::TYPE_CHECKING, "type-checking"),
            (ImportFlags::CONDITIONAL, "conditional"),
        ];
        for (flag, name) in flags {
            if import.flags.has(flag) {
                let _ = write!(line, " [{name}]");
            }
        }
        if import.within.is_some() {
            let _ = write!(line, " in {}", import.within.0);
        }
        line
    }

    fn definition(&mut self, number: usize, definition: &Definition) {
        let outline = &self.facts.outline;
        let types = &outline.types;
        let mut head = format!("definition {number} {}", kind_name(definition.kind));
        if definition.name.is_some() {
            let _ = write!(head, " {}", self.facts.text(definition.name));
        }
        let generics = definition.generics.of(&outline.generics);
        if !generics.is_empty() {
            let list: Vec<_> = generics
                .iter()
                .map(|generic| match generic.bound.is_some() {
                    true => format!("{}: {}", self.facts.text(generic.name), self.ty(types, generic.bound)),
                    false => self.facts.text(generic.name).to_string(),
                })
                .collect();
            let _ = write!(head, "<{}>", list.join(", "));
        }
        if definition.kind == DefKind::Function {
            head += &self.params(types, definition.params.of(&outline.params));
        }
        if definition.returns.is_some() {
            let _ = write!(head, " -> {}", self.ty(types, definition.returns));
        }
        let bases = definition.bases.of(&outline.bases);
        if !bases.is_empty() {
            let list: Vec<_> = bases.iter().map(|base| self.ty(types, *base)).collect();
            let _ = write!(head, " of {}", list.join(", "));
        }
        if definition.parent.is_some() {
            let _ = write!(head, " in {}", definition.parent.0);
        }
        if definition.unit.is_some() {
            let _ = write!(head, " unit {}", definition.unit.0);
        }
        for (flag, name) in DEF_FLAGS {
            if definition.flags.has(flag) {
                let _ = write!(head, " [{name}]");
            }
        }
        let decorators = definition.decorators.of(&outline.decorators);
        if !decorators.is_empty() {
            let list: Vec<_> = decorators.iter().map(|value| value.0.to_string()).collect();
            let _ = write!(head, " decorated by {}", list.join(", "));
        }
        line!(self, 0, "{head}");
        for field in definition.fields.of(&outline.fields) {
            let mut text = format!("field {}", self.facts.text(field.name));
            if field.ty.is_some() {
                let _ = write!(text, ": {}", self.ty(types, field.ty));
            }
            if field.default.is_some() {
                let _ = write!(text, " = {}", field.default.0);
            }
            line!(self, 4, "{text}");
        }
    }

    fn params(&self, types: &TyPool, params: &[Param]) -> String {
        let mut parts = Vec::new();
        let mut keyword_only = false;
        for (at, param) in params.iter().enumerate() {
            let stars = match param.kind {
                ParamKind::Rest => "*",
                ParamKind::KeywordRest => "**",
                _ => "",
            };
            keyword_only |= param.kind == ParamKind::Rest;
            if param.kind == ParamKind::KeywordOnly && !keyword_only {
                parts.push("*".to_string());
                keyword_only = true;
            }
            let name = if param.name.is_none() { "_" } else { self.facts.text(param.name) };
            let mut part = format!("{stars}{name}");
            if param.ty.is_some() {
                let _ = write!(part, ": {}", self.ty(types, param.ty));
            }
            if param.default.is_some() {
                let _ = write!(part, " = {}", param.default.0);
            }
            parts.push(part);
            let positional = |kind| kind == ParamKind::PositionalOnly;
            if positional(param.kind) && !params.get(at + 1).is_some_and(|next| positional(next.kind)) {
                parts.push("/".to_string());
            }
        }
        format!("({})", parts.join(", "))
    }

    fn ty(&self, types: &TyPool, id: TyId) -> String {
        ty_text(types, &self.facts.strings, id, 0)
    }
}

//! Type terms as signature files write them.

use crate::catalogue::{Ty, TyId, TyList, TyPool};
use crate::text::Strings;

/// What a written name means where it stands.
pub enum Meaning {
    /// A type parameter.
    Generic(String),
    /// A type, by its canonical path.
    Type(String),
    Unknown,
}

/// Prints terms of one file.
pub struct Printer<'a> {
    pub pool: &'a TyPool,
    pub strings: &'a Strings,
    /// The module whose prefix is left out, and what separates path segments.
    pub module: &'a str,
    pub separator: &'a str,
    pub resolve: &'a dyn Fn(&str) -> Meaning,
    /// Type parameters met, in order.
    pub generics: Vec<String>,
}

impl Printer<'_> {
    /// The text of a term, or nothing where it says nothing.
    pub fn term(&mut self, id: TyId) -> Option<String> {
        let text = self.print(id, 0);
        (text != "_").then_some(text)
    }

    fn print(&mut self, id: TyId, depth: u32) -> String {
        if id.is_none() || depth > 6 {
            return "_".to_string();
        }
        let rust = self.separator == "::";
        match self.pool.get(id) {
            Ty::Unknown => "_".to_string(),
            Ty::Nothing if rust => "()".to_string(),
            Ty::Nothing => "None".to_string(),
            Ty::SelfTy => "Self".to_string(),
            Ty::Named { path, args } => {
                let written = self.strings.get(path).to_string();
                if rust && matches!(written.as_str(), "slice" | "array") {
                    let of = self.pool.list(args).first().copied().unwrap_or(TyId::NONE);
                    return format!("[{}]", self.print(of, depth + 1));
                }
                let name = match (self.resolve)(&written) {
                    Meaning::Generic(name) => {
                        if !self.generics.contains(&name) {
                            self.generics.push(name.clone());
                        }
                        name
                    }
                    Meaning::Type(path) => self.shorten(&path),
                    Meaning::Unknown => {
                        for arg in self.pool.list(args).to_vec() {
                            self.print(arg, depth + 1);
                        }
                        return "_".to_string();
                    }
                };
                let args: Vec<TyId> = self.pool.list(args).to_vec();
                if args.is_empty() {
                    return name;
                }
                let args: Vec<String> = args.iter().map(|arg| self.print(*arg, depth + 1)).collect();
                if args.iter().all(|arg| arg == "_") {
                    return name;
                }
                self.applied(&name, &args)
            }
            Ty::Tuple { parts } => {
                let parts = self.list(parts, depth);
                if rust { format!("({})", parts.join(", ")) } else { format!("tuple[{}]", parts.join(", ")) }
            }
            Ty::Union { parts } => {
                let parts = self.list(parts, depth);
                if parts.iter().all(|part| part == "_") { "_".to_string() } else { parts.join(" | ") }
            }
            Ty::Dyn { traits } => {
                let parts: Vec<String> = self.list(traits, depth).into_iter().filter(|part| part != "_").collect();
                if parts.is_empty() { "_".to_string() } else { format!("impl {}", parts.join(" + ")) }
            }
            Ty::Callable { signature } => {
                let mut parts = self.list(signature, depth);
                let result = parts.pop().unwrap_or_else(|| "_".to_string());
                if rust {
                    format!("fn({}) -> {result}", parts.join(", "))
                } else {
                    format!("Callable[[{}], {result}]", parts.join(", "))
                }
            }
            Ty::Class { of } => match self.print(of, depth + 1).as_str() {
                "_" => "_".to_string(),
                of => format!("type[{of}]"),
            },
        }
    }

    fn applied(&self, name: &str, args: &[String]) -> String {
        let args = args.join(", ");
        if self.separator == "::" { format!("{name}<{args}>") } else { format!("{name}[{args}]") }
    }

    fn list(&mut self, list: TyList, depth: u32) -> Vec<String> {
        let parts: Vec<TyId> = self.pool.list(list).to_vec();
        parts.iter().map(|part| self.print(*part, depth + 1)).collect()
    }

    /// The path as the file writes it: without the module it stands in, builtins alone.
    fn shorten(&self, path: &str) -> String {
        if let Some(rest) = path.strip_prefix(self.module)
            && let Some(name) = rest.strip_prefix(self.separator)
        {
            return format!(".{name}");
        }
        for home in ["builtins.", "typing."] {
            if let Some(name) = path.strip_prefix(home)
                && SHORT.contains(&name)
            {
                return name.to_string();
            }
        }
        path.to_string()
    }
}

/// Names of `builtins` and `typing` that may stand alone.
const SHORT: [&str; 26] = [
    "AsyncIterator",
    "Awaitable",
    "Iterable",
    "Iterator",
    "Mapping",
    "Sequence",
    "bool",
    "bytearray",
    "bytes",
    "classmethod",
    "complex",
    "dict",
    "enumerate",
    "float",
    "frozenset",
    "int",
    "list",
    "memoryview",
    "object",
    "property",
    "range",
    "set",
    "slice",
    "str",
    "tuple",
    "type",
];

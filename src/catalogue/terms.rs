//! Reads type terms and parameters as catalogue files write them.
//!
//! A term is absolute: `requests.Response`, `Result<std::sync::MutexGuard<T>, E>`, `tuple[A, B]`, `A | B`, `impl A + B`.
//! Names of Python's builtins and of Rust's prelude may stand alone and come out absolute. A projection
//! (`Return(func)`, `Awaited(x)`, `Elem(x)`, `Inner(x)`, `Partial(func)`, `Entered(x)`) becomes a nominal term whose
//! path is the word behind `@`; a parameter named inside it (or `self`) becomes one whose path is the name behind `$`.
//! A variant stays part of the path: `tokio::runtime::Builder#many`.

use super::lookup::{Default, ParamShape, ParamSignature};
use super::{Language, Ty, TyId, TyList, TyPool};
use crate::text::Strings;

const PROJECTIONS: [&str; 7] = ["Return", "Awaited", "Elem", "Inner", "Partial", "Entered", "Provided"];

/// Where terms are read to, and what their names may mean.
pub(super) struct Terms<'a> {
    pub language: Language,
    pub pool: &'a mut TyPool,
    pub strings: &'a mut Strings,
    /// What a leading `.` stands for.
    pub module: &'a str,
    /// Names of the parameters that projections may speak of.
    pub params: Vec<String>,
    /// Type parameters under another name: the one that an entry uses, the one that the signatures use.
    pub renamed: &'a [(String, String)],
}

impl Terms<'_> {
    /// Reads a whole term; the error says what is wrong with it.
    pub fn term(&mut self, text: &str) -> Result<TyId, String> {
        let mut parser = Parser { terms: self, text, at: 0, depth: 0 };
        let ty = parser.union()?;
        parser.end()?;
        Ok(ty)
    }

    /// Reads one parameter as a list writes it; `kind` is what an ordinary one is at this place of the list.
    pub fn param(&mut self, text: &str, kind: ParamShape) -> Result<ParamSignature, String> {
        let (stars, rest) = match text.trim() {
            text if text.starts_with("**") => (2, &text[2..]),
            text if text.starts_with('*') => (1, &text[1..]),
            text => (0, text),
        };
        let name_end = rest.find([':', '=']).unwrap_or(rest.len());
        let name = rest[..name_end].trim();
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return Err(format!("`{text}` is no parameter"));
        }
        let mut parser = Parser { terms: self, text: rest, at: name_end, depth: 0 };
        let ty = if parser.eat(":") { parser.union()? } else { TyId::NONE };
        parser.spaces();
        let default = match &rest[parser.at..] {
            "" => Default::Required,
            text if text.starts_with('=') => constant(text[1..].trim()),
            _ => return Err(format!("`{text}` is no parameter")),
        };
        let kind = match stars {
            2 => ParamShape::KeywordRest,
            1 => ParamShape::Rest,
            _ => kind,
        };
        Ok(ParamSignature { name: name.to_string(), kind, ty, default })
    }

    /// Reads a list of parameters; `*` and `/` are not parameters but change the kind of others.
    pub fn params<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> Result<Vec<ParamSignature>, String> {
        let mut params: Vec<ParamSignature> = Vec::new();
        let mut kind = ParamShape::Ordinary;
        for text in texts {
            match text.trim() {
                "*" => kind = ParamShape::KeywordOnly,
                "/" => params.iter_mut().for_each(|param| param.kind = ParamShape::PositionalOnly),
                text => {
                    let param = self.param(text, kind)?;
                    if param.kind == ParamShape::Rest {
                        kind = ParamShape::KeywordOnly;
                    }
                    params.push(param);
                }
            }
        }
        Ok(params)
    }

    fn named(&mut self, path: &str, args: &[TyId]) -> TyId {
        let path = self.strings.intern(path);
        let args = if args.is_empty() { TyList::default() } else { self.pool.push_list(args) };
        self.pool.push(Ty::Named { path, args })
    }
}

/// A default as it is written.
fn constant(text: &str) -> Default {
    match text {
        "None" => Default::Nothing,
        "True" | "true" => Default::Bool(true),
        "False" | "false" => Default::Bool(false),
        _ if text.len() >= 2
            && (text.starts_with('"') && text.ends_with('"') || text.starts_with('\'') && text.ends_with('\'')) =>
        {
            Default::Text(text[1..text.len() - 1].to_string())
        }
        _ => text.replace('_', "").parse().map_or(Default::Other, Default::Number),
    }
}

struct Parser<'t, 'a, 'b> {
    terms: &'t mut Terms<'a>,
    text: &'b str,
    at: usize,
    depth: u32,
}

impl Parser<'_, '_, '_> {
    fn spaces(&mut self) {
        self.at += self.text[self.at..].len() - self.text[self.at..].trim_start().len();
    }

    fn peek(&mut self) -> Option<char> {
        self.spaces();
        self.text[self.at..].chars().next()
    }

    fn eat(&mut self, token: &str) -> bool {
        self.spaces();
        let found = self.text[self.at..].starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        if self.eat(token) {
            return Ok(());
        }
        match self.peek() {
            Some(found) => Err(format!("expected `{token}` in the type `{}`, found `{found}`", self.text)),
            None => Err(format!("expected `{token}` at the end of the type `{}`", self.text)),
        }
    }

    fn end(&mut self) -> Result<(), String> {
        match self.peek() {
            None => Ok(()),
            Some(found) => Err(format!("unexpected `{found}` in the type `{}`", self.text)),
        }
    }

    fn union(&mut self) -> Result<TyId, String> {
        self.depth += 1;
        if self.depth > 32 {
            return Err(format!("the type `{}` is nested too deeply", self.text));
        }
        let mut parts = vec![self.primary()?];
        while self.eat("|") {
            parts.push(self.primary()?);
        }
        self.depth -= 1;
        Ok(self.union_of(parts))
    }

    fn union_of(&mut self, mut parts: Vec<TyId>) -> TyId {
        if parts.len() > 1 {
            parts.retain(|part| self.terms.pool.get(*part) != Ty::Nothing);
        }
        match parts[..] {
            [] => self.terms.pool.push(Ty::Nothing),
            [one] => one,
            _ if parts.len() > 4 => self.terms.pool.push(Ty::Unknown),
            _ => {
                let parts = self.terms.pool.push_list(&parts);
                self.terms.pool.push(Ty::Union { parts })
            }
        }
    }

    fn list(&mut self, close: &str) -> Result<Vec<TyId>, String> {
        let mut parts = Vec::new();
        loop {
            if self.eat(close) {
                return Ok(parts);
            }
            parts.push(self.union()?);
            if !self.eat(",") {
                self.expect(close)?;
                return Ok(parts);
            }
        }
    }

    fn primary(&mut self) -> Result<TyId, String> {
        if self.eat("&") {
            if self.text[self.at..].starts_with('\'') {
                self.at += 1;
                self.word();
            }
            if self.text[self.at..].trim_start().starts_with("mut ") {
                self.eat("mut ");
            }
            return self.primary();
        }
        match self.peek() {
            Some('(') => {
                self.expect("(")?;
                let parts = self.list(")")?;
                return Ok(match parts[..] {
                    [] => self.terms.pool.push(Ty::Nothing),
                    [one] if !self.text[..self.at].trim_end_matches(')').trim_end().ends_with(',') => one,
                    _ => {
                        let parts = self.terms.pool.push_list(&parts);
                        self.terms.pool.push(Ty::Tuple { parts })
                    }
                });
            }
            Some('[') => {
                self.expect("[")?;
                let part = self.list("]")?;
                return Ok(self.terms.named("slice", &part));
            }
            Some('"' | '\'') => {
                let quote = self.text[self.at..].chars().next().unwrap_or('"');
                self.at += 1;
                let len = self.text[self.at..].find(quote).ok_or("unclosed text in a type")?;
                self.at += len + 1;
                return Ok(self.terms.named("builtins.str", &[]));
            }
            Some('!') => {
                self.expect("!")?;
                return Ok(self.terms.pool.push(Ty::Nothing));
            }
            Some('.') if self.text[self.at..].starts_with("...") => {
                self.at += 3;
                return Ok(self.terms.pool.push(Ty::Unknown));
            }
            _ => {}
        }
        self.path()
    }

    fn word(&mut self) -> &str {
        let start = self.at;
        let rest = &self.text[start..];
        self.at += rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        &self.text[start..self.at]
    }

    fn path(&mut self) -> Result<TyId, String> {
        self.spaces();
        let start = self.at;
        let relative = self.eat(".");
        loop {
            if self.word().is_empty() {
                return match self.peek() {
                    Some(found) => Err(format!("expected a type in `{}`, found `{found}`", self.text)),
                    None => Err(format!("expected a type at the end of `{}`", self.text)),
                };
            }
            let rest = &self.text[self.at..];
            if rest.starts_with("::") {
                self.at += 2;
            } else if rest.starts_with('.') && !rest.starts_with("...") {
                self.at += 1;
            } else {
                break;
            }
        }
        if self.text[self.at..].starts_with('#') {
            self.at += 1;
            self.word();
        }
        let written = self.text[start..self.at].to_string();
        match written.as_str() {
            "impl" | "dyn" => return self.bounds(),
            "fn" | "Fn" | "FnMut" | "FnOnce" | "AsyncFn" | "AsyncFnMut" | "AsyncFnOnce" if self.peek() == Some('(') => {
                return self.callable();
            }
            _ => {}
        }
        if PROJECTIONS.contains(&written.as_str()) && self.eat("(") {
            let operand = self.operand()?;
            self.expect(")")?;
            return Ok(self.terms.named(&format!("@{written}"), &[operand]));
        }
        let path = if relative {
            let separator = if self.terms.language == Language::Python { "." } else { "::" };
            format!("{}{separator}{}", self.terms.module, &written[1..])
        } else {
            match self.terms.renamed.iter().find(|(used, _)| *used == written) {
                Some((_, name)) => name.clone(),
                None => absolute(self.terms.language, &written),
            }
        };
        if matches!(path.as_str(), "typing.Callable" | "collections.abc.Callable") && self.peek() == Some('[') {
            return self.python_callable();
        }
        let args = match self.peek() {
            Some('[') => {
                self.expect("[")?;
                self.list("]")?
            }
            Some('<') => {
                self.expect("<")?;
                self.list(">")?
            }
            _ => Vec::new(),
        };
        Ok(self.applied(&path, args))
    }

    /// A path with its arguments, the forms with a meaning of their own taken apart.
    fn applied(&mut self, path: &str, args: Vec<TyId>) -> TyId {
        let first = args.first().copied();
        let pool = &mut *self.terms.pool;
        match (path, first) {
            ("Self" | "typing.Self" | "typing_extensions.Self", None) => pool.push(Ty::SelfTy),
            ("None" | "typing.NoReturn" | "typing.Never", _) => pool.push(Ty::Nothing),
            ("_" | "typing.Any" | "builtins.object", _) => pool.push(Ty::Unknown),
            (
                "typing.Optional" | "typing.Annotated" | "typing.Final" | "typing.ClassVar" | "typing.Required",
                Some(one),
            )
            | ("typing.NotRequired" | "typing.ReadOnly" | "typing.Literal", Some(one)) => one,
            ("typing.Union", Some(_)) => self.union_of(args),
            ("builtins.type" | "typing.Type", Some(of)) => pool.push(Ty::Class { of }),
            ("builtins.tuple" | "typing.Tuple", Some(_)) => {
                if let [part, rest] = args[..]
                    && pool.get(rest) == Ty::Unknown
                {
                    return self.terms.named("builtins.tuple", &[part]);
                }
                let parts = pool.push_list(&args);
                pool.push(Ty::Tuple { parts })
            }
            _ => self.terms.named(path, &args),
        }
    }

    fn bounds(&mut self) -> Result<TyId, String> {
        let mut traits = vec![self.primary()?];
        while self.eat("+") {
            traits.push(self.primary()?);
        }
        let traits = self.terms.pool.push_list(&traits);
        Ok(self.terms.pool.push(Ty::Dyn { traits }))
    }

    fn callable(&mut self) -> Result<TyId, String> {
        self.expect("(")?;
        let mut signature = self.list(")")?;
        let result = if self.eat("->") { self.primary()? } else { self.terms.pool.push(Ty::Nothing) };
        signature.push(result);
        let signature = self.terms.pool.push_list(&signature);
        Ok(self.terms.pool.push(Ty::Callable { signature }))
    }

    fn python_callable(&mut self) -> Result<TyId, String> {
        self.expect("[")?;
        let mut signature = if self.eat("[") {
            self.list("]")?
        } else {
            self.primary()?;
            Vec::new()
        };
        self.expect(",")?;
        signature.push(self.union()?);
        self.expect("]")?;
        let signature = self.terms.pool.push_list(&signature);
        Ok(self.terms.pool.push(Ty::Callable { signature }))
    }

    /// What a projection is of: a parameter, or a term.
    fn operand(&mut self) -> Result<TyId, String> {
        self.spaces();
        let start = self.at;
        while self.text[self.at..].starts_with('*') {
            self.at += 1;
        }
        let starred = self.at > start;
        let name = self.word().to_string();
        if starred || name == "self" || self.terms.params.contains(&name) {
            return Ok(self.terms.named(&format!("${name}"), &[]));
        }
        self.at = start;
        self.union()
    }
}

/// The absolute path of a name that may stand alone.
pub(super) fn absolute(language: Language, name: &str) -> String {
    if name.contains(['.', ':']) {
        return name.to_string();
    }
    let home = match language {
        Language::Python if PYTHON_BUILTINS.contains(&name) => "builtins",
        Language::Python if PYTHON_TYPING.contains(&name) => "typing",
        Language::Python => return name.to_string(),
        Language::Rust => match RUST_PRELUDE.iter().find(|(known, _)| *known == name) {
            Some((_, module)) => module,
            None => return name.to_string(),
        },
    };
    match language {
        Language::Python => format!("{home}.{name}"),
        Language::Rust => format!("{home}::{name}"),
    }
}

const PYTHON_BUILTINS: [&str; 31] = [
    "bool",
    "bytearray",
    "bytes",
    "classmethod",
    "complex",
    "dict",
    "enumerate",
    "filter",
    "float",
    "frozenset",
    "int",
    "list",
    "map",
    "memoryview",
    "object",
    "open",
    "property",
    "range",
    "reversed",
    "set",
    "slice",
    "staticmethod",
    "str",
    "super",
    "tuple",
    "type",
    "zip",
    "Exception",
    "BaseException",
    "ellipsis",
    "function",
];

const PYTHON_TYPING: [&str; 45] = [
    "Annotated",
    "Any",
    "AsyncContextManager",
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "Awaitable",
    "BinaryIO",
    "Callable",
    "ClassVar",
    "Collection",
    "Container",
    "ContextManager",
    "Coroutine",
    "Dict",
    "Final",
    "FrozenSet",
    "Generator",
    "IO",
    "ItemsView",
    "Iterable",
    "Iterator",
    "KeysView",
    "List",
    "Literal",
    "Mapping",
    "MutableMapping",
    "MutableSequence",
    "MutableSet",
    "Never",
    "NoReturn",
    "NotRequired",
    "Optional",
    "ReadOnly",
    "Required",
    "Reversible",
    "Sequence",
    "Set",
    "SupportsIndex",
    "TextIO",
    "Tuple",
    "Type",
    "Union",
    "ValuesView",
    "Hashable",
];

const RUST_PRELUDE: [(&str, &str); 28] = [
    ("Arc", "std::sync"),
    ("AsRef", "std::convert"),
    ("Box", "std::boxed"),
    ("BTreeMap", "std::collections"),
    ("BTreeSet", "std::collections"),
    ("Cell", "std::cell"),
    ("Clone", "std::clone"),
    ("Cow", "std::borrow"),
    ("Default", "std::default"),
    ("Drop", "std::ops"),
    ("DoubleEndedIterator", "std::iter"),
    ("Future", "std::future"),
    ("HashMap", "std::collections"),
    ("HashSet", "std::collections"),
    ("Into", "std::convert"),
    ("IntoFuture", "std::future"),
    ("IntoIterator", "std::iter"),
    ("Iterator", "std::iter"),
    ("Option", "std::option"),
    ("Pin", "std::pin"),
    ("Rc", "std::rc"),
    ("RefCell", "std::cell"),
    ("Result", "std::result"),
    ("Send", "std::marker"),
    ("String", "std::string"),
    ("ToString", "std::string"),
    ("VecDeque", "std::collections"),
    ("Vec", "std::vec"),
];

//! Reads an effects file strictly: an unknown key or word is an error with its place and what was probably meant.
//!
//! Says nothing of whether the paths exist.

use super::lookup::CatalogueError;
use super::schema::{
    AttributeEntry, CallableEntry, Effects, EffectsFile, FunctionEntry, MacroEntry, MethodEntry, OneOrMany, TypeEntry,
    ValueEntry,
};
use super::terms::Terms;
use super::{Language, TyPool};
use crate::text::Strings;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Head {
    library: String,
    language: String,
    runtime: Option<String>,
    offload: Option<String>,
    group: Option<String>,
    source: String,
}

/// The keys of a [`CallableEntry`] that are not effects.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Signature {
    params: Option<Vec<String>>,
    returns: Option<String>,
    #[serde(rename = "async")]
    is_async: Option<bool>,
    property: Option<bool>,
    receiver: Option<String>,
    #[serde(default)]
    instead: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: OneOrMany,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Placed {
    path: OneOrMany,
    grammar: Option<String>,
    makes: Option<String>,
}

const SIGNATURE: [&str; 6] = ["params", "returns", "async", "property", "receiver", "instead"];
const SECTIONS: [&str; 6] = ["function", "type", "trait", "macro", "attribute", "value"];

/// The tables of a section, with their places.
type Entries<'i> = Vec<(DeTable<'i>, Range<usize>)>;

/// Words that a key may have: the key around it (or none), the key, the words.
const WORDS: &[(&str, &str, &[&str])] = &[
    ("", "language", &["python", "rust"]),
    ("", "receiver", &["value", "reference", "class", "none"]),
    ("", "makes", &["sync"]),
    ("", "means", &["first", "any"]),
    ("", "declares", &["type-parameter", "class"]),
    ("blocks", "of", &["device"]),
    ("blocks", "at", &["iteration"]),
    ("runs", "wants", &["plain", "future", "either"]),
    ("starts", "handle", &["return", "self", "none"]),
    (
        "starts",
        "dropped",
        &["tracked", "may-be-collected", "detaches", "cancels", "aborts", "joins", "nothing", "never-runs"],
    ),
    ("takes", "as", &["driven", "driven-when-polled", "wrapped", "kept", "dropped", "plain", "started"]),
    ("settles", "duty", &["end", "error", "all"]),
    ("", "tests", &["starts-with", "something", "nothing"]),
    ("workers", "bounds", &["threads", "processes", "cores", "compute", "blocking"]),
    ("acquires", "guard", &["return", "none"]),
    ("acquires", "mode", &["read", "write", "exclusive"]),
    ("lock", "mode", &["exclusive", "shared", "permits"]),
    ("lock", "of", &["threads", "tasks", "processes"]),
    ("guard", "of", &["lock", "borrow", "span", "runtime", "permit"]),
    ("guard", "across-await", &["deadlocks", "panics", "wrong-context", "fine"]),
    ("handle", "dropped", &["may-be-collected", "detaches", "cancels", "aborts", "joins", "nothing", "never-runs"]),
    ("handle", "error", &["lost", "logged-late"]),
    ("enters-runtime", "inside-one", &["raises", "panics", "stalls", "nests"]),
    ("asks-runtime", "none", &["raises", "err", "none", "false"]),
    ("suspends", "cancelled", &["safe", "loses-data", "loses-place"]),
    (
        "decorates",
        "as",
        &[
            "handler",
            "cached",
            "property",
            "cached-property",
            "static-method",
            "class-method",
            "context-manager",
            "async-context-manager",
            "transparent",
            "offloads",
            "overload",
            "abstract",
            "dataclass",
            "test",
            "command",
            "task",
        ],
    ),
    ("decorates", "sync", &["worker", "loop"]),
    ("decorates", "async", &["worker", "loop"]),
];

impl EffectsFile {
    /// Reads an effects file; `name` is what errors call it.
    pub fn parse(name: &str, text: &str) -> Result<EffectsFile, Vec<CatalogueError>> {
        let mut reader = Reader { name, language: Language::Python, errors: Vec::new() };
        let root = match DeTable::parse(text) {
            Ok(root) => root,
            Err(error) => {
                reader.toml_error(&error, 0..0, &[]);
                return Err(reader.errors);
            }
        };
        let file = reader.file(root);
        reader.errors.sort_by_key(|error| (error.span.start, error.span.end));
        if reader.errors.is_empty() { Ok(file) } else { Err(reader.errors) }
    }
}

struct Reader<'a> {
    name: &'a str,
    language: Language,
    errors: Vec<CatalogueError>,
}

impl Reader<'_> {
    fn error(&mut self, span: Range<usize>, message: String) {
        self.errors.push(CatalogueError { file: self.name.to_string(), span, message });
    }

    fn toml_error(&mut self, error: &toml::de::Error, around: Range<usize>, more: &[&str]) {
        let span = error.span().filter(|span| span.end > 0).unwrap_or(around);
        let text = error.message();
        let mut quoted = text.split('`').skip(1).step_by(2);
        let message = match (text.starts_with("unknown "), quoted.next()) {
            (true, Some(key)) => {
                let what = if text.starts_with("unknown field") { "key" } else { "word" };
                unknown(what, key, quoted.chain(more.iter().copied()))
            }
            _ => text.lines().next().unwrap_or_default().to_string(),
        };
        self.error(span, message);
    }

    fn read<T: DeserializeOwned>(&mut self, table: DeTable<'_>, around: Range<usize>, more: &[&str]) -> Option<T> {
        let table = Spanned::new(around.clone(), table);
        match T::deserialize(toml::de::Deserializer::from(table)) {
            Ok(value) => Some(value),
            Err(error) => {
                self.toml_error(&error, around, more);
                None
            }
        }
    }

    fn file(&mut self, root: Spanned<DeTable<'_>>) -> EffectsFile {
        let around = 0..root.span().end.min(1);
        let mut table = root.into_inner();
        if let Some(language) = table.get("language").and_then(|value| value.get_ref().as_str()) {
            self.language = if language == "rust" { Language::Rust } else { Language::Python };
        }
        let mut file = EffectsFile::default();
        let mut sections: Vec<(usize, Entries<'_>)> = Vec::new();
        for (number, section) in SECTIONS.iter().enumerate() {
            if let Some(value) = take(&mut table, section) {
                sections.push((number, self.tables(section, value)));
            }
        }
        self.check(&table, "", &[]);
        if let Some(head) = self.read::<Head>(table, around, &SECTIONS) {
            (file.library, file.language, file.runtime, file.source) =
                (head.library, head.language, head.runtime, head.source);
            (file.offload, file.group) = (head.offload, head.group);
        }
        for (section, entries) in sections {
            for (table, span) in entries {
                self.entry(&mut file, SECTIONS[section], table, span);
            }
        }
        file
    }

    fn tables<'i>(&mut self, section: &str, value: Spanned<DeValue<'i>>) -> Entries<'i> {
        let span = value.span();
        let DeValue::Array(entries) = value.into_inner() else {
            self.error(span, format!("`{section}` is a list of tables: write `[[{section}]]`"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for entry in entries {
            let span = entry.span();
            match entry.into_inner() {
                DeValue::Table(table) => tables.push((table, span)),
                _ => self.error(span, format!("`{section}` is a list of tables: write `[[{section}]]`")),
            }
        }
        tables
    }

    fn entry(&mut self, file: &mut EffectsFile, section: &str, mut table: DeTable<'_>, span: Range<usize>) {
        match section {
            "function" => {
                let own = split(&mut table, &["path"]);
                let own = self.read::<Placed>(own, span.clone(), &[]);
                let callable = self.callable(table, span, &["path"]);
                if let (Some(own), Some(callable)) = (own, callable) {
                    file.functions.push(FunctionEntry { path: own.path, callable });
                }
            }
            "macro" => {
                let own = split(&mut table, &["path", "grammar"]);
                let own = self.read::<Placed>(own, span.clone(), &[]);
                let callable = self.callable(table, span.clone(), &["path", "grammar"]);
                if let (Some(own), Some(callable)) = (own, callable) {
                    let Some(grammar) = own.grammar else {
                        return self.error(span, "missing field `grammar`".to_string());
                    };
                    file.macros.push(MacroEntry { path: own.path, grammar, callable });
                }
            }
            "attribute" => {
                let own = split(&mut table, &["path", "makes"]);
                self.check(&own, "", &[]);
                let own = self.read::<Placed>(own, span.clone(), &[]);
                let callable = self.callable(table, span, &["path", "makes"]);
                if let (Some(own), Some(callable)) = (own, callable) {
                    file.attributes.push(AttributeEntry { path: own.path, makes: own.makes, callable });
                }
            }
            "value" => {
                self.check(&table, "", &[]);
                file.values.extend(self.read::<ValueEntry>(table, span, &[]));
            }
            _ => {
                let entry = self.type_entry(table, span);
                if section == "trait" { file.traits.extend(entry) } else { file.types.extend(entry) }
            }
        }
    }

    fn type_entry(&mut self, mut table: DeTable<'_>, span: Range<usize>) -> Option<TypeEntry> {
        let new = take(&mut table, "new");
        let methods = take(&mut table, "method");
        self.check(&table, "", &[]);
        let mut entry: TypeEntry = self.read(table, span, &["new", "method"])?;
        if let Some(new) = new {
            let span = new.span();
            match new.into_inner() {
                DeValue::Table(table) => entry.new = self.callable(table, span, &[]),
                _ => self.error(span, "`new` is a table: write `[type.new]`".to_string()),
            }
        }
        if let Some(methods) = methods {
            for (mut table, span) in self.tables("type.method", methods) {
                let own = split(&mut table, &["name"]);
                let own = self.read::<Named>(own, span.clone(), &[]);
                let callable = self.callable(table, span, &["name"]);
                if let (Some(own), Some(callable)) = (own, callable) {
                    entry.methods.push(MethodEntry { name: own.name, callable });
                }
            }
        }
        Some(entry)
    }

    fn callable(&mut self, mut table: DeTable<'_>, span: Range<usize>, own: &[&str]) -> Option<CallableEntry> {
        let signature = split(&mut table, &SIGNATURE);
        let names = self.params(&signature);
        let known = names.clone().unwrap_or_default();
        self.check(&signature, "", &known);
        self.check(&table, "", &known);
        if let Some(names) = names {
            self.check_args(&table, &names);
        }
        let more: Vec<&str> = SIGNATURE.iter().chain(own).copied().collect();
        let signature: Option<Signature> = self.read(signature, span.clone(), &more);
        let effects: Option<Effects> = self.read(table, span, &more);
        let (signature, effects) = (signature?, effects?);
        Some(CallableEntry {
            params: signature.params,
            returns: signature.returns,
            is_async: signature.is_async,
            property: signature.property,
            receiver: signature.receiver,
            effects,
            instead: signature.instead,
        })
    }

    /// The names of the parameters, where they are written and well formed.
    fn params(&mut self, signature: &DeTable<'_>) -> Option<Vec<String>> {
        let list = signature.get("params")?.get_ref().as_array()?;
        let mut names = Vec::new();
        for param in list.iter() {
            let text = param.get_ref().as_str()?;
            let read = with_terms(self.language, &[], |terms| terms.params(std::iter::once(text)));
            match read {
                Ok(params) => names.extend(params.into_iter().map(|param| param.name)),
                Err(message) => self.error(param.span(), message),
            }
        }
        Some(names)
    }

    /// Checks words and type terms below a table.
    fn check(&mut self, table: &DeTable<'_>, around: &str, params: &[String]) {
        for (key, value) in table {
            let key = key.get_ref().as_ref();
            self.check_value(around, key, value, params);
        }
    }

    fn check_value(&mut self, around: &str, key: &str, value: &Spanned<DeValue<'_>>, params: &[String]) {
        match value.get_ref() {
            DeValue::Table(table) => {
                if matches!(key, "operators" | "attributes") {
                    for value in table.values() {
                        self.check_term(value, params);
                    }
                } else {
                    self.check(table, key, params);
                }
            }
            DeValue::Array(values) => {
                for value in values.iter() {
                    self.check_value(around, key, value, params);
                }
            }
            DeValue::String(text) => {
                if let Some((_, _, words)) = WORDS.iter().find(|(parent, known, _)| *parent == around && *known == key)
                {
                    if !words.contains(&text.as_ref()) {
                        self.error(value.span(), unknown("word", text, words.iter().copied()));
                    }
                } else if (around.is_empty()
                    && matches!(key, "returns" | "awaits" | "derefs" | "iterates" | "bases" | "implements"))
                    || key == "type"
                    || (around, key) == ("enter", "returns")
                    || (around, key) == ("narrows", "to")
                {
                    self.check_term(value, params);
                }
            }
            _ => {}
        }
    }

    fn check_term(&mut self, value: &Spanned<DeValue<'_>>, params: &[String]) {
        if let Some(text) = value.get_ref().as_str()
            && let Err(message) = with_terms(self.language, params, |terms| terms.term(text).map(|_| ()))
        {
            self.error(value.span(), message);
        }
    }

    /// Checks that the arguments that effects name are parameters.
    fn check_args(&mut self, effects: &DeTable<'_>, params: &[String]) {
        for (key, value) in effects {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("arg" | "limit" | "over" | "closes" | "cancels" | "bound", DeValue::String(text)) => {
                    self.check_arg(value.span(), text, params);
                }
                (_, DeValue::Table(table)) => self.check_args(table, params),
                ("passes" | "consumes" | "enters", DeValue::Array(names)) => {
                    for name in names.iter() {
                        if let Some(text) = name.get_ref().as_str() {
                            self.check_arg(name.span(), text, params);
                        }
                    }
                }
                (_, DeValue::Array(values)) => {
                    for value in values.iter() {
                        if let DeValue::Table(table) = value.get_ref() {
                            self.check_args(table, params);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

impl Reader<'_> {
    fn check_arg(&mut self, span: Range<usize>, text: &str, params: &[String]) {
        let name = text.trim_start_matches('*');
        let fixed = matches!(name, "self" | "none" | "return");
        if !fixed && !params.iter().any(|param| param == name) {
            self.error(span, unknown("parameter", name, params.iter().map(String::as_str)));
        }
    }
}

fn with_terms<T>(language: Language, params: &[String], read: impl FnOnce(&mut Terms<'_>) -> T) -> T {
    let (mut pool, mut strings) = (TyPool::default(), Strings::default());
    read(&mut Terms {
        language,
        pool: &mut pool,
        strings: &mut strings,
        module: "",
        params: params.to_vec(),
        renamed: &[],
    })
}

fn take<'i>(table: &mut DeTable<'i>, key: &str) -> Option<Spanned<DeValue<'i>>> {
    split(table, &[key]).into_iter().next().map(|(_, value)| value)
}

/// Moves the entries with these keys into a table of their own.
fn split<'i>(table: &mut DeTable<'i>, keys: &[&str]) -> DeTable<'i> {
    let (taken, left) = std::mem::take(table)
        .into_iter()
        .partition::<DeTable<'i>, _>(|(key, _)| keys.contains(&key.get_ref().as_ref()));
    *table = left;
    taken
}

/// `unknown key` and, where one is near, what was probably meant.
fn unknown<'w>(what: &str, found: &str, known: impl Iterator<Item = &'w str>) -> String {
    let nearest = known.map(|word| (distance(found, word), word)).min();
    match nearest {
        Some((distance, word)) if distance <= 2.max(found.len() / 3) => {
            format!("unknown {what} `{found}`; did you mean `{word}`?")
        }
        _ => format!("unknown {what} `{found}`"),
    }
}

/// Edits from one word to the other; a swap of neighbours counts as one.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let substituted = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut best = substituted.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[a.len()][b.len()]
}

//! Reads a generated signature file: one line for each thing that a library offers.
//!
//! ```text
//! module asyncio.tasks
//! alias Task _asyncio.Task
//! value FIRST_COMPLETED: str
//! async fn sleep[T](delay, result: T = ...) -> T
//! class Thing[T](.Base, collections.abc.Iterable[T])
//!   attr name: str
//!   static fn make(path) -> Self
//! ```
//!
//! Names follow their `module`; members are indented by two spaces; a leading `.` in a term is the module. Words before
//! `fn`: `async`, `property`, `static`, `class`, and `value` for a Rust receiver that is consumed; a Rust function of a
//! type without receiver is `static`. In Rust, `implements`, `awaits`, `derefs` and `iterates` lines follow a type; `lazy`
//! says that nothing of it runs before it is awaited.

use super::load::{Entry, Loaded, Loader};
use super::lookup::{FunctionId, Receiver, separator};
use super::terms::Terms;
use super::{Language, TyId};

/// Adds what a signature file says to a library.
pub(super) fn read(loader: &mut Loader<'_>, root: &str, text: &str) {
    read_as(loader, root, text, false);
}

/// Adds what the library does not know yet: a class or function that it knows stays as it is.
pub(super) fn fill(loader: &mut Loader<'_>, root: &str, text: &str) {
    read_as(loader, root, text, true);
}

fn read_as(loader: &mut Loader<'_>, root: &str, text: &str, fills: bool) {
    let mut reader = Reader { loader, module: root.to_string(), ty: None, fills };
    for line in text.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if reader.line(line).is_none() {
            reader.loader.defect(format!("signatures of `{root}`: cannot read `{line}`"));
        }
    }
}

struct Reader<'l, 's> {
    loader: &'l mut Loader<'s>,
    module: String,
    /// The type whose members are read, and its path.
    ty: Option<(usize, String)>,
    /// Whether what is known stays as it is.
    fills: bool,
}

impl Reader<'_, '_> {
    fn path(&self, name: &str) -> String {
        format!("{}{}{name}", self.module, separator(self.loader.language()))
    }

    fn term(&mut self, text: &str) -> TyId {
        let module = self.module.clone();
        self.loader.term(text, &module, &[])
    }

    /// Nothing for a line that has no known form.
    fn line(&mut self, line: &str) -> Option<()> {
        if let Some(member) = line.strip_prefix("  ") {
            return self.member(member);
        }
        self.ty = None;
        if self.fills && self.item_path(line).is_some_and(|path| self.loader.loaded.items.contains_key(&path)) {
            return Some(());
        }
        let (word, rest) = line.split_once(' ')?;
        match word {
            "module" => {
                self.module = rest.to_string();
                self.loader.loaded.items.entry(rest.to_string()).or_insert(Entry::Module);
            }
            "alias" => {
                let (name, target) = rest.split_once(' ')?;
                let target = match target.strip_prefix('.') {
                    Some(own) => self.path(own),
                    None => target.to_string(),
                };
                let path = self.path(name);
                if path != target {
                    self.loader.loaded.items.entry(path).or_insert(Entry::Alias(target));
                }
            }
            "value" => {
                let (name, ty) = rest.split_once(": ")?;
                let ty = self.term(ty);
                let path = self.path(name);
                self.loader.loaded.items.insert(path, Entry::Value(ty));
            }
            "class" | "trait" => self.ty(rest, word == "trait")?,
            _ => {
                let name = function_name(line)?;
                let path = self.path(name);
                let at = self.loader.function(&path);
                self.function(at, line)?;
                self.loader.loaded.items.insert(path, Entry::Function(at));
            }
        }
        Some(())
    }

    /// The path of what a line defines.
    fn item_path(&self, line: &str) -> Option<String> {
        let name = match line.split_once(' ')? {
            ("module" | "alias", _) => return None,
            ("value", rest) => rest.split(':').next()?,
            ("class" | "trait", rest) => &rest[..rest.find(['[', '(']).unwrap_or(rest.len())],
            _ => function_name(line)?,
        };
        Some(self.path(name))
    }

    fn ty(&mut self, text: &str, is_trait: bool) -> Option<()> {
        let name_end = text.find(['[', '(']).unwrap_or(text.len());
        let path = self.path(&text[..name_end]);
        let at = self.loader.ty(&path, is_trait);
        self.loader.loaded.types[at].may_run = self.fills;
        let mut rest = &text[name_end..];
        if rest.starts_with('[') {
            let end = closing(rest)?;
            self.loader.loaded.types[at].generics = split(&rest[1..end]).map(str::to_string).collect();
            rest = &rest[end + 1..];
        }
        if rest.starts_with('(') {
            let end = closing(rest)?;
            let bases: Vec<TyId> = split(&rest[1..end]).map(|base| self.term(base)).collect();
            self.loader.loaded.types[at].bases = bases;
        }
        self.loader.loaded.items.insert(path.clone(), Entry::Type(at));
        self.ty = Some((at, path));
        Some(())
    }

    fn member(&mut self, line: &str) -> Option<()> {
        let Some((at, owner)) = self.ty.clone() else { return self.fills.then_some(()) };
        if line == "lazy" {
            self.loader.loaded.types[at].may_run = false;
            return Some(());
        }
        let (word, rest) = line.split_once(' ')?;
        match word {
            "attr" => {
                let (name, ty) = rest.split_once(": ")?;
                let ty = self.term(ty);
                self.loader.loaded.members[at].attributes.insert(name.to_string(), ty);
            }
            "alias" => {
                let (name, target) = rest.split_once(' ')?;
                let method = self.loader.loaded.members[at].methods.get(target).copied();
                if let Some(method) = method {
                    self.loader.loaded.members[at].methods.insert(name.to_string(), method);
                }
            }
            "implements" => {
                let ty = self.term(rest);
                self.loader.loaded.types[at].implements.push(ty);
            }
            "awaits" => self.loader.loaded.types[at].awaits = self.term(rest),
            "derefs" => self.loader.loaded.types[at].derefs = self.term(rest),
            "iterates" => self.loader.loaded.types[at].iterates = self.term(rest),
            _ => {
                let name = function_name(line)?.to_string();
                let python = self.loader.language() == Language::Python;
                if python && matches!(name.as_str(), "__init__" | "__new__") {
                    let made = self.loader.function(&owner);
                    self.function(made, line)?;
                    self.loader.loaded.functions[made].receiver = Receiver::None;
                    self.loader.loaded.types[at].new = Some(FunctionId::new(self.loader.number, made));
                    return Some(());
                }
                let made = self.loader.function(&format!("{owner}{}{name}", separator(self.loader.language())));
                self.loader.loaded.functions[made].receiver = Receiver::Reference;
                self.function(made, line)?;
                self.loader.loaded.members[at].methods.insert(name, made);
            }
        }
        Some(())
    }

    /// Reads `words fn name[generics](params) -> result`.
    fn function(&mut self, at: usize, line: &str) -> Option<()> {
        let (words, rest) = line.split_once("fn ")?;
        for word in words.split_whitespace() {
            let function = &mut self.loader.loaded.functions[at];
            match word {
                "async" => function.is_async = true,
                "property" => function.is_property = true,
                "static" => function.receiver = Receiver::None,
                "class" => function.receiver = Receiver::Class,
                "value" => function.receiver = Receiver::Value,
                _ => return None,
            }
        }
        let mut rest = &rest[rest.find(['[', '('])?..];
        if rest.starts_with('[') {
            let end = closing(rest)?;
            self.loader.loaded.functions[at].generics = split(&rest[1..end]).map(str::to_string).collect();
            rest = &rest[end + 1..];
        }
        let end = closing(rest)?;
        let language = self.loader.language();
        let Loaded { pool, strings, .. } = &mut self.loader.loaded;
        let mut terms = Terms { language, pool, strings, module: &self.module, params: Vec::new(), renamed: &[] };
        match terms.params(split(&rest[1..end])) {
            Ok(params) => {
                self.loader.loaded.functions[at].params = params;
                self.loader.loaded.functions[at].has_params = true;
            }
            Err(_) => return None,
        }
        if let Some(returns) = rest[end + 1..].strip_prefix(" -> ") {
            self.loader.loaded.functions[at].returns = self.term(returns);
        }
        Some(())
    }
}

fn function_name(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("fn ").or_else(|| line.split_once(" fn ").map(|(_, rest)| rest))?;
    Some(&rest[..rest.find(['[', '('])?])
}

/// The place of the bracket that closes the one that the text begins with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            _ if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '"' => quote = Some(c),
            '(' | '[' | '<' => depth += 1,
            '>' if before == '-' => {}
            ')' | ']' | '>' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
        before = c;
    }
    None
}

/// The parts between the commas that stand in no brackets.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let (mut depth, mut quoted, mut before) = (0, false, ' ');
        let mut end = rest.len();
        for (at, c) in rest.char_indices() {
            match c {
                '"' => quoted = !quoted,
                _ if quoted => {}
                '(' | '[' | '<' => depth += 1,
                '>' if before == '-' => {}
                ')' | ']' | '>' => depth -= 1,
                ',' if depth == 0 => {
                    end = at;
                    break;
                }
                _ => {}
            }
            before = c;
        }
        let part = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or("");
        Some(part)
    })
}

//! What effects files name exists: checked against the generated signatures.
//!
//! Rust's standard library has no signatures (its source is not part of a toolchain): `catalogue_std` asks its
//! documentation. Entries about a library of which no version is pinned are checked by fixtures alone.

use std::collections::BTreeSet;
use unsnarl::catalogue::schema::{CallableEntry, EffectsFile, MethodEntry, OneOrMany, TypeEntry};
use unsnarl::catalogue::{Catalogue, FunctionId, Item, Language, ParamShape, Ty, TypeId};

/// What exists although no outline shows it: made by a macro, by assignment, private, or in an earlier major version.
const UNSEEN: &[&str] = &[
    "*::default",
    "aiohttp.client._RequestContextManager",
    "aiohttp.client._WSRequestContextManager",
    "axum::routing::*",
    "botocore.client.BaseClient.*",
    "celery.Celery",
    "celery.Signature",
    "celery.Task",
    "celery.shared_task",
    "django.db.backends.utils.CursorWrapper.*",
    "mongodb::action::*.run",
    "multiprocessing.Barrier",
    "multiprocessing.BoundedSemaphore",
    "multiprocessing.Condition",
    "multiprocessing.Event",
    "multiprocessing.JoinableQueue",
    "multiprocessing.Lock",
    "multiprocessing.Manager",
    "multiprocessing.Pipe",
    "multiprocessing.Pool",
    "multiprocessing.Queue",
    "multiprocessing.RLock",
    "multiprocessing.Semaphore",
    "multiprocessing.SimpleQueue",
    "multiprocessing.cpu_count",
    "multiprocessing.get_context",
    "redis::AsyncCommands",
    "redis::Commands",
    "redis::Pipeline.*",
    "sys.__stdin__",
    "ureq::Agent.request",
    "ureq::Agent::new",
    "ureq::Request",
    "ureq::RequestBuilder.send_bytes",
    "ureq::RequestBuilder.send_string",
    "ureq::Response",
    "websockets.connect",
    "websockets.serve",
    // Aliases of a type of the standard library.
    "futures::future::BoxFuture",
    "futures::future::LocalBoxFuture",
    "futures::stream::BoxStream",
    "futures::stream::LocalBoxStream",
    "futures_core::future::BoxFuture",
    "futures_core::future::LocalBoxFuture",
    "futures_core::stream::BoxStream",
    "futures_core::stream::LocalBoxStream",
    "futures_util::future::BoxFuture",
    "futures_util::future::LocalBoxFuture",
    "futures_util::stream::BoxStream",
    "futures_util::stream::LocalBoxStream",
];

/// `*` in a known path stands for anything.
fn is_unseen(path: &str) -> bool {
    UNSEEN.iter().any(|known| match known.split_once('*') {
        Some((before, after)) => path.starts_with(before) && path.ends_with(after),
        None => path == *known,
    })
}

fn files() -> Vec<(&'static str, EffectsFile)> {
    Catalogue::effects_files()
        .into_iter()
        .map(|(name, text)| (name, EffectsFile::parse(name, text).unwrap_or_else(|errors| panic!("{errors:?}"))))
        .collect()
}

fn language(file: &EffectsFile) -> Language {
    if file.language == "rust" { Language::Rust } else { Language::Python }
}

fn report(defects: Vec<String>) {
    assert!(defects.is_empty(), "{} defects\n{}", defects.len(), defects.join("\n"));
}

#[test]
fn files_on_disk_are_those_embedded() {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalogue/data");
    let mut on_disk = BTreeSet::new();
    for entry in walkdir::WalkDir::new(&data) {
        let entry = entry.expect("the catalogue's folder can be read");
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&data).expect("a file of the folder");
            on_disk.insert(path.to_string_lossy().replace('\\', "/"));
        }
    }
    let mut embedded: BTreeSet<String> =
        Catalogue::effects_files().into_iter().map(|(name, _)| name.to_string()).collect();
    for (language, root) in Catalogue::signature_roots() {
        let folder = if language == Language::Rust { "rust" } else { "python" };
        embedded.insert(format!("{folder}/signatures/{root}.txt"));
    }
    report(embedded.symmetric_difference(&on_disk).map(|name| format!("not in both: {name}")).collect());
}

/// Libraries that no fixture names yet.
const UNEXERCISED: [&str; 2] = ["rust/eyre.toml", "rust/hyper.toml"];

#[test]
fn libraries_are_named_by_fixtures() {
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("test-fixtures");
    let mut words: BTreeSet<String> = BTreeSet::new();
    for entry in walkdir::WalkDir::new(&fixtures).into_iter().filter_entry(|entry| entry.file_name() != "facts") {
        let entry = entry.expect("the fixtures can be read");
        let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        words.extend(text.split(|c| !is_word(c)).map(str::to_string));
    }
    let mut defects = Vec::new();
    for (name, file) in files() {
        let mut roots = file.paths().filter_map(|path| path.split(['.', ':']).next());
        let is_named = roots.any(|root| words.contains(root)) || file.paths().next().is_none();
        if is_named == UNEXERCISED.contains(&name) {
            defects.push(format!("{name}: {}", if is_named { "is exercised" } else { "no fixture names it" }));
        }
    }
    report(defects);
}

#[test]
fn entries_are_sorted_and_have_a_source() {
    let mut defects = Vec::new();
    for (name, file) in files() {
        if file.source.len() < 10 {
            defects.push(format!("{name}: no source"));
        }
        let sections: [Vec<&OneOrMany>; 5] = [
            file.functions.iter().map(|entry| &entry.path).collect(),
            file.types.iter().map(|entry| &entry.path).collect(),
            file.traits.iter().map(|entry| &entry.path).collect(),
            file.attributes.iter().map(|entry| &entry.path).collect(),
            file.values.iter().map(|entry| &entry.path).collect(),
        ];
        for section in sections {
            for pair in section.windows(2) {
                let (before, after) = (&pair[0].as_slice()[0], &pair[1].as_slice()[0]);
                if before >= after {
                    defects.push(format!("{name}: `{after}` stands behind `{before}`"));
                }
            }
        }
        for entry in file.types.iter().chain(&file.traits) {
            let names: Vec<&String> = entry.methods.iter().map(|method| &method.name.as_slice()[0]).collect();
            for pair in names.windows(2) {
                if pair[0] >= pair[1] {
                    let ty = &entry.path.as_slice()[0];
                    defects.push(format!("{name}: `{ty}.{}` stands behind `{}`", pair[1], pair[0]));
                }
            }
        }
    }
    report(defects);
}

#[test]
fn paths_parameters_and_replacements_exist() {
    let catalogue = Catalogue::signatures_alone();
    let mut check = Check { catalogue: &catalogue, language: Language::Python, file: "", defects: Vec::new() };
    for (name, file) in files() {
        check.language = language(&file);
        check.file = name;
        for entry in &file.functions {
            check.paths(&entry.path);
            check.callable(&entry.path.as_slice()[0], &entry.callable);
        }
        for entry in file.types.iter().chain(&file.traits) {
            check.ty(entry);
        }
        for entry in &file.values {
            check.paths(&entry.path);
        }
    }
    report(check.defects);
}

struct Check<'a> {
    catalogue: &'a Catalogue,
    language: Language,
    file: &'a str,
    defects: Vec<String>,
}

impl Check<'_> {
    fn defect(&mut self, message: String) {
        self.defects.push(format!("{}: {message}", self.file));
    }

    /// Whether the signatures of a path's root are known.
    fn is_known(&self, path: &str) -> bool {
        let root = &path[..path.find(['.', ':']).unwrap_or(path.len())];
        self.catalogue.is_complete(self.language, root)
    }

    fn paths(&mut self, paths: &OneOrMany) {
        for path in paths.as_slice() {
            if self.is_known(path) && !is_unseen(path) && !self.exists(path) {
                self.defect(format!("there is no `{path}`"));
            }
        }
    }

    /// Whether it is found, as itself or as a function that a type has from a trait.
    fn exists(&self, path: &str) -> bool {
        let owner = path.rsplit_once("::").or_else(|| path.rsplit_once('.'));
        self.catalogue.find(self.language, path).is_some()
            || owner.is_some_and(|(owner, name)| match self.catalogue.find(self.language, owner) {
                Some(Item::Type(ty)) => self.method(ty, name, 0).is_some(),
                _ => false,
            })
    }

    fn ty(&mut self, entry: &TypeEntry) {
        self.paths(&entry.path);
        let path = entry.path.as_slice()[0].clone();
        if let Some(new) = &entry.new {
            self.replacements(&path, new);
        }
        let Some(Item::Type(ty)) = self.catalogue.find(self.language, &path).filter(|_| self.is_known(&path)) else {
            return;
        };
        if let (Some(new), Some(made)) = (&entry.new, self.catalogue.ty(ty).new) {
            self.params(&path, new, made);
        }
        for MethodEntry { name, callable } in &entry.methods {
            for name in name.as_slice().iter().filter(|name| *name != "*") {
                match self.method(ty, name, 0) {
                    Some(method) => self.params(&format!("{path}.{name}"), callable, method),
                    None if name.starts_with("__") || self.catalogue.attribute(ty, name).is_some() => {}
                    None if self.has_unknown_base(ty, 0) => {}
                    None if is_unseen(&format!("{path}.{name}")) => {}
                    // `read_u8` and its like are written by a macro.
                    None if path == "tokio::io::AsyncReadExt" && name.starts_with("read_u") => {}
                    None => self.defect(format!("`{path}` has no `{name}`")),
                }
                self.replacements(&format!("{path}.{name}"), callable);
            }
        }
    }

    fn bases(&self, ty: TypeId) -> Vec<Option<TypeId>> {
        let ty = self.catalogue.ty(ty);
        let (pool, strings) = self.catalogue.pool(ty.library);
        let named = |base: &unsnarl::catalogue::TyId| match pool.get(*base) {
            Ty::Named { path, .. } => match self.catalogue.find(self.language, strings.get(path)) {
                Some(Item::Type(base)) => Some(base),
                _ => None,
            },
            _ => None,
        };
        ty.bases.iter().chain(&ty.implements).map(named).collect()
    }

    fn method(&self, ty: TypeId, name: &str, steps: u32) -> Option<FunctionId> {
        if steps > 8 {
            return None;
        }
        let own = self.catalogue.method(ty, name);
        own.or_else(|| self.bases(ty).into_iter().flatten().find_map(|base| self.method(base, name, steps + 1)))
    }

    fn has_unknown_base(&self, ty: TypeId, steps: u32) -> bool {
        steps > 8
            || self.bases(ty).into_iter().any(|base| base.is_none_or(|base| self.has_unknown_base(base, steps + 1)))
    }

    fn callable(&mut self, path: &str, entry: &CallableEntry) {
        self.replacements(path, entry);
        if !self.is_known(path) {
            return;
        }
        match self.catalogue.find(self.language, path) {
            Some(Item::Function(function)) => self.params(path, entry, function),
            Some(Item::Type(ty)) => {
                if let Some(new) = self.catalogue.ty(ty).new {
                    self.params(path, entry, new);
                }
            }
            _ => {}
        }
    }

    fn params(&mut self, path: &str, entry: &CallableEntry, function: FunctionId) {
        let function = self.catalogue.function(function);
        let open = function.params.iter().any(|param| param.kind == ParamShape::KeywordRest);
        for text in entry.params.iter().flatten() {
            let name = text.trim_start_matches('*');
            let name = name[..name.find([':', '=']).unwrap_or(name.len())].trim();
            let rest = text.starts_with('*');
            if !function.has_params || name.is_empty() || name == "/" || rest || open {
                continue;
            }
            if !function.params.iter().any(|param| param.name == name) {
                let known: Vec<&str> = function.params.iter().map(|param| param.name.as_str()).collect();
                self.defect(format!("`{path}` has no parameter `{name}`, but {known:?}"));
            }
        }
    }

    fn replacements(&mut self, path: &str, entry: &CallableEntry) {
        for text in entry.instead.values() {
            let is_path = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ':'));
            if is_path && self.is_known(text) && !is_unseen(text) && !self.exists(text) {
                self.defect(format!("`{path}` is to be replaced by `{text}`, which does not exist"));
            }
        }
    }
}

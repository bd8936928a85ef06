//! Random edits of a workspace, as people make them while they type, refactor, and take back.
//!
//! Knows nothing of the program: says which texts a step makes of which files, and hears whether all of them parse.

use super::items::{functions, imports, is_rust, items};
use super::random::Random;
use super::rewrites;
use std::collections::{BTreeMap, VecDeque};

/// The texts of a workspace by path; none for a file that could be there and is not.
pub type Texts = BTreeMap<String, Option<String>>;

/// What becomes of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub path: String,
    pub text: Option<String>,
}

/// What is done at once.
#[derive(Clone, Debug)]
pub struct Step {
    pub kind: Kind,
    pub changes: Vec<Change>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    BlankLine,
    Comment,
    DeleteLine,
    DuplicateLine,
    SwapLines,
    InsertCharacter,
    DeleteCharacter,
    /// A statement, half of it first.
    Type,
    Statement,
    DeleteStatement,
    Number,
    Async,
    Await,
    Import,
    DeleteImport,
    /// In `__init__.py`, `mod.rs`, `lib.rs`: what is handed on.
    Export,
    RenameDefinition,
    RenameInFile,
    RenameEverywhere,
    Base,
    AddFunction,
    DeleteFunction,
    MoveFunction,
    Parameter,
    Default,
    Annotation,
    Decorator,
    DeleteDecorator,
    Suppression,
    DeleteSuppression,
    Create,
    Delete,
    RenameFile,
    /// One file as it was at the beginning.
    Restore,
    /// All files as they were at the beginning.
    RestoreAll,
    Undo,
}

/// How often each kind is tried, in relation to the others.
const WEIGHTS: [(Kind, usize); 33] = [
    (Kind::BlankLine, 4),
    (Kind::Comment, 3),
    (Kind::DeleteLine, 3),
    (Kind::DuplicateLine, 2),
    (Kind::SwapLines, 2),
    (Kind::InsertCharacter, 4),
    (Kind::DeleteCharacter, 4),
    (Kind::Type, 8),
    (Kind::Statement, 12),
    (Kind::DeleteStatement, 6),
    (Kind::Number, 3),
    (Kind::Async, 8),
    (Kind::Await, 8),
    (Kind::Import, 8),
    (Kind::DeleteImport, 6),
    (Kind::Export, 6),
    (Kind::RenameDefinition, 6),
    (Kind::RenameInFile, 5),
    (Kind::RenameEverywhere, 4),
    (Kind::Base, 6),
    (Kind::AddFunction, 6),
    (Kind::DeleteFunction, 5),
    (Kind::MoveFunction, 6),
    (Kind::Parameter, 4),
    (Kind::Default, 4),
    (Kind::Annotation, 4),
    (Kind::Decorator, 5),
    (Kind::DeleteDecorator, 4),
    (Kind::Suppression, 6),
    (Kind::DeleteSuppression, 4),
    (Kind::Create, 3),
    (Kind::Delete, 1),
    (Kind::RenameFile, 1),
];

/// Steps that can be taken back.
const REMEMBERED: usize = 60;

/// Someone who edits a workspace.
#[derive(Clone, Debug)]
pub struct Editor {
    random: Random,
    first: Texts,
    texts: Texts,
    /// What the last steps replaced.
    undo: VecDeque<Vec<Change>>,
    /// What is being typed.
    typing: VecDeque<Change>,
    since_restored: usize,
}

impl Editor {
    pub fn new(texts: Texts, seed: u64) -> Editor {
        Editor {
            random: Random::new(seed),
            first: texts.clone(),
            texts,
            undo: VecDeque::new(),
            typing: VecDeque::new(),
            since_restored: 0,
        }
    }

    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Takes a text that came to be in another way; nothing to take back.
    pub fn replace(&mut self, change: Change) {
        self.typing.clear();
        self.take(&change);
    }

    /// The next edit; `is_broken` says that some file does not parse by now, so that it is mended soon.
    pub fn step(&mut self, is_broken: bool) -> Step {
        self.since_restored += 1;
        if let Some(change) = self.typing.pop_front() {
            return self.done(Kind::Type, vec![change]);
        }
        let undone = self.random.percent(if is_broken { 65 } else { 8 });
        if undone && let Some(before) = self.undo.pop_back() {
            before.iter().for_each(|change| self.take(change));
            return Step { kind: Kind::Undo, changes: before };
        }
        if self.since_restored > 200 && !is_broken {
            self.since_restored = 0;
            let all: Vec<String> = self.first.keys().cloned().collect();
            let changes = all.iter().filter_map(|path| self.restored(path)).collect();
            return self.done(Kind::RestoreAll, changes);
        }
        if self.random.percent(3) {
            let all: Vec<String> = self.first.keys().cloned().collect();
            let path = self.random.pick(&all).cloned();
            if let Some(change) = path.and_then(|path| self.restored(&path)) {
                return self.done(Kind::Restore, vec![change]);
            }
        }
        for _ in 0..1000 {
            let kind = self.kind();
            if let Some(mut changes) = self.edit(kind)
                && changes.iter().any(|change| self.texts.get(&change.path) != Some(&change.text))
            {
                if kind == Kind::Type {
                    self.typing = changes.split_off(1).into();
                }
                return self.done(kind, changes);
            }
        }
        self.done(Kind::BlankLine, Vec::new())
    }

    fn kind(&mut self) -> Kind {
        let mut left = self.random.below(WEIGHTS.iter().map(|(_, weight)| weight).sum());
        for (kind, weight) in WEIGHTS {
            if left < weight {
                return kind;
            }
            left -= weight;
        }
        unreachable!("the number is below the sum of the weights")
    }

    fn done(&mut self, kind: Kind, changes: Vec<Change>) -> Step {
        let before = |change: &Change| Change { path: change.path.clone(), text: self.texts[&change.path].clone() };
        self.undo.push_back(changes.iter().map(before).collect());
        if self.undo.len() > REMEMBERED {
            self.undo.pop_front();
        }
        changes.iter().for_each(|change| self.take(change));
        Step { kind, changes }
    }

    fn take(&mut self, change: &Change) {
        self.texts.insert(change.path.clone(), change.text.clone());
    }

    fn restored(&self, path: &str) -> Option<Change> {
        let text = &self.first[path];
        (self.texts.get(path) != Some(text)).then(|| Change { path: path.to_owned(), text: text.clone() })
    }

    fn edit(&mut self, kind: Kind) -> Option<Vec<Change>> {
        let paths = |is_there: bool| {
            let files = self.texts.iter().filter(|(_, text)| text.is_some() == is_there);
            files.map(|(path, _)| path.clone()).collect::<Vec<_>>()
        };
        let (there, spare) = (paths(true), paths(false));
        let path = self.random.pick(&there)?.clone();
        let text = self.texts[&path].clone().expect("it is there");
        let random = &mut self.random;
        let change = |path: &str, text: String| Change { path: path.to_owned(), text: Some(text) };
        match kind {
            Kind::Create => {
                let path = random.pick(&spare)?.clone();
                let word = Words::of(&self.texts, random, &path);
                Some(vec![change(&path, rewrites::new_file(random, &word, is_rust(&path)))])
            }
            Kind::Delete => Some(vec![Change { path, text: None }]),
            Kind::RenameFile => {
                let alike: Vec<String> = spare.into_iter().filter(|it| is_rust(it) == is_rust(&path)).collect();
                let to = random.pick(&alike)?;
                Some(vec![change(to, text), Change { path, text: None }])
            }
            Kind::MoveFunction => {
                let alike: Vec<String> =
                    there.into_iter().filter(|it| is_rust(it) == is_rust(&path) && *it != path).collect();
                let to = random.pick(&alike)?;
                let target = self.texts[to].as_ref().expect("it is there");
                let (from, into) = rewrites::moved(random, &text, target, is_rust(&path))?;
                Some(vec![change(&path, from), change(to, into)])
            }
            Kind::RenameEverywhere => {
                let (old, new) = rewrites::renaming(random, &text, is_rust(&path))?;
                let renamed = there.iter().filter_map(|path| {
                    let text = self.texts[path].as_ref()?;
                    let now = rewrites::replaced(text, &old, &new);
                    (now != *text).then(|| change(path, now))
                });
                Some(renamed.collect())
            }
            Kind::Export => {
                let of_packages: Vec<String> = there.into_iter().filter(|path| hands_on(path)).collect();
                let path = random.pick(&of_packages)?.clone();
                let word = Words::of(&self.texts, random, &path);
                let text = self.texts[&path].as_ref().expect("it is there");
                Some(vec![change(&path, rewrites::export(random, text, &word, is_rust(&path)))])
            }
            Kind::Type => {
                let word = Words::of(&self.texts, random, &path);
                let states = rewrites::typed(random, &text, &word, is_rust(&path))?;
                Some(states.into_iter().map(|text| change(&path, text)).collect())
            }
            kind => {
                let word = Words::of(&self.texts, random, &path);
                Some(vec![change(&path, rewrites::rewritten(kind, random, &text, &word, is_rust(&path))?)])
            }
        }
    }
}

fn hands_on(path: &str) -> bool {
    ["__init__.py", "mod.rs", "lib.rs", "main.rs"].iter().any(|name| path.ends_with(name))
}

/// Names of the workspace, to be written somewhere: chosen once for each edit.
#[derive(Clone, Debug)]
pub struct Words {
    /// Of another file, or of the same.
    pub function: String,
    pub method: String,
    pub class: String,
    /// The module of the first three, as a path of the language; as long as the file's, or its end.
    pub module: String,
    pub stem: String,
    /// An import of another file.
    pub import: String,
    pub lint: &'static str,
}

impl Words {
    fn of(texts: &Texts, random: &mut Random, path: &str) -> Words {
        let rust = is_rust(path);
        let alike: Vec<&String> =
            texts.iter().filter(|(it, text)| text.is_some() && is_rust(it) == rust).map(|(it, _)| it).collect();
        let other: &str = random.pick(&alike).map_or(path, |it| it.as_str());
        let text = texts.get(other).and_then(|text| text.as_deref()).unwrap_or_default();
        let functions: Vec<String> = functions(text, rust).into_iter().map(|item| item.name).collect();
        let types: Vec<String> = items(text, rust).into_iter().map(|item| item.name).collect();
        let types: Vec<String> = types.into_iter().filter(|it| !functions.contains(it) && !it.is_empty()).collect();
        let name = |random: &mut Random, of: &[String], other: &str| {
            random.pick(of).cloned().unwrap_or_else(|| other.to_owned())
        };
        let lines: Vec<&str> = text.lines().collect();
        let import = random.pick(&imports(text, rust)).map_or("", |line| lines[*line].trim()).to_owned();
        let lints = unsnarl::lints::ALL;
        Words {
            function: name(random, &functions, "work"),
            method: name(random, &functions, "work"),
            class: name(random, &types, "Worker"),
            module: module(random, other),
            stem: stem(other).to_owned(),
            import,
            lint: lints[random.below(lints.len())].name,
        }
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

fn module(random: &mut Random, path: &str) -> String {
    let parts: Vec<&str> = path.split(['/', '.']).collect();
    let parts = &parts[..parts.len() - 1];
    let parts: Vec<&str> =
        parts.iter().copied().filter(|part| !["__init__", "mod", "lib", "main", "src"].contains(part)).collect();
    if parts.is_empty() {
        return stem(path).to_owned();
    }
    let from = random.below(parts.len());
    parts[from..].join(if is_rust(path) { "::" } else { "." })
}

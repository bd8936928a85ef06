//! Functions that the configuration speaks of: which functions of the project and of libraries its paths mean.
//!
//! Says what they are; what follows for a call is said where calls are linked.

use crate::catalogue::{FunctionId, Language};
use crate::flow::Program;
use crate::flow::ids::{At, Func, ModuleId, UnitRef};
use crate::flow::layout::{NamedFunction, NamedRole};
use crate::flow::naming::names::Name;
use crate::flow::naming::scope::separator;
use crate::flow::types::{Callee, Eval, Type};
use crate::model::{FnId, UnitId, ValueId, ValueKind};
use crate::text::FileId;
use rustc_hash::FxHashSet;

/// What is said of which functions.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Named {
    project: FxHashSet<(Func, NamedRole)>,
    library: FxHashSet<(FunctionId, NamedRole)>,
    /// Functions of libraries of which nothing else is known.
    paths: FxHashSet<(Name, NamedRole)>,
    /// Entries of the layout that name nothing, by number.
    unknown: Vec<usize>,
}

impl Named {
    pub fn is_empty(&self) -> bool {
        self.project.is_empty() && self.library.is_empty() && self.paths.is_empty()
    }

    /// Finds what each path means.
    pub fn of(program: &Program) -> Named {
        let mut named = Named::default();
        let mut eval = Eval::new(program);
        for (at, entry) in program.layout.named.iter().enumerate() {
            if !named.add(&mut eval, entry) {
                named.unknown.push(at);
            }
        }
        named
    }

    /// Whether the path of an entry leads to something.
    fn add(&mut self, eval: &mut Eval, entry: &NamedFunction) -> bool {
        let program = eval.program;
        let mut is_found = false;
        for ty in meanings(eval, &entry.path) {
            if let Type::LibraryPath(path) = ty {
                is_found |= self.paths.insert((path, entry.role));
                continue;
            }
            for target in eval.targets(&ty).targets {
                is_found |= match target.callee {
                    Callee::Project(func) => self.project.insert((func, entry.role)),
                    Callee::Library(id) => self.library.insert((id, entry.role)),
                    Callee::Class(class) => {
                        let init = program.member_def(class, program.names.intern("__init__"));
                        let init = init.and_then(|def| program.function_of_def(def));
                        init.is_some_and(|func| self.project.insert((func, entry.role)))
                    }
                };
            }
        }
        is_found
    }

    /// Whether something is said of what a call calls.
    pub fn has(&self, callee: Callee, role: NamedRole) -> bool {
        match callee {
            Callee::Project(func) => self.project.contains(&(func, role)),
            Callee::Library(id) => self.library.contains(&(id, role)),
            Callee::Class(_) => false,
        }
    }

    /// As [`Named::has`], of a path into a library.
    pub fn has_path(&self, path: Name, role: NamedRole) -> bool {
        self.paths.contains(&(path, role))
    }
}

/// What stands at a path: in each crate or root that has it, else in a library.
fn meanings(eval: &mut Eval, path: &str) -> Vec<Type> {
    if path.contains("::") { rust_meanings(eval, path) } else { python_meaning(eval, path).into_iter().collect() }
}

fn python_meaning(eval: &mut Eval, path: &str) -> Option<Type> {
    let program = eval.program;
    let mut segments = path.split('.').map(|segment| program.names.intern(segment));
    let first = segments.next()?;
    let Some(mut module) = program.modules.python_top(first).or_else(|| program.modules.python_loose(first)) else {
        return library(eval, Language::Python, path);
    };
    let mut found: Option<Type> = None;
    for segment in segments {
        found = Some(match found {
            Some(ty) => member(eval, &ty, segment)?,
            None => match program.modules.child(module, segment) {
                Some(child) => {
                    module = child;
                    continue;
                }
                None => eval.entity(program.in_module(module, segment).into_iter().next()?),
            },
        });
    }
    found
}

fn rust_meanings(eval: &mut Eval, path: &str) -> Vec<Type> {
    let program = eval.program;
    let (first, rest) = path.split_once("::").expect("the path has a separator");
    let crates: Vec<ModuleId> = program
        .layout
        .crates
        .iter()
        .enumerate()
        .filter(|(_, krate)| first == "crate" || krate.name == first)
        .filter_map(|(index, _)| program.modules.root_of_crate(index))
        .collect();
    if crates.is_empty() {
        return library(eval, Language::Rust, path).into_iter().collect();
    }
    let mut types = Vec::new();
    for root in crates {
        let (entities, rest) = program.rust_path_in(root, &format!("crate::{rest}"));
        for entity in entities {
            let start = Some(eval.entity(entity));
            let ty = rest.iter().fold(start, |ty, segment| member(eval, &ty?, program.names.intern(segment)));
            types.extend(ty);
        }
    }
    types
}

/// A method of a class, or of the object that a module's name holds.
fn member(eval: &mut Eval, base: &Type, name: Name) -> Option<Type> {
    let unit = UnitRef { file: FileId(0), unit: UnitId::MODULE };
    let found = eval.attribute(base, name, At { unit, value: ValueId::NONE });
    (!found.is_unknown()).then_some(found)
}

/// A function of a library; of one that is not known in full it may be there.
fn library(eval: &mut Eval, language: Language, path: &str) -> Option<Type> {
    let program = eval.program;
    let root = path.split(separator(language)).next().unwrap_or_default();
    let found = eval.library_value(language, program.names.intern(path));
    let is_unknown = matches!(found, Type::LibraryPath(_)) && program.catalogue.is_complete(language, root);
    (!is_unknown).then_some(found)
}

impl Program {
    /// Whether the configuration says something of what a call calls.
    pub(crate) fn is_named(&self, callee: Callee, role: NamedRole) -> bool {
        !self.named.is_empty() && self.named.has(callee, role)
    }

    /// Entries of the configuration that name nothing.
    pub fn unknown_names(&self) -> impl Iterator<Item = &NamedFunction> {
        self.named.unknown.iter().map(|at| &self.layout.named[*at])
    }

    /// The paths of all functions of the project, as a configuration writes them.
    pub fn function_paths(&self) -> impl Iterator<Item = String> + '_ {
        let functions = self.units().filter(|unit| unit.unit != UnitId::MODULE);
        functions.filter_map(|unit| {
            let module = self.modules.of_file(unit.file)?;
            let name = self.function_name(Func { file: unit.file, unit: unit.unit, id: FnId::OWN });
            Some(format!("{}{}{name}", self.modules.get(module).path, separator(self.language(unit.file))))
        })
    }
}

impl Eval<'_> {
    /// Whether the configuration says something of the function that a decorator is, or of what the call that makes it
    /// calls.
    pub(crate) fn is_named_decorator(&mut self, at: At, role: NamedRole) -> bool {
        if self.program.named.is_empty() {
            return false;
        }
        let callee = match self.program.unit(at.unit).value(at.value).kind {
            ValueKind::Call { callee, .. } => At { unit: at.unit, value: callee },
            _ => at,
        };
        let is_path = self.library_path(callee).is_some_and(|path| self.program.named.has_path(path, role));
        let made_by = self.resolve(at).targets;
        let ty = self.value(at);
        let itself = self.targets(&ty).targets;
        is_path || made_by.iter().chain(&itself).any(|target| self.program.is_named(target.callee, role))
    }
}

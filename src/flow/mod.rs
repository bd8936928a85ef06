//! Links the facts of all files into one program and answers the lints' questions about it.
//!
//! Knows no syntax and no library by name; judges nothing.
//!
//! In the order of work: [`naming`] says what names mean, [`relations`] what belongs to what, [`types`] and [`values`]
//! what values are and what calls call; [`linking`] draws each function's edges and events, in the [`contexts`] of
//! their stretches; [`reach`] carries events up to the async functions that reach them; [`fates`], [`held`] and
//! [`runtime`] answer single questions.

mod certainty;
mod changes;
mod contexts;
pub mod fates;
mod file;
pub mod held;
mod ids;
mod layout;
mod linking;
mod naming;
mod numbers;
mod reach;
mod relations;
mod rules;
mod runtime;
mod stop;
pub mod types;
pub mod values;

pub use certainty::Certainty;
pub use changes::NewFacts;
pub use contexts::context::Kept;
pub use contexts::param_tests::{Guard, GuardTest, Guards};
pub use fates::creations::Made;
pub use fates::sizes::{AttributeSize, Size, Work};
pub use file::File;
pub use ids::{At, Def, Func, ModuleId, UnitRef};
pub use layout::{Crate, CrateKind, Layout, NamedFunction, NamedRole, ProjectFile, Role};
pub use linking::links::{Edge, EdgeKind, EffectCall, Event, EventSource, FunctionLinks, UnitLinks};
pub use linking::remarks::Remark;
pub use naming::names::Name;
pub use naming::scope::Entity;
pub use reach::carry::Doubt;
pub use reach::repeats::{Again, Repeats, Why};
pub use reach::roots::{Caller, Reach};
pub use reach::runners::{Runner, Runners};
pub use reach::summary::{Group, Reached, Step, StepKind, Witness};
pub use reach::ways::{Onward, Ways};
pub use relations::decorations::{Decorations, PlainDecorator};
pub use rules::Rule;
pub use stop::{Stop, Stopped};
pub use values::amounts::Amount;

use crate::catalogue::{Catalogue, FunctionId, Item, Language, TypeId};
use crate::model::{DefId, Definition, Function, Unit, UnitId};
use crate::text::{FileId, Span, Sym};
use changes::{Key, Pending, Reads};
use naming::names::{Names, SharedMap};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Arc, OnceLock};
use types::{Eval, Nominal};

/// What users say of their own code, beside catalogue entries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assumptions {
    /// Functions marked as not blocking: their file and the text that the mark covers.
    pub non_blocking: Vec<(String, Span)>,
    /// A constant timeout below this many seconds makes a wait brief.
    pub brief_below: Option<f64>,
    /// A rule that is left out, to see what it keeps silent.
    pub without: Option<Rule>,
}

/// A linked program.
#[derive(Debug)]
pub struct Program {
    files: Vec<File>,
    pub layout: Layout,
    pub catalogue: Arc<Catalogue>,
    assumptions: Assumptions,
    names: Names,
    modules: naming::modules::Modules,
    relations: relations::index::Relations,
    /// By file, then by unit.
    links: Vec<Vec<UnitLinks>>,
    makers: reach::makers::Makers,
    /// By file, then by unit.
    shares: Vec<Vec<reach::shares::Share>>,
    summaries: reach::summary::Summaries,
    roots: reach::roots::Roots,
    /// Read backwards once somebody asks.
    runners: OnceLock<Runners>,
    /// Functions covered by a mark, and its number among the assumptions.
    marks: FxHashMap<Func, usize>,
    named: relations::named::Named,

    /// Who read what, for a program that is to be changed.
    reads: Option<Reads>,
    pending: Option<Pending>,

    mros: SharedMap<Def, Arc<Vec<Nominal>>>,
    held: SharedMap<(Def, Name), Arc<Vec<Func>>>,
    answers: SharedMap<types::Question, types::Answer>,
    items: SharedMap<(Language, Name), Option<Item>>,
    paths: SharedMap<(Name, Name), Name>,
    methods: SharedMap<(TypeId, Name), Option<FunctionId>>,
    decorated: SharedMap<Def, Arc<Decorations>>,
}

impl Program {
    /// Links files, which come in the order of their paths.
    pub fn link(
        files: Vec<ProjectFile>,
        layout: Layout,
        catalogue: Arc<Catalogue>,
        assumptions: Assumptions,
        stop: &Stop,
    ) -> Result<Program, Stopped> {
        Program::link_noting(files, layout, catalogue, assumptions, None, stop)
    }

    /// As [`Program::link`], for a program that is going to be changed: it notes who reads what, which takes memory.
    pub fn link_to_change(
        files: Vec<ProjectFile>,
        layout: Layout,
        catalogue: Arc<Catalogue>,
        assumptions: Assumptions,
        stop: &Stop,
    ) -> Result<Program, Stopped> {
        Program::link_noting(files, layout, catalogue, assumptions, Some(Reads::default()), stop)
    }

    fn link_noting(
        files: Vec<ProjectFile>,
        layout: Layout,
        catalogue: Arc<Catalogue>,
        assumptions: Assumptions,
        reads: Option<Reads>,
        stop: &Stop,
    ) -> Result<Program, Stopped> {
        stop.check()?;
        let names = Names::default();
        let files: Vec<File> =
            files.into_par_iter().enumerate().map(|(at, file)| File::new(FileId(at as u32), file, &names)).collect();
        stop.check()?;
        let modules = naming::modules::Modules::link(&files, &layout, &names);
        let mut program = Program {
            files,
            layout,
            catalogue,
            assumptions,
            names,
            modules,
            relations: relations::index::Relations::default(),
            links: Vec::new(),
            makers: reach::makers::Makers::default(),
            shares: Vec::new(),
            summaries: reach::summary::Summaries::default(),
            roots: reach::roots::Roots::default(),
            runners: OnceLock::new(),
            marks: FxHashMap::default(),
            named: relations::named::Named::default(),
            pending: reads.is_some().then(Pending::default),
            reads,
            mros: SharedMap::default(),
            held: SharedMap::default(),
            answers: SharedMap::default(),
            items: SharedMap::default(),
            paths: SharedMap::default(),
            methods: SharedMap::default(),
            decorated: SharedMap::default(),
        };
        program.index_relations();
        program.mark_functions();
        program.name_functions();
        stop.check()?;
        program.links = program.link_units(stop)?;
        program.makers = reach::makers::Makers::of(&program);
        program.shares = program.all_shares(stop)?;
        program.run_passes(stop)?;
        Ok(program)
    }

    /// What takes all units together; gives what it said before.
    fn run_passes(&mut self, stop: &Stop) -> Result<(reach::roots::Roots, reach::summary::Summaries), Stopped> {
        stop.check()?;
        let summarise = || {
            let reading = self.begin_reading();
            let summaries = reach::summary::Summaries::of(self, stop)?;
            reading.keep(Key::Passes);
            Ok(summaries)
        };
        let (roots, summaries) = rayon::join(|| reach::roots::Roots::of(self), summarise);
        let summaries = summaries?;
        let before = (std::mem::replace(&mut self.roots, roots), std::mem::replace(&mut self.summaries, summaries));
        Ok(before)
    }

    fn link_one(&self, eval: &mut Eval, unit: UnitRef) -> UnitLinks {
        let reading = self.begin_reading();
        let links = linking::link::link_unit(eval, unit);
        reading.keep(Key::Links(unit));
        links
    }

    fn link_units(&self, stop: &Stop) -> Result<Vec<Vec<UnitLinks>>, Stopped> {
        (0..self.files.len() as u32)
            .into_par_iter()
            .map(|file| {
                stop.check()?;
                let file = FileId(file);
                if self.file(file).role == Role::Dependency {
                    return Ok(Vec::new());
                }
                let mut eval = Eval::new(self);
                let units = self.count_units(file);
                Ok((0..units).map(|unit| self.link_one(&mut eval, UnitRef { file, unit: UnitId(unit) })).collect())
            })
            .collect()
    }

    /// Whether a rule is applied.
    pub fn applies(&self, rule: Rule) -> bool {
        self.assumptions.without != Some(rule)
    }

    fn mark_functions(&mut self) {
        let mut marks = FxHashMap::default();
        for (at, (path, span)) in self.assumptions.non_blocking.iter().enumerate() {
            let Ok(file) = self.files.binary_search_by(|file| file.path.as_str().cmp(path)) else {
                continue;
            };
            for (unit_at, unit) in self.files[file].facts().units.iter().enumerate().skip(1) {
                if span.contains(unit.span) {
                    let func =
                        Func { file: FileId(file as u32), unit: UnitId(unit_at as u32), id: crate::model::FnId::OWN };
                    marks.insert(func, at);
                }
            }
        }
        self.marks = marks;
    }

    /// Reads what the configuration says of functions. What was answered before did not know of it.
    fn name_functions(&mut self) {
        if !self.layout.named.is_empty() {
            let reads = self.reads.take();
            self.named = relations::named::Named::of(self);
            self.reads = reads;
            self.mros = SharedMap::default();
            self.answers = SharedMap::default();
            self.decorated = SharedMap::default();
        }
    }

    /// Which of the marks in [`Assumptions::non_blocking`] cut a call, by number.
    pub fn marks_that_cut(&self) -> FxHashSet<usize> {
        self.functions_with_links().flat_map(|(_, links)| links.cut_by.iter().copied()).collect()
    }

    /// All files, in the order of their paths.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The file of an id.
    pub fn file(&self, id: FileId) -> &File {
        self.read(Key::Outline(id));
        &self.files[id.0 as usize]
    }

    /// The ids of all files.
    pub fn file_ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len() as u32).map(FileId)
    }

    /// The facts of a unit.
    pub fn unit(&self, unit: UnitRef) -> &Unit {
        self.read(Key::Unit(unit));
        self.files[unit.file.0 as usize].facts().unit(unit.unit)
    }

    /// The facts of a module's own code.
    pub(crate) fn module_unit(&self, file: FileId) -> &Unit {
        self.unit(UnitRef { file, unit: UnitId::MODULE })
    }

    /// How many units a file has.
    fn count_units(&self, file: FileId) -> u32 {
        self.files[file.0 as usize].facts().units.len() as u32
    }

    /// The facts of a function.
    pub fn function(&self, func: Func) -> &Function {
        self.unit(func.unit_ref()).function(func.id)
    }

    /// The outline's record of a definition.
    pub fn definition(&self, def: Def) -> &Definition {
        self.file(def.file).outline().get(def.id)
    }

    /// The definition that a function is the body of.
    pub fn def_of(&self, func: Func) -> Option<Def> {
        if func.id != crate::model::FnId::OWN {
            return None;
        }
        let id = self.unit(func.unit_ref()).def?;
        Some(Def { file: func.file, id })
    }

    /// The function that a value is evaluated in.
    pub fn function_at(&self, at: At) -> Func {
        Func { file: at.unit.file, unit: at.unit.unit, id: self.unit(at.unit).function_of(at.value) }
    }

    /// A value's span in its file.
    pub fn span(&self, at: At) -> Span {
        self.read(Key::Places(at.unit.file));
        let unit = self.unit(at.unit);
        unit.value(at.value).span.offset(unit.span.start)
    }

    /// What a unit's functions do; none for dependencies.
    pub fn links(&self, unit: UnitRef) -> Option<&UnitLinks> {
        self.read(Key::Links(unit));
        self.links.get(unit.file.0 as usize)?.get(unit.unit.0 as usize)
    }

    /// What all units under check do, in order of paths and positions; who asks is a pass over the whole program.
    fn all_links(&self) -> impl Iterator<Item = (UnitRef, &UnitLinks)> + '_ {
        self.links.iter().zip(0..).flat_map(|(links, file)| {
            let unit = move |unit: u32| UnitRef { file: FileId(file), unit: UnitId(unit) };
            links.iter().zip(0..).map(move |(links, n)| (unit(n), links))
        })
    }

    /// What a function does.
    pub fn function_links(&self, func: Func) -> Option<&FunctionLinks> {
        self.links(func.unit_ref())?.functions.get(func.id.0 as usize)
    }

    /// A unit's functions with what they do.
    pub fn functions_of(&self, unit: UnitRef) -> impl Iterator<Item = (Func, &FunctionLinks)> + '_ {
        let functions = self.links(unit).map_or(&[][..], |links| &links.functions);
        let func = move |id| Func { file: unit.file, unit: unit.unit, id: crate::model::FnId(id) };
        functions.iter().zip(0..).map(move |(links, id)| (func(id), links))
    }

    /// All functions under check with what they do, in order of paths and positions.
    pub fn functions_with_links(&self) -> impl Iterator<Item = (Func, &FunctionLinks)> + '_ {
        self.units().flat_map(|unit| self.functions_of(unit))
    }

    /// Calls in code on the loop that wait, each with its best witness; in the whole program, or in one unit.
    pub fn reached(&self, group: Group, within: Option<UnitRef>) -> Vec<Reached> {
        match within {
            None => self.summaries.reached(self, group, self.roots.on_loop()),
            Some(unit) => {
                let roots: Vec<Func> = self.on_loop_in(unit).collect();
                self.summaries.reached(self, group, &roots)
            }
        }
    }

    /// How a function comes to wait, whoever calls it.
    pub fn way_to_wait(&self, func: Func) -> Option<reach::summary::Way> {
        self.summaries.way_to_wait(self, func)
    }

    /// What makes each function run.
    pub fn runners(&self) -> &Runners {
        self.read(Key::Runners);
        self.runners.get_or_init(|| Runners::of(self))
    }

    /// All units, in order of paths and positions.
    pub(crate) fn units(&self) -> impl Iterator<Item = UnitRef> + '_ {
        self.file_ids()
            .flat_map(|file| (0..self.count_units(file)).map(move |unit| UnitRef { file, unit: UnitId(unit) }))
    }

    /// The text of one of the program's names.
    pub fn name_text(&self, name: Name) -> Arc<str> {
        self.names.text(name)
    }

    /// A module's path, for people.
    pub fn module_name(&self, module: ModuleId) -> &str {
        &self.modules.get(module).path
    }

    /// The program's name for a file's symbol.
    pub fn name(&self, file: FileId, sym: Sym) -> Name {
        self.file(file).name(sym)
    }

    /// A function's name for people: `Store.reset`, `fetch`, `main.<lambda>`.
    pub fn function_name(&self, func: Func) -> String {
        let file = self.file(func.file);
        let unit = self.unit(func.unit_ref());
        let mut name = match unit.def {
            Some(def) => self.def_name(Def { file: func.file, id: def }),
            None => String::new(),
        };
        let mut chain = Vec::new();
        let mut id = func.id;
        while id != crate::model::FnId::OWN {
            let function = unit.function(id);
            chain.push(if function.name.is_some() { file.text(function.name) } else { "" });
            id = function.parent;
        }
        for part in chain.into_iter().rev().filter(|part| !part.is_empty()) {
            if !name.is_empty() {
                name.push_str(naming::scope::separator(file.language()));
            }
            name.push_str(part);
        }
        name
    }

    /// The name of the attribute that a value reads; empty for anything else.
    pub fn attribute_read(&self, at: At) -> String {
        match self.unit(at.unit).value(at.value).kind {
            crate::model::ValueKind::Attr { name, .. } => self.file(at.unit.file).text(name).to_owned(),
            _ => String::new(),
        }
    }

    /// A definition's name with the type around it.
    pub fn def_name(&self, def: Def) -> String {
        let file = self.file(def.file);
        let definition = self.definition(def);
        let own = file.text(definition.name);
        let mut parts = vec![own.to_owned()];
        let mut parent = definition.parent;
        while parent != DefId::NONE {
            let around = file.outline().get(parent);
            match around.kind {
                crate::model::DefKind::Module => break,
                crate::model::DefKind::Impl => {
                    if let Nominal::Project(of) = match self.self_type(Def { file: def.file, id: parent }).nominal() {
                        Some(nominal) => nominal,
                        None => break,
                    } {
                        parts.push(self.file(of.file).text(self.definition(of).name).to_owned());
                    }
                    break;
                }
                _ => parts.push(file.text(around.name).to_owned()),
            }
            parent = around.parent;
        }
        parts.reverse();
        parts.join(naming::scope::separator(file.language()))
    }

    /// The language of a library's files.
    pub(crate) fn catalogue_language(&self, library: u32) -> Language {
        self.catalogue.language(library)
    }

    pub(crate) fn joined(&self, path: Name, language: Language, name: Name) -> Name {
        if let Some(known) = self.paths.get(&(path, name)) {
            return known;
        }
        let joined = self.names.join(path, naming::scope::separator(language), name);
        self.paths.insert((path, name), joined);
        joined
    }

    pub(crate) fn library_method(&self, ty: TypeId, name: Name) -> Option<FunctionId> {
        if let Some(known) = self.methods.get(&(ty, name)) {
            return known;
        }
        let found = self.catalogue.method(ty, &self.names.text(name));
        self.methods.insert((ty, name), found);
        found
    }
}

//! Linking a changed program again, where it has to be.
//!
//! In the order of work: new files take the places of old ones and say what changed of them; what was worked out from
//! that is worked out again, and passes the change on only if it comes out differently; the units that read something
//! changed are linked; then come the passes over the whole program.

use super::book::Book;
use super::keys::{Key, KeyId};
use super::shape;
use crate::catalogue::Language;
use crate::flow::file::File;
use crate::flow::ids::{Def, UnitRef};
use crate::flow::layout::{ProjectFile, Role};
use crate::flow::linking::links::UnitLinks;
use crate::flow::naming::modules::Modules;
use crate::flow::relations::decorations::Decorations;
use crate::flow::relations::index::FileIndex;
use crate::flow::relations::named::Named;
use crate::flow::types::{Answer, Eval, Nominal, Question};
use crate::flow::{Assumptions, Program, Stop, Stopped};
use crate::model::{FileFacts, UnitId};
use crate::text::FileId;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// New facts for a file that the program has.
#[derive(Clone, Debug)]
pub struct NewFacts {
    pub file: FileId,
    pub facts: Arc<FileFacts>,
}

/// What a program that is changed keeps beside what others ask for.
#[derive(Debug, Default)]
pub struct Pending {
    pub(super) book: Book,
    /// Units that are not linked yet: somebody asked to stop.
    units: FxHashSet<UnitRef>,
}

/// Something that was worked out before the change.
enum Before {
    Answer(Answer),
    Mro(Arc<Vec<Nominal>>),
    Decorations(Arc<Decorations>),
    /// Nothing is kept of it, or it is there only as long as a unit is linked.
    Nothing,
}

impl Program {
    /// Replaces the facts of some files. What does not depend on what changed is kept; afterwards the program answers
    /// as one linked anew.
    ///
    /// None if it has to be linked anew: it was not linked to be changed, or its modules are others. When it is stopped
    /// it says nothing until it was changed again, if by no files.
    pub fn change(
        &mut self,
        changed: Vec<NewFacts>,
        assumptions: Assumptions,
        stop: &Stop,
    ) -> Option<Result<(), Stopped>> {
        let mut pending = std::mem::take(&mut self.pending)?;
        pending.book.enter(self.reads.as_mut()?);
        let mut change = Change {
            program: self,
            book: &pending.book,
            changed: FxHashSet::default(),
            renumbered: FxHashSet::default(),
            other_modules: false,
        };
        for new in changed {
            change.replace(new);
        }
        if !change.keeps_modules() {
            return None;
        }
        change.settle_relations();
        let units = change.settle();
        let renumbered = change.renumbered;
        self.assumptions = assumptions;
        let marks = std::mem::take(&mut self.marks);
        self.mark_functions();
        if marks != self.marks || !renumbered.is_empty() && !self.keeps_names() {
            return None;
        }
        pending.units.retain(|unit| !renumbered.contains(&unit.file));
        pending.units.extend(units);
        for file in renumbered {
            let count = if self.files[file.0 as usize].role == Role::Dependency { 0 } else { self.count_units(file) };
            self.links[file.0 as usize] = (0..count).map(|_| UnitLinks::default()).collect();
            pending.units.extend((0..count).map(|unit| UnitRef { file, unit: UnitId(unit) }));
        }
        let linked = self.link_pending(&mut pending, stop);
        self.pending = Some(pending);
        Some(linked.and_then(|()| self.run_passes(stop)))
    }

    fn link_pending(&mut self, pending: &mut Pending, stop: &Stop) -> Result<(), Stopped> {
        let units: Vec<UnitRef> = pending.units.iter().copied().collect();
        let linked: Vec<(UnitRef, Option<UnitLinks>)> = units
            .into_par_iter()
            .map_init(|| Eval::new(self), |eval, unit| (unit, stop.check().ok().map(|()| self.link_one(eval, unit))))
            .collect();
        let mut is_done = true;
        for (unit, links) in linked {
            match links {
                Some(links) => {
                    self.links[unit.file.0 as usize][unit.unit.0 as usize] = links;
                    pending.units.remove(&unit);
                }
                None => is_done = false,
            }
        }
        if is_done { Ok(()) } else { Err(Stopped) }
    }

    /// Whether the configuration means the same functions as before.
    fn keeps_names(&mut self) -> bool {
        if self.layout.named.is_empty() {
            return true;
        }
        let before = std::mem::take(&mut self.named);
        let answers = std::mem::take(&mut self.answers);
        let decorated = std::mem::take(&mut self.decorated);
        let mros = std::mem::take(&mut self.mros);
        let reads = self.reads.take();
        self.named = Named::of(self);
        self.reads = reads;
        self.answers = answers;
        self.decorated = decorated;
        self.mros = mros;
        self.named == before
    }
}

/// One change of a program, as far as it is known what it touches.
struct Change<'p> {
    program: &'p mut Program,
    book: &'p Book,
    /// What is not as it was.
    changed: FxHashSet<KeyId>,
    /// Files whose definitions and units may have other numbers.
    renumbered: FxHashSet<FileId>,
    /// Files that may name other modules now.
    other_modules: bool,
}

impl Change<'_> {
    fn mark(&mut self, key: Key) {
        if let Some(reads) = &self.program.reads
            && let Some(id) = reads.keys.find(&key)
        {
            self.changed.insert(id);
        }
    }

    fn replace(&mut self, new: NewFacts) {
        let NewFacts { file: id, facts } = new;
        let program = &mut *self.program;
        let old = &program.files[id.0 as usize];
        let file = ProjectFile { path: old.path.clone(), role: old.role, facts };
        let new = File::new(id, file, &program.names);
        let old = std::mem::replace(&mut program.files[id.0 as usize], new);
        let new = &program.files[id.0 as usize];
        // `mod name;` and its `#[path]`, `include!`: for Python, paths alone say which modules there are.
        let has_other_code = || !shape::same_unit(&old.facts().units[0], &new.facts().units[0]);
        let is_same = is_same_outside(&old, new);
        self.other_modules |= new.language() == Language::Rust && (!is_same || has_other_code());
        if !is_same {
            self.renumbered.insert(id);
            self.changed.extend(self.book.of_file(id));
            return;
        }
        let units = old.facts().units.iter().zip(&new.facts().units).zip(0..);
        let others: Vec<u32> = units.filter(|((old, new), _)| !shape::same_unit(old, new)).map(|(_, n)| n).collect();
        let classes = differing_writes(&old.index, &new.index);
        let has_other_writes = old.index.name_writes != new.index.name_writes;
        for unit in others {
            self.mark(Key::Unit(UnitRef { file: id, unit: UnitId(unit) }));
        }
        for class in classes {
            self.mark(Key::SelfWrites(Def { file: id, id: class }));
        }
        if has_other_writes {
            self.mark(Key::NameWrites(id));
        }
    }

    fn keeps_modules(&self) -> bool {
        !self.other_modules
            || Modules::link(&self.program.files, &self.program.layout, &self.program.names) == self.program.modules
    }

    /// Asks the files again whose bases and impls may mean something else now.
    fn settle_relations(&mut self) {
        let mut files: FxHashSet<FileId> = self.renumbered.clone();
        for id in &self.changed {
            for reader in self.book.readers_of(*id) {
                if let Key::Relations(file) = self.key(*reader) {
                    files.insert(file);
                }
            }
        }
        for file in files {
            let said = self.program.relations_of(file);
            for (relation, of) in self.program.relations.replace(file, said) {
                self.mark(Key::Related(relation, of));
            }
        }
    }

    fn key(&self, id: KeyId) -> Key {
        let reads = self.program.reads.as_ref().expect("the program notes who reads what");
        reads.keys.key(id)
    }

    /// Works out again what was worked out from what changed; the units that have to be linked again.
    fn settle(&mut self) -> Vec<UnitRef> {
        let mut before: FxHashMap<KeyId, Before> = FxHashMap::default();
        let mut units: Vec<(KeyId, UnitRef)> = Vec::new();
        for id in self.book.touched_by(&self.changed) {
            match self.key(id) {
                // A unit that was there once may still be among the readers.
                Key::Links(unit) if unit.unit.0 < self.program.count_units(unit.file) => units.push((id, unit)),
                Key::Links(_) => {}
                Key::Relations(_) => {}
                key => _ = before.insert(id, self.forget(key)),
            }
        }
        // What nobody has read is forgotten too, where its numbers mean something else now.
        for file in &self.renumbered {
            for id in self.book.of_file(*file) {
                self.forget(self.key(*id));
            }
        }
        let mut settling = Settling {
            program: self.program,
            eval: Eval::new(self.program),
            book: self.book,
            changed: &self.changed,
            before,
            settled: FxHashMap::default(),
        };
        units.retain(|(id, unit)| !self.renumbered.contains(&unit.file) && settling.has_changed_readings(*id));
        units.into_iter().map(|(_, unit)| unit).collect()
    }

    fn forget(&self, key: Key) -> Before {
        let program = &*self.program;
        match key {
            Key::Answer(question) => program.answers.remove(&question).map_or(Before::Nothing, Before::Answer),
            Key::Mro(class) => program.mros.remove(&class).map_or(Before::Nothing, Before::Mro),
            Key::Decorations(def) => program.decorated.remove(&def).map_or(Before::Nothing, Before::Decorations),
            _ => Before::Nothing,
        }
    }
}

/// Whether nothing outside of units is told by other numbers or means something else.
fn is_same_outside(old: &File, new: &File) -> bool {
    let (before, now) = (old.facts(), new.facts());
    shape::is_comparable(before, now)
        && shape::same_outline(&before.outline, &now.outline)
        && shape::same_variables(&before.units[0], &now.units[0])
        && old.bindings == new.bindings
        && old.index.members == new.index.members
        && old.index.class_locals == new.index.class_locals
        && shape::order(before) == shape::order(now)
}

/// The classes whose methods write other attributes, or elsewhere.
fn differing_writes(old: &FileIndex, new: &FileIndex) -> FxHashSet<crate::model::DefId> {
    let of = |index: &FileIndex, other: &FileIndex| -> Vec<crate::model::DefId> {
        let differs = index.self_writes.iter().filter(|(key, writes)| other.self_writes.get(key) != Some(writes));
        differs.map(|((class, _), _)| *class).collect()
    };
    of(old, new).into_iter().chain(of(new, old)).collect()
}

/// Finding out what comes out differently.
struct Settling<'p> {
    program: &'p Program,
    eval: Eval<'p>,
    book: &'p Book,
    changed: &'p FxHashSet<KeyId>,
    /// What may come out differently, as it was.
    before: FxHashMap<KeyId, Before>,
    /// Whether it does.
    settled: FxHashMap<KeyId, bool>,
}

impl Settling<'_> {
    /// Whether a reader has read something that is not as it was.
    fn has_changed_readings(&mut self, reader: KeyId) -> bool {
        let book = self.book;
        book.read_by(reader).iter().any(|id| self.is_changed(*id))
    }

    fn is_changed(&mut self, id: KeyId) -> bool {
        if self.changed.contains(&id) {
            return true;
        }
        if let Some(known) = self.settled.get(&id) {
            return *known;
        }
        let Some(before) = self.before.remove(&id) else {
            return false;
        };
        // What leads back to itself is worked out again by those who ask.
        self.settled.insert(id, true);
        let is_changed = match self.has_changed_readings(id) {
            true => self.comes_out_differently(id, before),
            false => {
                self.put_back(id, before);
                false
            }
        };
        self.settled.insert(id, is_changed);
        is_changed
    }

    fn key(&self, id: KeyId) -> Key {
        let reads = self.program.reads.as_ref().expect("the program notes who reads what");
        reads.keys.key(id)
    }

    fn put_back(&self, id: KeyId, before: Before) {
        let program = self.program;
        match (self.key(id), before) {
            (Key::Answer(question), Before::Answer(answer)) => program.answers.insert(question, answer),
            (Key::Mro(class), Before::Mro(order)) => program.mros.insert(class, order),
            (Key::Decorations(def), Before::Decorations(known)) => program.decorated.insert(def, known),
            _ => {}
        }
    }

    fn comes_out_differently(&mut self, id: KeyId, before: Before) -> bool {
        let program = self.program;
        self.eval.forget_values();
        match (self.key(id), before) {
            (Key::Answer(question), Before::Answer(before)) => {
                match question {
                    Question::Value(_) => return true,
                    Question::Return(func) => _ = self.eval.returned(func),
                    Question::Attribute(Nominal::Project(class), name) => {
                        self.eval.written_attribute(class, name);
                    }
                    Question::Attribute(..) => return true,
                    Question::Variable(file, local) => _ = self.eval.variable(file, local),
                }
                program.answers.get(&question).as_ref() != Some(&before)
            }
            (Key::Mro(class), Before::Mro(before)) => program.mro(class) != before,
            (Key::Decorations(def), Before::Decorations(before)) => program.decorations(def) != before,
            _ => true,
        }
    }
}

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
use crate::flow::ids::{Def, Func, UnitRef};
use crate::flow::layout::{ProjectFile, Role};
use crate::flow::linking::links::UnitLinks;
use crate::flow::naming::modules::Modules;
use crate::flow::reach::shares::Share;
use crate::flow::relations::decorations::Decorations;
use crate::flow::relations::index::FileIndex;
use crate::flow::relations::named::Named;
use crate::flow::types::{Answer, Eval, Nominal, Question};
use crate::flow::{Assumptions, Program, Stop, Stopped};
use crate::model::{FileFacts, UnitId};
use crate::text::FileId;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Arc, OnceLock};

/// New facts for a file that the program has.
#[derive(Clone, Debug)]
pub struct NewFacts {
    pub file: FileId,
    pub facts: Arc<FileFacts>,
}

/// What a program that is changed keeps beside what others ask for.
#[derive(Debug, Default)]
pub struct Pending {
    book: Book,
    /// Units that are not linked yet: somebody asked to stop.
    units: FxHashSet<UnitRef>,
    /// Units whose shares are not worked out yet.
    shares: FxHashSet<UnitRef>,
    /// Whether the passes over the whole program have to be done again.
    passes: bool,
    /// Units of which lints may say something else.
    unjudged: FxHashSet<UnitRef>,
}

/// Something that was worked out before the change.
enum Before {
    Answer(Answer),
    Mro(Arc<Vec<Nominal>>),
    Decorations(Arc<Decorations>),
    Held(Arc<Vec<Func>>),
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
        let mut changes = Changes::default();
        for new in changed {
            self.replace(&pending.book, new, &mut changes);
        }
        if changes.other_modules && Modules::link(&self.files, &self.layout, &self.names) != self.modules {
            return None;
        }
        self.settle_relations(&pending.book, &mut changes);
        let touched = self.settle(&pending.book, &mut changes, Stage::Units);
        pending.units.extend(touched.units);
        self.assumptions = assumptions;
        let marks = std::mem::take(&mut self.marks);
        self.mark_functions();
        if marks != self.marks || !changes.renumbered.is_empty() && !self.keeps_names() {
            return None;
        }
        for file in changes.renumbered.iter().copied().collect::<Vec<_>>() {
            self.renumber(file, &mut pending, &mut changes);
        }
        let linked = self.link_pending(&mut pending, &mut changes, stop);
        let touched = self.settle(&pending.book, &mut changes, Stage::Passes);
        pending.shares.extend(touched.shares);
        pending.passes |= touched.passes;
        let shared = linked.and_then(|()| self.share_pending(&mut pending, &mut changes, stop));
        let done = shared.and_then(|()| self.pass_pending(&mut pending, &mut changes, stop));
        match done {
            Ok(()) => pending.unjudged.extend(self.settle(&pending.book, &mut changes, Stage::Lints).judgements),
            Err(Stopped) => {
                let touched = pending.book.touched_by(&changes.changed).into_iter().map(|id| self.key(id));
                pending.unjudged.extend(touched.filter_map(|key| match key {
                    Key::Judgement(unit) => Some(unit),
                    _ => None,
                }));
            }
        }
        self.pending = Some(pending);
        Some(done)
    }

    /// The units of which lints may say something else, since this was asked the last time.
    pub fn take_unjudged(&mut self) -> FxHashSet<UnitRef> {
        self.pending.as_mut().map(|pending| std::mem::take(&mut pending.unjudged)).unwrap_or_default()
    }

    /// The passes over the whole program, if anything is new for them.
    fn pass_pending(&mut self, pending: &mut Pending, changes: &mut Changes, stop: &Stop) -> Result<(), Stopped> {
        if !pending.passes {
            return Ok(());
        }
        let (roots, summaries) = self.run_passes(stop)?;
        pending.passes = false;
        self.runners = OnceLock::new();
        self.mark(Key::Runners, changes);
        if self.roots.nests_otherwise(&roots) {
            self.mark(Key::Nesting, changes);
        }
        for func in self.roots.differing(&roots, self) {
            self.mark(Key::Reached(func), changes);
        }
        for func in self.summaries.differing(&summaries) {
            self.mark(Key::Reaches(func), changes);
        }
        Ok(())
    }

    /// A file whose definitions and units have other numbers now is linked as if it were new.
    fn renumber(&mut self, file: FileId, pending: &mut Pending, changes: &mut Changes) {
        let count = if self.files[file.0 as usize].role == Role::Dependency { 0 } else { self.count_units(file) };
        let units = || (0..count).map(|unit| UnitRef { file, unit: UnitId(unit) });
        let links = units().map(|_| UnitLinks::default()).collect();
        let before = std::mem::replace(&mut self.links[file.0 as usize], links);
        for (links, unit) in before.iter().zip(0..) {
            let unit = UnitRef { file, unit: UnitId(unit) };
            for class in self.makers.replace(unit, links, &UnitLinks::default()) {
                self.mark(Key::Made(class), changes);
            }
        }
        self.shares[file.0 as usize] = units().map(|_| Share::default()).collect();
        pending.unjudged.extend((0..before.len() as u32).map(|unit| UnitRef { file, unit: UnitId(unit) }));
        pending.unjudged.extend(units());
        pending.units.retain(|unit| unit.file != file);
        pending.shares.retain(|unit| unit.file != file);
        pending.units.extend(units());
        pending.shares.extend(units());
        pending.passes = true;
    }

    fn link_pending(&mut self, pending: &mut Pending, changes: &mut Changes, stop: &Stop) -> Result<(), Stopped> {
        let units: Vec<UnitRef> = pending.units.iter().copied().collect();
        let linked: Vec<(UnitRef, Option<UnitLinks>)> = units
            .into_par_iter()
            .map_init(|| Eval::new(self), |eval, unit| (unit, stop.check().ok().map(|()| self.link_one(eval, unit))))
            .collect();
        for (unit, links) in linked {
            let Some(links) = links else {
                continue;
            };
            pending.units.remove(&unit);
            let known = &mut self.links[unit.file.0 as usize][unit.unit.0 as usize];
            if *known == links {
                continue;
            }
            let before = std::mem::replace(known, links);
            let now = &self.links[unit.file.0 as usize][unit.unit.0 as usize];
            pending.passes = true;
            for class in self.makers.replace(unit, &before, now) {
                self.mark(Key::Made(class), changes);
            }
            self.mark(Key::Links(unit), changes);
        }
        if pending.units.is_empty() { Ok(()) } else { Err(Stopped) }
    }

    fn share_pending(&mut self, pending: &mut Pending, changes: &mut Changes, stop: &Stop) -> Result<(), Stopped> {
        let units: Vec<UnitRef> = pending.shares.iter().copied().collect();
        let shared: Vec<(UnitRef, Option<Share>)> = units
            .into_par_iter()
            .map_init(|| Eval::new(self), |eval, unit| (unit, stop.check().ok().map(|()| self.share_of(eval, unit))))
            .collect();
        for (unit, share) in shared {
            if let Some(share) = share {
                let known = &mut self.shares[unit.file.0 as usize][unit.unit.0 as usize];
                pending.shares.remove(&unit);
                if *known != share {
                    *known = share;
                    pending.passes = true;
                    self.mark(Key::Share(unit), changes);
                }
            }
        }
        if pending.shares.is_empty() { Ok(()) } else { Err(Stopped) }
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
#[derive(Default)]
struct Changes {
    /// What is not as it was.
    changed: FxHashSet<KeyId>,
    /// Files whose definitions and units may have other numbers.
    renumbered: FxHashSet<FileId>,
    /// Whether files may name other modules now.
    other_modules: bool,
    /// What may come out differently, as it was.
    before: FxHashMap<KeyId, Before>,
    /// Whether it does.
    settled: FxHashMap<KeyId, bool>,
}

/// What has to be worked out again.
#[derive(Default)]
struct Touched {
    units: Vec<UnitRef>,
    shares: Vec<UnitRef>,
    passes: bool,
    judgements: Vec<UnitRef>,
}

/// What is to be worked out again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// What units do.
    Units,
    /// What follows from that for the passes over the whole program.
    Passes,
    /// What lints say.
    Lints,
}

impl Program {
    fn mark(&self, key: Key, changes: &mut Changes) {
        if let Some(reads) = &self.reads
            && let Some(id) = reads.keys.find(&key)
        {
            changes.changed.insert(id);
        }
    }

    fn key(&self, id: KeyId) -> Key {
        self.reads.as_ref().expect("the program notes who reads what").keys.key(id)
    }

    fn replace(&mut self, book: &Book, new: NewFacts, changes: &mut Changes) {
        let NewFacts { file: id, facts } = new;
        let old = &self.files[id.0 as usize];
        let file = ProjectFile { path: old.path.clone(), role: old.role, facts };
        let new = File::new(id, file, &self.names);
        let old = std::mem::replace(&mut self.files[id.0 as usize], new);
        let new = &self.files[id.0 as usize];
        // `mod name;` and its `#[path]`, `include!`: for Python, paths alone say which modules there are.
        let has_other_code = || !shape::same_unit(&old.facts().units[0], &new.facts().units[0]);
        let is_same = is_same_outside(&old, new);
        changes.other_modules |= new.language() == Language::Rust && (!is_same || has_other_code());
        self.mark(Key::Places(id), changes);
        if !is_same {
            changes.renumbered.insert(id);
            changes.changed.extend(book.of_file(id));
            return;
        }
        let units = old.facts().units.iter().zip(&new.facts().units).zip(0..);
        for (_, unit) in units.filter(|((old, new), _)| !shape::same_unit(old, new)) {
            self.mark(Key::Unit(UnitRef { file: id, unit: UnitId(unit) }), changes);
        }
        for class in differing_writes(&old.index, &new.index) {
            self.mark(Key::SelfWrites(Def { file: id, id: class }), changes);
        }
        if old.index.name_writes != new.index.name_writes {
            self.mark(Key::NameWrites(id), changes);
        }
    }

    /// Asks the files again whose bases and impls may mean something else now.
    fn settle_relations(&mut self, book: &Book, changes: &mut Changes) {
        let mut files: FxHashSet<FileId> = changes.renumbered.clone();
        for reader in changes.changed.iter().flat_map(|id| book.readers_of(*id)) {
            if let Key::Relations(file) = self.key(*reader) {
                files.insert(file);
            }
        }
        for file in files {
            let said = self.relations_of(file);
            for (relation, of) in self.relations.replace(file, said) {
                self.mark(Key::Related(relation, of), changes);
            }
        }
    }

    /// Works out again what was worked out from what changed; what reads that has to be done again.
    fn settle(&self, book: &Book, changes: &mut Changes, stage: Stage) -> Touched {
        let mut readers: Vec<(KeyId, Key)> = Vec::new();
        for id in book.touched_by(&changes.changed) {
            match self.key(id) {
                // A unit that was there once may still be among the readers.
                Key::Links(unit) | Key::Share(unit) | Key::Judgement(unit)
                    if unit.unit.0 >= self.count_units(unit.file) => {}
                Key::Links(_) if stage == Stage::Units => readers.push((id, self.key(id))),
                key @ (Key::Share(_) | Key::Passes) if stage == Stage::Passes => readers.push((id, key)),
                Key::Judgement(_) if stage == Stage::Lints => readers.push((id, self.key(id))),
                Key::Links(_) | Key::Share(_) | Key::Passes | Key::Judgement(_) | Key::Relations(_) => {}
                // They depend on what units do.
                Key::Held(..) if stage == Stage::Units => {}
                key if !changes.settled.contains_key(&id) && !changes.before.contains_key(&id) => {
                    changes.before.insert(id, self.forget(key));
                }
                _ => {}
            }
        }
        // What nobody has read is forgotten too, where its numbers mean something else now.
        for file in changes.renumbered.iter().filter(|_| stage == Stage::Units) {
            for id in book.of_file(*file) {
                self.forget(self.key(*id));
            }
        }
        let mut settling = Settling { program: self, eval: Eval::new(self), book, changes };
        let mut touched = Touched::default();
        for (id, key) in readers {
            if !settling.has_changed_readings(id) {
                continue;
            }
            match key {
                Key::Links(unit) => touched.units.push(unit),
                Key::Share(unit) => touched.shares.push(unit),
                Key::Judgement(unit) => touched.judgements.push(unit),
                _ => touched.passes = true,
            }
        }
        touched
    }

    fn forget(&self, key: Key) -> Before {
        match key {
            Key::Answer(question) => self.answers.remove(&question).map_or(Before::Nothing, Before::Answer),
            Key::Mro(class) => self.mros.remove(&class).map_or(Before::Nothing, Before::Mro),
            Key::Decorations(def) => self.decorated.remove(&def).map_or(Before::Nothing, Before::Decorations),
            Key::Held(class, field) => self.held.remove(&(class, field)).map_or(Before::Nothing, Before::Held),
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
    changes: &'p mut Changes,
}

impl Settling<'_> {
    /// Whether a reader has read something that is not as it was.
    fn has_changed_readings(&mut self, reader: KeyId) -> bool {
        let book = self.book;
        book.read_by(reader).iter().any(|id| self.is_changed(*id))
    }

    fn is_changed(&mut self, id: KeyId) -> bool {
        if self.changes.changed.contains(&id) {
            return true;
        }
        if let Some(known) = self.changes.settled.get(&id) {
            return *known;
        }
        let Some(before) = self.changes.before.remove(&id) else {
            return false;
        };
        // What leads back to itself is worked out again by those who ask.
        self.changes.settled.insert(id, true);
        let is_changed = match self.has_changed_readings(id) {
            true => self.comes_out_differently(id, before),
            false => {
                self.put_back(id, before);
                false
            }
        };
        self.changes.settled.insert(id, is_changed);
        is_changed
    }

    fn put_back(&self, id: KeyId, before: Before) {
        let program = self.program;
        match (self.program.key(id), before) {
            (Key::Answer(question), Before::Answer(answer)) => program.answers.insert(question, answer),
            (Key::Mro(class), Before::Mro(order)) => program.mros.insert(class, order),
            (Key::Decorations(def), Before::Decorations(known)) => program.decorated.insert(def, known),
            (Key::Held(class, field), Before::Held(known)) => program.held.insert((class, field), known),
            _ => {}
        }
    }

    fn comes_out_differently(&mut self, id: KeyId, before: Before) -> bool {
        let program = self.program;
        self.eval.forget_values();
        match (self.program.key(id), before) {
            (Key::Answer(question), Before::Answer(before)) => {
                match question {
                    Question::Value(_) => return true,
                    // A function inside another may be gone while what is outside of units is as it was.
                    Question::Return(func) if func.id.0 as usize >= program.unit(func.unit_ref()).functions.len() => {
                        return true;
                    }
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
            (Key::Held(class, field), Before::Held(before)) => program.held_functions(class, field) != before,
            _ => true,
        }
    }
}

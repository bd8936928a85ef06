//! A file of a linked program: its facts, its names as the program's, and what it says without looking elsewhere.
//!
//! Who comes by [`crate::flow::Program`] to what is in here is noted as its reader; see [`crate::flow::changes`].

use crate::catalogue::Language;
use crate::flow::layout::{ProjectFile, Role};
use crate::flow::naming::names::{Name, Names};
use crate::flow::naming::scope::{Bindings, bindings};
use crate::flow::relations::index::FileIndex;
use crate::model::{FileFacts, LocalId, Outline, UnitId};
use crate::text::{FileId, Sym};
use std::sync::Arc;

/// A file of a linked program.
#[derive(Debug)]
pub struct File {
    pub path: String,
    pub role: Role,
    facts: Arc<FileFacts>,
    names: Vec<Name>,
    pub(super) bindings: Bindings,
    pub(super) index: FileIndex,
}

impl File {
    pub(super) fn new(id: FileId, file: ProjectFile, names: &Names) -> File {
        let facts = file.facts;
        let ids = (0..facts.strings.len() as u32).map(|at| names.intern(facts.text(Sym(at)))).collect();
        let mut linked = File {
            path: file.path,
            role: file.role,
            facts,
            names: ids,
            bindings: Bindings::default(),
            index: FileIndex::default(),
        };
        linked.bindings = bindings(&linked);
        linked.index = FileIndex::of(id, &linked);
        linked
    }

    /// Imports, definitions, signatures.
    pub fn outline(&self) -> &Outline {
        &self.facts.outline
    }

    pub fn language(&self) -> Language {
        self.facts.dialect.language()
    }

    pub fn text(&self, sym: Sym) -> &str {
        self.facts.text(sym)
    }

    /// The program's name for a symbol of the file.
    pub(super) fn name(&self, sym: Sym) -> Name {
        if sym.is_none() { Name::NONE } else { self.names[sym.0 as usize] }
    }

    /// Where a variable of the module is first bound, in bytes of the file; only the order of such places counts.
    pub(super) fn place_of_variable(&self, local: LocalId) -> u32 {
        self.facts.unit(UnitId::MODULE).local(local).span.start
    }

    /// All facts, units included, past the notes of who reads them.
    pub(super) fn facts(&self) -> &Arc<FileFacts> {
        &self.facts
    }
}

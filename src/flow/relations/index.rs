//! What belongs to what: members of classes, writes of `self.x`, implementations, subclasses.

use crate::catalogue::{Language, TyId};
use crate::flow::Program;
use crate::flow::changes::Key;
use crate::flow::file::File;
use crate::flow::ids::{At, Def, Func, UnitRef};
use crate::flow::naming::names::Name;
use crate::flow::types::{Nominal, Type};
use crate::model::{Access, DefId, DefKind, FnId, LocalId, LocalKind, UnitId, ValueId, ValueKind};
use crate::text::FileId;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::sync::Arc;

/// What one file says on its own of its classes and their members; needs no resolution.
#[derive(Debug, Default)]
pub struct FileIndex {
    /// Definitions inside a class, trait, impl, enum or inline module.
    pub(in crate::flow) members: FxHashMap<(DefId, Name), Vec<Def>>,
    /// Variables of a class body.
    pub(in crate::flow) class_locals: FxHashMap<(DefId, Name), Vec<(FileId, LocalId)>>,
    /// Writes of an attribute of the first parameter, in the methods of a class.
    pub(in crate::flow) self_writes: FxHashMap<(DefId, Name), Vec<At>>,
    /// Writes of the module's variables from inside functions (`global`).
    pub(in crate::flow) name_writes: FxHashMap<Name, Vec<At>>,
}

impl FileIndex {
    pub(in crate::flow) fn of(id: FileId, file: &File) -> FileIndex {
        let mut index = FileIndex::default();
        let facts = file.facts();
        let outline = file.outline();
        for def_id in outline.ids() {
            let def = outline.get(def_id);
            if def.parent.is_some() && def.name.is_some() {
                let members = index.members.entry((def.parent, file.name(def.name))).or_default();
                members.push(Def { file: id, id: def_id });
            }
        }
        let classes: Vec<DefId> = outline.ids().filter(|def| outline.get(*def).kind == DefKind::Class).collect();
        let module = facts.unit(UnitId::MODULE);
        for (at, local) in module.locals.iter().enumerate() {
            if local.kind != LocalKind::ClassMember {
                continue;
            }
            let innermost = classes
                .iter()
                .filter(|class| outline.get(**class).span.contains(local.span.offset(module.span.start)))
                .min_by_key(|class| outline.get(**class).span.len());
            if let Some(class) = innermost {
                let locals = index.class_locals.entry((*class, file.name(local.name))).or_default();
                locals.push((id, LocalId(at as u32)));
            }
        }
        for (unit_at, unit) in facts.units.iter().enumerate() {
            let unit_ref = UnitRef { file: id, unit: UnitId(unit_at as u32) };
            let class = unit
                .def
                .map(|def| outline.get(def).parent)
                .filter(|parent| parent.is_some() && outline.get(*parent).kind == DefKind::Class);
            let own_self = unit.functions.first().map(|function| function.first_param);
            for (value_at, value) in unit.values.iter().enumerate() {
                let at = At { unit: unit_ref, value: ValueId(value_at as u32) };
                match value.kind {
                    ValueKind::WriteAttr { of, name, .. } => {
                        if let Some(class) = class
                            && let ValueKind::Local { local, by: Access::Value | Access::Reference } =
                                unit.value(of).kind
                            && Some(local) == own_self
                        {
                            index.self_writes.entry((class, file.name(name))).or_default().push(at);
                        }
                    }
                    ValueKind::WriteName { name, .. } => {
                        index.name_writes.entry(file.name(name)).or_default().push(at);
                    }
                    _ => {}
                }
            }
        }
        index
    }
}

/// How a definition is related to a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// An inherent or trait impl for the type.
    Implements,
    /// An impl of the trait.
    ImplementsTrait,
    /// A class that derives from the class.
    Derives,
}

/// What definitions say of types elsewhere; needs names.
#[derive(Debug, Default)]
pub struct Relations {
    /// In the order of files and definitions.
    related: FxHashMap<(Relation, Nominal), Vec<Def>>,
    /// What each file added, in the order of its definitions.
    by_file: Vec<Vec<(Relation, Nominal, Def)>>,
}

impl Relations {
    fn of(&self, relation: Relation, of: Nominal) -> &[Def] {
        self.related.get(&(relation, of)).map_or(&[], Vec::as_slice)
    }

    /// Puts what a file says in the place of what it said; gives what was and what is now otherwise.
    pub(in crate::flow) fn replace(
        &mut self,
        file: FileId,
        said: Vec<(Relation, Nominal, Def)>,
    ) -> Vec<(Relation, Nominal)> {
        let before = std::mem::replace(&mut self.by_file[file.0 as usize], said);
        let now = &self.by_file[file.0 as usize];
        if before == *now {
            return Vec::new();
        }
        let of = |said: &(Relation, Nominal, Def)| (said.0, said.1);
        let mut touched: Vec<(Relation, Nominal)> = Vec::new();
        for key in before.iter().chain(now).map(of) {
            if !touched.contains(&key) {
                touched.push(key);
            }
        }
        for key in &touched {
            let defs = self.related.entry(*key).or_default();
            defs.retain(|def| def.file != file);
            let at = defs.partition_point(|def| def.file < file);
            defs.splice(at..at, now.iter().filter(|said| of(said) == *key).map(|said| said.2));
        }
        touched
    }
}

impl Program {
    /// Finds what impls are for and which classes derive from which; needs names.
    pub(in crate::flow) fn index_relations(&mut self) {
        let by_file: Vec<_> = self.file_ids().map(|file| self.relations_of(file)).collect();
        let mut related: FxHashMap<(Relation, Nominal), Vec<Def>> = FxHashMap::default();
        for (relation, of, def) in by_file.iter().flatten() {
            related.entry((*relation, *of)).or_default().push(*def);
        }
        self.relations = Relations { related, by_file };
    }

    /// What the definitions of a file are related to, in their order.
    pub(in crate::flow) fn relations_of(&self, file: FileId) -> Vec<(Relation, Nominal, Def)> {
        let recording = self.begin_reading();
        let mut said = Vec::new();
        let outline = self.file(file).outline();
        for id in outline.ids() {
            let def = Def { file, id };
            match outline.get(id).kind {
                DefKind::Impl => {
                    let bases = outline.bases(id);
                    let kinds = [Relation::Implements, Relation::ImplementsTrait];
                    for (relation, written) in kinds.into_iter().zip(bases) {
                        said.extend(self.nominal_of(def, *written).map(|of| (relation, of, def)));
                    }
                }
                DefKind::Class => {
                    for base in outline.bases(id) {
                        if let Some(of @ Nominal::Project(_)) = self.nominal_of(def, *base) {
                            said.push((Relation::Derives, of, def));
                        }
                    }
                }
                _ => {}
            }
        }
        recording.keep(Key::Relations(file));
        said
    }

    /// The definitions of a name inside another.
    pub fn members(&self, owner: Def, name: Name) -> &[Def] {
        self.file(owner.file).index.members.get(&(owner.id, name)).map_or(&[], Vec::as_slice)
    }

    /// The variables of that name in a class's body.
    pub fn class_locals(&self, class: Def, name: Name) -> &[(FileId, LocalId)] {
        self.file(class.file).index.class_locals.get(&(class.id, name)).map_or(&[], Vec::as_slice)
    }

    /// Writes of an attribute of `self` in a class's own methods.
    pub fn self_writes(&self, class: Def, name: Name) -> &[At] {
        self.read(Key::SelfWrites(class));
        self.file(class.file).index.self_writes.get(&(class.id, name)).map_or(&[], Vec::as_slice)
    }

    /// Writes of a module's variable in its functions.
    pub fn name_writes(&self, file: FileId, name: Name) -> &[At] {
        self.read(Key::NameWrites(file));
        self.file(file).index.name_writes.get(&name).map_or(&[], Vec::as_slice)
    }

    /// Impl blocks for a type.
    pub fn impls(&self, of: Nominal) -> &[Def] {
        self.related(Relation::Implements, of)
    }

    /// Impl blocks of a trait.
    pub fn impls_of(&self, of: Nominal) -> &[Def] {
        self.related(Relation::ImplementsTrait, of)
    }

    pub fn subclasses(&self, class: Def) -> &[Def] {
        self.related(Relation::Derives, Nominal::Project(class))
    }

    fn related(&self, relation: Relation, of: Nominal) -> &[Def] {
        self.read(Key::Related(relation, of));
        self.relations.of(relation, of)
    }

    fn nominal_of(&self, within: Def, ty: TyId) -> Option<Nominal> {
        match self.outline_type(within, ty) {
            Type::Instance(nominal, ..) => Some(nominal),
            Type::Dyn(parts) => match parts.first()? {
                Type::Instance(nominal, ..) => Some(*nominal),
                _ => None,
            },
            _ => None,
        }
    }

    /// The definition of that name inside another.
    pub fn member_def(&self, owner: Def, name: Name) -> Option<Def> {
        self.members(owner, name).last().copied()
    }

    /// The class, then what it inherits from, nearest first. Bases that nothing is known of are left out.
    pub fn mro(&self, class: Def) -> Arc<Vec<Nominal>> {
        if let Some(known) = self.mros.get(&class) {
            self.read(Key::Mro(class));
            return known;
        }
        let recording = self.begin_reading();
        let order = Arc::new(self.linearised(Nominal::Project(class), &mut Vec::new()));
        recording.keep(Key::Mro(class));
        self.mros.insert(class, order.clone());
        order
    }

    /// The C3 order of a class and its ancestors; where there is none, the first base is taken.
    fn linearised(&self, class: Nominal, below: &mut Vec<Nominal>) -> Vec<Nominal> {
        const MAX_DEPTH: usize = 32;
        if below.len() > MAX_DEPTH || below.contains(&class) {
            return Vec::new();
        }
        let bases: Vec<Nominal> = self.bases_of(class).iter().filter_map(Type::nominal).collect();
        below.push(class);
        let mut lines: Vec<VecDeque<Nominal>> = bases.iter().map(|base| self.linearised(*base, below).into()).collect();
        below.pop();
        lines.push(bases.into());
        let mut order = vec![class];
        loop {
            lines.retain(|line| !line.is_empty());
            let is_behind = |class: &Nominal| lines.iter().any(|line| line.iter().skip(1).any(|other| other == class));
            let heads = || lines.iter().map(|line| line[0]);
            let Some(next) = heads().find(|head| !is_behind(head)).or_else(|| heads().next()) else {
                return order;
            };
            if !order.contains(&next) {
                order.push(next);
            }
            for line in &mut lines {
                line.retain(|class| *class != next);
            }
        }
    }

    /// The declared bases of a class or type, with their arguments.
    pub fn bases_of(&self, class: Nominal) -> Vec<Type> {
        match class {
            Nominal::Project(def) => {
                let outline = self.file(def.file).outline();
                if outline.get(def.id).kind == DefKind::Impl {
                    return Vec::new();
                }
                outline.bases(def.id).iter().map(|base| self.outline_type(def, *base)).collect()
            }
            Nominal::Library(id) => self.library_bases(id),
            Nominal::Path(..) => Vec::new(),
        }
    }

    /// Whether something of the class's ancestry is unknown, so that a missing member may exist all the same.
    pub fn has_unknown_base(&self, class: Def) -> bool {
        self.unknown_base(class).is_some()
    }

    /// The path of what is unknown of a class's ancestry; empty where not even that is known.
    pub fn unknown_base(&self, class: Def) -> Option<String> {
        let path = |path: Name| Some(self.names.text(path).to_string());
        self.mro(class).iter().find_map(|nominal| match nominal {
            Nominal::Project(def) => self.file(def.file).outline().bases(def.id).iter().find_map(|base| {
                match self.outline_type(*def, *base) {
                    Type::Unknown => Some(String::new()),
                    Type::Instance(Nominal::Path(base), ..) => path(base),
                    _ => None,
                }
            }),
            Nominal::Path(base) => path(*base),
            Nominal::Library(_) => None,
        })
    }

    /// The function that a definition is, if it has a body here.
    pub fn function_of_def(&self, def: Def) -> Option<Func> {
        let unit = self.definition(def).unit;
        unit.is_some().then_some(Func { file: def.file, unit, id: FnId::OWN })
    }

    /// The language of a file.
    pub fn language(&self, file: FileId) -> Language {
        self.files[file.0 as usize].language()
    }
}

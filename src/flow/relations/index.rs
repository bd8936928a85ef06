//! Indexes over all files: members of classes, implementations, writes of `self.x`.

use crate::catalogue::{Language, TyId};
use crate::flow::ids::{At, Def, Func, UnitRef};
use crate::flow::naming::names::Name;
use crate::flow::types::{Nominal, Type};
use crate::flow::{File, Program};
use crate::model::{Access, DefId, DefKind, FnId, LocalId, LocalKind, UnitId, ValueId, ValueKind};
use crate::text::FileId;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::sync::Arc;

/// What is looked up by owner and name.
#[derive(Debug, Default)]
pub struct Index {
    /// Definitions inside a class, trait, impl, enum or inline module.
    members: FxHashMap<(Def, Name), Vec<Def>>,
    /// Variables of a class body.
    class_locals: FxHashMap<(Def, Name), Vec<(FileId, LocalId)>>,
    /// Writes of an attribute of the first parameter, in the methods of a class.
    self_writes: FxHashMap<(Def, Name), Vec<At>>,
    /// Inherent and trait impls by what they are for.
    impls: FxHashMap<Nominal, Vec<Def>>,
    /// Impls of a trait.
    impls_of: FxHashMap<Nominal, Vec<Def>>,
    subclasses: FxHashMap<Def, Vec<Def>>,
    /// Writes of a module's variable from inside functions (`global`).
    name_writes: FxHashMap<(FileId, Name), Vec<At>>,
}

impl Index {
    /// What the files say on their own; needs no resolution.
    pub(crate) fn of_files(files: &[File]) -> Index {
        let mut index = Index::default();
        for (at, file) in files.iter().enumerate() {
            index.add_file(FileId(at as u32), file);
        }
        index
    }

    fn add_file(&mut self, id: FileId, file: &File) {
        let facts = &file.facts;
        let outline = &facts.outline;
        for def_id in outline.ids() {
            let def = outline.get(def_id);
            if def.parent.is_some() && def.name.is_some() {
                let owner = Def { file: id, id: def.parent };
                self.members.entry((owner, file.name(def.name))).or_default().push(Def { file: id, id: def_id });
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
                let owner = Def { file: id, id: *class };
                self.class_locals.entry((owner, file.name(local.name))).or_default().push((id, LocalId(at as u32)));
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
                            let owner = Def { file: id, id: class };
                            self.self_writes.entry((owner, file.name(name))).or_default().push(at);
                        }
                    }
                    ValueKind::WriteName { name, .. } => {
                        self.name_writes.entry((id, file.name(name))).or_default().push(at);
                    }
                    _ => {}
                }
            }
        }
    }

    pub fn members(&self, owner: Def, name: Name) -> &[Def] {
        self.members.get(&(owner, name)).map_or(&[], Vec::as_slice)
    }

    pub fn class_locals(&self, class: Def, name: Name) -> &[(FileId, LocalId)] {
        self.class_locals.get(&(class, name)).map_or(&[], Vec::as_slice)
    }

    pub fn self_writes(&self, class: Def, name: Name) -> &[At] {
        self.self_writes.get(&(class, name)).map_or(&[], Vec::as_slice)
    }

    pub fn name_writes(&self, file: FileId, name: Name) -> &[At] {
        self.name_writes.get(&(file, name)).map_or(&[], Vec::as_slice)
    }

    /// Impl blocks for a type.
    pub fn impls(&self, of: Nominal) -> &[Def] {
        self.impls.get(&of).map_or(&[], Vec::as_slice)
    }

    /// Impl blocks of a trait.
    pub fn impls_of(&self, of: Nominal) -> &[Def] {
        self.impls_of.get(&of).map_or(&[], Vec::as_slice)
    }

    pub fn subclasses(&self, class: Def) -> &[Def] {
        self.subclasses.get(&class).map_or(&[], Vec::as_slice)
    }
}

impl Program {
    /// Finds what impls are for and which classes derive from which; needs names.
    pub(crate) fn index_relations(&mut self) {
        let mut impls: FxHashMap<Nominal, Vec<Def>> = FxHashMap::default();
        let mut impls_of: FxHashMap<Nominal, Vec<Def>> = FxHashMap::default();
        let mut subclasses: FxHashMap<Def, Vec<Def>> = FxHashMap::default();
        for (at, file) in self.files.iter().enumerate() {
            let file_id = FileId(at as u32);
            for id in file.facts.outline.ids() {
                let def = Def { file: file_id, id };
                match file.facts.outline.get(id).kind {
                    DefKind::Impl => {
                        let bases = file.facts.outline.bases(id);
                        if let Some(of) = bases.first().and_then(|ty| self.nominal_of(def, *ty)) {
                            impls.entry(of).or_default().push(def);
                        }
                        if let Some(of) = bases.get(1).and_then(|ty| self.nominal_of(def, *ty)) {
                            impls_of.entry(of).or_default().push(def);
                        }
                    }
                    DefKind::Class => {
                        for base in file.facts.outline.bases(id) {
                            if let Some(Nominal::Project(base)) = self.nominal_of(def, *base) {
                                subclasses.entry(base).or_default().push(def);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        self.index.impls = impls;
        self.index.impls_of = impls_of;
        self.index.subclasses = subclasses;
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
        self.index.members(owner, name).last().copied()
    }

    /// The class, then what it inherits from, nearest first. Bases that nothing is known of are left out.
    pub fn mro(&self, class: Def) -> Arc<Vec<Nominal>> {
        if let Some(known) = self.mros.get(&class) {
            return known;
        }
        let order = Arc::new(self.linearised(Nominal::Project(class), &mut Vec::new()));
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
                let outline = &self.file(def.file).facts.outline;
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
            Nominal::Project(def) => self.file(def.file).facts.outline.bases(def.id).iter().find_map(|base| match self
                .outline_type(*def, *base)
            {
                Type::Unknown => Some(String::new()),
                Type::Instance(Nominal::Path(base), ..) => path(base),
                _ => None,
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
        self.file(file).facts.dialect.language()
    }
}

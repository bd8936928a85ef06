//! Evaluating the type of a value by demand.
//!
//! An answer is remembered only if no cycle and no limit was met below it, together with the depth that it took and,
//! within a unit, the number of steps; a remembered answer is charged as if it were computed again. So neither the order
//! of questions nor the number of threads can show in an answer.

use super::calls::Resolution;
use super::gaps::{Gap, Trace};
use super::{Callable, Nominal, Parts, Type, no_parts};
use crate::catalogue::{Item, Language, LiteralType, literal_type};
use crate::flow::Program;
use crate::flow::changes::{Key, Reading};
use crate::flow::ids::{At, Def, Func, UnitRef};
use crate::flow::naming::names::Name;
use crate::flow::naming::scope::Entity;
use crate::model::{
    ArgKind, BinaryOp, CollectionKind, ConstKind, DefId, DefKind, LocalId, RegionId, Unit, UnitId, UseKind, ValueId,
    ValueKind,
};
use crate::text::FileId;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Questions nested deeper than this are unknown.
const MAX_DEPTH: u32 = 64;
/// One question may take this many steps.
const MAX_COST: u32 = 20_000;

/// A question whose answer may be remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    Value(At),
    /// What calling a function gives, before any awaiting.
    Return(Func),
    /// The type of a class's attribute, from all that is written to it.
    Attribute(Nominal, Name),
    Variable(FileId, LocalId),
}

/// A remembered answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    ty: Type,
    height: u32,
    cost: u32,
}

/// Answers about values of the units at hand; kept as long as one unit is being linked.
pub type UnitTypes = FxHashMap<Question, Answer>;

/// One thread's evaluation.
pub struct Eval<'p> {
    pub program: &'p Program,
    values: UnitTypes,
    /// What calls of the units at hand call.
    pub(super) resolutions: FxHashMap<At, Resolution>,
    /// The traits in scope of the units at hand.
    traits: FxHashMap<UnitRef, Arc<[Entity]>>,
    stack: Vec<Question>,
    tainted: bool,
    deepest: u32,
    cost: u32,
    /// Where it gave up, if it is to tell.
    pub(super) trace: Option<Trace>,
}

impl<'p> Eval<'p> {
    pub fn new(program: &'p Program) -> Eval<'p> {
        Eval {
            program,
            values: UnitTypes::default(),
            resolutions: FxHashMap::default(),
            traits: FxHashMap::default(),
            stack: Vec::new(),
            tainted: false,
            deepest: 0,
            cost: 0,
            trace: None,
        }
    }

    /// Forgets what only one unit needs.
    pub fn forget_values(&mut self) {
        self.values.clear();
        self.resolutions.clear();
        self.traits.clear();
        if let Some(trace) = &mut self.trace {
            trace.forget();
        }
    }

    /// The traits whose methods code of a Rust unit may call.
    pub(super) fn traits_in_scope(&mut self, unit: UnitRef) -> Arc<[Entity]> {
        let program = self.program;
        program.read(Key::Traits(unit));
        let worked_out = || {
            let reading = program.begin_reading();
            let found: Arc<[Entity]> = program.traits_in_scope(unit).into();
            reading.keep(Key::Traits(unit));
            found
        };
        self.traits.entry(unit).or_insert_with(worked_out).clone()
    }

    pub fn value(&mut self, at: At) -> Type {
        if at.value.is_none() {
            return Type::Unknown;
        }
        match self.unit(at.unit).value(at.value).kind {
            // Cheap ones are not worth remembering.
            ValueKind::Const { kind, .. } => constant_type(self, self.program.language(at.unit.file), kind),
            _ => self.ask(Question::Value(at), |eval| eval.compute_value(at)),
        }
    }

    /// What calling the function gives: for an async one a coroutine, for a generator a generator.
    pub fn returned(&mut self, func: Func) -> Type {
        self.ask(Question::Return(func), |eval| eval.compute_return(func))
    }

    pub fn variable(&mut self, file: FileId, local: LocalId) -> Type {
        self.ask(Question::Variable(file, local), |eval| eval.compute_variable(file, local))
    }

    pub(super) fn ask(&mut self, question: Question, compute: impl FnOnce(&mut Eval<'p>) -> Type) -> Type {
        let depth = self.stack.len() as u32;
        // Each question of the linker's own has the whole allowance.
        if depth == 0 {
            self.cost = 0;
        }
        let is_shared = !matches!(question, Question::Value(_));
        let known = match &mut self.trace {
            Some(trace) => trace.recall(&question),
            None if is_shared => self.program.answers.get(&question),
            None => self.values.get(&question).cloned(),
        };
        if let Some(answer) = known {
            if is_shared {
                self.program.read(Key::Answer(question));
            }
            return self.recall(answer, depth);
        }
        if self.stack.contains(&question) || depth + 1 > MAX_DEPTH || self.cost > MAX_COST {
            self.tainted = true;
            self.gap(Gap::Limit);
            return Type::Unknown;
        }
        let gaps = self.gaps();
        let outer_taint = std::mem::replace(&mut self.tainted, false);
        let outer_deepest = std::mem::replace(&mut self.deepest, depth + 1);
        let cost_before = self.cost;
        let shared = is_shared.then(|| self.begin_shared());
        self.cost += 1;
        self.stack.push(question);
        let ty = compute(self);
        self.stack.pop();
        if self.cost > MAX_COST {
            self.tainted = true;
        }
        if is_shared {
            self.cost = cost_before + if self.tainted { self.cost } else { 1 };
        }
        self.settle_gaps(question, &ty, gaps);
        if !self.tainted {
            let answer = Answer { ty: ty.clone(), height: self.deepest - depth, cost: self.cost - cost_before };
            match &mut self.trace {
                Some(trace) => trace.remember(question, answer, gaps),
                None if is_shared => self.program.answers.insert(question, answer),
                None => drop(self.values.insert(question, answer)),
            }
        }
        if let Some((reading, values)) = shared {
            self.values = values.unwrap_or_else(|| std::mem::take(&mut self.values));
            if !self.tainted && self.trace.is_none() {
                reading.keep(Key::Answer(question));
            }
        }
        self.tainted |= outer_taint;
        self.deepest = self.deepest.max(outer_deepest);
        if depth == 0 {
            self.tainted = false;
            self.deepest = 0;
        }
        ty
    }

    /// A shared question has an allowance of its own: once it is answered it costs whoever asks one step, so that no
    /// answer depends on how much work another one was. While readings are noted it has values of its own as well: what
    /// was read for those of another reader would be lost.
    fn begin_shared(&mut self) -> (Reading<'p>, Option<UnitTypes>) {
        self.cost = 0;
        let program = self.program;
        let values = program.notes_reads().then(|| std::mem::take(&mut self.values));
        (program.begin_reading(), values)
    }

    fn recall(&mut self, answer: Answer, depth: u32) -> Type {
        self.cost = self.cost.saturating_add(answer.cost);
        if depth > 0 && (depth + answer.height > MAX_DEPTH || self.cost > MAX_COST) {
            self.tainted = true;
            self.gap(Gap::Limit);
            return Type::Unknown;
        }
        self.deepest = self.deepest.max(depth + answer.height);
        answer.ty
    }

    /// Whether nothing else is being asked: each question has its whole allowance.
    pub(super) fn is_at_rest(&self) -> bool {
        self.stack.is_empty()
    }

    pub fn unit(&self, unit: UnitRef) -> &'p Unit {
        self.program.unit(unit)
    }

    fn compute_value(&mut self, at: At) -> Type {
        let unit = self.unit(at.unit);
        let value = unit.value(at.value);
        let here = |value: ValueId| At { unit: at.unit, value };
        match value.kind {
            ValueKind::Name { name, .. } => {
                let text = self.program.file(at.unit.file).text(name);
                self.named(at, text)
            }
            ValueKind::Local { local, .. } => self.local_at(at, local),
            ValueKind::Const { kind, .. } => constant_type(self, self.program.language(at.unit.file), kind),
            ValueKind::Attr { of, name } => {
                let base = self.value(here(of));
                let name = self.program.name(at.unit.file, name);
                self.attribute(&base, name, at)
            }
            ValueKind::Item { of, index } => {
                let base = self.value(here(of));
                self.item(&base, here(index))
            }
            ValueKind::Call { .. } | ValueKind::Method { .. } => self.call_result(at),
            ValueKind::Struct { ty, .. } => self.program.unit_type(at.unit, ty),
            ValueKind::Collection { kind, args, count } => {
                let parts: Vec<Type> = unit
                    .args(args, count)
                    .iter()
                    .filter(|arg| !matches!(arg.kind, ArgKind::Spread | ArgKind::KeywordSpread))
                    .map(|arg| self.value(here(arg.value)))
                    .collect();
                self.collection(self.program.language(at.unit.file), kind, parts)
            }
            ValueKind::Operation { op, left, right } => self.operation(at, op, left, right),
            ValueKind::Choice { .. } => {
                let run = unit.function(unit.function_of(at.value));
                let parts: Vec<Type> = (run.start..at.value.0)
                    .map(ValueId)
                    .filter(|part| {
                        let used = unit.value(*part).used;
                        used.kind == UseKind::Choice && used.value() == at.value
                    })
                    .map(|part| self.value(here(part)))
                    .collect();
                Type::union(parts)
            }
            ValueKind::Function { function } => {
                let func = Func { file: at.unit.file, unit: at.unit.unit, id: function };
                let nested = unit.function(function);
                match nested.kind {
                    // An async block is a future, not something that is called.
                    crate::model::FunctionKind::AsyncBlock => self.returned(func),
                    _ => Type::Function(Callable::Project(func)),
                }
            }
            ValueKind::Await { of } => {
                let awaited = self.value(here(of));
                self.awaited(&awaited)
            }
            ValueKind::Try { of } => {
                let tried = self.value(here(of));
                self.unwrapped(&tried)
            }
            ValueKind::Cast { ty, .. } => self.program.unit_type(at.unit, ty),
            ValueKind::Macro { path, .. } => {
                let text = self.program.file(at.unit.file).text(path);
                self.macro_result(at, text)
            }
            ValueKind::Text { .. } => self.builtin(self.program.language(at.unit.file), LiteralType::NewText),
            ValueKind::Import { import } => {
                let entities = self.program.unit_import(at.unit.file, &unit.imports[import as usize]);
                let types: Vec<Type> = entities.into_iter().map(|entity| self.entity(entity)).collect();
                Type::union(types)
            }
            _ => Type::Unknown,
        }
    }

    /// The type of what a name stands for in a unit: nothing of the unit binds it.
    pub(super) fn named(&mut self, at: At, text: &str) -> Type {
        let file = at.unit.file;
        let def = self.unit(at.unit).def.unwrap_or(DefId::NONE);
        match self.program.language(file) {
            Language::Python => {
                if text == "super" {
                    return Type::Unknown;
                }
                let Some(module) = self.program.modules.of_file(file) else {
                    return Type::Unknown;
                };
                let name = self.program.names.intern(text);
                if let Some(member) = self.class_body_name(at, name) {
                    return member;
                }
                let entities = self.program.in_module(module, name);
                if entities.is_empty() {
                    let path = crate::catalogue::prelude(Language::Python, text).unwrap_or_default();
                    let path = self.program.names.intern(&path);
                    return self.entity(Entity::Library(Language::Python, path));
                }
                let types: Vec<Type> = entities.into_iter().map(|entity| self.entity(entity)).collect();
                Type::union(types)
            }
            Language::Rust => self.rust_value_path(at.unit, Def { file, id: def }, text),
        }
    }

    /// A decorator or default in a class body may name a member of that class: `@name.setter`.
    fn class_body_name(&mut self, at: At, name: Name) -> Option<Type> {
        if at.unit.unit != UnitId::MODULE {
            return None;
        }
        let unit = self.unit(at.unit);
        let inside =
            unit.regions_around(at.value).any(|region| unit.region(region).kind == crate::model::RegionKind::Class);
        if !inside {
            return None;
        }
        let outline = self.program.file(at.unit.file).outline();
        let span = unit.value(at.value).span.offset(unit.span.start);
        let class = outline
            .ids()
            .filter(|id| outline.get(*id).kind == DefKind::Class && outline.get(*id).span.contains(span))
            .min_by_key(|id| outline.get(*id).span.len())?;
        let member = self.program.member_def(Def { file: at.unit.file, id: class }, name)?;
        Some(self.entity(Entity::Def(member)))
    }

    fn rust_value_path(&mut self, unit: UnitRef, within: Def, text: &str) -> Type {
        let program = self.program;
        // `use` declarations inside the function come first.
        let (first, rest) = text.split_once("::").map_or((text, None), |(first, rest)| (first, Some(rest)));
        let imports = &self.unit(unit).imports;
        let file = program.file(unit.file);
        if let Some(import) = imports.iter().find(|import| file.text(import.alias) == first) {
            let path = [file.text(import.path), file.text(import.name), rest.unwrap_or_default()];
            let joined: Vec<&str> = path.into_iter().filter(|part| !part.is_empty()).collect();
            return self.rust_path_type(within, &joined.join("::"));
        }
        let found = self.rust_path_type(within, text);
        if found.is_unknown() && rest.is_none() {
            for import in imports.iter().filter(|import| file.text(import.name) == "*") {
                let found = self.rust_path_type(within, &format!("{}::{text}", file.text(import.path)));
                if !found.is_unknown() {
                    return found;
                }
            }
        }
        found
    }

    pub(super) fn rust_path_type(&mut self, within: Def, text: &str) -> Type {
        let program = self.program;
        let Some(module) = program.module_around(within) else {
            return Type::Unknown;
        };
        let (first, rest) = text.split_once("::").map_or((text, ""), |(first, rest)| (first, rest));
        if first == "Self" {
            let mut ty = class_of(program.self_type(within));
            for segment in rest.split("::").filter(|segment| !segment.is_empty()) {
                let name = program.names.intern(segment);
                ty = self.associated(&ty, name);
            }
            return ty;
        }
        let first_name = program.names.intern(first);
        if let Some(param) = program.type_param(within, first_name) {
            let mut ty = class_of(program.type_param_bound(within, first_name).unwrap_or(param));
            for segment in rest.split("::").filter(|segment| !segment.is_empty()) {
                let name = program.names.intern(segment);
                ty = self.associated(&ty, name);
            }
            return ty;
        }
        let (entities, rest) = match program.item_in_function(within, first_name) {
            Some(Entity::Module(module)) if !rest.is_empty() => program.rust_path_in(module, &format!("self::{rest}")),
            Some(item) => {
                let rest = rest.split("::").filter(|segment| !segment.is_empty());
                (vec![item], rest.map(str::to_owned).collect())
            }
            None => program.rust_path_in(module, text),
        };
        let types: Vec<Type> = entities
            .into_iter()
            .map(|entity| {
                let mut ty = self.entity(entity);
                for segment in &rest {
                    let name = program.names.intern(segment);
                    ty = self.associated(&ty, name);
                }
                ty
            })
            .filter(|ty| !ty.is_unknown())
            .collect();
        let is_module = |ty: &Type| matches!(ty, Type::Module(_));
        // `mod read; pub use read::read;`: as a value the name is the function.
        let types = match types.iter().all(is_module) {
            true => types,
            false => types.into_iter().filter(|ty| !is_module(ty)).collect(),
        };
        // Twins under `cfg`: one of them is there.
        if types.len() > 1 && types.iter().all(|ty| matches!(ty, Type::Function(_))) {
            return Type::union(types);
        }
        if types.len() > 1 {
            // A function, a type and a macro may share a name; what is called or read is told by the first that fits.
            return types.into_iter().next().expect("there are several");
        }
        Type::union(types)
    }

    /// The type of a value that stands for an entity.
    pub fn entity(&mut self, entity: Entity) -> Type {
        match entity {
            Entity::Module(module) => Type::Module(module),
            Entity::Variable(file, local) => self.variable(file, local),
            Entity::Library(language, path) => self.library_value(language, path),
            Entity::Def(def) => {
                let definition = self.program.definition(def);
                match definition.kind {
                    DefKind::Function => match self.program.function_of_def(def) {
                        Some(func) => Type::Function(Callable::Project(func)),
                        None => Type::Unknown,
                    },
                    DefKind::Class | DefKind::Struct | DefKind::Enum | DefKind::Trait | DefKind::Variant => {
                        Type::Class(Nominal::Project(def), no_parts())
                    }
                    DefKind::Alias => class_of(self.program.outline_type(def, definition.returns)),
                    DefKind::Const => {
                        let declared = self.program.outline_type(def, definition.returns);
                        if declared.is_unknown() { self.const_value(def) } else { declared }
                    }
                    DefKind::Impl | DefKind::Module | DefKind::Macro => Type::Unknown,
                }
            }
        }
    }

    fn const_value(&mut self, def: Def) -> Type {
        let name = self.program.definition(def).name;
        let unit = self.program.module_unit(def.file);
        let local = unit.locals.iter().position(|local| local.name == name);
        local.map_or(Type::Unknown, |at| self.variable(def.file, LocalId(at as u32)))
    }

    /// What stands at a library's path.
    pub fn library_value(&mut self, language: Language, path: Name) -> Type {
        match self.program.library_item(language, path) {
            Some(Item::Function(id)) => Type::Function(Callable::Library(id)),
            Some(Item::Type(id)) => Type::Class(Nominal::Library(id), no_parts()),
            Some(Item::Value(ty)) => self.program.library_type(ty.library, ty.ty, &mut Default::default()),
            Some(Item::Module) => Type::LibraryPath(path),
            None => self.constructor_by_convention(language, path).unwrap_or(Type::LibraryPath(path)),
        }
    }

    /// `Type::new` and its like give the type, where its signatures are not known.
    fn constructor_by_convention(&mut self, language: Language, path: Name) -> Option<Type> {
        if language != Language::Rust {
            return None;
        }
        let text = self.program.names.text(path);
        let (parent, name) = text.rsplit_once("::")?;
        if !matches!(name, "new" | "default" | "from" | "with_capacity") {
            return None;
        }
        match self.program.library_item(language, self.program.names.intern(parent))? {
            Item::Type(id) if !self.program.catalogue.ty(id).is_trait => {
                Some(Type::Callable(Type::instance(Nominal::Library(id)).into()))
            }
            _ => None,
        }
    }

    fn collection(&mut self, language: Language, kind: CollectionKind, parts: Vec<Type>) -> Type {
        if kind == CollectionKind::Tuple {
            return Type::Tuple(parts.into());
        }
        let literal = match kind {
            CollectionKind::List => LiteralType::List,
            CollectionKind::Set => LiteralType::Set,
            _ => LiteralType::Dict,
        };
        let args: Parts = if kind == CollectionKind::Dict {
            let keys = Type::union(parts.iter().step_by(2).cloned());
            let values = Type::union(parts.iter().skip(1).step_by(2).cloned());
            Arc::from([keys, values])
        } else {
            Arc::from([Type::union(parts)])
        };
        match self.builtin(language, literal) {
            Type::Instance(nominal, _, variant) => Type::Instance(nominal, args, variant),
            other => other,
        }
    }

    /// An instance of a type of the language itself.
    pub(super) fn builtin(&mut self, language: Language, literal: LiteralType) -> Type {
        let path = self.program.names.intern(literal_type(language, literal));
        match self.program.library_item(language, path) {
            Some(Item::Type(id)) => Type::instance(Nominal::Library(id)),
            _ => Type::instance(Nominal::Path(path)),
        }
    }

    fn operation(&mut self, at: At, op: BinaryOp, left: ValueId, right: ValueId) -> Type {
        let here = |value: ValueId| At { unit: at.unit, value };
        match op {
            BinaryOp::Dereference => {
                let inner = self.value(here(left));
                self.dereferenced(&inner).unwrap_or(inner)
            }
            BinaryOp::Not
            | BinaryOp::Equal
            | BinaryOp::NotEqual
            | BinaryOp::Less
            | BinaryOp::LessEqual
            | BinaryOp::Greater
            | BinaryOp::GreaterEqual
            | BinaryOp::Is
            | BinaryOp::IsNot
            | BinaryOp::In
            | BinaryOp::NotIn => self.builtin(self.program.language(at.unit.file), LiteralType::Bool),
            _ => {
                let Some(symbol) = op.symbol() else {
                    return Type::Unknown;
                };
                let left = self.value(here(left));
                let found = self.operator(&left, symbol);
                if !found.is_unknown() || right.is_none() {
                    return found;
                }
                let right = self.value(here(right));
                let reflected = self.operator(&right, &format!("{symbol}r"));
                // `1 + 2`, `"a" + "b"`: the same type on both sides.
                if reflected.is_unknown() && left == right { left } else { reflected }
            }
        }
    }

    /// The regions around a value, innermost first.
    pub(super) fn around(&self, at: At) -> Vec<RegionId> {
        self.unit(at.unit).regions_around(at.value).collect()
    }
}

/// The class whose instance a written type is.
pub(super) fn class_of(ty: Type) -> Type {
    match ty {
        Type::Instance(nominal, args, _) => Type::Class(nominal, args),
        other => other,
    }
}

fn constant_type(eval: &mut Eval, language: Language, kind: ConstKind) -> Type {
    match kind {
        ConstKind::Nothing => Type::Nothing,
        ConstKind::Ellipsis => Type::Unknown,
        ConstKind::True | ConstKind::False => eval.builtin(language, LiteralType::Bool),
        ConstKind::Integer => eval.builtin(language, LiteralType::Integer),
        ConstKind::Float => eval.builtin(language, LiteralType::Float),
        ConstKind::Text => eval.builtin(language, LiteralType::Text),
        ConstKind::Bytes => eval.builtin(language, LiteralType::Bytes),
    }
}

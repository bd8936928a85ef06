//! What decorators and attributes make of a definition.

use crate::catalogue::schema::{Decorates, EntersRuntime, Times};
use crate::catalogue::{Attribute, Language};
use crate::flow::Program;
use crate::flow::changes::Key;
use crate::flow::ids::{At, Def, Func, UnitRef};
use crate::flow::layout::NamedRole;
use crate::flow::naming::names::Name;
use crate::flow::types::{Callable, Callee, Eval, Nominal, Type};
use crate::model::{DefFlags, DefId, FnId, FunctionKind, JumpKind, UnitId, ValueId, ValueKind};
use crate::text::FileId;
use std::cell::RefCell;
use std::sync::Arc;

/// The decorators of one definition, taken together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decorations {
    pub is_property: bool,
    pub is_setter: bool,
    pub is_static: bool,
    pub is_class: bool,
    pub is_overload: bool,
    pub is_abstract: bool,
    /// Its result is kept: it runs once, or once for each set of arguments.
    pub is_cached: bool,
    /// `with f():` runs it up to its `yield`; true for the asynchronous form.
    pub context_manager: Option<bool>,
    pub is_test: bool,
    pub is_command: bool,
    /// A framework calls it: where its sync form runs.
    pub handler: Option<HandlerForm>,
    /// Calling it runs the body elsewhere and gives something to await.
    pub offloads: bool,
    /// Calling it gives something to await although it is a plain function.
    pub gives_awaitable: bool,
    /// An async function that is called like a plain one: `#[tokio::main]`.
    pub makes_sync: bool,
    /// Calling it enters a runtime: by the attribute of this path.
    pub enters_runtime: Option<(Name, EntersRuntime)>,
    /// The inner function of a decorator of the project that takes the function's place.
    pub wrapper: Option<Func>,
    /// Decorators that nothing is known of.
    pub unresolved: u32,
    /// An attribute of some crate that nothing is known of: it may have changed the function.
    pub unknown_attribute: bool,
    /// A decorator that wants a plain function, where it gets an async one.
    pub plain: Option<PlainDecorator>,
}

/// A library's decorator that wants a plain function.
#[derive(Clone, Debug, PartialEq)]
pub struct PlainDecorator {
    pub at: At,
    /// Its path.
    pub name: String,
    /// What it does, as in [`Decorates::how`].
    pub how: String,
}

/// How a framework runs a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandlerForm {
    pub sync_on_loop: bool,
    /// Before anything is served, or after all was.
    pub is_once: bool,
    pub per_request: bool,
}

thread_local! {
    /// Definitions whose decorators this thread is reading.
    static UNDER_WAY: RefCell<Vec<Def>> = const { RefCell::new(Vec::new()) };
}

impl Program {
    /// What the decorators of a definition make of it.
    pub fn decorations(&self, def: Def) -> Arc<Decorations> {
        let file = self.file(def.file);
        if file.outline().get(def.id).decorators.is_empty() {
            return Arc::new(Decorations::default());
        }
        if let Some(known) = self.decorated.get(&def) {
            self.read(Key::Decorations(def));
            return known;
        }
        // A decorator that is found through the definition itself finds it undecorated; other threads do not.
        if UNDER_WAY.with_borrow(|under_way| under_way.contains(&def)) {
            return Arc::new(Decorations::default());
        }
        UNDER_WAY.with_borrow_mut(|under_way| under_way.push(def));
        let reading = self.begin_reading();
        let mut eval = Eval::new(self);
        let mut decorations = Decorations::default();
        let unit = UnitRef { file: def.file, unit: UnitId::MODULE };
        // The innermost decorator is applied first.
        for value in file.outline().decorators(def.id).iter().rev() {
            let is_async = file.outline().get(def.id).flags.has(DefFlags::ASYNC);
            decorate(&mut eval, &mut decorations, At { unit, value: *value }, is_async);
        }
        UNDER_WAY.with_borrow_mut(|under_way| under_way.pop());
        reading.keep(Key::Decorations(def));
        let decorations = Arc::new(decorations);
        self.decorated.insert(def, decorations.clone());
        decorations
    }

    /// The attributes of definitions that the catalogue knows, where they are written; of all, or of one unit's.
    pub fn attributes(&self, within: Option<UnitRef>) -> Vec<(Def, At, &Attribute)> {
        let is_checked = |file: &FileId| {
            let role = self.files[file.0 as usize].role;
            self.language(*file) == Language::Rust && role != crate::flow::Role::Dependency
        };
        let files: Vec<FileId> = match within {
            None => self.file_ids().filter(is_checked).collect(),
            Some(unit) => Some(unit.file).filter(is_checked).into_iter().collect(),
        };
        let mut found = Vec::new();
        for file in files {
            let outline = self.file(file).outline();
            let of_unit = |id: &DefId| match within {
                None => true,
                Some(unit) => self.unit(unit).def == Some(*id),
            };
            for id in outline.ids().filter(of_unit) {
                for value in outline.decorators(id) {
                    let at = At { unit: UnitRef { file, unit: UnitId::MODULE }, value: *value };
                    if let Some(attribute) = self.attribute_at(at) {
                        found.push((Def { file, id }, at, attribute));
                    }
                }
            }
        }
        found
    }

    /// The catalogue's entry of an attribute, by the path as written, through the file's imports.
    fn attribute_at(&self, at: At) -> Option<&Attribute> {
        let text = self.attribute_text(at)?;
        let within = Def { file: at.unit.file, id: DefId::NONE };
        let absolute = self.module_around(within).and_then(|module| {
            let (entities, rest) = self.rust_path_in(module, text);
            entities.into_iter().find_map(|entity| match entity {
                crate::flow::Entity::Library(_, path) => {
                    let mut path = self.names.text(path).to_string();
                    for segment in &rest {
                        path.push_str("::");
                        path.push_str(segment);
                    }
                    Some(path)
                }
                _ => None,
            })
        });
        // A re-export leads to a crate that the catalogue does not know; the path as written is what its users write.
        let known = [absolute.as_deref(), Some(text)].into_iter().flatten();
        known.into_iter().find_map(|path| self.catalogue.attribute_at(Language::Rust, path))
    }

    /// The path of an attribute, as written.
    fn attribute_text(&self, at: At) -> Option<&str> {
        let unit = self.unit(at.unit);
        let path = match unit.value(at.value).kind {
            ValueKind::Call { callee, .. } => unit.value(callee).kind,
            kind => kind,
        };
        match path {
            ValueKind::Name { name, .. } => Some(self.file(at.unit.file).text(name)),
            _ => None,
        }
    }

    /// The decorators of a nested function.
    pub fn nested_decorations(&self, func: Func) -> Decorations {
        let unit = self.unit(func.unit_ref());
        let mut decorations = Decorations::default();
        let values = unit.function(func.id).decorators.of(&unit.lists);
        if values.is_empty() {
            return decorations;
        }
        let mut eval = Eval::new(self);
        for value in values.iter().rev() {
            let is_async = unit.function(func.id).is_async;
            decorate(&mut eval, &mut decorations, func.at(ValueId(*value)), is_async);
        }
        decorations
    }

    /// Decorations of any function.
    pub fn decorations_of(&self, func: Func) -> Arc<Decorations> {
        match self.def_of(func) {
            Some(def) => self.decorations(def),
            None => Arc::new(self.nested_decorations(func)),
        }
    }
}

fn decorate(eval: &mut Eval, decorations: &mut Decorations, at: At, is_async: bool) {
    let program = eval.program;
    let unit = program.unit(at.unit);
    let language = program.language(at.unit.file);
    // `@name.setter`
    if let ValueKind::Attr { name, of } = unit.value(at.value).kind
        && matches!(program.file(at.unit.file).text(name), "setter" | "deleter")
        && matches!(unit.value(of).kind, ValueKind::Name { .. })
    {
        decorations.is_setter = true;
        return;
    }
    if language == Language::Rust {
        apply_attribute(eval, decorations, at);
        return;
    }
    if eval.is_named_decorator(at, NamedRole::OnLoop) {
        decorations.handler = Some(HandlerForm { sync_on_loop: true, is_once: false, per_request: false });
        return;
    }
    if eval.is_named_decorator(at, NamedRole::Offloads) {
        decorations.offloads = true;
        return;
    }
    let called = match unit.value(at.value).kind {
        ValueKind::Call { .. } | ValueKind::Method { .. } => {
            let found = eval.resolve(at);
            found.targets.iter().find_map(|target| match target.callee {
                Callee::Library(id) if program.catalogue.function(id).entry.effects.decorates.is_some() => Some(id),
                _ => None,
            })
        }
        _ => None,
    };
    let ty = eval.value(at);
    let known = called.or_else(|| match &ty {
        Type::Function(Callable::Library(id)) | Type::Bound(_, Callable::Library(id)) => Some(*id),
        Type::Class(Nominal::Library(id), _) => program.catalogue.ty(*id).new,
        _ => None,
    });
    let decorates = known.and_then(|id| {
        let function = program.catalogue.function(id);
        Some((&function.path, function.entry.effects.decorates.as_ref()?))
    });
    if let Some((path, decorates)) = decorates {
        // What stands between may have made it a plain function.
        let is_bare = decorations.unresolved == 0 && decorations.wrapper.is_none() && !decorations.gives_awaitable;
        if is_async && is_bare && decorates.wants.as_deref() == Some("plain") && decorations.plain.is_none() {
            let (name, how) = (path.clone(), decorates.how.clone());
            decorations.plain = Some(PlainDecorator { at, name, how });
        }
        apply(decorations, decorates);
        return;
    }
    match ty {
        Type::Function(Callable::Project(func)) | Type::Bound(_, Callable::Project(func)) => {
            apply_project(eval, decorations, func, is_async);
        }
        _ if registers_with_command(eval, at) => decorations.is_command = true,
        _ => decorations.unresolved += 1,
    }
}

/// `@group.command()`, where `group` is a function that a decorator made a command.
fn registers_with_command(eval: &mut Eval, at: At) -> bool {
    let unit = eval.program.unit(at.unit);
    let (ValueKind::Method { of, .. } | ValueKind::Attr { of, .. }) = unit.value(at.value).kind else {
        return false;
    };
    match eval.value(At { unit: at.unit, value: of }) {
        Type::Function(Callable::Project(group)) => eval.program.decorations_of(group).is_command,
        _ => false,
    }
}

fn apply(decorations: &mut Decorations, decorates: &Decorates) {
    match decorates.how.as_str() {
        "property" => decorations.is_property = true,
        "cached-property" => {
            decorations.is_property = true;
            decorations.is_cached = true;
        }
        "cached" => decorations.is_cached = true,
        "static-method" => decorations.is_static = true,
        "class-method" => decorations.is_class = true,
        "overload" => decorations.is_overload = true,
        "abstract" => decorations.is_abstract = true,
        "abstract-property" => {
            decorations.is_abstract = true;
            decorations.is_property = true;
        }
        "context-manager" => decorations.context_manager = Some(false),
        "async-context-manager" => decorations.context_manager = Some(true),
        "test" => decorations.is_test = true,
        "command" => decorations.is_command = true,
        "offloads" => {
            decorations.offloads = true;
            decorations.gives_awaitable = true;
        }
        "handler" => {
            decorations.handler = Some(HandlerForm {
                sync_on_loop: decorates.sync.as_deref() == Some("loop"),
                is_once: decorates.times == Some(Times::Once),
                per_request: decorates.times == Some(Times::PerRequest),
            });
        }
        _ => {}
    }
}

/// What an attribute like `#[main]` makes of a function.
fn apply_attribute(eval: &mut Eval, decorations: &mut Decorations, at: At) {
    let program = eval.program;
    let Some(attribute) = program.attribute_at(at) else {
        decorations.unknown_attribute |= program.attribute_text(at).is_some_and(|text| text.contains("::"));
        return;
    };
    if attribute.entry.makes.as_deref() == Some("sync") {
        decorations.makes_sync = true;
    }
    if let Some(enters) = &attribute.entry.callable.effects.enters_runtime {
        decorations.enters_runtime = Some((program.names.intern(&attribute.path), enters.clone()));
    }
    if let Some(decorates) = &attribute.entry.callable.effects.decorates {
        apply(decorations, decorates);
    }
}

/// A decorator of the project: what the function that it returns does with the one that it is given.
fn apply_project(eval: &mut Eval, decorations: &mut Decorations, decorator: Func, is_async: bool) {
    let program = eval.program;
    let unit = program.unit(decorator.unit_ref());
    let function = unit.function(decorator.id);
    let returned: Vec<ValueId> = (function.start..function.end)
        .filter_map(|at| match unit.value(ValueId(at)).kind {
            ValueKind::Jump { kind: JumpKind::Return, value, .. } if value.is_some() => Some(value),
            _ => None,
        })
        .collect();
    let returned: Vec<Type> = returned.into_iter().map(|value| eval.value(decorator.at(value))).collect();
    // `return decorate if function is None else decorate(function)`: without arguments, the second is returned.
    let is_applied = |outer: Func| {
        returned.iter().any(|ty| match ty {
            Type::Function(Callable::Project(inner)) => {
                inner.unit_ref() == decorator.unit_ref()
                    && outer.unit_ref() == decorator.unit_ref()
                    && inner.id != FnId::OWN
                    && unit.function(inner.id).parent == outer.id
            }
            _ => false,
        })
    };
    for ty in &returned {
        match *ty {
            Type::Function(Callable::Project(outer)) if outer.id != FnId::OWN && is_applied(outer) => {}
            Type::Function(Callable::Project(inner))
                if inner.unit_ref() == decorator.unit_ref()
                    && inner.id != FnId::OWN
                    && unit.function(inner.id).kind != FunctionKind::AsyncBlock =>
            {
                // One of two wrappers is for async functions, the other for plain ones.
                let fits = |wrapper: Func| program.function(wrapper).is_async == is_async;
                if decorations.wrapper.is_none_or(|known| !fits(known) || known.unit_ref() != inner.unit_ref()) {
                    decorations.wrapper = Some(inner);
                }
            }
            Type::Function(Callable::Project(_)) | Type::Param(_) | Type::TypeParam(_) => {}
            _ => decorations.unresolved += 1,
        }
    }
}

//! Definitions: those of the module and its classes go to the outline, those in functions are made by values.

use super::expressions::is_operand;
use super::scope::{ScopeKind, alias_name};
use super::signature::parameters;
use super::syntax::{At, Kind};
use super::types::TermWriter;
use super::unit::UnitLowering;
use crate::catalogue::TyId;
use crate::model::{
    DefFlags, DefId, DefKind, Definition, Field, GenericParam, Import, ImportFlags, Outline, Param, RegionKind, Slice,
    UnitId, UnitSpan, UseKind, ValueId, ValueKind,
};
use crate::text::{Span, Sym};

/// What code at module level stands under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Branching {
    #[default]
    Always,
    Conditional,
    TypeChecking,
    NotTypeChecking,
}

/// The outline being written.
#[derive(Debug, Default)]
pub(super) struct OutlineWriter {
    pub outline: Outline,
    /// The functions that are units, with their definitions, in the order of units from 1 on.
    pub functions: Vec<(At, DefId)>,
    terms: TermWriter,
    parent: Option<DefId>,
    branching: Branching,
    /// The declared fields of the class that is read.
    fields: Vec<Field>,
    exports_unknown: bool,
}

impl UnitLowering<'_> {
    pub fn enter_branching(&mut self, to: Branching) -> Branching {
        let Some(writer) = &mut self.outline else { return Branching::Always };
        let before = writer.branching;
        // What stands under `if TYPE_CHECKING` stays there, whatever is inside.
        if before != Branching::TypeChecking {
            writer.branching = to;
        }
        before
    }

    pub fn leave_branching(&mut self, before: Branching) {
        if let Some(writer) = &mut self.outline {
            writer.branching = before;
        }
    }

    /// A `def` or `class`, decorated or not.
    pub fn definition(&mut self, at: At) {
        let syntax = self.syntax;
        let mut decorators = Vec::new();
        let mut inner = Some(at);
        if syntax.kind(at) == Kind::Decorated {
            inner = syntax.children(at).find(|it| matches!(syntax.kind(*it), Kind::Function | Kind::Class));
            for decorator in syntax.children(at).filter(|it| syntax.kind(*it) == Kind::Decorator) {
                decorators.extend(syntax.children(decorator).find(|it| is_operand(syntax.kind(*it))));
            }
        }
        match inner {
            Some(inner) if syntax.kind(inner) == Kind::Function && self.outline.is_some() => {
                self.outline_function(inner, at, &decorators);
            }
            Some(inner) if syntax.kind(inner) == Kind::Function => self.nested_function(inner, &decorators),
            Some(inner) if syntax.kind(inner) == Kind::Class && self.outline.is_some() => {
                self.outline_class(inner, at, &decorators);
            }
            Some(inner) if syntax.kind(inner) == Kind::Class => self.nested_class(inner, &decorators),
            _ => {
                for decorator in decorators {
                    self.expression(decorator);
                }
            }
        }
    }

    fn nested_function(&mut self, at: At, decorators: &[At]) {
        let decorators: Vec<ValueId> = decorators.iter().map(|it| self.expression(*it)).collect();
        let defaults = self.default_values(at);
        let (function, made) = self.nested(at, defaults);
        for value in &decorators {
            self.builder.set_use(*value, UseKind::Decorates, function.0, 1);
        }
        let numbers: Vec<u32> = decorators.iter().map(|value| value.0).collect();
        let list = self.builder.push_list(&numbers);
        self.builder.function_mut(function).decorators = list;
        if let Some(name) = self.syntax.child(at, Kind::Identifier) {
            self.write_name(self.scope, name, made, &[]);
        }
    }

    fn default_values(&mut self, at: At) -> Vec<ValueId> {
        let Some(head) = self.syntax.child(at, Kind::Parameters) else { return Vec::new() };
        let params = parameters(self.syntax, head);
        params.iter().filter_map(|param| param.default).map(|default| self.expression(default)).collect()
    }

    /// A class in a function: a value, then its body.
    fn nested_class(&mut self, at: At, decorators: &[At]) {
        let syntax = self.syntax;
        let decorators: Vec<ValueId> = decorators.iter().map(|it| self.expression(*it)).collect();
        self.arguments(syntax.child(at, Kind::ArgumentList));
        let name_at = syntax.child(at, Kind::Identifier);
        let name = name_at.map_or(Sym::NONE, |name| self.sym(name));
        let made = self.push(ValueKind::Class { name }, at);
        for value in decorators {
            self.builder.set_use(value, UseKind::Decorates, made.0, 2);
        }
        self.class_body(at, name);
        if let Some(name) = name_at {
            self.write_name(self.scope, name, made, &[]);
        }
    }

    fn class_body(&mut self, at: At, name: Sym) {
        let Some(block) = self.syntax.child(at, Kind::Block) else { return };
        if self.is_too_deep(at) {
            return;
        }
        let outer = self.scope;
        let region = self.builder.open_region(RegionKind::Class, ValueId::NONE, name);
        self.scope = self.scopes.open(ScopeKind::Class, Some(outer), self.builder.current());
        self.declare(self.scope, block, false);
        self.block(block);
        self.scope = outer;
        self.builder.close_region(region);
    }

    fn writer(&mut self) -> &mut super::outline::OutlineWriter {
        self.outline.as_mut().expect("only the module unit writes the outline")
    }

    /// Adds a definition whose lists are still empty.
    fn add_definition(&mut self, kind: DefKind, at: At, whole: At) -> DefId {
        let name_at = match kind {
            DefKind::Alias => alias_name(self.syntax, at).or_else(|| self.syntax.first(at)),
            _ => self.syntax.child(at, Kind::Identifier),
        };
        let name = name_at.map_or(Sym::NONE, |name| self.sym(name));
        let name_span = self.span(name_at.unwrap_or(at));
        let span = self.span(whole);
        let text = self.strings.get(name);
        let is_public = !text.starts_with('_') || (text.starts_with("__") && text.ends_with("__"));
        let writer = self.writer();
        let mut flags = DefFlags::default();
        if is_public {
            flags.set(DefFlags::PUBLIC);
        }
        match writer.branching {
            Branching::Always => {}
            Branching::Conditional => flags.set(DefFlags::CONDITIONAL),
            Branching::TypeChecking => flags.set(DefFlags::TYPE_CHECKING),
            Branching::NotTypeChecking => {
                flags.set(DefFlags::TYPE_CHECKING);
                flags.set(DefFlags::CONDITIONAL);
            }
        }
        writer.outline.definitions.push(Definition {
            kind,
            flags,
            name,
            parent: writer.parent.unwrap_or(DefId::NONE),
            span,
            name_span,
            unit: UnitId::NONE,
            params: Slice::default(),
            returns: TyId::NONE,
            bases: Slice::default(),
            generics: Slice::default(),
            fields: Slice::default(),
            decorators: Slice::default(),
        });
        DefId(writer.outline.definitions.len() as u32 - 1)
    }

    fn definition_mut(&mut self, def: DefId) -> &mut Definition {
        &mut self.writer().outline.definitions[def.0 as usize]
    }

    fn decorate(&mut self, def: DefId, decorators: &[At]) {
        let mut values = Vec::with_capacity(decorators.len());
        for decorator in decorators {
            let value = self.expression(*decorator);
            self.builder.set_use(value, UseKind::Decorates, def.0, 0);
            values.push(value);
        }
        let list = &mut self.writer().outline.decorators;
        let slice = Slice { start: list.len() as u32, len: values.len() as u32 };
        list.extend_from_slice(&values);
        self.definition_mut(def).decorators = slice;
    }

    fn outline_function(&mut self, at: At, whole: At, decorators: &[At]) {
        let def = self.add_definition(DefKind::Function, at, whole);
        let name = self.definition_mut(def).name;
        self.scopes.wrote(self.scope, name);
        let span = self.span(at);
        let writer = self.writer();
        let unit = UnitId(writer.functions.len() as u32 + 1);
        writer.functions.push((at, def));
        writer.outline.units.push(UnitSpan { span, def });
        self.decorate(def, decorators);
        let head = self.syntax.child(at, Kind::Parameters);
        let params = head.map(|head| parameters(self.syntax, head)).unwrap_or_default();
        let mut records = Vec::with_capacity(params.len());
        for param in params {
            let ty = param.annotation.map_or(TyId::NONE, |annotation| self.outline_term(annotation));
            let name = param.name.map_or(Sym::NONE, |name| self.sym(name));
            let default = match param.default {
                Some(default) => {
                    let value = self.expression(default);
                    self.builder.set_use(value, UseKind::Default, def.0, 0);
                    value
                }
                None => ValueId::NONE,
            };
            records.push(Param { name, kind: param.kind, ty, default });
        }
        let returns = self.syntax.child(at, Kind::Type).map_or(TyId::NONE, |ty| self.outline_term(ty));
        let generics = self.generics(at);
        let is_async = self.syntax.has(at, Kind::Async);
        let no_body = self.has_no_body(at);
        let is_hook = !no_body && self.does_nothing(at);
        let list = &mut self.writer().outline.params;
        let params = Slice { start: list.len() as u32, len: records.len() as u32 };
        list.extend_from_slice(&records);
        let definition = self.definition_mut(def);
        definition.unit = unit;
        definition.params = params;
        definition.returns = returns;
        definition.generics = generics;
        if is_async {
            definition.flags.set(DefFlags::ASYNC);
        }
        if no_body {
            definition.flags.set(DefFlags::NO_BODY);
        }
        if is_hook {
            definition.flags.set(DefFlags::HOOK);
        }
    }

    /// A body of `...` or a docstring only, or of `raise NotImplementedError`.
    fn has_no_body(&self, at: At) -> bool {
        let syntax = self.syntax;
        let Some(block) = syntax.child(at, Kind::Block) else { return true };
        syntax.children(block).all(|statement| self.says_nothing(statement) || self.raises_not_implemented(statement))
    }

    /// A body of `pass`, perhaps with a docstring.
    fn does_nothing(&self, at: At) -> bool {
        let syntax = self.syntax;
        let Some(block) = syntax.child(at, Kind::Block) else { return false };
        syntax.children(block).all(|statement| self.says_nothing(statement) || syntax.kind(statement) == Kind::Pass)
    }

    fn says_nothing(&self, statement: At) -> bool {
        let syntax = self.syntax;
        let first = syntax.first(statement).map(|it| syntax.kind(it));
        let is_expression = syntax.kind(statement) == Kind::ExpressionStatement;
        is_expression && matches!(first, Some(Kind::Ellipsis | Kind::String | Kind::ConcatenatedString))
    }

    fn raises_not_implemented(&self, statement: At) -> bool {
        let syntax = self.syntax;
        if syntax.kind(statement) != Kind::Raise {
            return false;
        }
        let raised = syntax.first(statement).map(|raised| match syntax.kind(raised) {
            Kind::Call => syntax.first(raised).unwrap_or(raised),
            _ => raised,
        });
        raised.is_some_and(|raised| self.source(raised) == "NotImplementedError")
    }

    fn outline_class(&mut self, at: At, whole: At, decorators: &[At]) {
        let syntax = self.syntax;
        let def = self.add_definition(DefKind::Class, at, whole);
        let name = self.definition_mut(def).name;
        self.scopes.wrote(self.scope, name);
        self.decorate(def, decorators);
        let mut bases = Vec::new();
        if let Some(list) = syntax.child(at, Kind::ArgumentList) {
            for child in syntax.children(list) {
                match syntax.kind(child) {
                    Kind::Identifier | Kind::Attribute | Kind::Subscript => bases.push(self.outline_term(child)),
                    Kind::KeywordArgument | Kind::DictionarySplat => {}
                    kind if is_operand(kind) => {
                        self.expression(child);
                        let writer = self.writer();
                        let unknown = writer.terms.unknown(&mut writer.outline.types);
                        bases.push(unknown);
                    }
                    _ => {}
                }
            }
        }
        let generics = self.generics(at);
        let writer = self.writer();
        let slice = Slice { start: writer.outline.bases.len() as u32, len: bases.len() as u32 };
        writer.outline.bases.extend_from_slice(&bases);
        let parent = writer.parent.replace(def);
        let fields_around = std::mem::take(&mut writer.fields);
        let definition = self.definition_mut(def);
        definition.bases = slice;
        definition.generics = generics;
        self.class_body(at, name);
        let writer = self.writer();
        writer.parent = parent;
        let fields = std::mem::replace(&mut writer.fields, fields_around);
        let list = &mut writer.outline.fields;
        let slice = Slice { start: list.len() as u32, len: fields.len() as u32 };
        list.extend_from_slice(&fields);
        self.definition_mut(def).fields = slice;
    }

    /// `[T, U: Bound = Default, *Ts, **P]`
    fn generics(&mut self, at: At) -> Slice {
        let syntax = self.syntax;
        let Some(head) = syntax.child(at, Kind::TypeParameter) else { return Slice::default() };
        let mut list = Vec::new();
        for child in syntax.children(head).filter(|it| is_operand(syntax.kind(*it))) {
            let source = self.source(child);
            let (name, bound) = source.split_once(':').map_or((source, None), |(name, rest)| (name, Some(rest)));
            let name = self.strings.intern(name.trim_start_matches('*').trim());
            let bound = bound.map_or(TyId::NONE, |bound| self.outline_term_of(bound));
            list.push(GenericParam { name, bound });
        }
        let generics = &mut self.writer().outline.generics;
        let slice = Slice { start: generics.len() as u32, len: list.len() as u32 };
        generics.extend_from_slice(&list);
        slice
    }

    fn outline_term(&mut self, at: At) -> TyId {
        let text = self.source(at);
        self.outline_term_of(text)
    }

    fn outline_term_of(&mut self, text: &str) -> TyId {
        let writer = self.outline.as_mut().expect("only the module unit writes the outline");
        writer.terms.annotation(&mut writer.outline.types, self.strings, text)
    }

    /// `type X[T] = …`
    pub fn type_alias(&mut self, at: At) {
        if self.outline.is_none() {
            if let Some(name) = alias_name(self.syntax, at) {
                let value = self.push(ValueKind::Unknown, at);
                self.write_name(self.scope, name, value, &[]);
            }
            return;
        }
        let def = self.add_definition(DefKind::Alias, at, at);
        let target = self.syntax.children(at).filter(|it| self.syntax.kind(*it) == Kind::Type).nth(1);
        let returns = target.map_or(TyId::NONE, |target| self.outline_term(target));
        let generics = match self.syntax.first(at).and_then(|left| self.syntax.first(left)) {
            Some(generic) => self.generics(generic),
            None => Slice::default(),
        };
        let definition = self.definition_mut(def);
        definition.returns = returns;
        definition.generics = generics;
    }

    /// Whether an annotation says that the name is a type alias.
    pub fn is_type_alias(&self, annotation: At) -> bool {
        matches!(
            self.source(annotation),
            "TypeAlias" | "typing.TypeAlias" | "typing_extensions.TypeAlias" | "t.TypeAlias"
        )
    }

    /// Assignments that say something to the outline; true if that is all that they do.
    pub fn outline_assignment(&mut self, targets: &[At], annotation: Option<At>, right: Option<At>) -> bool {
        let [target] = targets else { return false };
        if self.syntax.kind(*target) != Kind::Identifier || self.builder.current() != crate::model::FnId::OWN {
            return false;
        }
        if self.source(*target) == "__all__" && self.scopes.kind(self.scope) == ScopeKind::Module {
            if let Some(right) = right {
                self.add_exports(right);
            }
            return false;
        }
        let Some(annotation) = annotation else { return false };
        if !self.is_type_alias(annotation) {
            return false;
        }
        let Some(right) = right else { return false };
        let statement = target - 1;
        let def = self.add_definition(DefKind::Alias, statement, statement);
        let returns = self.outline_term(right);
        self.definition_mut(def).returns = returns;
        true
    }

    /// Names added to `__all__`; anything but a list of constants makes it unknown.
    pub fn add_exports(&mut self, at: At) {
        let syntax = self.syntax;
        let is_list = matches!(syntax.kind(at), Kind::List | Kind::Tuple | Kind::ExpressionList);
        let elements: Vec<At> = syntax.children(at).filter(|it| is_operand(syntax.kind(*it))).collect();
        let names: Option<Vec<Sym>> = elements.into_iter().map(|element| self.constant_text(element)).collect();
        let writer = self.writer();
        match names {
            Some(names) if is_list && !writer.exports_unknown => {
                writer.outline.exports.get_or_insert_default().extend(names);
            }
            _ => {
                writer.exports_unknown = true;
                writer.outline.exports = None;
            }
        }
    }

    /// `__all__.extend([…])`; any other call makes the names unknown.
    pub fn exports_call(&mut self, call: At) {
        let syntax = self.syntax;
        let is_extend = syntax.first(call).is_some_and(|callee| self.source(callee) == "__all__.extend");
        let arguments = syntax.child(call, Kind::ArgumentList);
        match arguments.and_then(|arguments| syntax.first(arguments)) {
            Some(names) if is_extend => self.add_exports(names),
            _ => self.add_exports(call),
        }
    }

    /// A field that a class body of the outline declares.
    pub fn record_field(&mut self, target: At, annotation: At, default: ValueId) {
        if self.outline.is_none() || self.scopes.kind(self.scope) != ScopeKind::Class {
            return;
        }
        let ty = self.outline_term(annotation);
        let name = self.sym(target);
        self.writer().fields.push(Field { name, ty, default });
    }

    pub fn outline_import(&mut self, path: Sym, name: Sym, alias: Sym, level: u8, span: Span) {
        let writer = self.writer();
        let flags = match writer.branching {
            Branching::Always => ImportFlags::default(),
            Branching::Conditional | Branching::NotTypeChecking => ImportFlags::CONDITIONAL,
            Branching::TypeChecking => ImportFlags::TYPE_CHECKING,
        };
        writer.outline.imports.push(Import { path, name, alias, level, flags, within: DefId::NONE, span });
    }
}

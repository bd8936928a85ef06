//! The type of a local where it is read: which writes reach the read, and what tests around it say.

use super::eval::Eval;
use super::gaps::Gap;
use super::{Callable, Nominal, Type};
use crate::catalogue::{Language, LiteralType};
use crate::flow::contexts::sides::{Sides, sides};
use crate::flow::ids::{At, Def, Func, UnitRef};
use crate::flow::naming::names::Name;
use crate::model::{
    ArmTest, DefKind, FnId, FunctionKind, JumpKind, LocalId, LocalKind, ParamKind, Projection, RegionId, RegionKind,
    Unit, UseKind, ValueId, ValueKind,
};

impl Eval<'_> {
    /// The type of a local at a read of it.
    pub(super) fn local_at(&mut self, at: At, local: LocalId) -> Type {
        if let Some(narrowed) = self.narrowed(at, local) {
            return narrowed;
        }
        let unit = self.unit(at.unit);
        let record = unit.local(local);
        let owner = Func { file: at.unit.file, unit: at.unit.unit, id: record.owner };
        let reader = unit.function_of(at.value);
        if record.ty.is_some() && record.kind != LocalKind::Param {
            let declared = self.program.unit_type(at.unit, record.ty);
            let declared = declared.without_parameters(self.program.language(at.unit.file));
            if !declared.is_unknown() {
                return self.more_than_declared(declared, at.unit, local);
            }
        }
        let mut types = Vec::new();
        let writes = if reader == record.owner && record.kind != LocalKind::ClassMember {
            reaching_writes(unit, local, at.value)
        } else {
            Reaching { writes: all_writes(unit, local), from_start: record.kind == LocalKind::Param }
        };
        if record.kind == LocalKind::Param && writes.from_start {
            types.push(self.param(owner, local));
        }
        for write in writes.writes.into_iter().take(8) {
            types.push(self.written(At { unit: at.unit, value: write }));
        }
        if types.is_empty() { Type::Unknown } else { self.entered_parts(at, local, Type::union(types)) }
    }

    /// `async with client:`: inside, the local is of those classes only that can be entered so.
    fn entered_parts(&mut self, at: At, local: LocalId, ty: Type) -> Type {
        let Type::Union(parts) = &ty else {
            return ty;
        };
        let unit = self.unit(at.unit);
        let entered = unit.regions_around(at.value).find_map(|region| {
            let region = unit.region(region);
            let RegionKind::Managed { is_async } = region.kind else {
                return None;
            };
            if region.value.is_none() || region.value >= at.value {
                return None;
            }
            let is_read = matches!(unit.value(region.value).kind, ValueKind::Local { local: of, .. } if of == local);
            is_read.then_some(if is_async { "__aenter__" } else { "__enter__" })
        });
        let Some(method) = entered else {
            return ty;
        };
        let name = self.program.names.intern(method);
        let can_enter = |eval: &mut Self, part: &Type| match part {
            Type::Instance(Nominal::Project(class), ..) => {
                eval.program.has_unknown_base(*class) || !eval.members(part, name).is_empty()
            }
            _ => true,
        };
        let kept: Vec<Type> = parts.clone().iter().filter(|part| can_enter(self, part)).cloned().collect();
        if kept.is_empty() { ty } else { Type::union(kept) }
    }

    /// The type of a parameter on entry.
    pub fn param(&mut self, func: Func, local: LocalId) -> Type {
        let unit = self.unit(func.unit_ref());
        let function = unit.function(func.id);
        if function.first_param.is_none() || local.0 < function.first_param.0 {
            return Type::Unknown;
        }
        let n = local.0 - function.first_param.0;
        let def = (func.id == FnId::OWN).then_some(unit.def).flatten().map(|id| Def { file: func.file, id });
        let (kind, declared, default) = match def {
            Some(def) => {
                let params = self.program.file(func.file).outline().params(def.id);
                let Some(param) = params.get(n as usize).copied() else {
                    return Type::Unknown;
                };
                let module = UnitRef { file: func.file, unit: crate::model::UnitId::MODULE };
                let default = At { unit: module, value: param.default };
                (param.kind, self.program.outline_type(def, param.ty), default)
            }
            None => {
                let Some(param) = function.params.of(&unit.params).get(n as usize).copied() else {
                    return Type::Unknown;
                };
                (param.kind, self.program.unit_type(func.unit_ref(), param.ty), func.at(param.default))
            }
        };
        let declared = match (kind, declared) {
            (ParamKind::Rest, declared) => {
                let list = self.builtin(self.program.language(func.file), LiteralType::List);
                match list {
                    Type::Instance(nominal, _, variant) => Type::Instance(nominal, [declared].into(), variant),
                    other => other,
                }
            }
            (ParamKind::KeywordRest, _) => self.builtin(Language::Python, LiteralType::Dict),
            (ParamKind::Receiver, _) => def.map_or(Type::Unknown, |def| self.program.self_type(def)),
            (_, declared) => declared,
        };
        // What a parameter of the function itself stands for its caller knows, by what it passes.
        let is_own = |name| !def.is_some_and(|def| self.program.is_class_parameter(def, name));
        let is_open = matches!(declared, Type::TypeParam(name) if is_own(name))
            && self.program.language(func.file) == Language::Python;
        if !declared.is_unknown() && !is_open {
            return declared;
        }
        if let Type::TypeParam(name) = declared
            && let Some(bound) = self.program.parameter_bound(func.file, name)
        {
            return bound;
        }
        if let Some(def) = def
            && n == 0
            && let Some(receiver) = self.python_receiver(def)
        {
            return receiver;
        }
        if function.kind == FunctionKind::Anonymous
            && let Some(given) = self.closure_param(func, n)
        {
            return given;
        }
        if default.value.is_some() {
            let default = self.value(default);
            if !matches!(default, Type::Nothing | Type::Unknown) {
                return default;
            }
        }
        self.gap(Gap::Parameter(func, n));
        Type::Param(n)
    }

    /// `self` or `cls` of a Python method.
    fn python_receiver(&mut self, def: Def) -> Option<Type> {
        if self.program.language(def.file) != Language::Python {
            return None;
        }
        let parent = self.program.definition(def).parent;
        if parent.is_none() {
            return None;
        }
        let class = Def { file: def.file, id: parent };
        if self.program.definition(class).kind != DefKind::Class {
            return None;
        }
        let decorations = self.program.decorations(def);
        if decorations.is_static {
            return None;
        }
        let nominal = Nominal::Project(class);
        let name = self.program.definition(def).name;
        let text = self.program.file(def.file).text(name);
        if decorations.is_class || matches!(text, "__new__" | "__init_subclass__" | "__class_getitem__") {
            return Some(Type::Class(nominal, super::no_parts()));
        }
        Some(Type::instance(nominal))
    }

    /// `opt.map(|x| …)`: what the callee calls its argument with.
    fn closure_param(&mut self, func: Func, n: u32) -> Option<Type> {
        let unit = self.unit(func.unit_ref());
        let made = unit.function(func.id).made;
        let used = unit.value(made).used;
        if used.kind != UseKind::Argument {
            return None;
        }
        let call = func.at(used.value());
        let given = self.called_with(call, made)?;
        given.get(n as usize).cloned().filter(|ty| !ty.is_unknown())
    }

    /// What tests around a read say of the local: `isinstance(x, T)` in the arm where it holds, class patterns.
    fn narrowed(&mut self, at: At, local: LocalId) -> Option<Type> {
        if self.program.language(at.unit.file) != Language::Python {
            return None;
        }
        let unit = self.unit(at.unit);
        for region in self.around(at) {
            let region = unit.region(region);
            let RegionKind::Arm { test } = region.kind else {
                continue;
            };
            if region.value.is_none() || test != ArmTest::True {
                continue;
            }
            if let Some(found) = self.tested(at, region.value, local) {
                // A write between the test and the read makes the test say nothing.
                let rewritten = (region.start..at.value.0).any(|value| {
                    matches!(unit.value(ValueId(value)).kind, ValueKind::Write { local: written, .. } if written == local)
                });
                return (!rewritten).then_some(found);
            }
        }
        None
    }

    fn tested(&mut self, at: At, condition: ValueId, local: LocalId) -> Option<Type> {
        let unit = self.unit(at.unit);
        match unit.value(condition).kind {
            ValueKind::Call { callee, args, count } if count >= 2 => {
                let args = unit.args(args, count);
                let (first, second) = (args.get(0)?.value, args.get(1)?.value);
                let first = unit.value(first).kind;
                if !matches!(first, ValueKind::Local { local: tested, .. } if tested == local) {
                    return None;
                }
                let callee = self.value(At { unit: at.unit, value: callee });
                if !self.is_type_test(&callee) {
                    return None;
                }
                let tested = self.value(At { unit: at.unit, value: second });
                let classes = match tested {
                    Type::Tuple(parts) => parts.to_vec(),
                    other => vec![other],
                };
                let types = classes.into_iter().map(|class| match class {
                    Type::Class(nominal, args) => Type::Instance(nominal, args, crate::flow::naming::names::Name::NONE),
                    _ => Type::Unknown,
                });
                Some(Type::union(types)).filter(|ty| !ty.is_unknown())
            }
            // `a and b`: the value of the choice holds only if both do.
            ValueKind::Choice { region } => {
                let Sides { is_and, left, right } = sides(unit, condition, region)?;
                if !is_and {
                    return None;
                }
                [Some(left), right].into_iter().flatten().find_map(|part| self.tested(at, part, local))
            }
            _ => None,
        }
    }

    fn is_type_test(&self, callee: &Type) -> bool {
        match callee {
            Type::Function(Callable::Library(id)) => {
                self.program.catalogue.function(*id).entry.effects.narrows.is_some()
            }
            _ => false,
        }
    }

    /// The part of a value that a projection leads to.
    pub(super) fn project(&mut self, ty: &Type, projection: Projection, unit: UnitRef) -> Type {
        match projection {
            Projection::Element => self.element(ty),
            Projection::Entered => self.entered(ty),
            Projection::Caught => match ty {
                Type::Class(nominal, args) => {
                    Type::Instance(*nominal, args.clone(), crate::flow::naming::names::Name::NONE)
                }
                _ => Type::Unknown,
            },
            Projection::Part(n) => match ty {
                Type::Tuple(parts) => parts.get(n as usize).cloned().unwrap_or(Type::Unknown),
                other => self.element(other),
            },
            Projection::Rest => ty.clone(),
            Projection::Payload(variant, n) => self.payload(ty, unit, variant, n),
            Projection::Field(name) => {
                let name = self.program.name(unit.file, name);
                let found = self.attribute(ty, name, At { unit, value: ValueId::NONE });
                if found.is_unknown() { self.variant_field(ty, name) } else { found }
            }
            Projection::Is(written) => self.program.unit_type(unit, written),
            Projection::Awaited => self.awaited(ty),
        }
    }

    /// `Backend::Named { store, .. }`: a field of that name of the variants.
    fn variant_field(&mut self, ty: &Type, name: Name) -> Type {
        let Type::Instance(Nominal::Project(def), args, _) = ty else {
            return Type::Unknown;
        };
        let program = self.program;
        let outline = program.file(def.file).outline();
        let variants = outline.ids().filter(|id| {
            let definition = outline.get(*id);
            definition.parent == def.id && definition.kind == DefKind::Variant
        });
        let fields = variants.filter_map(|variant| {
            let mut fields = outline.fields(variant).iter();
            let field = fields.find(|field| program.name(def.file, field.name) == name)?;
            let ty = program.outline_type(Def { file: def.file, id: variant }, field.ty);
            Some(program.with_arguments(*def, args, &ty))
        });
        Type::union(fields)
    }

    fn payload(&mut self, ty: &Type, unit: UnitRef, variant: crate::text::Sym, n: u32) -> Type {
        let name = self.program.name(unit.file, variant);
        match ty {
            Type::Instance(Nominal::Project(def), args, _) => {
                let Some(variant) = self.program.member_def(*def, name) else {
                    return Type::Unknown;
                };
                let outline = self.program.file(variant.file).outline();
                let Some(field) = outline.fields(variant.id).get(n as usize) else {
                    return Type::Unknown;
                };
                let ty = self.program.outline_type(variant, field.ty);
                self.program.with_arguments(*def, args, &ty)
            }
            Type::Instance(Nominal::Library(id), args, _) => {
                let text = self.program.names.text(name);
                match self.program.catalogue.attribute(*id, &format!("{text}.{n}")) {
                    Some(term) => {
                        let library = self.program.catalogue.ty(*id).library;
                        let mut scope = super::terms::TermScope {
                            generics: self.program.generics_of(*id, args),
                            ..Default::default()
                        };
                        self.program.library_type(library, term, &mut scope)
                    }
                    None => args.get(n as usize).cloned().unwrap_or(Type::Unknown),
                }
            }
            Type::Class(Nominal::Project(_), _) => Type::Unknown,
            other => match self.dereferenced(other) {
                Some(inner) => self.payload(&inner, unit, variant, n),
                None => Type::Unknown,
            },
        }
    }
}

/// The writes that a read may see; and whether the value on entry (a parameter's) may still be there.
struct Reaching {
    writes: Vec<ValueId>,
    from_start: bool,
}

fn all_writes(unit: &Unit, local: LocalId) -> Vec<ValueId> {
    (0..unit.values.len() as u32)
        .map(ValueId)
        .filter(|value| matches!(unit.value(*value).kind, ValueKind::Write { local: written, .. } if written == local))
        .collect()
}

/// A structural walk: the last write that surely ran before the read, and those after it that may have run.
fn reaching_writes(unit: &Unit, local: LocalId, read: ValueId) -> Reaching {
    let function = unit.function(unit.function_of(read));
    let is_write = |value: &ValueId| matches!(unit.value(*value).kind, ValueKind::Write { local: written, .. } | ValueKind::Delete { local: written } if written == local);
    let writes: Vec<ValueId> = (function.start..function.end).map(ValueId).filter(is_write).collect();
    let around: Vec<RegionId> = unit.regions_around(read).collect();
    let mut reaching = Vec::new();
    let mut from_start = true;
    for write in writes.iter().rev().filter(|write| **write < read) {
        match relation(unit, *write, &around) {
            Relation::Before => {
                reaching.push(*write);
                from_start = false;
                break;
            }
            Relation::Maybe => {
                reaching.push(*write);
                // Every arm of an exhaustive branch writes: what was before is gone.
                if covers_all_arms(unit, *write, read, &writes) {
                    from_start = false;
                    let branch = exhaustive_branch(unit, *write, read).expect("covers_all_arms found it");
                    let branch = unit.region(branch);
                    reaching.extend(writes.iter().filter(|other| {
                        other.0 >= branch.start && **other < *write && !leaves(unit, **other, branch.end)
                    }));
                    break;
                }
            }
            Relation::Never => {}
        }
    }
    // Later writes of a loop around the read come back.
    let loops = around.iter().filter(|region| matches!(unit.region(**region).kind, RegionKind::Loop { .. }));
    for region in loops {
        let region = unit.region(*region);
        let first_before = reaching.last().copied();
        let inside = writes.iter().filter(|write| **write > read && write.0 < region.end);
        let surely_rewritten = first_before.is_some_and(|write| write.0 >= region.start) && !from_start;
        if !surely_rewritten {
            reaching.extend(inside);
        }
    }
    reaching.sort();
    reaching.dedup();
    reaching.retain(|write| !matches!(unit.value(*write).kind, ValueKind::Delete { .. }));
    Reaching { writes: reaching, from_start }
}

enum Relation {
    /// It ran on every way to the read.
    Before,
    Maybe,
    Never,
}

fn relation(unit: &Unit, write: ValueId, around_read: &[RegionId]) -> Relation {
    let mut conditional = false;
    let mut below: Option<RegionId> = None;
    // `finally` runs also where the rest of its statement was left.
    let is_cleanup = around_read.iter().any(|region| {
        let record = unit.region(*region);
        record.kind == RegionKind::Finally
            && unit.regions_around(write).any(|around| around == record.parent)
            && unit.regions_around(write).all(|around| around != *region)
    });
    for region in unit.regions_around(write) {
        if around_read.contains(&region) {
            if let RegionKind::Branch { .. } | RegionKind::Select = unit.region(region).kind
                && below.is_some()
            {
                // Another arm of the same branch.
                return Relation::Never;
            }
            break;
        }
        below = Some(region);
        match unit.region(region).kind {
            RegionKind::Arm { .. }
            | RegionKind::Loop { .. }
            | RegionKind::Handler
            | RegionKind::SelectHandler
            | RegionKind::LoopElse
            | RegionKind::TryElse => conditional = true,
            RegionKind::TryBody => {
                // Seen from a handler or behind the statement: it may not have come that far.
                conditional = true;
            }
            _ => {}
        }
        if conditional && !is_cleanup && leaves(unit, write, unit.region(region).end) {
            return Relation::Never;
        }
    }
    if conditional { Relation::Maybe } else { Relation::Before }
}

/// Whether control leaves its arm for good between a write and the arm's end.
fn leaves(unit: &Unit, write: ValueId, end: u32) -> bool {
    unit.jumps_of(unit.region_of(write), write.0 + 1, end)
        .any(|kind| matches!(kind, JumpKind::Return | JumpKind::Raise | JumpKind::Reraise))
}

fn exhaustive_branch(unit: &Unit, write: ValueId, read: ValueId) -> Option<RegionId> {
    unit.regions_around(write).find(|region| {
        let region = unit.region(*region);
        matches!(region.kind, RegionKind::Branch { exhaustive: true }) && region.end <= read.0
    })
}

fn covers_all_arms(unit: &Unit, write: ValueId, read: ValueId, writes: &[ValueId]) -> bool {
    let Some(branch) = exhaustive_branch(unit, write, read) else {
        return false;
    };
    let arms = unit
        .regions
        .iter()
        .enumerate()
        .filter(|(_, region)| region.parent == branch && matches!(region.kind, RegionKind::Arm { .. }));
    let mut count = 0;
    for (at, arm) in arms {
        count += 1;
        let id = RegionId(at as u32);
        let writes_here = writes.iter().any(|write| unit.region_of(*write) == id);
        let jumps = unit.jumps_of(id, arm.start, arm.end).any(|kind| kind != JumpKind::Maybe);
        if !writes_here && !jumps {
            return false;
        }
    }
    count > 0
}

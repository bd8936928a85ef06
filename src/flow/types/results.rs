//! What functions give and what variables hold: unions over returns, yields and writes.

use super::Type;
use super::eval::Eval;
use crate::catalogue::Language;
use crate::flow::ids::{At, Def, Func, UnitRef};
use crate::model::{FnId, JumpKind, LocalId, Projection, RegionKind, UnitId, UseKind, ValueId, ValueKind};
use crate::text::FileId;
use std::sync::Arc;

impl Eval<'_> {
    pub(super) fn compute_variable(&mut self, file: FileId, local: LocalId) -> Type {
        let unit_ref = UnitRef { file, unit: UnitId::MODULE };
        let unit = self.unit(unit_ref);
        let declared = unit.local(local).ty;
        if declared.is_some() {
            let declared = self.program.unit_type(unit_ref, declared);
            if !declared.is_unknown() {
                return declared;
            }
        }
        let mut writes: Vec<At> = Vec::new();
        for (at, value) in unit.values.iter().enumerate() {
            if matches!(value.kind, ValueKind::Write { local: written, .. } if written == local) {
                writes.push(At { unit: unit_ref, value: ValueId(at as u32) });
            }
        }
        let name = self.program.name(file, unit.local(local).name);
        writes.extend_from_slice(self.program.name_writes(file, name));
        let types: Vec<Type> = writes.iter().take(12).map(|write| self.written(*write)).collect();
        Type::union(types)
    }

    /// What a write puts into its target.
    pub fn written(&mut self, write: At) -> Type {
        let unit = self.unit(write.unit);
        let (from, path, count) = match unit.value(write.value).kind {
            ValueKind::Write { from, path, count, .. } => (from, path, count),
            ValueKind::WriteName { from, .. } | ValueKind::WriteAttr { from, .. } => (from, 0, 0),
            _ => return Type::Unknown,
        };
        let projections = &unit.projections[path as usize..path as usize + count as usize];
        let mut ty = self.value(At { unit: write.unit, value: from });
        for projection in projections {
            ty = match projection {
                Projection::Entered => {
                    let is_async = unit.regions_around(write.value).find_map(|region| match unit.region(region).kind {
                        RegionKind::Managed { is_async } => Some(is_async),
                        _ => None,
                    });
                    self.entered_as(&ty, is_async == Some(true))
                }
                projection => self.project(&ty, *projection, write.unit),
            };
        }
        ty
    }

    pub(super) fn compute_return(&mut self, func: Func) -> Type {
        let program = self.program;
        let unit = self.unit(func.unit_ref());
        let function = unit.function(func.id);
        let def = (func.id == FnId::OWN).then_some(unit.def).flatten().map(|id| Def { file: func.file, id });
        let declared = match def {
            Some(def) => program.outline_type(def, program.definition(def).returns),
            // What the parameters of a function around stand for, nobody knows here.
            None => {
                program.unit_type(func.unit_ref(), function.returns).without_parameters(program.language(func.file))
            }
        };
        let language = program.language(func.file);
        if function.is_generator && language == Language::Python {
            let element = match &declared {
                Type::Instance(_, args, _) if !args.is_empty() => args[0].clone(),
                _ => self.yielded(func),
            };
            return Type::Generator(Arc::new(element), function.is_async);
        }
        let result = if declared.is_unknown() {
            self.returned_values(func)
        } else if self.program.language(func.file) == Language::Rust && self.is_only_callable(&declared) {
            // `-> impl Fn()`: which function it is the body says. What a decorator of Python gives stands for the
            // function that it was given.
            let given = self.returned_values(func);
            if self.targets(&given).targets.is_empty() { declared } else { given }
        } else if let Type::TypeParam(_) = declared
            && language == Language::Python
        {
            // `def decorate(function: F) -> F`: what is given the body may say.
            let given = self.returned_values(func);
            if matches!(given, Type::Unknown | Type::Nothing) { declared } else { given }
        } else {
            declared
        };
        let is_async = function.is_async || function.kind == crate::model::FunctionKind::AsyncBlock;
        if is_async { Type::Coroutine(Arc::new(result)) } else { result }
    }

    pub(crate) fn returned_values(&mut self, func: Func) -> Type {
        let unit = self.unit(func.unit_ref());
        let function = unit.function(func.id);
        let mut types = Vec::new();
        for at in function.start..function.end {
            if let ValueKind::Jump { kind: JumpKind::Return, value, .. } = unit.value(ValueId(at)).kind
                && value.is_some()
            {
                types.push(self.value(func.at(value)));
            }
        }
        if types.is_empty() { Type::Nothing } else { Type::union(types) }
    }

    pub(super) fn yielded(&mut self, func: Func) -> Type {
        let unit = self.unit(func.unit_ref());
        let function = unit.function(func.id);
        let yielded: Vec<ValueId> = (function.start..function.end)
            .map(ValueId)
            .filter(|value| unit.value(*value).used.kind == UseKind::Yielded)
            .take(6)
            .collect();
        let types: Vec<Type> = yielded.into_iter().map(|value| self.value(func.at(value))).collect();
        Type::union(types)
    }
}

//! What calls give: the declared result, with what the call itself says of parameters and type parameters filled in.

use super::calls::{Bound, Callee, Target};
use super::eval::Eval;
use super::gaps::Gap;
use super::terms::TermScope;
use super::{Nominal, Type};
use crate::catalogue::{FunctionId, Language, Receiver, Ty, TyId};
use crate::flow::ids::{At, Def, Func};
use crate::flow::naming::names::Name;
use crate::model::{ArgKind, FnId};

impl Eval<'_> {
    /// What one target gives.
    pub fn target_result(&mut self, target: &Target, at: At) -> Type {
        match target.callee {
            Callee::Project(func) => self.project_result(func, target, at),
            Callee::Library(id) => {
                let is_constructor = match &target.receiver {
                    Some(Type::Instance(Nominal::Library(ty), ..)) => self.program.catalogue.ty(*ty).new == Some(id),
                    _ => false,
                };
                if is_constructor {
                    let instance = target.receiver.clone().unwrap_or(Type::Unknown);
                    return self.with_variant(instance, id, at);
                }
                let first = self.first_as_receiver(id, target, at);
                let receiver = target.receiver.as_ref().or(first.as_ref());
                let result = self.library_result(id, receiver, Some((at, target)));
                match result {
                    ty @ Type::Instance(..) => self.with_variant(ty, id, at),
                    ty => ty,
                }
            }
            Callee::Class(def) => self.constructed(def, at),
        }
    }

    /// `Arc::clone(&it)`: a method called by its path has its receiver among the arguments.
    fn first_as_receiver(&mut self, id: FunctionId, target: &Target, at: At) -> Option<Type> {
        let function = self.program.catalogue.function(id);
        if target.receiver.is_some() || !matches!(function.receiver, Receiver::Reference | Receiver::Value) {
            return None;
        }
        let first = self.args(at).iter().find(|arg| arg.kind == ArgKind::Positional)?;
        Some(self.value(At { unit: at.unit, value: first.value })).filter(|ty| !ty.is_unknown())
    }

    fn project_result(&mut self, func: Func, target: &Target, at: At) -> Type {
        let unit = self.unit(func.unit_ref());
        let def = (func.id == FnId::OWN).then_some(unit.def).flatten().map(|id| Def { file: func.file, id });
        let receiver = target.receiver.clone().unwrap_or(Type::Unknown);
        let mut result = self.returned_to(func, &receiver);
        if let Some(def) = def {
            result = self.with_generic_arguments(result, def, func, target, at);
            let decorations = self.program.decorations(def);
            if let Some(wrapper) = decorations.wrapper {
                // The decorator's inner function is what is called.
                let wrapped = self.returned(wrapper);
                return match wrapped {
                    Type::Coroutine(inner) if inner.is_unknown() || matches!(*inner, Type::Nothing) => {
                        let plain = match result {
                            Type::Coroutine(inner) => (*inner).clone(),
                            other => other,
                        };
                        Type::Coroutine(plain.into())
                    }
                    Type::Unknown | Type::Nothing => result,
                    Type::Param(_) => result,
                    other if matches!(result, Type::Coroutine(_)) && !matches!(other, Type::Coroutine(_)) => result,
                    other => other,
                };
            }
            if decorations.gives_awaitable && !matches!(result, Type::Coroutine(_)) {
                result = Type::Coroutine(result.into());
            }
        }
        self.instantiate(result, func, target, at)
    }

    /// Type parameters of a Rust function in its result: what is passed for a parameter of just that type, else unknown.
    fn with_generic_arguments(&mut self, result: Type, def: Def, func: Func, target: &Target, at: At) -> Type {
        let program = self.program;
        if program.language(def.file) == Language::Python {
            return self.solved(result, def, func, target, at);
        }
        let outline = program.file(def.file).outline();
        let generics = outline.generics(def.id);
        if generics.is_empty() || program.language(def.file) != Language::Rust {
            return result;
        }
        let mut arguments: Vec<(Name, Type)> = Vec::new();
        for generic in generics {
            let name = program.name(def.file, generic.name);
            let written = |ty: TyId| match outline.types.get(ty) {
                Ty::Named { path, .. } => path == generic.name,
                _ => false,
            };
            let param = outline.params(def.id).iter().position(|param| param.ty.is_some() && written(param.ty));
            let bound = param.and_then(|param| self.bind_project(at, func, target).get(param).cloned());
            let given = match bound {
                Some(Bound::Value(value)) => self.value(At { unit: at.unit, value }),
                _ => Type::Unknown,
            };
            arguments.push((name, given));
        }
        super::terms::substitute(&result, &|name| {
            arguments.iter().find(|(known, _)| *known == name).map(|(_, given)| given.clone())
        })
    }

    /// Fills in what the result says of parameters and type parameters.
    fn instantiate(&mut self, result: Type, func: Func, target: &Target, at: At) -> Type {
        match result {
            Type::Param(n) => {
                let bound = self.bind_project(at, func, target);
                match bound.get(n as usize) {
                    Some(Bound::Value(value)) => self.value(At { unit: at.unit, value: *value }),
                    _ => Type::Unknown,
                }
            }
            Type::Coroutine(inner) => {
                let inner = self.instantiate((*inner).clone(), func, target, at);
                Type::Coroutine(inner.into())
            }
            Type::Partial(inner, given) => {
                let inner = self.instantiate((*inner).clone(), func, target, at);
                Type::Partial(inner.into(), given)
            }
            Type::Union(parts) => {
                let types: Vec<Type> =
                    parts.iter().map(|part| self.instantiate(part.clone(), func, target, at)).collect();
                Type::union(types)
            }
            other => other,
        }
    }

    /// The declared result of a library's function, its terms bound to the call.
    pub fn library_result(&mut self, id: FunctionId, receiver: Option<&Type>, call: Option<(At, &Target)>) -> Type {
        let program = self.program;
        let gaps = self.gaps();
        let function = program.catalogue.function(id);
        if function.returns.is_none()
            && let Some((at, _)) = call
            && let Some(gathered) = self.gathered_as_written(at, function, receiver)
        {
            return gathered;
        }
        if function.returns.is_none() {
            self.gap(Gap::Given(id));
            return if function.is_async { Type::Coroutine(Type::Unknown.into()) } else { Type::Unknown };
        }
        let mut generics = match receiver.and_then(Type::nominal) {
            Some(Nominal::Library(ty)) => self.receiver_generics(ty, receiver.expect("it has a nominal"), function),
            _ => Vec::new(),
        };
        if let Some((at, _)) = call {
            let written = self.written_generics(at);
            for (name, ty) in function.generics.iter().zip(written) {
                generics.push((name.clone(), ty));
            }
        }
        // Constructor arguments that are the type parameter itself: `Arc::new(x)`, `Mutex::new(x)`.
        if let Some((at, target)) = call {
            self.infer_generics(&mut generics, function, at, target);
        }
        // `filter_map(Result::ok)`: a method passed by its path is called on what the callee gives it.
        let first_given = function.entry.effects.runs.first().and_then(|runs| {
            let term = runs.with.as_ref()?.as_slice().first()?;
            Some(self.given_term(term, receiver?))
        });
        let this = std::cell::RefCell::new(self);
        let mut argument = |name: &str| match call {
            Some((at, target)) => {
                let mut eval = this.borrow_mut();
                match eval.bound_argument(at, target, id, name) {
                    Bound::Value(value) => eval.value(At { unit: at.unit, value }),
                    _ => Type::Unknown,
                }
            }
            None => Type::Unknown,
        };
        let mut project = |projection: &str, operand: Type| {
            let mut eval = this.borrow_mut();
            match projection {
                "Awaited" => eval.awaited(&operand),
                "Elem" => eval.element(&operand),
                "Inner" => eval.unwrapped(&operand),
                "Entered" => eval.entered(&operand),
                "Provided" => provided(&operand),
                "Return" => {
                    let found = eval.targets(&operand);
                    match &operand {
                        Type::Callable(result) => (**result).clone(),
                        Type::Class(nominal, args) => Type::Instance(*nominal, args.clone(), Name::NONE),
                        _ => {
                            let types: Vec<Type> = found
                                .targets
                                .iter()
                                .map(|target| match target.callee {
                                    Callee::Project(func) => {
                                        let receiver = target.receiver.clone().unwrap_or(Type::Unknown);
                                        eval.returned_to(func, &receiver)
                                    }
                                    Callee::Library(id) => {
                                        let receiver = target.receiver.as_ref().or(first_given.as_ref());
                                        eval.library_result(id, receiver, None)
                                    }
                                    Callee::Class(def) => Type::instance(Nominal::Project(def)),
                                })
                                .collect();
                            Type::union(types)
                        }
                    }
                }
                "Partial" => {
                    let given = call.map_or(0, |(at, _)| {
                        let positional = eval.args(at).iter().filter(|arg| arg.kind == ArgKind::Positional).count();
                        positional.saturating_sub(1) as u32
                    });
                    Type::Partial(operand.into(), given)
                }
                _ => Type::Unknown,
            }
        };
        let this_type = match receiver {
            // A class method's `Self` is an instance.
            Some(Type::Class(nominal, args)) => Some(Type::Instance(*nominal, args.clone(), Name::NONE)),
            Some(receiver) => Some(receiver.clone()),
            None => program.type_around(&function.path, function.library),
        };
        let mut scope =
            TermScope { receiver: this_type, generics, argument: Some(&mut argument), project: Some(&mut project) };
        let result = program.library_return(function, &mut scope);
        if result.is_unknown() {
            this.into_inner().gap_since(gaps, || Gap::Given(id));
        }
        // A builder carries its variant on.
        match (&result, receiver) {
            (Type::Instance(nominal, args, variant), Some(Type::Instance(from, _, carried)))
                if variant.is_none() && nominal == from =>
            {
                Type::Instance(*nominal, args.clone(), *carried)
            }
            _ => result,
        }
    }
}

/// What a framework hands on of a dependency's result: awaited, or the first that a generator gives.
fn provided(ty: &Type) -> Type {
    match ty {
        Type::Coroutine(inner) | Type::Generator(inner, _) => (**inner).clone(),
        Type::Union(parts) => Type::union(parts.iter().map(provided)),
        other => other.clone(),
    }
}

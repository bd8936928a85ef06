//! Which argument of a call meets which parameter, and what arguments say of type parameters.

use super::Type;
use super::attributes::args_of;
use super::calls::{Bound, Callee, Target};
use super::eval::Eval;
use crate::catalogue::{Default as DefaultValue, FunctionId, ParamShape, schema::OneOrMany};
use crate::flow::ids::{At, Func};
use crate::flow::naming::names::Name;
use crate::flow::naming::scope::Entity;
use crate::model::{
    Arg, ArgKind, BinaryOp, CollectionKind, ConstKind, FnId, PackedSlice, ParamKind, RegionKind, Unit, UseKind,
    ValueId, ValueKind,
};

impl<'p> Eval<'p> {
    /// Type parameters of the type that a method stands on, seen from the receiver.
    pub(super) fn receiver_generics(
        &mut self,
        ty: crate::catalogue::TypeId,
        receiver: &Type,
        function: &crate::catalogue::Function,
    ) -> Vec<(String, Type)> {
        let mut generics = self.program.generics_of(ty, args_of(receiver));
        // A method of a trait or base: its own parameters by the receiver's.
        if !function.generics.is_empty() {
            for (at, name) in function.generics.iter().enumerate() {
                if !generics.iter().any(|(known, _)| known == name)
                    && let Some(arg) = args_of(receiver).get(at)
                {
                    generics.push((name.clone(), arg.clone()));
                }
            }
        }
        generics
    }

    pub(super) fn infer_generics(
        &mut self,
        generics: &mut Vec<(String, Type)>,
        function: &crate::catalogue::Function,
        at: At,
        target: &Target,
    ) {
        let (pool, strings) = self.program.catalogue.pool(function.library);
        let bound = self.bind_library(at, target, function);
        for (param, bound) in function.params.iter().zip(bound) {
            let crate::catalogue::Ty::Named { path, args } =
                (if param.ty.is_some() { pool.get(param.ty) } else { continue })
            else {
                continue;
            };
            let name = strings.get(path);
            if args.len > 0
                || name.contains(['.', ':', '$', '@'])
                || generics.iter().any(|(known, ty)| known == name && !ty.is_unknown())
            {
                continue;
            }
            let is_generic = function.generics.iter().any(|generic| generic == name)
                || name.len() <= 2 && name.chars().all(|letter| letter.is_ascii_uppercase());
            if let Bound::Value(value) = bound
                && is_generic
            {
                let ty = self.value(At { unit: at.unit, value });
                generics.retain(|(known, _)| known != name);
                generics.push((name.to_owned(), ty));
            }
        }
    }

    /// The turbofish of a call.
    pub(super) fn written_generics(&mut self, at: At) -> Vec<Type> {
        let unit = self.unit(at.unit);
        let term = self
            .args(at)
            .iter()
            .find(|arg| arg.kind == ArgKind::Generics)
            .map(|arg| crate::catalogue::TyId(arg.value.0))
            .or_else(|| match unit.value(at.value).kind {
                ValueKind::Call { callee, .. } => match unit.value(callee).kind {
                    ValueKind::Name { generics, .. } if generics.is_some() => Some(generics),
                    _ => None,
                },
                _ => None,
            });
        match term.map(|term| self.program.unit_type(at.unit, term)) {
            Some(Type::Tuple(parts)) => parts.to_vec(),
            _ => Vec::new(),
        }
    }

    /// The written arguments of a call.
    pub fn args(&self, at: At) -> PackedSlice<'p, Arg> {
        let unit = self.program.unit(at.unit);
        match unit.value(at.value).kind {
            ValueKind::Call { args, count, .. }
            | ValueKind::Method { args, count, .. }
            | ValueKind::Macro { args, count, .. }
            | ValueKind::Struct { args, count, .. } => unit.args(args, count),
            _ => unit.args(0, 0),
        }
    }

    /// The value that a call passes for a library function's parameter.
    pub fn bound_argument(&mut self, at: At, target: &Target, id: FunctionId, param: &str) -> Bound {
        let function = self.program.catalogue.function(id);
        let name = param.trim_start_matches('*');
        let bound = self.bind_library(at, target, function);
        match function.params.iter().position(|known| known.name == name) {
            Some(at) => bound[at].clone(),
            None => Bound::Absent,
        }
    }

    /// Arguments by parameter of a library's function.
    pub fn bind_library(&self, at: At, target: &Target, function: &crate::catalogue::Function) -> Vec<Bound> {
        let shapes: Vec<(Name, ParamShape)> =
            function.params.iter().map(|param| (self.program.names.intern(&param.name), param.kind)).collect();
        // `Type::method(receiver, …)`: the receiver is the first argument.
        let is_path_call =
            matches!(function.receiver, crate::catalogue::Receiver::Reference | crate::catalogue::Receiver::Value)
                && target.receiver.is_none();
        let skip = usize::from(is_path_call);
        self.bind(at, target.given as usize, skip, &shapes)
    }

    /// Arguments by parameter of a project's function; the receiver is [`Bound::Absent`] unless passed as an argument.
    pub fn bind_project(&self, at: At, func: Func, target: &Target) -> Vec<Bound> {
        let program = self.program;
        let unit = program.unit(func.unit_ref());
        let function = unit.function(func.id);
        let shape = |kind: ParamKind| match kind {
            ParamKind::Receiver | ParamKind::PositionalOnly => ParamShape::PositionalOnly,
            ParamKind::Ordinary => ParamShape::Ordinary,
            ParamKind::Rest => ParamShape::Rest,
            ParamKind::KeywordOnly => ParamShape::KeywordOnly,
            ParamKind::KeywordRest => ParamShape::KeywordRest,
        };
        let params = match (func.id == FnId::OWN).then_some(unit.def).flatten() {
            Some(def) => program.file(func.file).outline().params(def),
            None => function.params.of(&unit.params),
        };
        let mut shapes: Vec<(Name, ParamShape)> =
            params.iter().map(|param| (program.name(func.file, param.name), shape(param.kind))).collect();
        let takes_receiver = target.receiver.is_some() && !shapes.is_empty();
        let first = takes_receiver.then(|| shapes.remove(0));
        let mut bound = self.bind(at, target.given as usize, 0, &shapes);
        if first.is_some() {
            let receiver = match program.unit(at.unit).value(at.value).kind {
                ValueKind::Method { of, .. } => Bound::Value(of),
                _ => Bound::Absent,
            };
            bound.insert(0, receiver);
        }
        bound
    }

    pub(super) fn bind(&self, at: At, given: usize, skip: usize, shapes: &[(Name, ParamShape)]) -> Vec<Bound> {
        let mut bound = vec![Bound::Absent; shapes.len()];
        let mut position = given;
        let mut skipped = 0;
        let mut spread = false;
        for arg in self.spread_args(at) {
            match arg.kind {
                ArgKind::Positional => {
                    if skipped < skip {
                        skipped += 1;
                        continue;
                    }
                    let slot = shapes
                        .get(position)
                        .filter(|(_, shape)| matches!(shape, ParamShape::PositionalOnly | ParamShape::Ordinary));
                    match slot {
                        Some(_) => {
                            bound[position] = Bound::Value(arg.value);
                            position += 1;
                        }
                        None => {
                            // The first of the rest; that is where callables and coroutines of `gather` start.
                            if let Some(rest) = shapes.iter().position(|(_, shape)| *shape == ParamShape::Rest)
                                && bound[rest] == Bound::Absent
                            {
                                bound[rest] = Bound::Value(arg.value);
                            }
                        }
                    }
                }
                ArgKind::Keyword => {
                    let name = self.program.name(at.unit.file, arg.name);
                    if let Some(slot) =
                        shapes.iter().position(|(known, shape)| *known == name && *shape != ParamShape::Rest)
                    {
                        bound[slot] = Bound::Value(arg.value);
                    }
                }
                ArgKind::Spread | ArgKind::KeywordSpread => spread = true,
                ArgKind::Generics => {}
            }
        }
        if spread {
            for slot in &mut bound {
                if *slot == Bound::Absent {
                    *slot = Bound::Unknown;
                }
            }
        }
        bound
    }

    /// The arguments of a call, with the elements of `*(a, b)` and `**{"a": b}` in place.
    pub(crate) fn spread_args(&self, at: At) -> Vec<Arg> {
        let unit = self.program.unit(at.unit);
        let mut args = Vec::new();
        for arg in self.args(at) {
            let literal = match arg.kind {
                ArgKind::Spread => literal(unit, arg.value).filter(|(kind, _)| *kind != CollectionKind::Dict),
                ArgKind::KeywordSpread => literal(unit, arg.value).filter(|(kind, _)| *kind == CollectionKind::Dict),
                _ => None,
            };
            match literal {
                Some((CollectionKind::Dict, parts)) => {
                    let keys = parts.iter().step_by(2);
                    for (key, part) in keys.zip(parts.iter().skip(1).step_by(2)) {
                        match unit.value(key.value).kind {
                            ValueKind::Const { kind: ConstKind::Text, text } => {
                                args.push(Arg { value: part.value, kind: ArgKind::Keyword, name: text });
                            }
                            _ => args.push(Arg { kind: ArgKind::KeywordSpread, ..part }),
                        }
                    }
                }
                Some((_, parts)) => args.extend(parts),
                None => args.push(arg),
            }
        }
        args
    }

    /// What a call calls the closure given as one of its arguments with.
    pub(super) fn called_with(&mut self, call: At, argument: ValueId) -> Option<Vec<Type>> {
        let found = self.resolve(call);
        for target in &found.targets {
            let Callee::Library(id) = target.callee else {
                continue;
            };
            let function = self.program.catalogue.function(id);
            for runs in &function.entry.effects.runs {
                let Some(param) = &runs.arg else {
                    continue;
                };
                if self.bound_argument(call, target, id, param) != Bound::Value(argument) {
                    continue;
                }
                let Some(with) = &runs.with else {
                    return None;
                };
                let receiver = target.receiver.clone().unwrap_or(Type::Unknown);
                let terms: &[String] = match with {
                    OneOrMany::One(one) => std::slice::from_ref(one),
                    OneOrMany::Many(many) => many,
                };
                let types = terms.iter().map(|term| self.given_term(term, &receiver)).collect();
                return Some(types);
            }
        }
        None
    }

    /// A type parameter of the receiver, or a projection of it.
    pub(super) fn given_term(&mut self, term: &str, receiver: &Type) -> Type {
        if let Some(super::Nominal::Library(id)) = receiver.nominal()
            && let Some((_, known)) =
                self.program.generics_of(id, args_of(receiver)).into_iter().find(|(name, _)| name == term)
        {
            return known;
        }
        if term == "Self" { receiver.clone() } else { self.simple_term(term, receiver) }
    }

    /// `Elem(self)`, `Inner(self)`, `Awaited(self)`, `self`.
    pub(super) fn simple_term(&mut self, term: &str, receiver: &Type) -> Type {
        let Some((projection, rest)) = term.trim_start_matches('@').split_once('(') else {
            return if term == "self" { receiver.clone() } else { Type::Unknown };
        };
        let inner = self.simple_term(rest.strip_suffix(')').unwrap_or(rest).trim_start_matches('$'), receiver);
        match projection {
            "Elem" => self.element(&inner),
            "Inner" => self.unwrapped(&inner),
            "Awaited" => self.awaited(&inner),
            "Entered" => self.entered(&inner),
            _ => Type::Unknown,
        }
    }

    /// Whether a default is known, for conditions on arguments that are not given.
    pub fn default_of(&self, id: FunctionId, param: &str) -> DefaultValue {
        let function = self.program.catalogue.function(id);
        function
            .params
            .iter()
            .find(|known| known.name == param)
            .map_or(DefaultValue::Other, |known| known.default.clone())
    }

    /// The library constants that an expression is put together from: `A | B`, through a module's own constants.
    pub fn library_paths(&mut self, at: At) -> Vec<Name> {
        self.library_paths_within(at, 0)
    }

    fn library_paths_within(&mut self, at: At, depth: u32) -> Vec<Name> {
        if depth > 6 || at.value.is_none() {
            return Vec::new();
        }
        let here = |value: ValueId| At { unit: at.unit, value };
        match self.program.unit(at.unit).value(at.value).kind {
            ValueKind::Operation { op: BinaryOp::BitOr, left, right } => {
                let mut paths = self.library_paths_within(here(left), depth + 1);
                paths.extend(self.library_paths_within(here(right), depth + 1));
                paths
            }
            ValueKind::Name { name, .. } => {
                if let Some(path) = self.library_path(at) {
                    return vec![path];
                }
                let Some(module) = self.program.modules.of_file(at.unit.file) else {
                    return Vec::new();
                };
                match self.program.in_module(module, self.program.name(at.unit.file, name))[..] {
                    [Entity::Variable(file, local)] => match self.program.only_write(file, local) {
                        Some(from) => self.library_paths_within(from, depth + 1),
                        None => Vec::new(),
                    },
                    _ => Vec::new(),
                }
            }
            _ => self.library_path(at).into_iter().collect(),
        }
    }

    /// The library path that an expression of names spells: `socket.SOCK_DGRAM`.
    pub fn library_path(&mut self, at: At) -> Option<Name> {
        let unit = self.program.unit(at.unit);
        match unit.value(at.value).kind {
            ValueKind::Attr { of, name } => {
                let base = self.library_path(At { unit: at.unit, value: of })?;
                let name = self.program.name(at.unit.file, name);
                Some(self.program.joined(base, self.program.language(at.unit.file), name))
            }
            ValueKind::Name { name, .. } => {
                let module = self.program.modules.of_file(at.unit.file)?;
                match self.program.in_module(module, self.program.name(at.unit.file, name))[..] {
                    [Entity::Library(_, path)] => Some(path),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The library path that a call calls: `somewhere.in_worker(…)`.
    pub(crate) fn called_path(&mut self, call: At) -> Option<Name> {
        let here = |value: ValueId| At { unit: call.unit, value };
        match self.program.unit(call.unit).value(call.value).kind {
            ValueKind::Call { callee, .. } => match self.value(here(callee)) {
                Type::LibraryPath(path) => Some(path),
                _ => None,
            },
            ValueKind::Method { of, name, .. } => match self.value(here(of)) {
                Type::LibraryPath(base) => {
                    let name = self.program.name(call.unit.file, name);
                    Some(self.program.joined(base, self.program.language(call.unit.file), name))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a value is the operand of an await.
    /// Directly, or bound to a name that is awaited later.
    pub fn is_awaited(&self, at: At) -> bool {
        let unit = self.program.unit(at.unit);
        let used = unit.value(at.value).used;
        match used.kind {
            UseKind::Awaited => true,
            UseKind::Bound => {
                let ValueKind::Write { local, count: 0, .. } = unit.value(used.value()).kind else {
                    return false;
                };
                let is_of = |value: &ValueKind| matches!(value, ValueKind::Write { local: of, .. } if *of == local);
                let reads = |value: ValueId| matches!(unit.value(value).kind, ValueKind::Local { local: of, .. } if of == local);
                // `if isawaitable(result): await result`: it may be nothing to await.
                let is_tested = |read: ValueId| {
                    unit.regions_around(read).any(|region| {
                        let region = unit.region(region);
                        let is_arm = matches!(region.kind, RegionKind::Arm { .. }) && region.value.is_some();
                        is_arm
                            && match unit.value(region.value).kind {
                                ValueKind::Call { args, count, .. } | ValueKind::Method { args, count, .. } => {
                                    unit.args(args, count).iter().any(|arg| reads(arg.value))
                                }
                                _ => false,
                            }
                    })
                };
                let awaited = |read: &ValueId| reads(*read) && unit.value(*read).used.kind == UseKind::Awaited;
                unit.values.iter().filter(|value| is_of(&value.kind)).count() == 1
                    && (0..unit.values.len() as u32).map(ValueId).filter(awaited).any(|read| !is_tested(read))
            }
            _ => false,
        }
    }
}

/// The elements of a literal that a value is, or that its name is bound to and nothing else.
fn literal(unit: &Unit, value: ValueId) -> Option<(CollectionKind, PackedSlice<'_, Arg>)> {
    let value = match unit.value(value).kind {
        ValueKind::Local { local, .. } => {
            let mut writes = unit.values.iter().filter_map(|value| match value.kind {
                ValueKind::Write { local: written, from, count, .. } if written == local => Some((from, count)),
                _ => None,
            });
            match (writes.next(), writes.next()) {
                (Some((from, 0)), None) if from.is_some() => from,
                _ => return None,
            }
        }
        _ => value,
    };
    let ValueKind::Collection { kind, args, count } = unit.value(value).kind else {
        return None;
    };
    let parts = unit.args(args, count);
    // A comprehension gives its element many times; what a name holds may have been added to, unless it is a tuple.
    let here = unit.region_of(value);
    let is_literal = parts.iter().all(|part| part.kind == ArgKind::Positional && unit.region_of(part.value) == here);
    let is_kept = kind == CollectionKind::Tuple || unit.value(value).used.kind != UseKind::Bound;
    (is_literal && is_kept).then_some((kind, parts))
}

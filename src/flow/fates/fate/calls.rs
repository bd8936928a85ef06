//! Values that meet calls: as the receiver, as an argument, as what a closure gives.

use super::{Fate, Follow, Misuse, Through, What};
use crate::catalogue::schema::RunsOn;
use crate::catalogue::{FunctionId, LiteralType, literal_type};
use crate::flow::ids::{At, Func};
use crate::flow::types::{Bound, Callee, Nominal, Target, Type};
use crate::model::{FunctionKind, LocalId, ParamKind, UseKind, ValueId, ValueKind};

impl Follow<'_, '_> {
    /// A method of the value itself.
    pub(super) fn method(&mut self, at: At, call: ValueId, depth: u32) -> Fate {
        let call_at = At { unit: at.unit, value: call };
        if self.hands_over(call_at) {
            return Fate::Settled;
        }
        let found = self.eval.resolve(call_at);
        let program = self.eval.program;
        if found.targets.is_empty() {
            let name = match program.unit(at.unit).value(call).kind {
                ValueKind::Method { name, .. } => name,
                _ => return Fate::Unknown,
            };
            let is_read = self.is_future() && self.is_bare && self.wrapped == 0 && self.lacks(at, name);
            return if is_read { self.misused(at, Misuse::Read) } else { Fate::Unknown };
        }
        let mut best = Fate::Ignored;
        for target in &found.targets {
            let Callee::Library(id) = target.callee else {
                return Fate::Unknown;
            };
            let function = program.catalogue.function(id);
            let effects = &function.entry.effects;
            // A callback that sees the error keeps nothing alive and waits for nothing.
            let settles = effects.settles.as_ref().is_some_and(|settles| match self.what {
                What::Handle => settles.duty != "error",
                What::Future => true,
                What::Error => settles.duty != "end",
            });
            let fate = if settles && self.wrapped > 0 {
                self.unwrapped(call_at, depth)
            } else if settles || effects.cancels.is_some() {
                Fate::Settled
            } else if effects.passes.iter().any(|passed| passed == "self") {
                self.of(call_at, depth + 1)
            } else if let Some(takes) = effects.takes.iter().find(|takes| takes.arg == "self") {
                self.taken(&takes.how, call_at, depth)
            } else if function.receiver == crate::catalogue::Receiver::Value {
                // `map`, `ok`: the value goes into what the method gives.
                self.of(call_at, depth + 1).max(Fate::Ignored)
            } else if !function.has_entry {
                Fate::Unknown
            } else {
                Fate::Ignored
            };
            best = best.max(fate);
        }
        best
    }

    pub(super) fn argument(&mut self, at: At, call: At, depth: u32) -> Fate {
        let program = self.eval.program;
        let unit = program.unit(call.unit);
        match unit.value(call.value).kind {
            // A field of a struct literal, an element of `vec![…]` or of an unknown macro.
            ValueKind::Struct { .. } => return self.inside(call, depth).max(Fate::Unknown),
            ValueKind::Macro { .. } => return Fate::Unknown,
            _ => {}
        }
        let found = self.eval.resolve(call);
        if found.targets.is_empty() {
            return Fate::Unknown;
        }
        let mut best = Fate::Dropped;
        for target in &found.targets {
            let fate = match target.callee {
                Callee::Library(id) => self.library_argument(at, call, target, id, depth),
                Callee::Project(func) => self.project_argument(at, call, target, func, depth),
                Callee::Class(_) => Fate::Kept,
            };
            best = best.max(fate);
        }
        best
    }

    fn library_argument(
        &mut self,
        at: At,
        call: At,
        target: &Target,
        id: crate::catalogue::FunctionId,
        depth: u32,
    ) -> Fate {
        let program = self.eval.program;
        let function = program.catalogue.function(id);
        let effects = &function.entry.effects;
        let bound = self.eval.bind_library(call, target, function);
        let param = bound
            .iter()
            .position(|bound| *bound == Bound::Value(at.value))
            .or_else(|| {
                // One of `*args` behind the first.
                function.params.iter().position(|param| param.kind == crate::catalogue::ParamShape::Rest)
            })
            .map(|at| function.params[at].name.clone());
        let Some(param) = param else {
            return Fate::Unknown;
        };
        if self.is_plainly_wanted(at) && self.is_plain_parameter(id, &param, target) {
            return self.misused(at, Misuse::Passed);
        }
        let is_param = |name: &str| name.trim_start_matches('*') == param;
        if let Some(stores) = effects.stores.iter().find(|stores| is_param(&stores.arg)) {
            if stores.into != "self" {
                return Fate::Kept;
            }
            let unit = program.unit(call.unit);
            return match unit.value(call.value).kind {
                ValueKind::Method { of, .. } => self.stored_in(At { unit: call.unit, value: of }, depth + 1),
                _ => Fate::Kept,
            };
        }
        if self.what == What::Error {
            // Going through the results raises what they hold.
            if self.is_bare && effects.consumes.iter().any(|consumed| is_param(consumed)) {
                return Fate::Settled;
            }
            // Whoever collects errors answers for them.
            if effects.collects.as_ref().is_some_and(|collects| is_param(&collects.of)) {
                return Fate::Settled;
            }
            if effects.settles.as_ref().is_some_and(|settles| is_param(&settles.what) && settles.duty == "end") {
                return self.inside(call, depth);
            }
        }
        if let Some(takes) = effects.takes.iter().find(|takes| is_param(&takes.arg)) {
            return match takes.how.as_str() {
                "plain" if self.is_plainly_wanted(at) => self.misused(at, Misuse::Passed),
                "started" if self.is_future() && self.wrapped == 0 => self.misused(at, Misuse::NotStarted),
                how => self.taken(how, call, depth),
            };
        }
        if effects.passes.iter().any(|passed| is_param(passed)) {
            return if self.hands_over(call) { Fate::Settled } else { self.of(call, depth + 1) };
        }
        if effects.settles.as_ref().is_some_and(|settles| is_param(&settles.what)) {
            return Fate::Settled;
        }
        if effects.closes.as_deref().is_some_and(is_param) {
            return Fate::Dropped;
        }
        Fate::Unknown
    }

    fn taken(&mut self, how: &str, call: At, depth: u32) -> Fate {
        match how {
            _ if self.hands_over(call) => Fate::Settled,
            // Waiting for the handle is not waiting for the future that it gives.
            "driven" if self.wrapped > 0 => Fate::Unknown,
            "driven" | "started" => Fate::Settled,
            "plain" => Fate::Ignored,
            "kept" => Fate::Kept,
            "dropped" => Fate::Dropped,
            // What the call gives must be awaited in its stead.
            "wrapped" if self.ends_on_drop(call) => Fate::Settled,
            "wrapped" => self.of(call, depth + 1),
            "driven-when-polled" => self.inside(call, depth),
            _ => Fate::Unknown,
        }
    }

    /// Whether what a call gives ends what it holds when it is dropped.
    fn ends_on_drop(&mut self, call: At) -> bool {
        let program = self.eval.program;
        let (parts, _) = self.eval.value(call).alternatives();
        parts.iter().any(|part| match part.nominal() {
            Some(Nominal::Library(id)) => {
                let handle = program.catalogue.ty(id).entry.as_ref().and_then(|entry| entry.handle.as_ref());
                handle.is_some_and(|handle| matches!(handle.dropped.as_str(), "aborts" | "cancels" | "joins"))
            }
            _ => false,
        })
    }

    fn project_argument(&mut self, at: At, call: At, target: &Target, func: Func, depth: u32) -> Fate {
        let bound = self.eval.bind_project(call, func, target);
        let Some(n) = bound.iter().position(|bound| *bound == Bound::Value(at.value)) else {
            return Fate::Unknown;
        };
        let program = self.eval.program;
        let unit = program.unit(func.unit_ref());
        let params = match program.def_of(func) {
            Some(def) => program.file(def.file).outline().params(def.id),
            None => unit.function(func.id).params.of(&unit.params),
        };
        let Some(param) = params.get(n).copied() else {
            return Fate::Unknown;
        };
        if matches!(param.kind, ParamKind::Rest | ParamKind::KeywordRest) {
            return Fate::Unknown;
        }
        if self.is_plainly_wanted(at) {
            let declared = match program.def_of(func) {
                Some(def) => program.outline_type(def, param.ty),
                None => program.unit_type(func.unit_ref(), param.ty),
            };
            if self.is_plain(&declared) {
                return self.misused(at, Misuse::Passed);
            }
        }
        let first = unit.function(func.id).first_param;
        if first.is_none() {
            return Fate::Unknown;
        }
        let local = LocalId(first.0 + n as u32);
        let start = ValueId(unit.function(func.id).start);
        let entry = At { unit: func.unit_ref(), value: start };
        let fate = self.param_reads(entry, local, depth + 1);
        // What a helper gives back is the caller's again.
        match fate {
            Fate::Returned if self.hands_over(call) => Fate::Settled,
            Fate::Returned => self.of(call, depth + 1),
            fate => fate,
        }
    }

    /// A function's result is its caller's; a callback's is its that calls it, or nobody's.
    pub(super) fn returned(&mut self, at: At, depth: u32) -> Fate {
        let program = self.eval.program;
        let func = program.function_at(at);
        let function = program.function(func);
        if function.kind != FunctionKind::Anonymous {
            return Fate::Returned;
        }
        let made = program.unit(func.unit_ref()).value(function.made);
        if made.used.kind != UseKind::Argument {
            return Fate::Returned;
        }
        let call = func.at(made.used.value());
        let found = self.eval.resolve(call);
        let mut best = None;
        for target in &found.targets {
            best = best.max(self.callable(call, target, function.made, depth));
        }
        best.unwrap_or(Fate::Returned)
    }

    /// What becomes of what a function gives that is passed to a call; none where nothing says so.
    pub(super) fn callable(&mut self, call: At, target: &Target, argument: ValueId, depth: u32) -> Option<Fate> {
        let (fate, on) = match target.callee {
            Callee::Library(id) => self.called_by_library(call, target, id, argument, depth)?,
            Callee::Project(func) if self.is_future() => {
                (self.called_by_helper(call, target, func, argument, depth)?, RunsOn::Here)
            }
            _ => return None,
        };
        if fate.is_lost() {
            let argument = At { unit: call.unit, value: argument };
            self.through.get_or_insert(Through { argument, call, on });
        }
        Some(fate)
    }

    fn called_by_library(
        &mut self,
        call: At,
        target: &Target,
        id: FunctionId,
        argument: ValueId,
        depth: u32,
    ) -> Option<(Fate, RunsOn)> {
        let program = self.eval.program;
        let function = program.catalogue.function(id);
        let effects = &function.entry.effects;
        let mut is_this = |param: &str| self.eval.bound_argument(call, target, id, param) == Bound::Value(argument);
        if self.what == What::Future
            && effects.holds.iter().any(|holds| holds.wants.as_deref() == Some("plain") && is_this(&holds.arg))
        {
            return Some((Fate::Dropped, RunsOn::Worker));
        }
        let runs = effects.runs.iter().find(|runs| runs.arg.as_deref().is_some_and(&mut is_this))?;
        let wants = runs.wants.as_deref();
        if matches!(wants, Some("future" | "either")) {
            return None;
        }
        if !self.is_future() {
            return (runs.on == RunsOn::Loop).then_some((Fate::Dropped, RunsOn::Loop));
        }
        if program.gives_result_of(id, runs.arg.as_deref().unwrap_or_default()) {
            let behind_handle = u32::from(function.is_async || effects.starts.is_some());
            self.wrapped += behind_handle;
            let fate = self.inside(call, depth);
            self.wrapped -= behind_handle;
            return Some((fate, runs.on));
        }
        Some((if wants == Some("plain") { Fate::Dropped } else { Fate::Unknown }, runs.on))
    }

    /// A function of the project that calls its parameter: the best of what it does with what that gives.
    fn called_by_helper(
        &mut self,
        call: At,
        target: &Target,
        func: Func,
        argument: ValueId,
        depth: u32,
    ) -> Option<Fate> {
        let bound = self.eval.bind_project(call, func, target);
        let n = bound.iter().position(|bound| *bound == Bound::Value(argument))?;
        let unit = self.eval.program.unit(func.unit_ref());
        let first = unit.function(func.id).first_param;
        if first.is_none() {
            return None;
        }
        let param = LocalId(first.0 + n as u32);
        let reads: Vec<ValueId> = (0..unit.values.len() as u32)
            .map(ValueId)
            .filter(|read| matches!(unit.value(*read).kind, ValueKind::Local { local, .. } if local == param))
            .collect();
        let mut best = None;
        for read in reads {
            let used = unit.value(read).used;
            let fate = match used.kind {
                UseKind::Callee => self.of(func.at(used.value()), depth + 1),
                UseKind::Condition => Fate::Dropped,
                _ => Fate::Unknown,
            };
            best = best.max(Some(fate));
        }
        best
    }

    /// Whether what a call gives is a future whose fate is asked for by itself.
    fn hands_over(&self, call: At) -> bool {
        self.is_future() && self.wrapped == 0 && self.eval.program.made_future(call).is_some()
    }

    /// Whether it would be wrong to pass the value where a plain one is wanted.
    fn is_plainly_wanted(&mut self, at: At) -> bool {
        self.is_future() && self.is_bare && self.wrapped == 0 && self.is_coroutine(at)
    }

    fn is_plain_parameter(&mut self, id: FunctionId, param: &str, target: &Target) -> bool {
        let program = self.eval.program;
        let function = program.catalogue.function(id);
        let Some(known) = function.params.iter().find(|known| known.name == param) else {
            return false;
        };
        let mut scope = crate::flow::types::TermScope { receiver: target.receiver.clone(), ..Default::default() };
        let declared = program.library_type(function.library, known.ty, &mut scope);
        self.is_plain(&declared)
    }

    /// Whether a type is one that literals have.
    fn is_plain(&self, ty: &Type) -> bool {
        const PLAIN: [LiteralType; 8] = [
            LiteralType::Bool,
            LiteralType::Integer,
            LiteralType::Float,
            LiteralType::Text,
            LiteralType::Bytes,
            LiteralType::List,
            LiteralType::Set,
            LiteralType::Dict,
        ];
        let program = self.eval.program;
        match ty {
            Type::Instance(Nominal::Library(id), ..) => {
                let known = program.catalogue.ty(*id);
                let language = program.catalogue_language(known.library);
                PLAIN.iter().any(|literal| literal_type(language, *literal) == known.path)
            }
            Type::Union(parts) => parts.iter().all(|part| self.is_plain(part)),
            _ => false,
        }
    }
}

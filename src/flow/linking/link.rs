//! One unit, linked: which functions it calls and how, which library calls in it wait, which it makes or starts.
//!
//! Per unit and in parallel; the passes over the whole program read only what this leaves.

use crate::catalogue::schema::{BlockKind, RunsOn, Times};
use crate::catalogue::{FunctionId, Language};
use crate::flow::certainty::Certainty;
use crate::flow::contexts::context::{Contexts, Kept};
use crate::flow::contexts::param_tests::Guards;
use crate::flow::ids::{At, Func, UnitRef};
use crate::flow::layout::NamedRole;
use crate::flow::linking::events::Waits;
use crate::flow::linking::links::{
    Edge, EdgeKind, EffectCall, EventSource, FunctionLinks, ParamHow, ParamUse, UnitLinks,
};
use crate::flow::linking::remarks::Remark;
use crate::flow::rules::Rule;
use crate::flow::types::{Bound, Callee, Eval, Nominal, Resolution, Target, Type, python_operator};
use crate::model::{
    Access, ArgKind, DefFlags, FnId, FunctionKind, LocalId, LocalKind, LoopKind, RegionKind, UseKind, ValueId,
    ValueKind,
};

/// How an argument is called.
struct Running {
    kind: EdgeKind,
    times: Times,
    around_service: bool,
    /// What it gives is kept so long: it runs at the first use alone.
    kept: Option<Kept>,
}

/// Links one unit.
pub(crate) fn link_unit(eval: &mut Eval, unit_ref: UnitRef) -> UnitLinks {
    link_noting(eval, unit_ref, None)
}

/// Links one unit, and puts what it remarks where it is told to.
pub(crate) fn link_noting(
    eval: &mut Eval,
    unit_ref: UnitRef,
    mut remarks: Option<&mut Vec<(ValueId, Remark)>>,
) -> UnitLinks {
    let unit = eval.program.unit(unit_ref);
    let mut links = UnitLinks::default();
    for at in 0..unit.functions.len() as u32 {
        let func = Func { file: unit_ref.file, unit: unit_ref.unit, id: FnId(at) };
        let remarks = remarks.as_deref_mut();
        let contexts = Contexts::of(eval.program, func);
        let mut linker = Linker { eval, func, contexts, links: FunctionLinks::default(), remarks };
        linker.run();
        links.functions.push(linker.links);
    }
    eval.forget_values();
    links
}

pub(crate) struct Linker<'e, 'p> {
    pub eval: &'e mut Eval<'p>,
    pub func: Func,
    pub(crate) contexts: Contexts,
    pub links: FunctionLinks,
    remarks: Option<&'e mut Vec<(ValueId, Remark)>>,
}

impl Linker<'_, '_> {
    /// Remarks something, if anybody asks.
    pub(crate) fn remark(&mut self, at: ValueId, remark: Remark) {
        if let Some(remarks) = &mut self.remarks {
            remarks.push((at, remark));
        }
    }

    fn run(&mut self) {
        let unit = self.eval.program.unit(self.func.unit_ref());
        let function = unit.function(self.func.id);
        for at in (function.start..function.end).map(ValueId) {
            match unit.value(at).kind {
                ValueKind::Call { .. } | ValueKind::Method { .. } => self.call(at),
                ValueKind::Attr { of, name } => self.property(at, of, name),
                ValueKind::WriteAttr { of, name, .. } => self.setter(at, of, name),
                ValueKind::Function { function } => self.future_of_block(at, function),
                ValueKind::Await { of } => {
                    self.awaited_object(at, of);
                    self.awaited_handle(at, of);
                }
                ValueKind::Operation { op, left, .. } => {
                    if let Some(method) = op.symbol().and_then(python_operator) {
                        self.operator(at, left, method);
                    }
                }
                _ => {}
            }
        }
        for region in unit.regions.iter() {
            if region.start < function.start || region.end > function.end || region.value.is_none() {
                continue;
            }
            // Regions of nested functions have runs of their own; an empty one cannot say whose it is.
            if unit.function_of(region.value) != self.func.id {
                continue;
            }
            match region.kind {
                RegionKind::Managed { is_async } => self.managed(region.value, is_async),
                RegionKind::Loop { kind: LoopKind::For | LoopKind::Comprehension } => {
                    self.iterated(region.value);
                }
                _ => {}
            }
        }
        self.links.edges.sort_by_key(|edge| edge.at);
        self.links.events.sort_by_key(|event| event.at);
        self.links.futures.sort_by_key(|made| made.at);
    }

    /// The conditions on parameters under which a value is evaluated.
    pub(crate) fn guards(&mut self, at: ValueId) -> Guards {
        self.contexts.guards(self.eval, at)
    }

    pub(crate) fn is_dead(&mut self, at: ValueId) -> bool {
        self.contexts.is_off_loop(self.eval, at)
    }

    pub(crate) fn remark_off_loop(&mut self, at: ValueId) {
        if let Some(region) = self.contexts.off_loop_by(self.eval, at) {
            self.remark(at, Remark::OffLoop(region));
        }
    }

    fn call(&mut self, at: ValueId) {
        let place = self.func.at(at);
        self.links.calls += 1;
        let mut resolution = self.eval.resolve(place);
        if resolution.is_known() {
            self.links.resolved += 1;
        }
        self.param_use(at);
        if resolution.targets.is_empty() {
            self.held_use(at);
        }
        self.future_of_call(at, &resolution);
        if self.eval.is_awaited(place) {
            self.drop_plain_targets(&mut resolution, place);
        }
        let certainty = certainty_of(&resolution);
        self.named_call(at, &resolution, certainty);
        self.remark_targets(at, &resolution);
        for target in resolution.targets {
            match target.callee {
                Callee::Library(id) => self.library_call(at, id, &target, certainty),
                Callee::Project(func) => self.project_call(at, func, &target, certainty, None),
                Callee::Class(def) => self.construct(at, def, certainty),
            }
        }
    }

    /// The configuration says where the functions are run that a call passes.
    fn named_call(&mut self, at: ValueId, resolution: &Resolution, certainty: Certainty) {
        let program = self.eval.program;
        if program.named.is_empty() {
            return;
        }
        let place = self.func.at(at);
        for (role, kind) in [(NamedRole::Offloads, EdgeKind::Offload), (NamedRole::OnLoop, EdgeKind::OnLoop)] {
            let is_named = match resolution.targets[..] {
                [] => self.eval.called_path(place).is_some_and(|path| program.named.has_path(path, role)),
                _ => resolution.targets.iter().any(|target| program.is_named(target.callee, role)),
            };
            if !is_named {
                continue;
            }
            let passed = self.eval.spread_args(place);
            for arg in passed.iter().filter(|arg| matches!(arg.kind, ArgKind::Positional | ArgKind::Keyword)) {
                let running = Running { kind, times: Times::Once, around_service: false, kept: None };
                self.runs(at, arg.value, running, certainty);
            }
        }
    }

    fn remark_targets(&mut self, at: ValueId, resolution: &Resolution) {
        match resolution.targets.len() {
            0 => {}
            1 if resolution.is_open => self.remark(at, Remark::Open),
            1 => {}
            n => self.remark(at, Remark::Several(n)),
        }
    }

    /// An awaited call cannot go to a plain function that gives nothing awaitable; nor to one of which nothing is known
    /// beside its async twin.
    fn drop_plain_targets(&mut self, resolution: &mut Resolution, at: At) {
        let is_async = |linker: &Self, target: &Target| match target.callee {
            Callee::Project(func) => linker.eval.program.function(func).is_async,
            Callee::Library(id) => linker.eval.program.catalogue.function(id).is_async,
            Callee::Class(_) => false,
        };
        let has_async = resolution.targets.iter().any(|target| is_async(self, target));
        let mut kept = Vec::new();
        for target in std::mem::take(&mut resolution.targets) {
            let given = self.eval.target_result(&target, at);
            let is_plain = match &given {
                Type::Unknown | Type::Param(_) | Type::TypeParam(_) => has_async,
                Type::Instance(Nominal::Path(_), ..) => false,
                ty => !self.eval.is_awaitable(ty),
            };
            if !is_plain || is_async(self, &target) {
                kept.push(target);
            } else {
                self.remark(at.value, Remark::NotAwaitable(target.callee));
            }
        }
        resolution.targets = kept;
    }

    pub(crate) fn library_call(&mut self, at: ValueId, id: FunctionId, target: &Target, certainty: Certainty) {
        let function = self.eval.program.catalogue.function(id);
        let effects = &function.entry.effects;
        let place = self.func.at(at);
        let is_non_blocking = self.eval.program.is_named(Callee::Library(id), NamedRole::NonBlocking);
        if is_non_blocking {
            self.remark(at, Remark::Configured(Callee::Library(id)));
        } else if effects.blocks.is_empty() && effects.enters_runtime.is_none() {
            self.remark(at, Remark::NoWait(id));
        }
        for blocks in effects.blocks.iter().filter(|_| !is_non_blocking) {
            self.blocks(at, id, target, blocks, certainty);
        }
        for runs in &effects.runs {
            // What a constructor was given runs on another thread: nothing follows here.
            let Some(param) = &runs.arg else {
                continue;
            };
            let bound = self.eval.bound_argument(place, target, id, param);
            let Bound::Value(value) = bound else {
                continue;
            };
            let kind = match runs.on {
                RunsOn::Here => EdgeKind::Call,
                RunsOn::Loop => EdgeKind::OnLoop,
                RunsOn::Worker | RunsOn::Process | RunsOn::Later => EdgeKind::Offload,
            };
            let kept = if runs.kept { self.kept_by_receiver(at) } else { None };
            let running = Running { kind, times: runs.times, around_service: runs.around_service, kept };
            if !self.runs(at, value, running, certainty) {
                self.remark(at, Remark::UnknownCallable(id, param.clone()));
            }
        }
        if let Some(enters) = effects.enters_runtime.as_ref().filter(|_| !is_non_blocking) {
            self.enters(at, EventSource::Library(id), enters, certainty);
        }
        // What a constructor keeps to run it later runs beside whoever starts it.
        for holds in &effects.holds {
            if let Bound::Value(value) = self.eval.bound_argument(place, target, id, &holds.arg) {
                let running =
                    Running { kind: EdgeKind::Offload, times: Times::Once, around_service: false, kept: None };
                self.runs(at, value, running, certainty);
            }
        }
        for entered in &effects.enters {
            if let Bound::Value(value) = self.eval.bound_argument(place, target, id, entered) {
                self.managed(value, false);
            }
        }
        for consumed in &effects.consumes {
            if let Bound::Value(value) = self.eval.bound_argument(place, target, id, consumed)
                && matches!(self.eval.value(self.func.at(value)), Type::Instance(Nominal::Project(_), ..))
            {
                self.iterated(value);
            }
        }
        self.plain_calls(at, id, target, certainty);
        let has_effect = effects.starts.is_some()
            || effects.creates.is_some()
            || effects.workers.is_some()
            || effects.bounds.is_some()
            || effects.acquires.is_some()
            || effects.enters_runtime.is_some()
            || effects.fans_out.is_some()
            || effects.collects.is_some()
            || effects.settles.as_ref().is_some_and(|settles| settles.what == "self")
            || effects.cancels.is_some();
        if has_effect {
            self.links.effects.push(EffectCall { at, function: id, target: target.clone(), certainty });
        }
    }

    /// How long the receiver of a call keeps something: one that has a name of its own as long as the process.
    fn kept_by_receiver(&self, at: ValueId) -> Option<Kept> {
        let unit = self.eval.program.unit(self.func.unit_ref());
        match unit.value(at).kind {
            ValueKind::Method { of, .. } => match unit.value(of).kind {
                ValueKind::Name { .. } => Some(Kept::Process),
                ValueKind::Attr { .. } => Some(Kept::Object),
                _ => None,
            },
            _ => None,
        }
    }

    /// An argument is called: a function by name, a lambda, a bound method. Whether it is known which.
    fn runs(&mut self, at: ValueId, argument: ValueId, running: Running, certainty: Certainty) -> bool {
        let Running { kind, times, around_service, kept } = running;
        let ty = self.eval.value(self.func.at(argument));
        if let Some(param) = self.called_param(argument) {
            if !self.is_chosen_by_test(at, param) {
                let guards = self.guards(at);
                self.links.param_uses.push(ParamUse { param, at, how: ParamHow::Called(kind, times), guards });
            }
            return true;
        }
        let found = self.eval.targets(&ty);
        let is_known = !found.targets.is_empty();
        for target in found.targets {
            match target.callee {
                Callee::Project(func) => {
                    let is_async = self.is_async(func);
                    let kind = match kind {
                        EdgeKind::Call if is_async => EdgeKind::Drive,
                        kind => kind,
                    };
                    let has_receiver = target.receiver.is_some();
                    let edge = Edge::new(at, func, kind, certainty);
                    self.edge(Edge { has_receiver, times, around_service, at_first_use: kept, ..edge });
                }
                // `call_soon(time.sleep, 1)` runs the library's function itself.
                Callee::Library(id) if kind.is_on_loop() => {
                    for blocks in &self.eval.program.catalogue.function(id).entry.effects.blocks {
                        if blocks.of.is_none() && blocks.at.is_none() {
                            // What it is called with is not read.
                            let certainty = if blocks.unless.is_empty() { certainty } else { certainty.lowered() };
                            let kind = blocks.kind.unwrap_or(BlockKind::Device);
                            let mut waits = Waits::new(EventSource::Library(id), kind, blocks.stall, certainty);
                            waits.why = blocks.why.clone();
                            self.event(at, waits);
                        }
                    }
                }
                _ => {}
            }
        }
        is_known
    }

    pub(crate) fn project_call(
        &mut self,
        at: ValueId,
        func: Func,
        target: &Target,
        certainty: Certainty,
        implicit: Option<&'static str>,
    ) {
        let program = self.eval.program;
        let function = program.function(func);
        let decorations = program.decorations_of(func);
        let mut certainty = certainty;
        if decorations.unresolved > 0 {
            certainty = certainty.lowered();
            self.remark(at, Remark::UnknownDecorator(func));
        }
        // It waits the first time; afterwards the result is there.
        if decorations.is_cached {
            certainty = Certainty::Possible;
            self.remark(at, Remark::Cached(func));
        }
        self.implementations_called(at, func, target, certainty, implicit);
        if let Some(def) = program.def_of(func)
            && program.definition(def).flags.has(DefFlags::NO_BODY)
        {
            self.remark(at, Remark::NoBody(func));
            return;
        }
        if let Some((attribute, enters)) = &decorations.enters_runtime {
            self.enters(at, EventSource::Attribute(*attribute), enters, certainty);
        }
        let is_runner = |role| program.is_named(Callee::Project(func), role);
        let passed = match implicit {
            None if !is_runner(NamedRole::Offloads) && !is_runner(NamedRole::OnLoop) => {
                self.passed_functions(at, func, target)
            }
            _ => Vec::new(),
        };
        let has_receiver = target.receiver.is_some();
        let edge = Edge { implicit, has_receiver, passed, ..Edge::new(at, func, EdgeKind::Call, certainty) };
        if let Some(wrapper) = decorations.wrapper {
            let wrapped = self.wrapped(wrapper);
            let kind = if program.function(wrapper).is_async { EdgeKind::Drive } else { EdgeKind::Call };
            self.edge(Edge { implicit, ..Edge::new(at, wrapper, kind, certainty) });
            match wrapped {
                None if !self.is_mentioned(wrapper) => return,
                // Of the two that the wrapper chooses from, what is awaited is the other one.
                None if self.is_awaited_twin(at, func, target) => return,
                Some(EdgeKind::Call) if kind == EdgeKind::Call && self.is_awaited_twin(at, func, target) => return,
                // The body runs where the wrapper runs it.
                Some(EdgeKind::Call) if kind == EdgeKind::Call => {}
                Some(_) => {
                    self.edge(Edge { kind: EdgeKind::Offload, ..edge });
                    return;
                }
                None => {}
            }
        }
        if decorations.offloads {
            self.edge(Edge { kind: EdgeKind::Offload, ..edge });
            return;
        }
        let is_async = self.is_async(func);
        let kind = if is_async { EdgeKind::Drive } else { EdgeKind::Call };
        if function.is_generator && !is_async {
            let runs = match decorations.context_manager {
                Some(_) => self.is_entered(at, implicit),
                None => program.language(func.file) == Language::Rust || self.is_consumed(at),
            };
            if !runs {
                self.remark(at, Remark::NotRunThrough);
                return;
            }
        }
        self.edge(Edge { kind, ..edge });
    }

    /// Whether the result of a plain wrapper is awaited, but that of the function inside gives nothing to await: the
    /// wrapper called another one.
    fn is_awaited_twin(&mut self, at: ValueId, func: Func, target: &Target) -> bool {
        if self.is_async(func) || !self.eval.is_awaited(self.func.at(at)) {
            return false;
        }
        let own = self.eval.returned_to(func, target.receiver.as_ref().unwrap_or(&Type::Unknown));
        !own.is_unknown() && !self.eval.is_awaitable(&own)
    }

    fn is_async(&self, func: Func) -> bool {
        let program = self.eval.program;
        let function = program.function(func);
        let is_async = function.is_async || function.kind == FunctionKind::AsyncBlock;
        is_async && !program.decorations_of(func).makes_sync
    }

    /// Whether a decorator's inner function, or one inside it, has anything to do with the function that it replaces.
    fn is_mentioned(&self, wrapper: Func) -> bool {
        let unit = self.eval.program.unit(wrapper.unit_ref());
        let given = unit.function(unit.function(wrapper.id).parent).first_param;
        (0..unit.values.len() as u32).map(ValueId).any(|at| {
            let is_given = matches!(unit.value(at).kind, ValueKind::Local { local, .. } if local == given);
            let mut around = unit.function_of(at);
            while is_given && around != wrapper.id && around != FnId::OWN {
                around = unit.function(around).parent;
            }
            is_given && around == wrapper.id
        })
    }

    /// What a decorator's inner function does with the function that it was given: the decorator's first parameter.
    fn wrapped(&mut self, wrapper: Func) -> Option<EdgeKind> {
        let program = self.eval.program;
        let unit = program.unit(wrapper.unit_ref());
        let function = unit.function(wrapper.id);
        let decorator = unit.function(function.parent);
        let given = decorator.first_param;
        let is_given =
            |value: ValueId| matches!(unit.value(value).kind, ValueKind::Local { local, .. } if local == given);
        for at in (function.start..function.end).map(ValueId) {
            match unit.value(at).kind {
                ValueKind::Call { callee, args, count } => {
                    if is_given(callee) {
                        return Some(if function.is_async && unit.value(at).used.kind != UseKind::Awaited {
                            EdgeKind::Drive
                        } else {
                            EdgeKind::Call
                        });
                    }
                    if unit.args(args, count).iter().any(|arg| is_given(arg.value)) {
                        return Some(EdgeKind::Offload);
                    }
                }
                ValueKind::Method { args, count, .. }
                    if unit.args(args, count).iter().any(|arg| is_given(arg.value)) =>
                {
                    return Some(EdgeKind::Offload);
                }
                _ => {}
            }
        }
        None
    }

    /// Adds an edge, under the conditions of its place.
    pub(crate) fn edge(&mut self, mut edge: Edge) {
        if self.is_dead(edge.at) && edge.kind == EdgeKind::Call {
            edge.kind = EdgeKind::Offload;
            self.remark_off_loop(edge.at);
        }
        if edge.kind == EdgeKind::Offload && !self.eval.program.applies(Rule::Offloaded) {
            edge.kind = EdgeKind::Call;
        }
        edge.at_first_use = edge.at_first_use.max(self.contexts.once(self.eval, edge.at));
        edge.certainty = at_first_use_of(edge.at_first_use, edge.certainty);
        if let Some(kept) = edge.at_first_use {
            self.remark(edge.at, Remark::FirstUse(kept));
        }
        if edge.kind == EdgeKind::Call
            && let Some(mark) = self.eval.program.marks.get(&edge.to)
        {
            let mark = *mark;
            self.links.cut_by.push(mark);
            self.remark(edge.at, Remark::Marked(edge.to, mark));
            return;
        }
        if edge.kind == EdgeKind::Call && self.eval.program.is_named(Callee::Project(edge.to), NamedRole::NonBlocking) {
            self.remark(edge.at, Remark::Configured(Callee::Project(edge.to)));
            return;
        }
        edge.guards = self.guards(edge.at);
        self.links.edges.push(edge);
    }

    /// The parameter of this function that a value reads.
    pub(crate) fn own_param(&self, value: ValueId) -> Option<u32> {
        let unit = self.eval.program.unit(self.func.unit_ref());
        let ValueKind::Local { local, by: Access::Value | Access::Reference | Access::Receiver } =
            unit.value(value).kind
        else {
            return None;
        };
        param_of(unit, self.func.id, local)
    }

    /// `callback()`: one of this function's parameters is called.
    fn param_use(&mut self, at: ValueId) {
        let unit = self.eval.program.unit(self.func.unit_ref());
        let ValueKind::Call { callee, .. } = unit.value(at).kind else {
            return;
        };
        if let Some(param) = self.called_param(callee)
            && !self.is_dead(at)
            && !self.is_chosen_by_test(at, param)
        {
            let guards = self.guards(at);
            self.links.param_uses.push(ParamUse {
                param,
                at,
                how: ParamHow::Called(EdgeKind::Call, Times::Once),
                guards,
            });
        }
    }
}

/// What happens only at the first use of something that is kept is less certain to happen here.
pub(crate) fn at_first_use_of(kept: Option<Kept>, certainty: Certainty) -> Certainty {
    match kept {
        Some(Kept::Process) => Certainty::Possible,
        Some(Kept::Key | Kept::Object) => certainty.lowered(),
        None => certainty,
    }
}

/// The number of a function's parameter, by its local, if nothing is written to it.
fn param_of(unit: &crate::model::Unit, function: FnId, local: LocalId) -> Option<u32> {
    let record = unit.local(local);
    if record.kind != LocalKind::Param || record.owner != function {
        return None;
    }
    let first = unit.function(function).first_param;
    (!first.is_none() && local.0 >= first.0).then(|| local.0 - first.0)
}

/// One of several targets, or one that may be another, is one step less certain.
fn certainty_of(resolution: &Resolution) -> Certainty {
    if resolution.is_open || resolution.targets.len() > 1 { Certainty::Likely } else { Certainty::Certain }
}

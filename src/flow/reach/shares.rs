//! What each unit adds to the passes over the whole program: its functions, what they make run, what they call.
//!
//! Worked out unit by unit and kept while nothing changes that it was read from; the passes themselves only walk over
//! these.

use crate::catalogue::schema::RunsOn;
use crate::catalogue::{FunctionId, Language, TypeId};
use crate::flow::Program;
use crate::flow::certainty::Certainty;
use crate::flow::changes::Key;
use crate::flow::ids::{At, Def, Func, UnitRef};
use crate::flow::layout::Role;
use crate::flow::linking::links::{Edge, EdgeKind, Event, FunctionLinks};
use crate::flow::linking::passed::calls_of_param;
use crate::flow::reach::locks::{Acquisition, Section};
use crate::flow::reach::roots::Caller;
use crate::flow::reach::runners::Runner;
use crate::flow::reach::summary::Call;
use crate::flow::types::{Callable, Eval, Nominal, Type};
use crate::flow::{Stop, Stopped};
use crate::model::{ArmTest, DefFlags, DefKind, FnId, RegionKind, UnitId, UseKind, ValueId};
use rayon::prelude::*;

/// What one unit adds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Share {
    /// By number.
    pub functions: Vec<Own>,
    /// Functions that its functions make run, as the passes need it.
    pub runs: Vec<Runs>,
    /// What makes functions run here, and its async blocks where they are made.
    pub runners: Vec<(Func, Runner)>,
    pub blocks: Vec<(Func, Runner)>,
    /// Whether a call here lets event loops run inside each other.
    pub nests: bool,
    /// Plain functions that it has run on the loop.
    pub callbacks: Vec<Func>,
    /// Plain calls, function by function.
    pub calls: Vec<Call>,
    /// The first call of each function.
    pub first_call: Vec<u32>,
    /// Calls that pass a file or a socket to something that reads from its parameter, and of functions of libraries
    /// through a parameter.
    pub passed_events: Vec<(FnId, Event)>,
    /// Stretches under a lock between threads.
    pub sections: Vec<Section>,
    /// Where such locks are taken.
    pub acquisitions: Vec<Acquisition>,
}

impl Share {
    /// The numbers of a function's calls.
    pub fn calls_of(&self, function: FnId) -> std::ops::Range<u32> {
        let at = function.0 as usize;
        let Some(first) = self.first_call.get(at) else {
            return 0..0;
        };
        *first..self.first_call.get(at + 1).copied().unwrap_or(self.calls.len() as u32)
    }
}

/// What a function is by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Own {
    pub is_coroutine: bool,
    /// A library or a framework runs it on the loop, though it is a plain function.
    pub is_callback: bool,
    pub is_test: bool,
    pub is_command: bool,
    /// A framework runs it before anything is served, or after all was.
    pub is_once: bool,
    /// Nobody knows who calls it besides those that are seen.
    pub has_unknown_callers: bool,
}

/// A function is made to run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Runs {
    pub from: FnId,
    pub to: Func,
    /// Nothing else runs meanwhile.
    pub is_alone: bool,
    pub around_service: bool,
    /// By a module's own code; and whether only where the module is run as a script.
    pub by_module: bool,
    pub under_main: bool,
    /// As a caller sees it, if it is called or driven there.
    pub caller: Option<Caller>,
}

impl Program {
    /// Whether a call runs a loop of its own.
    pub(crate) fn enters_runtime(&self, from: Func, call: ValueId) -> bool {
        self.function_links(from).is_some_and(|function| enters_runtime(self, function, call))
    }

    /// The shares of all units under check.
    pub(in crate::flow) fn all_shares(&self, stop: &Stop) -> Result<Vec<Vec<Share>>, Stopped> {
        let of_file = |file: usize| {
            stop.check()?;
            let file = crate::text::FileId(file as u32);
            if self.files[file.0 as usize].role == Role::Dependency {
                return Ok(Vec::new());
            }
            let mut eval = Eval::new(self);
            let units = (0..self.count_units(file)).map(|unit| UnitRef { file, unit: UnitId(unit) });
            Ok(units.map(|unit| self.share_of(&mut eval, unit)).collect())
        };
        (0..self.files.len()).into_par_iter().map(of_file).collect()
    }

    /// What a unit adds.
    pub(in crate::flow) fn share_of(&self, eval: &mut Eval, unit: UnitRef) -> Share {
        let reading = self.begin_reading();
        let mut share = Share::default();
        let functions = self.links(unit).map_or(&[][..], |links| &links.functions);
        for (function, id) in functions.iter().zip(0..) {
            let func = Func { file: unit.file, unit: unit.unit, id: FnId(id) };
            share.functions.push(own(self, func));
            share.first_call.push(share.calls.len() as u32);
            share.add_runs(self, func, function);
            share.add_runners(self, func, function);
            share.add_calls(eval, func, function);
            share.nests |= function.effects.iter().any(|effect| nests(self, effect.function));
            share.add_guards(eval, func, function);
        }
        share.add_blocks(self, unit);
        share.add_sections(eval, unit);
        eval.forget_values();
        reading.keep(Key::Share(unit));
        share
    }

    /// What a unit added; none for dependencies. Who asks is a pass over the whole program, which is done again whenever
    /// a share is another one.
    pub(in crate::flow) fn share(&self, unit: UnitRef) -> Option<&Share> {
        self.shares.get(unit.file.0 as usize)?.get(unit.unit.0 as usize)
    }

    /// All shares, in order of paths and positions.
    pub(in crate::flow) fn shares(&self) -> impl Iterator<Item = (UnitRef, &Share)> + '_ {
        self.shares.iter().zip(0..).flat_map(|(shares, file)| {
            let unit = move |unit: u32| UnitRef { file: crate::text::FileId(file), unit: UnitId(unit) };
            shares.iter().zip(0..).map(move |(share, n)| (unit(n), share))
        })
    }

    /// What a function is by itself.
    pub(in crate::flow) fn own(&self, func: Func) -> Own {
        let share = self.share(func.unit_ref());
        share.and_then(|share| share.functions.get(func.id.0 as usize)).copied().unwrap_or_default()
    }

    /// A function's plain calls, by their numbers in its unit.
    pub(in crate::flow) fn calls_of(&self, func: Func) -> impl Iterator<Item = (u32, &Call)> + '_ {
        self.share(func.unit_ref())
            .into_iter()
            .flat_map(move |share| share.calls_of(func.id).map(move |n| (n, &share.calls[n as usize])))
    }

    /// A call of a function's unit, by its number.
    pub(in crate::flow) fn call_of(&self, func: Func, n: u32) -> &Call {
        &self.share(func.unit_ref()).expect("who calls has a share").calls[n as usize]
    }
}

impl Share {
    pub(in crate::flow) fn add(&mut self, from: Func, edge: &Edge, via: Option<At>, to: Func, certainty: Certainty) {
        self.calls.push(Call {
            from,
            at: edge.at,
            to,
            via,
            certainty,
            at_first_use: edge.at_first_use,
            guards: edge.guards,
            implicit: edge.implicit,
            has_receiver: edge.has_receiver,
        });
    }

    fn add_calls(&mut self, eval: &mut Eval, from: Func, function: &FunctionLinks) {
        self.add_held_by_self(eval, from);
        for edge in &function.edges {
            if edge.kind == EdgeKind::Call {
                self.add(from, edge, None, edge.to, edge.certainty);
            }
            // What an async callee calls of its arguments is told where they are given.
            if matches!(edge.kind, EdgeKind::Call | EdgeKind::Drive) {
                self.add_passed(eval.program, from, edge);
                self.add_held(eval, from, edge);
            }
            if edge.kind == EdgeKind::Call {
                self.add_devices(eval, from, edge);
            }
        }
    }

    fn add_runs(&mut self, program: &Program, from: Func, function: &FunctionLinks) {
        for edge in &function.edges {
            if edge.kind == EdgeKind::OnLoop && !program.is_async_function(edge.to) {
                self.callbacks.push(edge.to);
            }
            for passed in &edge.passed {
                if let Callable::Project(given) = passed.function
                    && !program.is_async_function(given)
                    && calls_of_param(program, edge.to, passed.param)
                        .iter()
                        .any(|(_, kind, _)| *kind == EdgeKind::OnLoop)
                {
                    self.callbacks.push(given);
                }
            }
            // A coroutine that is not awaited on the spot runs beside others.
            let is_alone = match edge.kind {
                EdgeKind::Call | EdgeKind::Offload => true,
                EdgeKind::Drive => is_driven_alone(program, from, function, edge.at),
                EdgeKind::OnLoop => enters_runtime(program, function, edge.at),
            };
            let is_called = matches!(edge.kind, EdgeKind::Call | EdgeKind::Drive)
                && edge.implicit.is_none_or(|what| what == "property");
            let by_module = from.unit == UnitId::MODULE;
            self.runs.push(Runs {
                from: from.id,
                to: edge.to,
                is_alone,
                around_service: edge.around_service,
                by_module,
                under_main: by_module && calls_under_main(program, from, function, edge.to),
                caller: is_called.then_some(Caller { from, at: edge.at, kind: edge.kind }),
            });
        }
    }
}

/// Whether a function of a library lets event loops run inside each other from then on.
fn nests(program: &Program, id: FunctionId) -> bool {
    let enters = program.catalogue.function(id).entry.effects.enters_runtime.as_ref();
    enters.is_some_and(|enters| enters.inside_one == "nests")
}

fn own(program: &Program, func: Func) -> Own {
    let decorations = program.decorations_of(func);
    let handler = decorations.handler;
    let is_callback = handler.is_some_and(|handler| handler.sync_on_loop) || is_called_on_loop(program, func);
    Own {
        is_coroutine: program.is_coroutine(func),
        is_callback: is_callback && !program.is_async_function(func),
        is_test: is_test(program, func),
        is_command: decorations.is_command,
        is_once: handler.is_some_and(|handler| handler.is_once),
        has_unknown_callers: decorations.unresolved > 0 || handler.is_some(),
    }
}

/// Whether a library calls the function on the loop, because its class derives from one of the library's, or implements
/// a trait of it.
fn is_called_on_loop(program: &Program, func: Func) -> bool {
    let Some(def) = program.def_of(func).filter(|_| func.id == FnId::OWN) else {
        return false;
    };
    let definition = program.definition(def);
    if definition.parent.is_none() {
        return false;
    }
    let owner = Def { file: def.file, id: definition.parent };
    let file = program.file(def.file);
    let bases = file.outline().bases(owner.id);
    let types: Vec<TypeId> = match program.definition(owner).kind {
        DefKind::Class if !bases.is_empty() => program.mro(owner).iter().filter_map(library).collect(),
        DefKind::Impl => match bases.get(1).map(|written| program.outline_type(owner, *written)) {
            Some(Type::Dyn(parts)) => parts.iter().filter_map(Type::nominal).filter_map(|it| library(&it)).collect(),
            Some(of_trait) => of_trait.nominal().and_then(|it| library(&it)).into_iter().collect(),
            None => return false,
        },
        _ => return false,
    };
    let name = file.text(definition.name);
    types
        .into_iter()
        .filter_map(|ty| program.catalogue.method(ty, name))
        .any(|method| program.catalogue.function(method).entry.effects.called_on == Some(RunsOn::Loop))
}

fn library(nominal: &Nominal) -> Option<TypeId> {
    match nominal {
        Nominal::Library(id) => Some(*id),
        _ => None,
    }
}

/// Whether a coroutine is awaited on the spot, or is all that a new loop runs.
fn is_driven_alone(program: &Program, from: Func, function: &FunctionLinks, at: ValueId) -> bool {
    let used = program.unit(from.unit_ref()).value(at).used;
    match used.kind {
        UseKind::Awaited => true,
        UseKind::Argument => enters_runtime(program, function, used.value()),
        _ => false,
    }
}

/// Whether a call of a function runs a loop of its own.
fn enters_runtime(program: &Program, function: &FunctionLinks, call: ValueId) -> bool {
    let enters = |id| program.catalogue.function(id).entry.effects.enters_runtime.is_some();
    function.effects.iter().any(|effect| effect.at == call && enters(effect.function))
}

/// Whether the function, or the one that it is nested in, is part of a test, bench, example or build script.
pub(in crate::flow) fn is_test(program: &Program, func: Func) -> bool {
    if program.files[func.file.0 as usize].role.is_supporting() {
        return true;
    }
    let Some(id) = program.unit(func.unit_ref()).def else {
        return false;
    };
    let def = Def { file: func.file, id };
    program.definition(def).flags.has(DefFlags::TEST) || program.decorations(def).is_test
}

/// Whether module code calls the function under `if __name__ == "__main__"`.
fn calls_under_main(program: &Program, module: Func, function: &FunctionLinks, to: Func) -> bool {
    if program.language(module.file) != Language::Python {
        return false;
    }
    let unit = program.unit(module.unit_ref());
    function.edges.iter().filter(|edge| edge.to == to).any(|edge| {
        unit.regions_around(edge.at).any(|region| {
            let region = unit.region(region);
            region.kind == RegionKind::Arm { test: ArmTest::Static }
                && program.file(module.file).text(region.name) == "__main__"
        })
    })
}

//! Which functions run on the loop, and which kinds of program come to them.

use crate::catalogue::schema::RunsOn;
use crate::catalogue::{Language, TypeId};
use crate::flow::Program;
use crate::flow::ids::{Def, Func};
use crate::flow::linking::links::EdgeKind;
use crate::flow::linking::passed::calls_of_param;
use crate::flow::types::{Callable, Nominal, Type};
use crate::model::{ArmTest, DefFlags, DefKind, FnId, RegionKind, UnitId, UseKind, ValueId};
use rustc_hash::{FxHashMap, FxHashSet};

/// Kinds of roots that come to a function; a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach(u8);

impl Reach {
    /// A server, a framework, or nobody knows whom.
    pub const UNKNOWN: Reach = Reach(1);
    /// A script's own `main`.
    pub const SCRIPT: Reach = Reach(2);
    pub const COMMAND: Reach = Reach(4);
    pub const TEST: Reach = Reach(8);
    /// What a server does before it serves, and after.
    pub const SERVICE: Reach = Reach(16);

    pub fn has(self, other: Reach) -> bool {
        self.0 & other.0 != 0
    }

    /// Only scripts, commands, tests, and what a server does around its service: nothing else waits while it stalls.
    pub fn is_alone(self) -> bool {
        self.0 != 0 && !self.has(Reach::UNKNOWN)
    }

    fn with(self, other: Reach) -> Reach {
        Reach(self.0 | other.0)
    }
}

/// A call of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    pub from: Func,
    pub at: ValueId,
    pub kind: EdgeKind,
}

/// Functions whose body runs on the loop, and what reaches every function.
#[derive(Debug, Default)]
pub struct Roots {
    on_loop: Vec<Func>,
    callers: FxHashMap<Func, Vec<Caller>>,
    reach: FxHashMap<Func, Reach>,
}

impl Roots {
    pub(crate) fn of(program: &Program) -> Roots {
        let mut callbacks: FxHashSet<Func> = FxHashSet::default();
        let mut callers: FxHashMap<Func, Vec<Caller>> = FxHashMap::default();
        let mut incoming: FxHashMap<Func, Vec<(Func, bool)>> = FxHashMap::default();
        let mut around: FxHashSet<Func> = FxHashSet::default();
        let mut all: Vec<Func> = Vec::new();
        for unit in program.units() {
            let Some(links) = program.links(unit) else {
                continue;
            };
            for (id, function) in links.functions.iter().enumerate() {
                let from = Func { file: unit.file, unit: unit.unit, id: FnId(id as u32) };
                all.push(from);
                for edge in &function.edges {
                    if edge.kind == EdgeKind::OnLoop && !program.is_async_function(edge.to) {
                        callbacks.insert(edge.to);
                    }
                    for passed in &edge.passed {
                        if let Callable::Project(given) = passed.function
                            && !program.is_async_function(given)
                            && calls_of_param(program, edge.to, passed.param)
                                .iter()
                                .any(|(_, kind, _)| *kind == EdgeKind::OnLoop)
                        {
                            callbacks.insert(given);
                        }
                    }
                    if edge.around_service {
                        around.insert(edge.to);
                        continue;
                    }
                    // A coroutine that is not awaited on the spot runs beside others.
                    let alone = match edge.kind {
                        EdgeKind::Call | EdgeKind::Offload => true,
                        EdgeKind::Drive => is_driven_alone(program, from, edge.at),
                        EdgeKind::OnLoop => enters_runtime(program, from, edge.at),
                    };
                    incoming.entry(edge.to).or_default().push((from, alone));
                    if matches!(edge.kind, EdgeKind::Call | EdgeKind::Drive)
                        && edge.implicit.is_none_or(|what| what == "property")
                    {
                        callers.entry(edge.to).or_default().push(Caller { from, at: edge.at, kind: edge.kind });
                    }
                }
            }
        }
        for func in &all {
            let decorations = program.decorations_of(*func);
            let is_handler = decorations.handler.is_some_and(|handler| handler.sync_on_loop);
            if (is_handler || is_called_on_loop(program, *func)) && !program.is_async_function(*func) {
                callbacks.insert(*func);
            }
        }
        let on_loop: Vec<Func> =
            all.iter().copied().filter(|func| program.is_coroutine(*func) || callbacks.contains(func)).collect();
        let reach = propagate(program, &all, &incoming, &around);
        Roots { on_loop, callers, reach }
    }

    /// Async bodies and callbacks on the loop, in order of files and positions.
    pub fn on_loop(&self) -> &[Func] {
        &self.on_loop
    }

    pub fn reach(&self, func: Func) -> Reach {
        self.reach.get(&func).copied().unwrap_or(Reach::UNKNOWN)
    }
}

impl Program {
    /// Functions whose body runs on the loop.
    pub fn on_loop(&self) -> &[Func] {
        self.roots.on_loop()
    }

    pub fn reach(&self, func: Func) -> Reach {
        self.roots.reach(func)
    }

    /// Whether a function is part of a test, bench, example or build script.
    pub fn is_test(&self, func: Func) -> bool {
        is_test(self, func)
    }

    /// The calls of a function, in order of files and positions.
    pub fn callers(&self, func: Func) -> &[Caller] {
        self.roots.callers.get(&func).map_or(&[], Vec::as_slice)
    }

    /// Where a call's result is, once it is awaited if need be; none where it is not awaited on the spot.
    pub fn result_of(&self, caller: Caller) -> Option<crate::flow::At> {
        let unit = self.unit(caller.from.unit_ref());
        match caller.kind {
            EdgeKind::Call => Some(caller.from.at(caller.at)),
            EdgeKind::Drive => {
                let used = unit.value(caller.at).used;
                (used.kind == UseKind::Awaited).then(|| caller.from.at(used.value()))
            }
            _ => None,
        }
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
fn is_driven_alone(program: &Program, from: Func, at: ValueId) -> bool {
    let unit = program.unit(from.unit_ref());
    let used = unit.value(at).used;
    match used.kind {
        UseKind::Awaited => true,
        UseKind::Argument => enters_runtime(program, from, used.value()),
        _ => false,
    }
}

/// Whether a call runs a loop of its own.
pub(crate) fn enters_runtime(program: &Program, from: Func, call: ValueId) -> bool {
    program.function_links(from).is_some_and(|links| {
        links.effects.iter().any(|effect| {
            effect.at == call && program.catalogue.function(effect.function).entry.effects.enters_runtime.is_some()
        })
    })
}

fn propagate(
    program: &Program,
    all: &[Func],
    incoming: &FxHashMap<Func, Vec<(Func, bool)>>,
    around: &FxHashSet<Func>,
) -> FxHashMap<Func, Reach> {
    let mut reach: FxHashMap<Func, Reach> = FxHashMap::default();
    let mut outgoing: FxHashMap<Func, Vec<(Func, bool)>> = FxHashMap::default();
    for (to, from) in incoming {
        for (from, alone) in from {
            outgoing.entry(*from).or_default().push((*to, *alone));
        }
    }
    let mut queue: Vec<Func> = Vec::new();
    for func in all {
        let is_around = || around.contains(func) || program.decorations_of(*func).handler.is_some_and(|it| it.is_once);
        let own = match !incoming.contains_key(func) && is_around() {
            true => Reach::SERVICE,
            false => own_reach(program, *func, incoming),
        };
        if own.0 != 0 {
            reach.insert(*func, own);
            queue.push(*func);
        }
    }
    while let Some(func) = queue.pop() {
        let here = reach.get(&func).copied().unwrap_or_default();
        let supporting = program.file(func.file).role.is_supporting();
        for (to, alone) in outgoing.get(&func).map_or(&[][..], Vec::as_slice) {
            // What a test calls is not code that only tests reach.
            let crosses = supporting && !program.file(to.file).role.is_supporting();
            let passed = if *alone && !crosses { here } else { Reach::UNKNOWN };
            // Code of a test is reached by that test, however it is started.
            if is_test(program, *to) {
                continue;
            }
            let known = reach.get(to).copied().unwrap_or_default();
            let with = known.with(passed);
            if with != known {
                reach.insert(*to, with);
                queue.push(*to);
            }
        }
    }
    reach
}

/// Whether the function, or the one that it is nested in, is part of a test, bench, example or build script.
fn is_test(program: &Program, func: Func) -> bool {
    if program.file(func.file).role.is_supporting() {
        return true;
    }
    let Some(id) = program.unit(func.unit_ref()).def else {
        return false;
    };
    let def = crate::flow::Def { file: func.file, id };
    program.definition(def).flags.has(DefFlags::TEST) || program.decorations(def).is_test
}

fn own_reach(program: &Program, func: Func, incoming: &FxHashMap<Func, Vec<(Func, bool)>>) -> Reach {
    if is_test(program, func) {
        return Reach::TEST;
    }
    let decorations = program.decorations_of(func);
    if decorations.is_command {
        return Reach::COMMAND;
    }
    if func.unit == UnitId::MODULE {
        return Reach::default();
    }
    let callers = incoming.get(&func).map_or(&[][..], Vec::as_slice);
    let from_main = |caller: &Func| caller.unit == UnitId::MODULE && calls_under_main(program, *caller, func);
    if callers.iter().any(|(caller, _)| from_main(caller)) {
        return Reach::SCRIPT;
    }
    let has_unknown_caller = callers.is_empty()
        || decorations.unresolved > 0
        || decorations.handler.is_some()
        || callers.iter().any(|(caller, _)| caller.unit == UnitId::MODULE && !from_main(caller));
    if has_unknown_caller && func.id == FnId::OWN || callers.is_empty() { Reach::UNKNOWN } else { Reach::default() }
}

/// Whether module code calls the function under `if __name__ == "__main__"`.
fn calls_under_main(program: &Program, module: Func, to: Func) -> bool {
    if program.language(module.file) != Language::Python {
        return false;
    }
    let Some(links) = program.function_links(module) else {
        return false;
    };
    let unit = program.unit(module.unit_ref());
    links.edges.iter().filter(|edge| edge.to == to).any(|edge| {
        unit.regions_around(edge.at).any(|region| {
            let region = unit.region(region);
            region.kind == RegionKind::Arm { test: ArmTest::Static }
                && program.file(module.file).text(region.name) == "__main__"
        })
    })
}

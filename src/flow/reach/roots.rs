//! Which functions run on the loop, and which kinds of program come to them.

use crate::catalogue::Language;
use crate::flow::Program;
use crate::flow::changes::Key;
use crate::flow::ids::{Func, UnitRef};
use crate::flow::linking::links::EdgeKind;
use crate::flow::numbers::{Lists, Numbers};
use crate::flow::reach::shares::{Own, is_test};
use crate::model::{FnId, UnitId, UseKind, ValueId};

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
    numbers: Numbers,
    on_loop: Vec<Func>,
    /// By number.
    is_on_loop: Vec<bool>,
    /// By the number of the function that is called.
    callers: Lists<Caller>,
    /// By number.
    reach: Vec<Reach>,
    /// Languages in which some code lets event loops run inside each other.
    nesting: Vec<Language>,
}

/// How functions make each other run, by their numbers.
struct Graph {
    /// What each function makes run, and whether nothing else runs meanwhile.
    outgoing: Lists<(u32, bool)>,
    made_by: Vec<MadeBy>,
}

/// Who makes a function run.
#[derive(Clone, Copy, Debug, Default)]
struct MadeBy {
    any: bool,
    /// A module's own code where it is run as a script.
    main: bool,
    /// A module's own code.
    module: bool,
    /// A server, before it serves and after.
    service: bool,
}

impl Roots {
    pub(crate) fn of(program: &Program) -> Roots {
        let numbers = Numbers::of(program);
        let all: Vec<(Func, Own)> = program
            .shares()
            .flat_map(|(unit, share)| {
                let func = move |id| Func { file: unit.file, unit: unit.unit, id: FnId(id) };
                share.functions.iter().zip(0..).map(move |(own, id)| (func(id), *own))
            })
            .collect();
        let mut is_callback: Vec<bool> = all.iter().map(|(_, own)| own.is_callback).collect();
        let mut outgoing: Vec<(u32, (u32, bool))> = Vec::new();
        let mut callers: Vec<(u32, Caller)> = Vec::new();
        let mut made_by = vec![MadeBy::default(); all.len()];
        for (unit, share) in program.shares() {
            for callback in &share.callbacks {
                if let Some(to) = numbers.of_function(*callback) {
                    is_callback[to as usize] = true;
                }
            }
            for runs in &share.runs {
                let Some(to) = numbers.of_function(runs.to) else {
                    continue;
                };
                let made = &mut made_by[to as usize];
                if runs.around_service {
                    made.service = true;
                    continue;
                }
                made.any = true;
                made.main |= runs.under_main;
                made.module |= runs.by_module && !runs.under_main;
                let from = Func { file: unit.file, unit: unit.unit, id: runs.from };
                let from = numbers.of_function(from).expect("who makes it run has a share");
                outgoing.push((from, (to, runs.is_alone)));
                callers.extend(runs.caller.map(|caller| (to, caller)));
            }
        }
        let graph = Graph { outgoing: Lists::of(all.len(), outgoing), made_by };
        let is_on_loop: Vec<bool> =
            all.iter().zip(is_callback).map(|((_, own), is_callback)| own.is_coroutine || is_callback).collect();
        let on_loop = all.iter().zip(&is_on_loop).filter(|(_, is_on_loop)| **is_on_loop).map(|((func, _), _)| *func);
        let on_loop = on_loop.collect();
        let reach = propagate(program, &all, &graph);
        let mut nesting: Vec<Language> = Vec::new();
        for (unit, _) in program.shares().filter(|(_, share)| share.nests) {
            let language = program.language(unit.file);
            if !nesting.contains(&language) {
                nesting.push(language);
            }
        }
        Roots { on_loop, is_on_loop, callers: Lists::of(all.len(), callers), reach, nesting, numbers }
    }

    /// Async bodies and callbacks on the loop, in order of files and positions.
    pub fn on_loop(&self) -> &[Func] {
        &self.on_loop
    }

    pub fn reach(&self, func: Func) -> Reach {
        let reach = self.numbers.of_function(func).map(|n| self.reach[n as usize]);
        reach.filter(|reach| reach.0 != 0).unwrap_or(Reach::UNKNOWN)
    }

    /// Whether loops run inside each other where they did not before, or no longer do.
    pub(in crate::flow) fn nests_otherwise(&self, before: &Roots) -> bool {
        let has_all = |these: &[Language], those: &[Language]| those.iter().all(|language| these.contains(language));
        !has_all(&self.nesting, &before.nesting) || !has_all(&before.nesting, &self.nesting)
    }

    fn is_on_loop(&self, func: Func) -> bool {
        self.numbers.of_function(func).is_some_and(|n| self.is_on_loop[n as usize])
    }

    /// Functions that are reached otherwise than before.
    pub(in crate::flow) fn differing(&self, before: &Roots, program: &Program) -> Vec<Func> {
        let functions = program.shares().flat_map(|(unit, share)| {
            (0..share.functions.len() as u32).map(move |id| Func { file: unit.file, unit: unit.unit, id: FnId(id) })
        });
        let differs = |func: &Func| {
            self.is_on_loop(*func) != before.is_on_loop(*func)
                || self.reach(*func) != before.reach(*func)
                || self.callers_of(*func) != before.callers_of(*func)
        };
        functions.filter(differs).collect()
    }

    fn callers_of(&self, func: Func) -> &[Caller] {
        self.numbers.of_function(func).map_or(&[], |n| self.callers.of_number(n))
    }
}

impl Program {
    /// Functions whose body runs on the loop.
    pub fn on_loop(&self) -> &[Func] {
        self.roots.on_loop()
    }

    /// Those of a unit's functions whose body runs on the loop.
    pub fn on_loop_in(&self, unit: UnitRef) -> impl Iterator<Item = Func> + '_ {
        let count = self.share(unit).map_or(0, |share| share.functions.len() as u32);
        let functions = (0..count).map(move |id| Func { file: unit.file, unit: unit.unit, id: FnId(id) });
        functions.filter(|func| {
            self.read(Key::Reached(*func));
            self.roots.is_on_loop(*func)
        })
    }

    /// Whether some code of a language lets event loops run inside each other; where and when is not known.
    pub fn nests_loops(&self, language: Language) -> bool {
        self.read(Key::Nesting);
        self.roots.nesting.contains(&language)
    }

    pub fn reach(&self, func: Func) -> Reach {
        self.read(Key::Reached(func));
        self.roots.reach(func)
    }

    /// Whether a function is part of a test, bench, example or build script.
    pub fn is_test(&self, func: Func) -> bool {
        is_test(self, func)
    }

    /// The calls of a function, in order of files and positions.
    pub fn callers(&self, func: Func) -> &[Caller] {
        self.read(Key::Reached(func));
        self.roots.callers_of(func)
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

fn propagate(program: &Program, all: &[(Func, Own)], graph: &Graph) -> Vec<Reach> {
    let mut reach = vec![Reach::default(); all.len()];
    let mut queue: Vec<u32> = Vec::new();
    for ((func, own), n) in all.iter().zip(0..) {
        let made_by = graph.made_by[n as usize];
        let first = match !made_by.any && (made_by.service || own.is_once) {
            true => Reach::SERVICE,
            false => own_reach(*func, *own, made_by),
        };
        if first.0 != 0 {
            reach[n as usize] = first;
            queue.push(n);
        }
    }
    let is_supporting = |n: u32| program.files[all[n as usize].0.file.0 as usize].role.is_supporting();
    while let Some(from) = queue.pop() {
        let here = reach[from as usize];
        for (to, is_alone) in graph.outgoing.of_number(from) {
            // Code of a test is reached by that test, however it is started.
            if all[*to as usize].1.is_test {
                continue;
            }
            // What a test calls is not code that only tests reach.
            let crosses = is_supporting(from) && !is_supporting(*to);
            let passed = if *is_alone && !crosses { here } else { Reach::UNKNOWN };
            let with = reach[*to as usize].with(passed);
            if with != reach[*to as usize] {
                reach[*to as usize] = with;
                queue.push(*to);
            }
        }
    }
    reach
}

fn own_reach(func: Func, own: Own, made_by: MadeBy) -> Reach {
    if own.is_test {
        return Reach::TEST;
    }
    if own.is_command {
        return Reach::COMMAND;
    }
    if func.unit == UnitId::MODULE {
        return Reach::default();
    }
    if made_by.main {
        return Reach::SCRIPT;
    }
    let has_unknown_caller = !made_by.any || own.has_unknown_callers || made_by.module;
    if has_unknown_caller && func.id == FnId::OWN || !made_by.any { Reach::UNKNOWN } else { Reach::default() }
}

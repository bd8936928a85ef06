//! What objects keep since they were made, by all the calls that make them: functions that a constructor was given,
//! and that the object's methods call.
//!
//! Where the object is known, its own maker is asked instead (see [`crate::flow::relations::fields`]).

use crate::flow::Program;
use crate::flow::changes::Key;
use crate::flow::ids::{At, Def, Func, UnitRef};
use crate::flow::linking::links::UnitLinks;
use crate::flow::naming::names::Name;
use crate::flow::relations::fields;
use crate::flow::types::{Callee, Eval, Type};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// An attribute that is given more functions than this may hold any.
const MAX_FUNCTIONS: usize = 6;
const MAX_CLASSES: usize = 64;

/// The calls that make objects, by class; in order of files and positions.
#[derive(Debug, Default)]
pub(crate) struct Makers {
    calls: FxHashMap<Def, Vec<At>>,
}

impl Makers {
    pub(in crate::flow) fn of(program: &Program) -> Makers {
        let mut makers = Makers::default();
        for unit in program.units() {
            for (at, class) in made_by(unit, program.links(unit)) {
                makers.calls.entry(class).or_default().push(at);
            }
        }
        makers
    }

    /// Puts what a unit makes in the place of what it made; the classes of which it makes others.
    pub(in crate::flow) fn replace(&mut self, unit: UnitRef, before: &UnitLinks, now: &UnitLinks) -> FxHashSet<Def> {
        let (before, now) = (made_by(unit, Some(before)), made_by(unit, Some(now)));
        if before == now {
            return FxHashSet::default();
        }
        let classes: FxHashSet<Def> = before.iter().chain(&now).map(|(_, class)| *class).collect();
        for class in &classes {
            let calls = self.calls.entry(*class).or_default();
            calls.retain(|call| call.unit != unit);
            let at = calls.partition_point(|call| call.unit < unit);
            calls.splice(at..at, now.iter().filter(|(_, of)| of == class).map(|(call, _)| *call));
        }
        classes
    }
}

/// The objects that a unit makes, with their classes.
fn made_by(unit: UnitRef, links: Option<&UnitLinks>) -> Vec<(At, Def)> {
    let functions = links.map_or(&[][..], |links| &links.functions);
    let made = functions.iter().flat_map(|function| &function.constructed);
    made.map(|(at, class)| (At { unit, value: *at }, *class)).collect()
}

impl Program {
    /// The calls that make objects of a class.
    fn makers_of(&self, class: Def) -> &[At] {
        self.read(Key::Made(class));
        self.makers.calls.get(&class).map_or(&[], Vec::as_slice)
    }

    /// The plain functions of the project that objects of a class, or of one below it, may have been given for an
    /// attribute; none if there are too many of them.
    pub(in crate::flow) fn held_functions(&self, class: Def, field: Name) -> Arc<Vec<Func>> {
        if let Some(known) = self.held.get(&(class, field)) {
            self.read(Key::Held(class, field));
            return known;
        }
        let reading = self.begin_reading();
        let found = Arc::new(self.given_functions(class, field));
        reading.keep(Key::Held(class, field));
        self.held.insert((class, field), Arc::clone(&found));
        found
    }

    fn given_functions(&self, class: Def, field: Name) -> Vec<Func> {
        let program = self;
        let mut eval = Eval::new(self);
        let eval = &mut eval;
        let mut classes = vec![class];
        let mut seen = 0;
        let mut found: Vec<Func> = Vec::new();
        while let Some(class) = classes.pop() {
            seen += 1;
            if seen > MAX_CLASSES {
                found.clear();
                break;
            }
            classes.extend_from_slice(program.subclasses(class));
            for call in self.makers_of(class) {
                let Some(given) = fields::given(eval, *call, class, field) else {
                    continue;
                };
                let ty = eval.value(given);
                if !matches!(ty, Type::Function(_) | Type::Bound(..) | Type::Partial(..)) {
                    continue;
                }
                for target in eval.targets(&ty).targets {
                    if let Callee::Project(func) = target.callee
                        && !program.is_async_function(func)
                        && !found.contains(&func)
                    {
                        found.push(func);
                    }
                }
            }
        }
        if found.len() > MAX_FUNCTIONS {
            found.clear();
        }
        found.sort();
        found
    }
}

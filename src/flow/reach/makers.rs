//! What objects keep since they were made, by all the calls that make them: functions that a constructor was given,
//! and that the object's methods call.
//!
//! Where the object is known, its own maker is asked instead (see [`crate::flow::relations::fields`]).

use crate::flow::Program;
use crate::flow::ids::{At, Def, Func};
use crate::flow::naming::names::Name;
use crate::flow::relations::fields;
use crate::flow::types::{Callee, Eval, Type};
use crate::model::FnId;
use rustc_hash::FxHashMap;

/// An attribute that is given more functions than this may hold any.
const MAX_FUNCTIONS: usize = 6;
const MAX_CLASSES: usize = 64;

/// The calls that make objects, by class.
#[derive(Debug, Default)]
pub(crate) struct Makers {
    calls: FxHashMap<Def, Vec<At>>,
    known: FxHashMap<(Def, Name), Vec<Func>>,
}

impl Makers {
    pub fn of(program: &Program) -> Makers {
        let mut makers = Makers::default();
        for unit in program.units() {
            let Some(links) = program.links(unit) else {
                continue;
            };
            for (id, function) in links.functions.iter().enumerate() {
                let from = Func { file: unit.file, unit: unit.unit, id: FnId(id as u32) };
                for (at, class) in &function.constructed {
                    makers.calls.entry(*class).or_default().push(from.at(*at));
                }
            }
        }
        makers
    }

    /// The plain functions of the project that objects of a class, or of one below it, may have been given for an
    /// attribute; none if there are too many of them.
    pub fn functions(&mut self, eval: &mut Eval, class: Def, field: Name) -> Vec<Func> {
        if let Some(known) = self.known.get(&(class, field)) {
            return known.clone();
        }
        let program = eval.program;
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
            for call in self.calls.get(&class).into_iter().flatten() {
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
        self.known.insert((class, field), found.clone());
        found
    }
}

//! Why a type, or what a call calls, is not known: the places at which evaluation gives up, as it notes them itself.
//!
//! An evaluation that notes gaps asks the same questions in the same way; it only remembers by itself, because an answer
//! that another evaluation remembered does not say where it came from.

use super::eval::{Answer, Question};
use super::{Eval, Nominal, Resolution, Type};
use crate::catalogue::{FunctionId, TypeId};
use crate::flow::Program;
use crate::flow::ids::{At, Func};
use crate::flow::naming::names::Name;
use crate::model::LocalId;
use crate::text::FileId;
use rustc_hash::FxHashMap;

/// Something that is not known, where evaluation needed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// What is passed for a parameter: neither its annotation nor its default says it.
    Parameter(Func, u32),
    /// Something of a library that the catalogue does not have, by its path.
    Library(Name),
    /// A member of a type, or of a module.
    Member(Type, Name),
    /// Calling a value of the type.
    Called(Type),
    /// What a library's function gives.
    Given(FunctionId),
    /// How a library's type is made: calling the class is no gap for types, only for what it does.
    Constructor(TypeId),
    /// What a function of the project gives.
    Returned(Func),
    /// What an expression is: no fact, annotation or rule speaks of it.
    Value(At),
    /// What a variable of a module or class holds.
    Variable(FileId, LocalId),
    /// The question came back to itself, or took too many steps.
    Limit,
}

/// The gaps that were met on the way to an answer, first ones first.
#[derive(Debug, Default)]
pub(super) struct Trace {
    gaps: Vec<Gap>,
    known: FxHashMap<Question, (Answer, Vec<Gap>)>,
}

impl Trace {
    pub fn recall(&mut self, question: &Question) -> Option<Answer> {
        let (answer, gaps) = self.known.get(question)?;
        self.gaps.extend_from_slice(gaps);
        Some(answer.clone())
    }

    pub fn remember(&mut self, question: Question, answer: Answer, since: usize) {
        self.known.insert(question, (answer, self.gaps[since..].to_vec()));
    }

    pub fn forget(&mut self) {
        self.gaps.clear();
        self.known.clear();
    }
}

impl<'p> Eval<'p> {
    /// An evaluation that notes gaps.
    pub fn noting(program: &'p Program) -> Eval<'p> {
        let mut eval = Eval::new(program);
        eval.trace = Some(Trace::default());
        eval
    }

    /// What the call at a value calls, and the gaps that were met; only an evaluation that notes gaps has some.
    pub fn resolve_noting(&mut self, at: At) -> (Resolution, Vec<Gap>) {
        self.clear_gaps();
        let found = self.resolve(at);
        (found, self.take_gaps())
    }

    /// The type of a value, and the gaps that were met.
    pub fn value_noting(&mut self, at: At) -> (Type, Vec<Gap>) {
        self.clear_gaps();
        let ty = self.value(at);
        (ty, self.take_gaps())
    }

    fn clear_gaps(&mut self) {
        if let Some(trace) = &mut self.trace {
            trace.gaps.clear();
        }
    }

    /// Limits say little beside what else was met.
    fn take_gaps(&mut self) -> Vec<Gap> {
        let mut met: Vec<Gap> = Vec::new();
        for gap in self.trace.as_mut().map(|trace| std::mem::take(&mut trace.gaps)).unwrap_or_default() {
            if !met.contains(&gap) {
                met.push(gap);
            }
        }
        if met.iter().any(|gap| *gap != Gap::Limit) {
            met.retain(|gap| *gap != Gap::Limit);
        }
        met
    }

    /// How many gaps were noted so far.
    pub(super) fn gaps(&self) -> usize {
        self.trace.as_ref().map_or(0, |trace| trace.gaps.len())
    }

    /// Notes a gap.
    pub(super) fn gap(&mut self, gap: Gap) {
        if let Some(trace) = &mut self.trace {
            trace.gaps.push(gap);
        }
    }

    /// Notes a gap unless one was noted since: what is met first explains what follows from it.
    pub(super) fn gap_since(&mut self, since: usize, gap: impl FnOnce() -> Gap) {
        if self.trace.is_some() && self.gaps() == since {
            self.gap(gap());
        }
    }

    /// Keeps the gaps below a question if they show in its answer.
    pub(super) fn settle_gaps(&mut self, question: Question, ty: &Type, since: usize) {
        if self.trace.is_none() {
            return;
        }
        if is_vague(ty) {
            self.gap_since(since, || match question {
                Question::Value(at) => Gap::Value(at),
                Question::Return(func) => Gap::Returned(func),
                Question::Attribute(of, name) => Gap::Member(Type::instance(of), name),
                Question::Variable(file, local) => Gap::Variable(file, local),
            });
        } else if let Some(trace) = &mut self.trace {
            trace.gaps.truncate(since);
        }
    }

    /// Notes that a type has no member of that name, if the type itself is known.
    pub(super) fn no_member(&mut self, of: &Type, name: Name, since: usize) {
        if !is_vague(of) {
            self.gap_since(since, || Gap::Member(of.clone(), name));
        }
    }

    /// Notes that nothing is known of calling a value of a type, if the type itself is known.
    pub(super) fn not_called(&mut self, callee: &Type, since: usize) {
        if !is_vague(callee) {
            self.gap_since(since, || match callee {
                Type::Class(Nominal::Library(id), _) => Gap::Constructor(*id),
                Type::LibraryPath(path) => Gap::Library(*path),
                callee => Gap::Called(callee.clone()),
            });
        }
    }
}

/// Whether a type has a part that is not known.
fn is_vague(ty: &Type) -> bool {
    match ty {
        Type::Unknown | Type::Param(_) | Type::TypeParam(_) => true,
        Type::Union(parts) => parts.iter().any(is_vague),
        Type::Coroutine(inner) | Type::Partial(inner, _) => is_vague(inner),
        _ => false,
    }
}

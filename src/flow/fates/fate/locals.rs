//! Values in locals and in collections: the best that happens at any read.

use super::{Fate, Follow};
use crate::flow::ids::At;
use crate::flow::types::Callee;
use crate::model::{FnId, LocalId, LocalKind, UnitId, UseKind, ValueId, ValueKind};

impl Follow<'_, '_> {
    /// A value bound through a pattern, whose first write is given: the best of what becomes of its parts.
    pub(super) fn bound(&mut self, at: At, first: ValueId, depth: u32) -> Fate {
        let unit = self.eval.program.unit(at.unit);
        if !matches!(unit.value(first).kind, ValueKind::Write { .. }) {
            return Fate::Unknown;
        }
        let writes: Vec<LocalId> = (first.0..unit.values.len() as u32)
            .map_while(|write| match unit.value(ValueId(write)).kind {
                ValueKind::Write { local, from, .. } if from == at.value => Some(local),
                _ => None,
            })
            .collect();
        writes.into_iter().map(|local| self.local(at, local, depth)).max().unwrap_or(Fate::Unknown)
    }

    fn local(&mut self, at: At, local: LocalId, depth: u32) -> Fate {
        let unit = self.eval.program.unit(at.unit);
        let record = unit.local(local);
        let is_module_variable = at.unit.unit == UnitId::MODULE && record.owner == FnId::OWN;
        if is_module_variable || record.kind == LocalKind::ClassMember {
            return Fate::Kept;
        }
        self.local_reads(at, local, depth)
    }

    /// The best that happens at any read behind the value; reads in nested functions count.
    pub(super) fn local_reads(&mut self, at: At, local: LocalId, depth: u32) -> Fate {
        let unit = self.eval.program.unit(at.unit);
        let owner = unit.local(local).owner;
        let in_loop = unit
            .regions_around(at.value)
            .any(|region| matches!(unit.region(region).kind, crate::model::RegionKind::Loop { .. }));
        let reads: Vec<ValueId> = (0..unit.values.len() as u32)
            .map(ValueId)
            .filter(|read| {
                let is_read = matches!(unit.value(*read).kind, ValueKind::Local { local: of, .. } if of == local);
                let here = unit.function_of(*read);
                is_read && *read != at.value && (here != owner || *read > at.value || in_loop)
            })
            .collect();
        let mut best = Fate::Unread;
        for read in reads {
            best = best.max(self.of(At { unit: at.unit, value: read }, depth + 1));
            if best >= Fate::Kept {
                break;
            }
        }
        if best == Fate::Dropped { Fate::Ignored } else { best }
    }

    /// A value put into a container: it lives as long as that is kept, or used.
    pub(super) fn stored_in(&mut self, container: At, depth: u32) -> Fate {
        let was_bare = std::mem::replace(&mut self.is_bare, false);
        let fate = self.kept_in(container, depth);
        self.is_bare = was_bare;
        fate
    }

    fn kept_in(&mut self, container: At, depth: u32) -> Fate {
        let program = self.eval.program;
        let unit = program.unit(container.unit);
        match unit.value(container.value).kind {
            ValueKind::Local { local, .. } => {
                let record = unit.local(local);
                let is_module_variable = container.unit.unit == UnitId::MODULE && record.owner == FnId::OWN;
                let reader = unit.function_of(container.value);
                if record.kind == LocalKind::Param || record.owner != reader || is_module_variable {
                    return Fate::Kept;
                }
                // Where the container came from may keep it: `tasks = self.tasks`.
                let from_elsewhere = unit.values.iter().any(|value| match value.kind {
                    ValueKind::Write { local: of, from, .. } if of == local && from.is_some() => !matches!(
                        unit.value(from).kind,
                        ValueKind::Collection { .. }
                            | ValueKind::Call { .. }
                            | ValueKind::Method { .. }
                            | ValueKind::Macro { .. }
                    ),
                    _ => false,
                });
                if from_elsewhere {
                    return Fate::Kept;
                }
                // Every read of the container counts, also those before: the loop may turn.
                let reads: Vec<ValueId> = (0..unit.values.len() as u32)
                    .map(ValueId)
                    .filter(|read| {
                        *read != container.value
                            && matches!(unit.value(*read).kind, ValueKind::Local { local: of, .. } if of == local)
                    })
                    .collect();
                let mut best = Fate::Forgotten;
                for read in reads {
                    let at = At { unit: container.unit, value: read };
                    let used = unit.value(read).used;
                    let fate = match used.kind {
                        UseKind::Iterated => Fate::Unknown,
                        UseKind::Receiver => match self.container_method(at, used.value()) {
                            true => Fate::Forgotten,
                            false => Fate::Unknown,
                        },
                        UseKind::Operand | UseKind::Condition | UseKind::Interpolated => Fate::Forgotten,
                        UseKind::Base => match unit.value(used.value()).kind {
                            // `tasks[key] = …` again, and `tasks.discard` as a callback.
                            ValueKind::WriteItem { .. } => Fate::Forgotten,
                            ValueKind::Attr { .. } => Fate::Forgotten,
                            _ => Fate::Unknown,
                        },
                        _ => self.of(at, depth + 1),
                    };
                    best = best.max(if fate.is_lost() { Fate::Forgotten } else { fate });
                }
                best
            }
            ValueKind::Attr { .. } | ValueKind::Name { .. } | ValueKind::Item { .. } => Fate::Kept,
            _ => Fate::Unknown,
        }
    }

    /// Whether a method of a container only puts something in or takes it out by value.
    fn container_method(&mut self, receiver: At, call: ValueId) -> bool {
        let found = self.eval.resolve(At { unit: receiver.unit, value: call });
        let unit = self.eval.program.unit(receiver.unit);
        let is_discarded = unit.value(call).used.kind == UseKind::Discarded;
        !found.targets.is_empty()
            && is_discarded
            && found.targets.iter().all(|target| matches!(target.callee, Callee::Library(_)))
    }

    /// The best that happens at any read of a local, wherever it stands.
    pub(super) fn all_reads(&mut self, at: At, local: LocalId) -> Fate {
        let unit = self.eval.program.unit(at.unit);
        let reads: Vec<ValueId> = (0..unit.values.len() as u32)
            .map(ValueId)
            .filter(|read| matches!(unit.value(*read).kind, ValueKind::Local { local: of, .. } if of == local))
            .filter(|read| *read != at.value)
            .collect();
        // Another call of `start`, or of what only asks, is no better than none.
        reads.into_iter().map(|read| self.of(At { unit: at.unit, value: read }, 1)).max().unwrap_or(Fate::Unread)
    }

    pub(super) fn param_reads(&mut self, entry: At, local: LocalId, depth: u32) -> Fate {
        let unit = self.eval.program.unit(entry.unit);
        let reads: Vec<ValueId> = (0..unit.values.len() as u32)
            .map(ValueId)
            .filter(|read| matches!(unit.value(*read).kind, ValueKind::Local { local: of, .. } if of == local))
            .collect();
        // `fn assert_send<T: Send>(_: T) {}`, a protocol's signature, a body that could not be read.
        if self.is_future() && reads.is_empty() {
            return Fate::Unknown;
        }
        let mut best = Fate::Ignored;
        for read in reads {
            best = best.max(self.of(At { unit: entry.unit, value: read }, depth + 1));
        }
        best
    }
}

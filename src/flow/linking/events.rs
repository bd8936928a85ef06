//! Library calls that wait: under which conditions, how long, and on what.

use crate::catalogue::FunctionId;
use crate::catalogue::schema::{BlockKind, Blocks, EntersRuntime, Stall};
use crate::flow::certainty::Certainty;
use crate::flow::contexts::context::Kept;
use crate::flow::linking::link::{Linker, at_first_use_of};
use crate::flow::linking::links::{Event, EventSource, ParamHow, ParamUse};
use crate::flow::linking::places::same_place;
use crate::flow::linking::remarks::Remark;
use crate::flow::reach::summary::Group;
use crate::flow::rules::Rule;
use crate::flow::types::{Bound, Eval, Nominal, Target, Type};
use crate::flow::values::conditions;
use crate::model::{ValueId, ValueKind};

impl Linker<'_, '_> {
    pub(crate) fn blocks(
        &mut self,
        at: ValueId,
        id: FunctionId,
        target: &Target,
        blocks: &Blocks,
        certainty: Certainty,
    ) {
        if self.is_dead(at) {
            self.remark_off_loop(at);
            return;
        }
        let place = self.func.at(at);
        let mut certainty = if blocks.seldom { Certainty::Possible } else { certainty };
        if blocks.seldom {
            self.remark(at, Remark::Seldom(id));
        }
        if blocks.at.as_deref() == Some("iteration") && !self.is_consumed(at) {
            self.remark(at, Remark::NotRunThrough);
            return;
        }
        if let Some(variant) = &blocks.unless_variant
            && let Some(Type::Instance(_, _, carried)) = &target.receiver
            && *self.eval.program.names.text(*carried) == **variant
        {
            self.remark(at, Remark::RuledOut(id, "self".to_owned()));
            return;
        }
        if blocks.kind == Some(BlockKind::Wait) && self.has_ended(at) {
            self.remark(at, Remark::Ended);
            return;
        }
        for condition in blocks.unless.iter().filter(|_| self.eval.program.applies(Rule::Arguments)) {
            match conditions::holds(self.eval, place, target, condition) {
                Some(true) => {
                    self.remark(at, Remark::RuledOut(id, condition.arg.clone()));
                    return;
                }
                // A text that is not known is rarely the special one: `/dev/null` for a file.
                None if condition.starts_with.is_some() || condition.contains.is_some() => {}
                None => {
                    certainty = certainty.lowered();
                    self.remark(at, Remark::UnknownArgument(id, condition.arg.clone()));
                }
                Some(false) => {}
            }
        }
        for condition in &blocks.when {
            match conditions::holds(self.eval, place, target, condition) {
                Some(false) => {
                    self.remark(at, Remark::RuledOut(id, condition.arg.clone()));
                    return;
                }
                None => {
                    certainty = certainty.lowered();
                    self.remark(at, Remark::UnknownArgument(id, condition.arg.clone()));
                }
                Some(true) => {}
            }
        }
        let (mut kind, mut stall, mut why) = (blocks.kind, blocks.stall, None);
        if blocks.of.as_deref() == Some("device") {
            let given = blocks.arg.as_ref().map(|param| self.eval.bound_argument(place, target, id, param));
            let read = match given {
                None => target.receiver.clone().unwrap_or(Type::Unknown),
                Some(Bound::Value(value)) => self.eval.value(self.func.at(value)),
                Some(_) => {
                    self.remark(at, Remark::NoDevice(id));
                    return;
                }
            };
            let Some(device) = self.eval.device(&read, 0) else {
                self.waits_on_param(at, id, given);
                self.remark(at, Remark::NoDevice(id));
                return;
            };
            (kind, stall, why) = of_device(blocks, device);
        }
        let limit = blocks.limit.as_ref().and_then(|param| {
            let bound = self.eval.bound_argument(place, target, id, param);
            match bound {
                Bound::Value(value) => match conditions::constant(self.eval, self.func.at(value)) {
                    Some(conditions::Constant::Number(seconds)) => Some(seconds),
                    _ => None,
                },
                _ => None,
            }
        });
        if let Some(seconds) = limit {
            // A wait of no time asks and goes on.
            if seconds == 0.0 && kind != Some(BlockKind::Network) {
                self.remark(at, Remark::NoTime);
                return;
            }
            if seconds > 0.0 && seconds < self.eval.program.assumptions.brief_below.unwrap_or(0.1) {
                stall = Stall::Brief;
            }
        }
        let Some(kind) = kind else {
            return;
        };
        let why = why.or_else(|| blocks.why.clone());
        self.event(at, Waits { limit, why, ..Waits::new(EventSource::Library(id), kind, stall, certainty) });
    }

    /// Whether it is known there that what a call waits for has ended: under `if future.done()`.
    fn has_ended(&mut self, at: ValueId) -> bool {
        let unit = self.eval.program.unit(self.func.unit_ref());
        let ValueKind::Method { of, .. } = unit.value(at).kind else {
            return false;
        };
        self.contexts.ended(self.eval, at).into_iter().any(|ended| same_place(unit, of, ended))
    }

    /// `source.read(…)` of a parameter: only callers know what it reads from.
    fn waits_on_param(&mut self, at: ValueId, id: FunctionId, given: Option<Bound>) {
        let unit = self.eval.program.unit(self.func.unit_ref());
        let read = match (given, unit.value(at).kind) {
            (Some(Bound::Value(value)), _) => value,
            (None, ValueKind::Method { of, .. }) => of,
            _ => return,
        };
        if let Some(param) = self.own_param(read) {
            let guards = self.guards(at);
            self.links.param_uses.push(ParamUse { param, at, how: ParamHow::Device(id), guards });
        }
    }

    /// A runtime is entered: harmless in plain code, an error on a loop.
    pub(crate) fn enters(&mut self, at: ValueId, source: EventSource, enters: &EntersRuntime, certainty: Certainty) {
        let (stall, why) = match enters.inside_one.as_str() {
            "raises" => (Stall::Fatal, "raises where an event loop runs already"),
            "panics" => (Stall::Fatal, "panics where a runtime runs already"),
            "stalls" => (Stall::Long, "blocks its thread until its future is done"),
            // It lets loops nest.
            _ => return,
        };
        let waits = Waits { why: Some(why.to_owned()), ..Waits::new(source, BlockKind::Runtime, stall, certainty) };
        self.event(at, waits);
    }

    pub(crate) fn event(&mut self, at: ValueId, waits: Waits) {
        if self.is_dead(at) {
            self.remark_off_loop(at);
            return;
        }
        let Waits { source, kind, stall, certainty, limit, why } = waits;
        let at_first_use = self.contexts.once(self.eval, at);
        if let Some(kept) = at_first_use {
            self.remark(at, Remark::FirstUse(kept));
        }
        let certainty = match stall {
            Stall::Brief if at_first_use.is_some() => Certainty::Possible,
            _ => at_first_use_of(at_first_use, certainty),
        };
        let event = Event {
            at,
            group: Group::of(kind),
            kind,
            stall,
            certainty,
            at_first_use: at_first_use >= Some(Kept::Object),
            guards: self.guards(at),
            function: source,
            why: why.unwrap_or_else(|| default_reason(kind).to_owned()),
            limit,
        };
        self.links.events.push(event);
    }
}

/// What using a device waits for: as the device says, unless the entry says how long.
pub(crate) fn of_device(
    blocks: &Blocks,
    (kind, stall, why): (BlockKind, Stall, Option<String>),
) -> (Option<BlockKind>, Stall, Option<String>) {
    match &blocks.why {
        Some(own) => (Some(kind), blocks.stall, Some(own.clone())),
        None => (Some(kind), stall, why),
    }
}

/// What is known of an event besides its place.
pub(crate) struct Waits {
    pub source: EventSource,
    pub kind: BlockKind,
    pub stall: Stall,
    pub certainty: Certainty,
    pub limit: Option<f64>,
    /// A clause after the callee's name; by the kind where there is none.
    pub why: Option<String>,
}

impl Waits {
    pub fn new(source: EventSource, kind: BlockKind, stall: Stall, certainty: Certainty) -> Waits {
        Waits { source, kind, stall, certainty, limit: None, why: None }
    }
}

impl Eval<'_> {
    /// What a value reads from and writes to: a file waits, bytes in memory do not.
    pub(crate) fn device(&mut self, ty: &Type, depth: u32) -> Option<(BlockKind, Stall, Option<String>)> {
        if depth > 4 {
            return None;
        }
        match ty {
            Type::Instance(Nominal::Library(id), args, _) => {
                let entry = self.program.catalogue.ty(*id);
                if let Some(device) = entry.entry.as_ref().and_then(|entry| entry.device.clone()) {
                    if let Some(from) = &device.from {
                        let at = entry.generics.iter().position(|generic| generic == from)?;
                        return self.device(&args.get(at)?.clone(), depth + 1);
                    }
                    return Some((device.kind?, device.stall, device.why));
                }
                let inner = self.dereferenced(ty)?;
                (inner != *ty).then(|| self.device(&inner, depth + 1)).flatten()
            }
            Type::Union(parts) => {
                let parts = parts.clone();
                parts.iter().find_map(|part| self.device(part, depth + 1))
            }
            _ => None,
        }
    }
}

pub(crate) fn default_reason(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Sleep => "sleeps",
        BlockKind::Network => "waits for the network",
        BlockKind::Process => "waits for a process",
        BlockKind::Input => "waits for input",
        BlockKind::Database => "waits for the database",
        BlockKind::File => "waits for the file system",
        BlockKind::Wait => "waits for another thread",
        BlockKind::Lock => "waits for a lock",
        BlockKind::Cpu => "computes for long",
        BlockKind::Runtime => "enters an event loop",
        BlockKind::Device => "waits for its device",
    }
}

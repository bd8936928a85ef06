//! Files and sockets that are passed to functions of the project, which read from them or hand them on.

use crate::catalogue::FunctionId;
use crate::flow::contexts::param_tests::argument;
use crate::flow::ids::Func;
use crate::flow::linking::events::{default_reason, of_device};
use crate::flow::linking::links::{Edge, Event, EventSource, ParamHow};
use crate::flow::reach::shares::Share;
use crate::flow::reach::summary::Group;
use crate::flow::types::Eval;

/// Calls through which a file is followed to what reads it.
const MAX_HANDED_ON: usize = 3;

impl Share {
    /// `read_all(file)`, whose callee reads from its parameter or hands it on: it waits as the argument says.
    pub(crate) fn add_devices(&mut self, eval: &mut Eval, from: Func, edge: &Edge) {
        let program = eval.program;
        let mut read: Vec<(u32, FunctionId)> = Vec::new();
        let mut callees: Vec<(Func, Option<(u32, u32)>)> = vec![(edge.to, None)];
        for _ in 0..MAX_HANDED_ON {
            let mut next = Vec::new();
            for (callee, handed) in callees {
                for used in program.function_links(callee).map_or(&[][..], |links| &links.param_uses) {
                    let param = match handed {
                        None => used.param,
                        Some((param, to)) if used.param == to => param,
                        Some(_) => continue,
                    };
                    match &used.how {
                        ParamHow::Device(id) => read.push((param, *id)),
                        ParamHow::Passed(inner, to) => next.push((*inner, Some((param, *to)))),
                        ParamHow::Called(..) | ParamHow::Held(_) => {}
                    }
                }
            }
            callees = next;
        }
        for (param, id) in read {
            let Some(given) = argument(eval, from.at(edge.at), edge.to, edge.has_receiver, param) else {
                continue;
            };
            let ty = eval.value(from.at(given));
            let Some(device) = eval.device(&ty, 0) else {
                continue;
            };
            let blocks = &program.catalogue.function(id).entry.effects.blocks;
            let Some(blocks) = blocks.iter().find(|blocks| blocks.of.is_some()) else {
                continue;
            };
            let (Some(kind), stall, why) = of_device(blocks, device) else {
                continue;
            };
            self.passed_events.push((
                from.id,
                Event {
                    at: edge.at,
                    group: Group::of(kind),
                    kind,
                    stall,
                    certainty: edge.certainty,
                    at_first_use: edge.at_first_use >= Some(crate::flow::Kept::Object),
                    guards: edge.guards,
                    function: EventSource::Library(id),
                    why: why.unwrap_or_else(|| default_reason(kind).to_owned()),
                    limit: None,
                },
            ));
        }
    }
}

//! Where a function runs, in words: on the loop and by which way, or why not.

use super::gaps::{Reason, function_place, function_title};
use crate::flow::types::Eval;
use crate::flow::{At, Edge, EdgeKind, Func, Program, Reach};
use crate::lint::Place;

/// Others that make a function run, of which so many are told.
const EDGES: usize = 4;

/// What is known of where a function runs, the most important first.
pub fn context(program: &Program, func: Func) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let title = function_title(program, func);
    let edges = program.edges_to(func);
    if program.is_coroutine(func) {
        reasons.push(Reason::new(format!("{title} is async: its body runs on an event loop")));
    } else if program.on_loop().contains(&func) {
        let scheduled = edges.iter().find(|(_, edge)| edge.kind == EdgeKind::OnLoop);
        reasons.push(match scheduled {
            Some((from, edge)) => {
                let what =
                    format!("{title} runs on the event loop: {} leaves it to the loop", function_title(program, *from));
                Reason::new(what).at(place(program, from.at(edge.at)))
            }
            None => Reason::new(format!("{title} runs on the event loop: a framework calls it there")),
        });
    } else {
        off_loop(program, func, &title, &edges, &mut reasons);
    }
    alone(program, func, &title, &mut reasons);
    reasons
}

fn off_loop(program: &Program, func: Func, title: &str, edges: &[(Func, &Edge)], reasons: &mut Vec<Reason>) {
    let ways = program.ways_to(func);
    for way in &ways.nearest {
        let names: Vec<String> = way.iter().map(|at| function_title(program, program.function_at(*at))).collect();
        let [root, between @ ..] = &names[..] else {
            continue;
        };
        let through = if between.is_empty() { String::new() } else { format!(" through {}", between.join(", then ")) };
        let what = format!("async code comes to {title}: {root} calls it{through}");
        reasons.push(Reason::new(what).at(place(program, way[0])));
    }
    if ways.roots > ways.nearest.len() {
        reasons.push(Reason::new(format!("{} more functions on the loop come to it", ways.roots - ways.nearest.len())));
    }
    if ways.roots == 0 {
        reasons.push(Reason::new(match edges {
            [] => format!("nothing that is known calls {title}, so it is on no event loop as far as is known"),
            _ => format!("no async code comes to {title} by calls, so it is on no event loop as far as is known"),
        }));
    }
    let decorations = program.decorations_of(func);
    if decorations.handler.is_some_and(|handler| !handler.sync_on_loop) {
        reasons.push(Reason::new(format!("a framework runs {title} on a worker")).at(function_place(program, func)));
    }
    let others: Vec<&(Func, &Edge)> =
        edges.iter().filter(|(_, edge)| ways.roots == 0 || edge.kind == EdgeKind::Offload).collect();
    for (from, edge) in others.iter().take(EDGES) {
        let from_title = function_title(program, *from);
        let what = match edge.kind {
            EdgeKind::Offload => format!("{from_title} hands {title} to another thread, or calls it off the loop"),
            EdgeKind::Call => format!("{from_title} calls it, which runs on no event loop either"),
            EdgeKind::Drive => format!("{from_title} makes a future of it"),
            EdgeKind::OnLoop => format!("{from_title} leaves it to the loop"),
        };
        reasons.push(Reason::new(what).at(place(program, from.at(edge.at))));
    }
    if others.len() > EDGES {
        reasons.push(Reason::new(format!("and {} more places", others.len() - EDGES)));
    }
}

/// Where nothing else waits while the function stalls.
fn alone(program: &Program, func: Func, title: &str, reasons: &mut Vec<Reason>) {
    let reach = program.reach(func);
    if reach.is_alone() {
        let kinds = [
            (Reach::SCRIPT, "a script's own `main`"),
            (Reach::COMMAND, "commands"),
            (Reach::TEST, "tests"),
            (Reach::SERVICE, "the start and the end of a server"),
        ];
        let kinds: Vec<&str> = kinds.iter().filter(|(kind, _)| reach.has(*kind)).map(|(_, name)| *name).collect();
        let what = format!("only {} come to {title}, where nothing else waits: at most possible", kinds.join(" and "));
        reasons.push(Reason::new(what));
    }
    if program.is_never_driven(&mut Eval::new(program), func) {
        reasons.push(Reason::new(format!("nobody awaits or starts {title}: at most possible")));
    }
}

fn place(program: &Program, at: At) -> Place {
    Place { file: at.unit.file, span: program.span(at) }
}

//! `unsnarl graph`.

use super::arguments::{Color, GraphArguments, GraphFormat};
use super::session::{Failure, Run, Session, WrittenPlace, levels};
use super::{Exit, output};
use crate::check::{Through, Wanted};
use crate::lint::{Level, Selector};
use crate::report;

/// Mermaid draws no more calls than this unless it is configured.
const MERMAID_EDGES: usize = 500;

pub fn graph(arguments: GraphArguments) -> Exit {
    draw(arguments).unwrap_or_else(|failure| failure.told(Color::Auto))
}

fn draw(arguments: GraphArguments) -> Result<Exit, Failure> {
    let GraphArguments { paths, lint, through, selection, format, output_file, basis } = arguments;
    let written: Vec<(&'static str, String)> = lint.into_iter().map(|name| ("warn", name)).collect();
    let only = levels(&written)?;
    let mut session = Session::open(paths, &selection, &basis)?;
    let through = match &through {
        None => Through::All,
        Some(text) => match WrittenPlace::parse(text) {
            Some(place) => Through::Place(session.place(&place)?),
            None => Through::Named(text.trim_end_matches("()").to_owned()),
        },
    };
    if !only.is_empty() {
        session.settings.set_level(&Selector::All, Level::Allow);
        for (selector, level) in only {
            session.settings.set_level(&selector, level);
        }
    }
    let run = Run { workers: &session.workers, settings: &session.settings, wanted: &Wanted::All };
    let findings = run.findings(&session.program);
    let graph = session.program.blocking_paths(&findings.findings, &through);
    let (nodes, edges) = (graph.nodes.len(), graph.edges.len());
    if nodes == 0 {
        output::stderr(b"note: no way from async code to what blocks it is told here\n");
    } else if format == GraphFormat::Mermaid && edges > MERMAID_EDGES {
        let note = format!(
            "note: there are {edges} calls in the graph, and Mermaid draws {MERMAID_EDGES} unless `maxEdges` says otherwise; \
             `--lint` and `--through` draw less\n"
        );
        output::stderr(note.as_bytes());
    }
    let bytes = match format {
        GraphFormat::Dot => report::dot(&graph, &session.sources),
        GraphFormat::Mermaid => report::mermaid(&graph, &session.sources),
        GraphFormat::Json => report::graph_json(&graph, &session.sources),
    };
    Ok(output::report(&bytes, output_file.as_deref(), session.exit))
}

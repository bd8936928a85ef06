//! Blocking paths as a graph: for Graphviz, for Mermaid, and for machines.

use super::Sources;
use super::json::Extent;
use crate::check::{Graph, Node, NodeKind};
use crate::lint::{Certainty, Place};
use serde::Serialize;
use std::fmt::Write;

/// `path:line`
fn short(at: Place, sources: &Sources) -> String {
    let (path, line, _) = sources.order(at);
    format!("{path}:{line}")
}

fn name(node: &Node) -> &str {
    if node.name.is_empty() { "(module)" } else { &node.name }
}

/// In Graphviz's language.
pub fn dot(graph: &Graph, sources: &Sources) -> Vec<u8> {
    let mut out = String::from(
        "digraph unsnarl {\n  rankdir=LR;\n  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\"];\n",
    );
    for (n, node) in graph.nodes.iter().enumerate() {
        let look = match node.kind {
            NodeKind::OnLoop => ", fillcolor=lightblue",
            NodeKind::Plain => "",
            NodeKind::Library => ", shape=octagon, style=filled, fillcolor=mistyrose",
        };
        let label = format!("{}\\n{}", dot_text(name(node)), dot_text(&short(node.at, sources)));
        writeln!(out, "  n{n} [label=\"{label}\"{look}];").expect("writing to memory does not fail");
    }
    for edge in &graph.edges {
        let look = if edge.certainty == Certainty::Certain { "" } else { " [style=dashed]" };
        writeln!(out, "  n{} -> n{}{look};", edge.from, edge.to).expect("writing to memory does not fail");
    }
    out += "}\n";
    out.into_bytes()
}

/// The inside of a quoted text of Graphviz.
fn dot_text(text: &str) -> String {
    text.chars()
        .flat_map(|c| match c {
            '"' | '\\' => vec!['\\', c],
            c if c.is_control() => vec!['?'],
            c => vec![c],
        })
        .collect()
}

/// In Mermaid's language.
pub fn mermaid(graph: &Graph, sources: &Sources) -> Vec<u8> {
    let mut out = String::from("flowchart LR\n");
    for (n, node) in graph.nodes.iter().enumerate() {
        let label = format!("{}<br/>{}", mermaid_text(name(node)), mermaid_text(&short(node.at, sources)));
        let line = match node.kind {
            NodeKind::OnLoop => format!("n{n}([\"{label}\"]):::onLoop"),
            NodeKind::Plain => format!("n{n}[\"{label}\"]"),
            NodeKind::Library => format!("n{n}{{{{\"{label}\"}}}}:::waits"),
        };
        writeln!(out, "  {line}").expect("writing to memory does not fail");
    }
    for edge in &graph.edges {
        let arrow = if edge.certainty == Certainty::Certain { "-->" } else { "-.->" };
        writeln!(out, "  n{} {arrow} n{}", edge.from, edge.to).expect("writing to memory does not fail");
    }
    out += "  classDef onLoop fill:#d6e9f8\n  classDef waits fill:#fde2e0\n";
    out.into_bytes()
}

/// The inside of a quoted label of Mermaid: what it might read as markup is written as a number.
fn mermaid_text(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' | '#' | '<' | '>' | '&' | ';' | '`' | '\\' => {
                write!(out, "#{};", u32::from(c)).expect("writing to memory does not fail");
            }
            c if c.is_control() => out.push('?'),
            c => out.push(c),
        }
    }
    out
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    nodes: Vec<NodeRecord<'a>>,
    edges: Vec<EdgeRecord<'a>>,
}

#[derive(Serialize)]
struct NodeRecord<'a> {
    id: usize,
    kind: &'a str,
    name: &'a str,
    #[serde(flatten)]
    at: Extent<'a>,
    lints: &'a [&'static str],
}

#[derive(Serialize)]
struct EdgeRecord<'a> {
    from: usize,
    to: usize,
    certainty: &'a str,
    calls: Vec<Extent<'a>>,
}

/// For machines: version 1 of the JSON form.
pub fn graph_json(graph: &Graph, sources: &Sources) -> Vec<u8> {
    let nodes = graph.nodes.iter().zip(0..).map(|(node, id)| NodeRecord {
        id,
        kind: node.kind.name(),
        name: &node.name,
        at: Extent::of(node.at, sources),
        lints: &node.lints,
    });
    let edges = graph.edges.iter().map(|edge| EdgeRecord {
        from: edge.from,
        to: edge.to,
        certainty: edge.certainty.name(),
        calls: edge.at.iter().map(|at| Extent::of(*at, sources)).collect(),
    });
    let report = Report { version: 1, nodes: nodes.collect(), edges: edges.collect() };
    let mut out = serde_json::to_vec_pretty(&report).expect("plain records always serialize");
    out.push(b'\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_inside_their_quotes() {
        assert_eq!(dot_text("a\"b\\n\nc"), "a\\\"b\\\\n?c");
        assert_eq!(mermaid_text("<\"a\">#1;`b`"), "#60;#34;a#34;#62;#35;1#59;#96;b#96;");
    }
}

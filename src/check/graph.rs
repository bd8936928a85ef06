//! The blocking paths as a graph: from code on the loop, through the functions it calls, to the library calls that wait.
//!
//! Made of findings that are told: a path that is silenced, allowed or too uncertain is not part of it.

use super::{Diagnostic, Program};
use crate::lint::{Certainty, Place};
use crate::model::FunctionKind;
use crate::text::FileId;
use rustc_hash::FxHashMap;

/// Functions and library calls, and the calls between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// In the order of paths and positions; a library call stands behind the function that it is in.
    pub nodes: Vec<Node>,
    /// In the order of their nodes.
    pub edges: Vec<Link>,
}

/// A function, or a call of a library that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub kind: NodeKind,
    /// As people name it; empty for a module's own code.
    pub name: String,
    /// The function, or the call.
    pub at: Place,
    /// The lints that tell of a path through it.
    pub lints: Vec<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NodeKind {
    /// Runs on the loop: async, or a callback there.
    OnLoop,
    /// A plain function.
    Plain,
    /// A call of a library that waits.
    Library,
}

impl NodeKind {
    pub fn name(self) -> &'static str {
        match self {
            NodeKind::OnLoop => "async",
            NodeKind::Plain => "sync",
            NodeKind::Library => "library",
        }
    }
}

/// Calls from one node to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub from: usize,
    pub to: usize,
    /// Where it is called, in order.
    pub at: Vec<Place>,
    /// That of the surest finding that uses it.
    pub certainty: Certainty,
}

/// Which paths are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Through {
    All,
    /// Those with a call that stands in, or reaches into, this stretch.
    Place(Place),
    /// Those with a function or library call of this name: `Store.load`, or `load` alone.
    Named(String),
}

impl Program {
    /// The paths of findings that reach a wait.
    pub fn blocking_paths(&self, findings: &[Diagnostic], through: &Through) -> Graph {
        let mut drawing = Drawing::default();
        for diagnostic in findings.iter().filter(|diagnostic| !diagnostic.finding.reached.is_empty()) {
            let path = self.path_of(diagnostic);
            if path.is_wanted(through) {
                drawing.add(&path, diagnostic);
            }
        }
        drawing.finish(|file| &self.project.files[file.0 as usize].path)
    }

    fn path_of(&self, diagnostic: &Diagnostic) -> Path {
        let finding = &diagnostic.finding;
        let calls: Vec<Place> = std::iter::once(finding.at).chain(finding.chain.iter().map(|step| step.at)).collect();
        let function = |at: &Place| match self.function_at_place(*at) {
            Some(func) => {
                let is_on_loop = self.linked.on_loop().contains(&func);
                let kind = if is_on_loop { NodeKind::OnLoop } else { NodeKind::Plain };
                let around = self.linked.function_name(func);
                let name = match self.linked.function(func).kind {
                    FunctionKind::Anonymous => format!("closure in {around}"),
                    FunctionKind::AsyncBlock => format!("async block in {around}"),
                    _ => around,
                };
                (kind, name, super::explain::function_place(&self.linked, func))
            }
            None => (NodeKind::Plain, String::new(), *at),
        };
        let mut nodes: Vec<(NodeKind, String, Place)> = calls.iter().map(function).collect();
        let last = *calls.last().expect("the finding's own place is there");
        nodes.push((NodeKind::Library, finding.reached.clone(), last));
        Path { nodes, calls }
    }
}

/// The nodes of one finding, and the calls between them.
struct Path {
    nodes: Vec<(NodeKind, String, Place)>,
    calls: Vec<Place>,
}

impl Path {
    fn is_wanted(&self, through: &Through) -> bool {
        match through {
            Through::All => true,
            Through::Place(place) => self.calls.iter().any(|call| {
                let (a, b) = (call.span, place.span);
                call.file == place.file && a.start <= b.end && b.start <= a.end
            }),
            Through::Named(name) => self.nodes.iter().any(|(_, known, _)| {
                known == name || known.strip_suffix(name.as_str()).is_some_and(|rest| rest.ends_with(['.', ':']))
            }),
        }
    }
}

type Key = (Place, NodeKind, String);

#[derive(Default)]
struct Drawing {
    nodes: FxHashMap<Key, Node>,
    edges: FxHashMap<(Key, Key), (Vec<Place>, Certainty)>,
}

impl Drawing {
    fn add(&mut self, path: &Path, diagnostic: &Diagnostic) {
        let finding = &diagnostic.finding;
        let keys: Vec<Key> = path.nodes.iter().map(|(kind, name, at)| (*at, *kind, name.clone())).collect();
        for key in &keys {
            let (at, kind, name) = key.clone();
            let node = self.nodes.entry(key.clone()).or_insert(Node { kind, name, at, lints: Vec::new() });
            if !node.lints.contains(&finding.lint) {
                node.lints.push(finding.lint);
            }
        }
        for (ends, at) in keys.windows(2).zip(&path.calls) {
            let edge = (ends[0].clone(), ends[1].clone());
            let (places, certainty) = self.edges.entry(edge).or_insert((Vec::new(), finding.certainty));
            if !places.contains(at) {
                places.push(*at);
            }
            *certainty = (*certainty).max(finding.certainty);
        }
    }

    fn finish<'p>(self, path: impl Fn(FileId) -> &'p str) -> Graph {
        let order = |place: Place| (path(place.file), place.span.start, place.span.end);
        let mut nodes: Vec<(Key, Node)> = self.nodes.into_iter().collect();
        nodes.sort_by(|((a, a_kind, a_name), _), ((b, b_kind, b_name), _)| {
            (order(*a), a_kind, a_name).cmp(&(order(*b), b_kind, b_name))
        });
        let numbers: FxHashMap<&Key, usize> = nodes.iter().zip(0..).map(|((key, _), n)| (key, n)).collect();
        let mut edges: Vec<Link> = self
            .edges
            .into_iter()
            .map(|((from, to), (mut at, certainty))| {
                at.sort_by(|a, b| order(*a).cmp(&order(*b)));
                Link { from: numbers[&from], to: numbers[&to], at, certainty }
            })
            .collect();
        edges.sort_by_key(|edge| (edge.from, edge.to));
        let mut nodes: Vec<Node> = nodes.into_iter().map(|(_, node)| node).collect();
        for node in &mut nodes {
            node.lints.sort_unstable();
        }
        Graph { nodes, edges }
    }
}

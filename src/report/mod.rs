//! Findings as text, as a line each, as JSON, as cargo's messages, as SARIF, as workflow commands and as counts: pure
//! functions of the findings and the files' texts.
//!
//! Decides nothing about what is told, and writes nowhere.

mod cargo;
mod concise;
mod explain;
mod github;
mod graph;
mod json;
mod sarif;
mod sources;
mod statistics;
mod text;

pub use cargo::{
    CargoPackage, CargoPlace, CargoPlaces, CargoRendering, CargoReport, CargoTarget, cargo, cargo_artifacts,
    cargo_finished,
};
pub use concise::concise;
pub use explain::{explanation, explanation_json};
pub use github::github;
pub use graph::{dot, graph_json, mermaid};
pub use json::json;
pub use sarif::sarif;
pub use sources::{SourceText, Sources};
pub use statistics::{Understood, statistics, statistics_json};
pub use text::{Detail, Misconfiguration, described, misconfiguration, text, text_in_detail};

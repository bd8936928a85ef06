//! Findings as text and as JSON: pure functions of the findings and the files' texts.
//!
//! Decides nothing about what is told, and writes nowhere.

mod json;
mod sources;
mod text;

pub use json::json;
pub use sources::{SourceText, Sources};
pub use text::{Misconfiguration, misconfiguration, text};

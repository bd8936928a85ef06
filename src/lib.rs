//! unsnarl finds concurrency anti-patterns in Python and Rust.
//!
//! The modules stand in layer order; each names only what stands above it (see ARCHITECTURE.md).

/// What libraries do, as data.
pub mod catalogue;
/// Links files into one program and answers questions about it.
pub mod flow;
/// The facts of one file.
pub mod model;
/// Python sources to facts.
pub mod python;
/// Source text: spans, line positions, interned names.
pub mod text;

//! unsnarl finds concurrency anti-patterns in Python and Rust.
//!
//! The modules stand in layer order; each names only what stands above it (see ARCHITECTURE.md).

#![forbid(unsafe_code)]

/// Source text: spans, line positions, interned names.
pub mod text;

/// What libraries do, as data.
pub mod catalogue;

/// The facts of one file.
pub mod model;

/// What libraries offer, from the outlines of their sources.
pub mod signatures;

/// Python sources to facts.
pub mod python;

/// Rust sources to facts.
pub mod rust;

/// Links files into one program and answers questions about it.
pub mod flow;

/// What a lint is, what it finds, and which of its findings are told.
pub mod lint;

/// The lints.
#[path = "../lints/mod.rs"]
pub mod lints;

/// The whole analysis as calls: decode, lower, link, findings.
pub mod check;

/// Findings in all forms of output.
pub mod report;

/// Finds and reads files, configuration and manifests.
pub mod project;

/// The language server.
pub mod lsp;

/// The command line.
pub mod cli;

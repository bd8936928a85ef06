//! The one integration-test binary.

mod annotations;
mod architecture;
mod bytes;
mod cargo_messages;
mod catalogue;
mod catalogue_entries;
mod catalogue_std;
mod cli;
mod discovery;
mod documents;
mod editors;
mod extents;
mod facts;
mod fixtures;
mod judging;
mod libraries;
mod lsp;
mod pages;
mod program;
mod python_sources;
mod random_edits;
mod rust_directives;
mod rust_hostile;
mod rust_mutations;
mod rust_sources;
mod sarif;
mod sessions;
#[path = "../soak/mod.rs"]
mod soak;

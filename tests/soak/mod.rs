//! A soak: random edits of a workspace, after each of which what was changed must answer as what is new.
//!
//! Shared by the tests, which take a few edits, and by `cargo bench --bench soak`, which takes thousands; the client also by
//! `cargo bench --bench latency`.

pub mod client;
pub mod edits;
pub mod items;
pub mod program;
pub mod random;
mod rewrites;
pub mod server;
pub mod workspace;

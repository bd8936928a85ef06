//! Links the facts of all files into one program and answers the lints' questions about it.
//!
//! Knows no syntax and no library by name; judges nothing.

mod layout;
mod stop;

pub use layout::{Crate, CrateKind, Layout, ProjectFile, Role};
pub use stop::{Stop, Stopped};

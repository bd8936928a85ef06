//! What libraries offer, from the outlines of their sources, as the lines that `catalogue::signatures` reads.
//!
//! One machinery for the signature files that unsnarl ships and for the libraries that are installed beside a project:
//! [`packages`] and [`crates`] resolve names across the files of libraries, the writers print what an item offers, and
//! [`package_reach`] and [`crate_reach`] follow from what a project names to the types that can matter to it. Files come
//! in through traits: nothing here touches the disk, and the bodies of functions say nothing here.

mod answers;
pub mod branches;
pub mod crate_listing;
pub mod crate_reach;
mod crate_writer;
pub mod crates;
mod listing;
mod package_decorators;
pub mod package_reach;
mod package_writer;
pub mod packages;
mod print;

/// The root (package, crate) that a signature file is of, and its text.
pub type SignatureText = (String, String);

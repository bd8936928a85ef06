//! The one integration-test binary.

mod facts;
mod rust_sources;

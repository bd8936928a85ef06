//! What is held or caught where: guards over suspensions, cancellations and errors in handlers.

pub mod errors;
pub mod guards;
pub mod handlers;

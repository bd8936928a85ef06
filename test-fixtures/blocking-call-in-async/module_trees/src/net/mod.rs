pub mod client;
mod server;

pub use self::client::*;
pub use self::server::{serve, stop as halt};

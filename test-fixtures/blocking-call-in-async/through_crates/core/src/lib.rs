mod net;
mod store;

pub use net::token::refresh;
pub use store::Store;

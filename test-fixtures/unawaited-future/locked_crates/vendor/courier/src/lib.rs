mod client;
mod deep;
#[cfg(feature = "extra")]
pub mod extra;
pub mod prelude {
    pub use crate::client::Client;
    pub use crate::Deliver;
}

pub use client::Client;
pub use deep::*;

include!(concat!(env!("OUT_DIR"), "/generated.rs"));

pub trait Deliver {
    fn deliver(&self) -> impl std::future::Future<Output = ()>;
}

#[must_use]
pub struct Lazy;

impl std::future::Future for Lazy {
    type Output = u32;
}

pub struct Handle;

impl std::future::Future for Handle {
    type Output = u32;
}

pub fn lazily() -> Lazy {
    Lazy
}

pub fn spawned() -> Handle {
    Handle
}

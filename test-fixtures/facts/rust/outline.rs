// Imports and definitions.
pub use crate::a::{self, b::C as D, e::*, f::{g, self as h}};
extern crate alloc as other;
mod outer {
    use super::X;
    pub(crate) mod inner {
        pub const N: u8 = 1;
    }
}
#[path = "elsewhere.rs"]
mod far;
pub struct Store<T: Clone + Send, const N: usize> where T: Debug {
    pub items: Vec<T>,
    lock: std::sync::Arc<Mutex<HashMap<String, Box<dyn Handler<T, Output = u8> + Send>>>>,
    f: fn(u8, &str) -> bool,
    g: Box<dyn FnOnce(T) -> u8>,
    never: !,
    pair: (u8, [u8; 4], &'static [T]),
}
pub struct Wrapper(pub u8, String);
union U { a: u8, b: f32 }
enum Event { Empty, Data(Vec<u8>, u8), Closed { code: u8 } }
pub trait Handler<T>: Send + Sync + 'static {
    type Out: Clone;
    const MAX: usize = 10;
    fn required(&self, x: impl Into<T>) -> Self::Out;
    fn provided(self: Arc<Self>) -> u8 { 1 }
    async fn awaited(self) -> Result<Self, E>;
}
impl<T> Handler<T> for Store<T, 1> where T: Debug {
    type Out = Vec<T>;
    fn required(&self, x: impl Into<T>) -> Self::Out { x.into() }
}
unsafe extern "C" {
    safe fn read(fd: i32) -> isize;
    static ERRNO: i32;
}
type Alias<T> = Result<T, Error>;
static mut GLOBAL: Option<u8> = None;
fn holder() {
    use std::io::Read as _;
    struct Local { x: u8 }
    impl Local { fn method(&self) -> u8 { self.x } }
    const LIMIT: u8 = 3;
    fn nested(n: u8) -> u8 { n + LIMIT }
    nested(1);
}

// Constants of a module, of an inner one and of an impl.
const BASE: usize = 2;
const WORKERS: usize = BASE * 8 + inner::EXTRA;
mod inner {
    pub const EXTRA: usize = 1;
    static BASE: u8 = 0x1F_u8;
}
impl Server {
    const POOL: usize = Self::WORKERS.min(61);
}
static NAMES: &[&str] = &["a", "b"];

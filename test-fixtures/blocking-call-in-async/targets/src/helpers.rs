/// Named like the library's function.
pub fn wait() {}

pub fn wait_here() {
    targets::wait();
}

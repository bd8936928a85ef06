pub fn wait() {
    targets::wait();
}

pub fn flush() {
    crate::pause();
}

pub fn flush() {}

pub fn only_here() {
    crate::pause();
}

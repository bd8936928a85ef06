pub(super) fn wait() {
    crate::pause();
}

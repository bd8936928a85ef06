pub fn serve() {
    crate::pause();
}

pub fn stop() {
    serve();
}

pub fn status() -> u8 {
    0
}

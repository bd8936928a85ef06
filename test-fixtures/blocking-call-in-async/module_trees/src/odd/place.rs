mod below;

pub fn wait() {
    below::wait();
}

pub fn name() -> &'static str {
    "placed"
}

pub fn wait() {
    std::thread::sleep(std::time::Duration::from_secs(1));
}

pub fn nothing() {}

pub async fn in_the_library_bad() {
    wait(); //~ blocking-call-in-async: sleep
}

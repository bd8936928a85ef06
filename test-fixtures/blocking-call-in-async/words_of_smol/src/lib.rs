use std::time::Duration;

pub async fn wait_bad() {
    std::thread::sleep(Duration::from_secs(1)); //~ blocking-call-in-async: std::thread::sleep
}

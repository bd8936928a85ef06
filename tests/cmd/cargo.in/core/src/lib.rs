pub fn wait() {
    std::thread::sleep(std::time::Duration::from_secs(1));
}

pub async fn idle() {
    wait();
}

use std::thread;
use std::time::Duration;

pub fn settle() {
    thread::sleep(Duration::from_secs(1));
}

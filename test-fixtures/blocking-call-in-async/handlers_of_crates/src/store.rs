use std::thread;
use std::time::Duration;

#[derive(Clone, Default)]
pub struct Store;

impl Store {
    pub fn load(&self) -> String {
        thread::sleep(Duration::from_secs(1));
        String::new()
    }
}

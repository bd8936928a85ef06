use std::sync::{Mutex, MutexGuard};

pub struct State {
    entries: Mutex<Vec<String>>,
}

impl State {
    pub fn lock(&self) -> MutexGuard<'_, Vec<String>> {
        self.entries.lock().unwrap()
    }
}

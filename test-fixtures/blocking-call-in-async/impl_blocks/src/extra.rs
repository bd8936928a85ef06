use crate::store::{Other, Store};
use std::time::Duration;

impl Store {
    pub fn load(&self) {
        std::thread::sleep(Duration::from_secs(1));
    }

    pub fn twice(&self) -> &Self {
        self.load();
        self
    }

    pub async fn load_later(&self) {}
}

impl Other {
    pub fn load(&self) {}
}

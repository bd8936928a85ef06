use std::sync::Mutex;

struct Store {
    names: Mutex<Vec<String>>,
}

impl Store {
    async fn publish(&self) {
        if let Some(name) = self.names.lock().unwrap().first() {
            send(name.clone()).await;
        }
    }
}

async fn send(_: String) {}

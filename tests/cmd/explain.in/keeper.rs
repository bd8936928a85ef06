use std::sync::Mutex;
use std::time::Duration;

pub struct Keeper {
    names: Mutex<Vec<String>>,
}

impl Keeper {
    pub async fn pause(&self, hook: impl Fn()) {
        hook();
        self.names.lock().unwrap().clear();
        rest();
        tokio::task::spawn_blocking(rest);
        let made = ghost::Client::new();
        made.call();
    }
}

fn rest() {
    std::thread::sleep(Duration::from_secs(1));
}

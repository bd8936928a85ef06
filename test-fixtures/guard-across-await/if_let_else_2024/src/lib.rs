//! Since the 2024 edition the guard is dropped before `else`.

use std::sync::Mutex;

async fn ping() {}

pub async fn else_ok(names: &Mutex<Vec<u8>>) {
    if let Some(_) = names.lock().unwrap().first() {
    } else {
        ping().await;
    }
}

pub async fn then_bad(names: &Mutex<Vec<u8>>) {
    if let Some(_) = names.lock().unwrap().first() { //~ guard-across-await
        ping().await;
    }
}

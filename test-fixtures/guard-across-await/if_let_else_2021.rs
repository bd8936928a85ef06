//! Without a manifest a file is of the 2021 edition: the guard lives through `else`.

use std::sync::Mutex;

async fn ping() {}

async fn else_bad(names: &Mutex<Vec<u8>>) {
    if let Some(_) = names.lock().unwrap().first() { //~ guard-across-await
    } else {
        ping().await;
    }
}

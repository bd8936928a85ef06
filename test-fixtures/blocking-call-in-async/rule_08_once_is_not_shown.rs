//! What is kept for the process is made once: at most possible.

use std::sync::{LazyLock, OnceLock};
use std::thread;
use std::time::Duration;

static CONFIG: OnceLock<String> = OnceLock::new();
static TABLE: LazyLock<String> = LazyLock::new(load);

fn load() -> String {
    thread::sleep(Duration::from_secs(1));
    String::new()
}

fn config() -> &'static str {
    CONFIG.get_or_init(load)
}

async fn once_lock_ok() {
    config();
    CONFIG.get_or_init(|| load());
}

async fn lazy_lock_ok() -> usize {
    TABLE.len()
}

async fn every_time_bad() {
    load(); //~ blocking-call-in-async: sleep
}

async fn local_cell_bad() {
    let cell = OnceLock::new();
    cell.get_or_init(load); //~ blocking-call-in-async: sleep
}

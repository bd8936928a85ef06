//! Without a running loop nothing is stalled.

use std::thread;
use std::time::Duration;
use tokio::runtime::Handle;

fn pause() {
    match Handle::try_current() {
        Ok(_) => {}
        Err(_) => thread::sleep(Duration::from_secs(1)),
    }
}

async fn no_runtime_ok() {
    pause();
}

fn pause_on_loop() {
    match Handle::try_current() {
        Ok(_) => thread::sleep(Duration::from_secs(1)),
        Err(_) => {}
    }
}

async fn runtime_bad() {
    pause_on_loop(); //~ blocking-call-in-async
}

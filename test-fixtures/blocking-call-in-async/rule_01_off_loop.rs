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

fn pause_unless_on_loop() {
    if Handle::try_current().is_ok() {
        return;
    }
    thread::sleep(Duration::from_secs(1));
}

async fn returns_on_loop_ok() {
    pause_unless_on_loop();
}

fn pause_if_let() {
    if let Ok(_handle) = Handle::try_current() {
        return;
    }
    thread::sleep(Duration::from_secs(1));
}

async fn if_let_ok() {
    pause_if_let();
}

fn pause_let_else() {
    let Ok(_handle) = Handle::try_current() else {
        thread::sleep(Duration::from_secs(1));
        return;
    };
}

async fn let_else_ok() {
    pause_let_else();
}

fn pause_if_on_loop() {
    if Handle::try_current().is_ok() {
        thread::sleep(Duration::from_secs(1));
    }
}

async fn if_on_loop_bad() {
    pause_if_on_loop(); //~ blocking-call-in-async: sleep
}

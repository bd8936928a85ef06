use std::thread;
use std::time::Duration;

async fn on_the_line_ok() {
    thread::sleep(Duration::from_secs(1)); // unsnarl: allow(blocking-call-in-async, reason = "one task")
}

async fn above_the_statement_ok() {
    // unsnarl: allow(blocking-call-in-async)
    thread::sleep(Duration::from_secs(1));
}

// unsnarl: allow(blocking-call-in-async)
async fn on_the_function_ok() {
    thread::sleep(Duration::from_secs(1));
}

// unsnarl: non-blocking(reason = "warmed up at start")
fn cached() {
    thread::sleep(Duration::from_secs(1));
}

async fn cut_in_between_ok() {
    cached();
}

async fn next_statement_bad() {
    // unsnarl: allow(blocking-call-in-async)
    thread::sleep(Duration::from_secs(1));
    thread::sleep(Duration::from_secs(2)); //~ blocking-call-in-async
}

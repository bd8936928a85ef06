//@ min-certainty: possible
//! What waits in a test is told where possible findings are asked for.

use std::thread;
use std::time::Duration;

fn pause() {
    thread::sleep(Duration::from_secs(1));
}

#[tokio::test]
async fn blocking_in_a_test_bad() {
    thread::sleep(Duration::from_secs(1)); //~ blocking-call-in-async: std::thread::sleep
    pause(); //~ blocking-call-in-async: std::thread::sleep
}

#[test]
fn plain_test_ok() {
    pause();
}

#[tokio::test]
async fn on_a_worker_ok() {
    tokio::task::spawn_blocking(pause).await.unwrap();
}

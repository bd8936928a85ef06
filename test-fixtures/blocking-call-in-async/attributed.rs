//! The bodies of an attributed `main` and of attributed tests run on the loop; in tests that is at most possible.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

async fn ping() {}

fn pause() {
    thread::sleep(Duration::from_secs(1));
}

#[tokio::main]
async fn main() {
    thread::sleep(Duration::from_secs(1)); //~ blocking-call-in-async: std::thread::sleep
    pause(); //~ blocking-call-in-async: std::thread::sleep
    let state = Mutex::new(0);
    let guard = state.lock().unwrap(); //~ guard-across-await
    ping().await;
    drop(guard);
    tokio::task::spawn_blocking(pause).await.unwrap();
}

mod workers {
    use std::{thread, time::Duration};

    #[tokio::main(flavor = "current_thread")]
    pub async fn run_bad() {
        thread::sleep(Duration::from_secs(1)); //~ blocking-call-in-async: std::thread::sleep
    }
}


#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn blocking_in_a_test_ok() {
        thread::sleep(Duration::from_secs(1));
        pause();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn guard_in_a_test_bad() {
        let state = Mutex::new(0);
        let guard = state.lock().unwrap(); //~ guard-across-await
        ping().await;
        drop(guard);
    }

    #[test]
    fn plain_test_ok() {
        pause();
    }

    async fn helper_of_a_test_ok() {
        pause();
    }

    #[tokio::test]
    async fn calls_the_helper_ok() {
        helper_of_a_test_ok().await;
    }
}

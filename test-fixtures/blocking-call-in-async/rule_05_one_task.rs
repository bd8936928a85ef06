//! Tests stall nobody.

use std::thread;
use std::time::Duration;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn waits() {
        thread::sleep(Duration::from_secs(1));
    }
}

#[tokio::main]
async fn main() {
    serve().await;
}

async fn serve() {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn shared_bad() {
    thread::sleep(Duration::from_secs(1)); //~ blocking-call-in-async: sleep
}

async fn handler() {
    shared_bad().await;
}

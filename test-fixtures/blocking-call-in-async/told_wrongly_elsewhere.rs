//! What users of other tools complain of: nothing of it waits on the loop. Beside it, what must still be told.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

async fn asyncify<F, T>(work: F) -> T
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    tokio::task::spawn_blocking(work).await.unwrap()
}

async fn wrapper_of_the_project_ok() {
    asyncify(|| thread::sleep(Duration::from_secs(1))).await;
    asyncify(move || std::net::TcpStream::connect("127.0.0.1:1").is_ok()).await;
}

async fn printing_ok(text: &str) {
    println!("{text}");
    eprintln!("{text}");
}

async fn tried_lock_ok(lock: &Mutex<u32>) -> Option<u32> {
    lock.try_lock().ok().map(|guard| *guard)
}

async fn blocks_bad() {
    thread::sleep(Duration::from_secs(1)); //~ blocking-call-in-async: sleep
}

async fn told_in_the_callee_ok() {
    blocks_bad().await;
}

async fn closure_that_is_handed_on_ok(sender: tokio::sync::mpsc::Sender<Box<dyn FnOnce() + Send>>) {
    sender.send(Box::new(|| thread::sleep(Duration::from_secs(1)))).await.ok();
}

async fn nested_function_that_nobody_calls_ok() {
    fn work() {
        thread::sleep(Duration::from_secs(1));
    }
    let _work: fn() = work;
}

fn before_the_runtime_ok() {
    thread::sleep(Duration::from_secs(1));
    tokio::runtime::Runtime::new().unwrap().block_on(told_in_the_callee_ok());
}

fn on_a_thread_of_its_own_ok() -> thread::JoinHandle<()> {
    thread::spawn(|| {
        loop {
            thread::sleep(Duration::from_secs(1));
        }
    })
}

mod files_of_tokio {
    use tokio::fs;

    pub async fn renamed_ok() -> std::io::Result<Vec<u8>> {
        fs::read("x").await
    }
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn in_a_test_ok() {
        std::thread::sleep(std::time::Duration::from_secs(1));
    }
}

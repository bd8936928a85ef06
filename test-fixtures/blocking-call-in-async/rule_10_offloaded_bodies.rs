use std::thread;
use std::time::Duration;

fn wait() {
    thread::sleep(Duration::from_secs(1));
}

async fn spawn_blocking_ok() {
    tokio::task::spawn_blocking(|| thread::sleep(Duration::from_secs(1))).await.unwrap();
    tokio::task::spawn_blocking(wait).await.unwrap();
    tokio::task::spawn_blocking(move || {
        wait();
        wait();
    })
    .await
    .unwrap();
}

async fn block_in_place_ok() {
    tokio::task::block_in_place(|| wait());
}

async fn thread_ok() {
    let worker = thread::spawn(wait);
    tokio::task::spawn_blocking(move || worker.join()).await.unwrap().unwrap();
}

async fn argument_is_evaluated_here_bad(url: String) {
    consume(reqwest::blocking::get(&url)).await; //~ blocking-call-in-async
}

async fn consume<T>(_: T) {}

async fn in_worker<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

async fn wrapper_ok() {
    in_worker(wait).await;
    in_worker(|| thread::sleep(Duration::from_secs(1))).await;
}

async fn spawned_future_bad() {
    let task = tokio::spawn(async {
        wait(); //~ blocking-call-in-async
    });
    task.await.unwrap();
}

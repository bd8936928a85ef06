//@ min-certainty: possible
use tokio::runtime::{Builder, Runtime};

async fn work(_item: u32) {}

async fn in_async_bad() {
    let runtime = Runtime::new().unwrap(); //~ executor-per-task: in every call of async `in_async_bad`
    runtime.spawn(work(1)).await.unwrap();
    runtime.shutdown_background();
}

fn a_runtime_a_thread_bad(items: Vec<u32>) {
    for item in items {
        let thread = std::thread::spawn(move || { //~ executor-per-task: on every turn of a loop
            let runtime = Builder::new_current_thread().build().unwrap();
            runtime.block_on(work(item))
        });
        thread.join().unwrap();
    }
}

fn by_size_bad() {
    for threads in [1, 2, 4] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap(); //~ executor-per-task: on every turn of a loop
        pool.install(|| 1);
    }
}

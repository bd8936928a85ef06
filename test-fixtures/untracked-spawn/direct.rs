use std::thread;
use tokio::task::JoinSet;

async fn work() {}

async fn statement_bad() {
    tokio::spawn(work()); //~ untracked-spawn: tokio::spawn
}

async fn block_bad() {
    tokio::spawn(async move { //~ untracked-spawn: tokio::spawn
        work().await;
    });
}

async fn wildcard_bad() {
    let _ = tokio::spawn(work()); //~ untracked-spawn
}

async fn underscore_name_bad() {
    let _task = tokio::spawn(work()); //~ untracked-spawn
}

async fn task_module_bad() {
    tokio::task::spawn(work()); //~ untracked-spawn
}

async fn dropped_bad() {
    drop(tokio::spawn(work())); //~ untracked-spawn
}

async fn spawn_blocking_bad() {
    tokio::task::spawn_blocking(|| {}); //~ untracked-spawn
}

fn thread_bad() {
    thread::spawn(|| {}); //~ untracked-spawn
}

async fn builder_bad() -> std::io::Result<()> {
    let _task = tokio::task::Builder::new().name("x").spawn(work())?; //~ untracked-spawn
    Ok(())
}

fn sync_callback_bad(handle: tokio::runtime::Handle) {
    handle.spawn(work()); //~ untracked-spawn
}

async fn awaited_ok() {
    tokio::spawn(work()).await.unwrap();
}

async fn awaited_later_ok() {
    let task = tokio::spawn(work());
    work().await;
    task.await.unwrap();
}

async fn returned_ok() -> tokio::task::JoinHandle<()> {
    tokio::spawn(work())
}

async fn collected_ok(jobs: Vec<u8>) {
    let mut tasks = Vec::new();
    for _ in jobs {
        tasks.push(tokio::spawn(work()));
    }
    futures::future::join_all(tasks).await;
}

async fn set_ok(jobs: Vec<u8>) {
    let mut tasks = JoinSet::new();
    for _ in jobs {
        tasks.spawn(work());
    }
    while tasks.join_next().await.is_some() {}
}

fn joined_ok() {
    let worker = thread::spawn(|| {});
    worker.join().unwrap();
}

fn scoped_ok() {
    thread::scope(|scope| {
        scope.spawn(|| {});
    });
}

async fn joined_by_macro_ok() {
    let task = tokio::spawn(work());
    let (result, ()) = tokio::join!(task, work());
    result.unwrap();
}

async fn aborted_ok() {
    let task = tokio::spawn(work());
    work().await;
    task.abort();
}

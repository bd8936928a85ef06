use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

struct Store {
    refreshing: Option<BoxFuture<'static, ()>>,
}

async fn fetch(_key: u32) -> u32 {
    1
}

fn start() -> impl Future<Output = ()> {
    async {}
}

fn boxed<'a>() -> BoxFuture<'a, ()> {
    Box::pin(async {})
}

fn try_start() -> Result<impl Future<Output = ()>, ()> {
    Ok(async {})
}

impl Store {
    async fn flush(&self) {}

    async fn close(&self) {}

    async fn statement_bad(&self) {
        self.flush(); //~ unawaited-future: `Store::flush` is never awaited: its future is dropped at once
    }

    async fn wildcard_bad(&self) {
        let _ = self.flush(); //~ unawaited-future
    }

    async fn named_bad(&self) {
        let _flushed = self.flush(); //~ unawaited-future: never read
    }

    async fn assigned_bad(&self) {
        _ = self.flush(); //~ unawaited-future
    }

    async fn dropped_bad(&self) {
        drop(self.flush()); //~ unawaited-future
    }

    async fn dropped_later_bad(&self) {
        let flushed = self.flush(); //~ unawaited-future
        drop(flushed);
    }

    async fn pushed_bad(&self) {
        let mut jobs = Vec::new();
        jobs.push(self.flush()); //~ unawaited-future
    }

    async fn in_some_bad(&self) {
        Some(self.flush()); //~ unawaited-future
    }

    async fn vec_bad(&self) {
        let _jobs = vec![self.flush()]; //~ unawaited-future
    }

    async fn matched_ok(&self, first: bool) {
        match first {
            true => self.flush().await,
            false => self.close().await,
        }
    }

    async fn stored_ok(&mut self) {
        self.refreshing = Some(Box::pin(async {}));
    }
}

async fn block_bad() {
    async { fetch(1).await }; //~ unawaited-future: the async block is never awaited
}

async fn impl_future_bad() {
    start(); //~ unawaited-future: `start` is never awaited
}

async fn boxed_bad() {
    let _ = boxed(); //~ unawaited-future
}

async fn result_bad() {
    let _ = try_start(); //~ unawaited-future
}

async fn unwrapped_bad() {
    try_start().unwrap(); //~ unawaited-future
}

async fn sleep_bad() {
    tokio::time::sleep(Duration::from_secs(1)); //~ unawaited-future: tokio::time::sleep
}

async fn timeout_bad() {
    tokio::time::timeout(Duration::from_secs(1), fetch(1)); //~ unawaited-future: tokio::time::timeout
}

async fn pinned_box_bad() {
    let _ = Box::pin(fetch(1)); //~ unawaited-future: `fetch`
}

async fn closure_bad() {
    let start = || async { 1 };
    start(); //~ unawaited-future
}

async fn choice_bad(flag: bool) {
    let _ = if flag { fetch(1) } else { fetch(2) }; //~ unawaited-future
    //~^ unawaited-future
}

async fn send_bad(tx: tokio::sync::mpsc::Sender<u32>) {
    let _ = tx.send(1); //~ unawaited-future: tokio::sync::mpsc::Sender::send
}

fn sync_bad() {
    let _ = fetch(1); //~ unawaited-future
}

async fn awaited_ok() -> u32 {
    fetch(1).await
}

async fn later_ok() -> u32 {
    let job = fetch(1);
    job.await
}

async fn joined_ok() {
    let (a, b) = tokio::join!(fetch(1), fetch(2));
    drop((a, b));
}

async fn selected_ok() {
    let job = fetch(1);
    tokio::pin!(job);
    tokio::select! {
        _ = &mut job => {}
        _ = tokio::time::sleep(Duration::from_secs(1)) => {}
    }
}

async fn all_ok() {
    let jobs = (0..3).map(|key| fetch(key)).collect::<Vec<_>>();
    futures::future::join_all(jobs).await;
}

async fn one_by_one_ok() {
    let mut jobs = Vec::new();
    for key in 0..3 {
        jobs.push(fetch(key));
    }
    for job in jobs {
        job.await;
    }
}

async fn spawned_ok() {
    tokio::spawn(fetch(1)).await.unwrap();
}

fn given_ok() -> impl Future<Output = u32> {
    fetch(1)
}

fn boxed_ok<'a>() -> BoxFuture<'a, u32> {
    Box::pin(async move { fetch(1).await })
}

fn run_ok(runtime: tokio::runtime::Runtime) -> u32 {
    runtime.block_on(fetch(1))
}

async fn in_struct_ok() -> Store {
    Store { refreshing: Some(Box::pin(async {})) }
}

async fn question_ok() -> Result<(), ()> {
    try_start()?.await;
    Ok(())
}

async fn match_ok(first: bool) -> u32 {
    match first {
        true => fetch(1),
        false => fetch(2),
    }
    .await
}

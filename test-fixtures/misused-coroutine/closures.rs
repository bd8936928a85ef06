use std::future::Future;

struct Store;

impl Store {
    async fn refresh(&self) {}
}

async fn fetch(_key: u32) -> u32 {
    1
}

fn thread_bad() {
    let handle = std::thread::spawn(|| async { fetch(1).await }); //~ misused-coroutine: `std::thread::spawn` calls this and drops the future that it gives
    handle.join().unwrap();
}

fn moved_bad(key: u32) {
    std::thread::spawn(move || fetch(key)).join().unwrap(); //~ misused-coroutine: drops the future of `fetch`
}

async fn blocking_bad() {
    tokio::task::spawn_blocking(|| async { 1 }).await.unwrap(); //~ misused-coroutine: tokio::task::spawn_blocking
}

async fn for_each_bad(stores: Vec<Store>) {
    stores.iter().for_each(|store| { store.refresh(); }); //~ unawaited-future: `Store::refresh`
}

async fn for_each_block_bad(keys: Vec<u32>) {
    keys.iter().for_each(|key| drop(async move { fetch(*key).await })); //~ unawaited-future
}

async fn mapped_bad(store: Option<Store>) {
    store.as_ref().map(|store| store.refresh()); //~ misused-coroutine: drops the future of `Store::refresh`
}

async fn collected_bad(keys: Vec<u32>) {
    let _jobs: Vec<_> = keys.into_iter().map(|key| fetch(key)).collect(); //~ misused-coroutine: drops the future of `fetch`
}

async fn named_bad(keys: Vec<u32>) {
    let _jobs: Vec<_> = keys.into_iter().map(fetch).collect(); //~ MISSED misused-coroutine: `map` does not say that it wants a plain function
}

fn twice(function: impl Fn()) {
    function();
    function();
}

fn thread_ok() {
    std::thread::spawn(|| futures::executor::block_on(async { fetch(1).await })).join().unwrap();
}

async fn blocking_ok() {
    let job = tokio::task::spawn_blocking(|| fetch(1)).await.unwrap();
    job.await;
}

async fn mapped_ok(store: Option<Store>) {
    if let Some(job) = store.as_ref().map(|store| store.refresh()) {
        job.await;
    }
}

async fn joined_ok(keys: Vec<u32>) {
    futures::future::join_all(keys.into_iter().map(|key| fetch(key))).await;
}

fn lazily_ok() -> impl Fn(u32) -> Box<dyn Future<Output = u32>> {
    |key| Box::new(fetch(key))
}

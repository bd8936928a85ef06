use crate::work::{Jobs, Store, boxed_here, boxed_in_worker, here, in_worker, load};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::task;
use tokio::task::spawn_blocking;

async fn named_ok() {
    spawn_blocking(load).await.unwrap();
    task::spawn_blocking(Store::load_default).await.unwrap();
}

async fn closure_ok(store: Store) {
    spawn_blocking(|| thread::sleep(Duration::from_secs(1))).await.unwrap();
    spawn_blocking(move || store.load()).await.unwrap();
}

async fn closure_bound_to_a_name_ok(store: Store) {
    let work = move || store.load();
    spawn_blocking(work).await.unwrap();
    let boxed: Box<dyn FnOnce() -> u32 + Send> = Box::new(|| load());
    spawn_blocking(boxed).await.unwrap();
}

async fn nested_function_ok() {
    fn work() -> u32 {
        load()
    }
    spawn_blocking(work).await.unwrap();
}

async fn nested_closures_ok(stores: Vec<Store>) {
    spawn_blocking(move || stores.iter().map(|store| store.load()).sum::<u32>()).await.unwrap();
}

async fn handle_ok() {
    let handle = tokio::runtime::Handle::current();
    handle.spawn_blocking(load).await.unwrap();
}

async fn in_place_ok(store: Store) {
    task::block_in_place(|| store.load());
    task::block_in_place(load);
    task::block_in_place(move || {
        let size = store.load();
        load() + size
    });
}

async fn join_set_ok() {
    let mut set = task::JoinSet::new();
    set.spawn_blocking(load);
    set.join_all().await;
}

async fn thread_ok(store: Store) -> thread::JoinHandle<u32> {
    thread::spawn(move || store.load())
}

async fn builder_ok() -> std::io::Result<thread::JoinHandle<u32>> {
    thread::Builder::new().name("loader".into()).spawn(load)
}

async fn rayon_ok() {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    rayon::spawn(move || {
        let _ = sender.send(load());
    });
    receiver.await.unwrap();
}

async fn wrapper_ok(store: Store, jobs: Jobs) {
    in_worker(load).await;
    in_worker(move || store.load()).await;
    boxed_in_worker(Box::new(load)).await;
    boxed_in_worker(Box::new(|| load())).await;
    jobs.run(Arc::new(Store), |store| store.load()).await;
}

async fn handed_over_ok(jobs: Jobs) {
    jobs.put(Box::new(|| load()));
    let job: Box<dyn FnOnce() -> u32 + Send> = Box::new(load);
    jobs.put(job);
}

async fn collected_ok() {
    let jobs: Vec<Box<dyn FnOnce() -> u32 + Send>> = vec![Box::new(load), Box::new(|| load())];
    for job in jobs {
        spawn_blocking(job).await.unwrap();
    }
}

async fn evaluated_here_bad(store: Store) {
    let size = store.load(); //~ blocking-call-in-async: sleep
    spawn_blocking(move || size).await.unwrap();
}

async fn argument_bad() {
    in_worker(make(load())).await; //~ blocking-call-in-async: sleep
}

fn make(size: u32) -> impl FnOnce() -> u32 {
    move || size
}

async fn called_here_bad(store: Store) {
    here(load); //~ blocking-call-in-async: sleep
    here(|| store.load()); //~ blocking-call-in-async: sleep
    boxed_here(Box::new(load)); //~ blocking-call-in-async: sleep
    boxed_here(Box::new(|| load())); //~ blocking-call-in-async: sleep
    let work = || store.load();
    here(work); //~ blocking-call-in-async: sleep
}

async fn both_ways_bad() {
    let work = || load();
    spawn_blocking(work).await.unwrap();
    work(); //~ blocking-call-in-async: sleep
}

async fn in_a_spawned_block_bad() {
    let task = tokio::spawn(async {
        load(); //~ blocking-call-in-async: sleep
    });
    task.await.unwrap();
}

async fn local_set_bad() {
    let local = task::LocalSet::new();
    local
        .run_until(async {
            load(); //~ blocking-call-in-async: sleep
        })
        .await;
    let handle = task::spawn_local(async { load() }); //~ blocking-call-in-async: sleep
    handle.await.unwrap();
}

async fn scope_waits_here_bad(stores: Vec<Store>) {
    thread::scope(|scope| { //~ blocking-wait-in-async
        for store in &stores {
            scope.spawn(|| store.load());
        }
    });
}

async fn scope_runs_here_bad() {
    thread::scope(|_| load()); //~ blocking-call-in-async: sleep
}

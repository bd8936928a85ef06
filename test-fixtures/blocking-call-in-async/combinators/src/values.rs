use crate::store::{Store, all};
use std::collections::HashMap;

async fn question_mark_bad() -> std::io::Result<()> {
    Store::open()?.load(); //~ blocking-call-in-async: sleep
    Ok(())
}

async fn unwrapped_bad(maybe: Option<Store>) {
    Store::open().unwrap().load(); //~ blocking-call-in-async: sleep
    maybe.as_ref().unwrap().load(); //~ blocking-call-in-async: sleep
    maybe.unwrap_or(Store).load(); //~ blocking-call-in-async: sleep
    Store::open().unwrap_or_else(|_| Store).load(); //~ blocking-call-in-async: sleep
    Store::open().expect("it is there").load(); //~ blocking-call-in-async: sleep
}

async fn map_bad(maybe: Option<Store>) -> Option<u32> {
    maybe.as_ref().map(|store| store.load()); //~ blocking-call-in-async: sleep
    maybe.as_ref().map(Store::load); //~ blocking-call-in-async: sleep
    maybe.and_then(|store| store.inner().map(|inner| inner.load())) //~ blocking-call-in-async: sleep
}

async fn results_bad() {
    Store::open().map(|store| store.load()).ok(); //~ blocking-call-in-async: sleep
    Store::open().and_then(|store| Ok(store.load())).ok(); //~ blocking-call-in-async: sleep
    Store::open().ok().map_or(0, |store| store.load()); //~ blocking-call-in-async: sleep
    Store::open().or_else(|_| Store::open()).unwrap().load(); //~ blocking-call-in-async: sleep
    if Store::open().is_ok_and(|store| store.load() > 0) {} //~ blocking-call-in-async: sleep
}

async fn iterators_bad(stores: Vec<Store>, by_name: HashMap<String, Store>) {
    stores.iter().for_each(|store| { //~ blocking-call-in-async: sleep
        store.load();
    });
    let sizes: Vec<u32> = stores.iter().map(|store| store.load()).collect(); //~ blocking-call-in-async: sleep
    let found = stores.iter().filter(|store| store.size() > 0).find(|store| store.load() > 0); //~ blocking-call-in-async: sleep
    stores.first().map(|store| store.load()); //~ blocking-call-in-async: sleep
    by_name.values().any(|store| store.load() > 0); //~ blocking-call-in-async: sleep
    stores.iter().fold(0, |sum, store| sum + store.load()); //~ blocking-call-in-async: sleep
    for (n, store) in stores.iter().enumerate() {
        store.load(); //~ blocking-call-in-async: sleep
    }
    for store in all().into_iter().rev().skip(1) {
        store.load(); //~ blocking-call-in-async: sleep
    }
    while let Some(store) = stores.iter().next() {
        store.load(); //~ blocking-call-in-async: sleep
    }
}

async fn bound_closures_bad() {
    let wait = || std::thread::sleep(std::time::Duration::from_secs(1));
    wait(); //~ blocking-call-in-async: sleep
    let load = |store: &Store| store.load();
    load(&Store); //~ blocking-call-in-async: sleep
}

async fn passed_closures_bad() {
    call(|| Store.load()); //~ blocking-call-in-async: sleep
    call_boxed(Box::new(|| Store.load())); //~ blocking-call-in-async: sleep
    let load = || Store.load();
    call(load); //~ blocking-call-in-async: sleep
    call(wait_and_count); //~ blocking-call-in-async: sleep
}

fn wait_and_count() -> u32 {
    Store.load()
}

fn call(function: impl Fn() -> u32) -> u32 {
    function()
}

fn call_boxed(function: Box<dyn Fn() -> u32>) -> u32 {
    function()
}

async fn bound_and_not_called_ok() {
    let wait = || std::thread::sleep(std::time::Duration::from_secs(1));
    tokio::task::spawn_blocking(wait).await.ok();
    tokio::task::spawn_blocking(|| Store.load()).await.ok();
    tokio::task::spawn_blocking(|| all().iter().map(|store| store.load()).sum::<u32>()).await.ok();
}

async fn others_ok(maybe: Option<Store>, stores: Vec<Store>) -> u32 {
    maybe.map(|store| store.size()).unwrap_or_default();
    stores.iter().map(|store| store.size()).sum()
}

async fn on_its_own_thread_ok() -> std::thread::JoinHandle<u32> {
    std::thread::spawn(|| Store.load())
}

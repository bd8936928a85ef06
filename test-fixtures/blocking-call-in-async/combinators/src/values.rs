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

async fn passed_by_name_bad(names: Vec<String>, stores: Vec<Store>) {
    for store in names.iter().map(|_| Store::open()).filter_map(Result::ok) {
        store.load(); //~ blocking-call-in-async: sleep
    }
    for store in names.iter().flat_map(|_| Store::open()) {
        store.load(); //~ blocking-call-in-async: sleep
    }
    let all: Vec<u32> = stores.iter().map(Store::load).collect(); //~ blocking-call-in-async: sleep
}

async fn collected_bad(names: Vec<String>) -> std::io::Result<()> {
    let found: Vec<_> = names.iter().filter_map(|_| Store::open().ok()).collect();
    found[0].load(); //~ blocking-call-in-async: sleep
    for store in names.iter().map(|_| Store::open()).collect::<Result<Vec<_>, _>>()? {
        store.load(); //~ blocking-call-in-async: sleep
    }
    let by_name: HashMap<_, _> = names.iter().map(|name| (name.len(), Store)).collect();
    by_name[&1].load(); //~ blocking-call-in-async: sleep
    let sizes = names.iter().map(|_| Store).collect::<std::collections::VecDeque<Store>>();
    sizes[0].load(); //~ blocking-call-in-async: sleep
    Ok(())
}

async fn collected_ok(names: Vec<String>, stores: Vec<Store>) {
    let sizes: Vec<_> = names.iter().map(|name| name.len()).collect();
    let sum: usize = sizes.iter().sum();
    stores.iter().map(Store::size).collect::<Vec<_>>();
}

async fn repeated_bad() {
    let all: Vec<u32> = std::iter::repeat_with(|| Store.load()).take(3).collect(); //~ blocking-call-in-async: sleep
}

async fn others_ok(maybe: Option<Store>, stores: Vec<Store>) -> u32 {
    maybe.map(|store| store.size()).unwrap_or_default();
    stores.iter().map(|store| store.size()).sum()
}

async fn on_its_own_thread_ok() -> std::thread::JoinHandle<u32> {
    std::thread::spawn(|| Store.load())
}

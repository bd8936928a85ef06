//! Closures that are bound to names, boxed, given back and kept.

use crate::store::{Store, all};
use std::sync::Arc;

async fn bound_bad() {
    let wait = || std::thread::sleep(std::time::Duration::from_secs(1));
    wait(); //~ blocking-call-in-async: sleep
    let load = |store: &Store| store.load();
    load(&Store); //~ blocking-call-in-async: sleep
}

async fn boxed_bad() {
    let boxed = Box::new(|| Store.load());
    boxed(); //~ blocking-call-in-async: sleep
    let declared: Box<dyn Fn() -> u32> = Box::new(|| Store.load());
    declared(); //~ blocking-call-in-async: sleep
    let shared = Arc::new(|| Store.load());
    shared(); //~ blocking-call-in-async: sleep
    let pointer: fn() -> u32 = wait_and_count;
    pointer(); //~ blocking-call-in-async: sleep
}

async fn passed_bad() {
    call(|| Store.load()); //~ blocking-call-in-async: sleep
    call_boxed(Box::new(|| Store.load())); //~ blocking-call-in-async: sleep
    let load = || Store.load();
    call(load); //~ blocking-call-in-async: sleep
    call(wait_and_count); //~ blocking-call-in-async: sleep
}

async fn given_back_bad() {
    let load = loader();
    load(); //~ blocking-call-in-async: sleep
    boxed_loader()(); //~ blocking-call-in-async: sleep
}

async fn asynchronous_bad() {
    let load = async || {
        Store.load(); //~ blocking-call-in-async: sleep
    };
    load().await;
}

struct Holder {
    load: Box<dyn Fn() -> u32>,
}

async fn kept_bad() {
    let holder = Holder { load: Box::new(|| Store.load()) };
    (holder.load)(); //~ MISSED blocking-call-in-async: which closure a field holds is not followed
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

fn loader() -> impl Fn() -> u32 {
    || Store.load()
}

fn boxed_loader() -> Box<dyn Fn() -> u32> {
    Box::new(|| Store.load())
}

fn counter() -> impl Fn() -> u32 {
    || 1
}

async fn not_called_ok() {
    let wait = || std::thread::sleep(std::time::Duration::from_secs(1));
    tokio::task::spawn_blocking(wait).await.ok();
    tokio::task::spawn_blocking(|| Store.load()).await.ok();
    tokio::task::spawn_blocking(|| all().iter().map(|store| store.load()).sum::<u32>()).await.ok();
    tokio::task::spawn_blocking(loader()).await.ok();
    let boxed: Box<dyn Fn() -> u32 + Send> = Box::new(|| Store.load());
    tokio::task::spawn_blocking(boxed).await.ok();
}

async fn others_ok() {
    counter()();
    call(|| 1);
    call_boxed(Box::new(|| 1));
}

async fn on_its_own_thread_ok() -> std::thread::JoinHandle<u32> {
    std::thread::spawn(|| Store.load())
}

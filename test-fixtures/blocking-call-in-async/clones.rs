//! A clone has the type of what is cloned; behind a guard, of what it guards.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

#[derive(Clone)]
struct Worker {
    client: reqwest::blocking::Client,
}

impl Worker {
    fn pause(&self) {
        thread::sleep(Duration::from_secs(1));
    }
}

async fn ping() {}

async fn library_type_bad(client: reqwest::blocking::Client) {
    let client = client.clone();
    client.get("https://example.org").send().unwrap(); //~ blocking-call-in-async
}

async fn own_type_bad(worker: Worker) {
    let worker = worker.clone();
    worker.pause(); //~ blocking-call-in-async: std::thread::sleep
}

async fn field_of_own_type_bad(worker: &Worker) {
    worker.client.clone().get("https://example.org").send().unwrap(); //~ blocking-call-in-async
}

async fn behind_a_pointer_bad(worker: Arc<Worker>) {
    let worker = worker.clone();
    worker.pause(); //~ blocking-call-in-async: std::thread::sleep
}

async fn behind_a_guard_ok(state: &Mutex<Vec<u8>>) {
    let copy = state.lock().unwrap().clone();
    ping().await;
    println!("{copy:?}");
}

async fn behind_a_named_guard_ok(state: &Mutex<Vec<u8>>) {
    let copy = {
        let guard = state.lock().unwrap();
        guard.clone()
    };
    ping().await;
    println!("{copy:?}");
}

async fn client_behind_a_guard_bad(state: &Mutex<reqwest::blocking::Client>) {
    let client = state.lock().unwrap().clone();
    client.get("https://example.org").send().unwrap(); //~ blocking-call-in-async
}

struct Shared;

impl Shared {
    fn clone(&self) -> u8 {
        0
    }

    fn pause(&self) {
        thread::sleep(Duration::from_secs(1));
    }
}

async fn own_clone_ok(shared: Shared) {
    shared.clone().pause();
}

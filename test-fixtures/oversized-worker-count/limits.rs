//@ min-certainty: possible
use actix_web::{App, HttpServer};
use futures::stream::{self, StreamExt};
use tokio::sync::Semaphore;

async fn buffered_bad(items: Vec<u32>) -> Vec<u32> {
    stream::iter(items).map(|item| async move { item }).buffer_unordered(10_000).collect().await //~ oversized-worker-count: 10000 at a time
}

async fn buffered_ok(items: Vec<u32>) -> Vec<u32> {
    stream::iter(items).map(|item| async move { item }).buffer_unordered(16).collect().await
}

async fn for_each_bad(items: Vec<u32>) {
    stream::iter(items).for_each_concurrent(5_000, |_| async {}).await; //~ oversized-worker-count: 5000 at a time
}

async fn for_each_ok(items: Vec<u32>) {
    stream::iter(items).for_each_concurrent(None, |_| async {}).await;
}

fn semaphore_bad() -> Semaphore {
    Semaphore::new(1_000_000) //~ oversized-worker-count: 1000000 at a time
}

fn semaphore_ok() -> (Semaphore, Semaphore) {
    (Semaphore::new(Semaphore::MAX_PERMITS), Semaphore::new(10))
}

fn server_bad() {
    let _server = HttpServer::new(App::new).workers(200); //~ oversized-worker-count: 200 worker threads
}

fn server_ok() {
    let _server = HttpServer::new(App::new).workers(4);
}

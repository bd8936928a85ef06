//! Guards that helpers of another file give.

mod store;

use crate::store::{lock, lock_or_wait, Store};

async fn ping() {}

async fn from_a_function_bad(store: &Store) {
    let guard = lock(store); //~ guard-across-await
    ping().await;
    drop(guard);
}

async fn from_a_method_bad(store: &Store) {
    let mut guard = store.locked(); //~ guard-across-await
    ping().await;
    *guard += 1;
}

async fn from_two_helpers_bad(store: &Store) {
    let guard = store.locked_again(); //~ MISSED guard-across-await: what hides behind `impl Deref` is not looked up
    ping().await;
    drop(guard);
}

async fn value_of_a_helper_ok(store: &Store) {
    let count = store.count();
    ping().await;
    println!("{count}");
}

async fn released_ok(store: &Store) {
    {
        let mut guard = store.locked();
        *guard += 1;
    }
    ping().await;
}

async fn async_guard_ok(store: &Store) {
    let guard = lock_or_wait(store).await;
    ping().await;
    drop(guard);
}

async fn from_a_static_bad() {
    let guard = store::registry(); //~ guard-across-await
    ping().await;
    drop(guard);
}

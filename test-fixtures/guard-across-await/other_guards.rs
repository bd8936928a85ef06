use std::cell::RefCell;
use std::rc::Rc;

async fn ping() {}

async fn parking_lot_bad(state: &parking_lot::Mutex<u64>) {
    let _guard = state.lock(); //~ guard-across-await
    ping().await;
}

async fn parking_lot_read_bad(state: &parking_lot::RwLock<u64>) {
    let _guard = state.read(); //~ guard-across-await
    ping().await;
}

async fn borrow_bad(state: Rc<RefCell<u64>>) {
    let mut value = state.borrow_mut(); //~ guard-across-await
    ping().await;
    *value += 1;
}

async fn borrow_ok(state: Rc<RefCell<u64>>) {
    *state.borrow_mut() += 1;
    ping().await;
}

async fn tokio_mutex_ok(state: &tokio::sync::Mutex<u64>) {
    let mut guard = state.lock().await;
    ping().await;
    *guard += 1;
}

async fn permit_ok(semaphore: &tokio::sync::Semaphore) {
    let _permit = semaphore.acquire().await.unwrap();
    ping().await;
}

async fn runtime_bad(handle: tokio::runtime::Handle) {
    let _entered = handle.enter(); //~ guard-across-await
    ping().await;
}

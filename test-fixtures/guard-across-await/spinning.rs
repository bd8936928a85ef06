//! Locks that spin.

async fn ping() {}

async fn mutex_bad(lock: &spin::Mutex<u8>) {
    let guard = lock.lock(); //~ guard-across-await: spin::mutex::MutexGuard
    ping().await;
    drop(guard);
}

async fn reader_bad(lock: &spin::RwLock<u8>) {
    let guard = lock.read(); //~ guard-across-await: spin::rwlock::RwLockReadGuard
    ping().await;
    drop(guard);
}

async fn ended_ok(lock: &spin::Mutex<u8>) -> u8 {
    let value = *lock.lock();
    ping().await;
    value
}

async fn lock_of_tasks_ok(lock: &async_lock::Mutex<u8>) {
    let guard = lock.lock().await;
    ping().await;
    drop(guard);
}

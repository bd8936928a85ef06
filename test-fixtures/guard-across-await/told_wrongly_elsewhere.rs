//! What users of other tools complain of: no guard is held over an await. Beside it, what must still be told.

use std::cell::RefCell;
use std::sync::{Mutex, MutexGuard};

async fn ping() {}

struct Queue {
    items: Vec<u32>,
}

async fn written_through_and_dropped_ok(lock: &Mutex<u32>) {
    let mut guard = lock.lock().unwrap();
    *guard += 1;
    drop(guard);
    ping().await;
}

async fn dropped_in_one_arm_ok(lock: &Mutex<Option<u32>>) -> u32 {
    let guard = lock.lock().unwrap();
    match *guard {
        Some(value) => value,
        None => {
            drop(guard);
            ping().await;
            0
        }
    }
}

async fn cell_dropped_ok(cell: &RefCell<u32>) {
    let mut borrowed = cell.borrow_mut();
    *borrowed += 1;
    drop(borrowed);
    ping().await;
}

async fn while_let_block_ok(lock: &Mutex<Queue>) {
    while let Some(_item) = {
        let mut guard = lock.lock().unwrap();
        guard.items.pop()
    } {
        ping().await;
    }
}

async fn moved_into_the_awaited_future_ok(lock: &Mutex<u32>) {
    let guard = lock.lock().unwrap();
    wait(guard).await;
}

async fn wait(guard: MutexGuard<'_, u32>) {
    drop(guard);
    ping().await;
}

async fn block_of_its_own_ok(lock: &Mutex<u32>) {
    {
        let mut guard = lock.lock().unwrap();
        *guard += 1;
    }
    ping().await;
}

async fn held_bad(lock: &Mutex<u32>) {
    let mut guard = lock.lock().unwrap(); //~ guard-across-await
    *guard += 1;
    ping().await;
    drop(guard);
}

async fn dropped_in_the_other_arm_bad(lock: &Mutex<u32>, early: bool) {
    let guard = lock.lock().unwrap(); //~ guard-across-await
    if early {
        drop(guard);
        return;
    }
    ping().await;
}

async fn cell_held_bad(cell: &RefCell<u32>) {
    let mut borrowed = cell.borrow_mut(); //~ guard-across-await
    *borrowed += 1;
    ping().await;
}

//! Arguments and variants of a call that make it not wait.

use std::sync::mpsc::{Receiver, SyncSender};
use std::sync::{Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

async fn tries_ok(receiver: &Receiver<u32>, sender: &SyncSender<u32>, lock: &Mutex<u32>) {
    let _ = receiver.try_recv();
    let _ = sender.try_send(1);
    let _ = lock.try_lock();
}

async fn waits_bad(receiver: &Receiver<u32>, sender: &SyncSender<u32>) {
    let _ = receiver.recv(); //~ blocking-wait-in-async
    let _ = sender.send(1); //~ blocking-wait-in-async
    let _ = receiver.recv_timeout(Duration::from_secs(5)); //~ blocking-wait-in-async
}

async fn joined_if_finished_ok(worker: JoinHandle<u32>) -> Option<u32> {
    if worker.is_finished() { worker.join().ok() } else { None }
}

async fn joined_bad(worker: JoinHandle<u32>) -> Option<u32> {
    worker.join().ok() //~ blocking-wait-in-async
}

async fn no_sleep_ok() {
    thread::sleep(Duration::ZERO); //~ WRONG blocking-call-in-async: how long a `Duration` is, is not read
    thread::yield_now();
}

async fn condition_bad(condition: &Condvar, lock: &Mutex<u32>) {
    let guard = lock.lock().unwrap();
    let _guard = condition.wait(guard).unwrap(); //~ blocking-wait-in-async
}

use std::sync::mpsc::{Receiver, SyncSender};
use std::sync::{Arc, Barrier, Condvar, Mutex};
use std::thread;
use std::time::Duration;

async fn receives_bad(jobs: &Receiver<u32>) -> u32 {
    jobs.recv().unwrap_or(0) //~ blocking-wait-in-async: recv
}

async fn receives_with_limit_bad(jobs: &Receiver<u32>) -> u32 {
    jobs.recv_timeout(Duration::from_secs(3)).unwrap_or(0) //~ blocking-wait-in-async: recv_timeout
}

async fn tries_ok(jobs: &Receiver<u32>) -> Option<u32> {
    jobs.try_recv().ok()
}

async fn sends_bad(jobs: &SyncSender<u32>) {
    let _ = jobs.send(1); //~ blocking-wait-in-async: SyncSender
}

async fn sends_unbounded_ok(jobs: &std::sync::mpsc::Sender<u32>) {
    let _ = jobs.send(1);
}

async fn joins_bad() -> u32 {
    let worker = thread::spawn(|| 1);
    worker.join().unwrap_or(0) //~ blocking-wait-in-async: join
}

async fn joins_many_bad(workers: Vec<thread::JoinHandle<u32>>) -> u32 {
    let mut sum = 0;
    for worker in workers {
        sum += worker.join().unwrap_or(0); //~ blocking-wait-in-async: join
    }
    sum
}

struct Gate {
    open: Mutex<bool>,
    changed: Condvar,
    both: Barrier,
}

impl Gate {
    fn pass(&self) {
        let mut open = self.open.lock().unwrap();
        while !*open {
            open = self.changed.wait(open).unwrap();
        }
    }

    async fn passes_bad(&self) {
        self.pass(); //~ blocking-wait-in-async: Condvar
    }

    async fn meets_bad(&self) {
        self.both.wait(); //~ blocking-wait-in-async: Barrier
    }
}

async fn parks_bad() {
    thread::park(); //~ blocking-wait-in-async: park
}

async fn blocking_lock_bad(state: Arc<tokio::sync::Mutex<u32>>) -> u32 {
    *state.blocking_lock() //~ blocking-wait-in-async: blocking_lock
}

async fn blocking_receive_bad(mut jobs: tokio::sync::mpsc::Receiver<u32>) -> Option<u32> {
    jobs.blocking_recv() //~ blocking-wait-in-async: blocking_recv
}

async fn blocking_send_bad(jobs: tokio::sync::mpsc::Sender<u32>) {
    let _ = jobs.blocking_send(1); //~ blocking-wait-in-async: blocking_send
}

async fn awaits_ok(mut jobs: tokio::sync::mpsc::Receiver<u32>) -> Option<u32> {
    jobs.recv().await
}

async fn crossbeam_bad(jobs: crossbeam_channel::Receiver<u32>) -> u32 {
    jobs.recv().unwrap_or(0) //~ blocking-wait-in-async: recv
}

async fn on_a_worker_ok(jobs: Receiver<u32>) -> Option<u32> {
    tokio::task::spawn_blocking(move || jobs.recv().ok()).await.ok().flatten()
}

async fn unbounded_ok() {
    let (jobs, _results) = flume::unbounded();
    let _ = jobs.send(1);
}

async fn bounded_bad() {
    let (jobs, _results) = flume::bounded(1);
    let _ = jobs.send(1); //~ blocking-wait-in-async: waits for space
}

struct Outbox {
    jobs: flume::Sender<u32>,
}

impl Outbox {
    async fn unknown_bound_ok(&self) {
        let _ = self.jobs.send(1);
    }
}

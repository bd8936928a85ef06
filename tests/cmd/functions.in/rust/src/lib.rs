use std::thread::sleep;
use std::time::Duration;

pub struct Pool;

impl Pool {
    pub fn run(&self, work: impl FnOnce()) {
        work()
    }
}

pub fn later(work: fn()) {
    drop(work);
}

pub fn cached() {
    wait();
}

fn wait() {
    sleep(Duration::from_secs(1));
}

pub async fn offloaded(pool: Pool) {
    pool.run(wait);
    pool.run(|| wait());
}

fn on_the_loop() {
    wait();
}

pub fn schedule() {
    later(on_the_loop);
}

pub async fn does_not_wait() {
    cached();
}

pub async fn waits() {
    wait();
}

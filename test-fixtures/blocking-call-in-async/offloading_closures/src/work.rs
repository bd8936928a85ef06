use std::sync::Arc;
use std::thread;
use std::time::Duration;

pub fn load() -> u32 {
    thread::sleep(Duration::from_secs(1));
    1
}

#[derive(Clone, Default)]
pub struct Store;

impl Store {
    pub fn load(&self) -> u32 {
        load()
    }

    pub fn load_default() -> u32 {
        load()
    }
}

/// A wrapper of the project.
pub async fn in_worker<T, F>(work: F) -> T
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.unwrap()
}

pub async fn boxed_in_worker(work: Box<dyn FnOnce() -> u32 + Send>) -> u32 {
    tokio::task::spawn_blocking(move || work()).await.unwrap()
}

pub fn here<T>(work: impl FnOnce() -> T) -> T {
    work()
}

pub fn boxed_here(work: Box<dyn FnOnce() -> u32 + Send>) -> u32 {
    work()
}

pub struct Jobs {
    sender: std::sync::mpsc::Sender<Box<dyn FnOnce() -> u32 + Send>>,
}

impl Jobs {
    pub fn put(&self, job: Box<dyn FnOnce() -> u32 + Send>) {
        let _ = self.sender.send(job);
    }

    pub async fn run<F: FnOnce(Arc<Store>) -> u32 + Send + 'static>(&self, store: Arc<Store>, job: F) -> u32 {
        tokio::task::spawn_blocking(move || job(store)).await.unwrap()
    }
}

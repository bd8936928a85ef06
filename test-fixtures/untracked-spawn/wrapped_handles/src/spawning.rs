use std::future::Future;
use tokio::task::JoinHandle;
use tokio_util::task::AbortOnDropHandle;

pub fn guarded<F: Future<Output = ()> + Send + 'static>(future: F) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(future))
}

pub fn plain<F: Future<Output = ()> + Send + 'static>(future: F) -> JoinHandle<()> {
    let handle = tokio::spawn(future);
    handle
}

pub fn plain_in_a_box<F: Future<Output = ()> + Send + 'static>(future: F) -> Box<JoinHandle<()>> {
    Box::new(tokio::spawn(future))
}

pub struct Owner {
    task: JoinHandle<()>,
}

impl Owner {
    pub fn new<F: Future<Output = ()> + Send + 'static>(future: F) -> Owner {
        Owner { task: tokio::spawn(future) }
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.task.abort();
    }
}

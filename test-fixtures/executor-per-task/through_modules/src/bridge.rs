use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_multi_thread().enable_all().build().expect("threads can be started")
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    runtime().block_on(future)
}

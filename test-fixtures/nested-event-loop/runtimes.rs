use tokio::runtime::{Handle, Runtime};

async fn fetch() -> u32 {
    1
}

async fn new_runtime_bad() -> u32 {
    let runtime = Runtime::new().unwrap();
    runtime.block_on(fetch()) //~ nested-event-loop: block_on
}

async fn builder_bad() -> std::io::Result<u32> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(fetch())) //~ nested-event-loop: block_on
}

async fn handle_bad() -> u32 {
    Handle::current().block_on(fetch()) //~ nested-event-loop: block_on
}

async fn executor_bad() -> u32 {
    futures::executor::block_on(fetch()) //~ nested-event-loop: block_on
}

async fn pollster_bad() -> u32 {
    pollster::block_on(fetch()) //~ nested-event-loop: block_on
}

struct Client {
    runtime: Runtime,
}

impl Client {
    fn load(&self) -> u32 {
        self.runtime.block_on(fetch())
    }

    async fn through_helper_bad(&self) -> u32 {
        self.load() //~ nested-event-loop: block_on
    }
}

#[tokio::main]
async fn entry() {
    fetch().await;
}

async fn calls_main_bad() {
    entry(); //~ nested-event-loop: tokio::main
}

fn entered_twice() {
    entry();
}

async fn calls_main_through_helper_bad() {
    entered_twice(); //~ nested-event-loop: tokio::main
}

fn asks_first() -> u32 {
    match Handle::try_current() {
        Ok(_) => 0,
        Err(_) => Runtime::new().unwrap().block_on(fetch()),
    }
}

async fn asks_first_ok() -> u32 {
    asks_first()
}

async fn on_a_worker_ok() -> u32 {
    tokio::task::spawn_blocking(|| Handle::current().block_on(fetch())).await.unwrap_or(0)
}

async fn in_place_ok() -> u32 {
    tokio::task::block_in_place(|| Handle::current().block_on(fetch()))
}

async fn on_a_thread_ok() -> std::thread::JoinHandle<u32> {
    std::thread::spawn(|| Runtime::new().unwrap().block_on(fetch()))
}

fn plain_ok() -> u32 {
    Runtime::new().unwrap().block_on(fetch())
}

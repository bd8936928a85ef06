//! Runtimes in loops, closures, handlers, helpers.

use std::sync::{Arc, LazyLock, OnceLock};
use tokio::runtime::{Builder, Runtime};

async fn work(_item: u32) -> u32 {
    1
}

fn in_for_bad(items: &[u32]) {
    for item in items {
        let runtime = Runtime::new().unwrap(); //~ executor-per-task: `tokio::runtime::Runtime::new` makes a runtime on every turn of a loop
        runtime.block_on(work(*item));
    }
}

fn in_loop_bad(items: &mut Vec<u32>) {
    loop {
        let Some(item) = items.pop() else { break };
        Runtime::new().unwrap().block_on(work(item)); //~ executor-per-task: Runtime::new
    }
}

fn built_bad(items: &[u32]) -> std::io::Result<()> {
    for item in items {
        let runtime = Builder::new_multi_thread().enable_all().build()?; //~ executor-per-task: tokio::runtime::Builder::build
        runtime.block_on(work(*item));
    }
    Ok(())
}

fn current_thread_bad(items: &[u32]) {
    for item in items {
        let runtime = Builder::new_current_thread().build().expect("it is small"); //~ executor-per-task
        runtime.block_on(work(*item));
    }
}

fn shared_bad(items: &[u32]) {
    for item in items {
        let runtime = Arc::new(Runtime::new().unwrap()); //~ executor-per-task: Runtime::new
        let other = Arc::clone(&runtime);
        other.block_on(work(*item));
    }
}

fn matched_bad(items: &[u32]) {
    for item in items {
        match Runtime::new() { //~ executor-per-task: Runtime::new
            Ok(runtime) => {
                runtime.block_on(work(*item));
            }
            Err(error) => eprintln!("{error}"),
        }
    }
}

fn mapped_bad(items: Vec<u32>) -> Vec<u32> {
    items.into_iter().map(|item| Runtime::new().unwrap().block_on(work(item))).collect() //~ executor-per-task: for each of many items
}

fn for_each_bad(items: Vec<u32>) {
    items.iter().for_each(|item| {
        let runtime = Runtime::new().unwrap(); //~ executor-per-task: for each of many items
        runtime.block_on(work(*item));
    });
}

fn block_on_one(item: u32) -> u32 {
    let runtime = Runtime::new().unwrap();
    runtime.block_on(work(item))
}

fn through_helper_bad(items: &[u32]) {
    for item in items {
        block_on_one(*item); //~ executor-per-task: `block_on_one` makes a runtime with `tokio::runtime::Runtime::new` on every turn of a loop
    }
}

fn once_ok() -> u32 {
    block_on_one(1)
}

fn make() -> std::io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(2).build()
}

fn made_by_factory_bad(items: &[u32]) {
    for item in items {
        let runtime = make().unwrap(); //~ executor-per-task: `make` makes
        runtime.block_on(work(*item));
    }
}

fn made_by_factory_ok(items: &[u32]) {
    let runtime = make().unwrap();
    for item in items {
        runtime.block_on(work(*item));
    }
}

struct Client {
    runtime: Runtime,
}

impl Client {
    fn new() -> Self {
        Self { runtime: Runtime::new().unwrap() }
    }

    fn get(&self, item: u32) -> u32 {
        self.runtime.block_on(work(item))
    }
}

fn object_bad(items: &[u32]) {
    for item in items {
        let client = Client::new(); //~ executor-per-task: `Client::new` makes
        client.get(*item);
    }
}

fn object_ok(items: &[u32]) {
    let client = Client::new();
    for item in items {
        client.get(*item);
    }
}

fn objects_kept_ok(clients: &mut Vec<Client>) {
    for _ in 0..3 {
        clients.push(Client::new());
    }
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
static ONCE: OnceLock<Runtime> = OnceLock::new();

fn of_statics_ok(items: &[u32]) {
    for item in items {
        RUNTIME.block_on(work(*item));
        ONCE.get_or_init(|| Runtime::new().unwrap()).block_on(work(*item));
    }
}

fn spawned_in_loop_ok(items: Vec<u32>) {
    let threads: Vec<_> = items
        .into_iter()
        .map(|item| {
            std::thread::spawn(move || {
                let runtime = Builder::new_current_thread().build().unwrap();
                runtime.block_on(work(item))
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

fn spawned_multi_thread_bad(items: Vec<u32>) {
    for item in items {
        let thread = std::thread::spawn(move || { //~ executor-per-task: on every turn of a loop
            let runtime = Runtime::new().unwrap();
            runtime.block_on(work(item))
        });
        thread.join().unwrap();
    }
}

struct Holder {
    runtime: Option<Runtime>,
}

impl Holder {
    fn runtime_ok(&mut self) -> &Runtime {
        if self.runtime.is_none() {
            self.runtime = Some(Runtime::new().unwrap());
        }
        self.runtime.as_ref().unwrap()
    }

    fn use_it_ok(&mut self, items: &[u32]) {
        for item in items {
            self.runtime_ok().block_on(work(*item));
        }
    }
}

fn main() {
    let runtime = Runtime::new().unwrap();
    runtime.block_on(work(1));
}

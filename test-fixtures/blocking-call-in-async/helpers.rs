use std::net::TcpStream;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

fn wait() {
    thread::sleep(Duration::from_secs(1));
}

fn wait_longer() {
    wait();
}

async fn one_step_bad() {
    wait(); //~ blocking-call-in-async
}

async fn two_steps_bad() {
    wait_longer(); //~ blocking-call-in-async
}

struct Store {
    remote: Remote,
}

struct Remote {
    address: String,
}

impl Remote {
    fn load(&self) -> Option<TcpStream> {
        TcpStream::connect(&self.address).ok()
    }

    fn name(&self) -> &str {
        &self.address
    }
}

impl Store {
    fn refresh(&self) {
        self.remote.load();
    }

    async fn method_bad(&self) {
        self.refresh(); //~ blocking-call-in-async
    }

    async fn field_bad(&self) {
        self.remote.load(); //~ blocking-call-in-async
    }

    async fn told_in_the_callee_ok(&self) {
        self.method_bad().await;
    }

    async fn other_method_ok(&self) -> usize {
        self.remote.name().len()
    }
}

async fn behind_arc_bad(store: Arc<Store>) {
    store.refresh(); //~ blocking-call-in-async
}

async fn in_option_bad(store: Option<Store>) {
    if let Some(store) = &store {
        store.refresh(); //~ blocking-call-in-async
    }
}

trait Load {
    fn load_all(&self);

    fn load_twice(&self) {
        self.load_all();
        self.load_all();
    }
}

impl Load for Store {
    fn load_all(&self) {
        wait();
    }
}

struct Memory;

impl Load for Memory {
    fn load_all(&self) {}
}

async fn trait_method_bad(store: Store) {
    store.load_all(); //~ blocking-call-in-async
}

async fn another_implementation_ok(memory: Memory) {
    memory.load_all();
}

async fn associated_function_bad() {
    Helper::run(); //~ blocking-call-in-async
}

struct Helper;

impl Helper {
    fn run() {
        Self::inner();
    }

    fn inner() {
        wait();
    }
}

async fn closure_called_here_bad(store: Option<Store>) {
    store.map(|store| store.refresh()); //~ blocking-call-in-async
}

fn countdown(n: u32) {
    if n > 0 {
        countdown(n - 1);
    }
    wait();
}

async fn recursion_bad() {
    countdown(3); //~ blocking-call-in-async
}

use crate::backends::{Memory, Remote};
use crate::interfaces::{Asynchronous, Native, Nobody, One, Several};
use std::collections::HashMap;
use std::sync::Arc;

struct Service {
    one: Box<dyn One>,
    shared: Arc<dyn One + Send + Sync>,
    all: Vec<Arc<dyn One>>,
    by_name: HashMap<String, Box<dyn One>>,
    maybe: Option<Arc<dyn One>>,
    several: Box<dyn Several>,
    nobody: Box<dyn Nobody>,
    asynchronous: Arc<dyn Asynchronous>,
}

impl Service {
    async fn boxed_bad(&self) {
        self.one.load(); //~ blocking-call-in-async: sleep
    }

    async fn shared_bad(&self) {
        self.shared.reload(); //~ blocking-call-in-async: sleep
    }

    async fn each_bad(&self) {
        for one in &self.all {
            one.load(); //~ blocking-call-in-async: sleep
        }
        for one in self.by_name.values() {
            one.load(); //~ blocking-call-in-async: sleep
        }
    }

    async fn looked_up_bad(&self, name: &str) {
        if let Some(one) = self.by_name.get(name) {
            one.load(); //~ blocking-call-in-async: sleep
        }
    }

    async fn maybe_bad(&self) {
        if let Some(one) = self.maybe.as_ref() {
            one.load(); //~ blocking-call-in-async: sleep
        }
    }

    async fn several_bad(&self) {
        self.several.load(); //~ blocking-call-in-async: sleep
    }

    async fn nobody_ok(&self) {
        self.nobody.load();
    }

    async fn asynchronous_ok(&self) {
        self.asynchronous.fetch().await;
    }

    async fn prepared_bad(&self) {
        self.asynchronous.prepare(); //~ blocking-call-in-async: sleep
    }

    async fn names_ok(&self) {
        self.one.name();
        self.several.size();
    }

    async fn on_a_worker_ok(&self) {
        let shared = self.shared.clone();
        tokio::task::spawn_blocking(move || shared.load()).await.ok();
    }
}

async fn reference_bad(one: &dyn One) {
    one.load(); //~ blocking-call-in-async: sleep
}

async fn given_bad() {
    make().load(); //~ blocking-call-in-async: sleep
    boxed().load(); //~ blocking-call-in-async: sleep
}

fn make() -> impl One {
    Remote
}

fn boxed() -> Box<dyn One> {
    Box::new(Remote)
}

async fn native_ok(remote: Remote, memory: Memory) {
    remote.fetch_native().await;
    Native::fetch(&memory).await;
}

impl Remote {
    async fn fetch_native(&self) {}
}

//! What users of other tools complain of: something keeps each of these. Beside it, what must still be told.

use std::collections::HashMap;
use tokio::task::{JoinHandle, JoinSet};

async fn work() {}

async fn join_set_ok() {
    let mut set = JoinSet::new();
    set.spawn(work());
    while set.join_next().await.is_some() {}
}

async fn join_all_ok() {
    let handles: Vec<JoinHandle<()>> = (0..3).map(|_| tokio::spawn(work())).collect();
    futures::future::join_all(handles).await;
}

struct Registry {
    tasks: HashMap<u32, JoinHandle<()>>,
}

impl Registry {
    fn start(&mut self, id: u32) {
        self.tasks.insert(id, tokio::spawn(work()));
    }

    async fn caller_ok(&mut self) {
        self.start(1);
    }
}

async fn statement_bad() {
    tokio::spawn(work()); //~ untracked-spawn
}

async fn underscore_bad() {
    let _ = tokio::spawn(work()); //~ untracked-spawn
}

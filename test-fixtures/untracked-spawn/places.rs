//! A handle is tracked where its place outlives the function.

use std::collections::HashMap;
use tokio::task::JoinHandle;

async fn work() {}

struct Service {
    task: Option<JoinHandle<()>>,
    tasks: Vec<JoinHandle<()>>,
    by_name: HashMap<String, JoinHandle<()>>,
}

impl Service {
    fn new_ok() -> Service {
        Service { task: Some(tokio::spawn(work())), tasks: Vec::new(), by_name: HashMap::new() }
    }

    fn field_ok(&mut self) {
        self.task = Some(tokio::spawn(work()));
    }

    fn vector_ok(&mut self) {
        self.tasks.push(tokio::spawn(work()));
    }

    fn map_ok(&mut self, name: String) {
        self.by_name.insert(name, tokio::spawn(work()));
    }

    fn start(&self) -> JoinHandle<()> {
        tokio::spawn(work())
    }

    fn wrapper_dropped_bad(&self) {
        self.start(); //~ untracked-spawn
    }

    async fn wrapper_awaited_ok(&self) {
        self.start().await.unwrap();
    }

    fn local_vector_bad(&self) {
        let mut tasks = Vec::new();
        tasks.push(tokio::spawn(work())); //~ untracked-spawn
    }
}

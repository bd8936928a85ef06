//! Only what a call resolves to counts, never its bare name.

use std::collections::HashMap;
use std::thread;
use std::time::Duration;

struct Client;

impl Client {
    fn get(&self, _key: &str) -> u32 {
        thread::sleep(Duration::from_secs(1));
        1
    }

    fn sleep(&self) {}
}

async fn map_ok(map: HashMap<String, u32>) -> Option<u32> {
    map.get("x").copied()
}

async fn client_bad(client: Client) -> u32 {
    client.get("x") //~ blocking-call-in-async: sleep
}

async fn same_name_ok(client: Client) {
    client.sleep();
    sleep(1);
}

fn sleep(_seconds: u64) {}

mod thread_like {
    pub mod thread {
        pub fn sleep(_duration: std::time::Duration) {}
    }
}

async fn module_of_the_same_name_ok() {
    use thread_like::thread;
    thread::sleep(Duration::from_secs(1));
}

mod tokio_files {
    use tokio::fs;

    pub async fn renamed_module_ok() {
        fs::read("x").await.unwrap();
    }
}

mod files_by_name {
    use std::fs::read;

    pub async fn imported_by_name_bad() {
        read("x").unwrap(); //~ file-access-in-async
    }
}

async fn unknown_receiver_ok<T: Unknown>(thing: T) {
    thing.get("x");
}

trait Unknown {
    fn get(&self, key: &str);
}

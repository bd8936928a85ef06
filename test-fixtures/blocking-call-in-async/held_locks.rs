//! A section that waits makes every other section of the same lock wait; locks are told apart by their place.

use std::sync::{Arc, Mutex, RwLock};

struct Session {
    token: Mutex<String>,
    hits: Mutex<u64>,
    names: RwLock<Vec<String>>,
}

impl Session {
    fn login(&self) -> reqwest::Result<()> {
        let mut token = self.token.lock().unwrap();
        *token = reqwest::blocking::get("https://example.org")?.text()?;
        Ok(())
    }

    fn token(&self) -> String {
        self.token.lock().unwrap().clone()
    }

    fn rename(&self) {
        let mut names = self.names.write().unwrap();
        names.push(reqwest::blocking::get("https://example.org").unwrap().text().unwrap());
    }

    async fn short_section_bad(&self) -> String {
        self.token.lock().unwrap().clone() //~ blocking-call-in-async
    }

    async fn short_section_of_a_method_bad(&self) -> String {
        self.token() //~ blocking-call-in-async
    }

    async fn reader_of_a_slow_writer_bad(&self) -> usize {
        self.names.read().unwrap().len() //~ blocking-call-in-async
    }

    async fn another_lock_of_the_object_ok(&self) -> u64 {
        *self.hits.lock().unwrap()
    }
}

struct Other {
    token: Mutex<String>,
}

impl Other {
    async fn same_name_in_another_type_ok(&self) -> String {
        self.token.lock().unwrap().clone()
    }
}

struct Released {
    value: Mutex<u64>,
}

impl Released {
    fn waits_after_the_drop(&self) {
        let guard = self.value.lock().unwrap();
        drop(guard);
        reqwest::blocking::get("https://example.org").unwrap();
    }

    fn waits_after_the_temporary(&self) {
        *self.value.lock().unwrap() += 1;
        reqwest::blocking::get("https://example.org").unwrap();
    }

    async fn short_sections_ok(&self) -> u64 {
        *self.value.lock().unwrap()
    }
}

struct Client {
    session: Arc<Session>,
}

impl Client {
    async fn lock_of_a_part_bad(&self) -> String {
        self.session.token.lock().unwrap().clone() //~ blocking-call-in-async
    }
}

static REGISTRY: Mutex<Vec<String>> = Mutex::new(Vec::new());
static SHORT: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn refresh() {
    let mut registry = REGISTRY.lock().unwrap();
    registry.push(reqwest::blocking::get("https://example.org").unwrap().text().unwrap());
}

async fn static_bad() -> usize {
    REGISTRY.lock().unwrap().len() //~ blocking-call-in-async
}

async fn short_static_ok() -> usize {
    SHORT.lock().unwrap().len()
}

mod state {
    use std::sync::Mutex;

    pub static TOKENS: Mutex<Vec<String>> = Mutex::new(Vec::new());
    pub static NAMES: Mutex<Vec<String>> = Mutex::new(Vec::new());

    pub fn refresh() {
        let mut tokens = TOKENS.lock().unwrap();
        tokens.push(reqwest::blocking::get("https://example.org").unwrap().text().unwrap());
    }
}

async fn static_of_a_module_bad() -> usize {
    state::TOKENS.lock().unwrap().len() //~ blocking-call-in-async
}

async fn short_static_of_a_module_ok() -> usize {
    state::NAMES.lock().unwrap().len()
}

async fn method_of_a_fields_name_behind_a_pointer_bad(session: Arc<Session>) -> String {
    session.token() //~ blocking-call-in-async
}

struct Shared {
    session: Arc<Session>,
}

impl Shared {
    fn session(&self) -> &Arc<Session> {
        &self.session
    }

    async fn result_of_a_method_of_a_fields_name_bad(&self) -> String {
        self.session().token() //~ blocking-call-in-async
    }

    async fn field_of_a_methods_name_bad(&self) -> String {
        self.session.token() //~ blocking-call-in-async
    }
}

struct Store {
    cache: Arc<Mutex<Vec<String>>>,
    sizes: Arc<Mutex<Vec<u64>>>,
}

impl Store {
    async fn on_a_worker_ok(&self) {
        let cache = self.cache.clone();
        let sizes = Arc::clone(&self.sizes);
        tokio::task::spawn_blocking(move || {
            let mut cache = cache.lock().unwrap();
            cache.push(reqwest::blocking::get("https://example.org").unwrap().text().unwrap());
            drop(cache);
            sizes.lock().unwrap().push(1);
        })
        .await
        .ok();
    }

    async fn waits_for_the_worker_bad(&self) -> usize {
        self.cache.lock().unwrap().len() //~ blocking-call-in-async
    }

    async fn waits_through_a_copy_bad(&self) -> usize {
        let cache = Arc::clone(&self.cache);
        cache.lock().unwrap().len() //~ blocking-call-in-async
    }

    async fn short_section_of_the_worker_ok(&self) -> usize {
        self.sizes.lock().unwrap().len()
    }

    async fn another_lock_ok(&self) {
        let own = Arc::new(Mutex::new(Vec::new()));
        let copy = own.clone();
        copy.lock().unwrap().push(1);
    }
}

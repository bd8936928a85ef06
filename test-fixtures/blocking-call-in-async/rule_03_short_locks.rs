//! A lock blocks if some section that holds it does.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

struct Counter {
    value: Mutex<u64>,
}

impl Counter {
    async fn short_sections_ok(&self) -> u64 {
        *self.value.lock().unwrap() += 1;
        *self.value.lock().unwrap()
    }
}

struct Tokens {
    token: Mutex<String>,
}

impl Tokens {
    fn refresh(&self) {
        let mut token = self.token.lock().unwrap();
        *token = reqwest::blocking::get("https://example.org/token").unwrap().text().unwrap();
    }

    async fn short_section_of_a_slow_lock_bad(&self) -> String {
        self.token.lock().unwrap().clone() //~ blocking-call-in-async
    }

    async fn try_lock_ok(&self) -> Option<String> {
        Some(self.token.try_lock().ok()?.clone())
    }
}

struct Worse {
    state: Mutex<u64>,
}

impl Worse {
    fn work(&self) {
        *self.state.lock().unwrap() += 1;
        thread::sleep(Duration::from_secs(1));
    }

    async fn lock_then_sleep_bad(&self) {
        self.work(); //~ blocking-call-in-async: std::thread::sleep
    }
}

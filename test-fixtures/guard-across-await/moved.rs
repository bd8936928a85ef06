//! Guards that travel: into closures, collections, loops and other bindings.

use std::sync::{Arc, Mutex, MutexGuard};

async fn ping() {}

async fn rebound_bad(state: &Mutex<u64>) {
    let first = state.lock().unwrap();
    let second = first; //~ guard-across-await
    ping().await;
    drop(second);
}

async fn shadowed_bad(state: &Mutex<u64>) {
    let state = state.lock().unwrap(); //~ guard-across-await
    ping().await;
    println!("{state}");
}

async fn in_a_loop_bad(state: &Mutex<u64>) {
    loop {
        let mut count = state.lock().unwrap(); //~ guard-across-await
        *count += 1;
        if *count > 3 {
            break;
        }
        ping().await;
    }
}

async fn ends_with_each_turn_ok(state: &Mutex<u64>) {
    for _ in 0..3 {
        *state.lock().unwrap() += 1;
        ping().await;
    }
}

async fn returned_before_the_await_ok(state: &Mutex<u64>, done: bool) {
    if done {
        let guard = state.lock().unwrap();
        println!("{guard}");
        return;
    }
    ping().await;
}

async fn match_on_a_result_bad(state: &Mutex<u64>) {
    match state.lock() { //~ guard-across-await
        Ok(mut count) => {
            ping().await;
            *count += 1;
        }
        Err(_) => {}
    }
}

async fn only_the_error_arm_awaits_ok(state: Arc<Mutex<u64>>) {
    let count = match state.lock() {
        Ok(count) => *count,
        Err(_) => 0,
    };
    ping().await;
    println!("{count}");
}

async fn try_lock_bad(state: &Mutex<u64>) {
    if let Ok(mut count) = state.try_lock() { //~ guard-across-await
        ping().await;
        *count += 1;
    }
}

struct Pool {
    state: Mutex<u64>,
}

impl Pool {
    fn guard(&self) -> Option<MutexGuard<'_, u64>> {
        self.state.lock().ok()
    }

    async fn from_an_option_bad(&self) {
        if let Some(count) = self.guard() { //~ guard-across-await
            ping().await;
            println!("{count}");
        }
    }
}

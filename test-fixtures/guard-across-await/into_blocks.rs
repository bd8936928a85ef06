//! Guards that go into async blocks, into arguments of awaited calls, and out of one branch only.

use std::sync::{Arc, Mutex, MutexGuard};
use tracing::{info_span, Instrument};

async fn ping() {}

async fn store(_: u64) {}

async fn given(_: &mut u64) {}

async fn moved_into_a_block_that_awaits_bad(state: &'static Mutex<u64>) {
    let guard = state.lock().unwrap(); //~ guard-across-await
    let block = async move {
        ping().await;
        println!("{guard}");
    };
    block.await;
}

async fn moved_into_a_block_that_releases_it_ok(state: &'static Mutex<u64>) {
    let guard = state.lock().unwrap();
    let block = async move {
        drop(guard);
        ping().await;
    };
    block.await;
}

async fn moved_into_a_block_that_does_not_await_ok(state: &'static Mutex<u64>) {
    let guard = state.lock().unwrap();
    let block = async move { *guard };
    println!("{}", block.await);
    ping().await;
}

async fn borrowed_by_a_block_bad(state: &'static Mutex<u64>) {
    let guard = state.lock().unwrap(); //~ guard-across-await
    let block = async {
        ping().await;
        println!("{guard}");
    };
    block.await;
}

async fn made_in_the_block_bad(state: Arc<Mutex<u64>>) {
    let block = async move {
        let guard = state.lock().unwrap(); //~ guard-across-await
        ping().await;
        println!("{guard}");
    };
    block.await;
}

async fn made_in_a_spawned_block_bad(state: Arc<Mutex<u64>>) {
    let task = tokio::spawn(async move {
        let mut guard = state.lock().unwrap(); //~ guard-across-await
        ping().await;
        *guard += 1;
    });
    task.await.unwrap();
}

async fn released_in_the_block_ok(state: Arc<Mutex<u64>>) {
    let block = async move {
        *state.lock().unwrap() += 1;
        ping().await;
    };
    block.await;
}

async fn block_made_under_the_guard_and_awaited_behind_ok(state: &Mutex<u64>) {
    let block = {
        let guard = state.lock().unwrap();
        let count = *guard;
        async move { store(count).await }
    };
    block.await;
}

async fn temporary_in_an_argument_bad(state: &Mutex<u64>) {
    store(*state.lock().unwrap()).await; //~ guard-across-await
}

async fn borrowed_temporary_in_an_argument_bad(state: &Mutex<u64>) {
    given(&mut state.lock().unwrap()).await; //~ guard-across-await
}

async fn argument_in_a_statement_before_ok(state: &Mutex<u64>) {
    let count = *state.lock().unwrap();
    store(count).await;
}

async fn future_made_under_a_temporary_ok(state: &Mutex<u64>) {
    let future = store(*state.lock().unwrap());
    future.await;
}

async fn dropped_in_one_branch_bad(state: &Mutex<u64>, early: bool) {
    let guard = state.lock().unwrap(); //~ guard-across-await
    if early {
        drop(guard);
    } else {
        println!("{guard}");
    }
    ping().await;
}

async fn dropped_in_both_branches_ok(state: &Mutex<u64>, early: bool) {
    let guard = state.lock().unwrap();
    if early {
        drop(guard);
    } else {
        println!("{guard}");
        drop(guard);
    }
    ping().await;
}

async fn dropped_or_left_ok(state: &Mutex<u64>, early: bool) {
    let guard = state.lock().unwrap();
    if early {
        println!("{guard}");
        return;
    }
    drop(guard);
    ping().await;
}

async fn dropped_in_one_arm_bad(state: &Mutex<u64>, kind: u8) {
    let guard = state.lock().unwrap(); //~ guard-across-await
    match kind {
        0 => drop(guard),
        _ => {
            ping().await;
            println!("{guard}");
        }
    }
}

async fn given_away_ok(state: &Mutex<u64>) {
    let guard = state.lock().unwrap();
    consume(guard);
    ping().await;
}

fn consume(_: MutexGuard<'_, u64>) {}

async fn span_of_a_macro_bad() {
    let span = info_span!("work");
    let _entered = span.enter(); //~ guard-across-await
    ping().await;
}

async fn span_entered_at_once_bad() {
    let _entered = tracing::debug_span!("work", id = 1).entered(); //~ guard-across-await
    ping().await;
}

async fn span_of_the_function_bad() {
    let span = tracing::Span::current();
    let _entered = span.enter(); //~ guard-across-await
    ping().await;
}

async fn instrumented_ok() {
    ping().instrument(info_span!("work")).await;
}

async fn span_in_scope_ok() {
    info_span!("work").in_scope(|| println!("x"));
    ping().await;
}

async fn span_dropped_ok() {
    let span = info_span!("work");
    let entered = span.enter();
    drop(entered);
    ping().await;
}

async fn span_only_made_ok() {
    let _span = info_span!("work");
    ping().await;
}

#[tokio::main]
async fn main() {
    let state = Mutex::new(0);
    let guard = state.lock().unwrap(); //~ guard-across-await
    ping().await;
    drop(guard);
}

#[tokio::test]
async fn in_a_test_bad() {
    let state = Mutex::new(0);
    let guard = state.lock().unwrap(); //~ guard-across-await
    ping().await;
    drop(guard);
}

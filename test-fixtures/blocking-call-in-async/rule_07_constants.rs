//! A constant that is passed down chooses the branch.

use std::thread;
use std::time::Duration;

fn wait(block: bool) {
    if block {
        thread::sleep(Duration::from_secs(1));
    }
}

async fn not_blocking_ok() {
    wait(false);
}

async fn blocking_bad() {
    wait(true); //~ blocking-call-in-async: sleep
}

async fn unknown_bad(block: bool) {
    wait(block); //~ blocking-call-in-async: sleep
}

fn outer(block: bool) {
    wait(block)
}

async fn through_two_calls_ok() {
    outer(false);
}

async fn through_two_calls_bad() {
    outer(true); //~ blocking-call-in-async: sleep
}

fn by_option(path: Option<&str>) {
    if path.is_some() {
        thread::sleep(Duration::from_secs(1));
    }
}

async fn none_ok() {
    by_option(None);
}

async fn some_bad() {
    by_option(Some("x")); //~ blocking-call-in-async: sleep
}

fn let_some(path: Option<&str>) {
    if let Some(_path) = path {
        thread::sleep(Duration::from_secs(1));
    }
}

async fn let_some_ok() {
    let_some(None);
}

async fn let_some_bad() {
    let_some(Some("x")); //~ blocking-call-in-async: sleep
}

fn matched(block: bool) {
    match block {
        true => thread::sleep(Duration::from_secs(1)),
        false => {}
    }
}

async fn matched_ok() {
    matched(false);
}

async fn matched_bad() {
    matched(true); //~ blocking-call-in-async: sleep
}

use super::*;

pub async fn reached_bad() {
    settle(); //~ blocking-call-in-async: std::thread::sleep
}

pub async fn nowhere_ok(value: Missing) {
    value.settle();
    missing();
}

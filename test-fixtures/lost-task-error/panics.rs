//@ min-certainty: possible

async fn count(_key: u32) -> u32 {
    1
}

async fn panic_bad() {
    let _ = tokio::spawn(count(1)).await; //~ lost-task-error: whether the task ended well is not looked at
}

fn thread_bad() {
    let _ = std::thread::spawn(|| 1).join(); //~ lost-task-error: whether the task ended well
}

async fn unwrapped_ok() {
    tokio::spawn(count(1)).await.unwrap();
}

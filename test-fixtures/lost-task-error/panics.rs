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

async fn option_bad() {
    tokio::spawn(count(1)).await.ok(); //~ lost-task-error: whether the task ended well is not looked at
    let handle = tokio::task::spawn_blocking(|| 1);
    handle.await.ok(); //~ lost-task-error: whether the task ended well is not looked at
}

async fn maybe(_key: u32) -> Option<u32> {
    None
}

async fn own_option_ok() {
    tokio::spawn(maybe(1)).await.unwrap();
}

async fn option_read_ok() -> Option<u32> {
    if tokio::spawn(count(1)).await.ok().is_none() {
        return None;
    }
    tokio::spawn(count(1)).await.ok()
}

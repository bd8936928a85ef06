use tokio::task::{JoinHandle, JoinSet};

async fn restarts_bad(start: impl Fn() -> JoinHandle<u32>) -> u32 {
    loop {
        match start().await { //~ swallowed-cancellation: does not look at the error
            Ok(found) => return found,
            Err(_) => {}
        }
    }
}

async fn restarts_after_a_break_bad(start: impl Fn() -> JoinHandle<u32>) -> u32 {
    loop {
        match start().await { //~ swallowed-cancellation: does not look at the error
            Err(_failed) => continue,
            Ok(found) => break found,
        }
    }
}

async fn asks_ok(start: impl Fn() -> JoinHandle<u32>) -> Option<u32> {
    loop {
        match start().await {
            Ok(found) => return Some(found),
            Err(error) if error.is_cancelled() => return None,
            Err(_) => {}
        }
    }
}

async fn logs_ok(start: impl Fn() -> JoinHandle<u32>) -> u32 {
    loop {
        match start().await {
            Ok(found) => return found,
            Err(error) => eprintln!("{error}"),
        }
    }
}

async fn leaves_ok(task: JoinHandle<u32>) -> u32 {
    match task.await {
        Ok(found) => found,
        Err(_) => return 0,
    }
}

async fn other_error_ok(read: impl AsyncFn() -> Result<u32, std::io::Error>) -> u32 {
    loop {
        match read().await {
            Ok(found) => return found,
            Err(_) => {}
        }
    }
}

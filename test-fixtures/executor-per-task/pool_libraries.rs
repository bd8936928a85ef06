//! Pools and runtimes of other crates, made for each item.

fn work() {}

fn threadpool_bad(items: &[u8]) {
    for _ in items {
        let pool = threadpool::ThreadPool::new(4); //~ executor-per-task: threadpool::ThreadPool::new
        pool.execute(work);
        pool.join();
    }
}

fn threadpool_ok(items: &[u8]) {
    let pool = threadpool::ThreadPool::new(4);
    for _ in items {
        pool.execute(work);
    }
    pool.join();
}

fn built_threadpool_bad(items: &[u8]) {
    for _ in items {
        threadpool::Builder::new().num_threads(2).build().execute(work); //~ executor-per-task: threadpool::Builder::build
    }
}

fn arbiter_bad(items: &[u8]) {
    for _ in items {
        actix_rt::Arbiter::new().stop(); //~ executor-per-task: actix_rt::Arbiter::new
    }
}

fn system_bad(items: &[u8]) {
    for _ in items {
        actix_rt::System::new().block_on(async {}); //~ executor-per-task: actix_rt::System::new
    }
}

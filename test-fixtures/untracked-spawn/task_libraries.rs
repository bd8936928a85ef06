//! What dropping a handle does is said by its type.

async fn work() {}

async fn async_std_bad() {
    async_std::task::spawn(work()); //~ untracked-spawn: async_std::task::spawn
}

async fn async_std_builder_bad() {
    let _ = async_std::task::Builder::new().name("a".into()).spawn(work()); //~ untracked-spawn: async_std::task::Builder::spawn
}

async fn async_std_ok() {
    async_std::task::spawn(work()).await;
}

async fn actix_bad() {
    actix_web::rt::spawn(work()); //~ untracked-spawn: actix_rt::spawn
}

async fn blocking_job_bad() {
    async_std::task::spawn_blocking(|| ()); //~ untracked-spawn: async_std::task::spawn_blocking
}

async fn detached_ok() {
    smol::spawn(work()).detach();
}

async fn kept_ok() -> smol::Task<()> {
    smol::spawn(work())
}

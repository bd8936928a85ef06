//! Each runtime's way to wait for a future, called on a loop.

use pollster::FutureExt as _;

async fn work() -> u8 {
    1
}

async fn async_std_bad() -> u8 {
    async_std::task::block_on(work()) //~ nested-event-loop: async_std::task::block_on
}

async fn async_std_builder_bad() -> u8 {
    async_std::task::Builder::new().blocking(work()) //~ nested-event-loop: async_std::task::Builder::blocking
}

async fn smol_bad() -> u8 {
    smol::block_on(work()) //~ nested-event-loop: smol::block_on
}

async fn futures_lite_bad() -> u8 {
    futures_lite::future::block_on(work()) //~ nested-event-loop: smol::block_on
}

async fn async_io_bad() -> u8 {
    async_io::block_on(work()) //~ nested-event-loop: smol::block_on
}

async fn pollster_bad() -> u8 {
    pollster::block_on(work()) //~ nested-event-loop: pollster::block_on
}

async fn pollster_method_bad() -> u8 {
    work().block_on() //~ nested-event-loop: pollster::FutureExt::block_on
}

async fn actix_bad() -> u8 {
    actix_rt::System::new().block_on(work()) //~ nested-event-loop: actix_rt::SystemRunner::block_on
}

async fn actix_runtime_bad(runtime: actix_web::rt::Runtime) -> u8 {
    runtime.block_on(work()) //~ nested-event-loop: actix_rt::Runtime::block_on
}

async fn awaited_ok() -> u8 {
    let task = smol::spawn(work());
    work().await + async_std::task::spawn(work()).await + task.await
}

async fn on_a_worker_ok() -> u8 {
    smol::unblock(|| pollster::block_on(work())).await
}

fn without_a_loop_ok() -> u8 {
    pollster::block_on(work())
}

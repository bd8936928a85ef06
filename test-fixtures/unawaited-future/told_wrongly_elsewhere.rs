//! What users of other tools complain of: these futures run. Beside it, what must still be told.

use std::future::Future;
use std::pin::Pin;

async fn work() -> u32 {
    1
}

fn a_block_that_never_ends_ok() -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            work().await;
        }
    })
}

fn boxed_ok() -> Pin<Box<dyn Future<Output = u32> + Send>> {
    Box::pin(async move { work().await })
}

#[async_trait::async_trait]
trait Store {
    async fn load(&self) -> u32;
}

struct Memory;

#[async_trait::async_trait]
impl Store for Memory {
    async fn load(&self) -> u32 {
        work().await
    }
}

async fn awaited_later_ok() -> u32 {
    let future = work();
    tokio::pin!(future);
    future.await
}

async fn macro_ok() {
    tokio::join!(work(), work());
    tokio::select! {
        _ = work() => {}
        _ = boxed_ok() => {}
    }
}

async fn statement_bad() {
    work(); //~ unawaited-future
    let _ = work(); //~ unawaited-future
}

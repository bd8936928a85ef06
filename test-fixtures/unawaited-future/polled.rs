//! A future that is polled by hand is driven.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Boxed {
    inner: Pin<Box<dyn Future<Output = u32> + Send>>,
}

impl Boxed {
    fn get_pin(&mut self) -> Pin<&mut (dyn Future<Output = u32> + Send)> {
        self.inner.as_mut()
    }

    fn poll_ok(&mut self, context: &mut Context<'_>) -> Poll<u32> {
        self.get_pin().poll(context)
    }
}

async fn fetch() -> u32 {
    1
}

fn poll_once_ok(context: &mut Context<'_>) -> Poll<u32> {
    tokio::pin! {
        let future = fetch();
    }
    future.poll(context)
}

fn made_only_bad() {
    let _future = fetch(); //~ unawaited-future
}

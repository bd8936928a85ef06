//! An executor calls these methods on the loop, although they are plain.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

fn load() {
    thread::sleep(Duration::from_secs(1));
}

struct Loading;

impl Future for Loading {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<()> {
        load(); //~ blocking-call-in-async: sleep
        Poll::Ready(())
    }
}

struct Rows;

impl futures::Stream for Rows {
    type Item = u32;

    fn poll_next(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<u32>> {
        thread::sleep(Duration::from_secs(1)); //~ blocking-call-in-async: sleep
        Poll::Ready(None)
    }
}

struct Echo;

impl tower::Service<String> for Echo {
    type Response = String;
    type Error = ();
    type Future = std::future::Ready<Result<String, ()>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), ()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: String) -> Self::Future {
        load(); //~ blocking-call-in-async: sleep
        std::future::ready(Ok(request))
    }
}

struct Reader;

impl tokio::io::AsyncRead for Reader {
    fn poll_read(
        self: Pin<&mut Self>,
        _context: &mut Context<'_>,
        _buffer: &mut tokio::io::ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        load(); //~ blocking-call-in-async: sleep
        Poll::Ready(Ok(()))
    }
}

struct Other;

impl Other {
    fn poll_ok(&self) {
        load();
    }

    fn poll(&self) {
        load();
    }
}

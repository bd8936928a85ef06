//@ min-certainty: possible

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Ready(u32);

impl Future for Ready {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<u32> {
        Poll::Ready(self.0)
    }
}

fn ready() -> Ready {
    Ready(1)
}

struct Interest(u32);

impl std::ops::BitAnd for Interest {
    type Output = Interest;

    fn bitand(self, other: Interest) -> Interest {
        Interest(self.0 & other.0)
    }
}

fn all() -> Interest {
    Interest(1)
}

async fn own_future_bad() {
    ready(); //~ unawaited-future: `ready` is never awaited
}

async fn own_future_ok() -> u32 {
    ready().await
}

fn computed_ok() -> Interest {
    let _unused = all();
    all() & all()
}

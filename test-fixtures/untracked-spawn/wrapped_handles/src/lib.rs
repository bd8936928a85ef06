//! Helpers of another file give a handle that aborts on drop, or the plain one.

mod spawning;

use crate::spawning::{guarded, plain, plain_in_a_box, Owner};

async fn work() {}

async fn guarded_at_once_ok() {
    let _task = guarded(work());
    work().await;
}

async fn guarded_dropped_ok() {
    guarded(work());
}

async fn plain_dropped_bad() {
    plain(work()); //~ untracked-spawn: tokio::spawn
}

async fn plain_unread_bad() {
    let _task = plain(work()); //~ untracked-spawn: tokio::spawn
}

async fn plain_awaited_ok() {
    plain(work()).await.unwrap();
}

async fn boxed_dropped_bad() {
    plain_in_a_box(work()); //~ untracked-spawn: tokio::spawn
}

async fn owned_ok() -> Owner {
    Owner::new(work())
}

async fn wrapped_here_ok() {
    let _task = tokio_util::task::AbortOnDropHandle::new(plain(work()));
    work().await;
}

async fn wrapped_and_unread_ok() {
    let _task = tokio_util::task::AbortOnDropHandle::new(tokio::spawn(work()));
    work().await;
}

async fn wrapped_later_ok() {
    let task = tokio::spawn(work());
    let _task = tokio_util::task::AbortOnDropHandle::new(task);
    work().await;
}

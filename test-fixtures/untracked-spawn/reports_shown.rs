//@ min-certainty: possible
//! What tells its end through a channel is told where possible findings are asked for.

use std::sync::mpsc;
use std::thread;
use tokio::sync::oneshot;

async fn sender_captured_bad() -> u8 {
    let (sender, receiver) = oneshot::channel();
    tokio::spawn(async move { //~ untracked-spawn: tokio::spawn
        let _ = sender.send(1);
    });
    receiver.await.unwrap()
}

fn thread_with_a_sender_bad() -> u8 {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(1).unwrap()); //~ untracked-spawn: std::thread::spawn
    receiver.recv().unwrap()
}

async fn tracked_ok() -> u8 {
    let (sender, receiver) = oneshot::channel();
    let task = tokio::spawn(async move {
        let _ = sender.send(1);
    });
    task.await.unwrap();
    receiver.await.unwrap()
}

#[tokio::test]
async fn in_a_test_bad() {
    tokio::spawn(async {}); //~ untracked-spawn: tokio::spawn
}

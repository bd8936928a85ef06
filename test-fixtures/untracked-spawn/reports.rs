//! What is started tells its end through a channel, or the place is an executor's adapter: at most possible.

use std::future::Future;
use std::pin::Pin;
use std::sync::mpsc;
use std::thread;
use tokio::sync::oneshot;
use tracing::Instrument;

async fn work() -> u8 {
    1
}

async fn sender_captured_ok() -> u8 {
    let (sender, receiver) = oneshot::channel();
    tokio::spawn(async move {
        let _ = sender.send(work().await);
    });
    receiver.await.unwrap()
}

async fn receiver_captured_ok(mut jobs: tokio::sync::mpsc::Receiver<u8>) {
    tokio::spawn(async move {
        while let Some(job) = jobs.recv().await {
            println!("{job}");
        }
    });
}

fn thread_with_a_sender_ok() -> u8 {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(1).unwrap());
    receiver.recv().unwrap()
}

fn thread_with_a_cloned_sender_ok(sender: &mpsc::Sender<u8>) {
    let sender = sender.clone();
    thread::spawn(move || {
        let _ = sender.send(1);
    });
}

fn thread_with_crossbeam_ok(sender: crossbeam_channel::Sender<u8>) {
    thread::spawn(move || sender.send(1).unwrap());
}

async fn nothing_captured_bad() {
    let (sender, receiver) = oneshot::channel::<u8>();
    tokio::spawn(async move { //~ untracked-spawn: tokio::spawn
        work().await;
    });
    drop(sender);
    drop(receiver);
}

async fn something_else_captured_bad(name: String) {
    tokio::spawn(async move { //~ untracked-spawn: tokio::spawn
        println!("{name}");
    });
}

type Answer = oneshot::Sender<u8>;

async fn forward(sender: Answer) {
    let _ = sender.send(work().await);
}

async fn count(number: u8) {
    println!("{number}");
}

async fn handed_to_an_async_function_ok() -> u8 {
    let (sender, receiver) = oneshot::channel();
    tokio::spawn(forward(sender));
    receiver.await.unwrap()
}

async fn handed_over_wrapped_ok(span: tracing::Span, answers: Vec<(u8, Answer)>) {
    for (number, answer) in answers {
        tokio::spawn(Box::pin(forward(answer).instrument(span.clone())));
        println!("{number}");
    }
}

async fn taken_from_what_has_no_type_ok(mut requests: impl Iterator) {
    while let Some((_, answer)) = requests.next() {
        tokio::spawn(forward(answer));
    }
}

async fn handed_to_an_async_function_bad() {
    tokio::spawn(count(1)); //~ untracked-spawn: tokio::spawn
}

async fn handed_over_wrapped_bad(span: tracing::Span) {
    tokio::spawn(count(1).instrument(span)); //~ untracked-spawn: tokio::spawn
}

fn thread_without_a_channel_bad(name: String) {
    thread::spawn(move || println!("{name}")); //~ untracked-spawn: std::thread::spawn
}

trait Executor<F> {
    fn execute(&self, future: F);
}

struct TokioExecutor;

impl<F> Executor<F> for TokioExecutor
where
    F: Future<Output = ()> + Send + 'static,
{
    fn execute(&self, future: F) {
        tokio::spawn(future);
    }
}

struct Traced;

impl<F> Executor<F> for Traced
where
    F: Future<Output = ()> + Send + 'static,
{
    fn execute(&self, future: F) {
        tokio::spawn(future.in_current_span());
    }
}

trait Spawner {
    fn spawn_ok(&self, future: Pin<Box<dyn Future<Output = ()> + Send>>);
}

impl Spawner for TokioExecutor {
    fn spawn_ok(&self, future: Pin<Box<dyn Future<Output = ()> + Send>>) {
        tokio::spawn(future);
    }
}

trait Starts {
    fn start(&self);
}

impl Starts for TokioExecutor {
    fn start(&self) {
        tokio::spawn(async { //~ untracked-spawn: tokio::spawn
            work().await;
        });
    }
}

impl TokioExecutor {
    fn run_bad<F: Future<Output = ()> + Send + 'static>(&self, future: F) {
        tokio::spawn(future); //~ untracked-spawn: tokio::spawn
    }
}

//! What is recommended stays silent.

use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, Semaphore, mpsc, oneshot};

async fn network_ok() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let (mut stream, _) = listener.accept().await?;
    let mut buffer = [0; 8];
    stream.read_exact(&mut buffer).await?;
    stream.write_all(&buffer).await
}

async fn connect_ok() -> std::io::Result<TcpStream> {
    TcpStream::connect("127.0.0.1:80").await
}

async fn channels_ok() {
    let (sender, mut receiver) = mpsc::channel(8);
    sender.send(1).await.unwrap();
    receiver.recv().await;
    let (sender, receiver) = oneshot::channel();
    sender.send(1).unwrap();
    receiver.await.unwrap();
}

async fn async_lock_ok(state: Arc<Mutex<u64>>) {
    *state.lock().await += 1;
}

async fn bounded_ok(semaphore: Arc<Semaphore>) {
    let _permit = semaphore.acquire().await.unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
}

async fn clock_ok() -> Duration {
    Instant::now().elapsed()
}

async fn timeout_ok() {
    let _ = tokio::time::timeout(Duration::from_secs(1), clock_ok()).await;
}

async fn joined_ok() {
    let (_, _) = tokio::join!(clock_ok(), timeout_ok());
}

//! Channels for threads wait; their async twins, and sending without a bound, do not.

use std::time::Duration;

async fn flume_bad(receiver: flume::Receiver<u8>) -> Result<u8, flume::RecvError> {
    receiver.recv() //~ blocking-wait-in-async: flume::Receiver::recv
}

async fn flume_async_ok(receiver: flume::Receiver<u8>) -> Result<u8, flume::RecvError> {
    receiver.recv_async().await
}

async fn flume_iterated_bad(receiver: flume::Receiver<u8>) {
    for message in receiver.iter() { //~ blocking-wait-in-async
        drop(message);
    }
}

async fn flume_limited_bad(receiver: flume::Receiver<u8>) {
    let _ = receiver.recv_timeout(Duration::from_secs(1)); //~ blocking-wait-in-async: flume::Receiver::recv_timeout
}

async fn flume_full_bad() {
    let (sender, receiver) = flume::bounded::<u8>(1);
    let _ = sender.send(1); //~ blocking-wait-in-async: flume::Sender::send
    drop(receiver);
}

async fn flume_without_bound_ok() {
    let (sender, receiver) = flume::unbounded::<u8>();
    let _ = sender.send(1);
    drop(receiver);
}

async fn async_channel_bad(receiver: async_channel::Receiver<u8>, sender: async_channel::Sender<u8>) {
    let _ = receiver.recv_blocking(); //~ blocking-wait-in-async: async_channel::Receiver::recv_blocking
    let _ = sender.send_blocking(1); //~ blocking-wait-in-async: async_channel::Sender::send_blocking
}

async fn async_channel_ok(receiver: async_channel::Receiver<u8>, sender: async_channel::Sender<u8>) {
    let _ = receiver.recv().await;
    let _ = sender.send(1).await;
    let _ = sender.try_send(1);
}

async fn smol_channel_bad(receiver: smol::channel::Receiver<u8>) {
    let _ = receiver.recv_blocking(); //~ blocking-wait-in-async: async_channel::Receiver::recv_blocking
}

async fn kanal_bad(receiver: kanal::Receiver<u8>) {
    let _ = receiver.recv(); //~ blocking-wait-in-async: kanal::Receiver::recv
}

async fn kanal_ok() {
    let (sender, receiver) = kanal::bounded_async::<u8>(1);
    let _ = sender.send(1).await;
    let _ = receiver.recv().await;
}

async fn async_lock_bad(lock: async_lock::Mutex<u8>, smol_lock: smol::lock::Semaphore) {
    let _guard = lock.lock_blocking(); //~ blocking-wait-in-async: async_lock::Mutex::lock_blocking
    let _permit = smol_lock.acquire_blocking(); //~ blocking-wait-in-async: async_lock::Semaphore::acquire_blocking
}

async fn async_lock_ok(lock: async_lock::Mutex<u8>, other: async_lock::RwLock<u8>) {
    let guard = lock.lock().await;
    let _value = *other.read().await + *guard;
}

async fn pool_bad(pool: threadpool::ThreadPool) {
    pool.execute(|| std::thread::sleep(Duration::from_secs(1)));
    pool.join(); //~ blocking-wait-in-async: threadpool::ThreadPool::join
}

async fn arbiter_bad(arbiter: actix_rt::Arbiter) {
    arbiter.stop();
    let _ = arbiter.join(); //~ blocking-wait-in-async: actix_rt::Arbiter::join
}

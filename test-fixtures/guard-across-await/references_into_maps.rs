//! What a concurrent map gives out holds a lock of it.

async fn ping() {}

async fn entry_bad(map: &dashmap::DashMap<u8, u8>) {
    let entry = map.get(&1); //~ guard-across-await: dashmap
    ping().await;
    drop(entry);
}

async fn copied_ok(map: &dashmap::DashMap<u8, u8>) -> Option<u8> {
    let value = map.get(&1).map(|entry| *entry);
    ping().await;
    value
}

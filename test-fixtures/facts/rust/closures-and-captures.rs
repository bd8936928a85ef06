// Nested functions: how each captures what is around it.
async fn captures(a: A, b: B, c: C, d: D) {
    let by_reference = || a.read();
    let by_use = || consume(b);
    let nested = move |(x, y): (u8, u8)| async move { c.get(x, y).await };
    by_use();
    tokio::spawn(async move {
        let inner = || d.read();
        inner();
        pause().await;
    });
    nested((1, 2)).await
}

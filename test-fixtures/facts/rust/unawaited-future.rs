// MODEL 13: what becomes of each future.
impl S {
    fn start(&self) -> impl Future<Output = u8> + Send + '_ {
        async move { self.n }
    }
    async fn run(&self, k: Key) {
        let _ = self.flush();
        match k {
            Key::A => self.flush(),
            Key::B => self.close(),
        }
        .await;
        async { self.ping().await };
        Some(self.flush());
        self.start();
        self.inner.get(k).map(|v| v.refresh());
        _ = self.flush();
    }
}

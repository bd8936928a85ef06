impl S {
    async fn a(&self, x: bool) {
        let g = self.m.lock().unwrap();
        if x {
            drop(g);
            self.ping().await;
            return;
        }
        self.pong().await;
    }
}

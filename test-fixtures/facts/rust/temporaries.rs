// MODEL 5: a temporary lives to the end of its statement.
impl S {
    async fn awaited_statement(&self) {
        self.send(self.m.lock().unwrap().clone()).await;
    }
    async fn ended_before(&self) {
        let v = self.m.lock().unwrap().clone();
        self.send(v).await;
    }
    async fn extended(&self) {
        let v = &mut *self.m.lock().unwrap();
        self.send(v.len()).await;
    }
}

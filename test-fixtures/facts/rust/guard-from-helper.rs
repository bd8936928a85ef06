// MODEL 6: only linking knows that `state` gives a guard.
impl S {
    fn state(&self) -> MutexGuard<'_, State> {
        self.m.lock().unwrap()
    }
    async fn f(&self) {
        let g = self.state();
        f(g.id).await
    }
}

// Temporaries of scrutinees and conditions, in edition 2021.
impl S {
    async fn scrutinees(&self) {
        if let Some(x) = self.m.lock().unwrap().get() {
            a(x).await;
        } else {
            b().await;
        }
        match self.m.lock().unwrap().kind() {
            Kind::A => c().await,
            _ => {}
        }
        if self.m.lock().unwrap().is_empty() {
            d().await;
        }
        while let Some(job) = self.queue.lock().unwrap().pop() {
            job.run().await;
        }
        for item in self.m.lock().unwrap().iter() {
            e(item).await;
        }
    }
}

// A timeout around a read, a task that is aborted and awaited, a sleep made anew in each turn.
async fn cancelled(mut s: TcpStream, task: JoinHandle<()>) -> Result<(), E> {
    let n = tokio::time::timeout(Duration::from_secs(1), s.read_exact(&mut [0; 4])).await??;
    task.abort();
    if let Err(e) = task.await {
        return Err(e.into());
    }
    loop {
        tokio::select! {
            _ = tokio::time::sleep(SECOND) => {}
            r = s.read(&mut buf) => return Ok(r?),
        }
    }
}
impl Drop for Client {
    fn drop(&mut self) {
        self.rt.block_on(async { self.inner.close().await });
    }
}

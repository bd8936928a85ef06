// MODEL 16: asked first whether a runtime runs.
fn run<F>(f: F) -> F::Output
where
    F: Future + Send + 'static,
{
    match Handle::try_current() {
        Ok(h) => h.block_on(f),
        Err(_) => Runtime::new().unwrap().block_on(f),
    }
}

// MODEL 15: attributes and builder chains.
#[tokio::main(flavor = "multi_thread", worker_threads = 512)]
async fn main() {}

#[tokio::test]
async fn attribute_without_arguments() {}

#[derive(Debug)]
#[inline]
#[cfg_attr(feature = "trace", tracing::instrument)]
fn build(n: usize) -> io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(n * num_cpus::get()).max_blocking_threads(-1).build()
}

#[cfg(test)]
mod tests {
    fn helper() {}
}

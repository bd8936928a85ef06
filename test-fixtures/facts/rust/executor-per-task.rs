// MODEL 14: made in a loop, through a helper, kept by a static.
use std::sync::LazyLock;
static SHARED: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
const LIMIT: usize = 4 * 1_024;
fn pool() -> ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(LIMIT).build().unwrap()
}
fn per_item(items: &[Item]) {
    for (n, item) in items.iter().enumerate() {
        let p = pool();
        p.install(|| work(item, n));
    }
    SHARED.block_on(async { 1 });
}

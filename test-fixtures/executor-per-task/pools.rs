//! Thread pools and other executors.

use actix_web::{HttpResponse, Responder, get};
use futures::executor::ThreadPool;
use rayon::ThreadPoolBuilder;

fn square(item: &u32) -> u32 {
    item * item
}

fn rayon_bad(batches: &[Vec<u32>]) {
    for batch in batches {
        let pool = ThreadPoolBuilder::new().num_threads(4).build().unwrap(); //~ executor-per-task: rayon::ThreadPoolBuilder::build
        pool.install(|| batch.iter().map(square).sum::<u32>());
    }
}

fn rayon_ok(batches: &[Vec<u32>]) {
    let pool = ThreadPoolBuilder::new().num_threads(4).build().unwrap();
    for batch in batches {
        pool.install(|| batch.iter().map(square).sum::<u32>());
    }
}

fn create_pool(threads: usize) -> Result<rayon::ThreadPool, rayon::ThreadPoolBuildError> {
    ThreadPoolBuilder::new().num_threads(threads).build()
}

fn by_factory_bad(batches: &[Vec<u32>]) -> Result<(), rayon::ThreadPoolBuildError> {
    for batch in batches {
        create_pool(4)?.install(|| batch.iter().map(square).sum::<u32>()); //~ executor-per-task: `create_pool` makes
    }
    Ok(())
}

fn futures_bad(items: &[u32]) {
    while !items.is_empty() {
        let pool = ThreadPool::new().unwrap(); //~ executor-per-task: futures
        pool.spawn_ok(async {});
    }
}

#[get("/")]
async fn handler_bad() -> impl Responder {
    let pool = ThreadPoolBuilder::new().build().unwrap(); //~ executor-per-task: for every request that `handler_bad` answers
    pool.install(|| square(&3));
    HttpResponse::Ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_ok() {
        for _ in 0..4 {
            let pool = rayon::ThreadPoolBuilder::new().build().unwrap();
            pool.install(|| 1);
        }
    }
}

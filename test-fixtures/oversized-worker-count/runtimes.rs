//! Sizes of runtimes and pools.

use rayon::ThreadPoolBuilder;
use std::thread::available_parallelism;
use tokio::runtime::Builder;

const WORKERS: usize = 256;

mod limits {
    pub const THREADS: usize = 1 << 10;
}

struct Config;

fn literal_bad() {
    Builder::new_multi_thread().worker_threads(512).build().unwrap(); //~ oversized-worker-count: `tokio::runtime::Builder::worker_threads` is given 512 worker threads, more than 64
}

fn named_bad() {
    Builder::new_multi_thread().worker_threads(WORKERS).build().unwrap(); //~ oversized-worker-count: 256 worker threads
}

fn path_bad() {
    Builder::new_multi_thread().worker_threads(limits::THREADS).build().unwrap(); //~ oversized-worker-count: 1024 worker threads
}

fn cores_bad() {
    Builder::new_multi_thread()
        .enable_all()
        .worker_threads(8 * num_cpus::get()) //~ oversized-worker-count: 8 worker threads for each core, more than 4
        .build()
        .unwrap();
}

fn parallelism_bad() {
    let cores = available_parallelism().map(|n| n.get()).unwrap_or(4);
    Builder::new_multi_thread().worker_threads(cores * 16).build().unwrap(); //~ oversized-worker-count: 16 worker threads for each core
}

fn parallelism_by_path_bad() -> std::io::Result<()> {
    let cores = available_parallelism()?.get();
    let cores = cores * 10;
    ThreadPoolBuilder::new().num_threads(cores).build().unwrap(); //~ oversized-worker-count: 10 threads for each core
    Ok(())
}

fn map_or_bad() {
    let cores = available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    ThreadPoolBuilder::new().num_threads(cores * 4).build().unwrap(); //~ oversized-worker-count: 4 threads for each core
}

fn rayon_bad() {
    ThreadPoolBuilder::new().num_threads(200).build_global().unwrap(); //~ oversized-worker-count: 200 threads, more than 64
}

fn blocking_bad() {
    Builder::new_multi_thread().max_blocking_threads(10_000).build().unwrap(); //~ oversized-worker-count: 10000 threads for blocking calls
}

fn branches_bad(large: bool) {
    let workers = if large { 128 } else { 4 };
    Builder::new_multi_thread().worker_threads(workers).build().unwrap(); //~ oversized-worker-count: 128 worker threads
}

fn max_bad() {
    Builder::new_multi_thread().worker_threads(std::cmp::max(100, num_cpus::get())).build().unwrap(); //~ oversized-worker-count: on 8 cores
}

fn build(threads: usize) -> tokio::runtime::Runtime {
    Builder::new_multi_thread().worker_threads(threads).build().unwrap()
}

fn passed_bad() {
    build(300); //~ oversized-worker-count: 300 worker threads
}

fn passed_ok() {
    build(8);
}

fn workers() -> usize {
    num_cpus::get() * 32
}

fn by_helper_bad() {
    Builder::new_multi_thread().worker_threads(workers()).build().unwrap(); //~ oversized-worker-count: 32 worker threads for each core
}

impl Config {
    const SIZE: usize = 500;
}

fn associated_bad() {
    Builder::new_multi_thread().worker_threads(Config::SIZE).build().unwrap(); //~ MISSED oversized-worker-count: constants of types are not read
}

fn current_thread_ok() {
    Builder::new_current_thread().worker_threads(512).build().unwrap();
}

fn cores_ok() {
    Builder::new_multi_thread().worker_threads(num_cpus::get()).build().unwrap();
    Builder::new_multi_thread().worker_threads(std::cmp::max(20, 2 * num_cpus::get())).build().unwrap();
    ThreadPoolBuilder::new().num_threads(num_cpus::get().min(8)).build().unwrap();
    ThreadPoolBuilder::new().num_threads((num_cpus::get() * 4).clamp(1, 16)).build().unwrap();
    ThreadPoolBuilder::new().num_threads(num_cpus::get_physical() + 1).build().unwrap();
}

fn blocking_ok() {
    Builder::new_multi_thread().max_blocking_threads(512).build().unwrap();
}

fn unknown_ok(threads: usize) {
    Builder::new_multi_thread().worker_threads(threads).build().unwrap();
}

#[tokio::main(flavor = "multi_thread", worker_threads = 512)] //~ oversized-worker-count: `tokio::main` is given 512 worker threads
async fn main() {}

#[tokio::main(worker_threads = 8)]
async fn small_ok() {}

#[tokio::test(flavor = "multi_thread", worker_threads = 512)]
async fn test_ok() {}

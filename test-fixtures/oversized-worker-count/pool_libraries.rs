//@ min-certainty: possible
//! Sizes of pools of other crates: threads, workers of servers, connections.

fn threads_bad() {
    let _pool = threadpool::ThreadPool::new(2_000); //~ oversized-worker-count: 2000 threads
}

fn named_threads_bad() {
    let _pool = threadpool::ThreadPool::with_name("jobs".into(), 2_000); //~ oversized-worker-count: 2000 threads
}

fn built_threads_bad() {
    let _pool = threadpool::Builder::new().num_threads(2_000).build(); //~ oversized-worker-count: 2000 threads
}

fn changed_threads_bad(pool: &mut threadpool::ThreadPool) {
    pool.set_num_threads(2_000); //~ oversized-worker-count: 2000 threads
}

fn threads_ok() {
    let _pool = threadpool::ThreadPool::new(8);
}

fn blocking_bad() {
    blocking::set_max_blocking_threads(10_000); //~ oversized-worker-count: 10000 threads for blocking calls
}

fn futures_bad() {
    let _pool = futures::executor::ThreadPoolBuilder::new().pool_size(512).create(); //~ oversized-worker-count: 512 worker threads
}

fn server_bad() {
    let _server = actix_server::ServerBuilder::new().workers(512); //~ oversized-worker-count: 512 worker threads
}

fn server_blocking_bad() {
    actix_web::HttpServer::new(actix_web::App::new).worker_max_blocking_threads(10_000); //~ oversized-worker-count: 10000 threads for blocking calls
}

fn connections_bad<M: r2d2::ManageConnection>() {
    let _pool = r2d2::Pool::<M>::builder().max_size(5_000); //~ oversized-worker-count: 5000 at a time
}

fn connections_of_tasks_bad() {
    let _pool = sqlx::pool::PoolOptions::<sqlx::Any>::new().max_connections(5_000); //~ oversized-worker-count: 5000 at a time
}

fn connections_ok() {
    let _pool = sqlx::pool::PoolOptions::<sqlx::Any>::new().max_connections(20);
}

fn connections_of_bb8_bad<M: bb8::ManageConnection>() {
    let _pool = bb8::Pool::<M>::builder().max_size(5_000); //~ oversized-worker-count: 5000 at a time
}

fn requests_bad() {
    let _server = tonic::transport::Server::builder().concurrency_limit_per_connection(5_000); //~ oversized-worker-count: 5000 at a time
}

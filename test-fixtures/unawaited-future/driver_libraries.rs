//! Methods that are async in libraries without effects.

async fn tokio_postgres_bad(client: tokio_postgres::Client) {
    client.batch_execute("select 1"); //~ unawaited-future: tokio_postgres::Client::batch_execute
}

async fn tokio_postgres_ok(client: tokio_postgres::Client) {
    let _ = client.batch_execute("select 1").await;
}

async fn channel_bad(sender: async_channel::Sender<u8>) {
    let _ = sender.send(1); //~ unawaited-future: async_channel::Sender::send
}

async fn sled_bad(tree: sled::Tree) {
    tree.flush_async(); //~ unawaited-future: flush_async
}

async fn fs_bad() {
    async_fs::remove_file("a"); //~ unawaited-future: async_fs::remove_file
}

async fn pool_bad(pool: deadpool::managed::Pool<Manager>) {
    pool.get(); //~ unawaited-future: get
}

struct Manager;

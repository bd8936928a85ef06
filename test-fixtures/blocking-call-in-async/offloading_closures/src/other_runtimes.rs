use crate::work::{Store, load};

async fn async_std_ok(store: Store) {
    async_std::task::spawn_blocking(load).await;
    async_std::task::spawn_blocking(move || store.load()).await;
}

async fn smol_ok(store: Store) {
    smol::unblock(load).await;
    smol::unblock(move || store.load()).await;
    blocking::unblock(|| load()).await;
}

async fn actix_ok(store: Store) {
    actix_web::web::block(load).await.unwrap();
    actix_web::web::block(move || store.load()).await.unwrap();
}

async fn actix_rt_ok() {
    actix_web::rt::task::spawn_blocking(load).await.unwrap();
    actix_rt::task::spawn_blocking(|| load()).await.unwrap();
}

async fn rocket_ok() {
    rocket::tokio::task::spawn_blocking(load).await.unwrap();
}

async fn evaluated_here_bad(store: Store) {
    let size = store.load(); //~ blocking-call-in-async: sleep
    smol::unblock(move || size).await;
}

async fn in_a_task_bad() {
    smol::spawn(async { load() }).await; //~ blocking-call-in-async: sleep
    async_std::task::spawn(async { load() }).await; //~ blocking-call-in-async: sleep
}

fn arbiter_bad(arbiter: actix_rt::Arbiter) {
    arbiter.spawn_fn(|| {
        load(); //~ blocking-call-in-async: sleep
    });
}

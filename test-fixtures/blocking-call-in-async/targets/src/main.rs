mod helpers;

use targets::wait;

async fn serve_bad() {
    wait(); //~ blocking-call-in-async: sleep
}

async fn own_module_ok() {
    helpers::wait();
    targets::nothing();
}

async fn own_module_bad() {
    helpers::wait_here(); //~ blocking-call-in-async: sleep
}

#[tokio::main]
async fn main() {
    let served = axum::Router::new();
    axum::serve(served, serve_bad()).await;
    own_module_ok().await;
    own_module_bad().await;
}

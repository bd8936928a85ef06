use crate::store::Store;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::middleware::{self, Next};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use std::future::Future;
use std::sync::Arc;

pub fn app(store: Arc<Store>) -> Router {
    Router::new()
        .route("/a", get(state_bad).post(json_bad))
        .route("/b", get(|State(store): State<Arc<Store>>| async move { store.load() })) //~ blocking-call-in-async: sleep
        .route("/c", post(gives_a_future_bad))
        .route("/d", get(async || Store.load())) //~ blocking-call-in-async: sleep
        .route("/e", get(offloaded_ok))
        .fallback(fallback_bad)
        .layer(middleware::from_fn(layer_bad))
        .with_state(store)
}

async fn state_bad(State(store): State<Arc<Store>>, Path(_id): Path<u32>) -> String {
    store.load() //~ blocking-call-in-async: sleep
}

async fn json_bad(State(store): State<Arc<Store>>) -> Json<String> {
    Json(store.load()) //~ blocking-call-in-async: sleep
}

fn gives_a_future_bad() -> impl Future<Output = String> {
    async { Store.load() } //~ blocking-call-in-async: sleep
}

async fn fallback_bad() -> String {
    Store.load() //~ blocking-call-in-async: sleep
}

async fn layer_bad(request: axum::extract::Request, next: Next) -> axum::response::Response {
    Store.load(); //~ blocking-call-in-async: sleep
    next.run(request).await
}

async fn offloaded_ok(State(store): State<Arc<Store>>) -> String {
    tokio::task::spawn_blocking(move || store.load()).await.unwrap()
}

struct User(String);

impl<S: Send + Sync> FromRequestParts<S> for User {
    type Rejection = ();

    async fn from_request_parts(_parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(User(Store.load())) //~ blocking-call-in-async: sleep
    }
}

fn methods_ok() -> MethodRouter {
    let _prepared = Store.load();
    get(fallback_bad)
}

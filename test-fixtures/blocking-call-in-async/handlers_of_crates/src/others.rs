use crate::store::Store;
use poem::handler;
use rocket::{get, routes};
use warp::Filter;

#[handler]
fn poem_plain_bad() -> String {
    Store.load() //~ blocking-call-in-async: sleep
}

#[handler]
async fn poem_bad() -> String {
    Store.load() //~ blocking-call-in-async: sleep
}

#[get("/plain")]
fn rocket_plain_bad() -> String {
    Store.load() //~ blocking-call-in-async: sleep
}

#[get("/async")]
async fn rocket_bad() -> String {
    Store.load() //~ blocking-call-in-async: sleep
}

#[rocket::get("/ok")]
async fn rocket_ok() -> String {
    rocket::tokio::task::spawn_blocking(|| Store.load()).await.unwrap()
}

fn filters() -> impl Filter {
    warp::path("a").and_then(warp_bad).or(warp::path("b").map(|| Store.load())) //~ MISSED blocking-call-in-async: the filters of `warp` are not known by their types
}

async fn warp_bad() -> Result<String, warp::Rejection> {
    Ok(Store.load()) //~ blocking-call-in-async: sleep
}

fn mounted() {
    rocket::build().mount("/", routes![rocket_plain_bad, rocket_bad, rocket_ok]);
}

fn plain_ok() -> String {
    Store.load()
}

use crate::store::Store;
use actix_web::{App, HttpResponse, HttpServer, Responder, get, post, web};

#[get("/a")]
async fn attributed_bad(store: web::Data<Store>) -> impl Responder {
    store.load() //~ blocking-call-in-async: sleep
}

#[post("/b")]
async fn offloaded_ok(store: web::Data<Store>) -> HttpResponse {
    let text = web::block(move || store.load()).await.unwrap();
    HttpResponse::Ok().body(text)
}

async fn registered_bad(store: web::Data<Store>) -> HttpResponse {
    HttpResponse::Ok().body(store.load()) //~ blocking-call-in-async: sleep
}

fn configure(config: &mut web::ServiceConfig) {
    config.service(web::resource("/c").route(web::get().to(registered_bad)));
    config.route("/d", web::get().to(|| async { Store.load() })); //~ blocking-call-in-async: sleep
}

pub async fn serve_ok() -> std::io::Result<()> {
    HttpServer::new(|| App::new().configure(configure)).bind("127.0.0.1:0")?.run().await
}

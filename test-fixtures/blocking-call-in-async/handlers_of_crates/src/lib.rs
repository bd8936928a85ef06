mod actix;
mod axum_routes;
mod others;
mod store;
mod tonic_service;

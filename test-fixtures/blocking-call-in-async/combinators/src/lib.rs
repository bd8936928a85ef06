mod closures;
mod patterns;
mod store;
mod values;

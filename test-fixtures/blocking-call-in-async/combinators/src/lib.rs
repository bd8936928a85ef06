mod patterns;
mod store;
mod values;

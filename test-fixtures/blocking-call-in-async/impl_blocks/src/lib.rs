mod extra;
mod store;
mod uses;

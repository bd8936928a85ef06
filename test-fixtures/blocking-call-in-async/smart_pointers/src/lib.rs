mod pointers;
mod store;

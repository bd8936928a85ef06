use crate::store::{Found, Named, Other, Shared, Store};

async fn method_in_another_file_bad(store: &Store) {
    store.load(); //~ blocking-call-in-async: sleep
}

async fn alias_bad(store: Shared) {
    store.load(); //~ blocking-call-in-async: sleep
}

async fn alias_of_a_result_bad(found: Found) -> std::io::Result<()> {
    found?.load(); //~ blocking-call-in-async: sleep
    Ok(())
}

async fn alias_with_parameter_bad((_, store): Named<Store>) {
    store.load(); //~ blocking-call-in-async: sleep
}

async fn alias_with_another_argument_ok((_, other): Named<Other>) {
    other.load();
}

async fn constructed_bad() {
    let store = Store::new();
    store.load(); //~ blocking-call-in-async: sleep
}

async fn opened_bad() -> std::io::Result<()> {
    Store::open()?.load(); //~ blocking-call-in-async: sleep
    Ok(())
}

async fn default_bad() {
    Store::default().load(); //~ blocking-call-in-async: sleep
    let store: Store = Default::default();
    store.load(); //~ blocking-call-in-async: sleep
}

async fn converted_bad(name: String) {
    let store = Store::from(name.clone());
    store.load(); //~ blocking-call-in-async: sleep
    let store: Store = name.into();
    store.load(); //~ blocking-call-in-async: sleep
}

async fn built_bad() {
    Store::builder().name("x").build().load(); //~ blocking-call-in-async: sleep
}

async fn written_bad() {
    let store = Store { name: String::new() };
    store.load(); //~ blocking-call-in-async: sleep
}

async fn chained_bad(store: &Store) {
    store.twice(); //~ blocking-call-in-async: sleep
}

async fn by_path_bad(store: &Store) {
    Store::load(store); //~ blocking-call-in-async: sleep
}

async fn another_type_ok(other: Other) {
    other.load();
}

async fn twin_ok(store: &Store) {
    store.load_later().await;
}

async fn constant_ok() -> u32 {
    Store::LIMIT
}

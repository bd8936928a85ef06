use kernel::Store;
use kernel::refresh as renew;

pub async fn index_bad(store: Store) {
    store.load(); //~ blocking-call-in-async
}

pub async fn re_exported_bad() {
    renew(); //~ blocking-call-in-async
}

pub async fn other_method_ok(store: Store) -> &'static str {
    store.name()
}

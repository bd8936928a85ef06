use crate::store::{Backend, Store, pair};

async fn tuple_bad() {
    let (store, _size) = pair();
    store.load(); //~ blocking-call-in-async: sleep
    pair().0.load(); //~ blocking-call-in-async: sleep
}

async fn variants_bad(backend: &Backend) {
    match backend {
        Backend::Remote(store) => {
            store.load(); //~ blocking-call-in-async: sleep
        }
        Backend::Named { store, .. } => {
            store.load(); //~ blocking-call-in-async: sleep
        }
        Backend::Memory => {}
    }
}

async fn let_else_bad(backend: Backend) {
    let Backend::Remote(store) = backend else {
        return;
    };
    store.load(); //~ blocking-call-in-async: sleep
}

async fn if_let_bad(maybe: Option<(Store, u32)>, result: Result<Store, Store>) {
    if let Some((store, _)) = &maybe {
        store.load(); //~ blocking-call-in-async: sleep
    }
    match result {
        Ok(store) | Err(store) => store.load(), //~ blocking-call-in-async: sleep
    };
}

async fn at_and_slices_bad(maybe: Option<Store>, stores: &[Store]) {
    if let whole @ Some(store) = &maybe {
        store.load(); //~ blocking-call-in-async: sleep
    }
    if let [first, ..] = stores {
        first.load(); //~ blocking-call-in-async: sleep
    }
    let last = &stores[stores.len() - 1];
    last.load(); //~ blocking-call-in-async: sleep
}

async fn parameter_bad((store, size): (Store, u32)) -> u32 {
    store.load() + size //~ blocking-call-in-async: sleep
}

async fn choices_bad(flag: bool, a: Store, b: Store) {
    let store = if flag { &a } else { &b };
    store.load(); //~ blocking-call-in-async: sleep
    let store = match flag {
        true => a,
        false => return,
    };
    store.load(); //~ blocking-call-in-async: sleep
    let store = {
        let inner = b;
        inner
    };
    store.load(); //~ blocking-call-in-async: sleep
}

async fn sizes_ok(backend: Backend) -> u32 {
    match backend {
        Backend::Remote(store) => store.size(),
        Backend::Named { size, .. } => size,
        Backend::Memory => 0,
    }
}

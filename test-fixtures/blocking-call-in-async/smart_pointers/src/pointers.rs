use crate::store::{Guarded, Handle, Memory, Store, Wrapper};
use std::borrow::Cow;
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, RwLock};

static LAZY: LazyLock<Store> = LazyLock::new(|| Store);
static ONCE: OnceLock<Store> = OnceLock::new();

struct State {
    shared: Arc<Mutex<Store>>,
    boxed: Box<Store>,
    nested: Arc<Box<Store>>,
    memory: Arc<Memory>,
    pinned: Pin<Box<Store>>,
    asynchronous: tokio::sync::Mutex<Store>,
    fast: parking_lot::RwLock<Option<Store>>,
    cell: RefCell<Store>,
}

async fn pointers_bad(state: &State, rc: Rc<Store>, arc: &Arc<Store>) {
    state.boxed.load(); //~ blocking-call-in-async: sleep
    state.nested.load(); //~ blocking-call-in-async: sleep
    state.pinned.load(); //~ blocking-call-in-async: sleep
    rc.load(); //~ blocking-call-in-async: sleep
    arc.load(); //~ blocking-call-in-async: sleep
    Arc::clone(arc).load(); //~ blocking-call-in-async: sleep
    arc.as_ref().load(); //~ blocking-call-in-async: sleep
    state.boxed.as_ref().load(); //~ blocking-call-in-async: sleep
    state.pinned.as_ref().load(); //~ blocking-call-in-async: sleep
    (**arc).load(); //~ blocking-call-in-async: sleep
}

async fn guards_bad(state: &State) {
    state.cell.borrow().load(); //~ blocking-call-in-async: sleep
    let store = state.asynchronous.lock().await;
    store.load(); //~ blocking-call-in-async: sleep
}

fn synchronous(state: &State) {
    state.shared.lock().unwrap().load();
}

fn inside_an_option(state: &State) {
    if let Some(store) = state.fast.read().as_ref() {
        store.load();
    }
}

async fn guards_of_a_helper_bad(state: &State) {
    synchronous(state); //~ blocking-call-in-async: sleep
    inside_an_option(state); //~ blocking-call-in-async: sleep
}

async fn statics_bad() {
    LAZY.load(); //~ blocking-call-in-async: sleep
    ONCE.get_or_init(|| Store).load(); //~ blocking-call-in-async: sleep
    if let Some(store) = ONCE.get() {
        store.load(); //~ blocking-call-in-async: sleep
    }
}

async fn own_deref_bad(handle: Handle, wrapper: Wrapper<Store>) {
    handle.load(); //~ blocking-call-in-async: sleep
    wrapper.load(); //~ blocking-call-in-async: sleep
}

async fn own_method_first_ok(guarded: Guarded) {
    guarded.load();
}

async fn behind_its_own_method_bad(guarded: Guarded) {
    (*guarded).load(); //~ blocking-call-in-async: sleep
}

async fn weak_bad(weak: std::sync::Weak<Store>, arc: &Arc<Store>) {
    if let Some(store) = weak.upgrade() {
        store.load(); //~ blocking-call-in-async: sleep
    }
    Arc::downgrade(arc).upgrade().unwrap().load(); //~ blocking-call-in-async: sleep
}

async fn references_ok(arc: &Arc<Memory>, boxed: Box<Memory>) {
    arc.as_ref().load();
    boxed.as_ref().load();
}

async fn wrapped_memory_ok(wrapper: Wrapper<Memory>, state: &State) {
    wrapper.load();
    state.memory.load();
    state.boxed.name();
}

async fn cow_bad(store: Cow<'_, Store>) {
    store.load(); //~ blocking-call-in-async: sleep
}

async fn read_lock_bad(store: &tokio::sync::RwLock<Store>, other: &RwLock<Memory>) {
    store.read().await.load(); //~ blocking-call-in-async: sleep
    other.read().unwrap().load();
}

//! What conversions give, and conversions of the project that wait.

mod store;

use std::str::FromStr;
use store::{Name, Remote, Source, Store};

async fn reference_bad(source: impl AsRef<Store>) {
    source.as_ref().load(); //~ blocking-call-in-async: sleep
}

async fn reference_of_a_parameter_bad<S: AsRef<Store>>(source: S) {
    let store = source.as_ref();
    store.load(); //~ blocking-call-in-async: sleep
}

async fn in_where_bad<S>(source: S)
where
    S: Into<Store>,
{
    source.into().load(); //~ blocking-call-in-async: sleep
}

async fn converted_bad(source: impl Into<Store>) {
    let store = source.into();
    store.load(); //~ blocking-call-in-async: sleep
}

async fn tried_bad<S: TryInto<Store>>(source: S) {
    if let Ok(store) = source.try_into() {
        store.load(); //~ blocking-call-in-async: sleep
    }
}

async fn parsed_bad(text: &str) {
    text.parse::<Store>().unwrap().load(); //~ blocking-call-in-async: sleep
    let store: Store = text.parse().unwrap();
    store.load(); //~ blocking-call-in-async: sleep
}

async fn conversions_that_wait_bad(text: &str) {
    let remote = Remote::from_str(text); //~ blocking-call-in-async: sleep
    let remote = Remote::from(1); //~ blocking-call-in-async: sleep
    let remote = Remote::try_from(text); //~ blocking-call-in-async: sleep
    let remote = text.parse::<Remote>(); //~ MISSED blocking-call-in-async: `parse` is not followed to the `FromStr` of what it gives
    let remote: Remote = 1.into(); //~ MISSED blocking-call-in-async: `into` is not followed to the `From` of what it gives
}

async fn elements_bad(source: Source, stores: &Source) {
    for store in stores {
        store.load(); //~ blocking-call-in-async: sleep
    }
}

async fn others_ok(name: impl Into<Name>, text: &str, other: impl AsRef<Name>) {
    name.into().load();
    other.as_ref().load();
    text.parse::<Name>().unwrap().load();
    text.parse::<u32>().unwrap();
}

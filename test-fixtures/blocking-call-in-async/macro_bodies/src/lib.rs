//! Functions in the bodies of macros are not seen.

use std::thread::sleep;
use std::time::Duration;

macro_rules! handlers {
    ($($name:ident),*) => {
        $(pub async fn $name() {
            sleep(Duration::from_secs(1)); //~ MISSED blocking-call-in-async: what a macro of the project expands to is not seen
        })*
    };
}

handlers!(first, second);

macro_rules! wait {
    () => {
        sleep(Duration::from_secs(1))
    };
}

async fn through_a_macro_bad() {
    wait!(); //~ MISSED blocking-call-in-async: as above
}

macro_rules! twice {
    ($what:expr) => {
        $what;
        $what;
    };
}

async fn argument_of_a_macro_bad() {
    twice!(sleep(Duration::from_secs(1))); //~ blocking-call-in-async: sleep
}

async fn quoted_ok() -> &'static str {
    if cfg!(unix) {
        return file!();
    }
    stringify!(sleep(Duration::from_secs(1)))
}

macro_rules! unwrap_or_return {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(_) => return,
        }
    };
}

struct Store;

impl Store {
    fn open() -> std::io::Result<Store> {
        Ok(Store)
    }

    fn load(&self) {
        sleep(Duration::from_secs(1));
    }
}

async fn result_of_a_macro_bad() {
    let store = unwrap_or_return!(Store::open());
    store.load(); //~ MISSED blocking-call-in-async: what a macro of the project gives has no type
}

thread_local! {
    static STORE: Store = Store;
}

async fn thread_local_bad() {
    STORE.with(|store| store.load()); //~ MISSED blocking-call-in-async: a name that `thread_local!` makes is not known as a `LocalKey`
}

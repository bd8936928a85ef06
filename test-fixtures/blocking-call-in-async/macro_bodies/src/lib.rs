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

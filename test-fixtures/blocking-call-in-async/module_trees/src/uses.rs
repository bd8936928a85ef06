use crate::net::{self, Client};
use crate::prelude::*;
use crate::{inline::deeper, placed};

pub async fn from_the_crate_bad() {
    crate::pause(); //~ blocking-call-in-async: sleep
}

pub async fn from_above_bad() {
    super::pause(); //~ blocking-call-in-async: sleep
}

pub async fn inline_module_bad() {
    deeper::wait(); //~ blocking-call-in-async: sleep
}

pub async fn renamed_and_through_a_glob_bad() {
    renamed(); //~ blocking-call-in-async: sleep
}

pub async fn written_path_bad() {
    placed::wait(); //~ blocking-call-in-async: sleep
}

pub async fn module_renamed_bad() {
    somewhere::wait(); //~ blocking-call-in-async: sleep
}

pub async fn through_two_globs_bad() -> Client {
    connect() //~ blocking-call-in-async: sleep
}

pub async fn re_exported_bad() {
    net::halt(); //~ blocking-call-in-async: sleep
}

pub async fn method_of_a_type_through_a_glob_bad(client: &Client) {
    client.load(); //~ blocking-call-in-async: sleep
}

pub async fn by_its_full_path_bad(client: &crate::net::client::Client) {
    crate::net::client::Client::load(client); //~ blocking-call-in-async: sleep
}

pub async fn one_of_two_platforms_bad() {
    crate::platform::flush(); //~ blocking-call-in-async: sleep
}

pub async fn imported_in_the_function_bad() {
    use crate::net::serve as run;
    run(); //~ blocking-call-in-async: sleep
}

pub async fn module_in_a_function_bad() {
    mod local {
        pub fn wait() {
            crate::pause();
        }
    }
    local::wait(); //~ blocking-call-in-async: sleep
}

pub async fn another_function_of_the_module_ok() {
    net::client::connect_later();
}

pub async fn others_ok(client: &Client) -> (&'static str, &'static str) {
    client.name();
    (deeper::name(), placed::name())
}

pub async fn own_function_before_a_glob_ok() {
    serve();
}

fn serve() {}

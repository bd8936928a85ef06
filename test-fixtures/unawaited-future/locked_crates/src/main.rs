use courier::prelude::*;
use courier::{lazily, spawned};
use post as mail;

struct App {
    client: Client,
}

impl App {
    async fn methods_bad(&self) {
        self.client.fetch(); //~ unawaited-future: `courier::client::Client::fetch` is never awaited
        self.client.wire.flush(); //~ unawaited-future: `courier_wire::Wire::flush` is never awaited
        self.client.deliver(); //~ unawaited-future
    }

    async fn methods_ok(&self) {
        self.client.fetch().await;
        self.client.wire.flush().await;
    }
}

async fn functions_bad(wire: &mail::Wire) {
    courier::ping(); //~ unawaited-future: `courier::ping` is never awaited
    courier::extra::more(); //~ unawaited-future
    wire.flush(); //~ unawaited-future
    known::called(); //~ unawaited-future: `other_name::called` is never awaited
    local::near(); //~ unawaited-future: `local::near` is never awaited
    lazily(); //~ unawaited-future
}

async fn perhaps_a_task_of_its_own_ok() {
    spawned();
}

async fn generated_by_a_build_script_ok() {
    courier::generated();
}

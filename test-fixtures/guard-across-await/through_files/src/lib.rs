pub mod shared;
pub mod state;

use shared::Shared;

pub async fn refresh_bad(shared: &Shared) {
    let entries = shared.entries(); //~ guard-across-await
    publish(entries.len()).await;
}

pub async fn count_ok(shared: &Shared) {
    let count = shared.entries().len();
    publish(count).await;
}

async fn publish(_: usize) {}

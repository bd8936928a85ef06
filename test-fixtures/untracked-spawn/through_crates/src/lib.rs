pub mod jobs;
mod spawning;

use jobs::Queue;

pub fn dropped_bad(queue: &Queue) {
    queue.start(); //~ untracked-spawn
}

pub async fn awaited_ok(queue: &Queue) {
    queue.start().await.unwrap();
}

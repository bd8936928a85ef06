use crate::spawning::background;
use tokio::task::JoinHandle;

pub struct Queue;

impl Queue {
    pub fn start(&self) -> JoinHandle<()> {
        background(async {})
    }
}

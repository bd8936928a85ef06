use crate::interfaces::{Above, Asynchronous, Native, One, Provides, Several};
use async_trait::async_trait;
use std::thread::sleep;
use std::time::Duration;

pub struct Remote;
pub struct Memory;

impl One for Remote {
    fn load(&self) {
        sleep(Duration::from_secs(1));
    }

    fn make() -> Self {
        Remote
    }
}

impl Above for Remote {}

impl Several for Remote {
    fn load(&self) {
        sleep(Duration::from_secs(1));
    }

    fn size(&self) -> usize {
        1
    }
}

impl Several for Memory {
    fn load(&self) {}

    fn size(&self) -> usize {
        2
    }
}

pub struct Factory;

impl Provides for Factory {
    type Output = Remote;

    fn provide(&self) -> Self::Output {
        Remote
    }
}

#[async_trait]
impl Asynchronous for Remote {
    async fn fetch(&self) {
        self.prepare(); //~ blocking-call-in-async: sleep
    }

    fn prepare(&self) {
        sleep(Duration::from_secs(1));
    }
}

impl Native for Remote {
    async fn fetch(&self) {
        sleep(Duration::from_secs(1)); //~ blocking-call-in-async: sleep
    }
}

impl Native for Memory {
    async fn fetch(&self) {
        tokio::task::yield_now().await;
    }
}

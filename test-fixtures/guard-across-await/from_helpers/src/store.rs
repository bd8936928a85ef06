use std::sync::{Mutex, MutexGuard};

pub struct Store {
    count: Mutex<u64>,
    slow: tokio::sync::Mutex<u64>,
}

static REGISTRY: Mutex<Vec<String>> = Mutex::new(Vec::new());

pub fn registry() -> MutexGuard<'static, Vec<String>> {
    REGISTRY.lock().unwrap()
}

pub fn lock(store: &Store) -> MutexGuard<'_, u64> {
    store.count.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

pub async fn lock_or_wait(store: &Store) -> tokio::sync::MutexGuard<'_, u64> {
    store.slow.lock().await
}

impl Store {
    pub fn locked(&self) -> MutexGuard<'_, u64> {
        self.count.lock().unwrap()
    }

    pub fn locked_again(&self) -> impl std::ops::Deref<Target = u64> + '_ {
        self.locked()
    }

    pub fn count(&self) -> u64 {
        *self.count.lock().unwrap()
    }
}

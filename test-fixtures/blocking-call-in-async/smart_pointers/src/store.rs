use std::ops::{Deref, DerefMut};

pub struct Store;

impl Store {
    pub fn load(&self) {
        std::thread::sleep(std::time::Duration::from_secs(1));
    }

    pub fn name(&self) -> &str {
        "store"
    }
}

pub struct Memory;

impl Memory {
    pub fn load(&self) {}
}

pub struct Handle {
    inner: Store,
}

impl Deref for Handle {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.inner
    }
}

impl DerefMut for Handle {
    fn deref_mut(&mut self) -> &mut Store {
        &mut self.inner
    }
}

pub struct Wrapper<T>(T);

impl<T> Deref for Wrapper<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Has a method of that name of its own.
pub struct Guarded {
    inner: Store,
}

impl Guarded {
    pub fn load(&self) {}
}

impl Deref for Guarded {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.inner
    }
}

use async_trait::async_trait;

pub trait One {
    fn load(&self);

    fn reload(&self) {
        self.load();
    }

    fn name(&self) -> &str {
        "one"
    }

    fn make() -> Self
    where
        Self: Sized;
}

pub trait Several {
    fn load(&self);
    fn size(&self) -> usize;
}

pub trait Nobody {
    fn load(&self);
}

pub trait Above: One {
    fn above(&self) {
        self.reload();
    }
}

pub trait Extension {
    fn wait_for_it(&self);
    fn quick(&self) {}
}

impl<T: One> Extension for T {
    fn wait_for_it(&self) {
        self.load();
    }
}

pub trait Provides {
    type Output: One;

    fn provide(&self) -> Self::Output;

    fn provide_named(&self, _name: &str) -> Self::Output {
        self.provide()
    }
}

#[async_trait]
pub trait Asynchronous: Send + Sync {
    async fn fetch(&self);
    fn prepare(&self);
}

pub trait Native {
    async fn fetch(&self);
}

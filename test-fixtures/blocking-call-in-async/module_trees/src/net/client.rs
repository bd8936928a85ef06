use super::server::serve;

pub struct Client;

impl Client {
    pub fn load(&self) {
        serve();
    }

    pub fn name(&self) -> &str {
        "client"
    }
}

pub fn connect() -> Client {
    crate::pause();
    Client
}

pub fn connect_later() {}

pub enum Mode {
    Fast,
    Slow,
}

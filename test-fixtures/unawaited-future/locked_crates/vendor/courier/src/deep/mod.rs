use crate::client::Client;

impl Client {
    pub fn new() -> Client {
        todo!()
    }

    pub async fn fetch(&self) -> Vec<u8> {
        Vec::new()
    }
}

impl crate::Deliver for Client {
    async fn deliver(&self) {}
}

pub async fn ping() -> bool {
    true
}

use crate::net::token;

#[derive(Default)]
pub struct Store;

impl Store {
    pub fn load(&self) {
        token::refresh();
    }

    pub fn name(&self) -> &'static str {
        "store"
    }
}

pub struct Store;

impl Store {
    pub fn load(&self) -> u32 {
        std::thread::sleep(std::time::Duration::from_secs(1));
        1
    }

    pub fn size(&self) -> u32 {
        1
    }

    pub fn open() -> std::io::Result<Store> {
        Ok(Store)
    }

    pub fn inner(&self) -> Option<&Store> {
        None
    }
}

pub enum Backend {
    Remote(Store),
    Named { store: Store, size: u32 },
    Memory,
}

pub fn pair() -> (Store, u32) {
    (Store, 1)
}

pub fn all() -> Vec<Store> {
    Vec::new()
}

pub struct Store {
    pub name: String,
}

pub struct Other;

pub type Shared = std::sync::Arc<Store>;
pub type Found = Result<Store, std::io::Error>;
pub type Named<T> = (String, T);

impl Store {
    pub const LIMIT: u32 = 3;

    pub fn new() -> Self {
        Self { name: String::new() }
    }

    pub fn open() -> std::io::Result<Self> {
        Ok(Self::new())
    }

    pub fn builder() -> Builder {
        Builder::default()
    }
}

impl Default for Store {
    fn default() -> Self {
        Self::new()
    }
}

impl From<String> for Store {
    fn from(name: String) -> Self {
        Self { name }
    }
}

#[derive(Default)]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    pub fn name(mut self, name: &str) -> Self {
        self.name = Some(name.to_owned());
        self
    }

    pub fn size(&mut self, _size: u32) -> &mut Self {
        self
    }

    pub fn build(self) -> Store {
        Store::new()
    }
}

use std::str::FromStr;
use std::thread::sleep;
use std::time::Duration;

pub struct Store;

impl Store {
    pub fn load(&self) -> u32 {
        sleep(Duration::from_secs(1));
        1
    }
}

impl FromStr for Store {
    type Err = ();

    fn from_str(_text: &str) -> Result<Store, ()> {
        Ok(Store)
    }
}

pub struct Name;

impl Name {
    pub fn load(&self) {}
}

impl FromStr for Name {
    type Err = ();

    fn from_str(_text: &str) -> Result<Name, ()> {
        Ok(Name)
    }
}

/// Asks a server while it is made.
pub struct Remote;

impl FromStr for Remote {
    type Err = ();

    fn from_str(_text: &str) -> Result<Remote, ()> {
        sleep(Duration::from_secs(1));
        Ok(Remote)
    }
}

impl From<u32> for Remote {
    fn from(_id: u32) -> Remote {
        sleep(Duration::from_secs(1));
        Remote
    }
}

impl TryFrom<&str> for Remote {
    type Error = ();

    fn try_from(_text: &str) -> Result<Remote, ()> {
        sleep(Duration::from_secs(1));
        Ok(Remote)
    }
}

pub struct Source {
    stores: Vec<Store>,
}

impl<'a> IntoIterator for &'a Source {
    type Item = &'a Store;
    type IntoIter = std::slice::Iter<'a, Store>;

    fn into_iter(self) -> Self::IntoIter {
        self.stores.iter()
    }
}

//! A short wait at the first use of something that an object keeps delays nobody; a long one does.

use std::path::{Path, PathBuf};

struct Disk;

impl Disk {
    fn new(root: &Path) -> Disk {
        if root.exists() {}
        Disk
    }

    fn read(root: &Path) -> Disk {
        std::fs::read(root).ok();
        Disk
    }
}

enum Lazy {
    Empty { root: PathBuf },
    Full(Disk),
}

impl Lazy {
    fn get(&mut self) -> &mut Disk {
        match self {
            Lazy::Empty { root } => {
                *self = Lazy::Full(Disk::new(root));
                self.get()
            }
            Lazy::Full(disk) => disk,
        }
    }

    fn read(&mut self) -> &mut Disk {
        match self {
            Lazy::Empty { root } => {
                *self = Lazy::Full(Disk::read(root));
                self.read()
            }
            Lazy::Full(disk) => disk,
        }
    }
}

struct Holder {
    lazy: Lazy,
    state: State,
}

enum State {
    Waiting,
    Ready(Disk),
}

impl Holder {
    fn fill(&mut self, root: &Path) {
        if let State::Waiting = self.state {
            self.state = State::Ready(Disk::new(root));
        }
    }

    /// Each turn asks again.
    fn turn(&mut self, root: &Path) {
        match self.state {
            State::Waiting => self.state = State::Ready(Disk::new(root)),
            State::Ready(_) => self.state = State::Waiting,
        }
    }

    async fn short_ok(&mut self) {
        self.lazy.get();
        self.fill(Path::new("x"));
    }

    async fn long_bad(&mut self) {
        self.lazy.read(); //~ file-access-in-async: std::fs::read
    }

    async fn each_time_bad(&mut self) {
        self.turn(Path::new("x")); //~ file-access-in-async: std::path::Path::exists
    }
}

//! Methods are found through what bounds a type parameter, wherever it is declared.

use std::fs;
use std::io;

trait Backend {
    fn load(&self, name: &str) -> io::Result<String>;
}

#[derive(Clone)]
struct Disk;

impl Backend for Disk {
    fn load(&self, name: &str) -> io::Result<String> {
        fs::read_to_string(name)
    }
}

trait Counter {
    fn load(&self, name: &str) -> io::Result<String>;
}

struct Memory;

impl Counter for Memory {
    fn load(&self, name: &str) -> io::Result<String> {
        Ok(name.to_owned())
    }
}

fn made<B>() -> B {
    unimplemented!()
}

fn same<S>(store: S) -> S {
    store
}

struct Cache<B> {
    backend: B,
}

impl<B: Backend + Clone> Cache<B> {
    async fn through_a_field_bad(&self) -> io::Result<String> {
        self.backend.load("a") //~ file-access-in-async
    }

    async fn through_a_clone_bad(&self) -> io::Result<String> {
        self.backend.clone().load("a") //~ file-access-in-async
    }

    /// The other function's parameter has the same name, and nothing is known of it.
    async fn another_parameter_ok(&self) -> io::Result<String> {
        made().load("a")
    }
}

struct Counted<B> {
    backend: B,
}

impl<B> Counted<B>
where
    B: Counter,
{
    async fn through_another_bound_ok(&self) -> io::Result<String> {
        self.backend.load("a")
    }
}

struct Loader<B>(B);

impl<B> Loader<B>
where
    B: Backend,
{
    async fn where_clause_bad(&self) -> io::Result<String> {
        self.0.load("a") //~ file-access-in-async
    }
}

async fn first_of_two_bounds_bad<B: Clone + Backend>(backend: &B) -> io::Result<String> {
    backend.clone().load("a") //~ file-access-in-async
}

async fn given_back_bad() -> io::Result<String> {
    same(Disk).load("a") //~ file-access-in-async
}

async fn given_back_ok() -> io::Result<String> {
    same(Memory).load("a")
}

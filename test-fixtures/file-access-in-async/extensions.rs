//! Methods that traits give to types of others.

use futures::future::FutureExt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

trait Clean {
    fn clean(&self) -> io::Result<()>;
}

impl Clean for Path {
    fn clean(&self) -> io::Result<()> {
        fs::remove_dir_all(self)
    }
}

trait Report {
    fn report(&self, text: &str) -> io::Result<()> {
        fs::write("report", text)
    }

    fn count(&self) -> usize {
        0
    }
}

impl<T: AsRef<Path>> Report for T {}

trait Label {
    fn label(&self) -> String;
}

impl Label for Command {
    fn label(&self) -> String {
        "command".to_owned()
    }
}

async fn for_a_type_of_the_library_bad(path: PathBuf) -> io::Result<()> {
    path.clean() //~ file-access-in-async
}

async fn for_all_that_fit_bad(path: &Path) -> io::Result<()> {
    path.report("done") //~ file-access-in-async
}

async fn for_all_that_fit_ok(path: &Path) -> usize {
    path.count()
}

async fn for_another_type_ok(command: Command) -> String {
    command.label()
}

async fn name() -> PathBuf {
    PathBuf::from("a")
}

async fn in_scope_bad() -> bool {
    name().map(|path| path.exists()).await //~ file-access-in-async
}

mod without_the_trait {
    use std::path::PathBuf;

    trait Elsewhere {
        fn map<T>(self, with: impl FnOnce(PathBuf) -> T) -> Option<T>;
    }

    async fn nobody_knows_ok<N: Elsewhere>(name: N) -> Option<bool> {
        name.map(|path| path.exists())
    }
}

async fn sorted_bad(mut paths: Vec<PathBuf>) {
    paths.sort_by(|a, b| a.exists().cmp(&b.exists())); //~ file-access-in-async
}

async fn on_a_condition_bad(wanted: bool) -> Option<bool> {
    wanted.then(|| Path::new("a").exists()) //~ file-access-in-async
}

async fn folded_bad(paths: Vec<PathBuf>) -> io::Result<()> {
    paths.iter().try_fold((), |_, path| fs::remove_file(path)) //~ file-access-in-async
}

//! A test ends with everything that it started.

#[tokio::test]
async fn in_a_test_ok() {
    tokio::spawn(async {});
}

#[tokio::main]
async fn main() {
    tokio::spawn(async {}); //~ untracked-spawn: tokio::spawn
}

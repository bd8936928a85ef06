//! Work of thread pools and other runtimes, seen from a loop.

use std::process::Command;
use std::thread;
use std::time::Duration;

async fn rayon_ok() {
    rayon::spawn(|| thread::sleep(Duration::from_secs(1)));
}

async fn tokio_process_ok() {
    tokio::process::Command::new("make").status().await.unwrap();
}

async fn built_but_not_run_ok() -> Command {
    let mut command = Command::new("make");
    command.arg("all").env("A", "b");
    command
}

async fn blocking_command_passed_on_bad(mut command: Command) {
    run(&mut command); //~ blocking-call-in-async
}

fn run(command: &mut Command) {
    let status = command.status();
    drop(status);
}

async fn iterated_here_bad(urls: Vec<String>) {
    urls.iter().for_each(|_| thread::sleep(Duration::from_secs(1))); //~ blocking-call-in-async
}

async fn in_a_match_bad(choice: Option<u8>) {
    match choice {
        Some(_) => thread::sleep(Duration::from_secs(1)), //~ blocking-call-in-async
        None => tokio::time::sleep(Duration::from_secs(1)).await,
    }
}

async fn question_mark_bad() -> std::io::Result<()> {
    let child = Command::new("make").spawn()?; //~ blocking-call-in-async
    let output = child.wait_with_output()?; //~ blocking-call-in-async
    drop(output);
    Ok(())
}

async fn let_else_bad() {
    let Ok(_) = Command::new("make").output() else { return }; //~ blocking-call-in-async
}

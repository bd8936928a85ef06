use std::io;
use std::thread;
use tokio::task::{JoinHandle, JoinSet};

async fn fetch(_key: u32) -> io::Result<u32> {
    Ok(1)
}

async fn count(_key: u32) -> u32 {
    1
}

fn load() -> io::Result<()> {
    Ok(())
}

async fn wildcard_bad() {
    let job = tokio::spawn(fetch(1));
    let _ = job.await; //~ lost-task-error: the result of the task is dropped
}

async fn statement_bad() {
    tokio::spawn(fetch(1)).await.unwrap(); //~ lost-task-error: the result of the task is dropped
}

async fn ok_bad() {
    let job = tokio::spawn(fetch(1));
    job.await.ok(); //~ lost-task-error
}

async fn question_bad() -> Result<(), tokio::task::JoinError> {
    tokio::spawn(fetch(1)).await?; //~ lost-task-error
    Ok(())
}

async fn named_bad() {
    let _result = tokio::spawn(fetch(1)).await; //~ lost-task-error
}

async fn dropped_bad() {
    drop(tokio::spawn(fetch(1)).await); //~ lost-task-error
}

async fn block_bad() {
    let job = tokio::spawn(async { load() });
    let _ = job.await; //~ lost-task-error
}

async fn blocking_bad() {
    let _ = tokio::task::spawn_blocking(load).await; //~ lost-task-error
}

fn thread_bad() {
    let job = thread::spawn(load);
    let _ = job.join(); //~ lost-task-error
}

fn thread_unwrapped_bad() {
    let job = thread::spawn(move || load());
    job.join().unwrap(); //~ lost-task-error
}

async fn field_bad(job: JoinHandle<io::Result<()>>) {
    let _ = job.await; //~ lost-task-error
}

async fn join_all_bad(jobs: Vec<JoinHandle<io::Result<()>>>) {
    futures::future::join_all(jobs).await; //~ lost-task-error
}

async fn set_bad(mut jobs: JoinSet<io::Result<()>>) {
    while let Some(_) = jobs.join_next().await {} //~ lost-task-error
}

async fn awaited_ok() -> io::Result<u32> {
    tokio::spawn(fetch(1)).await.unwrap()
}

async fn both_ok() -> Result<u32, Box<dyn std::error::Error>> {
    Ok(tokio::spawn(fetch(1)).await??)
}

async fn unwrapped_ok() {
    tokio::spawn(fetch(1)).await.unwrap().unwrap();
}

async fn matched_ok() {
    match tokio::spawn(fetch(1)).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => eprintln!("{error}"),
        Err(error) => eprintln!("{error}"),
    }
}

async fn tested_ok() {
    if let Err(error) = tokio::spawn(fetch(1)).await {
        eprintln!("{error}");
    }
}

async fn plain_ok() {
    let job = tokio::spawn(count(1));
    let _ = job.await;
}

async fn aborted_ok() {
    let job = tokio::spawn(fetch(1));
    job.abort();
    let _ = job.await;
}

async fn set_read_ok(mut jobs: JoinSet<io::Result<()>>) -> io::Result<()> {
    while let Some(job) = jobs.join_next().await {
        job.unwrap()?;
    }
    Ok(())
}

fn joined_ok() -> io::Result<()> {
    thread::spawn(load).join().unwrap()
}

async fn join_all_ok(jobs: Vec<JoinHandle<io::Result<()>>>) -> io::Result<()> {
    for job in futures::future::join_all(jobs).await {
        job.unwrap()?;
    }
    Ok(())
}

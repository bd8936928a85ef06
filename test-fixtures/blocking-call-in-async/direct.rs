use std::io::{self, BufRead, Read};
use std::net::{TcpStream, ToSocketAddrs};
use std::process::Command;
use std::thread;
use std::time::Duration;

async fn sleep_bad() {
    std::thread::sleep(Duration::from_secs(1)); //~ blocking-call-in-async: std::thread::sleep
}

async fn imported_module_bad() {
    thread::sleep(Duration::from_millis(500)); //~ blocking-call-in-async: std::thread::sleep
}

async fn renamed_bad() {
    use std::thread::sleep as nap;
    nap(Duration::from_secs(1)); //~ blocking-call-in-async: std::thread::sleep
}

async fn connect_bad() -> io::Result<TcpStream> {
    TcpStream::connect("example.org:80") //~ blocking-call-in-async
}

async fn read_socket_bad(mut stream: TcpStream) -> io::Result<usize> {
    let mut buffer = [0; 8];
    stream.read(&mut buffer) //~ blocking-call-in-async
}

async fn process_bad() -> io::Result<()> {
    Command::new("make").arg("all").status()?; //~ blocking-call-in-async
    Ok(())
}

async fn process_output_bad() {
    let output = Command::new("make").output().unwrap(); //~ blocking-call-in-async
    drop(output);
}

async fn terminal_bad() {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap(); //~ blocking-call-in-async
}

async fn http_bad(url: &str) -> reqwest::Result<String> {
    reqwest::blocking::get(url)?.text() //~ blocking-call-in-async
}

async fn client_bad(client: reqwest::blocking::Client, url: &str) {
    client.get(url).send().unwrap(); //~ blocking-call-in-async
}

fn block_bad() -> impl Future<Output = ()> {
    async {
        thread::sleep(Duration::from_secs(1)); //~ blocking-call-in-async: std::thread::sleep
    }
}

async fn async_closure_bad() {
    let work = async || thread::sleep(Duration::from_secs(1)); //~ blocking-call-in-async: std::thread::sleep
    work().await;
}

async fn macro_argument_bad(url: &str) {
    println!("{:?}", reqwest::blocking::get(url)); //~ blocking-call-in-async
}

async fn select_handler_bad(mut ready: tokio::sync::mpsc::Receiver<u8>) {
    tokio::select! {
        _ = ready.recv() => {
            thread::sleep(Duration::from_secs(1)); //~ blocking-call-in-async: std::thread::sleep
        }
        _ = tokio::time::sleep(Duration::from_secs(1)) => {}
    }
}

struct Poller;

impl Poller {
    async fn poll_bad(&self) {
        loop {
            thread::sleep(Duration::from_secs(1)); //~ blocking-call-in-async: std::thread::sleep
        }
    }
}

fn sync_ok() {
    thread::sleep(Duration::from_secs(1));
}

async fn tokio_sleep_ok() {
    tokio::time::sleep(Duration::from_secs(1)).await;
}

async fn async_client_ok(url: &str) -> reqwest::Result<reqwest::Response> {
    reqwest::get(url).await
}

async fn closure_only_made_ok() -> impl Fn() {
    || thread::sleep(Duration::from_secs(1))
}

async fn bytes_ok() -> io::Result<usize> {
    let mut source: &[u8] = b"abc";
    let mut buffer = [0; 8];
    source.read(&mut buffer)
}

async fn own_function() {
    mod thread {
        pub fn sleep(_: u64) {}
    }
    thread::sleep(1);
}

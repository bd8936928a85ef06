//! Addresses that are known need no look-up; names do.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::time::Duration;

async fn listener_of_an_address_ok(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address)
}

async fn listener_of_a_made_address_ok() -> io::Result<TcpListener> {
    let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
    TcpListener::bind(address)
}

async fn listener_of_a_borrowed_address_ok(address: &SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address)
}

async fn listener_by_name_bad() -> io::Result<TcpListener> {
    TcpListener::bind("localhost:0") //~ blocking-call-in-async: std::net::TcpListener::bind
}

async fn listener_by_unknown_name_bad(name: &str) -> io::Result<TcpListener> {
    TcpListener::bind((name, 80)) //~ blocking-call-in-async: std::net::TcpListener::bind
}

async fn connect_to_an_address_bad(address: SocketAddr) -> io::Result<TcpStream> {
    TcpStream::connect(address) //~ blocking-call-in-async: std::net::TcpStream::connect
}

async fn connect_with_a_limit_bad(address: &SocketAddr) -> io::Result<TcpStream> {
    TcpStream::connect_timeout(address, Duration::from_secs(1)) //~ blocking-call-in-async
}

async fn accept_bad(listener: TcpListener) -> io::Result<()> {
    let (_stream, _) = listener.accept()?; //~ blocking-call-in-async
    Ok(())
}

async fn datagrams_bad(socket: UdpSocket) -> io::Result<usize> {
    let mut buffer = [0; 512];
    socket.recv(&mut buffer) //~ blocking-call-in-async
}

async fn tokio_listener_ok() -> io::Result<tokio::net::TcpListener> {
    tokio::net::TcpListener::bind("localhost:0").await
}

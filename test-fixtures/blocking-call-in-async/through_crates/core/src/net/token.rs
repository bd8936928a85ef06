use std::net::TcpStream;

pub fn refresh() {
    connect();
}

fn connect() {
    TcpStream::connect("example.org:443").unwrap();
}

//! Other compressions: they wait as what they wrap.

use std::fs::File;
use std::io::{self, Cursor, Read};

async fn bzip2_bad(file: File) -> io::Result<usize> {
    let mut text = String::new();
    bzip2::read::BzDecoder::new(file).read_to_string(&mut text) //~ file-access-in-async: read_to_string
}

async fn bzip2_in_memory_ok(bytes: Vec<u8>) -> io::Result<usize> {
    let mut text = String::new();
    bzip2::read::BzDecoder::new(Cursor::new(bytes)).read_to_string(&mut text)
}

async fn xz_bad(file: File) -> io::Result<usize> {
    let mut text = String::new();
    xz2::read::XzDecoder::new(file).read_to_string(&mut text) //~ file-access-in-async: read_to_string
}

async fn xz_in_memory_ok(bytes: Vec<u8>) -> io::Result<usize> {
    let mut text = String::new();
    xz2::read::XzDecoder::new(Cursor::new(bytes)).read_to_string(&mut text)
}

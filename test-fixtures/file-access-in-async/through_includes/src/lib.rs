//! An included file is part of the module that includes it.

use std::fs;

pub struct Channel;

impl Channel {
    pub async fn close_bad(&self) {
        self.flush(); //~ file-access-in-async
    }
}

pub async fn function_of_the_file_bad() {
    clear(); //~ file-access-in-async
}

fn spill() {
    fs::write("spill", "").unwrap();
}

include!("parts/generated.rs");

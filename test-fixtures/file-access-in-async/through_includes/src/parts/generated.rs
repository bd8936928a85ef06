impl Channel {
    fn flush(&self) {
        spill();
    }
}

fn clear() {
    fs::remove_dir_all("spill").unwrap();
}

pub async fn function_of_the_includer_bad(channel: Channel) {
    channel.flush(); //~ file-access-in-async
}

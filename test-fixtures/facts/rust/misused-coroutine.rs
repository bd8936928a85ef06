fn spawn_on_a_thread() {
    std::thread::spawn(|| async { work().await });
    std::thread::spawn(move || -> u8 { 1 });
}
fn never_driven(ids: Vec<u8>) {
    ids.iter().map(|id| fetch(id)).for_each(drop);
    let f = async |x: u8| x;
}

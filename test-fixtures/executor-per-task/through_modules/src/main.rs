mod bridge;

async fn fetch(id: u32) -> u32 {
    id
}

fn all_bad(ids: &[u32]) -> Vec<u32> {
    ids.iter().map(|id| bridge::block_on(fetch(*id))).collect() //~ executor-per-task: makes a runtime with `tokio::runtime::Builder::build`
}

fn one_ok(id: u32) -> u32 {
    bridge::block_on(fetch(id))
}

fn main() {
    println!("{:?} {}", all_bad(&[1, 2]), one_ok(3));
}

use std::sync::Arc;
struct State {
    remote: Option<Remote>,
    disk: Disk,
}
async fn all(state: Arc<State>) -> io::Result<()> {
    if let Some(remote) = &state.remote {
        remote.get(URL)?;
    }
    println!("{:?}", state.disk.read("b"));
    Ok(())
}

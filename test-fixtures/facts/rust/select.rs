// MODEL 20: arms, handlers, and what is pinned outside.
async fn turn(s: &mut Stream, tick: Interval) {
    let f = pin!(work());
    loop {
        tokio::select! {
            biased;
            r = s.read_exact(&mut buf) => { use_it(r); }
            _ = tick.tick(), if tick.is_on() => log(),
            Some(x) = &mut f => x.done().await,
            else => break,
        }
    }
}
fn channels(r: Receiver<u8>) {
    crossbeam::select! {
        recv(r) -> message => handle(message),
        default(TIMEOUT) => {}
    }
}
async fn both() {
    let (a, b) = tokio::join!(left(), right());
    futures::select! {
        x = left().fuse() => x,
        complete => return,
    }
}

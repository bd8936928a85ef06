// Runs that end in other ways than with their scope.
async fn ends(m: &Mutex<u8>, x: bool) -> Guard {
    let mut g = m.lock();
    g = m.lock();
    match x {
        true => consume(g, wait().await),
        false => wait().await,
    }
    let later;
    if x {
        later = m.lock();
    }
    let kept = m.lock();
    let copy = kept;
    return copy;
}

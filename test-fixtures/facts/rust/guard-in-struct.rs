// MODEL 7: a struct literal holds the guard.
async fn hold(m: &Mutex<u8>) {
    let w = W { g: m.lock().unwrap(), n: 1, ..W::default() };
    let o = Some(w);
    f().await;
    drop(o);
}

// MODEL 4: neither extent contains the other.
async fn hand_over(m: &Mutex<A>, n: &Mutex<B>) {
    let a = m.lock();
    let b = n.lock();
    drop(a);
    f().await;
}

// MODEL 11: through `?`, a builder, a vector.
use futures::future::join_all;
async fn start(xs: Vec<u8>, ys: Vec<u8>) -> io::Result<()> {
    let _j = tokio::task::Builder::new().name("x").spawn(work())?;
    let mut hs = Vec::<JoinHandle<()>>::with_capacity(2);
    for x in xs {
        hs.push(tokio::spawn(work(x)));
    }
    join_all(hs).await;
    tokio::spawn(async move { ys.len() });
    let _ = std::thread::spawn(|| ping());
    Ok(())
}

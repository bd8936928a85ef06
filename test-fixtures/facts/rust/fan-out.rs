// One task for each item, bounded and not.
async fn fan_out(urls: Vec<String>, sem: Arc<Semaphore>) {
    let all = join_all(urls.iter().map(|url| fetch(url))).await;
    stream::iter(&urls).map(|url| async move { fetch(url).await }).buffer_unordered(8).collect::<Vec<_>>().await;
    let mut set = JoinSet::new();
    for url in urls {
        let permit = sem.clone().acquire_owned().await.unwrap();
        set.spawn(async move {
            let _permit = permit;
            fetch(&url).await
        });
    }
    while let Some(result) = set.join_next().await {
        result.unwrap();
    }
}

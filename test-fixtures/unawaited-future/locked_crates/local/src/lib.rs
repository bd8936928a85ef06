pub async fn near() {}

pub async fn called() {}

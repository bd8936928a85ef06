pub async fn more() {}

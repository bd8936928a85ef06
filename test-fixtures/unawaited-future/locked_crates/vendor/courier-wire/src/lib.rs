pub struct Wire;

impl Wire {
    pub async fn flush(&self) -> usize {
        0
    }
}

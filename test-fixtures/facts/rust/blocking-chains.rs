// A chain of helpers, a trait's method, a path of several segments.
use std::{fs::File, io::Read, time::Duration};
fn load(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.read_to_string(&mut text)?;
    Ok(text)
}
impl Loader for Disk {
    fn load_all(&self) -> Vec<String> {
        self.paths.iter().filter_map(|path| load(path).ok()).collect::<Vec<String>>()
    }
}
pub async fn handler(disk: Arc<Disk>) -> usize {
    std::thread::sleep(Duration::from_millis(10));
    let all = disk.load_all();
    let n = tokio::task::spawn_blocking(move || disk.load_all()).await.unwrap().len();
    <Disk as Loader>::load_all(&disk);
    <Disk>::open();
    Vec::<u8>::new();
    all.len() + n
}

// MODEL 9: a lock that is taken again by a callee.
impl Store {
    fn put(&self, key: &str) {
        let map = self.lock.lock().unwrap();
        self.flush();
        map.insert(key);
    }
    fn flush(&self) {
        *self.lock.lock().unwrap() = Map::new();
    }
}

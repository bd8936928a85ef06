// A loop that polls a flag.
fn spin(flag: &AtomicBool) {
    while !flag.load(Ordering::Acquire) {
        std::hint::spin_loop();
    }
    loop {
        if let Ok(x) = rx.try_recv() {
            break x;
        }
    };
}

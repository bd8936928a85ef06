use std::ops::Add;
use std::time::Duration;

trait Slow<T> {
    fn settle(&self) {
        std::thread::sleep(Duration::from_secs(1));
    }
}

async fn own_bound_bad<T: Slow<T>>(value: T) {
    value.settle(); //~ blocking-call-in-async: std::thread::sleep
}

async fn sum_ok<T: Add<T, Output = T> + PartialOrd<T>>(a: T, b: T) -> bool {
    let sum: T = a + b;
    sum.partial_cmp(&sum).is_some()
}

async fn each_other_ok<A: Into<B>, B: Into<A>>(a: A) {
    let b: B = a.into();
    let a: A = b.into();
    drop(a);
}

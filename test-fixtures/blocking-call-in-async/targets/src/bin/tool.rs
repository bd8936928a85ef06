use targets::wait;

pub async fn in_a_binary_bad() {
    wait(); //~ blocking-call-in-async: sleep
}

fn main() {}

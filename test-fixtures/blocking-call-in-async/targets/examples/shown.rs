//! What an example does is at most possible.

use targets::wait;

pub async fn in_an_example_ok() {
    wait();
}

fn main() {}

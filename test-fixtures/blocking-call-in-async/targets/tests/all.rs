//! What a test does is at most possible.

use targets::wait;

#[tokio::test]
async fn in_a_test_ok() {
    wait();
}

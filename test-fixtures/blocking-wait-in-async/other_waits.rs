//! Waits of libraries that are about something else.

use rdkafka::consumer::BaseConsumer;
use std::time::Duration;

async fn kafka_poll_bad(consumer: BaseConsumer) {
    let _ = consumer.poll(Duration::from_secs(1)); //~ blocking-wait-in-async: rdkafka::consumer::BaseConsumer::poll
}

async fn redis_message_bad(mut subscription: redis::PubSub<'_>) {
    let _ = subscription.get_message(); //~ blocking-wait-in-async: redis::PubSub::get_message
}

async fn cell_bad(cell: &once_cell::sync::OnceCell<u8>) -> u8 {
    *cell.wait() //~ blocking-wait-in-async: once_cell::sync::OnceCell::wait
}

async fn spinning_bad(barrier: &spin::Barrier) {
    barrier.wait(); //~ blocking-wait-in-async: spin::Barrier::wait
}

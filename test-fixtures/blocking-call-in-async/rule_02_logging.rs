//! What a subscriber or logger does with a record is not followed.

use log::Log;
use std::thread;
use std::time::Duration;

struct SlowLogger;

impl log::Log for SlowLogger {
    fn enabled(&self, _metadata: &log::Metadata) -> bool {
        true
    }

    fn log(&self, _record: &log::Record) {
        thread::sleep(Duration::from_secs(1));
    }

    fn flush(&self) {
        thread::sleep(Duration::from_secs(1));
    }
}

fn install() {
    log::set_logger(&SlowLogger).unwrap();
}

async fn macros_ok(text: &str) {
    log::info!("started {text}");
    tracing::warn!(text, "late");
    tracing::debug_span!("work").in_scope(|| 1);
}

fn slow() -> u32 {
    thread::sleep(Duration::from_secs(1));
    1
}

async fn argument_bad() {
    tracing::info!("{}", slow()); //~ blocking-call-in-async: sleep
}

async fn called_by_hand_bad(record: &log::Record<'_>) {
    SlowLogger.log(record); //~ blocking-call-in-async: sleep
}

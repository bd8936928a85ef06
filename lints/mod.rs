//! The lints: one file each, and its page beside it.

mod blocking_call_in_async;
mod blocking_wait_in_async;
mod executor_per_task;
mod file_access_in_async;
mod guard_across_await;
mod lost_task_error;
mod misused_coroutine;
mod nested_event_loop;
mod oversized_worker_count;
mod swallowed_cancellation;
mod unawaited_future;
mod untracked_spawn;

use crate::lint::Lint;

/// All lints. Of several that complain of the same call, the one that stands first is told.
pub const ALL: &[&Lint] = &[
    &nested_event_loop::LINT,
    &blocking_call_in_async::LINT,
    &blocking_wait_in_async::LINT,
    &file_access_in_async::LINT,
    &executor_per_task::LINT,
    &oversized_worker_count::LINT,
    &guard_across_await::LINT,
    &misused_coroutine::LINT,
    &unawaited_future::LINT,
    &untracked_spawn::LINT,
    &lost_task_error::LINT,
    &swallowed_cancellation::LINT,
];

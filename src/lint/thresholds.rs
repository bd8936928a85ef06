//! The numbers from which lints complain: defaults, and the keys under which users set them.
//!
//! Holds no verdict: a lint decides what a number means.

/// Numbers that the user may set. Counts are of workers or of tasks at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// A constant timeout below it, in milliseconds, makes a wait brief.
    pub brief_timeout_ms: u64,
    /// Threads of a pool for work that waits, or whose work is not known.
    pub thread_pool: WorkerLimit,
    /// Processes or interpreters of a pool.
    pub process_pool: WorkerLimit,
    /// Threads on which an async runtime runs tasks.
    pub runtime_workers: WorkerLimit,
    /// Threads of a pool for computation.
    pub compute_pool: WorkerLimit,
    /// Threads that an async runtime keeps for blocking calls.
    pub blocking_threads: u64,
    /// Tasks or requests at a time that a semaphore, a limiter or a buffered stream lets through.
    pub concurrency: u64,
}

/// Where the size of a pool begins to be too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkerLimit {
    /// The largest number that is fine where the number is constant.
    pub count: u64,
    /// The largest multiple of the number of cores that is fine where the number depends on it.
    pub per_core: u64,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds {
            brief_timeout_ms: 100,
            thread_pool: WorkerLimit { count: 100, per_core: 8 },
            process_pool: WorkerLimit { count: 61, per_core: 2 },
            runtime_workers: WorkerLimit { count: 64, per_core: 4 },
            compute_pool: WorkerLimit { count: 64, per_core: 2 },
            blocking_threads: 4096,
            concurrency: 1000,
        }
    }
}

impl Thresholds {
    /// All keys, in the order in which they are documented.
    pub const KEYS: [&str; 11] = [
        "brief-timeout-ms",
        "thread-pool",
        "thread-pool-per-core",
        "process-pool",
        "process-pool-per-core",
        "runtime-workers",
        "runtime-workers-per-core",
        "compute-pool",
        "compute-pool-per-core",
        "blocking-threads",
        "concurrency",
    ];

    /// The number under a key; none for a key that there is not.
    pub fn get(&self, key: &str) -> Option<u64> {
        let mut copy = *self;
        copy.entry(key).map(|value| *value)
    }

    /// Sets the number under a key; whether there is such a key.
    pub fn set(&mut self, key: &str, value: u64) -> bool {
        let entry = self.entry(key);
        let is_known = entry.is_some();
        if let Some(entry) = entry {
            *entry = value;
        }
        is_known
    }

    fn entry(&mut self, key: &str) -> Option<&mut u64> {
        Some(match key {
            "brief-timeout-ms" => &mut self.brief_timeout_ms,
            "thread-pool" => &mut self.thread_pool.count,
            "thread-pool-per-core" => &mut self.thread_pool.per_core,
            "process-pool" => &mut self.process_pool.count,
            "process-pool-per-core" => &mut self.process_pool.per_core,
            "runtime-workers" => &mut self.runtime_workers.count,
            "runtime-workers-per-core" => &mut self.runtime_workers.per_core,
            "compute-pool" => &mut self.compute_pool.count,
            "compute-pool-per-core" => &mut self.compute_pool.per_core,
            "blocking-threads" => &mut self.blocking_threads,
            "concurrency" => &mut self.concurrency,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_a_number_of_its_own() {
        let mut changed = Thresholds::default();
        for (key, n) in Thresholds::KEYS.into_iter().zip(7_000_000..) {
            assert!(changed.set(key, n), "{key}");
        }
        for (key, n) in Thresholds::KEYS.into_iter().zip(7_000_000..) {
            assert_eq!(changed.get(key), Some(n), "{key}");
        }
        assert!(!changed.set("threads", 1));
        assert_eq!(changed.get("threads"), None);
    }
}

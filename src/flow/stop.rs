//! Ending work early.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Asked once for each unit and each pass; says when to give up. Counts units of work, not time.
#[derive(Clone, Debug)]
pub struct Stop {
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    requested: AtomicBool,
    /// Units that may still be worked on.
    left: AtomicU64,
}

/// The work was ended before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

impl Stop {
    /// Ends nothing unless [`Stop::request`]ed.
    pub fn never() -> Stop {
        Stop::after(u64::MAX)
    }

    /// Ends the work once that many units were worked on.
    pub fn after(units: u64) -> Stop {
        Stop { state: Arc::new(State { requested: AtomicBool::new(false), left: AtomicU64::new(units) }) }
    }

    /// Ends the work at its next question; from any thread.
    pub fn request(&self) {
        self.state.requested.store(true, Ordering::Relaxed);
    }

    /// Accounts for one unit.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.state.requested.load(Ordering::Relaxed) {
            return Err(Stopped);
        }
        let less = |left: u64| if left == u64::MAX { Some(left) } else { left.checked_sub(1) };
        match self.state.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less) {
            Ok(_) => Ok(()),
            Err(_) => Err(Stopped),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_after_its_units_or_when_asked() {
        let stop = Stop::after(1);
        assert_eq!((stop.check(), stop.check()), (Ok(()), Err(Stopped)));
        let stop = Stop::never();
        assert_eq!(stop.check(), Ok(()));
        stop.clone().request();
        assert_eq!(stop.check(), Err(Stopped));
    }
}

use crate::state::State;
use std::sync::{Arc, MutexGuard};

pub struct Shared {
    state: Arc<State>,
}

impl Shared {
    pub fn entries(&self) -> MutexGuard<'_, Vec<String>> {
        self.state.lock()
    }
}

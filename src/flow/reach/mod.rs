//! What reaches what: roots on the loop, witnesses carried up the calls, locks held over waits, who runs a function.

pub(super) mod carry;
pub(super) mod locks;
pub(super) mod makers;
pub(super) mod receivers;
pub(super) mod repeats;
pub(super) mod roots;
pub(super) mod runners;
pub(super) mod shares;
pub(super) mod summary;
pub(super) mod ways;

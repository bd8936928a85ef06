//! Rules that keep findings silent which would be wrong or not worth telling.
//!
//! Named only so that each can be left out: a program that is linked without one shows what it is good for.

/// One of the rules that are applied while linking or judging. What follows from the layout of the program has no
/// name here: logging is not descended into because it is a library, and nothing is matched by bare name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Code behind a test of the thread or the loop is off the loop.
    OffLoop,
    /// Taking a lock waits only if some section of the same lock does.
    ShortLocks,
    /// In code that only scripts, commands and tests reach nothing else waits.
    OneTask,
    /// Arguments and tests that make a call not wait.
    Arguments,
    /// Constants that are passed down choose the branch of the callee.
    Constants,
    /// What happens at the first use alone.
    Once,
    /// The body of what is handed to a worker runs there.
    Offloaded,
}

impl Rule {
    pub const ALL: [Rule; 7] =
        [Rule::OffLoop, Rule::ShortLocks, Rule::OneTask, Rule::Arguments, Rule::Constants, Rule::Once, Rule::Offloaded];
}

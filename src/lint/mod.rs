//! What a lint is, what it finds, and which of its findings are told.
//!
//! Lints ask [`Cx`] and answer with [`Finding`]s; levels and suppressions decide here what becomes of them. Nothing
//! here reads a file or knows how a finding is printed.

mod cx;
mod finding;
mod levels;
mod suggest;
mod suppress;
mod thresholds;
mod waits;

pub use cx::Cx;
pub use finding::{Finding, Place, Step};
pub use levels::{Levels, Selector};
pub use suggest::did_you_mean;
pub use suppress::{Allow, Problem, ProblemKind, Suppressions, allow_comment, extended_allow, non_blocking_comment};
pub use thresholds::{Thresholds, WorkerLimit};
pub use waits::{quoted, reaches, waits, worker};

pub use crate::flow::Certainty;

use crate::catalogue::Language;

/// One question asked of a program.
#[derive(Clone, Copy, Debug)]
pub struct Lint {
    /// Kebab-case; names the bad thing. The same name everywhere.
    pub name: &'static str,
    /// One line for lists: lower case, no full stop.
    pub summary: &'static str,
    pub family: Family,
    /// Its level where nothing is configured.
    pub level: Level,
    pub languages: &'static [Language],
    /// The version that first had it.
    pub since: &'static str,
    /// The text of its page, in Markdown.
    pub page: &'static str,
    /// Asked of each unit by itself it finds the same as asked of the whole program: what it says of a unit is kept until
    /// something changes that it asked for, in whatever file.
    pub check: fn(&Cx<'_>) -> Vec<Finding>,
}

impl Lint {
    /// Where the page of this version can be read: the file that was published with it.
    pub fn address(&self) -> String {
        let file = self.name.replace('-', "_");
        format!("https://docs.rs/crate/unsnarl/{}/source/lints/{file}.md", env!("CARGO_PKG_VERSION"))
    }
}

/// The part of concurrency that a lint is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    Blocking,
    Executors,
    Futures,
    Tasks,
    Locks,
    Cancellation,
    SharedState,
}

impl Family {
    pub const ALL: [Family; 7] = [
        Family::Blocking,
        Family::Executors,
        Family::Futures,
        Family::Tasks,
        Family::Locks,
        Family::Cancellation,
        Family::SharedState,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Family::Blocking => "blocking",
            Family::Executors => "executors",
            Family::Futures => "futures",
            Family::Tasks => "tasks",
            Family::Locks => "locks",
            Family::Cancellation => "cancellation",
            Family::SharedState => "shared-state",
        }
    }
}

/// How seriously the user takes a lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Not told.
    Allow,
    Warn,
    Deny,
}

impl Level {
    pub fn name(self) -> &'static str {
        match self {
            Level::Allow => "allow",
            Level::Warn => "warn",
            Level::Deny => "deny",
        }
    }

    /// The level of this name, or none.
    pub fn from_name(name: &str) -> Option<Level> {
        [Level::Allow, Level::Warn, Level::Deny].into_iter().find(|level| level.name() == name)
    }
}

/// How bad it is when it happens; greater is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Stalls for milliseconds.
    Brief,
    /// Stalls or leaks noticeably.
    Long,
    /// Deadlocks or panics.
    Fatal,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Brief => "brief",
            Severity::Long => "long",
            Severity::Fatal => "fatal",
        }
    }
}

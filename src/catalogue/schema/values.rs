//! What values of a type do: handles, locks, guards, what they open when they are entered.

use super::{BlockKind, Blocks, Catches, Stall, Suspends};
use serde::Deserialize;

/// What holding a value of the type obliges to.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Handle {
    /// `may-be-collected`, `detaches`, `cancels`, `aborts`, `joins`, `nothing`, `never-runs`.
    pub dropped: String,
    /// `lost`, `logged-late`.
    pub error: Option<String>,
}

/// Who waits for a lock, and whether its holder may take it again.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lock {
    pub mode: Option<String>,
    #[serde(default)]
    pub reentrant: bool,
    /// `threads`, `tasks`, `processes`.
    pub of: String,
}

/// What holding a guard means for a suspended function.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Guard {
    /// `lock`, `borrow`, `span`, `runtime`, `permit`.
    pub of: String,
    /// `deadlocks`, `panics`, `wrong-context`, `fine`.
    pub across_await: String,
}

/// What reading from a value waits for.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Device {
    pub kind: Option<BlockKind>,
    #[serde(default)]
    pub stall: Stall,
    /// A type parameter whose device it is.
    pub from: Option<String>,
    pub why: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Enter {
    pub returns: Option<String>,
    pub acquires: bool,
    pub opens: Option<String>,
    pub blocks: Vec<Blocks>,
    pub suspends: Option<Suspends>,
}

/// What leaving a `with` does.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exit {
    pub releases: bool,
    pub closes: Option<String>,
    pub blocks: Vec<Blocks>,
    pub catches: Option<Catches>,
    pub suspends: Option<Suspends>,
}

/// What dropping a value on a loop does.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InsideRuntime {
    pub does: String,
}

//! Which level a lint has: its own, then the configuration's, then the command line's, later ones winning.

use super::{Family, Level, Lint};

/// Which lints a setting is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    All,
    Family(Family),
    /// A lint, by its name.
    Lint(&'static str),
}

impl Selector {
    /// Reads `all`, the name of a family or the name of one of `lints`; none for anything else.
    pub fn parse(text: &str, lints: &[&'static Lint]) -> Option<Selector> {
        if text == "all" {
            return Some(Selector::All);
        }
        if let Some(family) = Family::ALL.into_iter().find(|family| family.name() == text) {
            return Some(Selector::Family(family));
        }
        lints.iter().find(|lint| lint.name == text).map(|lint| Selector::Lint(lint.name))
    }

    /// Every text that [`Selector::parse`] understands.
    pub fn names(lints: &[&'static Lint]) -> Vec<&'static str> {
        let families = Family::ALL.into_iter().map(Family::name);
        ["all"].into_iter().chain(families).chain(lints.iter().map(|lint| lint.name)).collect()
    }

    /// The text that it is parsed from.
    pub fn name(&self) -> &'static str {
        match self {
            Selector::All => "all",
            Selector::Family(family) => family.name(),
            Selector::Lint(name) => name,
        }
    }

    /// Whether a setting with it speaks of a lint.
    pub fn selects(&self, lint: &Lint) -> bool {
        match self {
            Selector::All => true,
            Selector::Family(family) => *family == lint.family,
            Selector::Lint(name) => *name == lint.name,
        }
    }
}

/// Settings of levels in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    settings: Vec<(Selector, Level)>,
}

impl Levels {
    /// Overrides what was set before.
    pub fn set(&mut self, selector: Selector, level: Level) {
        self.settings.push((selector, level));
    }

    pub fn level(&self, lint: &Lint) -> Level {
        let last = self.settings.iter().rev().find(|(selector, _)| selector.selects(lint));
        last.map_or(lint.level, |(_, level)| *level)
    }
}

//! What the evidence supports.

/// How certain an answer is; greater is more certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    Possible,
    Likely,
    Certain,
}

impl Certainty {
    pub const ALL: [Certainty; 3] = [Certainty::Possible, Certainty::Likely, Certainty::Certain];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::Possible => "possible",
            Certainty::Likely => "likely",
            Certainty::Certain => "certain",
        }
    }

    /// The certainty of this name, or none.
    pub fn from_name(name: &str) -> Option<Certainty> {
        Certainty::ALL.into_iter().find(|certainty| certainty.name() == name)
    }

    /// One step less certain; there is nothing below possible.
    pub fn lowered(self) -> Certainty {
        match self {
            Certainty::Certain => Certainty::Likely,
            Certainty::Likely | Certainty::Possible => Certainty::Possible,
        }
    }
}

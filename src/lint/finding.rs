//! What a lint found, before anything is decided about telling it.

use super::{Certainty, Severity};
use crate::text::{FileId, Span};

/// A stretch of one file's text; the span counts from the file's first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub file: FileId,
    pub span: Span,
}

/// A call on the way from the reported call to what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub at: Place,
    /// The function that the step is in, as people name it: `Store.load`, `store::load`.
    pub function: String,
    /// What happens there, in a few words: "calls `Store.load`".
    pub what: String,
}

/// One thing that a lint complains of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The lint's name; whoever runs the lint fills it in.
    pub lint: &'static str,
    pub at: Place,
    /// The function that the place is in; empty for a module's own code.
    pub function: String,
    /// Stands alone on one line: lower case, code in backticks, no full stop.
    pub message: String,
    /// Why here.
    pub label: String,
    pub certainty: Certainty,
    pub severity: Severity,
    /// From the step after the reported call down to the library call; empty where they are the same.
    pub chain: Vec<Step>,
    /// What waits at the end of the chain, as people name it: `time.sleep`; empty where it is no wait that is reached.
    pub reached: String,
    /// What to write instead, one line each.
    pub help: Vec<String>,
    /// Findings with equal, non-empty causes are one defect that is reached from several places.
    pub cause: String,
    /// Other lints that complain of the same call.
    pub also: Vec<&'static str>,
}

impl Finding {
    /// A certain finding that stalls long; the builder's methods say otherwise.
    pub fn at(at: Place, message: impl Into<String>) -> Finding {
        Finding {
            lint: "",
            at,
            function: String::new(),
            message: message.into(),
            label: String::new(),
            certainty: Certainty::Certain,
            severity: Severity::Long,
            chain: Vec::new(),
            reached: String::new(),
            help: Vec::new(),
            cause: String::new(),
            also: Vec::new(),
        }
    }

    pub fn in_function(mut self, function: impl Into<String>) -> Finding {
        self.function = function.into();
        self
    }

    pub fn label(mut self, label: impl Into<String>) -> Finding {
        self.label = label.into();
        self
    }

    pub fn through(mut self, chain: Vec<Step>) -> Finding {
        self.chain = chain;
        self
    }

    /// Names what waits at the end of the chain.
    pub fn reaching(mut self, name: impl Into<String>) -> Finding {
        self.reached = name.into();
        self
    }

    /// Adds a line of help.
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help.push(help.into());
        self
    }

    pub fn certainty(mut self, certainty: Certainty) -> Finding {
        self.certainty = certainty;
        self
    }

    pub fn severity(mut self, severity: Severity) -> Finding {
        self.severity = severity;
        self
    }

    pub fn cause(mut self, cause: impl Into<String>) -> Finding {
        self.cause = cause.into();
        self
    }

    /// The last place of the chain: the library call, or the reported call itself.
    pub fn source(&self) -> Place {
        self.chain.last().map_or(self.at, |step| step.at)
    }

    /// What stays the same when lines move: the lint, the file, the function, the message and the names on the chain.
    /// `ordinal` counts equal findings in the order of the file.
    pub fn fingerprint(&self, path: &str, ordinal: usize) -> u64 {
        let mut hash = Fnv::default();
        for part in [self.lint, path, &self.function, &self.message] {
            hash.part(part);
        }
        for step in &self.chain {
            hash.part(&step.function);
            hash.part(&step.what);
        }
        hash.part(&ordinal.to_string());
        hash.0
    }
}

/// FNV-1a with 64 bits: fingerprints outlive a process and a version of any dependency.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Parts end with a byte that no text holds.
    fn part(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_does_not_know_lines() {
        let place = |start| Place { file: FileId(0), span: Span::new(start, start + 4) };
        let early = Finding::at(place(10), "`time.sleep` blocks");
        let late = Finding::at(place(900), "`time.sleep` blocks");
        assert_eq!(early.fingerprint("a.py", 0), late.fingerprint("a.py", 0));
        assert_ne!(early.fingerprint("a.py", 0), late.fingerprint("a.py", 1));
        assert_ne!(early.fingerprint("a.py", 0), late.fingerprint("b.py", 0));
    }
}

//! Comments that silence: `unsnarl: allow(name, reason = "…")` and `unsnarl: non-blocking(reason = "…")`.
//!
//! Reads what front ends found as directives. What an `allow` covers is decided here; what `non-blocking` cuts, by the
//! linker.

use super::{Finding, Lint, Place, did_you_mean};
use crate::model::{Directive, FileFacts};
use crate::text::{FileId, Span};

/// An `allow` that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// The comment.
    pub comment: Place,
    /// The code that it speaks of, in the same file.
    pub covers: Span,
    /// Names that exist.
    pub lints: Vec<&'static str>,
}

impl Allow {
    /// Whether the finding's call, or the library call that ends its chain, stands in the code that this covers.
    fn silences(&self, finding: &Finding) -> bool {
        self.lints.contains(&finding.lint) && (self.holds(finding.at) || self.holds(finding.source()))
    }

    fn holds(&self, place: Place) -> bool {
        place.file == self.comment.file && self.covers.contains(place.span)
    }
}

/// A directive that is wrong, in part or as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub kind: ProblemKind,
    pub at: Place,
    pub message: String,
    pub help: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    UnknownLint,
    Malformed,
}

/// The directives of a program.
#[derive(Clone, Debug, Default)]
pub struct Suppressions {
    pub allows: Vec<Allow>,
    /// Functions that are said not to block: the comment, and the code that it speaks of.
    pub non_blocking: Vec<(Place, Span)>,
    pub problems: Vec<Problem>,
}

impl Suppressions {
    /// Reads the directives of all files; `lints` are those that there are, run or not.
    pub fn read<'f>(files: impl IntoIterator<Item = (FileId, &'f FileFacts)>, lints: &[&'static Lint]) -> Suppressions {
        let mut all = Suppressions::default();
        for (file, facts) in files {
            for directive in &facts.directives {
                all.add(file, directive, facts.text(directive.text), lints);
            }
        }
        all
    }

    /// Every `allow` that silences the finding, by its number in `allows`.
    pub fn silencing(&self, finding: &Finding) -> impl Iterator<Item = usize> {
        self.allows.iter().enumerate().filter(|(_, allow)| allow.silences(finding)).map(|(at, _)| at)
    }

    fn add(&mut self, file: FileId, directive: &Directive, text: &str, lints: &[&'static Lint]) {
        let comment = Place { file, span: directive.span };
        let parsed = match parse(text) {
            Ok(parsed) => parsed,
            Err((message, help)) => {
                self.problems.push(Problem { kind: ProblemKind::Malformed, at: comment, message, help });
                return;
            }
        };
        match parsed {
            Parsed::NonBlocking => self.non_blocking.push((comment, directive.covers)),
            Parsed::Allow(ParsedAllow { names, .. }) => {
                let mut known = Vec::new();
                for name in names {
                    match lints.iter().find(|lint| lint.name == name) {
                        Some(lint) => known.push(lint.name),
                        None => self.problems.push(unknown_lint(comment, name, lints)),
                    }
                }
                if !known.is_empty() {
                    self.allows.push(Allow { comment, covers: directive.covers, lints: known });
                }
            }
        }
    }
}

/// What a comment says that allows lints, from `unsnarl:` on.
pub fn allow_comment(lints: &[&str], reason: Option<&str>) -> String {
    let reason = reason.map(|reason| format!(", reason = {}", quoted(reason))).unwrap_or_default();
    format!("unsnarl: allow({}{reason})", lints.join(", "))
}

/// What a comment says of a function that does not block, from `unsnarl:` on.
pub fn non_blocking_comment(reason: &str) -> String {
    format!("unsnarl: non-blocking(reason = {})", quoted(reason))
}

/// What to insert into the text of an `allow`, and at which byte, so that it allows more lints. A reason that is there
/// stays. None if the text is no `allow`.
pub fn extended_allow(text: &str, lints: &[&str], reason: Option<&str>) -> Option<(usize, String)> {
    let Ok(Parsed::Allow(allow)) = parse(text) else { return None };
    let reason = reason.filter(|_| !allow.has_reason).map(|reason| format!(", reason = {}", quoted(reason)));
    let added: String = lints.iter().map(|lint| format!(", {lint}")).collect();
    Some((allow.end_of_names, added + &reason.unwrap_or_default()))
}

/// A text in double quotes on one line, as [`skip_quoted`] reads it.
fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\"{}\"", line.replace('\\', "\\\\").replace('"', "\\\""))
}

fn unknown_lint(at: Place, name: &str, lints: &[&'static Lint]) -> Problem {
    let help = match did_you_mean(name, lints.iter().map(|lint| lint.name)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`unsnarl lints` lists all lints".to_owned(),
    };
    Problem { kind: ProblemKind::UnknownLint, at, message: format!("there is no lint `{name}`"), help: Some(help) }
}

#[derive(Debug, PartialEq, Eq)]
enum Parsed<'t> {
    Allow(ParsedAllow<'t>),
    NonBlocking,
}

#[derive(Debug, PartialEq, Eq)]
struct ParsedAllow<'t> {
    names: Vec<&'t str>,
    /// The byte behind the last name.
    end_of_names: usize,
    has_reason: bool,
}

type Malformed = (String, Option<String>);

const FORMS: &str = "write `allow(name, reason = \"…\")` or `non-blocking(reason = \"…\")`";

fn parse(text: &str) -> Result<Parsed<'_>, Malformed> {
    let malformed = |message: String| (message, Some(FORMS.to_owned()));
    let (word, mut rest) = split_word(text);
    let allow = match word {
        "allow" => true,
        "non-blocking" => false,
        "" => return Err(malformed("a directive is missing after `unsnarl:`".to_owned())),
        other => {
            let help = did_you_mean(other, ["allow", "non-blocking"]).map(|meant| format!("did you mean `{meant}`?"));
            return Err((format!("there is no directive `{other}`"), Some(help.unwrap_or_else(|| FORMS.to_owned()))));
        }
    };
    rest = rest.trim_start();
    if rest.is_empty() && !allow {
        return Ok(Parsed::NonBlocking);
    }
    let Some(after) = rest.strip_prefix('(') else {
        return Err(malformed(format!("`{word}` is followed by names in parentheses")));
    };
    rest = after.trim_start();
    let mut names = Vec::new();
    let mut end_of_names = 0;
    let mut has_reason = false;
    while !rest.starts_with(')') {
        let (name, after) = split_word(rest);
        if name.is_empty() {
            return Err(malformed(match rest.chars().next() {
                Some(found) => format!("`{word}` holds names of lints, found `{found}`"),
                None => format!("the parenthesis of `{word}` is not closed"),
            }));
        }
        rest = after.trim_start();
        if let Some(value) = rest.strip_prefix('=') {
            if name != "reason" {
                return Err(malformed(format!("`{word}` has no setting `{name}`")));
            }
            if std::mem::replace(&mut has_reason, true) {
                return Err(malformed("there is more than one `reason`".to_owned()));
            }
            rest = skip_quoted(value.trim_start())
                .ok_or_else(|| malformed("the `reason` is a text in double quotes".to_owned()))?
                .trim_start();
        } else {
            names.push(name);
            end_of_names = text.len() - after.len();
        }
        match rest.strip_prefix(',') {
            Some(after) => rest = after.trim_start(),
            None if rest.starts_with(')') => {}
            None if rest.is_empty() => return Err(malformed(format!("the parenthesis of `{word}` is not closed"))),
            None => return Err(malformed(format!("names in `{word}` are separated by commas"))),
        }
    }
    match (allow, names.is_empty()) {
        (true, true) => Err(malformed("`allow` names no lint".to_owned())),
        (true, false) => Ok(Parsed::Allow(ParsedAllow { names, end_of_names, has_reason })),
        (false, true) => Ok(Parsed::NonBlocking),
        (false, false) => Err(malformed("`non-blocking` names no lints".to_owned())),
    }
}

fn split_word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len());
    text.split_at(end)
}

/// What follows the quoted text that `text` begins with.
fn skip_quoted(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(&inside[at + 1..]),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_are_read_with_and_without_reason() {
        let names = |text| match parse(text) {
            Ok(Parsed::Allow(allow)) => (allow.names, allow.has_reason),
            other => panic!("{other:?}"),
        };
        assert_eq!(names("allow(untracked-spawn)"), (vec!["untracked-spawn"], false));
        assert_eq!(names("allow(a, b, reason = \"once, (at start)\") and more"), (vec!["a", "b"], true));
        assert_eq!(parse("non-blocking(reason = \"cached\")"), Ok(Parsed::NonBlocking));
    }

    #[test]
    fn more_lints_go_behind_the_others() {
        let extended = |text: &str, reason| {
            let (at, added) = extended_allow(text, &["c"], reason)?;
            Some(format!("{}{added}{}", &text[..at], &text[at..]))
        };
        assert_eq!(extended("allow( a , b ) x", None).as_deref(), Some("allow( a , b, c ) x"));
        let with_reason = "allow(a, reason = \"r, (b)\")";
        assert_eq!(extended(with_reason, Some("s")).as_deref(), Some("allow(a, c, reason = \"r, (b)\")"));
        assert_eq!(extended("allow(a)", Some("s")).as_deref(), Some("allow(a, c, reason = \"s\")"));
        assert_eq!(extended("non-blocking", None), None);
    }

    #[test]
    fn malformed_directives_say_what_is_wrong() {
        let message = |text| parse(text).expect_err("is malformed").0;
        assert_eq!(message(""), "a directive is missing after `unsnarl:`");
        assert_eq!(message("alow(a)"), "there is no directive `alow`");
        assert_eq!(message("allow"), "`allow` is followed by names in parentheses");
        assert_eq!(message("allow()"), "`allow` names no lint");
        assert_eq!(message("allow(a"), "the parenthesis of `allow` is not closed");
        assert_eq!(message("allow(a, reason = later)"), "the `reason` is a text in double quotes");
        assert_eq!(message("allow(a b)"), "names in `allow` are separated by commas");
        assert_eq!(message("allow(a, because = \"x\")"), "`allow` has no setting `because`");
    }
}

//! The grammars of function-like macros, by the last segment of their path.
//!
//! A front end must know how to read a macro's tokens before anything is linked, so this part of the catalogue is
//! asked by name alone. What the macros do is asked by path, like everything else.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::schema::EffectsFile;

/// How the tokens of a macro call are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grammar {
    /// Expressions between commas.
    Call,
    /// Expressions, a text with captured names, and `field = %value`.
    Format,
    /// As [`Grammar::Format`]; does not return.
    Panic,
    /// As [`Grammar::Format`]; the function returns the result.
    Return,
    /// A condition, or two values that are compared, and what is told when it does not hold.
    Assert,
    /// `a, b` or `element; count`.
    Vec,
    /// `expr, pattern if guard`.
    Matches,
    /// `pattern = future, if condition => handler`, and what other libraries write instead.
    SelectArms,
    /// Futures between commas, awaited together.
    Join,
    /// Statements.
    Statements,
    /// Items.
    Items,
    /// Tokens that are not evaluated.
    Quoted,
}

impl Grammar {
    /// The grammar of a schema's name.
    pub fn named(name: &str) -> Option<Grammar> {
        Some(match name {
            "call" => Grammar::Call,
            "format" => Grammar::Format,
            "panic" => Grammar::Panic,
            "return" => Grammar::Return,
            "assert" => Grammar::Assert,
            "vec" => Grammar::Vec,
            "matches" => Grammar::Matches,
            "select-arms" => Grammar::SelectArms,
            "join" => Grammar::Join,
            "statements" => Grammar::Statements,
            "items" => Grammar::Items,
            "quoted" => Grammar::Quoted,
            _ => return None,
        })
    }
}

/// The grammar of a macro by the last segment of its path; none if the catalogue does not know it.
pub fn grammar_of(name: &str) -> Option<Grammar> {
    static GRAMMARS: LazyLock<FxHashMap<String, Grammar>> = LazyLock::new(read);
    GRAMMARS.get(name).copied()
}

fn read() -> FxHashMap<String, Grammar> {
    let file = EffectsFile::parse("rust/macros.toml", include_str!("data/rust/macros.toml"))
        .expect("a test reads the built-in macros");
    let mut grammars = FxHashMap::default();
    for entry in &file.macros {
        let grammar = Grammar::named(&entry.grammar).expect("a test reads the built-in macros");
        for path in entry.path.as_slice() {
            let last = path.rsplit("::").next().unwrap_or(path);
            grammars.entry(last.to_string()).or_insert(grammar);
        }
    }
    grammars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_macros_are_read() {
        assert_eq!(grammar_of("select"), Some(Grammar::SelectArms));
        assert_eq!(grammar_of("println"), Some(Grammar::Format));
        assert_eq!(grammar_of("no_such_macro"), None);
    }
}

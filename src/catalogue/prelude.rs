//! Names that a file may use without importing them.

use super::Language;

/// The absolute path of a name of the language's prelude: Rust's `Vec`, `Some`, `Box`; Python's builtins.
///
/// Sources: <https://doc.rust-lang.org/std/prelude/index.html>, <https://docs.python.org/3/library/builtins.html>.
pub fn prelude(language: Language, name: &str) -> Option<String> {
    match language {
        Language::Python => Some(format!("builtins.{name}")),
        Language::Rust => {
            let found = RUST.iter().find(|(short, _)| *short == name)?;
            Some(found.1.to_string())
        }
    }
}

const RUST: &[(&str, &str)] = &[
    ("Option", "std::option::Option"),
    ("Some", "std::option::Option::Some"),
    ("None", "std::option::Option::None"),
    ("Result", "std::result::Result"),
    ("Ok", "std::result::Result::Ok"),
    ("Err", "std::result::Result::Err"),
    ("Vec", "std::vec::Vec"),
    ("Box", "std::boxed::Box"),
    ("String", "std::string::String"),
    ("ToString", "std::string::ToString"),
    ("ToOwned", "std::borrow::ToOwned"),
    ("drop", "std::mem::drop"),
    ("Drop", "std::ops::Drop"),
    ("Fn", "std::ops::Fn"),
    ("FnMut", "std::ops::FnMut"),
    ("FnOnce", "std::ops::FnOnce"),
    ("Send", "std::marker::Send"),
    ("Sync", "std::marker::Sync"),
    ("Sized", "std::marker::Sized"),
    ("Copy", "std::marker::Copy"),
    ("Unpin", "std::marker::Unpin"),
    ("Clone", "std::clone::Clone"),
    ("Default", "std::default::Default"),
    ("Iterator", "std::iter::Iterator"),
    ("IntoIterator", "std::iter::IntoIterator"),
    ("DoubleEndedIterator", "std::iter::DoubleEndedIterator"),
    ("ExactSizeIterator", "std::iter::ExactSizeIterator"),
    ("Extend", "std::iter::Extend"),
    ("FromIterator", "std::iter::FromIterator"),
    ("AsRef", "std::convert::AsRef"),
    ("AsMut", "std::convert::AsMut"),
    ("From", "std::convert::From"),
    ("Into", "std::convert::Into"),
    ("TryFrom", "std::convert::TryFrom"),
    ("TryInto", "std::convert::TryInto"),
    ("Future", "std::future::Future"),
    ("IntoFuture", "std::future::IntoFuture"),
    ("Eq", "std::cmp::Eq"),
    ("PartialEq", "std::cmp::PartialEq"),
    ("Ord", "std::cmp::Ord"),
    ("PartialOrd", "std::cmp::PartialOrd"),
    ("str", "str"),
    // Not written by users: what front ends call `[T]` and `[T; N]`.
    ("slice", "slice"),
    ("array", "array"),
    ("u8", "u8"),
    ("u16", "u16"),
    ("u32", "u32"),
    ("u64", "u64"),
    ("u128", "u128"),
    ("usize", "usize"),
    ("i8", "i8"),
    ("i16", "i16"),
    ("i32", "i32"),
    ("i64", "i64"),
    ("i128", "i128"),
    ("isize", "isize"),
    ("f32", "f32"),
    ("f64", "f64"),
    ("bool", "bool"),
    ("char", "char"),
];

/// Traits whose methods a value may have although nothing that is known of its type says so: almost everything in Rust
/// can be cloned, by derive.
pub fn derived_traits(language: Language) -> &'static [&'static str] {
    match language {
        Language::Python => &[],
        Language::Rust => &["std::clone::Clone"],
    }
}

/// The absolute path of the type of what calling an async function gives, where that has members of its own.
pub fn coroutine_type(language: Language) -> Option<&'static str> {
    match language {
        Language::Python => Some("types.CoroutineType"),
        Language::Rust => None,
    }
}

/// What the language calls the value of an async call that is not awaited yet, and how awaiting it is written.
pub fn await_words(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::Python => ("coroutine", "await"),
        Language::Rust => ("future", ".await"),
    }
}

/// Whether a function has the name of what lets something go: `close`, `async_stop`, `__aexit__`.
pub fn lets_go_by_name(name: &str) -> bool {
    const WORDS: [&str; 16] = [
        "aclose",
        "aexit",
        "cancel",
        "cleanup",
        "close",
        "disconnect",
        "dispose",
        "exit",
        "kill",
        "release",
        "shutdown",
        "stop",
        "teardown",
        "terminate",
        "unload",
        "unsubscribe",
    ];
    let last = name.rsplit(['.', ':']).next().unwrap_or(name);
    last.split('_').any(|word| WORDS.contains(&word))
}

/// A type that the language's own literals and collections have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiteralType {
    Bool,
    Integer,
    Float,
    Text,
    /// Interpolated text, which is always new.
    NewText,
    Bytes,
    List,
    Set,
    Dict,
}

/// The absolute path of the type of a literal.
pub fn literal_type(language: Language, literal: LiteralType) -> &'static str {
    match (language, literal) {
        (Language::Python, LiteralType::Bool) => "builtins.bool",
        (Language::Python, LiteralType::Integer) => "builtins.int",
        (Language::Python, LiteralType::Float) => "builtins.float",
        (Language::Python, LiteralType::Text | LiteralType::NewText) => "builtins.str",
        (Language::Python, LiteralType::Bytes) => "builtins.bytes",
        (Language::Python, LiteralType::List) => "builtins.list",
        (Language::Python, LiteralType::Set) => "builtins.set",
        (Language::Python, LiteralType::Dict) => "builtins.dict",
        (Language::Rust, LiteralType::Bool) => "bool",
        (Language::Rust, LiteralType::Integer) => "i32",
        (Language::Rust, LiteralType::Float) => "f64",
        (Language::Rust, LiteralType::Text) => "str",
        (Language::Rust, LiteralType::NewText) => "std::string::String",
        (Language::Rust, LiteralType::Bytes) => "u8",
        (Language::Rust, LiteralType::List) => "std::vec::Vec",
        (Language::Rust, LiteralType::Set) => "std::collections::HashSet",
        (Language::Rust, LiteralType::Dict) => "std::collections::HashMap",
    }
}

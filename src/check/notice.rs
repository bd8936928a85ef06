//! What a user should know besides findings: files that could not be read in full, directives that do nothing.

use crate::flow::NamedFunction;
use crate::lint::{Place, ProblemKind, did_you_mean};
use crate::model::NoteKind;

/// A note about a file, a directive or unsnarl itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub kind: NoticeKind,
    /// None where it is about no place.
    pub at: Option<Place>,
    pub message: String,
    pub help: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeKind {
    /// Said by a front end or the decoder.
    File(NoteKind),
    Directive(ProblemKind),
    /// An `allow` that silences nothing.
    UnusedAllow,
    /// A `non-blocking` that cuts nothing.
    UnusedNonBlocking,
    /// A path in the configuration that names no function.
    UnknownFunction,
    /// The file system refused to hand out the file.
    Unreadable,
    /// A lint failed; a defect of unsnarl.
    LintFailed,
}

impl NoticeKind {
    /// Kebab-case, for machines.
    pub fn name(self) -> &'static str {
        match self {
            NoticeKind::File(NoteKind::Syntax) => "syntax",
            NoticeKind::File(NoteKind::TooDeep) => "too-deep",
            NoticeKind::File(NoteKind::TooLarge) => "too-large",
            NoticeKind::File(NoteKind::Binary) => "binary",
            NoticeKind::File(NoteKind::NotUtf8) => "not-utf-8",
            NoticeKind::File(NoteKind::MacroBody) => "macro-body",
            NoticeKind::File(NoteKind::Failed) => "failed",
            NoticeKind::Directive(ProblemKind::UnknownLint) => "unknown-lint",
            NoticeKind::Directive(ProblemKind::Malformed) => "malformed-directive",
            NoticeKind::UnusedAllow => "unused-allow",
            NoticeKind::UnusedNonBlocking => "unused-non-blocking",
            NoticeKind::UnknownFunction => "unknown-function",
            NoticeKind::Unreadable => "unreadable",
            NoticeKind::LintFailed => "lint-failed",
        }
    }

    /// Whether the user can and should mend it, and not only know it.
    pub fn is_warning(self) -> bool {
        matches!(
            self,
            NoticeKind::Directive(_)
                | NoticeKind::UnusedAllow
                | NoticeKind::UnusedNonBlocking
                | NoticeKind::UnknownFunction
                | NoticeKind::Unreadable
                | NoticeKind::LintFailed
                | NoticeKind::File(NoteKind::Failed)
        )
    }

    /// Whether it is told in text only when asked for: nobody acts on the macros of a project.
    pub fn is_quiet(self) -> bool {
        matches!(self, NoticeKind::File(NoteKind::MacroBody))
    }
}

/// What a note of a file says to people.
pub fn file_note(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Syntax => "this could not be parsed and was left out",
        NoteKind::TooDeep => "this is nested too deep and was left out",
        NoteKind::TooLarge => "the file is larger than `max-file-size` and was not read",
        NoteKind::Binary => "the file is not text and was not read",
        NoteKind::NotUtf8 => "bytes that are not UTF-8 were read as `?`",
        NoteKind::MacroBody => "functions inside a macro's definition are not seen",
        NoteKind::Failed => "unsnarl failed on this file and left it out; please report it",
    }
}

pub(super) fn unused_non_blocking(comment: Place) -> Notice {
    Notice {
        kind: NoticeKind::UnusedNonBlocking,
        at: Some(comment),
        message: "`non-blocking` cuts nothing: no call of this function was found".to_owned(),
        help: Some("remove it, or put it above the function that does not wait".to_owned()),
    }
}

pub(super) fn unknown_function(named: &NamedFunction, known: &[String]) -> Notice {
    let help = match did_you_mean(&named.path, known.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "write the path of a function: `package.module.function`, `krate::module::Type::method`".to_owned(),
    };
    Notice {
        kind: NoticeKind::UnknownFunction,
        at: None,
        message: format!("`functions.{}` names `{}`, and there is no such function", named.role.key(), named.path),
        help: Some(help),
    }
}

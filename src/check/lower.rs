//! Text to facts: calls the front end of the file's language and survives its failures.

use super::Decoded;
use crate::catalogue::Language;
use crate::model::{Dialect, FileFacts, FnId, FunctionKind, Note, NoteKind, Outline, UnitBuilder, UnitSpan};
use crate::text::{LineIndex, Span, Strings, Sym};
use rayon::prelude::*;
use std::borrow::Borrow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Stack of a thread that lowers: deeply nested sources are walked by recursion, up to a limit that this holds.
const STACK_BYTES: usize = 64 << 20;

/// A text to be lowered.
#[derive(Clone, Debug)]
pub struct Source {
    pub dialect: Dialect,
    pub decoded: Decoded,
}

/// Facts of one text. Total: whatever the text, facts and notes come out.
///
/// Recurses as deep as the text nests; run it on [`Workers`] unless the text is known to be shallow.
pub fn lower(source: &Source) -> FileFacts {
    lower_onto(source, Strings::default())
}

/// As [`lower`], for a text that takes the place of another: names that were there keep their numbers, so that what has
/// not changed can be told.
pub fn lower_after(source: &Source, before: &FileFacts) -> FileFacts {
    lower_onto(source, before.strings.resumed())
}

fn lower_onto(source: &Source, names: Strings) -> FileFacts {
    if !source.decoded.is_read() {
        return unread(source.dialect, &source.decoded.notes);
    }
    let text = &source.decoded.text;
    let lowered = catch_unwind(AssertUnwindSafe(|| match source.dialect.language() {
        Language::Python => crate::python::lower_onto(text, source.dialect, names),
        Language::Rust => crate::rust::lower_onto(text, source.dialect, names),
    }));
    match lowered {
        Ok(mut facts) => {
            facts.notes.splice(0..0, source.decoded.notes.iter().copied());
            facts
        }
        Err(_) => {
            let mut notes = source.decoded.notes.clone();
            notes.push(Note { kind: NoteKind::Failed, span: Span::default() });
            let mut facts = unread(source.dialect, &notes);
            facts.bytes = text.len() as u32;
            facts.lines = LineIndex::new(text).line_count(text);
            facts
        }
    }
}

/// What a file of a library offers: its outline and the unit of its module. Total, as [`lower`] is.
pub fn outline(text: &str, dialect: Dialect) -> FileFacts {
    let lowered = catch_unwind(AssertUnwindSafe(|| match dialect.language() {
        Language::Python => crate::python::outline(text, dialect),
        Language::Rust => crate::rust::outline(text, dialect),
    }));
    lowered.unwrap_or_else(|_| unread(dialect, &[]))
}

/// The facts of a file that was not read: none, and why.
pub fn unread(dialect: Dialect, notes: &[Note]) -> FileFacts {
    let mut module = UnitBuilder::new(Span::default(), None);
    module.begin_own(FunctionKind::Module, false, Sym::NONE);
    debug_assert_eq!(module.current(), FnId::OWN);
    module.end();
    let outline = Outline {
        units: vec![UnitSpan { span: Span::default(), def: crate::model::DefId::NONE }],
        ..Outline::default()
    };
    FileFacts {
        dialect,
        strings: Strings::default(),
        outline,
        units: vec![module.finish()],
        directives: Vec::new(),
        notes: notes.to_vec(),
        bytes: 0,
        lines: 0,
    }
}

/// Threads on which files are lowered and programs linked.
#[derive(Debug)]
pub struct Workers {
    pool: rayon::ThreadPool,
}

impl Workers {
    /// As many threads as there are cores, or `threads`.
    pub fn new(threads: Option<usize>) -> Result<Workers, rayon::ThreadPoolBuildError> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.unwrap_or(0))
            .stack_size(STACK_BYTES)
            .thread_name(|n| format!("unsnarl-{n}"))
            .build()?;
        Ok(Workers { pool })
    }

    /// Runs `work` on one of the threads; what it does in parallel is done by all of them.
    pub fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }

    /// The facts of each source, in the order of sources.
    pub fn lower(&self, sources: &[Source]) -> Vec<FileFacts> {
        self.lower_telling(sources, &|| ())
    }

    /// As [`Workers::lower`]; `done` is called after each source, on any thread.
    pub fn lower_telling<S: Borrow<Source> + Sync>(&self, sources: &[S], done: &(dyn Fn() + Sync)) -> Vec<FileFacts> {
        let lower_one = |source: &S| {
            let facts = lower(source.borrow());
            done();
            facts
        };
        self.run(|| sources.par_iter().with_max_len(1).map(lower_one).collect())
    }
}

//! One folder of the editor, linked: the texts of its files as they are open or on the disk, and the program of them.
//!
//! Knows no messages of the protocol; what is found is told by others.

use super::documents::{Document, Documents};
use super::positions::{Encoding, Lines};
use super::tell::Names;
use crate::catalogue::Language;
use crate::check::{Change, Findings, Program, Settings, Source, Stop, Stopped, Wanted, Workers, decode, lower_after};
use crate::lint::Place;
use crate::model::{Dialect, FileFacts, NoteKind};
use crate::project::{self, HandedIn, LoadError, Lowered, Request};
use crate::report::described;
use crate::text::{FileId, Span};
use gen_lsp_types::Range;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// A file of a workspace.
#[derive(Debug)]
pub struct WorkspaceFile {
    pub path: PathBuf,
    pub dialect: Dialect,
    /// The text as it is now, in the editor or on the disk.
    pub text: Arc<str>,
    /// As the editor counts it; none where the text is that of the disk.
    pub version: Option<i32>,
    /// The text that the facts are of, where a text that cannot be parsed came after it.
    last_parsed: Option<Arc<str>>,
    lines: OnceLock<Lines>,
    /// In bytes; a larger text is not read.
    max_size: u64,
}

impl WorkspaceFile {
    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(&self.text))
    }

    /// Where a span of the facts is in the text as it is now.
    pub fn span(&self, span: Span) -> Span {
        match &self.last_parsed {
            Some(before) => moved(before, &self.text, span),
            None => span,
        }
    }

    /// The range of a span of the facts.
    pub fn range(&self, span: Span, encoding: Encoding) -> Range {
        self.current_range(self.span(span), encoding)
    }

    /// The range of a span of the text as it is now.
    pub fn current_range(&self, span: Span, encoding: Encoding) -> Range {
        self.lines().range(&self.text, span, encoding)
    }

    /// The span of the text as it is now.
    pub fn span_of(&self, range: Range, encoding: Encoding) -> Span {
        self.lines().span(&self.text, range, encoding)
    }

    /// The text as the front ends take it.
    pub fn source(&self) -> Source {
        Source { dialect: self.dialect, decoded: decode(self.text.as_bytes().to_vec(), self.max_size) }
    }
}

/// A linked folder.
#[derive(Debug)]
pub struct Workspace {
    pub folder: PathBuf,
    pub names: Names,
    pub settings: Settings,
    pub program: Program,
    files: Vec<WorkspaceFile>,
    by_path: FxHashMap<PathBuf, FileId>,
    /// Open texts that are not checked: the configuration leaves them out.
    left_out: BTreeSet<PathBuf>,
    /// New facts with which the program is not linked yet: it was stopped.
    unlinked: Vec<Change>,
    /// A text says by now that the project is laid out otherwise.
    pub is_laid_out_otherwise: bool,
}

/// What the user wants, beside the project's own configuration.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    pub configuration: project::ConfigurationChoice,
    pub min_certainty: Option<crate::lint::Certainty>,
    pub libraries: project::LibraryPlaces,
}

impl Workspace {
    /// Finds, reads and links all files of a folder, or a single file. Facts of texts that `before` has too are kept.
    pub fn load(
        folder: &Path,
        names: &Names,
        choices: &Choices,
        documents: &Documents,
        before: Option<&Workspace>,
        workers: &Workers,
        done: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Workspace, Vec<String>> {
        let is_inside = |path: &Path| path.starts_with(folder);
        let handed_in = documents.iter().filter(|(path, _)| is_inside(path));
        let handed_in = handed_in.map(|(path, document)| HandedIn {
            path: path.clone(),
            bytes: document.text.as_bytes().to_vec(),
            replaces: folder.is_dir(),
        });
        let request = Request {
            paths: vec![folder.to_owned()],
            working_directory: if folder.is_dir() { folder } else { folder.parent().unwrap_or(folder) }.to_owned(),
            configuration: choices.configuration.clone(),
            handed_in: handed_in.collect(),
            libraries: choices.libraries.clone(),
            ..Request::default()
        };
        let loaded = workers.run(|| project::load(&request)).map_err(|error| failures(&error))?;
        let catalogue =
            loaded.configuration.catalogue().map_err(|wrong| wrong.iter().map(described).collect::<Vec<_>>())?;
        let mut settings = loaded.settings();
        if let Some(certainty) = choices.min_certainty {
            settings.min_certainty = certainty;
        }
        let mut files: Vec<WorkspaceFile> = loaded
            .files
            .iter()
            .map(|file| WorkspaceFile {
                path: file.absolute.clone(),
                dialect: file.source.dialect,
                text: file.source.decoded.text.as_str().into(),
                version: documents.get(&file.absolute).map(|document| document.version),
                last_parsed: None,
                lines: OnceLock::new(),
                max_size: loaded.configuration.max_file_size,
            })
            .collect();
        let known = |path: &Path, source: &Source| before.and_then(|before| before.facts_of(path, source));
        let total = files.len();
        let count = std::sync::atomic::AtomicUsize::new(0);
        let tell = || done(count.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
        let Lowered { mut project, .. } = loaded.lower_keeping(Arc::new(catalogue), workers, &known, &tell);
        for (file, of_program) in files.iter_mut().zip(&mut project.files) {
            if is_broken(&of_program.facts)
                && let Some((facts, text)) = before.and_then(|before| before.last_good(&file.path, file.dialect))
            {
                of_program.facts = facts;
                file.last_parsed = Some(text);
            }
        }
        let linked = workers.run(|| Program::link_to_change(&project, &Stop::never()));
        let program = linked.expect("nobody asks this to stop");
        let by_path: FxHashMap<PathBuf, FileId> =
            files.iter().zip(0..).map(|(file, n)| (file.path.clone(), FileId(n))).collect();
        let open = documents.iter().map(|(path, _)| path).filter(|path| !by_path.contains_key(*path));
        let left_out = open.cloned().collect();
        Ok(Workspace {
            folder: folder.to_owned(),
            names: names.clone(),
            settings,
            program,
            files,
            by_path,
            left_out,
            unlinked: Vec::new(),
            is_laid_out_otherwise: false,
        })
    }

    /// The facts of a text, if this has the same text at the same path.
    fn facts_of(&self, path: &Path, source: &Source) -> Option<Arc<FileFacts>> {
        let id = *self.by_path.get(path)?;
        let file = self.file(id);
        let is_same =
            file.dialect == source.dialect && *file.text == *source.decoded.text && file.last_parsed.is_none();
        is_same.then(|| self.newest_facts(id))
    }

    /// The facts of a file when it could be parsed last, and the text that they are of.
    fn last_good(&self, path: &Path, dialect: Dialect) -> Option<(Arc<FileFacts>, Arc<str>)> {
        let id = self.id_of(path).filter(|id| self.file(*id).dialect == dialect)?;
        let facts = self.newest_facts(id);
        let file = self.file(id);
        let text = file.last_parsed.as_ref().unwrap_or(&file.text);
        (!is_broken(&facts)).then(|| (facts, Arc::clone(text)))
    }

    /// Those with which the program is linked, or will be.
    fn newest_facts(&self, id: FileId) -> Arc<FileFacts> {
        let unlinked = self.unlinked.iter().rev().find(|change| change.file == id).map(|change| &change.facts);
        Arc::clone(unlinked.unwrap_or(&self.program.project().files[id.0 as usize].facts))
    }

    pub fn id_of(&self, path: &Path) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    pub fn file(&self, id: FileId) -> &WorkspaceFile {
        &self.files[id.0 as usize]
    }

    pub fn files(&self) -> impl Iterator<Item = (FileId, &WorkspaceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    pub fn facts(&self, id: FileId) -> &FileFacts {
        &self.program.project().files[id.0 as usize].facts
    }

    pub fn range(&self, place: Place, encoding: Encoding) -> Range {
        self.file(place.file).range(place.span, encoding)
    }

    /// Whether it has to be loaded again: an open text is of no file of the program, or one changes the layout.
    pub fn is_outdated(&self, documents: &Documents) -> bool {
        let is_lacking = |path: &Path| {
            let is_known = self.id_of(path).is_some() || self.left_out.contains(path);
            path.starts_with(&self.folder) && !is_known && project::is_source(path)
        };
        self.is_laid_out_otherwise || documents.iter().any(|(path, _)| is_lacking(path))
    }

    /// Takes the texts as they are now: those that are open, and from the disk those that were closed or touched.
    pub fn update(
        &mut self,
        documents: &Documents,
        touched: &[PathBuf],
        workers: &Workers,
        stop: &Stop,
    ) -> Result<(), Stopped> {
        let mut changed: Vec<FileId> = Vec::new();
        // Of most files nothing is heard.
        let open = documents.iter().filter_map(|(path, _)| self.id_of(path));
        let heard_of = open.chain(touched.iter().filter_map(|path| self.id_of(path)));
        let was_open = self.files().filter(|(_, file)| file.version.is_some()).map(|(id, _)| id);
        let heard_of: BTreeSet<FileId> = heard_of.chain(was_open).collect();
        for id in heard_of {
            let file = &mut self.files[id.0 as usize];
            let open = documents.get(&file.path);
            let is_closed = open.is_none() && file.version.is_some();
            let text = match open {
                Some(Document { version, text }) => {
                    file.version = Some(*version);
                    Arc::clone(text)
                }
                None if is_closed || touched.contains(&file.path) => {
                    file.version = None;
                    // A file that is gone has no text any more.
                    project::text_of(&file.path).unwrap_or_default().into()
                }
                None => continue,
            };
            if *text != *file.text {
                self.take(id, text);
                changed.push(id);
            }
        }
        let sources: Vec<(FileId, Source)> = changed.iter().map(|id| (*id, self.file(*id).source())).collect();
        let lowered = |(id, source): &(FileId, Source)| lower_after(source, self.facts(*id));
        let facts = workers.run(|| sources.iter().map(lowered).collect::<Vec<_>>());
        for (id, facts) in changed.into_iter().zip(facts) {
            if !is_broken(&facts) {
                self.files[id.0 as usize].last_parsed = None;
                self.unlinked.retain(|change| change.file != id);
                self.unlinked.push(Change { file: id, facts: Arc::new(facts) });
            }
        }
        // What is laid out otherwise is loaded again, with these facts.
        if !self.unlinked.is_empty() && !self.is_laid_out_otherwise {
            workers.run(|| self.program.change(&self.unlinked, stop))?;
            self.unlinked.clear();
        }
        Ok(())
    }

    fn take(&mut self, id: FileId, text: Arc<str>) {
        let file = &mut self.files[id.0 as usize];
        let before = std::mem::replace(&mut file.text, text);
        let is_rust = file.dialect.language() == Language::Rust;
        self.is_laid_out_otherwise |= is_rust && project::lays_out_otherwise(&before, &file.text);
        file.last_parsed.get_or_insert(before);
        file.lines = OnceLock::new();
    }

    pub fn findings(&self, workers: &Workers, stop: &Stop) -> Result<Findings, Stopped> {
        workers.run(|| self.program.findings(&self.settings, &Wanted::All, stop))
    }
}

/// Rust that cannot be parsed says little of what it is about to become: what was known before says more.
fn is_broken(facts: &FileFacts) -> bool {
    let is_wrong = |kind: NoteKind| matches!(kind, NoteKind::Syntax | NoteKind::Failed);
    facts.dialect.language() == Language::Rust && facts.notes.iter().any(|note| is_wrong(note.kind))
}

/// Where a span of a text is after the text was changed in one place; what is inside the change covers all of it.
fn moved(before: &str, now: &str, span: Span) -> Span {
    let same = |a: (u8, u8)| a.0 == a.1;
    let head = before.bytes().zip(now.bytes()).take_while(|pair| same(*pair)).count();
    let rest = before.len().min(now.len()) - head;
    let tail = before.bytes().rev().zip(now.bytes().rev()).take(rest).take_while(|pair| same(*pair)).count();
    let shift = |at: u32, inside: usize| {
        let at = at as usize;
        let to = match at {
            at if at <= head => at,
            at if at >= before.len() - tail => now.len() - (before.len() - at),
            _ => inside,
        };
        to as u32
    };
    Span::new(shift(span.start, head), shift(span.end, now.len() - tail))
}

fn failures(error: &LoadError) -> Vec<String> {
    match error {
        LoadError::Path { path, why } => vec![format!("`{}`: {why}", path.display())],
        LoadError::Missing(missing) => {
            missing.iter().map(|missing| format!("`{}`: {}", missing.path.display(), missing.why)).collect()
        }
        LoadError::Configuration(wrong) => wrong.iter().map(described).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_move_with_the_text_around_a_change() {
        let (before, now) = ("one two three", "one 2 three");
        assert_eq!(moved(before, now, Span::new(0, 3)), Span::new(0, 3));
        assert_eq!(moved(before, now, Span::new(8, 13)), Span::new(6, 11));
        assert_eq!(moved(before, now, Span::new(4, 7)), Span::new(4, 5));
    }
}

//! The texts that findings point into.

use crate::lint::Place;
use crate::text::{FileId, LineIndex, Position, Span};
use codespan_reporting::files::{Error, Files};
use std::ops::Range;
use std::sync::OnceLock;

/// A file's text and the name under which people know it.
#[derive(Debug)]
pub struct SourceText {
    /// With `/`; relative to the working directory where it is inside.
    pub shown: String,
    pub text: String,
    lines: OnceLock<LineIndex>,
}

impl SourceText {
    pub fn new(shown: String, text: String) -> SourceText {
        SourceText { shown, text, lines: OnceLock::new() }
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset)
    }
}

/// The texts of a program, by [`FileId`].
#[derive(Debug, Default)]
pub struct Sources {
    pub files: Vec<SourceText>,
}

impl Sources {
    pub fn get(&self, file: FileId) -> &SourceText {
        &self.files[file.0 as usize]
    }

    /// `path:line:column`
    pub fn shown(&self, at: Place) -> String {
        let source = self.get(at.file);
        let Position { line, column } = source.position(at.span.start);
        format!("{}:{line}:{column}", source.shown)
    }

    /// The file of this shown path.
    pub fn file(&self, shown: &str) -> Option<FileId> {
        self.files.iter().position(|file| file.shown == shown).map(|at| FileId(at as u32))
    }

    /// The text of a line that counts from 1, without its end. None behind the last.
    pub fn line(&self, file: FileId, line: u32) -> Option<&str> {
        let start = self.get(file).lines().line_start(line)? as usize;
        self.get(file).text[start..].split(['\n', '\r']).next()
    }

    /// A line of a file, without its end; with a column, the place of that character. None behind the end.
    pub fn place(&self, file: FileId, line: u32, column: Option<u32>) -> Option<Place> {
        let content = self.line(file, line)?;
        let start = self.get(file).lines().line_start(line)? as usize;
        let span = match column {
            None => start..start + content.len(),
            Some(column) => {
                let before: usize = content.chars().take(column.checked_sub(1)? as usize).map(char::len_utf8).sum();
                let is_inside = column as usize <= content.chars().count();
                is_inside.then_some(start + before..start + before)?
            }
        };
        Some(Place { file, span: Span::new(span.start as u32, span.end as u32) })
    }

    /// Where a place stands among all that are shown: path, line, column.
    pub fn order(&self, at: Place) -> (&str, u32, u32) {
        let source = self.get(at.file);
        let Position { line, column } = source.position(at.span.start);
        (&source.shown, line, column)
    }

    fn find(&self, file: FileId) -> Result<&SourceText, Error> {
        self.files.get(file.0 as usize).ok_or(Error::FileMissing)
    }
}

impl<'a> Files<'a> for Sources {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, file: FileId) -> Result<&'a str, Error> {
        Ok(&self.find(file)?.shown)
    }

    fn source(&'a self, file: FileId) -> Result<&'a str, Error> {
        Ok(&self.find(file)?.text)
    }

    fn line_index(&'a self, file: FileId, offset: usize) -> Result<usize, Error> {
        let source = self.find(file)?;
        let offset = offset.min(source.text.len()) as u32;
        Ok(source.lines().line(offset) as usize - 1)
    }

    fn line_range(&'a self, file: FileId, line: usize) -> Result<Range<usize>, Error> {
        let source = self.find(file)?;
        let lines = source.lines();
        let start = lines.line_start(line as u32 + 1).ok_or(Error::LineTooLarge { given: line, max: line })?;
        let end = lines.line_start(line as u32 + 2).unwrap_or(source.text.len() as u32);
        Ok(start as usize..end as usize)
    }
}

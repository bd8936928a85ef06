//! What is shown at a place: the page of a lint that a comment names, or what a plain function waits for.

use super::session::Abilities;
use super::workspace::Workspace;
use crate::lint::Place;
use crate::text::{FileId, Span};
use gen_lsp_types::{Hover, MarkupContent, MarkupKind, Position, Range};
use std::path::Path;

pub fn hover(workspace: &Workspace, path: &Path, position: Position, abilities: Abilities) -> Option<Hover> {
    let id = workspace.id_of(path)?;
    let at = workspace.file(id).span_of(Range { start: position, end: position }, abilities.encoding);
    let (value, span) = page(workspace, id, at.start).or_else(|| Some((waits(workspace, id, at, abilities)?, None)))?;
    let range = span.map(|span| workspace.file(id).current_range(span, abilities.encoding));
    Some(Hover { contents: MarkupContent { kind: MarkupKind::Markdown, value }.into(), range })
}

/// The page of the lint whose name stands at a byte of a comment for unsnarl.
fn page(workspace: &Workspace, id: FileId, at: u32) -> Option<(String, Option<Span>)> {
    let file = workspace.file(id);
    let mut comments = workspace.facts(id).directives.iter().map(|directive| file.span(directive.span));
    let comment = comments.find(|comment| comment.start <= at && at <= comment.end)?;
    let text = file.text.get(comment.range())?;
    let at = at - comment.start;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let start = text[..at as usize].rfind(|c| !is_name(c)).map_or(0, |before| before + 1);
    let end = text[at as usize..].find(|c| !is_name(c)).map_or(text.len(), |behind| at as usize + behind);
    let lint = workspace.settings.lints.iter().find(|lint| lint.name == &text[start..end])?;
    let span = Span::new(comment.start + start as u32, comment.start + end as u32);
    Some((lint.page.to_owned(), Some(span)))
}

fn waits(workspace: &Workspace, id: FileId, at: Span, abilities: Abilities) -> Option<String> {
    let waits = workspace.program.waits(Place { file: id, span: at })?;
    if waits.is_on_loop || waits.function.is_empty() {
        return None;
    }
    let Some(last) = waits.steps.last() else {
        return Some(format!("`{}` does not block, as far as unsnarl sees", waits.function));
    };
    let mut text = format!("`{}` blocks: {} ({})\n", waits.function, last.what, waits.certainty.name());
    for step in &waits.steps {
        let file = workspace.file(step.at.file);
        let line = workspace.range(step.at, abilities.encoding).start.line + 1;
        let name = file.path.file_name().unwrap_or_default().display();
        let place = match workspace.names.uri_of(&file.path) {
            Some(uri) => format!("[{name}:{line}]({uri}#L{line})"),
            None => format!("{name}:{line}"),
        };
        text.push_str(&format!("\n1. {} at {place}", step.what));
    }
    Some(text)
}

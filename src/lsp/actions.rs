//! What can be done about a finding: silence it, or say that the function that it leads through does not block.

use super::diagnostics::Told;
use super::session::Abilities;
use super::workspace::Workspace;
use crate::check::{self, Diagnostic as Finding};
use crate::text::{Edit, FileId, Span};
use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionResponse, Diagnostic, OptionalVersionedTextDocumentIdentifier, Range,
    TextDocumentEdit, TextDocumentIdentifier, TextEdit, WorkspaceEdit,
};
use std::collections::HashMap;
use std::path::Path;

/// The reason that a comment gives until its author gives one.
const REASON: &str = "say why this is fine here";

/// What the client asks for.
pub struct Asked<'a> {
    pub path: &'a Path,
    pub range: Range,
    /// Kinds of actions that it wants; all if it does not say.
    pub only: Option<&'a [CodeActionKind]>,
}

/// Actions for the findings in a range.
pub fn actions(workspace: &Workspace, told: &Told, asked: &Asked, abilities: Abilities) -> Vec<CodeActionResponse> {
    let wants_fixes = asked.only.is_none_or(|only| only.contains(&CodeActionKind::QuickFix));
    let (Some(id), Some(of_file)) = (workspace.id_of(asked.path), told.get(asked.path)) else {
        return Vec::new();
    };
    let wanted = workspace.file(id).span_of(asked.range, abilities.encoding);
    let mut actions = Vec::new();
    for (finding, diagnostic) in of_file.findings.iter().zip(&of_file.diagnostics).filter(|_| wants_fixes) {
        let at = workspace.file(id).span(finding.finding.at.span);
        if at.start <= wanted.end && wanted.start <= at.end {
            let offer = Offer { workspace, abilities, diagnostic };
            actions.extend(offer.silence_here(id, finding, at));
            actions.extend(offer.silence_in_file(id, finding));
            actions.extend(offer.mark_function(finding));
        }
    }
    actions.into_iter().map(CodeActionResponse::CodeAction).collect()
}

struct Offer<'a> {
    workspace: &'a Workspace,
    abilities: Abilities,
    diagnostic: &'a Diagnostic,
}

impl Offer<'_> {
    fn silence_here(&self, id: FileId, finding: &Finding, at: Span) -> Option<CodeAction> {
        let source = self.workspace.file(id).source();
        let (silenced, _) = check::silence(&source, &[(at, vec![finding.lint.name])], Some(REASON));
        let edit = silenced.edits.first().filter(|_| silenced.left == 0)?;
        self.action(format!("allow `{}` here", finding.lint.name), id, edit)
    }

    fn silence_in_file(&self, id: FileId, finding: &Finding) -> Option<CodeAction> {
        let edit = check::allow_in_file(&self.workspace.file(id).source(), finding.lint.name, REASON)?;
        self.action(format!("allow `{}` in this file", finding.lint.name), id, &edit)
    }

    /// The plain function that the finding's call goes to.
    fn mark_function(&self, finding: &Finding) -> Option<CodeAction> {
        let first = finding.finding.chain.first()?;
        let function = self.workspace.program.function_around(first.at)?;
        let id = function.at.file;
        let file = self.workspace.file(id);
        let edit = check::mark_non_blocking(&file.source(), file.span(function.at.span), REASON)?;
        self.action(format!("mark `{}` as non-blocking", function.name), id, &edit)
    }

    fn action(&self, title: String, id: FileId, edit: &Edit) -> Option<CodeAction> {
        let edit = workspace_edit(self.workspace, id, edit, self.abilities)?;
        Some(CodeAction {
            title,
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![self.diagnostic.clone()]),
            edit: Some(edit),
            ..CodeAction::default()
        })
    }
}

fn workspace_edit(workspace: &Workspace, id: FileId, edit: &Edit, abilities: Abilities) -> Option<WorkspaceEdit> {
    let file = workspace.file(id);
    let uri = workspace.names.uri_of(&file.path)?;
    let range = file.current_range(edit.span, abilities.encoding);
    let edits = TextEdit { range, new_text: edit.text.clone() };
    if !abilities.document_changes {
        return Some(WorkspaceEdit { changes: Some(HashMap::from([(uri, vec![edits])])), ..WorkspaceEdit::default() });
    }
    // An editor whose text is another by now refuses the edit.
    let text_document = OptionalVersionedTextDocumentIdentifier {
        version: file.version,
        text_document_identifier: TextDocumentIdentifier { uri },
    };
    let change = TextDocumentEdit { text_document, edits: vec![edits.into()] };
    Some(WorkspaceEdit { document_changes: Some(vec![change.into()]), ..WorkspaceEdit::default() })
}

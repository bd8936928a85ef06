//! Findings and notes as the protocol's diagnostics, and the reports that clients ask for.

use super::session::Abilities;
use super::tell::Names;
use super::workspace::Workspace;
use crate::check::{Diagnostic as Finding, Findings, Notice, NoticeKind};
use crate::lint::{Level, Place};
use crate::model::NoteKind;
use crate::text::FileId;
use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    DocumentDiagnosticReport, FullDocumentDiagnosticReport, Location, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, WorkspaceDiagnosticReport,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use rustc_hash::FxHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

/// What is told of one file.
#[derive(Clone, Debug, Default)]
pub struct ToldOfFile {
    pub version: Option<i32>,
    pub diagnostics: Vec<Diagnostic>,
    /// The findings among the diagnostics, for what can be done about them.
    pub findings: Vec<Finding>,
    /// Of the diagnostics; the name under which clients know this state.
    pub hash: u64,
}

/// What is told, by path: of open files, and of those of which there is something to tell.
#[derive(Debug, Default)]
pub struct Told {
    files: BTreeMap<PathBuf, ToldOfFile>,
    /// What failed in unsnarl itself, and cost no more than it says.
    pub defects: BTreeSet<String>,
}

impl Told {
    pub fn get(&self, path: &Path) -> Option<&ToldOfFile> {
        self.files.get(path)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&PathBuf, &ToldOfFile)> {
        self.files.iter()
    }
}

/// Adds what a workspace finds, for the files that are in none of the workspaces inside it.
pub fn add(told: &mut Told, workspace: &Workspace, inside: &[&Workspace], findings: &Findings, abilities: Abilities) {
    let mut of_workspace: BTreeMap<FileId, ToldOfFile> = BTreeMap::new();
    for (id, file) in workspace.files().filter(|(_, file)| file.version.is_some()) {
        of_workspace.insert(id, ToldOfFile { version: file.version, ..ToldOfFile::default() });
    }
    for finding in &findings.findings {
        let of_file = of_workspace.entry(finding.finding.at.file).or_default();
        of_file.diagnostics.push(of_finding(workspace, finding, abilities));
        of_file.findings.push(finding.clone());
    }
    for notice in findings.notes.iter().filter(|notice| is_for_editors(notice.kind)) {
        if let Some(at) = notice.at {
            let of_file = of_workspace.entry(at.file).or_default();
            of_file.diagnostics.extend(of_notice(workspace, notice, abilities));
        }
    }
    for (id, mut of_file) in of_workspace {
        let path = &workspace.file(id).path;
        if inside.iter().any(|inner| inner.id_of(path).is_some()) {
            continue;
        }
        let mut hasher = FxHasher::default();
        // Some parts of a diagnostic have no hash of their own.
        serde_json::to_string(&of_file.diagnostics).unwrap_or_default().hash(&mut hasher);
        of_file.hash = hasher.finish();
        told.files.insert(path.clone(), of_file);
    }
}

/// Files and lints on which unsnarl failed.
pub fn defects(workspace: &Workspace, findings: &Findings) -> Vec<String> {
    let of_unsnarl = |kind| matches!(kind, NoticeKind::File(NoteKind::Failed) | NoticeKind::LintFailed);
    let notices = findings.notes.iter().filter(|notice| of_unsnarl(notice.kind));
    let told = notices.map(|notice| match notice.at {
        Some(at) => format!("`{}`: {}", workspace.file(at.file).path.display(), notice.message),
        None => notice.message.clone(),
    });
    told.collect()
}

/// Syntax errors are told by others, and better.
fn is_for_editors(kind: NoticeKind) -> bool {
    kind.is_warning() && !matches!(kind, NoticeKind::File(_))
}

fn of_finding(workspace: &Workspace, told: &Finding, abilities: Abilities) -> Diagnostic {
    let finding = &told.finding;
    let mut message = finding.message.clone();
    if !finding.label.is_empty() {
        message.push_str(&format!("\n{}", finding.label));
    }
    let mut related = Vec::new();
    for step in &finding.chain {
        let what = match step.function.is_empty() {
            true => step.what.clone(),
            false => format!("in `{}`: {}", step.function, step.what),
        };
        if !abilities.shows_related_information {
            message.push_str(&format!("\n{}: {what}", spelled(workspace, step.at, abilities)));
        }
        let location = location(workspace, step.at, abilities).filter(|_| abilities.related_information);
        related.extend(location.map(|location| DiagnosticRelatedInformation { location, message: what }));
    }
    for help in &finding.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    Diagnostic {
        range: workspace.range(finding.at, abilities.encoding),
        severity: Some(match told.level {
            Level::Deny => DiagnosticSeverity::Error,
            _ => DiagnosticSeverity::Warning,
        }),
        code: Some(Code::String(told.lint.name.to_owned())),
        code_description: told.lint.address().parse().ok().map(|href| CodeDescription { href }),
        source: Some("unsnarl".to_owned()),
        message: message.into(),
        tags: None,
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    }
}

fn of_notice(workspace: &Workspace, notice: &Notice, abilities: Abilities) -> Option<Diagnostic> {
    let message = match &notice.help {
        Some(help) => format!("{}\nhelp: {help}", notice.message),
        None => notice.message.clone(),
    };
    let is_unused = matches!(notice.kind, NoticeKind::UnusedAllow | NoticeKind::UnusedNonBlocking);
    Some(Diagnostic {
        range: workspace.range(notice.at?, abilities.encoding),
        severity: Some(if is_unused { DiagnosticSeverity::Hint } else { DiagnosticSeverity::Warning }),
        code: Some(Code::String(notice.kind.name().to_owned())),
        code_description: None,
        source: Some("unsnarl".to_owned()),
        message: message.into(),
        tags: is_unused.then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: None,
        data: None,
    })
}

fn location(workspace: &Workspace, place: Place, abilities: Abilities) -> Option<Location> {
    let uri = workspace.names.uri_of(&workspace.file(place.file).path)?;
    Some(Location { uri, range: workspace.range(place, abilities.encoding) })
}

/// A place as people read it: `app/helper.py:5`, the path from the workspace's folder, lines counted from one.
fn spelled(workspace: &Workspace, place: Place, abilities: Abilities) -> String {
    let path = &workspace.file(place.file).path;
    let path = path.strip_prefix(&workspace.folder).ok().filter(|rest| !rest.as_os_str().is_empty()).unwrap_or(path);
    format!("{}:{}", path.display(), workspace.range(place, abilities.encoding).start.line + 1)
}

/// The report of one file; only that it is as it was if the client knows it already.
pub fn document_report(told: Option<&ToldOfFile>, known: Option<&str>) -> DocumentDiagnosticReport {
    let nothing = ToldOfFile::default();
    let told = told.unwrap_or(&nothing);
    let id = result_id(told);
    if known == Some(id.as_str()) {
        let report = UnchangedDocumentDiagnosticReport::new(id);
        return RelatedUnchangedDocumentDiagnosticReport::new(None, report).into();
    }
    let report = FullDocumentDiagnosticReport::new(Some(id), told.diagnostics.clone());
    RelatedFullDocumentDiagnosticReport::new(None, report).into()
}

/// The reports of all files of which there is something to tell, or was.
pub fn workspace_report(told: &Told, names: &Names, known: &[(PathBuf, String)]) -> WorkspaceDiagnosticReport {
    let known: BTreeMap<&Path, &str> = known.iter().map(|(path, id)| (path.as_path(), id.as_str())).collect();
    let mut items: Vec<WorkspaceDocumentDiagnosticReport> = Vec::new();
    for (path, of_file) in told.iter() {
        let before = known.get(path.as_path());
        if of_file.diagnostics.is_empty() && before.is_none() {
            continue;
        }
        let Some(uri) = names.uri_of(path) else {
            continue;
        };
        let id = result_id(of_file);
        if before == Some(&id.as_str()) {
            let report = UnchangedDocumentDiagnosticReport::new(id);
            items.push(WorkspaceUnchangedDocumentDiagnosticReport::new(uri, of_file.version, report).into());
        } else {
            let report = FullDocumentDiagnosticReport::new(Some(id), of_file.diagnostics.clone());
            items.push(WorkspaceFullDocumentDiagnosticReport::new(uri, of_file.version, report).into());
        }
    }
    for path in known.keys().filter(|path| told.get(path).is_none()) {
        if let Some(uri) = names.uri_of(path) {
            let report = FullDocumentDiagnosticReport::new(None, Vec::new());
            items.push(WorkspaceFullDocumentDiagnosticReport::new(uri, None, report).into());
        }
    }
    WorkspaceDiagnosticReport { items }
}

fn result_id(told: &ToldOfFile) -> String {
    format!("{:016x}", told.hash)
}

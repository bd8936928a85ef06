//! Findings as SARIF 2.1.0, for code scanning services and viewers.
//!
//! Every chain is a code flow. Columns count characters, as elsewhere in reports.

use super::Sources;
use crate::check::{Diagnostic, Findings, Notice};
use crate::lint::{Certainty, Level, Lint, Place};
use serde::Serialize;
use std::collections::BTreeMap;

/// Where the schema is kept by those who made it.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation<'a>; 1],
    column_kind: &'static str,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Message<'a>,
    full_description: Message<'a>,
    help: Help<'a>,
    default_configuration: RuleConfiguration,
    properties: RuleProperties<'a>,
}

#[derive(Serialize)]
struct Message<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct RuleConfiguration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties<'a> {
    tags: [&'a str; 2],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    descriptor: Descriptor<'a>,
    level: &'static str,
    message: Message<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location<'a>>,
}

#[derive(Serialize)]
struct Descriptor<'a> {
    id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    code_flows: Vec<CodeFlow<'a>>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    /// From 0 to 100: how sure the finding is.
    rank: f64,
    properties: ResultProperties<'a>,
}

#[derive(Serialize)]
struct ResultProperties<'a> {
    certainty: &'static str,
    severity: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    cause: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    help: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'a> {
    fully_qualified_name: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CodeFlow<'a> {
    thread_flows: [ThreadFlow<'a>; 1],
}

#[derive(Serialize)]
struct ThreadFlow<'a> {
    locations: Vec<FlowLocation<'a>>,
}

#[derive(Serialize)]
struct FlowLocation<'a> {
    location: Location<'a>,
}

/// Renders a log of one run; `lints` are those that there are, found or not.
pub fn sarif(findings: &Findings, sources: &Sources, lints: &[&'static Lint]) -> Vec<u8> {
    let mut told: Vec<&Diagnostic> = findings.findings.iter().collect();
    told.sort_by_key(|diagnostic| sources.order(diagnostic.finding.at));
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "unsnarl",
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: lints.iter().map(|lint| rule(lint)).collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: findings.notes.iter().map(|note| notification(note, sources)).collect(),
            }],
            column_kind: "unicodeCodePoints",
            results: told.into_iter().map(|diagnostic| result(diagnostic, sources, lints)).collect(),
        }],
    };
    let mut out = serde_json::to_vec_pretty(&log).expect("plain records always serialize");
    out.push(b'\n');
    out
}

fn message(text: &str) -> Message<'_> {
    Message { text: text.into() }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Allow => "none",
        Level::Warn => "warning",
        Level::Deny => "error",
    }
}

fn rule(lint: &'static Lint) -> Rule<'static> {
    Rule {
        id: lint.name,
        short_description: message(lint.summary),
        full_description: message(lint.summary),
        help: Help { text: lint.page, markdown: lint.page },
        default_configuration: RuleConfiguration {
            enabled: lint.level != Level::Allow,
            level: if lint.level == Level::Deny { "error" } else { "warning" },
        },
        properties: RuleProperties { tags: ["concurrency", lint.family.name()] },
    }
}

fn result<'a>(diagnostic: &'a Diagnostic, sources: &Sources, lints: &[&'static Lint]) -> SarifResult<'a> {
    let finding = &diagnostic.finding;
    let here = |text: Option<&'a str>| Location {
        physical_location: physical(finding.at, sources),
        logical_locations: logical(&finding.function),
        message: text.map(message),
    };
    let mut code_flows = Vec::new();
    if !finding.chain.is_empty() {
        let steps = finding.chain.iter().map(|step| Location {
            physical_location: physical(step.at, sources),
            logical_locations: logical(&step.function),
            message: Some(message(&step.what)),
        });
        let locations =
            std::iter::once(here(Some(&finding.label))).chain(steps).map(|location| FlowLocation { location });
        code_flows.push(CodeFlow { thread_flows: [ThreadFlow { locations: locations.collect() }] });
    }
    let help = finding.help.iter().map(|help| format!("\n{help}")).collect::<String>();
    SarifResult {
        rule_id: finding.lint,
        rule_index: lints.iter().position(|lint| lint.name == finding.lint).unwrap_or_default(),
        level: level(diagnostic.level),
        message: Message { text: format!("{}{help}", finding.message).into() },
        locations: [here(None)],
        code_flows,
        partial_fingerprints: BTreeMap::from([("unsnarl/v1", format!("{:016x}", diagnostic.fingerprint))]),
        rank: match finding.certainty {
            Certainty::Possible => 25.0,
            Certainty::Likely => 75.0,
            Certainty::Certain => 100.0,
        },
        properties: ResultProperties {
            certainty: finding.certainty.name(),
            severity: finding.severity.name(),
            cause: &finding.cause,
            help: &finding.help,
        },
    }
}

fn notification<'a>(note: &'a Notice, sources: &Sources) -> Notification<'a> {
    let location =
        |at| Location { physical_location: physical(at, sources), logical_locations: Vec::new(), message: None };
    Notification {
        descriptor: Descriptor { id: note.kind.name() },
        level: if note.kind.is_warning() { "warning" } else { "note" },
        message: message(&note.message),
        locations: note.at.map(location).into_iter().collect(),
    }
}

fn logical(function: &str) -> Vec<LogicalLocation<'_>> {
    let named = Some(function).filter(|name| !name.is_empty());
    named.map(|name| LogicalLocation { fully_qualified_name: name, kind: "function" }).into_iter().collect()
}

fn physical(at: Place, sources: &Sources) -> PhysicalLocation {
    let source = sources.get(at.file);
    let (start, end) = (source.position(at.span.start), source.position(at.span.end));
    PhysicalLocation {
        artifact_location: ArtifactLocation { uri: uri(&source.shown) },
        region: Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        },
    }
}

/// A path as a reference of RFC 3986: relative to where unsnarl was run, or a `file` address.
fn uri(shown: &str) -> String {
    let mut out = String::new();
    let is_drive = shown.as_bytes().get(1) == Some(&b':');
    if shown.starts_with('/') || is_drive {
        out += if is_drive { "file:///" } else { "file://" };
    }
    for byte in shown.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte as char),
            b':' if is_drive => out.push(':'),
            other => out += &format!("%{other:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("src/a b/é.py"), "src/a%20b/%C3%A9.py");
        assert_eq!(uri("/tmp/x:1.py"), "file:///tmp/x%3A1.py");
        assert_eq!(uri("C:/x.py"), "file:///C:/x.py");
    }
}

//! `test-fixtures/<lint>/<situation>`: a closed world. A finding without annotation fails, and so does an annotation
//! without finding; `_bad` functions hold a finding, `_ok` functions none. A folder is a project; its `expected.out`,
//! if there is one, is the text report.

use crate::annotations::{Claim, annotations, check};
use std::fs;
use std::path::{Path, PathBuf};
use unsnarl::catalogue::Language;
use unsnarl::lints;
use unsnarl::report;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/test-fixtures");

/// Folders of fixtures that are not about one lint.
const OTHER_FOLDERS: [&str; 2] = ["facts", "found-in-the-wild"];

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("fixtures have plain names")
}

fn situations() -> Vec<PathBuf> {
    let about_lints = |folder: &PathBuf| lints::ALL.iter().any(|lint| lint.name == name(folder));
    entries(FIXTURES.as_ref()).iter().filter(|folder| about_lints(folder)).flat_map(|folder| entries(folder)).collect()
}

/// `FIXTURE=part-of-a-path` runs those alone.
#[test]
fn findings_are_those_that_fixtures_announce() {
    let chosen = std::env::var("FIXTURE").unwrap_or_default();
    let mut failures = Vec::new();
    for path in situations().into_iter().filter(|path| path.to_string_lossy().contains(&chosen)) {
        let checked = check(&path);
        let shown = path.strip_prefix(FIXTURES).expect("fixtures are in their folder").display().to_string();
        failures.extend(checked.differences().into_iter().map(|difference| format!("{shown}: {difference}")));
        let golden = path.join("expected.out");
        if golden.is_file() {
            let text = String::from_utf8(report::text(&checked.findings, &checked.sources, false)).expect("is UTF-8");
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&golden, &text).expect("goldens can be written");
            } else if fs::read_to_string(&golden).expect("goldens can be read") != text {
                failures.push(format!("{shown}: differs from `expected.out` (`UPDATE=1` rewrites it):\n{text}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} differences\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn each_lint_has_fixtures_in_each_language_that_it_claims() {
    for lint in lints::ALL {
        let folder = Path::new(FIXTURES).join(lint.name);
        assert!(folder.is_dir(), "`{}` has no fixtures", lint.name);
        for language in lint.languages {
            let extension = match language {
                Language::Python => "py",
                Language::Rust => "rs",
            };
            let is_shown = walkdir::WalkDir::new(&folder).into_iter().filter_map(Result::ok).any(|entry| {
                entry.path().extension().is_some_and(|it| it == extension)
                    && fs::read_to_string(entry.path()).is_ok_and(|text| {
                        let found = annotations(&text, extension == "rs");
                        found.iter().any(|it| it.claim == Claim::Found && it.lint == lint.name)
                    })
            });
            assert!(is_shown, "`{}` has no fixture with a finding in {language:?}", lint.name);
        }
    }
}

#[test]
fn each_fixture_is_about_a_lint() {
    for folder in entries(FIXTURES.as_ref()) {
        let name = name(&folder);
        let is_known = OTHER_FOLDERS.contains(&name) || lints::ALL.iter().any(|lint| lint.name == name);
        assert!(is_known || lints::ALL.len() < 4, "there is no lint `{name}`");
    }
}

/// Messages stand alone on one line: lower case, no full stop.
#[test]
fn messages_keep_the_convention() {
    for path in situations() {
        for diagnostic in check(&path).findings.findings {
            let finding = &diagnostic.finding;
            let lines = [&finding.message, &finding.label].into_iter().chain(&finding.help);
            for text in lines.chain(finding.chain.iter().map(|step| &step.what)) {
                let shown = path.display();
                assert!(!text.ends_with('.'), "{shown}: `{text}` ends with a full stop");
                assert!(!text.contains('\n'), "{shown}: `{text}` has several lines");
                let first = text.chars().next();
                assert!(first.is_none_or(|first| !first.is_uppercase()), "{shown}: `{text}` begins with a capital");
                assert_eq!(text.matches('`').count() % 2, 0, "{shown}: `{text}` has an open backtick");
            }
            assert!(!finding.message.is_empty());
        }
    }
}

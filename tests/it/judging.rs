//! What is told of what lints find: levels, suppressions, certainty, one lint a call, one cause.

use crate::annotations;
use crate::discovery::Scratch;
use unsnarl::catalogue::Language;
use unsnarl::check::{Findings, NoticeKind, Program, Settings, Stop, Wanted, Workers};
use unsnarl::lint::{
    Certainty, Cx, Family, Finding, Level, Levels, Lint, Place, ProblemKind, Selector, Severity, Step,
};
use unsnarl::report::{self, Sources};
use unsnarl::text::{FileId, Span};

const BASE: Lint = Lint {
    name: "first-lint",
    summary: "complains first",
    family: Family::Blocking,
    level: Level::Warn,
    languages: &[Language::Python],
    since: "0.1.0",
    page: "",
    check: |_| vec![at(0, "first"), at(10, "first")],
};
const FIRST: Lint = BASE;
const SECOND: Lint = Lint { name: "second-lint", check: |_| vec![at(0, "second")], ..BASE };
const UNSURE: Lint = Lint { name: "unsure-lint", check: |_| vec![unsure()], ..BASE };
const BROKEN: Lint = Lint { name: "broken-lint", check: |_| panic!("this lint is broken on purpose"), ..BASE };
const CHAINED: Lint = Lint { name: "chained-lint", check: chained, family: Family::Tasks, ..BASE };
const BRIEF: Lint = Lint { name: "brief-lint", check: |_| vec![at(0, "brief").severity(Severity::Brief)], ..BASE };
const ALL: &[&Lint] = &[&FIRST, &SECOND, &UNSURE, &BROKEN, &CHAINED, &BRIEF];

/// Ten bytes a line, so that calls are easy to count.
const TEXT: &str = "call_one()\ncall_two()\n";

fn place(start: u32) -> Place {
    Place { file: FileId(0), span: Span::new(start, start + 4) }
}

fn at(start: u32, message: &str) -> Finding {
    Finding::at(place(start + start / 10), message).in_function("f")
}

fn unsure() -> Finding {
    at(0, "unsure").certainty(Certainty::Possible)
}

fn chained(_: &Cx<'_>) -> Vec<Finding> {
    let step = Step { at: place(11), function: "helper".to_owned(), what: "calls `sleep`".to_owned() };
    let finding = |start, message: &str| {
        at(start, message)
            .label("because of this")
            .through(vec![step.clone()])
            .help("use `nap`")
            .severity(Severity::Fatal)
            .cause("helper sleep")
    };
    vec![finding(0, "one"), Finding { at: place(5), ..finding(0, "two") }]
}

fn run(name: &str, text: &str, lints: &[&str], change: impl FnOnce(&mut Settings)) -> (Findings, Sources) {
    let scratch = Scratch::new(name, &[("a.py", text)]);
    let checked = annotations::check(&scratch.root);
    let mut levels = Levels::default();
    levels.set(Selector::All, Level::Allow);
    for name in lints {
        levels.set(Selector::parse(name, ALL).expect("is a lint"), Level::Warn);
    }
    let mut settings = Settings { lints: ALL, levels, ..Settings::default() };
    change(&mut settings);
    let stop = Stop::never();
    let workers = Workers::new(Some(1)).expect("a thread can be started");
    let findings = workers.run(|| Program::link(&checked.project, &stop)?.findings(&settings, &Wanted::All, &stop));
    (findings.expect("nobody stops it"), checked.sources)
}

fn told(findings: &Findings) -> Vec<(&str, u32)> {
    findings.findings.iter().map(|it| (it.finding.lint, it.finding.at.span.start)).collect()
}

#[test]
fn of_two_lints_at_one_call_the_first_is_told() {
    let (findings, _) = run("judging-two", TEXT, &["first-lint", "second-lint"], |_| {});
    assert_eq!(told(&findings), [("first-lint", 0), ("first-lint", 11)]);
    assert_eq!(findings.findings[0].finding.also, ["second-lint"]);

    let (findings, _) = run("judging-second", TEXT, &["second-lint"], |_| {});
    assert_eq!(told(&findings), [("second-lint", 0)]);

    let allowed = "call_one()  # unsnarl: allow(first-lint)\n";
    let (findings, _) = run("judging-allowed", allowed, &["first-lint", "second-lint"], |_| {});
    assert!(told(&findings).contains(&("second-lint", 0)), "{:?}", told(&findings));
    assert_eq!(findings.summary.silenced, 1);
}

#[test]
fn uncertain_findings_are_counted_and_not_told() {
    let (findings, _) = run("judging-unsure", TEXT, &["unsure-lint"], |_| {});
    assert_eq!((told(&findings), findings.summary.uncertain), (vec![], 1));
    let (findings, _) = run("judging-sure", TEXT, &["unsure-lint"], |it| it.min_certainty = Certainty::Possible);
    assert_eq!(told(&findings), [("unsure-lint", 0)]);
}

#[test]
fn a_lint_that_fails_is_noted_and_the_others_go_on() {
    let (findings, _) = run("judging-broken", TEXT, &["broken-lint", "second-lint"], |_| {});
    assert_eq!(told(&findings), [("second-lint", 0)]);
    let kinds: Vec<NoticeKind> = findings.notes.iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [NoticeKind::LintFailed]);
}

#[test]
fn levels_of_a_file_count_over_those_of_all() {
    let allow_here = |settings: &mut Settings| {
        let mut levels = settings.levels.clone();
        levels.set(Selector::Lint("second-lint"), Level::Allow);
        levels.set(Selector::Lint("first-lint"), Level::Deny);
        settings.overrides.insert(FileId(0), levels);
    };
    let (findings, _) = run("judging-file", TEXT, &["first-lint", "second-lint"], allow_here);
    assert_eq!(told(&findings), [("first-lint", 0), ("first-lint", 11)]);
    assert_eq!(findings.findings[0].finding.also, Vec::<&str>::new(), "what is allowed here does not complain");
    assert!(findings.findings.iter().all(|it| it.level == Level::Deny));

    let idle = "x = 1\n\nyyyyyyyyyyy = 2\nz = 3  # unsnarl: allow(second-lint)\n";
    let (findings, _) = run("judging-file-idle", idle, &["first-lint", "second-lint"], allow_here);
    assert_eq!(findings.notes, [], "a lint that is allowed in this file might have found something");

    let (findings, _) = run("judging-file-over", TEXT, &["first-lint"], |settings| {
        allow_here(settings);
        settings.set_level(&Selector::All, Level::Warn);
    });
    assert!(findings.findings.iter().any(|it| it.finding.also.contains(&"second-lint")));
}

#[test]
fn brief_stalls_have_a_highest_level() {
    let brief = |level| move |settings: &mut Settings| settings.brief_stalls = level;
    let (findings, _) = run("judging-brief", TEXT, &["brief-lint"], brief(Level::Allow));
    assert_eq!(told(&findings), []);
    let (findings, _) = run("judging-brief-warn", TEXT, &["brief-lint"], |settings| {
        brief(Level::Warn)(settings);
        settings.set_level(&Selector::Lint("brief-lint"), Level::Deny);
    });
    let levels: Vec<(&str, Level)> = findings.findings.iter().map(|it| (it.finding.lint, it.level)).collect();
    assert_eq!(levels, [("brief-lint", Level::Warn)]);
    let (findings, _) = run("judging-brief-own", TEXT, &["brief-lint"], |_| {});
    assert_eq!(told(&findings), [("brief-lint", 0)]);
}

#[test]
fn comments_that_do_nothing_are_noted() {
    let text =
        "# unsnarl: allow(second-lint)\nx = 1\n\ny = 2  # unsnarl: allow(frist-lint)\nz = 3  # unsnarl: alow(x)\n";
    let kinds = |findings: &Findings| findings.notes.iter().map(|note| note.kind).collect::<Vec<_>>();
    let (findings, _) = run("judging-unused", text, &[], |_| {});
    let wrong = [ProblemKind::UnknownLint, ProblemKind::Malformed].map(NoticeKind::Directive);
    assert_eq!(kinds(&findings), wrong, "a lint that was not run might have found something");
    assert_eq!(findings.notes[0].help.as_deref(), Some("did you mean `first-lint`?"));

    let unused = "x = 1\n\nyyyyyyyyyyy = 2\nz = 3  # unsnarl: allow(second-lint)\n";
    let (findings, _) = run("judging-idle", unused, &["second-lint"], |_| {});
    assert_eq!(kinds(&findings), [NoticeKind::UnusedAllow]);
}

#[test]
fn a_mark_that_cuts_nothing_is_noted() {
    let text =
        "# unsnarl: non-blocking()\ndef f():\n    pass\n\n\n# unsnarl: non-blocking()\ndef g():\n    pass\n\n\ng()\n";
    let (findings, _) = run("judging-mark", text, &[], |_| {});
    let noted: Vec<(NoticeKind, u32)> =
        findings.notes.iter().map(|note| (note.kind, note.at.expect("has a place").span.start)).collect();
    assert_eq!(noted, [(NoticeKind::UnusedNonBlocking, 0)]);
}

#[test]
fn an_allow_at_the_end_of_a_chain_silences_the_chain() {
    let text = "call_one()\ncall_two()  # unsnarl: allow(chained-lint)\n";
    let (findings, _) = run("judging-chain", text, &["chained-lint"], |_| {});
    assert_eq!((told(&findings), findings.summary.silenced), (vec![], 2));
    assert_eq!(findings.notes, []);
}

#[test]
fn a_cause_is_rendered_once_with_its_other_places() {
    let (findings, sources) = run("judging-cause", TEXT, &["chained-lint"], |it| {
        it.levels.set(Selector::Family(Family::Tasks), Level::Deny);
    });
    let text = String::from_utf8(report::text(&findings, &sources, false)).expect("is UTF-8");
    let expected = "\
error[chained-lint]: one
  ┌─ a.py:1:1
  │
1 │ call_one()
  │ ^^^^ because of this
2 │ call_two()
  │ ---- 1: calls `sleep`
  │
  = help: use `nap`
  = reached from 1 other place:
    a.py:1:6 in `f`

2 findings in 1 file, 2 of them denied
";
    assert_eq!(text, expected);
    let json: serde_json::Value = serde_json::from_slice(&report::json(&findings, &sources)).expect("is JSON");
    let listed = json["findings"].as_array().expect("is a list");
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0]["cause"], listed[1]["cause"]);
    assert_ne!(listed[0]["fingerprint"], listed[1]["fingerprint"]);
    assert_eq!(
        listed[0]["chain"][0],
        serde_json::json!({"file": "a.py", "line": 2, "column": 1, "end_line": 2, "end_column": 5,
            "function": "helper", "what": "calls `sleep`"})
    );
    let keys: Vec<&str> = listed[0].as_object().expect("is an object").keys().map(String::as_str).collect();
    let mut wanted = [
        "lint",
        "family",
        "level",
        "certainty",
        "severity",
        "message",
        "file",
        "line",
        "column",
        "end_line",
        "end_column",
        "function",
        "chain",
        "help",
        "cause",
        "fingerprint",
    ];
    wanted.sort_unstable();
    assert_eq!(keys, wanted);
}

#[test]
fn findings_of_wanted_files_alone_can_be_asked_for() {
    let scratch = Scratch::new("judging-wanted", &[("a.py", TEXT), ("b.py", TEXT)]);
    let checked = annotations::check(&scratch.root);
    let settings = Settings { lints: &[&SECOND], ..Settings::default() };
    let stop = Stop::never();
    let program = Program::link(&checked.project, &stop).expect("nobody stops it");
    let ask = |file| program.findings(&settings, &Wanted::Files(vec![FileId(file)]), &stop).expect("nobody stops it");
    assert_eq!(told(&ask(0)), [("second-lint", 0)]);
    assert_eq!(told(&ask(1)), []);
}

//! A program as an interface: changed file by file, stopped, linked from files in any order.

use crate::annotations::{self, Checked};
use crate::discovery::Scratch;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use unsnarl::check::{
    Change, Findings, Program, Project, Settings, Source, Stop, Stopped, Through, Verdict, Wanted, Workers, decode,
    lower_after, unread,
};
use unsnarl::lint::Place;
use unsnarl::report::{self, SourceText, Sources};
use unsnarl::text::{FileId, Span};

/// Fixtures of several files.
fn projects() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("test-fixtures");
    let entries = walkdir::WalkDir::new(fixtures).min_depth(2).max_depth(2).sort_by_file_name();
    let folders = entries.into_iter().map(|entry| entry.expect("fixtures can be read").into_path());
    folders.filter(|path| path.is_dir() && !path.to_string_lossy().contains("/facts/")).collect()
}

fn findings(program: &Program) -> Findings {
    let stop = Stop::never();
    program.findings(&Settings::default(), &Wanted::All, &stop).expect("nobody stops it")
}

fn json(findings: &Findings, sources: &Sources) -> String {
    String::from_utf8(report::json(findings, sources)).expect("is UTF-8")
}

#[test]
fn a_program_changed_file_by_file_answers_as_a_new_one() {
    let workers = Workers::new(Some(2)).expect("threads can be started");
    let stop = Stop::never();
    for path in projects() {
        let Checked { project, sources, .. } = annotations::check(&path);
        let mut empty = project.clone();
        for file in &mut empty.files {
            file.facts = Arc::new(unread(file.facts.dialect, &[]));
        }
        let changed = workers.run(|| {
            let mut program = Program::link_to_change(&empty, &stop).expect("nobody stops it");
            for (n, file) in project.files.iter().enumerate() {
                let change = Change { file: FileId(n as u32), facts: Arc::clone(&file.facts) };
                program.change(&[change], &stop).expect("nobody stops it");
            }
            findings(&program)
        });
        let new = workers.run(|| findings(&Program::link(&project, &stop).expect("nobody stops it")));
        assert_eq!(json(&changed, &sources), json(&new, &sources), "{}", path.display());
    }
}

/// A change that leaves everything outside of functions as it is, and takes a function from inside another.
#[test]
fn what_was_inside_a_function_may_be_gone() {
    let head = "import time\n\n\ndef load():\n    time.sleep(1)\n\n\nasync def handler():\n";
    let nested = "    def inner():\n        return load()\n\n    return inner()\n";
    let scratch = Scratch::new("program-inner", &[("a.py", &format!("{head}{nested}"))]);
    let Checked { project, .. } = annotations::check(&scratch.root);
    let stop = Stop::never();
    let mut program = Program::link_to_change(&project, &stop).expect("nobody stops it");
    assert_eq!(findings(&program).findings.len(), 1);
    for (text, count) in [("    return None\n", 0), (nested, 1), ("    return load()\n", 1)] {
        let decoded = decode(format!("{head}{text}").into_bytes(), u64::MAX);
        let source = Source { dialect: project.files[0].facts.dialect, decoded };
        let facts = Arc::new(lower_after(&source, &program.project().files[0].facts));
        program.change(&[Change { file: FileId(0), facts }], &stop).expect("nobody stops it");
        assert_eq!(findings(&program).findings.len(), count, "{text}");
    }
}

#[test]
fn the_order_of_files_does_not_show() {
    let workers = Workers::new(Some(2)).expect("threads can be started");
    let stop = Stop::never();
    for path in projects() {
        let Checked { project, sources, .. } = annotations::check(&path);
        let mut backwards = project.clone();
        backwards.files.reverse();
        // A program orders its files by path, as discovery does.
        let told =
            |project: &Project| workers.run(|| findings(&Program::link(project, &stop).expect("nobody stops it")));
        assert_eq!(json(&told(&backwards), &sources), json(&told(&project), &sources), "{}", path.display());
    }
}

#[test]
fn work_ends_when_it_is_asked_to() {
    let Checked { project, .. } = annotations::check(&projects()[0]);
    let workers = Workers::new(Some(1)).expect("a thread can be started");
    let stop = Stop::never();
    stop.request();
    assert!(matches!(workers.run(|| Program::link(&project, &stop)), Err(Stopped)));
}

#[test]
fn a_place_is_explained() {
    let text = "import time\n\n\ndef load():\n    time.sleep(1)\n\n\nasync def handler():\n    load()\n";
    let scratch = Scratch::new("program-explain", &[("a.py", text)]);
    let Checked { project, .. } = annotations::check(&scratch.root);
    let program = Program::link(&project, &Stop::never()).expect("nobody stops it");
    let explain = |word: &str| {
        let start = text.rfind(word).expect("is in the text") as u32;
        let place = Place { file: FileId(0), span: Span::new(start, start) };
        program.explain(place, text, &Settings::default()).expect("the file is there")
    };
    let handler = explain("load()");
    assert_eq!((handler.functions[0].name.as_str(), handler.functions[0].is_on_loop), ("handler", true));
    assert_eq!(handler.calls[0].calls[0].what, "calls `load`");
    assert_eq!(handler.calls[0].findings[0].finding.lint, "blocking-call-in-async");
    let load = explain("time.sleep");
    assert_eq!((load.functions[0].name.as_str(), load.functions[0].is_on_loop), ("load", false));
    assert_eq!(load.calls[0].findings[0].finding.at, handler.calls[0].at);
    let definition = explain("async def");
    assert!(definition.is_of_function);
    assert_eq!(definition.calls.len(), 1);
}

#[test]
fn a_place_behind_the_end_is_at_the_end() {
    let source = SourceText::new("a.py".to_owned(), "x\n".to_owned());
    assert_eq!(source.position(99).line, 2);
}

#[test]
fn every_call_that_did_not_resolve_has_a_reason() {
    let workers = Workers::new(Some(2)).expect("threads can be started");
    for path in projects() {
        let Checked { project, .. } = annotations::check(&path);
        workers.run(|| {
            let program = Program::link(&project, &Stop::never()).expect("nobody stops it");
            let reasons = program.unresolved_on_loop(&Stop::never()).expect("nobody stops it");
            let resolved = program.resolved_on_loop();
            let unresolved: u64 = reasons.iter().map(|reason| reason.calls).sum();
            assert_eq!(resolved.calls - resolved.resolved, unresolved, "{}", path.display());
        });
    }
}

#[test]
fn what_is_told_is_what_the_verdicts_say() {
    let workers = Workers::new(Some(2)).expect("threads can be started");
    for path in projects() {
        let Checked { project, .. } = annotations::check(&path);
        workers.run(|| {
            let program = Program::link(&project, &Stop::never()).expect("nobody stops it");
            let mut told: Vec<(Place, &str)> =
                findings(&program).findings.iter().map(|told| (told.finding.at, told.finding.lint)).collect();
            let mut judged: Vec<(Place, &str)> = program
                .verdicts(&Settings::default())
                .into_iter()
                .filter(|(_, verdict)| matches!(verdict, Verdict::Told(_)))
                .map(|(finding, _)| (finding.at, finding.lint))
                .collect();
            told.sort();
            judged.sort();
            judged.dedup();
            assert_eq!(told, judged, "{}", path.display());
        });
    }
}

/// A node or an edge a line, the node's label in quotes that nothing inside ends.
#[test]
fn graphs_are_well_formed() {
    let name = "we_\"ird\\ #<i>`x`;\u{3b2}.py";
    let text = "import time\n\n\ndef nap():\n    time.sleep(1)\n\n\nasync def handler():\n    nap()\n";
    let scratch = Scratch::new("program-graph", &[(name, text)]);
    let Checked { project, sources, .. } = annotations::check(&scratch.root);
    let program = Program::link(&project, &Stop::never()).expect("nobody stops it");
    let graph = program.blocking_paths(&findings(&program).findings, &Through::All);
    assert_eq!((graph.nodes.len(), graph.edges.len()), (3, 2));
    let dot = String::from_utf8(report::dot(&graph, &sources)).expect("is UTF-8");
    let mut inside: Vec<&str> = dot.lines().skip(3).collect();
    assert_eq!(inside.pop(), Some("}"));
    for line in inside {
        let unescaped = line.replace("\\\\", "").replace("\\\"", "");
        let quotes = unescaped.matches('"').count();
        let is_edge = line.contains(" -> ");
        assert_eq!(quotes, if is_edge { 0 } else { 2 }, "{line}");
        assert!(unescaped.ends_with(';'), "{line}");
    }
    let mermaid = String::from_utf8(report::mermaid(&graph, &sources)).expect("is UTF-8");
    for line in mermaid.lines().skip(1).filter(|line| line.contains('"')) {
        let label = line.split('"').nth(1).expect("the label is in quotes");
        assert_eq!(line.matches('"').count(), 2, "{line}");
        let rest = label.replacen("<br/>", "", 1);
        assert!(!rest.contains(['<', '>', '`', '\\']), "{line}");
    }
    let json: serde_json::Value = serde_json::from_slice(&report::graph_json(&graph, &sources)).expect("it is JSON");
    assert_eq!(json["nodes"].as_array().map(Vec::len), Some(3));
    assert_eq!(json["edges"][0]["from"], 0);
}

#[test]
fn a_call_of_super_is_understood() {
    let text = "class Base:\n    async def go(self): pass\nclass Sub(Base):\n    async def go(self):\n        await super().go()\n";
    let scratch = Scratch::new("program-super", &[("a.py", text)]);
    let Checked { project, .. } = annotations::check(&scratch.root);
    let program = Program::link(&project, &Stop::never()).expect("nobody stops it");
    let resolved = program.resolved_on_loop();
    assert_eq!((resolved.calls, resolved.resolved), (2, 2));
}

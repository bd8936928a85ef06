//! What each rule against false findings keeps silent: `cargo bench --bench rules -- DIR…`, where each DIR holds
//! projects. For each rule all projects are judged without it, at the default levels and certainty.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use unsnarl::check::{Program, Project, Rule, Settings, Stop, Wanted, Workers};
use unsnarl::project::{self, Lowered, Request};

#[derive(Default)]
struct Counts {
    findings: usize,
    causes: usize,
}

fn main() {
    let folders = std::env::args_os().skip(1).filter(|it| !it.to_string_lossy().starts_with("--")).map(PathBuf::from);
    let workers = Workers::new(None).expect("threads can be started");
    let mut with_all = Counts::default();
    let mut without: Vec<Counts> = Rule::ALL.iter().map(|_| Counts::default()).collect();
    for folder in folders {
        for entry in walkdir::WalkDir::new(folder).min_depth(1).max_depth(1).sort_by_file_name() {
            let entry = entry.expect("the folder can be read");
            let Some((mut project, settings)) = lower(entry.path(), &workers) else { continue };
            add(&mut with_all, &project, &settings, &workers);
            for (rule, counts) in Rule::ALL.into_iter().zip(&mut without) {
                project.without = Some(rule);
                add(counts, &project, &settings, &workers);
            }
        }
    }
    println!("| left out | more findings | more causes |\n|---|--:|--:|");
    for (rule, counts) in Rule::ALL.iter().zip(&without) {
        let more = |without: usize, with: usize| without as i64 - with as i64;
        println!(
            "| {rule:?} | {} | {} |",
            more(counts.findings, with_all.findings),
            more(counts.causes, with_all.causes)
        );
    }
    println!("\n{} findings of {} causes with all rules", with_all.findings, with_all.causes);
}

fn lower(folder: &Path, workers: &Workers) -> Option<(Project, Settings)> {
    let request =
        Request { paths: vec![folder.to_owned()], working_directory: folder.to_owned(), ..Request::default() };
    let loaded = project::load(&request).map_err(|error| eprintln!("{}: {error:?}", folder.display())).ok()?;
    let settings = loaded.settings();
    let catalogue = loaded.configuration.catalogue().expect("the catalogue's own entries are right");
    let Lowered { project, .. } = loaded.lower(catalogue.into(), workers);
    Some((project, settings))
}

fn add(counts: &mut Counts, project: &Project, settings: &Settings, workers: &Workers) {
    let stop = Stop::never();
    let found = workers
        .run(|| Program::link(project, &stop).and_then(|it| it.findings(settings, &Wanted::All, &stop)))
        .expect("nobody stops it");
    counts.findings += found.findings.len();
    let causes: BTreeSet<(&str, String)> = found
        .findings
        .iter()
        .enumerate()
        .map(|(n, found)| {
            let cause = &found.finding.cause;
            (found.finding.lint, if cause.is_empty() { n.to_string() } else { cause.clone() })
        })
        .collect();
    counts.causes += causes.len();
}

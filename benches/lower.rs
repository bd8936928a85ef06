//! How fast sources are lowered, and how large their facts are: `cargo bench --bench lower -- DIR…`.

use std::path::PathBuf;
use std::time::Instant;
use unsnarl::model::{Dialect, Edition};

#[derive(Default)]
struct Totals {
    files: usize,
    bytes: usize,
    facts: usize,
    notes: usize,
    seconds: f64,
}

fn main() {
    let folders: Vec<PathBuf> =
        std::env::args_os().skip(1).filter(|it| !it.to_string_lossy().starts_with("--")).map(PathBuf::from).collect();
    let mut python = Totals::default();
    let mut rust = Totals::default();
    for folder in folders {
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok) {
            let path = entry.path();
            let (totals, dialect) = match path.extension().and_then(|it| it.to_str()) {
                Some("py") => (&mut python, Dialect::Python { stub: false }),
                Some("rs") => (&mut rust, Dialect::Rust { edition: Edition::E2021 }),
                _ => continue,
            };
            let Ok(text) = std::fs::read_to_string(path) else { continue };
            let start = Instant::now();
            let facts = match dialect {
                Dialect::Python { .. } => unsnarl::python::lower(&text, dialect),
                Dialect::Rust { .. } => unsnarl::rust::lower(&text, dialect),
            };
            totals.seconds += start.elapsed().as_secs_f64();
            totals.files += 1;
            totals.bytes += text.len();
            totals.facts += facts.size();
            totals.notes += facts.notes.len();
        }
    }
    for (name, totals) in [("python", python), ("rust", rust)] {
        if totals.files > 0 {
            println!(
                "{name}: {} files, {:.1} MB, {:.1} MB/s, {:.2} bytes of facts per byte of source, {} notes",
                totals.files,
                totals.bytes as f64 / 1e6,
                totals.bytes as f64 / 1e6 / totals.seconds,
                totals.facts as f64 / totals.bytes as f64,
                totals.notes
            );
        }
    }
}

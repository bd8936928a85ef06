//! Random edits, after each of which a changed program must answer as a new one:
//! `cargo bench --bench soak -- [--edits N] [--seed S] [DIR…]`, where each DIR is one project; without one, fixtures.
//! Ends with an error at the first difference, which it shows.

#[path = "../tests/soak/mod.rs"]
mod soak;

use soak::program::Soak;
use soak::workspace::{Workspace, fixtures};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut edits = 2000;
    let mut seed = 1;
    let mut folders: Vec<PathBuf> = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || {
            let value = arguments.next().unwrap_or_else(|| panic!("{argument} is followed by a number"));
            value.parse::<u64>().unwrap_or_else(|_| panic!("`{value}` is a number"))
        };
        match argument.as_str() {
            "--edits" => edits = number() as usize,
            "--seed" => seed = number(),
            // From cargo.
            "--bench" => {}
            folder => folders.push(folder.into()),
        }
    }
    let workspaces: Vec<Workspace> = match folders.is_empty() {
        true => vec![Workspace::copy("bench-fixtures", &fixtures(usize::MAX))],
        false => {
            let copy =
                |(n, folder): (usize, &PathBuf)| Workspace::copy(&format!("bench-{n}"), std::slice::from_ref(folder));
            folders.iter().enumerate().map(copy).collect()
        }
    };
    for workspace in workspaces {
        let soak = Soak::load(&workspace);
        println!("{} files, seed {seed}, {edits} edits", soak.files());
        match soak.run(&workspace.texts, seed, edits) {
            Ok(soaked) => {
                println!("  all files parsed after {}, {} were first stopped", soaked.parsed, soaked.stopped);
                println!("  the number of findings changed after {}", soaked.telling);
                let each = |time: std::time::Duration| time.as_secs_f64() * 1000.0 / edits as f64;
                println!("  {:.1} ms a change, {:.1} ms a new program", each(soaked.changing), each(soaked.anew));
                let kinds: Vec<String> = soaked.edits.iter().map(|(kind, count)| format!("{kind:?} {count}")).collect();
                println!("  {}", kinds.join(", "));
            }
            Err(report) => {
                println!("{report}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

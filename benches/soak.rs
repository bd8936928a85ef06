//! Random edits, after each of which what was changed must answer as what is new:
//! `cargo bench --bench soak -- [--edits N] [--seed S] [--program] [--server] [DIR…]`, where each DIR is one project;
//! without one, fixtures. First a program is changed, then a server's texts; or only what is named.
//! Ends with an error at the first difference, which it shows.
//!
//! With `--memory` nothing is compared; a server takes the edits (10,000 unless said otherwise), and its memory must stay
//! as it is: the most of the last fifth of the edits is at most a tenth above the most of the second fifth, by when
//! everything that edits can bring has come. What is kept for good of each edit shows there: 1 KB of each is 6 MB.

#[path = "../tests/soak/mod.rs"]
mod soak;

use soak::program::Soak;
use soak::server;
use soak::workspace::{Workspace, fixtures};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

#[derive(Debug)]
struct Arguments {
    edits: usize,
    seed: u64,
    program: bool,
    server: bool,
    memory: bool,
    folders: Vec<PathBuf>,
}

impl Arguments {
    fn read() -> Arguments {
        let mut read =
            Arguments { edits: 0, seed: 1, program: false, server: false, memory: false, folders: Vec::new() };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut number = || {
                let value = arguments.next().unwrap_or_else(|| panic!("{argument} is followed by a number"));
                value.parse::<u64>().unwrap_or_else(|_| panic!("`{value}` is a number"))
            };
            match argument.as_str() {
                "--edits" => read.edits = number() as usize,
                "--seed" => read.seed = number(),
                "--program" => read.program = true,
                "--server" => read.server = true,
                "--memory" => read.memory = true,
                // From cargo.
                "--bench" => {}
                folder => read.folders.push(folder.into()),
            }
        }
        if read.edits == 0 {
            read.edits = if read.memory { 10_000 } else { 2000 };
        }
        let neither = !read.program && !read.server && !read.memory;
        Arguments { program: read.program || neither, server: read.server || neither, ..read }
    }

    fn workspaces(&self) -> Vec<Workspace> {
        if self.folders.is_empty() {
            return vec![Workspace::copy("bench-fixtures", &fixtures(usize::MAX))];
        }
        let copy =
            |(n, folder): (usize, &PathBuf)| Workspace::copy(&format!("bench-{n}"), std::slice::from_ref(folder));
        self.folders.iter().enumerate().map(copy).collect()
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::read();
    println!("seed {}, {} edits", arguments.seed, arguments.edits);
    for workspace in arguments.workspaces() {
        let name = workspace.folder.file_name().unwrap_or_default().display();
        println!("{name}: {} files", workspace.texts.values().flatten().count());
        if arguments.memory && !keeps_its_memory(&workspace, &arguments) {
            return ExitCode::FAILURE;
        }
        // The server first: what the program's soak writes are files that are not there otherwise.
        let soaked = if arguments.server { serve(&workspace, &arguments) } else { Ok(()) };
        let soaked = soaked.and_then(|()| if arguments.program { change(&workspace, &arguments) } else { Ok(()) });
        if let Err(report) = soaked {
            println!("{report}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn change(workspace: &Workspace, arguments: &Arguments) -> Result<(), String> {
    let soaked = Soak::load(workspace).run(&workspace.texts, arguments.seed, arguments.edits)?;
    println!("  program: all files parsed after {}, {} were first stopped", soaked.parsed, soaked.stopped);
    println!("  the number of findings changed after {}", soaked.telling);
    let each = |time: std::time::Duration| time.as_secs_f64() * 1000.0 / arguments.edits as f64;
    println!("  {:.1} ms a change, {:.1} ms a new program", each(soaked.changing), each(soaked.anew));
    let kinds: Vec<String> = soaked.edits.iter().map(|(kind, count)| format!("{kind:?} {count}")).collect();
    println!("  {}", kinds.join(", "));
    Ok(())
}

fn serve(workspace: &Workspace, arguments: &Arguments) -> Result<(), String> {
    let began = Instant::now();
    let served = server::run(workspace, arguments.seed, arguments.edits)?;
    let seconds = began.elapsed().as_secs_f64();
    println!("  server: {} comparisons, at most {} diagnostics, {seconds:.0} s", served.compared, served.most);
    Ok(())
}

fn keeps_its_memory(workspace: &Workspace, arguments: &Arguments) -> bool {
    let samples = server::memory(workspace, arguments.seed, arguments.edits);
    let most = |from: usize, to: usize| {
        let between = samples.iter().filter(|(n, _)| (from..=to).contains(&(n * 5 / arguments.edits)));
        between.map(|(_, bytes)| *bytes).max().unwrap_or_default() as f64 / 1e6
    };
    for (n, bytes) in samples.iter().step_by(5) {
        println!("  {:.0} MB after {n} edits", *bytes as f64 / 1e6);
    }
    let (early, late) = (most(1, 1), most(4, 5));
    println!("  memory: at most {early:.1} MB in the second fifth, {late:.1} MB in the last");
    late <= early * 1.1
}

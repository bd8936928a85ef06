//! How long linking and the lints take beside lowering: `cargo bench --bench link -- DIR…`, where each DIR is one
//! project. Where the system tells (Linux), the time is that of the processors, summed over threads: it does not grow
//! with what else the machine does, and the ratios are of one run.

use std::path::PathBuf;
use std::time::Instant;
use unsnarl::check::{Program, Stop, Wanted, Workers};
use unsnarl::project::{self, Lowered, Request};

fn main() {
    let folders = std::env::args_os().skip(1).filter(|it| !it.to_string_lossy().starts_with("--")).map(PathBuf::from);
    let workers = Workers::new(None).expect("threads can be started");
    let clock = Clock(Instant::now());
    println!(
        "| project | files | lowering | linking | lints | linking and lints / lowering |\n|---|--:|--:|--:|--:|--:|"
    );
    for folder in folders {
        let request = Request { paths: vec![folder.clone()], working_directory: folder.clone(), ..Request::default() };
        let loaded = match workers.run(|| project::load(&request)) {
            Ok(loaded) => loaded,
            Err(error) => {
                eprintln!("{}: {error:?}", folder.display());
                continue;
            }
        };
        let settings = loaded.settings();
        let catalogue = loaded.configuration.catalogue().expect("the catalogue's own entries are right");
        let stop = Stop::never();

        let start = clock.seconds();
        let Lowered { project, .. } = loaded.lower(catalogue.into(), &workers);
        let lowered = clock.seconds();
        let program = workers.run(|| Program::link(&project, &stop)).expect("nobody stops it");
        let linked = clock.seconds();
        workers.run(|| program.findings(&settings, &Wanted::All, &stop)).expect("nobody stops it");
        let judged = clock.seconds();
        println!(
            "| {} | {} | {:.2} s | {:.2} s | {:.2} s | {:.2} |",
            folder.file_name().unwrap_or_default().display(),
            project.files.len(),
            lowered - start,
            linked - lowered,
            judged - linked,
            (judged - lowered) / (lowered - start)
        );
    }
}

/// Time since some moment; of the processors if the system tells it.
struct Clock(Instant);

impl Clock {
    fn seconds(&self) -> f64 {
        processor_seconds().unwrap_or_else(|| self.0.elapsed().as_secs_f64())
    }
}

/// The time of all threads, in user code and in the system, from `/proc/self/stat` (proc(5)), where it counts in
/// hundredths of a second.
fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name in parentheses may hold anything; the third field follows it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / 100.0)
}

//! Writes the catalogue's signature files from the sources of libraries, read with unsnarl's own front ends.
//!
//! `signatures python OUT ROOT=PATH…` and `signatures rust OUT ROOT=PATH…`: a Python root's path is its package folder
//! or module file, a crate's is its `lib.rs`. All roots of one run see each other. Nothing is executed or downloaded.
//! `signatures imports python|rust SKIPPED,… PROJECT…` counts which libraries projects import.
//! `-a.b.*.c` leaves out that Python module and all below it, as if it did not exist; `*` is one segment.

mod imports;
mod sources;

use sources::{CrateFolders, ModuleFiles};
use std::path::{Path, PathBuf};
use unsnarl::catalogue::Language;
use unsnarl::signatures::{crate_listing, packages};

fn main() {
    let mut args = std::env::args().skip(1);
    let (Some(language), Some(out)) = (args.next(), args.next()) else {
        eprintln!("usage: signatures python|rust OUT ROOT=PATH… | signatures imports python|rust SKIPPED,… PROJECT…");
        std::process::exit(2);
    };
    if language == "imports" {
        let skipped = args.next().unwrap_or_default().split(',').map(str::to_string).collect();
        let projects: Vec<PathBuf> = args.map(PathBuf::from).collect();
        let counted = if out == "rust" { Language::Rust } else { Language::Python };
        print!("{}", imports::count(counted, &skipped, &projects));
        return;
    }
    let (left_out, args): (Vec<String>, Vec<String>) = args.partition(|arg| arg.starts_with('-'));
    let left_out: Vec<&str> = left_out.iter().map(|module| &module[1..]).collect();
    let roots: Vec<(String, PathBuf)> = args
        .iter()
        .filter_map(|arg| arg.split_once('=').map(|(root, path)| (root.to_string(), PathBuf::from(path))))
        .collect();
    let names: Vec<String> = roots.iter().map(|(root, _)| root.clone()).collect();
    let files = match language.as_str() {
        "python" => {
            let files = ModuleFiles::collect(&roots, &left_out);
            packages::signatures(&names, &files.names(), &files)
        }
        _ => crate_listing::signatures(&names, &CrateFolders { roots }),
    };
    for (root, text) in files {
        let path = Path::new(&out).join(format!("{root}.txt"));
        if let Err(error) = std::fs::write(&path, text) {
            eprintln!("{}: {error}", path.display());
            std::process::exit(2);
        }
    }
}

//! Our own sources keep the walls: which folder names which, who touches the disk, who knows names of libraries.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Each folder and the folders that it may name, apart from itself.
const MAY_NAME: [(&str, &[&str]); 15] = [
    ("text", &[]),
    ("catalogue", &["text"]),
    ("model", &["text", "catalogue"]),
    ("signatures", &["text", "catalogue", "model"]),
    ("python", &["text", "catalogue", "model"]),
    ("rust", &["text", "catalogue", "model"]),
    ("flow", &["text", "catalogue", "model"]),
    ("lint", &["text", "catalogue", "model", "flow"]),
    ("lints", &["text", "catalogue", "model", "flow", "lint"]),
    ("check", &["text", "catalogue", "model", "python", "rust", "flow", "lint", "lints"]),
    ("report", &["text", "catalogue", "lint", "check"]),
    ("project", &["text", "catalogue", "model", "signatures", "flow", "lint", "lints", "check", "report"]),
    ("cli", &["text", "catalogue", "model", "flow", "lint", "lints", "check", "report", "project", "lsp"]),
    ("lsp", &["text", "catalogue", "model", "lint", "check", "report", "project"]),
    ("bin", &["cli"]),
];

/// Things of others and the only folders that may name them.
const OUTSIDE: [(&[&str], &[&str]); 19] = [
    (&["tree_sitter"], &["python"]),
    (&["tree_sitter_python"], &["python"]),
    (&["syn"], &["rust"]),
    (&["proc_macro2"], &["rust"]),
    (&["quote"], &["rust"]),
    (&["clap"], &["cli"]),
    (&["clap_complete"], &["cli"]),
    (&["clap_mangen"], &["cli"]),
    (&["indicatif"], &["cli"]),
    (&["codespan_reporting"], &["report"]),
    (&["lsp_server"], &["lsp"]),
    (&["gen_lsp_types"], &["lsp"]),
    (&["crossbeam_channel"], &["lsp"]),
    (&["rustix"], &["lsp"]),
    (&["ignore"], &["project"]),
    (&["walkdir"], &["project"]),
    (&["std", "fs"], &["project"]),
    (&["std", "env"], &["project", "cli"]),
    (&["std", "net"], &[]),
];

/// Words that only the catalogue (and the front ends' fixed grammar) may spell.
const LIBRARIES: [&str; 26] = [
    "asyncio",
    "trio",
    "anyio",
    "threading",
    "multiprocessing",
    "concurrent",
    "pathlib",
    "subprocess",
    "socket",
    "requests",
    "httpx",
    "aiohttp",
    "urllib",
    "fastapi",
    "starlette",
    "functools",
    "contextlib",
    "tokio",
    "futures",
    "smol",
    "async_std",
    "parking_lot",
    "reqwest",
    "rayon",
    "crossbeam",
    "axum",
];

/// Modules longer than this are split by concern.
const LONGEST: usize = 600;

struct SourceFile {
    /// From the repository's root, with `/`.
    path: String,
    /// The folder of `src`, or `lints`.
    folder: String,
    /// How many `super` lead to the folder's own module.
    depth: usize,
    text: String,
}

fn sources() -> Vec<SourceFile> {
    let mut paths: Vec<PathBuf> = ["src", "lints"]
        .iter()
        .flat_map(|folder| walkdir::WalkDir::new(Path::new(ROOT).join(folder)))
        .map(|entry| entry.expect("the sources can be read").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("the sources can be read");
        let path = path.strip_prefix(ROOT).expect("is inside").to_string_lossy().replace('\\', "/");
        let parts: Vec<&str> = path.split('/').collect();
        let folder = if parts[0] == "lints" { "lints" } else { parts[1].trim_end_matches(".rs") }.to_owned();
        let below = if parts[0] == "lints" { parts.len() - 1 } else { parts.len() - 2 };
        let depth = if path.ends_with("/mod.rs") { below - 1 } else { below };
        SourceFile { path, folder, depth, text }
    };
    paths.into_iter().map(read).collect()
}

/// The paths and texts that a file spells outside of its tests and its documentation.
#[derive(Default)]
struct Spelled {
    paths: Vec<Vec<String>>,
    texts: Vec<String>,
}

impl Spelled {
    fn of(text: &str) -> Spelled {
        let file = syn::parse_file(text).expect("our sources parse");
        let mut spelled = Spelled::default();
        spelled.visit_file(&file);
        spelled
    }

    fn use_tree(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |ident: &dyn ToString| [before, &[ident.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.use_tree(&path.tree, &with(&path.ident)),
            syn::UseTree::Name(name) => self.paths.push(with(&name.ident)),
            syn::UseTree::Rename(rename) => self.paths.push(with(&rename.ident)),
            syn::UseTree::Glob(_) => self.paths.push(before.to_vec()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.use_tree(tree, before)),
        }
    }

    /// Macro arguments are not parsed: names joined by `::` and texts are picked from their tokens.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.paths.push(std::mem::take(&mut path));
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    colons = 0;
                    self.tokens(group.stream());
                }
                TokenTree::Literal(literal) => {
                    if let Ok(syn::Lit::Str(text)) = syn::parse_str(&literal.to_string()) {
                        self.texts.push(text.value());
                    }
                }
                TokenTree::Punct(_) => colons = 0,
            }
        }
        self.paths.push(path);
    }
}

impl<'ast> Visit<'ast> for Spelled {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let is_test = item.attrs.iter().any(|it| it.path().is_ident("cfg"));
        if !is_test {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.use_tree(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.paths.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.visit_path(&item.path);
        self.tokens(item.tokens.clone());
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.texts.push(text.value());
    }
}

/// The top-level module that a path leads to, if it leaves the file's own.
fn module<'p>(path: &'p [String], file: &SourceFile) -> Option<&'p str> {
    let first = path.first()?.as_str();
    let rest = match first {
        "crate" | "unsnarl" => &path[1..],
        "super" => {
            let ups = path.iter().take_while(|segment| *segment == "super").count();
            if ups <= file.depth {
                return None;
            }
            &path[ups..]
        }
        _ => return None,
    };
    rest.first().map(String::as_str)
}

#[test]
fn folders_name_only_what_they_may() {
    let may_name: BTreeMap<&str, &[&str]> = MAY_NAME.into_iter().collect();
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| file.path != "src/lib.rs") {
        let Some(allowed) = may_name.get(file.folder.as_str()) else {
            wrong.push(format!("{}: the folder `{}` is in no layer", file.path, file.folder));
            continue;
        };
        for path in &Spelled::of(&file.text).paths {
            if let Some(module) = module(path, file)
                && module != file.folder
                && may_name.contains_key(module)
                && !allowed.contains(&module)
            {
                wrong.push(format!("{} names `{}`", file.path, path.join("::")));
            }
            for (outside, folders) in OUTSIDE {
                // A name alone is a variable.
                let is_it = path.len() >= outside.len().max(2) && path.iter().zip(outside).all(|(a, b)| a == b);
                if is_it && !folders.contains(&file.folder.as_str()) {
                    wrong.push(format!("{} names `{}`", file.path, path.join("::")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lints_are_leaves() {
    for file in sources().iter().filter(|file| file.folder == "lints" && file.path != "lints/mod.rs") {
        for path in &Spelled::of(&file.text).paths {
            let names_lints = path.iter().map(String::as_str).take(2).eq(["crate", "lints"]);
            // `super` alone is a visibility.
            let leaves = path.len() > 1 && path[0] == "super" || names_lints;
            assert!(!leaves, "{} names `{}`: a lint names no other lint", file.path, path.join("::"));
        }
    }
}

#[test]
fn only_the_catalogue_knows_names_of_libraries() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| matches!(file.folder.as_str(), "flow" | "lints")) {
        for text in Spelled::of(&file.text).texts {
            let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
            // What literals and loops of the language itself are made of has a name in flow.
            let names_std = file.folder == "lints" && text.contains("std::");
            if words.any(|word| LIBRARIES.contains(&word)) || names_std {
                wrong.push(format!("{}: \"{text}\"", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn modules_are_short_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for file in sources() {
        if !file.text.starts_with("//! ") {
            wrong.push(format!("{} does not begin with a `//!` line", file.path));
        }
        let lines = file.text.lines().count();
        if lines > LONGEST {
            wrong.push(format!("{} has {lines} lines", file.path));
        }
        let name = file.path.rsplit('/').next().expect("a path has a name").trim_end_matches(".rs");
        if ["utils", "util", "common", "helpers", "misc", "manager"].contains(&name) {
            wrong.push(format!("{}: `{name}` says nothing", file.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_walls_are_seen_in_all_spellings() {
    let file = |path: &str, depth| SourceFile { path: path.into(), folder: "text".into(), depth, text: String::new() };
    let spelled = Spelled::of(
        "use crate::{flow::Layout, model as m};\nfn f() { x!(a, crate::python::lower(\"t\")); super::cli::run(); }\n\
         #[cfg(test)] mod tests { use crate::report; }",
    );
    let mut modules: Vec<&str> =
        spelled.paths.iter().filter_map(|path| module(path, &file("src/text/mod.rs", 0))).collect();
    modules.sort_unstable();
    assert_eq!(modules, ["cli", "flow", "model", "python"]);
    assert_eq!(module(&["super".into(), "cli".into()], &file("src/text/a.rs", 1)), None);
    assert_eq!(spelled.texts, ["t"]);
}

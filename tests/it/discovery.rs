//! Which files are found, what they are for, and how the project is laid out.

use std::fs;
use std::path::{Path, PathBuf};
use unsnarl::check::{CrateKind, Role, Workers};
use unsnarl::flow::Crate;
use unsnarl::model::{Dialect, Edition};
use unsnarl::project::{self, HandedIn, Loaded, Request};

/// A project on the disk, gone at the end of its test.
pub struct Scratch {
    pub root: PathBuf,
}

impl Scratch {
    /// Writes files, given as path and text.
    pub fn new(name: &str, files: &[(&str, &str)]) -> Scratch {
        let root = std::env::temp_dir().join(format!("unsnarl-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).expect("a temporary folder can be made");
        let root = fs::canonicalize(root).expect("it was just made");
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("is in a folder")).expect("folders can be made");
            fs::write(path, text).expect("files can be written");
        }
        Scratch { root }
    }

    fn load(&self, paths: &[&str]) -> Loaded {
        let request = Request {
            paths: paths.iter().map(PathBuf::from).collect(),
            working_directory: self.root.clone(),
            root: Some(self.root.clone()),
            ..Request::default()
        };
        project::load(&request).expect("the project can be loaded")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn paths(loaded: &Loaded) -> Vec<&str> {
    loaded.files.iter().map(|file| file.path.as_str()).collect()
}

fn find<'c>(loaded: &'c Loaded, root: &str) -> &'c Crate {
    loaded.layout.crates.iter().find(|krate| krate.root == root).unwrap_or_else(|| panic!("{root} is a crate"))
}

#[test]
fn sources_are_found_and_foreign_code_is_not() {
    let scratch = Scratch::new(
        "discovery",
        &[
            ("app/main.py", ""),
            ("app/types.pyi", ""),
            ("app/readme.md", ""),
            ("app/.hidden/x.py", ""),
            ("venv/pyvenv.cfg", ""),
            ("venv/lib/x.py", ""),
            ("node_modules/x/y.py", ""),
            ("lib/site-packages/x.py", ""),
            ("app/__pycache__/x.py", ""),
            ("krate/Cargo.toml", "[package]\nname = 'krate'\n"),
            ("krate/src/lib.rs", ""),
            ("krate/target/debug/build.rs", ""),
            ("target/mine.py", ""),
            ("ignored/x.py", ""),
            (".ignore", "ignored/\n"),
            ("bin/tool", "#!/usr/bin/env python3\n"),
        ],
    );
    let found = scratch.load(&["."]);
    assert_eq!(paths(&found), ["app/main.py", "app/types.pyi", "krate/src/lib.rs", "target/mine.py"]);
    assert_eq!(found.files[1].role, Role::Stub);

    let given = scratch.load(&["venv/lib/x.py", "bin/tool", "ignored", "app/../app"]);
    assert_eq!(paths(&given), ["app/main.py", "app/types.pyi", "bin/tool", "ignored/x.py", "venv/lib/x.py"]);
}

#[test]
fn excluded_files_are_passed_over() {
    let scratch = Scratch::new(
        "exclude",
        &[("unsnarl.toml", "exclude = ['gen/', '*_pb2.py']\n"), ("gen/a.py", ""), ("b_pb2.py", ""), ("c.py", "")],
    );
    assert_eq!(paths(&scratch.load(&["."])), ["c.py"]);
}

#[test]
fn python_roots_are_above_packages() {
    let scratch = Scratch::new(
        "python-roots",
        &[
            ("pyproject.toml", "[project]\ndependencies = ['trio >= 0.20', 'httpx']\n"),
            ("src/app/__init__.py", ""),
            ("src/app/core/__init__.py", ""),
            ("src/app/core/store.py", ""),
            ("tools/deploy.py", ""),
            ("tests/test_store.py", ""),
        ],
    );
    let found = scratch.load(&["."]);
    assert_eq!(found.layout.python_roots, ["", "src"]);
    assert_eq!(found.layout.runtimes, ["trio"]);
    assert_eq!(found.files.iter().find(|file| file.path == "tests/test_store.py").unwrap().role, Role::Test);
}

#[test]
fn cargo_targets_are_read_from_manifests() {
    let scratch = Scratch::new(
        "cargo",
        &[
            (
                "Cargo.toml",
                "[workspace]\nmembers = ['core', 'app']\n[workspace.package]\nedition = '2024'\n\
                 [workspace.dependencies]\nrt = { package = 'tokio', version = '1' }\n",
            ),
            (
                "core/Cargo.toml",
                "[package]\nname = 'my-core'\nedition.workspace = true\n[lib]\nname = 'kernel'\npath = 'lib/root.rs'\n\
                 [dependencies]\nrt.workspace = true\nserde-json = '1'\n",
            ),
            ("core/lib/root.rs", ""),
            ("core/build.rs", ""),
            ("core/benches/speed.rs", ""),
            (
                "app/Cargo.toml",
                "[package]\nname = 'app'\nedition = '2018'\nautotests = false\n[[bin]]\nname = 'server'\npath = 'src/serve.rs'\n\
                 [dependencies]\nmy-core = { path = '../core' }\n[target.'cfg(unix)'.dependencies]\nnix = '1'\n",
            ),
            ("app/src/main.rs", "mod inner;\n"),
            ("app/src/inner.rs", ""),
            ("app/src/serve.rs", ""),
            ("app/src/bin/tool.rs", ""),
            ("app/src/bin/big/main.rs", ""),
            ("app/tests/not_a_target.rs", ""),
            ("app/examples/demo/main.rs", ""),
            ("scripts/one.rs", "mod two;\n"),
            ("scripts/two.rs", ""),
        ],
    );
    let found = scratch.load(&["."]);
    let roots: Vec<&str> = found.layout.crates.iter().map(|krate| krate.root.as_str()).collect();
    assert_eq!(
        roots,
        [
            "app/examples/demo/main.rs",
            "app/src/bin/big/main.rs",
            "app/src/bin/tool.rs",
            "app/src/main.rs",
            "app/src/serve.rs",
            "core/benches/speed.rs",
            "core/build.rs",
            "core/lib/root.rs",
            "scripts/one.rs",
        ]
    );
    let kernel = find(&found, "core/lib/root.rs");
    assert_eq!((kernel.name.as_str(), kernel.kind, kernel.edition), ("kernel", CrateKind::Library, Edition::E2024));
    assert_eq!(kernel.dependencies, [("rt", "tokio"), ("serde_json", "serde_json")].map(|(a, b)| (a.into(), b.into())));
    let server = find(&found, "app/src/serve.rs");
    assert_eq!((server.name.as_str(), server.kind, server.package.as_str()), ("server", CrateKind::Binary, "app"));
    assert_eq!(server.dependencies, [("my_core", "my_core"), ("nix", "nix")].map(|(a, b)| (a.into(), b.into())));
    assert_eq!(find(&found, "scripts/one.rs").edition, Edition::E2021);
    assert_eq!(found.layout.runtimes, ["tokio"]);
    let file = |path: &str| found.files.iter().find(|file| file.path == path).expect("is found");
    assert_eq!(file("core/build.rs").role, Role::Build);
    assert_eq!(file("core/benches/speed.rs").role, Role::Bench);
    assert_eq!(file("app/examples/demo/main.rs").role, Role::Example);
    assert_eq!(file("app/src/inner.rs").source.dialect, Dialect::Rust { edition: Edition::E2018 });
}

#[test]
fn files_of_no_package_are_crates_unless_they_are_modules() {
    let scratch = Scratch::new(
        "alone",
        &[
            ("main.rs", "pub(crate) mod deep;\nmod flat;\n"),
            ("deep/mod.rs", "mod inner;"),
            ("deep/inner.rs", ""),
            ("flat.rs", "mod below;"),
            ("flat/below.rs", ""),
            ("stray.rs", "// mod nothing\n"),
        ],
    );
    let found = scratch.load(&["."]);
    let roots: Vec<(&str, CrateKind)> =
        found.layout.crates.iter().map(|krate| (krate.root.as_str(), krate.kind)).collect();
    assert_eq!(roots, [("main.rs", CrateKind::Binary), ("stray.rs", CrateKind::Library)]);
}

#[test]
fn a_part_of_a_package_knows_its_manifest() {
    let scratch = Scratch::new(
        "part",
        &[("Cargo.toml", "[package]\nname = 'p'\nedition = '2024'\n"), ("src/lib.rs", "mod a;"), ("src/a.rs", "")],
    );
    let found = scratch.load(&["src/a.rs"]);
    assert_eq!(found.files[0].source.dialect, Dialect::Rust { edition: Edition::E2024 });
    assert_eq!(find(&found, "src/a.rs").package, "p");
}

#[test]
fn the_order_of_paths_does_not_show() {
    let scratch = Scratch::new("order", &[("a/x.py", ""), ("a.py", ""), ("b.py", "")]);
    let first: Vec<String> = paths(&scratch.load(&["b.py", "a", "a.py"])).into_iter().map(str::to_owned).collect();
    assert_eq!(first, paths(&scratch.load(&["."])));
    assert!(Workers::new(Some(1)).is_ok());
    assert!(Path::new(&scratch.root).is_absolute());
}

#[test]
fn a_text_that_is_not_on_the_disk_is_found_where_its_file_would_be() {
    let ignoring = "out\n*_pb2.py\n!kept_pb2.py\n";
    let files =
        [("app/a.py", ""), (".gitignore", ignoring), (".git/HEAD", ""), ("unsnarl.toml", "exclude = [\"local\"]\n")];
    let scratch = Scratch::new("handed-in", &files);
    let texts = [
        ("app/new.py", true),
        ("app/deep/new.rs", true),
        ("kept_pb2.py", true),
        ("new_pb2.py", false),
        ("out/new.py", false),
        ("local/new.py", false),
        ("node_modules/new.py", false),
        (".hidden/new.py", false),
        ("new.txt", false),
    ];
    let handed_in = |path: &&str| HandedIn { path: scratch.root.join(path), bytes: Vec::new(), replaces: true };
    let request = Request {
        paths: vec![scratch.root.clone()],
        working_directory: scratch.root.clone(),
        handed_in: texts.iter().map(|(path, _)| handed_in(path)).collect(),
        ..Request::default()
    };
    let loaded = project::load(&request).expect("the project can be loaded");
    let found = paths(&loaded);
    for (path, is_found) in texts {
        assert_eq!(found.contains(&path), is_found, "{path}");
    }
}

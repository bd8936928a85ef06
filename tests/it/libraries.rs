//! Where installed libraries are found, in layouts that no fixture can lie in.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use unsnarl::check::{Program, Stop, Wanted, Workers};
use unsnarl::project::{self, LibraryPlaces, Lowered, Request};

/// A temporary folder, removed at the end.
struct Scratch {
    root: PathBuf,
}

impl Scratch {
    fn new(name: &str, files: &[(&str, &str)]) -> Scratch {
        let root = std::env::temp_dir().join(format!("unsnarl-libraries-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).expect("a temporary folder can be made");
        let scratch = Scratch { root: fs::canonicalize(root).expect("it was just made") };
        for (path, text) in files {
            let path = scratch.root.join(path);
            fs::create_dir_all(path.parent().expect("is in a folder")).expect("folders can be made");
            let text = text.replace("ROOT", &scratch.root.to_string_lossy());
            fs::write(path, text).expect("files can be written");
        }
        scratch
    }

    /// The lines and messages of findings below `app`.
    fn told(&self, places: LibraryPlaces, threads: usize) -> Vec<String> {
        let request = Request {
            paths: vec![PathBuf::from("app")],
            working_directory: self.root.clone(),
            root: Some(self.root.join("app")),
            libraries: places,
            ..Request::default()
        };
        let loaded = project::load(&request).expect("the project can be loaded");
        let settings = loaded.settings();
        let catalogue = Arc::new(loaded.configuration.catalogue().expect("the catalogue can be read"));
        let workers = Workers::new(Some(threads)).expect("threads can be started");
        let Lowered { project, .. } = loaded.lower(catalogue, &workers);
        let program = Program::link(&project, &Stop::never()).expect("nobody stops it");
        let found = program.findings(&settings, &Wanted::All, &Stop::never()).expect("nobody stops it");
        found.findings.iter().map(|it| it.finding.message.clone()).collect()
    }

    fn at(&self, path: &str) -> Option<PathBuf> {
        Some(self.root.join(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn environment(path: Option<PathBuf>) -> LibraryPlaces {
    LibraryPlaces { python_environment: path, ..LibraryPlaces::default() }
}

const DROPPED: &str = "is never awaited: its coroutine is dropped at once";
const SEND: &str = "async def send(): ...\n";
const MAIN: &str = "import parcels\n\n\nasync def main():\n    parcels.send()\n";

#[test]
fn the_layout_of_windows_is_read_for_windows() {
    let chosen = "import sys\nif sys.platform == 'win32':\n    async def send(): ...\nelse:\n    def send(): ...\n";
    let scratch = Scratch::new(
        "windows",
        &[
            ("app/main.py", MAIN),
            ("env/pyvenv.cfg", "version_info = 3.13.0.final.0\n"),
            ("env/Scripts/python.exe", ""),
            ("env/Lib/site-packages/parcels/__init__.py", chosen),
        ],
    );
    let wanted = [format!("`parcels.send` {DROPPED}")];
    assert_eq!(scratch.told(environment(scratch.at("env")), 1), wanted);
    assert_eq!(scratch.told(environment(scratch.at("env/Scripts/python.exe")), 1), wanted);
    assert_eq!(scratch.told(environment(scratch.at("env/Lib/site-packages")), 1).len(), 0, "a folder alone is Linux's");
}

#[test]
fn editable_installs_and_the_base_of_an_environment_count() {
    let main = "import based\nimport mapped.deep\nimport parcels\n\n\nasync def main():\n    based.send()\n    \
                mapped.deep.send()\n    parcels.send()\n";
    let scratch = Scratch::new(
        "editable",
        &[
            ("app/main.py", main),
            ("base/bin/python3", ""),
            ("base/lib/python3.12/site-packages/based.py", SEND),
            ("env/pyvenv.cfg", "home = ROOT/base/bin\ninclude-system-site-packages = true\nversion = 3.12.1\n"),
            ("env/lib/python3.12/site-packages/__editable__.parcels-1.pth", "ROOT/sources\n"),
            (
                "env/lib/python3.12/site-packages/__editable___mapped_1_finder.py",
                "MAPPING = {'mapped': 'ROOT/other/src'}\n",
            ),
            ("env/lib/python3.9/site-packages/parcels.py", "def send(): ...\n"),
            ("other/src/__init__.py", ""),
            ("other/src/deep.py", SEND),
            ("sources/parcels.py", SEND),
        ],
    );
    let wanted = ["based", "mapped.deep", "parcels"].map(|module| format!("`{module}.send` {DROPPED}"));
    assert_eq!(scratch.told(environment(scratch.at("env")), 1), wanted);
}

#[test]
fn the_environment_beside_the_project_comes_before_the_active_one() {
    let scratch = Scratch::new(
        "active",
        &[
            ("app/main.py", MAIN),
            ("active/pyvenv.cfg", ""),
            ("active/lib/python3.12/site-packages/parcels.py", SEND),
            ("beside/pyvenv.cfg", ""),
            ("beside/lib/python3.12/site-packages/parcels.py", "def send(): ...\n"),
        ],
    );
    let active = || LibraryPlaces { active_environment: scratch.at("active"), ..LibraryPlaces::default() };
    assert_eq!(scratch.told(active(), 1).len(), 1);
    fs::rename(scratch.root.join("beside"), scratch.root.join("app/venv")).expect("it can be moved");
    assert_eq!(scratch.told(active(), 1).len(), 0);
    let gone = LibraryPlaces { active_environment: scratch.at("gone"), ..LibraryPlaces::default() };
    assert_eq!(scratch.told(gone, 1).len(), 0);
}

const LOCK: &str = "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\n \"parcels 2.0.0\",\n \
                    \"remote\",\n]\n\n[[package]]\nname = \"parcels\"\nversion = \"2.0.0\"\nsource = \
                    \"registry+https://example.org/index\"\n\n[[package]]\nname = \"parcels\"\nversion = \"11.0.0\"\n\
                    source = \"registry+https://example.org/index\"\n\n[[package]]\nname = \"remote\"\nversion = \
                    \"0.3.0\"\nsource = \"git+https://example.org/team/remote.git?branch=main#0123456789abcdef\"\n\
                    dependencies = [\n \"parcels 11.0.0\",\n]\n";

#[test]
fn crates_lie_in_the_registry_and_in_checkouts() {
    let manifest = |name: &str, version: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2021\"\n")
    };
    let app =
        manifest("app", "0.1.0") + "[dependencies]\nparcels = \"2\"\nremote = { git = \"https://example.org\" }\n";
    let remote = manifest("remote", "0.3.0") + "[dependencies]\nparcels = \"11\"\n";
    let main = "async fn main(own: parcels::Parcel, others: remote::Client) {\n    parcels::send();\n    remote::fetch();\n    \
                own.open();\n    others.parcel().open();\n}\n";
    let two = "pub async fn send() {}\npub struct Parcel;\nimpl Parcel { pub async fn open(&self) {} }\n";
    let eleven = "pub fn send() {}\npub struct Parcel;\nimpl Parcel { pub fn open(&self) {} }\n";
    let fetch = "pub async fn fetch() {}\npub struct Client;\nimpl Client { pub fn parcel(&self) -> parcels::Parcel { todo!() } }\n";
    let checkout = "home/git/checkouts/remote-0a1b2c3d/0123456/crates/remote";
    let scratch = Scratch::new(
        "registry",
        &[
            ("app/Cargo.lock", LOCK),
            ("app/Cargo.toml", &app),
            ("app/src/main.rs", main),
            (&format!("{checkout}/Cargo.toml"), &remote),
            (&format!("{checkout}/src/lib.rs"), fetch),
            ("home/registry/src/index-1/parcels-11.0.0/Cargo.toml", &manifest("parcels", "11.0.0")),
            ("home/registry/src/index-1/parcels-11.0.0/src/lib.rs", eleven),
            ("home/registry/src/index-1/parcels-2.0.0/Cargo.toml", &manifest("parcels", "2.0.0")),
            ("home/registry/src/index-1/parcels-2.0.0/src/lib.rs", two),
        ],
    );
    let places = || LibraryPlaces { cargo_home: scratch.at("home"), ..LibraryPlaces::default() };
    let dropped = "is never awaited: its future is dropped at once";
    let wanted = ["parcels::send", "remote::fetch", "parcels::Parcel::open"].map(|path| format!("`{path}` {dropped}"));
    assert_eq!(scratch.told(places(), 1), wanted, "another version of a crate is another crate");
    assert_eq!(scratch.told(places(), 8), wanted);
    assert!(scratch.told(LibraryPlaces::default(), 1).is_empty());
}

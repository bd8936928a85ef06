//! The catalogue: its files are well formed, and look-ups find what they say.

use unsnarl::catalogue::{Catalogue, Item, Language, Ty};

#[test]
fn embedded_files_have_no_defects() {
    assert_eq!(Catalogue::embedded().defects(), Vec::<String>::new());
}

#[test]
fn paths_lead_to_functions_types_and_methods() {
    let catalogue = Catalogue::embedded();
    let find = |language, path: &str| catalogue.find(language, path);
    for path in ["asyncio.create_task", "asyncio.tasks.create_task", "requests.Session.get", "time.sleep"] {
        assert!(matches!(find(Language::Python, path), Some(Item::Function(_))), "{path}");
    }
    for path in ["std::thread::spawn", "tokio::spawn", "std::fs::File::open", "core::option::Option::map"] {
        assert!(matches!(find(Language::Rust, path), Some(Item::Function(_))), "{path}");
    }
    for path in ["Option", "Vec", "tokio::task::JoinHandle", "std::io::Read"] {
        assert!(matches!(find(Language::Rust, path), Some(Item::Type(_))), "{path}");
    }
    assert_eq!(find(Language::Python, "concurrent.futures"), Some(Item::Module));
    assert_eq!(find(Language::Python, "time.sleeep"), None);
}

#[test]
fn a_method_has_effects_and_a_result_type() {
    let catalogue = Catalogue::embedded();
    let Some(Item::Type(mutex)) = catalogue.find(Language::Rust, "std::sync::Mutex") else { panic!("no mutex") };
    let lock = catalogue.function(catalogue.method(mutex, "lock").expect("a mutex has `lock`"));
    assert_eq!(lock.path, "std::sync::Mutex::lock");
    assert!(lock.entry.effects.acquires.is_some());
    let (pool, strings) = catalogue.pool(lock.library);
    let Ty::Named { path, args } = pool.get(lock.returns) else { panic!("a named result") };
    assert_eq!(strings.get(path), "std::result::Result");
    let Ty::Named { path, .. } = pool.get(pool.list(args)[0]) else { panic!("a named guard") };
    assert_eq!(strings.get(path), "std::sync::MutexGuard");
}

#[test]
fn a_projection_names_a_parameter() {
    let catalogue = Catalogue::embedded();
    let Some(Item::Function(id)) = catalogue.find(Language::Python, "asyncio.create_task") else { panic!("no task") };
    let function = catalogue.function(id);
    let (pool, strings) = catalogue.pool(function.library);
    let Ty::Named { args, .. } = pool.get(function.returns) else { panic!("a named result") };
    let Ty::Named { path, args } = pool.get(pool.list(args)[0]) else { panic!("a projection") };
    assert_eq!(strings.get(path), "@Awaited");
    let Ty::Named { path, .. } = pool.get(pool.list(args)[0]) else { panic!("a parameter") };
    assert_eq!(strings.get(path), "$coro");
}

#[test]
fn the_catalogue_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Catalogue>();
}

#[test]
fn entries_and_signatures_agree_on_type_parameters() {
    let catalogue = Catalogue::embedded();
    let Some(Item::Type(queue)) = catalogue.find(Language::Python, "queue.Queue") else { panic!("no queue") };
    let parameter = &catalogue.ty(queue).generics[0];
    for name in ["get", "get_nowait"] {
        let get = catalogue.function(catalogue.method(queue, name).expect("a queue gives"));
        let (pool, strings) = catalogue.pool(get.library);
        let Ty::Named { path, .. } = pool.get(get.returns) else { panic!("a named result") };
        assert_eq!(strings.get(path), parameter, "{name}");
    }
}

const USER: &str = r#"
library = "ours"
language = "python"
source = "our own wiki"

[[function]]
path = "ours.wait_for_disk"
params = ["disk", "timeout=None"]
blocks = [{ kind = "file", limit = "timeout", why = "waits for the disk" }]

[[type]]
path = "requests.Session"
[[type.method]]
name = "get"
params = ["url"]
"#;

#[test]
fn entries_of_users_are_added_and_win() {
    let embedded = Catalogue::embedded();
    let catalogue = embedded.with_entries("unsnarl.toml", USER).expect("the entries are well formed");
    let Some(Item::Function(wait)) = catalogue.find(Language::Python, "ours.wait_for_disk") else { panic!("no own") };
    assert_eq!(catalogue.function(wait).params.len(), 2);
    let Some(Item::Type(session)) = catalogue.find(Language::Python, "requests.sessions.Session") else {
        panic!("no session")
    };
    let get = catalogue.function(catalogue.method(session, "get").expect("a session gets"));
    assert!(get.entry.effects.blocks.is_empty());
    let post = catalogue.function(catalogue.method(session, "post").expect("a session posts"));
    assert!(!post.entry.effects.blocks.is_empty());
    let entry = catalogue.ty(session).entry.as_ref().expect("a session is described");
    assert!(entry.enter.is_some(), "what users leave out stays");
}

const BROKEN: &str = r#"library = "ours"
languag = "python"
source = "our own wiki"

[[function]]
path = "ours.wait"
params = ["disk", "timeout=None", "a b"]
blocks = [{ kind = "flie", limit = "timeot" }]
block = []

[[function]]
path = "ours.start"
params = ["job"]
returns = "ours.Handle[T"
runs = [{ arg = "jop", on = "wroker", wants = "palin" }]

[[type]]
path = "ours.Handle"
handle = { dropped = "detach" }
[type.new]
parms = []
[[type.method]]
name = "join"
settles = { what = "self" }

[[function]]
params = []
"#;

#[test]
fn errors_tell_place_and_remedy() {
    let errors = Catalogue::embedded().with_entries("unsnarl.toml", BROKEN).expect_err("the entries are broken");
    let told: Vec<String> = errors
        .iter()
        .map(|error| {
            let line = BROKEN[..error.span.start].matches('\n').count() + 1;
            let text = BROKEN[error.span.clone()].lines().next().unwrap_or_default();
            format!("{line}: {}  <- {text}", error.message)
        })
        .collect();
    let expected = include_str!("catalogue_errors.out");
    if std::env::var_os("UPDATE").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/catalogue_errors.out");
        std::fs::write(path, told.join("\n") + "\n").expect("the golden file can be written");
        return;
    }
    assert_eq!(told.join("\n") + "\n", expected);
}

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

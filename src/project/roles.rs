//! What a file is for, by its place and name.

use super::discovery::FileKind;
use crate::check::Role;

/// The role of a file by its path from the project's root, with `/`.
pub fn role(path: &str, kind: FileKind) -> Role {
    if kind == FileKind::PythonStub {
        return Role::Stub;
    }
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    match kind {
        FileKind::Python => python_file(name),
        FileKind::Rust if name == "build.rs" && !folders.ends_with("src") => Some(Role::Build),
        FileKind::Rust if name == "tests.rs" || name.ends_with("_test.rs") || name.ends_with("_tests.rs") => {
            Some(Role::Test)
        }
        _ => None,
    }
    .or_else(|| folders.split('/').find_map(folder))
    .unwrap_or(Role::Code)
}

fn python_file(name: &str) -> Option<Role> {
    match name {
        "conftest.py" => Some(Role::Test),
        "setup.py" | "noxfile.py" | "fabfile.py" => Some(Role::Build),
        _ if name.starts_with("test_") || name.ends_with("_test.py") => Some(Role::Test),
        _ => None,
    }
}

fn folder(name: &str) -> Option<Role> {
    match name {
        "tests" | "test" | "testing" | "integration_tests" | "unit_tests" => Some(Role::Test),
        "benches" | "bench" | "benchmarks" | "benchmark" => Some(Role::Bench),
        "examples" | "example" | "docs_src" => Some(Role::Example),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_names_tell_roles() {
        assert_eq!(role("app/store.py", FileKind::Python), Role::Code);
        assert_eq!(role("tests/unit/store.py", FileKind::Python), Role::Test);
        assert_eq!(role("app/test_store.py", FileKind::Python), Role::Test);
        assert_eq!(role("app/contest.py", FileKind::Python), Role::Code);
        assert_eq!(role("setup.py", FileKind::Python), Role::Build);
        assert_eq!(role("crates/a/build.rs", FileKind::Rust), Role::Build);
        assert_eq!(role("crates/a/src/build.rs", FileKind::Rust), Role::Code);
        assert_eq!(role("a/examples/one.rs", FileKind::Rust), Role::Example);
        assert_eq!(role("a/b.pyi", FileKind::PythonStub), Role::Stub);
    }
}

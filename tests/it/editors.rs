//! The files in `editors` that no editor can be had for here to try are read, and all of them name the same things.

use serde_json::Value;
use std::fs;
use std::path::Path;

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn table(path: &str) -> toml::Table {
    text(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn helix_starts_unsnarl_beside_its_own_servers() {
    let languages = table("helix/languages.toml");
    let server = &languages["language-server"]["unsnarl"];
    assert_eq!(server["command"].as_str(), Some("unsnarl"));
    assert_eq!(server["args"].as_array().map(Vec::len), Some(1));
    assert_eq!(server["args"][0].as_str(), Some("server"));
    let languages = languages["language"].as_array().expect("they are listed");
    let names: Vec<&str> = languages.iter().filter_map(|language| language["name"].as_str()).collect();
    assert_eq!(names, ["python", "rust"]);
    for language in languages {
        let servers = language["language-servers"].as_array().expect("they are listed");
        assert!(servers.len() > 1, "the list replaces Helix's own");
        assert_eq!(servers.last().and_then(toml::Value::as_str), Some("unsnarl"));
    }
}

#[test]
fn zed_learns_of_the_server_from_the_extension() {
    let extension = table("zed/extension.toml");
    assert_eq!(extension["id"].as_str(), Some("unsnarl"));
    assert_eq!(extension["schema_version"].as_integer(), Some(1));
    let languages = extension["language_servers"]["unsnarl"]["languages"].as_array().expect("they are listed");
    let languages: Vec<&str> = languages.iter().filter_map(toml::Value::as_str).collect();
    assert_eq!(languages, ["Python", "Rust"]);
    let settings = text("zed/settings.json");
    let lines: Vec<&str> = settings.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let settings: Value = serde_json::from_str(&lines.concat()).expect("it is JSON but for comments");
    // With a path of the settings Zed leaves the extension's arguments out.
    assert_eq!(settings["lsp"]["unsnarl"]["binary"]["arguments"], serde_json::json!(["server"]));
}

#[test]
fn versions_are_those_of_the_server() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(table("zed/extension.toml")["version"].as_str(), Some(version));
    assert_eq!(table("zed/Cargo.toml")["package"]["version"].as_str(), Some(version));
    for file in ["vscode/package.json", "vscode/package-lock.json"] {
        let package: Value = serde_json::from_str(&text(file)).expect("it is JSON");
        assert_eq!(package["version"], version, "{file}");
    }
    assert!(text("emacs/unsnarl.el").contains(&format!(";; Version: {version}\n")));
}

/// Whoever installs from it asks the registry that they are set up for.
#[test]
fn locked_packages_of_the_extension_name_no_place_to_get_them_from() {
    assert!(!text("vscode/package-lock.json").contains("\"resolved\""));
}

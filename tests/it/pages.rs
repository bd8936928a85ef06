//! Each lint's page: its sections, and its examples run as tests.

use crate::annotations::check;
use crate::discovery::Scratch;
use std::fs;
use unsnarl::catalogue::Language;
use unsnarl::lints;

const SECTIONS: [&str; 7] = [
    "What it finds",
    "Why it matters",
    "Example",
    "Instead",
    "Configuration",
    "What it cannot see",
    "Related rules elsewhere",
];

/// A fenced piece of code: its language and its text.
fn fences(page: &str) -> Vec<(&str, String)> {
    let mut all = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(language), None) => open = Some((language.trim(), String::new())),
            (Some(_), Some(_)) => all.extend(open.take()),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert_eq!(open, None, "every fence is closed");
    all
}

#[test]
fn pages_have_their_sections() {
    for lint in lints::ALL {
        let title = lint.page.lines().next();
        assert_eq!(
            title,
            Some(format!("# {}", lint.name).as_str()),
            "the page of `{}` begins with its name",
            lint.name
        );
        let sections: Vec<&str> = lint.page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(sections, SECTIONS, "sections of `{}`", lint.name);
    }
}

#[test]
fn pages_show_each_language() {
    for lint in lints::ALL {
        for language in lint.languages {
            let name = match language {
                Language::Python => "python",
                Language::Rust => "rust",
            };
            assert!(fences(lint.page).iter().any(|(it, _)| *it == name), "`{}` has no {name} example", lint.name);
        }
    }
}

#[test]
fn examples_give_what_pages_say() {
    let folder = std::env::temp_dir().join(format!("unsnarl-pages-{}", std::process::id()));
    let mut failures = Vec::new();
    for lint in lints::ALL {
        for (n, (language, text)) in fences(lint.page).into_iter().enumerate() {
            let extension = match language {
                "python" => "py",
                "rust" => "rs",
                _ => continue,
            };
            let place = folder.join(format!("{}-{n}", lint.name));
            fs::create_dir_all(&place).expect("a temporary folder can be made");
            let file = place.join(format!("page.{extension}"));
            fs::write(&file, text).expect("a temporary file can be written");
            let differences = check(&file).differences();
            failures
                .extend(differences.into_iter().map(|difference| format!("{}: fence {n}: {difference}", lint.name)));
        }
    }
    let _ = fs::remove_dir_all(&folder);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn lints_are_described_like_lints() {
    for lint in lints::ALL {
        assert!(lint.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "`{}` is kebab-case", lint.name);
        assert!(!lint.summary.ends_with('.') && !lint.summary.is_empty(), "`{}` has a summary", lint.name);
        assert!(!lint.languages.is_empty() && !lint.since.is_empty());
    }
}

/// README shows real output: each `text` fence is what its code before it gives.
#[test]
fn the_readme_shows_what_is_printed() {
    let readme = include_str!("../../README.md");
    let fences = fences(readme);
    let mut shown = 0;
    for pair in fences.windows(2) {
        let [(language, code), ("text", output)] = pair else { continue };
        let name = if *language == "rust" { "store.rs" } else { "app.py" };
        let scratch = Scratch::new(&format!("readme-{shown}"), &[(name, code)]);
        let checked = check(&scratch.root);
        let text = unsnarl::report::text(&checked.findings, &checked.sources, false);
        let text = String::from_utf8(text).expect("is UTF-8");
        assert!(text.starts_with(output.as_str()), "{name} gives:\n{text}");
        shown += 1;
    }
    assert_eq!(shown, 2);
}

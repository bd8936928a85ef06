//! The keys of a configuration and what may stand behind them.
//!
//! Strict: what is not known is an error that says where it stands and what was probably meant. All errors are told.

use super::configuration::{CatalogueText, Configuration, PathLevels, Patterns};
use super::libraries::LibrariesRead;
use super::python_environment::PythonEnvironment;
use crate::check::NamedRole;
use crate::lint::{Certainty, Level, Selector, Thresholds, did_you_mean};
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong and where.
#[derive(Debug)]
pub(super) struct Wrong {
    pub span: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

type Value<'t> = Spanned<DeValue<'t>>;

/// What a configuration names outside of itself, by the paths that stand in it; an error says why it cannot be used.
#[derive(Clone, Copy)]
pub(super) struct Files<'r> {
    pub read_catalogue: &'r dyn Fn(&str) -> Result<CatalogueText, String>,
    pub python_environment: &'r dyn Fn(&str) -> Result<PythonEnvironment, String>,
}

const KEYS: [&str; 12] = [
    "lints",
    "overrides",
    "thresholds",
    "min-certainty",
    "brief-stalls",
    "include",
    "exclude",
    "max-file-size",
    "catalogue",
    "functions",
    "libraries",
    "python-environment",
];

/// Reads the table of a text to which `table` leads; none if there is no such table. Paths count from `folder`.
pub(super) fn parse(
    text: &str,
    table: &[&str],
    folder: &Path,
    files: Files<'_>,
) -> Result<Option<Configuration>, Vec<Wrong>> {
    let document = DeTable::parse(text).map_err(|error| {
        let message = error.message().to_lowercase();
        vec![wrong(error.span().unwrap_or_default(), message.trim_end_matches('.'))]
    })?;
    let mut at = document.get_ref();
    for (depth, key) in table.iter().enumerate() {
        let Some(value) = at.get(*key) else { return Ok(None) };
        match value.get_ref().as_table() {
            Some(inner) => at = inner,
            None if depth + 1 == table.len() => return Err(vec![expected(value, key, "a table")]),
            None => return Ok(None),
        }
    }
    let mut reader = Reader { text, table, folder, files, wrongs: Vec::new() };
    let configuration = reader.configuration(at);
    // Tables come by name; people read from top to bottom.
    reader.wrongs.sort_by_key(|wrong| wrong.span.start);
    if reader.wrongs.is_empty() { Ok(Some(configuration)) } else { Err(reader.wrongs) }
}

fn wrong(span: Range<usize>, message: impl Into<String>) -> Wrong {
    Wrong { span, message: message.into(), help: None }
}

fn unknown<'k>(span: Range<usize>, message: String, given: &str, known: impl IntoIterator<Item = &'k str>) -> Wrong {
    let known: Vec<&str> = known.into_iter().collect();
    let help = match did_you_mean(given, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are `{}`", known.join("`, `")),
    };
    Wrong { span, message, help: Some(help) }
}

fn expected(value: &Value<'_>, key: &str, what: &str) -> Wrong {
    wrong(value.span(), format!("`{key}` is {what}, not {}", kind(value)))
}

/// What a value is, with an article.
fn kind(value: &Value<'_>) -> String {
    let kind = value.get_ref().type_str();
    if kind.starts_with(['a', 'i']) { format!("an {kind}") } else { format!("a {kind}") }
}

/// Reads one table and gathers what is wrong in it.
struct Reader<'r> {
    text: &'r str,
    table: &'r [&'r str],
    folder: &'r Path,
    files: Files<'r>,
    wrongs: Vec<Wrong>,
}

impl Reader<'_> {
    fn configuration(&mut self, table: &DeTable<'_>) -> Configuration {
        let mut configuration = Configuration::default();
        for (key, value) in table {
            match &**key.get_ref() {
                "lints" => configuration.levels = self.levels("lints", value),
                "overrides" => configuration.overrides = self.overrides(value),
                "thresholds" => configuration.thresholds = self.thresholds(value),
                "min-certainty" => {
                    let known = Certainty::ALL.map(Certainty::name);
                    configuration.min_certainty = self.named(value, "certainty", &known, Certainty::from_name);
                }
                "brief-stalls" => configuration.brief_stalls = self.level(value),
                "include" => configuration.include = self.patterns("include", value),
                "exclude" => configuration.exclude = self.patterns("exclude", value),
                "max-file-size" => match size(value) {
                    Ok(size) => configuration.max_file_size = size,
                    Err(wrong) => self.wrongs.push(wrong),
                },
                "catalogue" => configuration.catalogue = self.catalogue(value),
                "functions" => configuration.functions = self.functions(value),
                "libraries" => {
                    let known = LibrariesRead::ALL.map(LibrariesRead::name);
                    let read = self.named(value, "choice of libraries", &known, LibrariesRead::from_name);
                    configuration.libraries = read.unwrap_or_default();
                }
                "python-environment" => configuration.python_environment = self.python_environment(value),
                other => {
                    let message = format!("there is no setting `{other}`");
                    self.wrongs.push(unknown(key.span(), message, other, KEYS));
                }
            }
        }
        configuration
    }

    fn python_environment(&mut self, value: &Value<'_>) -> Option<PythonEnvironment> {
        let Some(path) = value.get_ref().as_str() else {
            self.wrongs.push(expected(value, "python-environment", "a folder"));
            return None;
        };
        let found = (self.files.python_environment)(path);
        found.map_err(|why| self.wrongs.push(wrong(value.span(), format!("`{path}`: {why}")))).ok()
    }

    /// A text that is one of some names; `what` says of what kind they are.
    fn named<T>(
        &mut self,
        value: &Value<'_>,
        what: &str,
        known: &[&str],
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let Some(name) = value.get_ref().as_str() else {
            self.wrongs.push(wrong(value.span(), format!("a {what} is a text, not {}", kind(value))));
            return None;
        };
        let found = read(name);
        if found.is_none() {
            let message = format!("there is no {what} `{name}`");
            self.wrongs.push(unknown(value.span(), message, name, known.iter().copied()));
        }
        found
    }

    fn level(&mut self, value: &Value<'_>) -> Option<Level> {
        self.named(value, "level", &["allow", "warn", "deny"], Level::from_name)
    }

    fn levels(&mut self, key: &str, value: &Value<'_>) -> Vec<(Selector, Level)> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrongs.push(expected(value, key, "a table of levels"));
            return Vec::new();
        };
        let lints = crate::lints::ALL;
        let mut settings = Vec::new();
        for (key, value) in table {
            let name = &**key.get_ref();
            let selector = Selector::parse(name, lints);
            if selector.is_none() {
                let message = format!("there is no lint `{name}`");
                self.wrongs.push(unknown(key.span(), message, name, Selector::names(lints)));
            }
            settings.extend(selector.zip(self.level(value)));
        }
        // Wide selectors first: the order in which a table is written says nothing.
        settings.sort_by_key(|(selector, _)| match selector {
            Selector::All => 0,
            Selector::Family(_) => 1,
            Selector::Lint(_) => 2,
        });
        settings
    }

    fn overrides(&mut self, value: &Value<'_>) -> Vec<PathLevels> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrongs.push(expected(value, "overrides", "a table of patterns with their levels"));
            return Vec::new();
        };
        // In the order in which they are written: later ones win.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut overrides = Vec::new();
        for (key, value) in entries {
            let pattern = &**key.get_ref();
            let levels = self.levels(pattern, value);
            match Patterns::read(self.folder, vec![pattern.to_owned()]) {
                Ok(files) => overrides.push(PathLevels { files, levels }),
                Err((_, why)) => self.wrongs.push(wrong(key.span(), format!("`{pattern}` is no pattern: {why}"))),
            }
        }
        overrides
    }

    fn thresholds(&mut self, value: &Value<'_>) -> Thresholds {
        let mut thresholds = Thresholds::default();
        let Some(table) = value.get_ref().as_table() else {
            self.wrongs.push(expected(value, "thresholds", "a table of numbers"));
            return thresholds;
        };
        for (key, value) in table {
            let name = &**key.get_ref();
            if thresholds.get(name).is_none() {
                let message = format!("there is no threshold `{name}`");
                self.wrongs.push(unknown(key.span(), message, name, Thresholds::KEYS));
                continue;
            }
            let digits = value.get_ref().as_integer().map(|number| number.as_str().replace('_', ""));
            match digits.map(|digits| digits.parse()) {
                Some(Ok(number)) => drop(thresholds.set(name, number)),
                Some(Err(_)) => self.wrongs.push(wrong(value.span(), format!("`{name}` is a number from 0"))),
                None => self.wrongs.push(expected(value, name, "a whole number")),
            }
        }
        thresholds
    }

    fn patterns(&mut self, key: &str, value: &Value<'_>) -> Patterns {
        let Some(list) = value.get_ref().as_array() else {
            self.wrongs.push(expected(value, key, "a list of patterns"));
            return Patterns::default();
        };
        let mut written = Vec::new();
        for pattern in list {
            match pattern.get_ref().as_str() {
                Some(text) => written.push(text.to_owned()),
                None => {
                    self.wrongs.push(expected(pattern, key, "a list of patterns"));
                    return Patterns::default();
                }
            }
        }
        Patterns::read(self.folder, written.clone()).unwrap_or_else(|(n, why)| {
            self.wrongs.push(wrong(list[n].span(), format!("`{}` is no pattern: {why}", written[n])));
            Patterns::default()
        })
    }

    fn functions(&mut self, value: &Value<'_>) -> Vec<(NamedRole, String)> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrongs.push(expected(value, "functions", "a table of lists of functions"));
            return Vec::new();
        };
        let mut named = Vec::new();
        for (key, value) in table {
            let name = &**key.get_ref();
            let Some(role) = NamedRole::ALL.into_iter().find(|role| role.key() == name) else {
                let message = format!("nothing is said of functions by `{name}`");
                self.wrongs.push(unknown(key.span(), message, name, NamedRole::ALL.map(NamedRole::key)));
                continue;
            };
            let Some(list) = value.get_ref().as_array() else {
                self.wrongs.push(expected(value, name, "a list of functions"));
                continue;
            };
            for path in list {
                match path.get_ref().as_str() {
                    Some(text) if is_function_path(text) => named.push((role, text.to_owned())),
                    Some(text) => {
                        let message = format!("`{text}` is no path of a function");
                        let help = "write `package.module.function`, or `krate::module::function`".to_owned();
                        self.wrongs.push(Wrong { help: Some(help), ..wrong(path.span(), message) });
                    }
                    None => self.wrongs.push(expected(path, name, "a list of functions")),
                }
            }
        }
        named
    }

    fn catalogue(&mut self, value: &Value<'_>) -> Vec<CatalogueText> {
        let what = "a list of files, or of tables of entries";
        let Some(list) = value.get_ref().as_array() else {
            self.wrongs.push(expected(value, "catalogue", what));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for (at, entry) in list.iter().enumerate() {
            match entry.get_ref() {
                DeValue::String(file) => match (self.files.read_catalogue)(file) {
                    Ok(text) => texts.push(text),
                    Err(message) => self.wrongs.push(wrong(entry.span(), message)),
                },
                DeValue::Table(_) => texts.push(CatalogueText {
                    shown: String::new(),
                    text: self.entry(at),
                    within: Some((self.text.to_owned(), entry.span())),
                }),
                _ => self.wrongs.push(expected(entry, "catalogue", what)),
            }
        }
        texts
    }

    /// The text of a table of the list `catalogue`, written as a file of its own.
    fn entry(&self, at: usize) -> String {
        let whole: toml::Table = self.text.parse().expect("the text was parsed before");
        let mut value = toml::Value::Table(whole);
        for key in self.table.iter().chain(&["catalogue"]) {
            let inner = value.get_mut(key).expect("the table was found before");
            value = std::mem::replace(inner, toml::Value::Boolean(false));
        }
        toml::to_string(&value[at]).expect("a table that was read can be written")
    }
}

/// Whether a text is two names or more, with `.` or `::` in between.
fn is_function_path(text: &str) -> bool {
    let separator = if text.contains("::") { "::" } else { "." };
    let is_name = |name: &str| {
        let mut letters = name.chars();
        letters.next().is_some_and(|first| first == '_' || first.is_alphabetic())
            && letters.all(|letter| letter == '_' || letter.is_alphanumeric())
    };
    text.contains(separator) && text.split(separator).all(is_name)
}

/// A number of bytes, or a text with a unit: `"512 kB"`, `"8 MB"`.
fn size(value: &Value<'_>) -> Result<u64, Wrong> {
    let malformed = || expected(value, "max-file-size", "a number of bytes or a text like `\"8 MB\"`");
    if let Some(number) = value.get_ref().as_integer() {
        let digits = number.as_str().replace('_', "");
        return digits.parse().map_err(|_| wrong(value.span(), "`max-file-size` is no number of bytes"));
    }
    let text = value.get_ref().as_str().ok_or_else(malformed)?;
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number: u64 = digits.parse().map_err(|_| wrong(value.span(), format!("`{text}` is no size")))?;
    let unit = text[digits.len()..].trim();
    let factor: u64 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" | "kib" | "k" => 1 << 10,
        "mb" | "mib" | "m" => 1 << 20,
        _ => return Err(unknown(value.span(), format!("there is no unit `{unit}`"), unit, ["kB", "MB"])),
    };
    Ok(number.saturating_mul(factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_FILES: Files<'static> = Files {
        read_catalogue: &|file| Err(format!("`{file}` cannot be read")),
        python_environment: &|_| Err("there is no such file or folder".to_owned()),
    };

    fn parse_here(text: &str) -> Result<Configuration, Vec<Wrong>> {
        let read = parse(text, &[], Path::new("/p"), NO_FILES);
        read.map(|found| found.expect("the whole file is the table"))
    }

    fn first_wrong(text: &str) -> Wrong {
        parse_here(text).expect_err("something is wrong").remove(0)
    }

    #[test]
    fn settings_are_read() {
        let read = parse_here(
            "min-certainty = 'possible'\nmax-file-size = '2 MB'\nexclude = ['gen/**']\nbrief-stalls = 'allow'\n\
             [thresholds]\nconcurrency = 5_000\n[overrides.'tests/']\nall = 'allow'\n",
        )
        .unwrap();
        assert_eq!(read.min_certainty, Some(Certainty::Possible));
        assert_eq!(read.brief_stalls, Some(Level::Allow));
        assert_eq!(read.max_file_size, 2 << 20);
        assert_eq!(read.thresholds, Thresholds { concurrency: 5000, ..Thresholds::default() });
        assert!(read.exclude.hold(Path::new("/p/gen/a.py")));
        assert!(!read.exclude.hold(Path::new("/p/src/a.py")));
        assert!(read.overrides[0].files.hold(Path::new("/p/tests/a/b.py")));
        assert_eq!(read.overrides[0].levels, [(Selector::All, Level::Allow)]);
    }

    #[test]
    fn what_is_unknown_is_told_with_its_place() {
        let text = "min-certainty = 'likely'\nexlude = []\n";
        let wrong = first_wrong(text);
        assert_eq!(&text[wrong.span], "exlude");
        assert_eq!(wrong.message, "there is no setting `exlude`");
        assert_eq!(wrong.help.as_deref(), Some("did you mean `exclude`?"));

        let wrong = first_wrong("[lints]\nall = 'warm'\n");
        assert_eq!(wrong.message, "there is no level `warm`");
        assert_eq!(wrong.help.as_deref(), Some("did you mean `warn`?"));

        let wrong = first_wrong("[thresholds]\nthread-pol = 3\n");
        assert_eq!(wrong.help.as_deref(), Some("did you mean `thread-pool`?"));
        assert_eq!(first_wrong("[thresholds]\nconcurrency = -3\n").message, "`concurrency` is a number from 0");
        assert_eq!(first_wrong("[overrides.'a/']\nal = 'warn'\n").message, "there is no lint `al`");
        assert_eq!(first_wrong("include = 'src'").message, "`include` is a list of patterns, not a string");
        assert_eq!(first_wrong("exclude = ['a', '{a']").span, 16..20);

        assert_eq!(first_wrong("max-file-size = true").span, 16..20);
        assert!(parse_here("lints = ").is_err());
    }

    #[test]
    fn all_that_is_wrong_is_told_from_top_to_bottom() {
        let wrongs = parse_here("lint = 1\nbrief-stalls = 3\n[lints]\nnone = 'warn'\n").unwrap_err();
        let messages: Vec<&str> = wrongs.iter().map(|wrong| wrong.message.as_str()).collect();
        assert_eq!(
            messages,
            ["there is no setting `lint`", "a level is a text, not an integer", "there is no lint `none`"]
        );
    }

    #[test]
    fn tables_of_manifests_are_found_and_nothing_else_in_them_matters() {
        let read = |text: &str| parse(text, &["tool", "unsnarl"], Path::new("/p"), NO_FILES);
        assert!(read("[project]\nname = 'x'\n[tool.ruff]\nexlude = 1\n").unwrap().is_none());
        let found = read("[tool.unsnarl.lints]\ntasks = 'deny'\n").unwrap().expect("is there");
        assert_eq!(found.levels.len(), 1);
        let text = "[tool.unsnarl]\nexlude = []\n";
        assert_eq!(&text[read(text).unwrap_err()[0].span.clone()], "exlude");
        assert_eq!(read("[tool]\nunsnarl = 3\n").unwrap_err()[0].message, "`unsnarl` is a table, not an integer");
        let inside = "[[tool.unsnarl.catalogue]]\nlibrary = 'ours'\n[[tool.unsnarl.catalogue.function]]\npath = 'a'\n";
        let entry = &read(inside).unwrap().expect("is there").catalogue[0];
        assert!(entry.text.starts_with("library = \"ours\"\n"), "{}", entry.text);
    }
}

//! `unsnarl.toml`: levels, what is checked, what libraries do.
//!
//! Strict: what is not known is an error that says where it stands and what was probably meant.

use super::{LoadError, with_slashes};
use crate::catalogue::Catalogue;
use crate::check::{DEFAULT_SIZE_LIMIT, Settings};
use crate::lint::{Certainty, Level, Levels, Selector, Thresholds, did_you_mean};
use crate::report::Misconfiguration;
use ignore::overrides::{Override, OverrideBuilder};
use std::fs;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The name of the configuration file.
pub const CONFIGURATION_FILE: &str = "unsnarl.toml";

/// A configuration that was understood.
#[derive(Clone, Debug)]
pub struct Configuration {
    pub levels: Levels,
    pub min_certainty: Option<Certainty>,
    pub thresholds: Thresholds,
    /// Files that are not checked, although they lie below the given paths.
    pub exclude: Override,
    /// Larger files are not read; in bytes.
    pub max_file_size: u64,
    /// Entries for the catalogue, later ones winning.
    pub catalogue: Vec<CatalogueText>,
}

/// A catalogue file of the user, or entries inside the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueText {
    pub shown: String,
    pub text: String,
    /// Entries inside the configuration: that text and where in it they stand.
    pub within: Option<(String, Range<usize>)>,
}

impl Default for Configuration {
    fn default() -> Configuration {
        Configuration {
            levels: Levels::default(),
            min_certainty: None,
            thresholds: Thresholds::default(),
            exclude: Override::empty(),
            max_file_size: DEFAULT_SIZE_LIMIT,
            catalogue: Vec::new(),
        }
    }
}

impl Configuration {
    /// What is to be told, as far as the configuration says.
    pub fn settings(&self) -> Settings {
        let defaults = Settings::default();
        let min_certainty = self.min_certainty.unwrap_or(defaults.min_certainty);
        Settings { levels: self.levels.clone(), min_certainty, ..defaults }
    }

    /// The catalogue with the user's entries.
    pub fn catalogue(&self) -> Result<Catalogue, Vec<Misconfiguration>> {
        let mut catalogue = Catalogue::embedded();
        for entry in &self.catalogue {
            catalogue = catalogue.with_entries(&entry.shown, &entry.text).map_err(|errors| {
                let told = errors.into_iter().map(|error| {
                    let (text, span) = entry.within.clone().unwrap_or_else(|| (entry.text.clone(), error.span));
                    Misconfiguration { shown: entry.shown.clone(), text, span, message: error.message, help: None }
                });
                told.collect::<Vec<_>>()
            })?;
        }
        Ok(catalogue)
    }
}

/// Reads a configuration file. `here` is the working directory, for showing paths.
pub(super) fn read(path: &Path, here: &Path) -> Result<Configuration, LoadError> {
    let text = read_text(path)?;
    let shown = with_slashes(path.strip_prefix(here).unwrap_or(path));
    let folder = path.parent().unwrap_or(path);
    let mut parsed = parse(&text, folder, |file| {
        let path = folder.join(file);
        let shown = with_slashes(path.strip_prefix(here).unwrap_or(&path));
        fs::read_to_string(&path)
            .map(|text| CatalogueText { shown: shown.clone(), text, within: None })
            .map_err(|error| format!("`{shown}` cannot be read: {}", super::reason(&error)))
    })
    .map_err(|wrong| {
        LoadError::Configuration(Box::new(Misconfiguration {
            shown: shown.clone(),
            text: text.clone(),
            span: wrong.span,
            message: wrong.message,
            help: wrong.help,
        }))
    })?;
    for entry in &mut parsed.catalogue {
        if entry.within.is_some() {
            entry.shown = shown.clone();
        }
    }
    Ok(parsed)
}

fn read_text(path: &Path) -> Result<String, LoadError> {
    fs::read_to_string(path).map_err(|error| LoadError::Path { path: path.to_owned(), why: super::reason(&error) })
}

/// What is wrong and where.
#[derive(Debug)]
struct Wrong {
    span: Range<usize>,
    message: String,
    help: Option<String>,
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

fn expected(value: &Spanned<DeValue<'_>>, key: &str, what: &str) -> Wrong {
    wrong(value.span(), format!("`{key}` is {what}, not {}", value.get_ref().type_str()))
}

fn parse(
    text: &str,
    folder: &Path,
    read_catalogue: impl Fn(&str) -> Result<CatalogueText, String>,
) -> Result<Configuration, Wrong> {
    let document = DeTable::parse(text).map_err(|error| {
        wrong(error.span().unwrap_or_default(), error.message().to_lowercase().trim_end_matches('.').to_owned())
    })?;
    const KEYS: [&str; 6] = ["lints", "thresholds", "min-certainty", "exclude", "max-file-size", "catalogue"];
    let mut configuration = Configuration::default();
    for (key, value) in document.get_ref() {
        match &**key.get_ref() {
            "lints" => configuration.levels = levels(value)?,
            "thresholds" => configuration.thresholds = thresholds(value)?,
            "min-certainty" => {
                let name = value.get_ref().as_str().ok_or_else(|| expected(value, "min-certainty", "a name"))?;
                let known = Certainty::ALL.map(Certainty::name);
                configuration.min_certainty =
                    Some(Certainty::from_name(name).ok_or_else(|| {
                        unknown(value.span(), format!("there is no certainty `{name}`"), name, known)
                    })?);
            }
            "exclude" => configuration.exclude = exclude(value, folder)?,
            "max-file-size" => configuration.max_file_size = size(value)?,
            "catalogue" => configuration.catalogue = catalogue(text, value, &read_catalogue)?,
            other => return Err(unknown(key.span(), format!("there is no setting `{other}`"), other, KEYS)),
        }
    }
    Ok(configuration)
}

fn levels(value: &Spanned<DeValue<'_>>) -> Result<Levels, Wrong> {
    let table = value.get_ref().as_table().ok_or_else(|| expected(value, "lints", "a table of levels"))?;
    let lints = crate::lints::ALL;
    // Wide selectors first: the order in which a table is written says nothing.
    let mut settings = Vec::new();
    for (key, value) in table {
        let name = &**key.get_ref();
        let selector = Selector::parse(name, lints)
            .ok_or_else(|| unknown(key.span(), format!("there is no lint `{name}`"), name, Selector::names(lints)))?;
        let level = value.get_ref().as_str().ok_or_else(|| expected(value, name, "a level"))?;
        let level = Level::from_name(level).ok_or_else(|| {
            unknown(value.span(), format!("there is no level `{level}`"), level, ["allow", "warn", "deny"])
        })?;
        settings.push((selector, level));
    }
    settings.sort_by_key(|(selector, _)| match selector {
        Selector::All => 0,
        Selector::Family(_) => 1,
        Selector::Lint(_) => 2,
    });
    let mut levels = Levels::default();
    for (selector, level) in settings {
        levels.set(selector, level);
    }
    Ok(levels)
}

fn thresholds(value: &Spanned<DeValue<'_>>) -> Result<Thresholds, Wrong> {
    let table = value.get_ref().as_table().ok_or_else(|| expected(value, "thresholds", "a table of numbers"))?;
    let mut thresholds = Thresholds::default();
    for (key, value) in table {
        let name = &**key.get_ref();
        if thresholds.get(name).is_none() {
            return Err(unknown(key.span(), format!("there is no threshold `{name}`"), name, Thresholds::KEYS));
        }
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        thresholds.set(name, number.ok_or_else(|| expected(value, name, "a whole number that is not negative"))?);
    }
    Ok(thresholds)
}

fn exclude(value: &Spanned<DeValue<'_>>, folder: &Path) -> Result<Override, Wrong> {
    let patterns = value.get_ref().as_array().ok_or_else(|| expected(value, "exclude", "a list of patterns"))?;
    let mut builder = OverrideBuilder::new(folder);
    for pattern in patterns {
        let text = pattern.get_ref().as_str().ok_or_else(|| expected(pattern, "exclude", "a list of patterns"))?;
        builder
            .add(&format!("!{text}"))
            .map_err(|error| wrong(pattern.span(), format!("`{text}` is no pattern: {error}")))?;
    }
    builder.build().map_err(|error| wrong(value.span(), format!("the patterns cannot be used: {error}")))
}

/// A number of bytes, or a text with a unit: `"512 kB"`, `"8 MB"`.
fn size(value: &Spanned<DeValue<'_>>) -> Result<u64, Wrong> {
    let malformed = || expected(value, "max-file-size", "a number of bytes or a text like `\"8 MB\"`");
    if let Some(number) = value.get_ref().as_integer() {
        return number.as_str().parse().map_err(|_| wrong(value.span(), "`max-file-size` is no number of bytes"));
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

fn catalogue(
    text: &str,
    value: &Spanned<DeValue<'_>>,
    read: &impl Fn(&str) -> Result<CatalogueText, String>,
) -> Result<Vec<CatalogueText>, Wrong> {
    let what = "a list of files, or of tables of entries";
    let list = value.get_ref().as_array().ok_or_else(|| expected(value, "catalogue", what))?;
    let mut texts = Vec::new();
    for entry in list {
        match entry.get_ref() {
            DeValue::String(file) => texts.push(read(file).map_err(|message| wrong(entry.span(), message))?),
            DeValue::Table(_) => {
                let whole: toml::Table = text.parse().expect("the text was parsed before");
                let at = list.iter().position(|other| other.span() == entry.span()).expect("it is in the list");
                let inner = &whole["catalogue"][at];
                texts.push(CatalogueText {
                    shown: String::new(),
                    text: toml::to_string(inner).expect("a table that was read can be written"),
                    within: Some((text.to_owned(), entry.span())),
                });
            }
            _ => return Err(expected(entry, "catalogue", what)),
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_here(text: &str) -> Result<Configuration, Wrong> {
        parse(text, Path::new("/p"), |file| Err(format!("`{file}` cannot be read")))
    }

    #[test]
    fn settings_are_read() {
        let read = parse_here(
            "min-certainty = 'possible'\nmax-file-size = '2 MB'\nexclude = ['gen/**']\n[thresholds]\nconcurrency = 5\n",
        )
        .unwrap();
        assert_eq!(read.min_certainty, Some(Certainty::Possible));
        assert_eq!(read.max_file_size, 2 << 20);
        assert_eq!(read.thresholds, Thresholds { concurrency: 5, ..Thresholds::default() });
        assert!(read.exclude.matched("/p/gen/a.py", false).is_ignore());
        assert!(!read.exclude.matched("/p/src/a.py", false).is_ignore());
    }

    #[test]
    fn what_is_unknown_is_told_with_its_place() {
        let text = "min-certainty = 'likely'\nexlude = []\n";
        let wrong = parse_here(text).unwrap_err();
        assert_eq!(&text[wrong.span], "exlude");
        assert_eq!(wrong.message, "there is no setting `exlude`");
        assert_eq!(wrong.help.as_deref(), Some("did you mean `exclude`?"));

        let wrong = parse_here("[lints]\nall = 'warm'\n").unwrap_err();
        assert_eq!(wrong.message, "there is no level `warm`");
        assert_eq!(wrong.help.as_deref(), Some("did you mean `warn`?"));

        let wrong = parse_here("[thresholds]\nthread-pol = 3\n").unwrap_err();
        assert_eq!(wrong.help.as_deref(), Some("did you mean `thread-pool`?"));
        assert!(parse_here("[thresholds]\nconcurrency = -3\n").is_err());

        assert_eq!(parse_here("max-file-size = true").unwrap_err().span, 16..20);
        assert!(parse_here("lints = ").is_err());
    }
}

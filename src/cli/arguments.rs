//! What can be written on the command line.

use clap::{ArgMatches, Args, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Finds concurrency anti-patterns in Python and Rust.
#[derive(Debug, Parser)]
#[command(name = "unsnarl", version, about, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check files and folders
    Check(CheckArguments),
    /// Print the page of a lint
    Explain {
        /// The lint's name
        lint: String,
    },
    /// List all lints
    Lints,
    /// Print the facts of one file
    Facts {
        /// A Python or Rust file
        file: PathBuf,
        /// Edition of a Rust file: 2015, 2018, 2021 or 2024
        #[arg(long, default_value = "2021", value_name = "YEAR")]
        edition: String,
    },
}

/// Options of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Files and folders to check [default: the working directory]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub options: CheckOptions,
    /// Only findings in these folders are told; the rest is read to understand them.
    #[arg(skip)]
    pub only: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct CheckOptions {
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub format: Format,
    #[command(flatten)]
    pub levels: LevelArguments,
    /// Do not show findings that are less certain [default: likely]
    #[arg(long, value_enum, value_name = "CERTAINTY")]
    pub min_certainty: Option<CertaintyArgument>,
    /// Use this configuration instead of the nearest `unsnarl.toml`
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Count findings by lint instead of showing them
    #[arg(long)]
    pub statistics: bool,
    /// Whether text is colored
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// Threads to use [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CertaintyArgument {
    Possible,
    Likely,
    Certain,
}

/// `-D`, `-W` and `-A` in the order in which they were written, each with the letter's name.
#[derive(Clone, Debug, Default)]
pub struct LevelArguments {
    pub settings: Vec<(&'static str, String)>,
}

const LEVEL_OPTIONS: [(&str, char, &str); 3] = [
    ("deny", 'D', "Set a lint, a family or `all` to deny"),
    ("warn", 'W', "Set a lint, a family or `all` to warn"),
    ("allow", 'A', "Set a lint, a family or `all` to allow"),
];

// Written by hand: derived options forget in which order options of different names were given.
impl FromArgMatches for LevelArguments {
    fn from_arg_matches(matches: &ArgMatches) -> Result<LevelArguments, clap::Error> {
        let mut settings: Vec<(usize, &'static str, String)> = Vec::new();
        for (name, ..) in LEVEL_OPTIONS {
            let (Some(indices), Some(values)) = (matches.indices_of(name), matches.get_many::<String>(name)) else {
                continue;
            };
            settings.extend(indices.zip(values).map(|(index, value)| (index, name, value.clone())));
        }
        settings.sort();
        Ok(LevelArguments { settings: settings.into_iter().map(|(_, name, value)| (name, value)).collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = LevelArguments::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for LevelArguments {
    fn augment_args(command: clap::Command) -> clap::Command {
        LEVEL_OPTIONS.into_iter().fold(command, |command, (name, short, help)| {
            command.arg(
                clap::Arg::new(name)
                    .short(short)
                    .long(name)
                    .value_name("LINT")
                    .action(clap::ArgAction::Append)
                    .value_delimiter(',')
                    .help(help),
            )
        })
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        LevelArguments::augment_args(command)
    }
}

/// Checks the package in the working directory for concurrency anti-patterns.
#[derive(Debug, Parser)]
#[command(name = "cargo-unsnarl", bin_name = "cargo unsnarl", version, about, max_term_width = 100)]
pub struct CargoArguments {
    /// Check all packages of the workspace
    #[arg(long, visible_alias = "all")]
    workspace: bool,
    /// The `Cargo.toml` of the package
    #[arg(long, value_name = "FILE")]
    manifest_path: Option<PathBuf>,
    #[command(flatten)]
    options: CheckOptions,
}

impl CargoArguments {
    /// As a `check` of the package's workspace that tells of the package only.
    pub fn into_check(self) -> Result<CheckArguments, String> {
        let package = match &self.manifest_path {
            Some(manifest) if manifest.is_file() => {
                let folder = manifest.parent().filter(|folder| !folder.as_os_str().is_empty());
                folder.map_or_else(|| PathBuf::from("."), |folder| folder.to_owned())
            }
            Some(manifest) => return Err(format!("there is no manifest `{}`", manifest.display())),
            None => {
                let here = std::env::current_dir()
                    .map_err(|error| format!("the working directory cannot be read: {error}"))?;
                crate::project::package_folder(&here)
                    .ok_or_else(|| "there is no `Cargo.toml` in this folder or above it".to_owned())?
            }
        };
        let workspace = crate::project::workspace_folder(&package);
        let only = if self.workspace { Vec::new() } else { vec![package] };
        Ok(CheckArguments { paths: vec![workspace], options: self.options, only })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
        CargoArguments::command().debug_assert();
    }

    #[test]
    fn levels_keep_their_order() {
        let parsed = Arguments::try_parse_from(["unsnarl", "check", "-A", "all", "-W", "x,y", "-A", "y"]);
        let Command::Check(check) = parsed.expect("is valid").command else { panic!("is a check") };
        let settings: Vec<_> = check.options.levels.settings.iter().map(|(l, n)| (*l, n.as_str())).collect();
        assert_eq!(settings, [("allow", "all"), ("warn", "x"), ("warn", "y"), ("allow", "y")]);
    }
}

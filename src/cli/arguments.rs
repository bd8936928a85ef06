//! What can be written on the command line.

use super::cargo::CargoSelection;
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
    /// Print the page of a lint, or say why a call is or is not found
    Explain(ExplainArguments),
    /// Draw the ways from async code to what blocks it
    Graph(GraphArguments),
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
    /// Serve an editor: the Language Server Protocol over standard input and output
    Server,
    /// Print a script that completes the command line in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    Man,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Files and folders to check; `-` for standard input [default: the working directory]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The file that standard input is the text of: says the language and the place in the project
    #[arg(long, value_name = "FILE")]
    pub stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    pub options: CheckOptions,
    #[arg(skip)]
    pub cargo: CargoSelection,
}

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The lint's name, or the place of a call: `FILE:LINE` or `FILE:LINE:COLUMN`
    #[arg(value_name = "LINT|PLACE")]
    pub what: String,
    /// Files and folders to understand the place with [default: the working directory]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub selection: Selection,
    /// How the explanation of a place is written
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text, value_name = "FORMAT", help_heading = HOW)]
    pub format: ExplainFormat,
    #[command(flatten)]
    pub basis: Basis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// Options of `graph`.
#[derive(Debug, Args)]
pub struct GraphArguments {
    /// Files and folders to check [default: the working directory]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Draw what these lints find only
    #[arg(long, value_name = "LINT", value_delimiter = ',', help_heading = WHAT)]
    pub lint: Vec<String>,
    /// Draw the ways through this function, library call or place only: `Store.load`, `time.sleep`, `FILE:LINE`
    #[arg(long, value_name = "NAME|PLACE", help_heading = WHAT)]
    pub through: Option<String>,
    #[command(flatten)]
    pub selection: Selection,
    /// How the graph is written
    #[arg(long, value_enum, default_value_t = GraphFormat::Dot, value_name = "FORMAT", help_heading = HOW)]
    pub format: GraphFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = HOW)]
    pub output_file: Option<PathBuf>,
    #[command(flatten)]
    pub basis: Basis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// For Graphviz
    Dot,
    /// For Markdown and wikis that draw Mermaid
    Mermaid,
    /// For programs
    Json,
}

/// Which findings are wanted.
#[derive(Debug, Args)]
pub struct Selection {
    #[command(flatten)]
    pub levels: LevelArguments,
    /// Do not show findings that are less certain [default: likely]
    #[arg(long, value_enum, value_name = "CERTAINTY", help_heading = WHAT)]
    pub min_certainty: Option<CertaintyArgument>,
}

/// What a run is based on.
#[derive(Debug, Args)]
pub struct Basis {
    /// Use this configuration instead of the nearest
    #[arg(long, value_name = "FILE", conflicts_with = "isolated", help_heading = BY_WHAT)]
    pub config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long, visible_alias = "no-config", help_heading = BY_WHAT)]
    pub isolated: bool,
    /// Take types of libraries from this Python environment
    ///
    /// A folder that `python -m venv` made, or its interpreter. By default the environment `.venv` or `venv` beside the
    /// project, else the active one. It is read and never run.
    #[arg(long, value_name = "PATH", help_heading = BY_WHAT)]
    pub python_environment: Option<PathBuf>,
    /// Whose libraries' types are known [default: installed]
    #[arg(long, value_enum, value_name = "LIBRARIES", help_heading = BY_WHAT)]
    pub libraries: Option<LibrariesArgument>,
    /// Threads to use [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = None::<&str>)]
    pub threads: Option<u16>,
}

#[derive(Debug, Args)]
pub struct CheckOptions {
    #[command(flatten)]
    pub selection: Selection,
    /// Silence each finding by a comment, with this reason
    #[arg(
        long, value_name = "REASON", num_args = 0..=1, require_equals = true, help_heading = WHAT,
        conflicts_with_all = ["show_files", "show_settings", "statistics"]
    )]
    pub add_suppressions: Option<Option<String>>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT", help_heading = HOW)]
    pub format: Format,
    /// Write what cargo writes: `human`, `short`, `json` and its variants
    ///
    /// `json` is an object a line, for rust-analyzer and other readers of `cargo check --message-format=json`.
    /// `json-diagnostic-rendered-ansi` and `json-diagnostic-short` say how messages look in it;
    /// `json-render-diagnostics` writes them to standard error. Variants are joined by commas.
    #[arg(long, value_name = "FORMAT", conflicts_with_all = ["format", "statistics"], help_heading = HOW)]
    pub message_format: Vec<String>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE", help_heading = HOW)]
    pub output_file: Option<PathBuf>,
    /// Count findings by lint and certainty instead of showing them
    #[arg(long, conflicts_with_all = ["show_files", "show_settings"], help_heading = HOW)]
    pub statistics: bool,
    /// End with 0 even if there are findings
    #[arg(long, help_heading = HOW)]
    pub exit_zero: bool,
    /// Show findings alone: neither notes nor a summary
    #[arg(short, long, conflicts_with = "verbose", help_heading = HOW)]
    pub quiet: bool,
    /// Show all notes, the configuration in use and the time taken
    #[arg(short, long, help_heading = HOW)]
    pub verbose: bool,
    /// Whether text is colored
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN", help_heading = HOW)]
    pub color: Color,
    #[command(flatten)]
    pub basis: Basis,
    /// Show the settings, and where they come from
    #[arg(long, help_heading = BY_WHAT)]
    pub show_settings: bool,
    /// List the files that would be checked
    #[arg(long, conflicts_with = "show_settings", help_heading = BY_WHAT)]
    pub show_files: bool,
}

pub(super) const WHAT: &str = "Findings";
pub(super) const HOW: &str = "Output";
const BY_WHAT: &str = "Configuration";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with the code
    Text,
    /// A line each
    Concise,
    /// For programs; findings have fingerprints
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations on a pull request
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set; `CLICOLOR_FORCE` forces it
    Auto,
    Always,
    Never,
}

/// Values of `--libraries`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LibrariesArgument {
    /// Those that unsnarl ships, and those that are installed for the project
    Installed,
    /// Those that unsnarl ships, whatever is installed
    Shipped,
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
                    .help_heading(WHAT)
                    .help(help),
            )
        })
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        LevelArguments::augment_args(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
        crate::cli::cargo::CargoArguments::command().debug_assert();
    }

    #[test]
    fn levels_keep_their_order() {
        let parsed = Arguments::try_parse_from(["unsnarl", "check", "-A", "all", "-W", "x,y", "-A", "y"]);
        let Command::Check(check) = parsed.expect("is valid").command else { panic!("is a check") };
        let settings: Vec<_> = check.options.selection.levels.settings.iter().map(|(l, n)| (*l, n.as_str())).collect();
        assert_eq!(settings, [("allow", "all"), ("warn", "x"), ("warn", "y"), ("allow", "y")]);
    }
}

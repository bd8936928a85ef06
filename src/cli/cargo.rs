//! What can be written behind `cargo unsnarl`: cargo's own words for packages and targets, and what `cargo check` is
//! asked for beside.

use super::arguments::{CheckArguments, CheckOptions, Color, HOW};
use super::beside::CargoCheck;
use crate::report::CargoTarget;
use clap::{Args, Parser, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Checks the package in the working directory for concurrency anti-patterns.
#[derive(Debug, Parser)]
#[command(name = "cargo-unsnarl", bin_name = "cargo unsnarl", version, about, max_term_width = 100)]
pub struct CargoArguments {
    /// Check the packages that these files are in; all packages are read to understand them
    #[arg(value_name = "PATH", conflicts_with_all = ["package", "workspace"])]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    packages: PackageArguments,
    #[command(flatten)]
    targets: Targets,
    #[command(flatten)]
    options: CheckOptions,
    /// Run `cargo check`, or `cargo clippy`, and pass on what it tells
    ///
    /// Packages and targets are those that are given here. The exit code is that of cargo if it fails.
    #[arg(
        long, value_enum, value_name = "COMMAND", num_args = 0..=1, require_equals = true, help_heading = HOW,
        default_missing_value = "check", conflicts_with_all = ["output_file", "show_files", "show_settings"]
    )]
    with_check: Option<Beside>,
    #[command(flatten)]
    for_cargo: ForCargo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Beside {
    Check,
    Clippy,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Packages")]
struct PackageArguments {
    /// Check these packages of the workspace: a name, a name with a version, a pattern, or an id
    #[arg(short, long, value_name = "SPEC", conflicts_with = "workspace")]
    package: Vec<String>,
    /// Check all packages of the workspace
    #[arg(long, visible_alias = "all")]
    workspace: bool,
    /// Leave these packages out
    #[arg(long, value_name = "SPEC", requires = "workspace")]
    exclude: Vec<String>,
    /// The `Cargo.toml` of the package
    #[arg(long, value_name = "FILE")]
    manifest_path: Option<PathBuf>,
}

/// Which targets are told of; all, if none is chosen.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Targets [default: all]")]
pub struct Targets {
    /// Check the library
    #[arg(long)]
    lib: bool,
    /// Check all binaries
    #[arg(long)]
    bins: bool,
    /// Check this binary
    #[arg(long, value_name = "NAME")]
    bin: Vec<String>,
    /// Check all examples
    #[arg(long)]
    examples: bool,
    /// Check this example
    #[arg(long, value_name = "NAME")]
    example: Vec<String>,
    /// Check all targets that are tested: the library, binaries and integration tests
    #[arg(long)]
    tests: bool,
    /// Check this integration test
    #[arg(long, value_name = "NAME")]
    test: Vec<String>,
    /// Check all targets that are measured: the library, binaries and benches
    #[arg(long)]
    benches: bool,
    /// Check this bench
    #[arg(long, value_name = "NAME")]
    bench: Vec<String>,
    /// Check all targets
    #[arg(long)]
    all_targets: bool,
}

/// What only `cargo check` minds.
#[derive(Debug, Args)]
#[command(next_help_heading = "For `cargo check`; unsnarl itself reads the code of all features and targets")]
struct ForCargo {
    /// Activate these features
    #[arg(short = 'F', long, value_name = "FEATURES")]
    features: Vec<String>,
    /// Activate all features
    #[arg(long)]
    all_features: bool,
    /// Do not activate the feature `default`
    #[arg(long)]
    no_default_features: bool,
    /// Check for this platform
    #[arg(long, value_name = "TRIPLE")]
    target: Vec<String>,
    /// Where cargo keeps what it made
    #[arg(long, value_name = "FOLDER")]
    target_dir: Option<PathBuf>,
    /// Check with this profile
    #[arg(long, value_name = "NAME", conflicts_with = "release")]
    profile: Option<String>,
    /// Check with the profile `release`
    #[arg(short, long)]
    release: bool,
    /// Jobs that run at once
    #[arg(short, long, value_name = "N", allow_hyphen_values = true)]
    jobs: Option<String>,
    /// Go on where a package fails
    #[arg(long)]
    keep_going: bool,
    /// Pay no attention to `rust-version`
    #[arg(long)]
    ignore_rust_version: bool,
    /// Take `Cargo.lock` as it is
    #[arg(long)]
    locked: bool,
    /// Do without the network
    #[arg(long)]
    offline: bool,
    /// The same as `--locked` and `--offline`
    #[arg(long)]
    frozen: bool,
    /// Unstable flags of cargo
    #[arg(short = 'Z', value_name = "FLAG")]
    unstable: Vec<String>,
    /// Arguments of clippy
    #[arg(last = true, value_name = "ARGUMENT", help_heading = None::<&str>)]
    clippy: Vec<String>,
}

/// What of the files that are read is told, in cargo's terms; and the cargo that runs beside.
#[derive(Debug, Default)]
pub struct CargoSelection {
    pub packages: Packages,
    pub targets: Targets,
    pub beside: Option<CargoCheck>,
}

/// Whose findings are told, of the packages of a workspace; all files are read to understand them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Packages {
    #[default]
    All,
    /// The package in this folder.
    In(PathBuf),
    /// The packages that these files are in.
    Of(Vec<PathBuf>),
    /// The packages that fit one of these, as cargo understands them.
    Named(Vec<String>),
    /// All but those.
    Except(Vec<String>),
}

impl CargoArguments {
    /// As a `check` of the package's workspace that tells of the wanted packages only.
    pub fn into_check(self) -> Result<CheckArguments, String> {
        let CargoArguments { paths, packages, targets, options, with_check, for_cargo } = self;
        if with_check != Some(Beside::Clippy) && !for_cargo.clippy.is_empty() {
            return Err(
                "arguments behind `--` are for `--with-check=clippy`; levels are set with `-D`, `-W`, `-A`".to_owned()
            );
        }
        let beside = with_check.map(|command| CargoCheck {
            arguments: cargo_arguments(command, &packages, &targets, &options, &for_cargo),
        });
        let package = match &packages.manifest_path {
            Some(manifest) if manifest.file_name().is_none_or(|name| name != "Cargo.toml") => {
                return Err(format!("`{}` is no `Cargo.toml`", manifest.display()));
            }
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
        let packages = match (packages.workspace, packages.package.is_empty()) {
            (true, _) if packages.exclude.is_empty() => Packages::All,
            (true, _) => Packages::Except(packages.exclude),
            (false, false) => Packages::Named(packages.package),
            (false, true) if !paths.is_empty() => Packages::Of(paths),
            (false, true) => Packages::In(package),
        };
        let cargo = CargoSelection { packages, targets, beside };
        Ok(CheckArguments { paths: vec![workspace], stdin_filename: None, options, cargo })
    }
}

impl Targets {
    /// Whether anything is left out.
    pub fn is_all(&self) -> bool {
        let Targets { lib, bins, bin, examples, example, tests, test, benches, bench, all_targets } = self;
        let kinds = [*lib, *bins, *examples, *tests, *benches];
        let names = [bin, example, test, bench];
        *all_targets || !(kinds.contains(&true) || names.iter().any(|names| !names.is_empty()))
    }

    /// Whether a target is told of.
    pub fn has(&self, target: &CargoTarget) -> bool {
        let kind = target.kind.first().map(String::as_str).unwrap_or_default();
        let names = |names: &[String]| names.contains(&target.name);
        self.is_all()
            || (self.tests && target.test)
            || match kind {
                "bin" => self.bins || self.benches || names(&self.bin),
                "example" => self.examples || names(&self.example),
                "test" => names(&self.test),
                "bench" => self.benches || names(&self.bench),
                "custom-build" => false,
                _ => self.lib || self.benches,
            }
    }
}

/// The command line of cargo: the same packages, targets and form of messages.
fn cargo_arguments(
    command: Beside,
    packages: &PackageArguments,
    targets: &Targets,
    options: &CheckOptions,
    for_cargo: &ForCargo,
) -> Vec<OsString> {
    let mut line = CommandLine(vec![if command == Beside::Clippy { "clippy" } else { "check" }.into()]);
    line.values("--package", &packages.package);
    line.flag("--workspace", packages.workspace);
    line.values("--exclude", &packages.exclude);
    line.value("--manifest-path", packages.manifest_path.as_ref());
    line.flag("--lib", targets.lib);
    line.flag("--bins", targets.bins);
    line.values("--bin", &targets.bin);
    line.flag("--examples", targets.examples);
    line.values("--example", &targets.example);
    line.flag("--tests", targets.tests);
    line.values("--test", &targets.test);
    line.flag("--benches", targets.benches);
    line.values("--bench", &targets.bench);
    line.flag("--all-targets", targets.all_targets);
    line.values("--message-format", &options.message_format);
    line.flag("--quiet", options.quiet);
    line.flag("--verbose", options.verbose);
    let color = match options.color {
        Color::Auto => None,
        Color::Always => Some("always"),
        Color::Never => Some("never"),
    };
    line.value("--color", color);
    line.values("--features", &for_cargo.features);
    line.flag("--all-features", for_cargo.all_features);
    line.flag("--no-default-features", for_cargo.no_default_features);
    line.values("--target", &for_cargo.target);
    line.value("--target-dir", for_cargo.target_dir.as_ref());
    line.value("--profile", for_cargo.profile.as_ref());
    line.flag("--release", for_cargo.release);
    line.value("--jobs", for_cargo.jobs.as_ref());
    line.flag("--keep-going", for_cargo.keep_going);
    line.flag("--ignore-rust-version", for_cargo.ignore_rust_version);
    line.flag("--locked", for_cargo.locked);
    line.flag("--offline", for_cargo.offline);
    line.flag("--frozen", for_cargo.frozen);
    line.values("-Z", &for_cargo.unstable);
    line.flag("--", !for_cargo.clippy.is_empty());
    line.0.extend(for_cargo.clippy.iter().map(OsString::from));
    line.0
}

struct CommandLine(Vec<OsString>);

impl CommandLine {
    fn flag(&mut self, name: &str, is_given: bool) {
        if is_given {
            self.0.push(name.into());
        }
    }

    fn value(&mut self, name: &str, value: Option<impl Into<OsString>>) {
        if let Some(value) = value {
            self.0.extend([name.into(), value.into()]);
        }
    }

    fn values(&mut self, name: &str, values: &[String]) {
        for value in values {
            self.value(name, Some(value));
        }
    }
}

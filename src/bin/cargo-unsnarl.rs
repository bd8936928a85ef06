//! The command `cargo unsnarl`.

use std::process::ExitCode;

fn main() -> ExitCode {
    unsnarl::cli::cargo_unsnarl()
}

//! The command `unsnarl`.

use std::process::ExitCode;

fn main() -> ExitCode {
    unsnarl::cli::unsnarl()
}

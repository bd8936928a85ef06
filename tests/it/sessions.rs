//! `tests/cmd/*.trycmd`: what users type and what they see. `TRYCMD=overwrite cargo test sessions` rewrites what they
//! see; read what changed.

use std::path::PathBuf;

#[test]
fn sessions_go_as_written() {
    let cases = trycmd::TestCases::new();
    cases.register_bin("unsnarl", PathBuf::from(env!("CARGO_BIN_EXE_unsnarl")));
    cases.register_bin("cargo-unsnarl", PathBuf::from(env!("CARGO_BIN_EXE_cargo-unsnarl")));
    cases.case("tests/cmd/*.trycmd");
}

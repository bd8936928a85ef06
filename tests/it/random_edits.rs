//! What was changed answers as what is new, after each of some random edits; `cargo bench --bench soak` takes more.

use crate::soak::program::Soak;
use crate::soak::server;
use crate::soak::workspace::{Workspace, fixtures};

#[test]
fn a_program_answers_as_a_new_one_after_each_edit() {
    let workspace = Workspace::copy("program", &fixtures(6));
    for (seed, edits) in [(1, 75), (2, 75)] {
        let soaked = Soak::load(&workspace).run(&workspace.texts, seed, edits);
        let soaked = soaked.unwrap_or_else(|report| panic!("{report}"));
        assert!(soaked.parsed * 3 > edits && soaked.telling * 10 > edits, "{soaked:?}");
    }
}

#[test]
fn a_server_publishes_what_a_check_finds_after_each_edit() {
    let workspace = Workspace::copy("server", &fixtures(6));
    let served = server::run(&workspace, 1, 60).unwrap_or_else(|report| panic!("{report}"));
    assert!(served.compared * 4 > served.edits && served.most > 5, "{served:?}");
}

#[test]
fn a_server_keeps_little_of_what_was_edited() {
    let workspace = Workspace::copy("memory", &fixtures(6));
    let samples = server::memory(&workspace, 1, 100);
    // Linux says how much it is.
    if let (Some((_, first)), Some((_, last))) = (samples.first(), samples.last()) {
        assert!(*last < first + (64 << 20), "{samples:?}");
    }
}

//! Telling findings as cargo's messages, beside a `cargo check` or alone.

use super::arguments::CheckOptions;
use super::beside::Beside;
use super::check::{detail, exit};
use super::message_format::Messages;
use super::{Exit, output};
use crate::check::Findings;
use crate::report::{self, CargoPlaces, Detail, Sources};
use std::collections::BTreeSet;

/// What is told.
pub struct Telling<'t> {
    pub findings: &'t Findings,
    pub sources: &'t Sources,
    pub places: &'t CargoPlaces,
    /// What was asked for, as package and target.
    pub targets: &'t BTreeSet<(usize, usize)>,
}

impl Telling<'_> {
    /// Writes messages at once, and what says that all is done when cargo is done, too. `so_far` is how the run went
    /// until now.
    pub fn tell(&self, messages: &Messages, options: &CheckOptions, so_far: Exit, beside: &mut Beside) -> Exit {
        let Telling { findings, sources, places, targets } = *self;
        let mut exit = exit(findings, options);
        let mut out = Vec::new();
        if messages.are_rendered {
            let color = output::stderr_has_color(options.color) || messages.rendering.has_color;
            output::stderr(&report::text_in_detail(findings, sources, color, Detail::Findings));
        } else {
            let told = report::cargo(findings, sources, places, messages.rendering, detail(options));
            output::stderr(&told.rest);
            out = told.messages;
        }
        if beside.is_running() {
            exit = output::stdout(&out, exit);
            out = Vec::new();
        }
        // What cargo built it has told of.
        let passed = beside.wait();
        let is_left = |(package, _): &&(usize, usize)| !passed.built.contains(&places.packages[*package].id);
        let left = targets.iter().filter(is_left).copied().collect();
        out.extend(report::cargo_artifacts(places, &left));
        let success = findings.summary.denied == 0 && so_far != Exit::Failed && beside.succeeded();
        beside.is_told_finished = true;
        out.extend(report::cargo_finished(success));
        output::report(&out, options.output_file.as_deref(), exit)
    }
}

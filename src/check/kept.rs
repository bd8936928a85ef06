//! What lints said of each unit of a program that is changed: kept while nothing changes that they asked for.

use crate::flow::UnitRef;
use crate::lint::{Cx, Finding, Lint};
use crate::model::UnitId;
use crate::text::FileId;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{ProjectFile, Role, Stop, Stopped};

/// What was found, and the lints that failed.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub findings: Vec<Finding>,
    pub failed: Vec<&'static str>,
}

impl Found {
    fn add(&mut self, lint: &'static Lint, answer: Option<Vec<Finding>>) {
        match answer {
            Some(findings) => self.findings.extend(findings),
            None if !self.failed.contains(&lint.name) => self.failed.push(lint.name),
            None => {}
        }
    }
}

/// Everything that the lints find in the whole program.
pub(super) fn found(cx: &Cx<'_>, lints: &[&'static Lint], stop: &Stop) -> Result<Found, Stopped> {
    let answers: Vec<_> = lints.par_iter().map(|lint| stop.check().map(|()| run_lint(lint, cx))).collect();
    let mut found = Found::default();
    for (lint, answer) in lints.iter().zip(answers) {
        found.add(lint, answer?);
    }
    Ok(found)
}

/// The findings of a lint; none if it failed.
pub(super) fn run_lint(lint: &Lint, cx: &Cx<'_>) -> Option<Vec<Finding>> {
    let mut findings = catch_unwind(AssertUnwindSafe(|| (lint.check)(cx))).ok()?;
    for finding in &mut findings {
        finding.lint = lint.name;
    }
    Some(findings)
}

/// What the lints have found in each unit.
#[derive(Debug, Default)]
pub(super) struct Kept {
    lints: Vec<&'static str>,
    /// By file, then unit; none where something is to be asked again.
    found: Vec<Vec<Option<Box<[Finding]>>>>,
}

impl Kept {
    /// Units of which something else may be found now.
    pub fn forget(&mut self, units: impl IntoIterator<Item = UnitRef>) {
        for unit in units {
            let of_file = self.found.get_mut(unit.file.0 as usize);
            if let Some(found) = of_file.and_then(|units| units.get_mut(unit.unit.0 as usize)) {
                *found = None;
            }
        }
    }

    /// As [`found`], asking only of units of which nothing is kept.
    pub fn found(
        &mut self,
        cx: &Cx<'_>,
        files: &[ProjectFile],
        lints: &[&'static Lint],
        stop: &Stop,
    ) -> Result<Found, Stopped> {
        let names: Vec<&'static str> = lints.iter().map(|lint| lint.name).collect();
        if self.lints != names {
            *self = Kept { lints: names, found: Vec::new() };
        }
        self.found.resize_with(files.len(), Vec::new);
        let failed = self.ask_of_units(cx, files, lints, stop)?;
        let kept = self.found.iter().flatten().flatten();
        let findings = kept.flat_map(|found| found.iter().cloned()).collect();
        Ok(Found { findings, failed })
    }

    /// Asks what is not known; the lints that failed.
    fn ask_of_units(
        &mut self,
        cx: &Cx<'_>,
        files: &[ProjectFile],
        lints: &[&'static Lint],
        stop: &Stop,
    ) -> Result<Vec<&'static str>, Stopped> {
        let ask = |(file, units): (usize, &mut Vec<Option<Box<[Finding]>>>)| {
            let count = match files[file].role {
                Role::Dependency => 0,
                _ => files[file].facts.units.len(),
            };
            units.resize_with(count, || None);
            let mut failed = Vec::new();
            for (unit, known) in (0..).zip(units.iter_mut()).filter(|(_, known)| known.is_none()) {
                stop.check()?;
                let unit = UnitRef { file: FileId(file as u32), unit: UnitId(unit) };
                let found = cx.program.judging(unit, || {
                    let within = cx.within(unit);
                    let mut found = Found::default();
                    lints.iter().for_each(|lint| found.add(lint, run_lint(lint, &within)));
                    found
                });
                if found.failed.is_empty() {
                    *known = Some(found.findings.into());
                }
                failed.extend(found.failed);
            }
            Ok(failed)
        };
        let failed: Result<Vec<Vec<&'static str>>, Stopped> = self.found.par_iter_mut().enumerate().map(ask).collect();
        let mut failed = failed?.concat();
        failed.sort_unstable();
        failed.dedup();
        Ok(failed)
    }
}

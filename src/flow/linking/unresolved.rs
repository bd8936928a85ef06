//! Calls on the loop that lead to nothing that is known, each with the gap that evaluation met first.

use super::super::types::{Eval, Gap};
use super::super::{At, Program, Stop, Stopped};
use crate::model::{ValueId, ValueKind};
use rayon::prelude::*;

/// A call, and the gap that evaluation met first.
type Unresolved = (At, Option<Gap>);

impl Program {
    /// The calls of functions on the loop that did not resolve, in order of files and positions.
    pub fn unresolved_on_loop(&self, stop: &Stop) -> Result<Vec<Unresolved>, Stopped> {
        let found: Result<Vec<Vec<Unresolved>>, Stopped> = self
            .on_loop()
            .par_iter()
            .map_init(
                || Eval::noting(self),
                |eval, func| {
                    stop.check()?;
                    let unit = self.unit(func.unit_ref());
                    let function = unit.function(func.id);
                    let mut found = Vec::new();
                    for at in (function.start..function.end).map(ValueId) {
                        if !matches!(unit.value(at).kind, ValueKind::Call { .. } | ValueKind::Method { .. }) {
                            continue;
                        }
                        let (resolution, gaps) = eval.resolve_noting(func.at(at));
                        if !resolution.is_known() {
                            found.push((func.at(at), gaps.into_iter().next()));
                        }
                    }
                    eval.forget_values();
                    Ok(found)
                },
            )
            .collect();
        Ok(found?.into_iter().flatten().collect())
    }
}

//! A callee's witness seen from a caller: which conditions the call rules out, and how much certainty is left.

use crate::catalogue::schema::Stall;
use crate::flow::certainty::Certainty;
use crate::flow::contexts::context::Kept;
use crate::flow::contexts::param_tests::{Guard, Passed, at_call};
use crate::flow::reach::summary::{Call, Next, Witness};
use crate::flow::types::Eval;

/// Why a callee's witness does not count at a call, or counts for less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// What is passed rules the condition on the callee's parameter out.
    RuledOut(Guard),
    /// The conditions on the way cannot hold together.
    Contradiction,
    /// What is passed hardly fulfils the condition.
    Unlikely(Guard),
    /// A brief wait, only at the first use of something that is kept.
    BriefFirstUse,
    /// There are so many calls on the way.
    Far(u32),
    /// There are so many calls on the way to the first use of something that is kept.
    FarFirstUse(u32),
    /// The object that the root belongs to does not lead there.
    OtherReceiver,
    /// What is waited for has ended where the root calls.
    Ended,
}

/// A callee's witness seen from a caller, unless the call's arguments rule it out.
pub(crate) fn carry(
    eval: &mut Eval,
    call: &Call,
    witness: &Witness,
    next: Next,
    doubt: &mut dyn FnMut(Doubt),
) -> Option<Witness> {
    let mut inner: Vec<Guard> = Vec::new();
    let mut certainty = witness.certainty.min(call.certainty);
    // What is passed through a callback is not followed.
    if call.via.is_none() {
        for guard in witness.guards.iter() {
            match at_call(eval, call.from.at(call.at), call.to, call.has_receiver, guard) {
                Passed::RuledOut => {
                    doubt(Doubt::RuledOut(guard));
                    return None;
                }
                Passed::If(guard) => inner.push(guard),
                Passed::Unlikely => {
                    doubt(Doubt::Unlikely(guard));
                    certainty = certainty.lowered();
                }
                Passed::Open => {}
            }
        }
    }
    // A short wait once for a thing that is kept delays nobody.
    if call.at_first_use.is_some() && witness.stall == Stall::Brief {
        doubt(Doubt::BriefFirstUse);
        certainty = Certainty::Possible;
    }
    let guards = call.guards.around(inner.into_iter());
    if guards.contradict() {
        doubt(Doubt::Contradiction);
        return None;
    }
    let length = witness.length + 1;
    let at_first_use = witness.at_first_use || call.at_first_use >= Some(Kept::Object);
    let over = certainty_over(length, at_first_use);
    if over < certainty {
        let is_far_anyway = certainty_over(length, false) == over;
        doubt(if is_far_anyway { Doubt::Far(length) } else { Doubt::FarFirstUse(length) });
    }
    Some(Witness {
        guards,
        stall: witness.stall,
        certainty: certainty.min(over),
        at_first_use,
        length: length + u32::from(call.via.is_some()),
        next,
    })
}

/// Every call is made on some paths only: over many of them less is certain. Of the chains of real projects that were
/// read, those over more than ten calls went through dispatchers that choose by a name, and what an object makes at its
/// first use was made before the loop was busy, unless it stood within three calls of async code.
fn certainty_over(calls: u32, at_first_use: bool) -> Certainty {
    match calls {
        4.. if at_first_use => Certainty::Possible,
        ..=6 => Certainty::Certain,
        7..=10 => Certainty::Likely,
        _ => Certainty::Possible,
    }
}

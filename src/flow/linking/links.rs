//! What linking leaves of a unit: edges to other functions, waits, uses of parameters, calls with effects.

use crate::catalogue::FunctionId;
use crate::catalogue::schema::{BlockKind, Stall, Times};
use crate::flow::certainty::Certainty;
use crate::flow::contexts::context::Kept;
use crate::flow::contexts::param_tests::Guards;
use crate::flow::fates::futures::{MadeFuture, MisplacedFunction};
use crate::flow::ids::{Def, Func};
use crate::flow::naming::names::Name;
use crate::flow::reach::summary::Group;
use crate::flow::types::{Callable, Target};
use crate::model::ValueId;

/// What one unit's functions do, by function number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitLinks {
    pub functions: Vec<FunctionLinks>,
}

/// What one function does that others may ask for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunctionLinks {
    pub edges: Vec<Edge>,
    pub events: Vec<Event>,
    /// Calls of its own parameters, and what they are handed on to.
    pub param_uses: Vec<ParamUse>,
    /// Calls with an effect that lints ask for.
    pub effects: Vec<EffectCall>,
    /// Futures that it makes and does not await on the spot, in order.
    pub futures: Vec<MadeFuture>,
    /// Async functions that it gives where plain ones are called.
    pub misplaced: Vec<MisplacedFunction>,
    /// Where handles are awaited whose result says how their task ended.
    pub awaited: Vec<ValueId>,
    /// Calls that make objects of classes of the project.
    pub constructed: Vec<(ValueId, Def)>,
    /// Marks, by their number among the assumptions, that cut a call of this function.
    pub cut_by: Vec<usize>,
    /// Calls, and how many of them resolved.
    pub calls: u32,
    pub resolved: u32,
}

/// Another function is made to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The call, attribute, region value or operation in this function.
    pub at: ValueId,
    pub to: Func,
    pub kind: EdgeKind,
    /// Functions that the callee is given.
    pub passed: Vec<PassedFunction>,
    /// What of the target is certain.
    pub certainty: Certainty,
    /// Only at the first use of something that is kept so long.
    pub at_first_use: Option<Kept>,
    pub guards: Guards,
    /// Not written as a call: `property`, `enter`, `iteration`, `operator`.
    pub implicit: Option<&'static str>,
    /// The receiver is passed as parameter 0.
    pub has_receiver: bool,
    /// Runs before anything is served, or after all was.
    pub around_service: bool,
    /// How often one evaluation of the place makes it run.
    pub times: Times,
}

impl Edge {
    /// A call without arguments that matter.
    pub(crate) fn new(at: ValueId, to: Func, kind: EdgeKind, certainty: Certainty) -> Edge {
        Edge {
            at,
            to,
            kind,
            passed: Vec::new(),
            certainty,
            at_first_use: None,
            guards: Guards::default(),
            implicit: None,
            has_receiver: false,
            around_service: false,
            times: Times::Once,
        }
    }
}

/// A function that a call passes for a parameter of its callee, alone or in a collection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PassedFunction {
    pub param: u32,
    pub function: Callable,
    /// That it is this one.
    pub certainty: Certainty,
}

/// How another function is made to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EdgeKind {
    /// Runs here, before the call returns.
    Call,
    /// A coroutine or future is made, to be awaited or started.
    Drive,
    /// Runs on another thread, in another process, or on another loop.
    Offload,
    /// Runs on the loop, later.
    OnLoop,
}

impl EdgeKind {
    /// Whether a plain function that is run so runs on the thread of the loop.
    pub fn is_on_loop(self) -> bool {
        matches!(self, EdgeKind::Call | EdgeKind::OnLoop)
    }
}

/// A library call that waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub at: ValueId,
    pub group: Group,
    pub kind: BlockKind,
    pub stall: Stall,
    pub certainty: Certainty,
    /// Only at the first use of something that an object keeps.
    pub at_first_use: bool,
    pub guards: Guards,
    pub function: EventSource,
    /// A clause after the callee's name.
    pub why: String,
    /// A bound of the wait that is known, in seconds.
    pub limit: Option<f64>,
}

/// What waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventSource {
    Library(FunctionId),
    /// Entering, leaving or iterating a value of a library's type.
    Type(crate::catalogue::TypeId),
    /// Calling a function that has the attribute of this path.
    Attribute(Name),
}

/// What a function does with one of its parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct ParamUse {
    pub param: u32,
    pub at: ValueId,
    pub how: ParamHow,
    pub guards: Guards,
}

/// What a function does with a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum ParamHow {
    Called(EdgeKind, Times),
    /// Passed as that parameter of another function.
    Passed(Func, u32),
    /// What the parameter keeps in its attribute of that name is called.
    Held(Name),
    /// Read from or written to by that function of a library: whether that waits depends on what it is.
    Device(FunctionId),
}

/// A call of a library function that has an effect besides waiting.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectCall {
    pub at: ValueId,
    pub function: FunctionId,
    pub target: Target,
    pub certainty: Certainty,
}

//! What a lint may ask.

use super::finding::{Place, Step};
use super::{Severity, Thresholds};
use crate::catalogue::schema::Stall;
use crate::catalogue::{Function, FunctionId, await_words};
use crate::flow::fates::futures::{MadeFuture, MisplacedFunction, Origin};
use crate::flow::types::{Callee, Eval, Type};
use crate::flow::{
    At, AttributeSize, Certainty, EffectCall, Event, EventSource, Func, FunctionLinks, Group, PlainDecorator, Program,
    Reached, Rule, StepKind, UnitRef,
};
use crate::model::{FnId, FunctionKind, UseKind, ValueKind};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The questions that lints ask of a linked program.
#[derive(Debug)]
pub struct Cx<'p> {
    pub program: &'p Program,
    /// The numbers from which lints complain, as the user set them.
    pub thresholds: Thresholds,
    /// The unit that is asked about; none for the whole program.
    within: Option<UnitRef>,
    /// All calls with an effect, gathered for the first lint that asks.
    effects: OnceLock<Vec<(Func, &'p EffectCall)>>,
}

impl<'p> Cx<'p> {
    pub fn new(program: &'p Program, thresholds: Thresholds) -> Cx<'p> {
        Cx { program, thresholds, within: None, effects: OnceLock::new() }
    }

    /// The same questions, of one unit.
    pub fn within(&self, unit: UnitRef) -> Cx<'p> {
        Cx { within: Some(unit), ..Cx::new(self.program, self.thresholds) }
    }

    /// The functions that are asked about, with what they do; in order of files and positions.
    fn functions(&self) -> Box<dyn Iterator<Item = (Func, &'p FunctionLinks)> + 'p> {
        match self.within {
            None => Box::new(self.program.functions_with_links()),
            Some(unit) => Box::new(self.program.functions_of(unit)),
        }
    }

    /// Functions whose body runs on the loop.
    pub fn on_loop(&self) -> Vec<Func> {
        match self.within {
            None => self.program.on_loop().to_vec(),
            Some(unit) => self.program.on_loop_in(unit).collect(),
        }
    }

    /// Calls in async bodies and callbacks on the loop that wait, with the way down to what waits.
    pub fn blocking(&self, group: Group) -> Vec<Reached> {
        self.program.reached(group, self.within)
    }

    /// Calls of library functions that start something, with the function they are in.
    pub fn calls_with(&self, wanted: impl Fn(&Function) -> bool) -> Vec<(Func, EffectCall)> {
        let all = self.effects.get_or_init(|| {
            let functions = self.functions();
            functions.flat_map(|(func, links)| links.effects.iter().map(move |call| (func, call))).collect()
        });
        let wanted = all.iter().filter(|(_, call)| wanted(self.program.catalogue.function(call.function)));
        wanted.map(|(func, call)| (*func, (*call).clone())).collect()
    }

    /// Coroutines and futures that are made and not awaited on the spot, with the function they are in.
    pub fn futures(&self) -> impl Iterator<Item = (Func, MadeFuture)> + use<'p> {
        self.functions().flat_map(|(func, links)| links.futures.iter().map(move |made| (func, *made)))
    }

    /// Async functions that are given where plain ones are called, with the function that does so.
    pub fn misplaced_functions(&self) -> impl Iterator<Item = (Func, &'p MisplacedFunction)> + use<'p> {
        self.functions().flat_map(|(func, links)| links.misplaced.iter().map(move |misplaced| (func, misplaced)))
    }

    /// Where handles are awaited or joined whose result says how their task ended, with the function they are in and
    /// the type of what the task gives.
    pub fn awaited_handles(&self) -> Vec<(Func, At, Type)> {
        let mut eval = self.eval();
        let mut all = Vec::new();
        for (func, links) in self.functions() {
            let unit = self.program.unit(func.unit_ref());
            for at in &links.awaited {
                if let ValueKind::Await { of } = unit.value(*at).kind {
                    all.push((func, func.at(*at), eval.value(func.at(of)).arg(0)));
                }
            }
            for call in &links.effects {
                let Some(handle) = self.joined_handle(&mut eval, func, call) else {
                    continue;
                };
                let used = unit.value(call.at).used;
                match used.kind {
                    UseKind::Awaited => all.push((func, func.at(used.value()), handle.arg(0))),
                    _ if !self.function(call.function).is_async => all.push((func, func.at(call.at), handle.arg(0))),
                    _ => {}
                }
            }
            eval.forget_values();
        }
        all
    }

    /// The handle, or the handles' type, that a call joins, where its result says how the task ended.
    fn joined_handle(&self, eval: &mut Eval, func: Func, call: &EffectCall) -> Option<Type> {
        let effects = &self.function(call.function).entry.effects;
        if effects.settles.as_ref().is_some_and(|settles| settles.what == "self") {
            let receiver = call.target.receiver.as_ref();
            let result = eval.target_result(&call.target, func.at(call.at));
            let tells = self.program.may_fail(&eval.awaited(&result)) || self.program.may_fail(&result);
            return receiver.filter(|receiver| tells && self.program.loses_errors(receiver)).cloned();
        }
        if effects.fans_out.is_some() {
            let given = self.driven_arguments(func, call);
            return given.iter().map(|given| eval.element(given)).find(|handle| self.program.loses_errors(handle));
        }
        None
    }

    /// The numbers of workers that attributes are given.
    pub fn attribute_sizes(&self, eval: &mut Eval) -> Vec<AttributeSize> {
        self.program.attribute_sizes(eval, self.within)
    }

    /// Async functions under a decorator that wants a plain one.
    pub fn decorated_as_plain(&self) -> Vec<(Func, PlainDecorator)> {
        let functions = self.on_loop().into_iter();
        functions.filter_map(|func| Some((func, self.program.decorations_of(func).plain.clone()?))).collect()
    }

    /// What a call calls, for a sentence: "`threading.Thread`", "`run`", "the call".
    pub fn callee_name(&self, call: At) -> String {
        let found = self.eval().resolve(call);
        match found.targets.first().map(|target| target.callee) {
            Some(Callee::Library(id)) => format!("`{}`", self.function(id).path),
            Some(Callee::Project(func)) => self.title(func),
            _ => "the call".to_owned(),
        }
    }

    /// What gives a future, for a sentence: "`Store.flush`", "the async block".
    pub fn origin(&self, origin: Origin) -> String {
        match origin {
            Origin::Project(func) if func.id != FnId::OWN && self.program.function(func).name.is_none() => {
                "the closure".to_owned()
            }
            Origin::Project(func) => self.title(func),
            Origin::Library(id) => format!("`{}`", self.function(id).path),
            Origin::Block => "the async block".to_owned(),
        }
    }

    /// What a file's language calls the value of an async call that is not awaited yet, and how awaiting it is written.
    pub fn await_words(&self, func: Func) -> (&'static str, &'static str) {
        await_words(self.program.language(func.file))
    }

    /// What of the function's runtime keeps and joins tasks.
    pub fn group(&self, func: Func) -> Option<&'p str> {
        let runtime = self.program.runtime(func)?;
        self.program.catalogue.group_of(self.program.language(func.file), &runtime)
    }

    /// One thread's evaluation of types, for the questions that need it.
    pub fn eval(&self) -> Eval<'p> {
        Eval::new(self.program)
    }

    pub fn function(&self, id: FunctionId) -> &'p Function {
        self.program.catalogue.function(id)
    }

    pub fn place(&self, at: At) -> Place {
        Place { file: at.unit.file, span: self.program.span(at) }
    }

    pub fn name(&self, func: Func) -> String {
        self.program.function_name(func)
    }

    /// A function's name for a sentence: `fetch`, or what it is where it has none.
    pub fn title(&self, func: Func) -> String {
        let name = self.name(func);
        if name.is_empty() { "this code".to_owned() } else { format!("`{name}`") }
    }

    /// A function that runs on the loop, for a sentence: "async `fetch`", "`on_tick`, which runs on the loop,".
    pub fn on_loop_title(&self, func: Func) -> String {
        let is_named = func.id == crate::model::FnId::OWN || self.program.function(func).name.is_some();
        match (self.program.is_coroutine(func), is_named) {
            (true, true) => format!("async {}", self.title(func)),
            (true, false) => format!("async code of {}", self.title(func)),
            (false, _) => format!("{}, which runs on the loop,", self.title(func)),
        }
    }

    /// In tests, benches and code that only a script, a command or the start of a server reaches, nothing else waits,
    /// and what nobody awaits never runs: at most possible.
    pub fn alone(&self, func: Func, certainty: Certainty) -> Certainty {
        let is_alone = self.program.reach(func).is_alone() || self.program.is_never_driven(&mut self.eval(), func);
        if is_alone && self.program.applies(Rule::OneTask) { Certainty::Possible } else { certainty }
    }

    /// A test ends with everything that it started: there a lost handle is at most possible.
    pub fn in_test(&self, func: Func, certainty: Certainty) -> Certainty {
        if self.program.is_test(func) { Certainty::Possible } else { certainty }
    }

    /// The steps behind the first, for the finding's chain.
    pub fn chain(&self, reached: &Reached) -> Vec<Step> {
        let program = self.program;
        reached.chain[1..]
            .iter()
            .map(|step| Step {
                at: self.place(step.at),
                function: self.name(program.function_at(step.at)),
                what: self.what(&step.kind),
            })
            .collect()
    }

    /// The name of the project's function whose coroutine a call starts, with its file.
    pub fn started(&self, func: Func, call: &EffectCall) -> Option<String> {
        let started = self.program.started_function(&mut self.eval(), func, call)?;
        Some(format!("{} {}", self.program.file(started.file).path, self.name(started)))
    }

    /// The types of the arguments that a call drives.
    pub fn driven_arguments(&self, func: Func, call: &EffectCall) -> Vec<crate::flow::types::Type> {
        self.program.driven_arguments(&mut self.eval(), func, call)
    }

    /// Whether what a call starts has an end of a channel, so that somebody learns how it ends; or is handed on as it
    /// came by an implementation of a trait that gives no handle.
    pub fn reports_otherwise(&self, func: Func, call: &EffectCall) -> bool {
        self.program.captures_channel(&mut self.eval(), func, call) || self.program.is_adapter(func, call)
    }

    /// The path of the file that a place is in.
    pub fn path(&self, place: Place) -> &'p str {
        &self.program.file(place.file).path
    }

    /// What happens at a step: "calls `Store.load`", "`time.sleep` sleeps".
    pub fn what(&self, kind: &StepKind) -> String {
        match kind {
            StepKind::Call { to, implicit: None } => format!("calls `{}`", self.callee(*to)),
            StepKind::Call { to, implicit: Some(what) } => format!("runs `{}` ({what})", self.callee(*to)),
            StepKind::Callback { to } => format!("calls back `{}`", self.callee(*to)),
            StepKind::Event(event) => format!("`{}` {}", self.event_name(event), event.why),
        }
    }

    /// A function's code, for a sentence: "`fetch`", "a closure", "an async block".
    pub fn body_title(&self, func: Func) -> String {
        match self.program.function(func).kind {
            FunctionKind::Anonymous => "a closure".to_owned(),
            FunctionKind::AsyncBlock => "an async block".to_owned(),
            _ => self.title(func),
        }
    }

    /// What a call calls, for a sentence: "`fetch`", "`Pool`", "this call" where that is not known.
    pub fn called(&self, at: At) -> String {
        let mut eval = self.eval();
        let name = match eval.resolve(at).targets.first().map(|target| target.callee) {
            Some(Callee::Project(func)) => self.name(func),
            Some(Callee::Class(def)) => self.program.def_name(def),
            Some(Callee::Library(id)) => self.function(id).path.clone(),
            None => self.program.attribute_read(at),
        };
        if name.is_empty() { "this call".to_owned() } else { format!("`{name}`") }
    }

    fn callee(&self, func: Func) -> String {
        let name = self.name(func);
        if name.is_empty() { "a closure".to_owned() } else { name }
    }

    pub fn event_name(&self, event: &Event) -> String {
        self.program.event_name(event)
    }

    /// What to write instead of the event, in the terms of the runtime that the function uses.
    pub fn instead(&self, event: &Event, func: Func) -> Option<String> {
        let EventSource::Library(id) = event.function else {
            return None;
        };
        pick(&self.function(id).entry.instead, self.program.runtime(func).as_deref())
    }

    /// The function that runs a blocking callable on a worker, in the terms of the runtime; neutral words otherwise.
    pub fn offload(&self, func: Func) -> String {
        let words = self.program.runtime(func).and_then(|runtime| {
            self.program
                .catalogue
                .offload_of(self.program.language(func.file), &runtime)
                .map(|path| format!("`{path}`"))
        });
        words.unwrap_or_else(|| "a worker thread".to_owned())
    }
}

/// The replacement for a runtime; where none is known, those of all runtimes, as a list in words.
fn pick(instead: &BTreeMap<String, String>, runtime: Option<&str>) -> Option<String> {
    if let Some(found) = runtime.and_then(|runtime| instead.get(runtime)).or_else(|| instead.get("any")) {
        return Some(found.clone());
    }
    if runtime.is_some() {
        return None;
    }
    let mut all: Vec<String> = Vec::new();
    for one in instead.values() {
        let quoted = if one.contains(['`', ' ']) { one.clone() } else { format!("`{one}`") };
        if !all.contains(&quoted) {
            all.push(quoted);
        }
    }
    let last = all.pop()?;
    Some(if all.is_empty() { last } else { format!("{} or {last}", all.join(", ")) })
}

impl Severity {
    pub fn of(stall: Stall) -> Severity {
        match stall {
            Stall::Brief => Severity::Brief,
            Stall::Long => Severity::Long,
            Stall::Fatal => Severity::Fatal,
        }
    }
}

//! What linking remarked, what made a finding less certain, and what became of it, in words.

use super::gaps::{Reason, function_place, function_title, nominal_name};
use crate::check::{Settings, Verdict};
use crate::flow::types::Callee;
use crate::flow::{Doubt, Func, Guard, GuardTest, Kept, Program, Remark};
use crate::lint::{Finding, Level, Place};
use crate::model::{RegionId, RegionKind, ValueId};

/// A remark at a call of a function.
pub fn remark(program: &Program, func: Func, remark: &Remark, marks: &[Place]) -> Reason {
    let path = |id| &program.catalogue.function(id).path;
    match remark {
        Remark::OffLoop(region) => off_loop(program, func, *region),
        Remark::NoWait(id) if program.catalogue.function(*id).is_async => {
            Reason::new(format!("`{}` is async: who awaits it lets others run", path(*id)))
        }
        Remark::NoWait(id) => Reason::new(format!("the catalogue knows of no wait in `{}`", path(*id))),
        Remark::NotAwaitable(callee) => {
            let name = callee_name(program, *callee);
            Reason::new(format!("it is awaited, and {name} gives nothing to await: this is no call of it"))
        }
        Remark::Marked(to, mark) => {
            let title = function_title(program, *to);
            let reason = Reason::new(format!("a comment says that {title} does not block"));
            marks.get(*mark).map_or(reason.clone(), |place| reason.at(*place))
        }
        Remark::Configured(callee) => {
            Reason::new(format!("the configuration says that {} does not block", callee_name(program, *callee)))
        }
        Remark::NoBody(to) => {
            let what =
                format!("{} has no body here, and no implementation of it is followed", function_title(program, *to));
            Reason::new(what).at(function_place(program, *to))
        }
        Remark::NotRunThrough => Reason::new("it does its work as it is iterated over, and nothing does so here"),
        Remark::RuledOut(id, param) if param == "self" => {
            Reason::new(format!("`{}` does not wait for an object that was made like this one", path(*id)))
        }
        Remark::RuledOut(id, param) => Reason::new(format!("with this `{param}`, `{}` does not wait", path(*id))),
        Remark::Ended => Reason::new("it is known here that what it waits for has ended"),
        Remark::NoTime => Reason::new("its time limit is zero: it asks and goes on"),
        Remark::NoDevice(id) => Reason::new(format!(
            "whether `{}` waits depends on what it reads or writes, which is not known to wait",
            path(*id)
        )),
        Remark::UnknownCallable(id, param) => Reason::new(format!(
            "`{}` runs what it is given as `{param}`, and which function that is is not known",
            path(*id)
        )),
        Remark::Several(n) => Reason::new(format!("it may call {n} functions")),
        Remark::Open => Reason::new("it may call something else that is not known"),
        Remark::UnknownDecorator(to) => {
            let what = format!("nothing is known of a decorator of {}", function_title(program, *to));
            Reason::new(what).at(function_place(program, *to))
        }
        Remark::Cached(to) => {
            let what = format!("{} keeps its result: it runs once", function_title(program, *to));
            Reason::new(what).at(function_place(program, *to))
        }
        Remark::Seldom(id) => Reason::new(format!("`{}` seldom waits", path(*id))),
        Remark::UnknownArgument(id, param) => {
            Reason::new(format!("whether `{}` waits depends on `{param}`, which is not known", path(*id)))
        }
        Remark::FirstUse(kept) => Reason::new(match kept {
            Kept::Key => "it happens at the first use of each key, and what it gives is kept",
            Kept::Object => "it happens at the first use of an object, and what it gives is kept",
            Kept::Process => "it happens once in the process, and what it gives is kept",
        }),
    }
}

fn off_loop(program: &Program, func: Func, region: RegionId) -> Reason {
    let unit = program.unit(func.unit_ref());
    let record = unit.region(region);
    let place = |value: ValueId| Place { file: func.file, span: program.span(func.at(value)) };
    match record.kind {
        RegionKind::Handler => {
            let reason = Reason::new("it stands in a handler that runs where no event loop does");
            if record.start < record.end { reason.at(place(ValueId(record.start))) } else { reason }
        }
        _ if record.value.is_some() => {
            Reason::new("this test says that it runs off the event loop").at(place(record.value))
        }
        _ => Reason::new("it stands in a branch that runs off the event loop, or never"),
    }
}

/// What made a finding less certain, or ruled it out; the conditions are those of `of`.
pub fn doubt(program: &Program, of: Func, doubt: Doubt) -> Reason {
    let title = function_title(program, of);
    Reason::new(match doubt {
        Doubt::RuledOut(guard) => {
            format!("it happens only where {} of {title}, which this call rules out", guard_words(program, of, guard))
        }
        Doubt::Contradiction => "it happens only under conditions that exclude each other".to_owned(),
        Doubt::Unlikely(guard) => {
            format!("it happens only where {} of {title}, of which nothing speaks", guard_words(program, of, guard))
        }
        Doubt::BriefFirstUse => "it stalls briefly, at the first use of something that is kept".to_owned(),
        Doubt::Far(calls) => format!("there are {calls} calls on the way, each made on some paths only"),
        Doubt::FarFirstUse(calls) => {
            format!("there are {calls} calls on the way to the first use of something that is kept")
        }
        Doubt::OtherReceiver => "the class of the object that this begins with leads elsewhere".to_owned(),
        Doubt::Ended => "it is known here that what is waited for has ended".to_owned(),
    })
}

fn guard_words(program: &Program, of: Func, guard: Guard) -> String {
    let file = program.file(of.file);
    let unit = program.unit(of.unit_ref());
    let params = match program.def_of(of) {
        Some(def) => file.outline().params(def.id),
        None => unit.function(of.id).params.of(&unit.params),
    };
    let mut name = params.get(guard.param as usize).map_or_else(String::new, |param| file.text(param.name).to_owned());
    if !guard.field.is_none() {
        name += &format!(".{}", program.name_text(guard.field));
    }
    let test = match guard.test {
        GuardTest::True => "is true".to_owned(),
        GuardTest::False => "is false or empty".to_owned(),
        GuardTest::Denied => "is explicitly false".to_owned(),
        GuardTest::Nothing => "is not given".to_owned(),
        GuardTest::Something => "is given".to_owned(),
        GuardTest::Text(text) => format!("is \"{}\"", program.name_text(text)),
        GuardTest::NotText(text) => format!("is not \"{}\"", program.name_text(text)),
        GuardTest::StartsWith(text) => format!("begins with \"{}\"", program.name_text(text)),
        GuardTest::StartsOtherwise(text) => format!("does not begin with \"{}\"", program.name_text(text)),
        GuardTest::Is(nominal) => format!("is a `{}`", nominal_name(program, nominal)),
        GuardTest::IsNot(nominal) => format!("is no `{}`", nominal_name(program, nominal)),
    };
    format!("`{name}` {test}")
}

fn callee_name(program: &Program, callee: Callee) -> String {
    match callee {
        Callee::Project(func) => function_title(program, func),
        Callee::Library(id) => format!("`{}`", program.catalogue.function(id).path),
        Callee::Class(def) => format!("`{}`", program.def_name(def)),
    }
}

/// What became of a finding.
pub fn verdict(finding: &Finding, verdict: Verdict, settings: &Settings) -> Reason {
    let lint = finding.lint;
    match verdict {
        Verdict::Told(level) => Reason::new(format!("it is told, at level `{}`", level.name())),
        Verdict::Silenced(comment) => Reason::new("a comment allows it").at(comment),
        Verdict::Allowed => {
            let is_default = settings.lints.iter().any(|known| known.name == lint && known.level == Level::Allow);
            Reason::new(match is_default {
                true => format!("`{lint}` is allowed here, as it is unless something says otherwise"),
                false => format!("the configuration or the command line allows `{lint}` here"),
            })
        }
        Verdict::AllowedAsBrief => Reason::new("it stalls briefly, and `brief-stalls` allows that"),
        Verdict::Uncertain => Reason::new(format!(
            "it is {} only, and `min-certainty` is {}",
            finding.certainty.name(),
            settings.min_certainty.name()
        )),
        Verdict::Claimed(other) => Reason::new(format!("`{other}` is told of the same call")),
    }
}

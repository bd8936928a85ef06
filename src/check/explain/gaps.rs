//! Gaps in words: what is not known, of which kind it is, and where that is written.

use crate::catalogue::Language;
use crate::flow::types::{Eval, Gap, Nominal, Type};
use crate::flow::{At, Func, Program, UnitRef};
use crate::lint::Place;
use crate::model::{FnId, FunctionKind, LocalId, UnitId, ValueKind};
use crate::text::FileId;

/// A reason in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// A clause: lower case, code in backticks, no full stop.
    pub what: String,
    /// The place that it speaks of, if that is another one than the call.
    pub at: Option<Place>,
}

impl Reason {
    /// A reason without a place of its own.
    pub fn new(what: impl Into<String>) -> Reason {
        Reason { what: what.into(), at: None }
    }

    /// The place that the reason speaks of.
    pub fn at(mut self, at: Place) -> Reason {
        self.at = Some(at);
        self
    }
}

/// A gap in words.
pub struct Told {
    /// Its kind, in plain words.
    pub kind: &'static str,
    /// What would have to be known: a library, a class, a function; empty where every place has its own.
    pub subject: String,
    pub reason: Reason,
}

impl Told {
    fn new(kind: &'static str, what: String) -> Told {
        Told { kind, subject: String::new(), reason: Reason::new(what) }
    }

    fn of(mut self, subject: impl Into<String>) -> Told {
        self.subject = subject.into();
        self
    }

    fn at(mut self, at: Place) -> Told {
        self.reason.at = Some(at);
        self
    }
}

/// What a gap is, in words.
pub fn told(program: &Program, gap: &Gap) -> Told {
    match gap {
        Gap::Parameter(func, n) => parameter(program, *func, *n),
        Gap::Library(path) => library(program, &program.name_text(*path)),
        Gap::Member(of, name) => member(program, of, &program.name_text(*name)),
        Gap::Called(ty) => called(program, ty),
        Gap::Given(id) => {
            let path = &program.catalogue.function(*id).path;
            let kind = "the catalogue does not say what a library's function gives";
            Told::new(kind, format!("what `{path}` gives is not known")).of(path)
        }
        Gap::Constructor(id) => {
            let path = &program.catalogue.ty(*id).path;
            let kind = "how a library's class is made is not known";
            Told::new(kind, format!("how a `{path}` is made is not known")).of(path)
        }
        Gap::Returned(func) => {
            let kind = "what a function of the project gives is not known";
            let title = function_title(program, *func);
            Told::new(kind, format!("what {title} gives is not known")).at(function_place(program, *func))
        }
        Gap::Value(at) => value(program, *at),
        Gap::Variable(file, local) => variable(program, *file, *local),
        Gap::Limit => {
            let kind = "what a value is depends on itself, or on too much";
            Told::new(kind, "what it is depends on itself, or on too much".to_owned())
        }
    }
}

fn parameter(program: &Program, func: Func, n: u32) -> Told {
    let unit = program.unit(func.unit_ref());
    let function = unit.function(func.id);
    let file = program.file(func.file);
    let params = match program.def_of(func) {
        Some(def) => file.outline().params(def.id),
        None => function.params.of(&unit.params),
    };
    let param = params.get(n as usize);
    let name = param.map_or("", |param| file.text(param.name));
    let title = function_title(program, func);
    let shown = if name.is_empty() { format!("parameter {}", n + 1) } else { format!("parameter `{name}`") };
    let has_annotation = param.is_some_and(|param| param.ty.is_some());
    let told = match (function.kind, has_annotation) {
        (_, true) => Told::new(
            "the annotation of a parameter does not say its type",
            format!("the annotation of {shown} of {title} does not say its type"),
        ),
        (FunctionKind::Anonymous, false) => Told::new(
            "what a closure is called with is not known",
            format!("what is passed for {shown} of {title} is not known"),
        ),
        _ => Told::new("a parameter has no annotation", format!("{shown} of {title} has no annotation")),
    };
    told.at(function_place(program, func))
}

fn library(program: &Program, path: &str) -> Told {
    let separator = if path.contains("::") { "::" } else { "." };
    let root = path.split(separator).next().unwrap_or(path);
    let is_known = [Language::Python, Language::Rust].iter().any(|language| program.catalogue.knows(*language, root));
    match is_known {
        true => {
            let kind = "the catalogue does not have this of a library that it knows";
            Told::new(kind, format!("the catalogue does not have `{path}`")).of(path)
        }
        false => {
            let kind = "a library is not in the catalogue";
            Told::new(kind, format!("`{path}` is of a library that the catalogue does not have")).of(root)
        }
    }
}

fn member(program: &Program, of: &Type, name: &str) -> Told {
    let title = type_name(program, of);
    match of {
        Type::Module(module) => {
            let kind = "a module of the project has no such name";
            Told::new(kind, format!("{title} has no `{name}` that is known")).of(program.module_name(*module))
        }
        Type::Instance(Nominal::Path(path), ..) | Type::Class(Nominal::Path(path), _) => {
            library(program, &program.name_text(*path))
        }
        Type::Instance(Nominal::Project(def), ..) | Type::Class(Nominal::Project(def), _)
            if program.has_unknown_base(*def) =>
        {
            let what = format!("{title} has no `{name}` of its own, and a base that is not known");
            Told::new("a class has a base that is not known", what).of(program.unknown_base(*def).unwrap_or_default())
        }
        Type::Instance(Nominal::Project(def), ..) | Type::Class(Nominal::Project(def), _) => Told::new(
            "nothing says what an attribute of the project's own class is",
            format!("nothing says what `{name}` of {title} is"),
        )
        .of(format!("{}.{name}", program.def_name(*def))),
        Type::Instance(Nominal::Library(id), ..) | Type::Class(Nominal::Library(id), _) => Told::new(
            "the catalogue does not have this member of a library's class",
            format!("the catalogue has no `{name}` of {title}"),
        )
        .of(format!("{}.{name}", program.catalogue.ty(*id).path)),
        Type::Dyn(_) => {
            let kind = "a trait or protocol has no such method";
            Told::new(kind, format!("{title} has no `{name}` that is known"))
        }
        _ => {
            let kind = "nothing is known of this member of a plain value";
            Told::new(kind, format!("nothing is known of `{name}` of {title}")).of(name)
        }
    }
}

fn called(program: &Program, ty: &Type) -> Told {
    match ty {
        Type::Callable(_) => Told::new(
            "a function that was handed in is called",
            "it calls a function that was handed in, and which one is not known".to_owned(),
        ),
        Type::Instance(Nominal::Path(path), ..) | Type::Class(Nominal::Path(path), _) => {
            library(program, &program.name_text(*path))
        }
        ty => {
            let kind = "what is called is no function that is known";
            Told::new(kind, format!("calling {} is not known", type_name(program, ty)))
        }
    }
}

fn variable(program: &Program, file: FileId, local: LocalId) -> Told {
    let linked = program.file(file);
    let unit = program.unit(UnitRef { file, unit: UnitId::MODULE });
    let local = unit.local(local);
    let name = linked.text(local.name);
    let kind = "nothing says what a variable of a module or class holds";
    let told = Told::new(kind, format!("nothing says what the variable `{name}` holds")).of(name);
    told.at(Place { file, span: local.span.offset(unit.span.start) })
}

fn value(program: &Program, at: At) -> Told {
    let unit = program.unit(at.unit);
    let file = program.file(at.unit.file);
    let mut eval = Eval::new(program);
    let mut of = |value| {
        let ty = eval.value(At { unit: at.unit, value });
        type_name(program, &ty)
    };
    let told = match unit.value(at.value).kind {
        ValueKind::Name { name, .. } => {
            let name = file.text(name);
            Told::new("nothing binds a name", format!("nothing that is known binds `{name}`")).of(name)
        }
        ValueKind::Local { local, .. } => {
            let name = file.text(unit.local(local).name);
            Told::new("nothing says what a local holds", format!("nothing says what `{name}` holds"))
        }
        ValueKind::Attr { name, .. } => {
            let name = file.text(name);
            Told::new("nothing says what an attribute is", format!("nothing says what `{name}` is")).of(name)
        }
        ValueKind::Item { of: base, .. } => {
            let base = of(base);
            let kind = "what an item of a container is, is not known";
            Told::new(kind, format!("what an item of {base} is, is not known")).of(base)
        }
        ValueKind::Await { of: awaited } => {
            let awaited = of(awaited);
            let kind = "what awaiting gives is not known";
            Told::new(kind, format!("what awaiting {awaited} gives is not known")).of(awaited)
        }
        ValueKind::Try { of: tried } => {
            let tried = of(tried);
            let kind = "what `?` gives is not known";
            Told::new(kind, format!("what `?` gives of {tried} is not known")).of(tried)
        }
        ValueKind::Call { .. } | ValueKind::Method { .. } => {
            Told::new("what a call gives is not known", "what this call gives is not known".to_owned())
        }
        ValueKind::Operation { .. } => {
            Told::new("what an operator gives is not known", "what this operation gives is not known".to_owned())
        }
        ValueKind::Macro { path, .. } => {
            let path = file.text(path);
            Told::new("what a macro gives is not known", format!("what `{path}!` gives is not known")).of(path)
        }
        ValueKind::Choice { .. } => {
            let kind = "nothing says what any branch gives";
            Told::new(kind, "nothing says what any branch of this gives".to_owned())
        }
        ValueKind::Import { .. } => {
            let kind = "an import inside a function is not found";
            Told::new(kind, "what is imported here is not found".to_owned())
        }
        _ => Told::new("no fact says what an expression is", "nothing says what this is".to_owned()),
    };
    told.at(Place { file: at.unit.file, span: program.span(at) })
}

/// A type for a sentence: "`requests.Session`", "a coroutine".
pub fn type_name(program: &Program, ty: &Type) -> String {
    let named = |name: &str| format!("`{name}`");
    match ty {
        Type::Instance(nominal, ..) => named(&nominal_name(program, *nominal)),
        Type::Class(nominal, _) => format!("the class `{}`", nominal_name(program, *nominal)),
        Type::Module(module) => format!("module {}", named(program.module_name(*module))),
        Type::LibraryPath(path) => named(&program.name_text(*path)),
        Type::Function(_) | Type::Bound(..) | Type::Partial(..) | Type::Callable(_) => "a function".to_owned(),
        Type::Coroutine(_) => "a coroutine that is not awaited".to_owned(),
        Type::Generator(..) => "a generator".to_owned(),
        Type::Tuple(_) => "a tuple".to_owned(),
        Type::Nothing => "`None`".to_owned(),
        Type::Dyn(parts) => {
            let names: Vec<String> = parts.iter().map(|part| type_name(program, part)).collect();
            names.join(" and ")
        }
        Type::Union(parts) => {
            let names: Vec<String> = parts.iter().map(|part| type_name(program, part)).collect();
            names.join(" or ")
        }
        Type::Super(def, _) => format!("a base of `{}`", program.def_name(*def)),
        Type::Param(_) | Type::TypeParam(_) | Type::Unknown => "something unknown".to_owned(),
    }
}

pub fn nominal_name(program: &Program, nominal: Nominal) -> String {
    match nominal {
        Nominal::Project(def) => program.def_name(def),
        Nominal::Library(id) => program.catalogue.ty(id).path.clone(),
        Nominal::Path(path) => program.name_text(path).to_string(),
    }
}

/// A function for a sentence.
pub fn function_title(program: &Program, func: Func) -> String {
    let function = program.function(func);
    let name = program.function_name(func);
    match function.kind {
        FunctionKind::AsyncBlock => "an async block".to_owned(),
        FunctionKind::Anonymous => "a closure".to_owned(),
        _ if name.is_empty() => "the module's own code".to_owned(),
        _ => format!("`{name}`"),
    }
}

/// Where a function stands: its first character.
pub fn function_place(program: &Program, func: Func) -> Place {
    let unit = program.unit(func.unit_ref());
    let span = match func.id {
        FnId::OWN => unit.span,
        id => unit.function(id).span.offset(unit.span.start),
    };
    Place { file: func.file, span }
}

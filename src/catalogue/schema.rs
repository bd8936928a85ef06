//! The schema of an effects file: the closed list of what a call or a type can do.
//!
//! Strict: an unknown key is an error. Paths are absolute and end in the name that users import; several spellings of
//! the same thing stand in one `path` list, the canonical one first.

mod values;

use serde::Deserialize;
pub use values::*;

/// One string or several.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    /// All of them.
    pub fn as_slice(&self) -> &[String] {
        match self {
            OneOrMany::One(one) => std::slice::from_ref(one),
            OneOrMany::Many(many) => many,
        }
    }
}

/// A `data/<language>/<library>.toml`; read with [`EffectsFile::parse`].
#[derive(Clone, Debug, Default)]
pub struct EffectsFile {
    pub library: String,
    pub language: String,
    /// The async runtime that code which names this library uses: `asyncio`, `trio`, `anyio`, `tokio`, …
    pub runtime: Option<String>,
    /// What of that runtime runs a blocking call on a worker.
    pub offload: Option<String>,
    /// What of that runtime keeps and joins the tasks that are started in it.
    pub group: Option<String>,
    /// Where the facts come from; a page or a version.
    pub source: String,
    pub functions: Vec<FunctionEntry>,
    pub types: Vec<TypeEntry>,
    pub traits: Vec<TypeEntry>,
    pub macros: Vec<MacroEntry>,
    pub attributes: Vec<AttributeEntry>,
    pub values: Vec<ValueEntry>,
}

/// A function, by its path.
#[derive(Clone, Debug)]
pub struct FunctionEntry {
    pub path: OneOrMany,
    pub callable: CallableEntry,
}

/// A method, by its name in the type; `*` is every method that has no entry of its own.
#[derive(Clone, Debug)]
pub struct MethodEntry {
    pub name: OneOrMany,
    pub callable: CallableEntry,
}

/// A class, struct, enum or trait.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TypeEntry {
    pub path: OneOrMany,
    /// An end of a channel: whoever has the other learns when this one is gone.
    #[serde(default)]
    pub channel: bool,
    #[serde(default)]
    pub generics: Vec<String>,
    #[serde(default)]
    pub bases: Vec<String>,
    /// Traits that it implements, absolute paths.
    #[serde(default)]
    pub implements: Vec<String>,
    /// It holds at most one value, of its first type argument, whose duties it takes over: `Option`, `Result`.
    #[serde(default)]
    pub carries: bool,
    /// One of its values is an error: `Result`.
    #[serde(default)]
    pub fails: bool,
    /// What awaiting a value of it gives.
    pub awaits: Option<String>,
    /// What `Deref` leads to.
    pub derefs: Option<String>,
    /// Written as a type it means its `first` argument, or `any` of them: `Annotated`, `Union`.
    pub means: Option<String>,
    /// What making one gives besides itself: a `type-parameter` where it is bound to a name; the `class` of the only
    /// argument.
    pub declares: Option<String>,
    /// What iterating gives: `T`. Async iteration likewise.
    pub iterates: Option<String>,
    /// `"/"` to the result type; `"/r"` where it stands on the right.
    #[serde(default)]
    pub operators: std::collections::BTreeMap<String, String>,
    /// Name to type; `*` is every attribute that is not known by its name.
    #[serde(default)]
    pub attributes: std::collections::BTreeMap<String, String>,
    pub handle: Option<Handle>,
    pub lock: Option<Lock>,
    pub guard: Option<Guard>,
    pub device: Option<Device>,
    pub enter: Option<Enter>,
    pub exit: Option<Exit>,
    pub dropped_inside_runtime: Option<InsideRuntime>,
    /// An exception or error by which cancelled code learns of it.
    pub cancellation: Option<Cancellation>,
    /// The constructor: calling the class. For Rust, write `Type::new` as a function.
    #[serde(skip)]
    pub new: Option<CallableEntry>,
    #[serde(skip)]
    pub methods: Vec<MethodEntry>,
}

/// How an exception's type relates to cancellation.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Cancellation {
    /// It is raised for nothing else.
    Itself,
    /// Catching it catches cancellation too.
    AmongOthers,
}

/// What calling does. Everything is optional.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallableEntry {
    /// `name`, `name=default`, `*name`, `*`, `**name`, `/`. Overrides the signature's.
    pub params: Option<Vec<String>>,
    pub returns: Option<String>,
    /// Calling gives a coroutine or future that must be awaited.
    pub is_async: Option<bool>,
    /// Read like an attribute.
    pub property: Option<bool>,
    /// How a method takes its receiver: `value`, `reference`, `class` or `none`.
    pub receiver: Option<String>,
    pub effects: Effects,
    /// What to write instead, by runtime; `any` for all.
    pub instead: std::collections::BTreeMap<String, String>,
}

/// What calling does, apart from its result.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Effects {
    pub blocks: Vec<Blocks>,
    pub runs: Vec<Runs>,
    pub starts: Option<Starts>,
    pub takes: Vec<Takes>,
    pub settles: Option<Settles>,
    pub collects: Option<Collects>,
    pub stores: Vec<Stores>,
    pub holds: Vec<Holds>,
    /// The result is (or contains) this argument: its name, or `self`.
    pub passes: Vec<String>,
    /// Arguments that it iterates to their end before it returns: what a generator would do happens here.
    pub consumes: Vec<String>,
    /// Context managers among the arguments that it enters, and leaves later on the same thread.
    pub enters: Vec<String>,
    pub creates: Option<Creates>,
    /// `self` or a parameter that is closed.
    pub closes: Option<String>,
    pub workers: Option<Workers>,
    /// The number that it gives: `cores`; `min`, `max` or `clamp` of all it is given; that of `self` or a parameter.
    pub gives: Option<String>,
    pub bounds: Option<Bounds>,
    pub fans_out: Option<FansOut>,
    pub acquires: Option<Acquires>,
    /// Releases what `acquires` of the same receiver took.
    pub releases: bool,
    /// `self` or a parameter.
    pub cancels: Option<String>,
    /// Exceptions swallowed by a managed region over the result.
    pub catches: Option<Catches>,
    pub enters_runtime: Option<EntersRuntime>,
    pub asks_runtime: Option<AsksRuntime>,
    /// This answer says that what the receiver stands for has ended: true for `done`, false for `is_alive`.
    pub tells_end: Option<bool>,
    pub suspends: Option<Suspends>,
    pub decorates: Option<Decorates>,
    pub opens: Option<String>,
    /// Tags the resulting type where the conditions hold.
    pub variant: Vec<Variant>,
    /// What it asks of the receiver: whether its text `starts-with` the first argument; whether it is, or holds,
    /// `something` or `nothing`.
    pub tests: Option<String>,
    /// Where the library itself calls this method of what derives from the type or implements the trait.
    pub called_on: Option<RunsOn>,
    /// The argument at this place narrows: `isinstance`, `assert_type`.
    pub narrows: Option<Narrows>,
}

/// What kind of waiting a blocking call does; decides the lint that tells it.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    Sleep,
    Network,
    Process,
    Input,
    Database,
    File,
    /// Waits for another thread: a queue, a future, a join.
    Wait,
    /// Takes a lock for threads; an event only if some section of the same lock blocks.
    Lock,
    Cpu,
    /// Enters an event loop; made from [`EntersRuntime`].
    #[serde(skip)]
    Runtime,
    /// As the receiver's `device` says; gone after [`Blocks::of`] is resolved.
    Device,
}

/// How long it takes when it goes as usual.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Stall {
    /// Milliseconds.
    Brief,
    #[default]
    Long,
    /// Deadlocks, or panics inside a runtime.
    Fatal,
}

/// The calling thread waits.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Blocks {
    /// As a rule it does not wait: a module that is loaded already, a name that is in a cache.
    #[serde(default)]
    pub seldom: bool,
    pub kind: Option<BlockKind>,
    #[serde(default)]
    pub stall: Stall,
    /// `device`: kind and stall are those of the receiver's type.
    pub of: Option<String>,
    /// With `of`: the parameter whose type it is, instead of the receiver; the stall is that of this entry.
    pub arg: Option<String>,
    /// A parameter that bounds the wait, in seconds.
    pub limit: Option<String>,
    /// It does not wait if one of these holds.
    #[serde(default)]
    pub unless: Vec<Condition>,
    /// It waits only if all of these hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    pub unless_variant: Option<String>,
    /// `iteration`: not at the call, but where its result is iterated.
    pub at: Option<String>,
    /// A clause that follows the callee's name: `waits for the network`.
    pub why: Option<String>,
}

/// A test of an argument.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Condition {
    /// A parameter's name, or `self`.
    pub arg: String,
    pub absent: Option<bool>,
    pub present: Option<bool>,
    pub is: Option<toml::Value>,
    pub is_not: Option<toml::Value>,
    pub zero: Option<bool>,
    pub at_most: Option<f64>,
    pub at_least: Option<f64>,
    /// The argument's type is this, or derives from it.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    /// The text begins with this (open modes, database URLs).
    pub starts_with: Option<String>,
    pub contains: Option<String>,
    /// The receiver's type carries this variant.
    pub variant: Option<String>,
}

/// Calls an argument.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Runs {
    /// The parameter that is called, or
    pub arg: Option<String>,
    /// the parameter of the receiver's constructor that it `holds`, or the method of the receiver.
    pub held: Option<String>,
    /// What it is called with: `*args` for that rest parameter, a parameter's name, or type terms
    /// (`Elem(self)`, `Inner(self)`).
    pub with: Option<OneOrMany>,
    #[serde(default)]
    pub on: RunsOn,
    #[serde(default)]
    pub times: Times,
    /// What the callee should be: `plain`, `future` (a coroutine function), `either`.
    pub wants: Option<String>,
    /// Before anything is served, or after all was: nothing else waits for it.
    #[serde(default)]
    pub around_service: bool,
    /// The receiver keeps what it gives: it runs at the first use alone.
    #[serde(default)]
    pub kept: bool,
}

/// Where something that is passed in is called.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Default)]
#[serde(rename_all = "kebab-case")]
pub enum RunsOn {
    /// Before the call returns, on the calling thread.
    #[default]
    Here,
    /// On the event loop, later.
    Loop,
    /// On another thread.
    Worker,
    /// In another process.
    Process,
    /// Later, between any two instructions of the main thread: a signal handler.
    Later,
}

/// How often something that is passed in is called.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Times {
    #[default]
    Once,
    Many,
    PerRequest,
}

/// Starts a task, thread or job.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Starts {
    /// `return`: the result; `self`: the receiver; `none`: there is no handle.
    pub handle: String,
    pub on: Option<RunsOn>,
    /// Overrides what dropping the handle's type does; `tracked`: something else keeps it.
    pub dropped: Option<String>,
    /// `executor`: closing that parameter or the receiver in this function joins it.
    pub joined_by: Option<String>,
    pub unless_variant: Option<String>,
    /// What to call it: `task`, `thread`, `job`.
    pub what: Option<String>,
}

/// Takes over the duty to await or keep an argument.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Takes {
    /// A parameter (`*coros` for each of the rest), or `self`.
    pub arg: String,
    /// `driven`: runs to its end; `driven-when-polled`; `wrapped`: the result is to be awaited instead; `kept`; `dropped`;
    /// `plain`: only looked at, as a plain value; `started`: must run already.
    #[serde(rename = "as")]
    pub how: String,
}

/// Meets the duty of a handle: `join`, `await`.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settles {
    pub what: String,
    /// `end`: that it ends; `error`: that its error is seen; `all`.
    pub duty: String,
}

/// Errors of what it waits for stand in its result, or stay where they are: it raises none of them.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Collects {
    /// The parameter that it waits for (`*coros` for each of the rest).
    pub of: String,
    /// If all of these hold.
    #[serde(default)]
    pub when: Vec<Condition>,
}

/// Keeps an argument: `set.add`.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Stores {
    pub arg: String,
    /// `self`, or a parameter.
    pub into: String,
}

/// A constructor's argument that a method of the value runs later.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Holds {
    pub arg: String,
    pub with: Option<String>,
    /// What it should be where it is called: as in [`Runs::wants`].
    pub wants: Option<String>,
}

/// Makes something expensive.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Creates {
    /// `executor`, `process-executor`, `runtime`, `event-loop`, `client`, `queue`, `lock`, `group`, …
    pub what: String,
    /// What it owns, in words: `connection pool`.
    pub owns: Option<String>,
    /// `with`, `drop`, `return`, or a method's name.
    pub closed_by: Option<String>,
    pub bound: Option<String>,
}

/// The size of a pool.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Workers {
    pub arg: String,
    /// Which thresholds apply: `threads`, `processes`, `cores`, `compute`, `blocking`.
    pub bounds: String,
    pub zero: Option<String>,
    pub ignored_on: Option<String>,
}

/// A limit on how much runs at once, or on a queue.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Bounds {
    pub arg: String,
    pub what: String,
    pub zero: Option<String>,
    pub none: Option<String>,
}

/// Starts or drives one thing for each element.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FansOut {
    pub over: String,
    pub limit: Option<String>,
}

/// Takes a lock or permit.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Acquires {
    /// `return`: the result holds it; `none`: until `release` is called on the same receiver.
    pub guard: String,
    pub release: Option<String>,
    /// `read` for a shared one.
    pub mode: Option<String>,
}

/// Swallows exceptions of the types that an argument names.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Catches {
    pub arg: String,
}

/// Starts or enters an event loop or runtime.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EntersRuntime {
    /// `raises`, `panics`, `stalls`; `nests` for a call that makes loops nest from then on.
    pub inside_one: String,
}

/// Tells whether a runtime is there, or which thread this is.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AsksRuntime {
    /// Without one: `raises`, `err`, `none`.
    pub none: Option<String>,
    pub error: Option<String>,
    /// The result identifies the thread; compared unequal, this is another.
    #[serde(default)]
    pub thread_identity: bool,
}

/// May suspend the function that awaits it.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Suspends {
    #[serde(default)]
    pub always: bool,
    /// `safe`, `loses-data`, `loses-place`.
    pub cancelled: Option<String>,
}

/// What the result does to the function below it.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Decorates {
    /// `handler`, `cached`, `property`, `cached-property`, `static-method`, `class-method`, `context-manager`,
    /// `async-context-manager`, `transparent`, `offloads`, `overload`, `abstract`, `dataclass`, `test`, `command`, `task`.
    #[serde(rename = "as")]
    pub how: String,
    pub wants: Option<String>,
    /// Where a handler's sync form runs: `worker` or `loop`.
    pub sync: Option<String>,
    #[serde(rename = "async")]
    pub asynchronous: Option<String>,
    pub times: Option<Times>,
}

/// A tag on the type of the result.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Variant {
    pub is: String,
    #[serde(default)]
    pub when: Vec<Condition>,
}

/// A type test of an argument.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Narrows {
    pub arg: String,
    pub to: String,
}

/// A function-like macro. The front end knows the grammar; the rest is as with a function.
#[derive(Clone, Debug)]
pub struct MacroEntry {
    pub path: OneOrMany,
    /// `call`, `format`, `assert`, `vec`, `matches`, `select-arms`, `join`, `statements`, `items`, `quoted`.
    pub grammar: String,
    pub callable: CallableEntry,
}

/// An attribute or decorator that is not a call.
#[derive(Clone, Debug)]
pub struct AttributeEntry {
    pub path: OneOrMany,
    /// What the function becomes: `sync`.
    pub makes: Option<String>,
    pub callable: CallableEntry,
}

/// A module's constant or variable.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ValueEntry {
    pub path: OneOrMany,
    #[serde(rename = "type")]
    pub ty: String,
}

impl EffectsFile {
    /// The canonical path of each entry, in the order of the sections.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let functions = self.functions.iter().map(|entry| &entry.path);
        let types = self.types.iter().chain(&self.traits).map(|entry| &entry.path);
        let macros = self.macros.iter().map(|entry| &entry.path);
        let attributes = self.attributes.iter().map(|entry| &entry.path);
        let values = self.values.iter().map(|entry| &entry.path);
        functions
            .chain(types)
            .chain(macros)
            .chain(attributes)
            .chain(values)
            .filter_map(|path| path.as_slice().first())
            .map(String::as_str)
    }
}

//! The extent oracle: which guards are alive at each await is asked of the language itself.
//!
//! `tests/extents/shapes.rs` is compiled by the installed compiler in two editions and run; each of its probes prints
//! the guards that are alive. The same file is lowered, and the extents must say the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use unsnarl::model::{
    ArgKind, Dialect, Edition, Ending, Extent, FileFacts, LocalId, Unit, UseKind, ValueId, ValueKind,
};

type Alive = BTreeMap<(String, u32), BTreeSet<String>>;

#[test]
fn extents_agree_with_the_language_in_edition_2021() {
    compare(Edition::E2021, "2021");
}

#[test]
fn extents_agree_with_the_language_in_edition_2024() {
    compare(Edition::E2024, "2024");
}

fn compare(edition: Edition, name: &str) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extents/shapes.rs");
    let measured = measure(&source, name);
    let text = std::fs::read_to_string(&source).expect("the shapes are readable");
    let told = told(&unsnarl::rust::lower(&text, Dialect::Rust { edition }));
    let mut differences = Vec::new();
    for (probe, alive) in &measured {
        let facts = told.get(probe).cloned().unwrap_or_default();
        if facts != *alive {
            differences.push(format!("{} {}: alive {alive:?}, extents say {facts:?}", probe.0, probe.1));
        }
    }
    assert!(measured.len() > 70, "only {} probes were reached", measured.len());
    assert!(differences.is_empty(), "edition {name}\n{}", differences.join("\n"));
}

/// Compiles and runs the shapes; what is alive on some run counts.
fn measure(source: &Path, edition: &str) -> Alive {
    let binary = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("shapes-{edition}"));
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let built = Command::new(compiler).args(["--edition", edition, "-o"]).arg(&binary).arg(source).output();
    let built = built.expect("a compiler is installed");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let output = Command::new(&binary).output().expect("the shapes run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut alive = Alive::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let mut words = line.split_whitespace();
        let shape = words.next().expect("a line begins with its shape").to_string();
        let number = words.next().and_then(|word| word.parse().ok()).expect("then comes the probe's number");
        alive.entry((shape, number)).or_default().extend(words.map(str::to_string));
    }
    alive
}

fn told(facts: &FileFacts) -> Alive {
    let mut alive = Alive::new();
    for unit in &facts.units {
        let Some(def) = unit.def else { continue };
        let shape = facts.text(facts.outline.get(def).name);
        let guards = Guards { facts, unit, shape };
        for (n, value) in unit.values.iter().enumerate() {
            let ValueKind::Await { of } = value.kind else { continue };
            let Some(number) = guards.probe(of) else { continue };
            let held = alive.entry((shape.to_string(), number)).or_default();
            for extent in unit.extents.iter() {
                if extent.start < n as u32 && (n as u32) < guards.end(&extent) {
                    guards.held(&extent, held);
                }
            }
        }
    }
    alive
}

/// What a linker would know of the functions that the shapes use.
struct Guards<'f> {
    facts: &'f FileFacts,
    unit: &'f Unit,
    shape: &'f str,
}

impl Guards<'_> {
    fn probe(&self, value: ValueId) -> Option<u32> {
        let ValueKind::Call { callee, args, count } = self.unit.value(value).kind else { return None };
        if self.name(callee) != "probe" {
            return None;
        }
        let ValueKind::Const { text, .. } = self.unit.value(self.unit.args(args, count).first()?.value).kind else {
            return None;
        };
        self.facts.text(text).parse().ok()
    }

    fn name(&self, value: ValueId) -> &str {
        match self.unit.value(value).kind {
            ValueKind::Name { name, .. } => self.facts.text(name),
            _ => "",
        }
    }

    /// A method that takes its receiver ends a temporary; so does awaiting.
    fn end(&self, extent: &Extent) -> u32 {
        if extent.value.is_some() {
            let used = self.unit.value(extent.value).used;
            if used.kind == UseKind::Receiver
                && let ValueKind::Method { name, .. } = self.unit.value(used.value()).kind
                && self.facts.text(name) == "unwrap"
            {
                return used.of;
            }
        }
        extent.end
    }

    fn held(&self, extent: &Extent, held: &mut BTreeSet<String>) {
        if extent.value.is_some() {
            self.guards(extent.value, held, 0);
        } else {
            self.of_local(extent.local, extent.start, held, 0);
        }
    }

    /// The guards in a local: those of its last write before a run, or of any.
    fn of_local(&self, local: LocalId, at: u32, held: &mut BTreeSet<String>, depth: u32) {
        let first = self.unit.function(self.unit.local(local).owner).first_param;
        if !first.is_none() && local == first {
            if self.shape == "parameter" {
                held.insert(self.shape.to_string());
            }
            return;
        }
        let writes = self.unit.values.iter().enumerate().filter_map(|(n, value)| match value.kind {
            ValueKind::Write { local: written, from, .. } if written == local => Some((n as u32, from)),
            _ => None,
        });
        let writes: Vec<_> = writes.collect();
        let exact: Vec<_> = writes.iter().filter(|(n, _)| *n == at).collect();
        for (_, from) in if exact.is_empty() { writes.iter().collect() } else { exact } {
            self.guards(*from, held, depth + 1);
        }
    }

    /// The guards that a value is or holds.
    fn guards(&self, value: ValueId, held: &mut BTreeSet<String>, depth: u32) {
        if value.is_none() || depth > 20 {
            return;
        }
        let args = |args: u32, count: u16, held: &mut BTreeSet<String>| {
            for arg in self.unit.args(args, count).iter().filter(|arg| arg.kind != ArgKind::Generics) {
                self.guards(arg.value, held, depth + 1);
            }
        };
        match self.unit.value(value).kind {
            ValueKind::Call { callee, args: at, count } => match self.name(callee) {
                "lock" => {
                    let name = self.unit.args(at, count).first().expect("a lock has a name").value;
                    if let ValueKind::Const { text, .. } = self.unit.value(name).kind {
                        held.insert(self.facts.text(text).to_string());
                    }
                }
                "Some" | "id" => args(at, count, held),
                _ => {}
            },
            ValueKind::Method { of, name, .. } if self.facts.text(name) == "unwrap" => self.guards(of, held, depth + 1),
            ValueKind::Struct { args: at, count, .. } | ValueKind::Collection { args: at, count, .. } => {
                args(at, count, held);
            }
            ValueKind::Local { local, .. } => self.of_local(local, u32::MAX, held, depth + 1),
            ValueKind::Try { of } | ValueKind::Cast { of, .. } => self.guards(of, held, depth + 1),
            ValueKind::Choice { .. } => {
                for (n, choice) in self.unit.values.iter().enumerate() {
                    if choice.used.kind == UseKind::Choice && choice.used.value() == value {
                        self.guards(ValueId(n as u32), held, depth + 1);
                    }
                }
            }
            ValueKind::Function { .. } => {
                for extent in self.unit.extents.iter() {
                    if extent.ending == Ending::Captured && extent.into == value {
                        self.of_local(extent.local, u32::MAX, held, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }
}

//! One text to the text after an edit: each function makes one kind of change, or none where the text offers no place.

use super::edits::{Kind, Words};
use super::items::{Item, ItemKind, first_word, functions, imports, indentation, is_word, items, lines};
use super::random::Random;

/// What is written into bodies; `{f}` is a function, `{m}` a method, `{C}` a class or a type, `{M}` a module.
const PYTHON: [&str; 30] = [
    "time.sleep(1)",
    "open('f').read()",
    "{f}()",
    "{f}()",
    "{f}()",
    "await {f}()",
    "{M}.{f}()",
    "self.{m}()",
    "await self.{m}()",
    "x = {C}()",
    "x = {C}()\nx.{m}()",
    "asyncio.create_task({f}())",
    "task = asyncio.create_task({f}())\nawait task",
    "return {f}()",
    "with open('x') as file:\n    file.read()",
    "for each in range(3):\n    {f}()",
    "try:\n    await {f}()\nexcept BaseException:\n    pass",
    "await asyncio.sleep(0)",
    "return",
    "call = lambda: {f}()\ncall()",
    "await asyncio.to_thread({f})",
    "loop.run_in_executor(None, {f})",
    "self.{m} = {f}",
    "pool = ThreadPoolExecutor(1000)",
    "requests.get('x')",
    "subprocess.run(['x'])",
    "asyncio.run({f}())",
    "x: {C} = make()\nx.{m}()",
    "def inner():\n    {f}()\ninner()",
    "async with lock:\n    {f}()",
];

const RUST: [&str; 24] = [
    "std::thread::sleep(std::time::Duration::from_secs(1));",
    "let _ = std::fs::read(\"f\");",
    "{f}();",
    "{f}();",
    "{f}().await;",
    "{M}::{f}();",
    "crate::{M}::{f}();",
    "self.{m}();",
    "self.{m}().await;",
    "tokio::spawn({f}());",
    "let task = tokio::spawn({f}());\nlet _ = task.await;",
    "let it = {C}::new();\nit.{m}();",
    "let it: {C} = make();\nit.{m}();",
    "for _ in 0..3 {\n    {f}();\n}",
    "if true {\n    return;\n}",
    "let lock = std::sync::Mutex::new(1);\nlet held = lock.lock();\n{f}().await;\ndrop(held);",
    "tokio::task::spawn_blocking(|| {f}());",
    "let call = || {f}();\ncall();",
    "loop {\n    break;\n}",
    "let runtime = tokio::runtime::Runtime::new().unwrap();\nruntime.block_on({f}());",
    "let boxed: Box<dyn {C}> = make();\nboxed.{m}();",
    "println!(\"{}\", {f}());",
    "let _ = {f}().await.unwrap().{m}();",
    "{C}::{m}();",
];

/// Files that come into being.
const PYTHON_FILES: [&str; 4] = [
    "import time\n\n\ndef {f}():\n    time.sleep(1)\n",
    "from {M} import {f}\n\n\nasync def {m}():\n    {f}()\n",
    "class {C}:\n    def {m}(self):\n        open('f').read()\n\n    async def {f}(self):\n        self.{m}()\n",
    "from {M} import *\nfrom .{s} import {f} as {m}\n",
];

const RUST_FILES: [&str; 4] = [
    "pub fn {f}() {\n    std::thread::sleep(std::time::Duration::from_secs(1));\n}\n",
    "use crate::{M}::{f};\n\npub async fn {m}() {\n    {f}();\n}\n",
    "pub struct {C};\n\nimpl {C} {\n    pub fn {m}(&self) {\n        std::fs::read(\"f\");\n    }\n}\n",
    "pub use crate::{M}::*;\npub use super::{s}::{f};\n",
];

fn filled(pattern: &str, word: &Words) -> String {
    let filled = pattern.replace("{f}", &word.function).replace("{m}", &word.method).replace("{C}", &word.class);
    filled.replace("{M}", &word.module).replace("{s}", &word.stem)
}

pub fn new_file(random: &mut Random, word: &Words, is_rust: bool) -> String {
    let files = if is_rust { RUST_FILES } else { PYTHON_FILES };
    filled(files[random.below(files.len())], word)
}

/// A statement with the names of the workspace.
pub fn statement(random: &mut Random, word: &Words, is_rust: bool) -> String {
    let pattern = if is_rust { RUST[random.below(RUST.len())] } else { PYTHON[random.below(PYTHON.len())] };
    filled(pattern, word)
}

/// The edits of one file that do all at once.
pub fn rewritten(kind: Kind, random: &mut Random, text: &str, word: &Words, is_rust: bool) -> Option<String> {
    let all = lines(text);
    let comment = if is_rust { "//" } else { "#" };
    match kind {
        Kind::BlankLine => Some(inserted(&all, random.below(all.len() + 1), "\n")),
        Kind::Comment => {
            let at = random.below(all.len() + 1);
            Some(inserted(&all, at, &format!("{comment} what {} does 漢 😀\n", word.function)))
        }
        Kind::DeleteLine => Some(without(&all, random.below(all.len()), 1)),
        Kind::DuplicateLine => {
            let at = random.below(all.len());
            Some(inserted(&all, at, all.get(at)?))
        }
        Kind::SwapLines => {
            let at = random.below(all.len().checked_sub(1).filter(|gaps| *gaps > 0)?);
            let mut swapped = all.clone();
            swapped.swap(at, at + 1);
            Some(swapped.concat())
        }
        Kind::InsertCharacter => {
            let at = boundary(random, text);
            let of = ["a", "_", " ", "(", ")", ":", ".", "\"", "'", "\n", "{", "}", "é", "😀", ",", "1", "\r", "\t"];
            Some(format!("{}{}{}", &text[..at], of[random.below(of.len())], &text[at..]))
        }
        Kind::DeleteCharacter => {
            let at = boundary(random, text);
            let c = text[at..].chars().next()?;
            Some(format!("{}{}", &text[..at], &text[at + c.len_utf8()..]))
        }
        Kind::Statement => {
            let (at, indentation) = place_in_body(random, text, is_rust)?;
            Some(inserted(&all, at, &indented(&statement(random, word, is_rust), indentation)))
        }
        Kind::DeleteStatement => {
            let function = some_function(random, text, is_rust)?;
            let of_one_line: Vec<usize> = (function.body..function.end)
                .filter(|line| {
                    let code = all[*line].trim();
                    if is_rust { code.ends_with(';') } else { code.ends_with(')') && code.matches('(').count() > 0 }
                })
                .collect();
            let at = *random.pick(&of_one_line)?;
            let pass = format!("{}pass\n", " ".repeat(indentation(all[at])));
            let emptied = without(&all, at, 1);
            Some(if is_rust || random.percent(30) { emptied } else { inserted(&lines(&emptied), at, &pass) })
        }
        Kind::Number => {
            let at = *random.pick(&places(text, |c| c.is_ascii_digit()))?;
            Some(format!("{}{}{}", &text[..at], random.below(10), &text[at + 1..]))
        }
        Kind::Async => {
            let function = some_function(random, text, is_rust)?;
            let (line, word) = (all[function.header], if is_rust { "fn " } else { "def " });
            let now = match line.contains("async ") {
                true => line.replacen("async ", "", 1),
                false => line.replacen(word, &format!("async {word}"), 1),
            };
            Some(with_line(&all, function.header, &now))
        }
        Kind::Await => awaited(random, text, is_rust),
        Kind::Import => Some(import(random, text, word, is_rust)),
        Kind::DeleteImport => {
            let at = *random.pick(&imports(text, is_rust))?;
            Some(without(&all, at, 1))
        }
        Kind::RenameDefinition => {
            let all_items: Vec<Item> = items(text, is_rust).into_iter().filter(|item| !item.name.is_empty()).collect();
            let item = random.pick(&all_items)?;
            let line = all[item.header];
            Some(with_line(&all, item.header, &line.replacen(&item.name, &new_name(random, &item.name), 1)))
        }
        Kind::RenameInFile => {
            let (old, new) = renaming(random, text, is_rust)?;
            Some(replaced(text, &old, &new))
        }
        Kind::Base => base(random, text, word, is_rust),
        Kind::AddFunction => Some(with_function(random, text, word, is_rust)),
        Kind::DeleteFunction => {
            let function = some_function(random, text, is_rust)?;
            Some(without(&all, function.first, function.end - function.first))
        }
        Kind::Parameter => {
            let function = some_function(random, text, is_rust)?;
            let line = all[function.header];
            let extra = if is_rust { "extra: &str" } else { ["extra", "extra=None", "*extra"][random.below(3)] };
            let now = match line.split_once("()") {
                Some((before, after)) => format!("{before}({extra}){after}"),
                None => line.replacen(')', &format!(", {extra})"), 1),
            };
            Some(with_line(&all, function.header, &now))
        }
        Kind::Default => {
            let function = some_function(random, text, is_rust)?;
            let line = all[function.header];
            let at = line.find('=').filter(|_| !is_rust)?;
            let value = ["None", "True", "0", "time.sleep", &word.class, &word.function][random.below(6)];
            let rest = line[at + 1..].trim_start().trim_start_matches(|c| is_word(c) || c == '.');
            Some(with_line(&all, function.header, &format!("{}={value}{rest}", &line[..at])))
        }
        Kind::Annotation => {
            let function = some_function(random, text, is_rust)?;
            let line = all[function.header];
            let of = match is_rust {
                true => ["&str", "u32", "&mut String", &word.class, "impl Future<Output = ()>", "()"],
                false => ["int", "str", "Path", &word.class, "asyncio.Lock", "Optional[int]"],
            };
            let kind = of[random.below(of.len())];
            let marks: &[&str] = if is_rust { &[": ", "-> "] } else { &[": ", "-> ", "->"] };
            let mark = marks[random.below(marks.len())];
            match line.find(mark) {
                Some(at) => {
                    let rest = line[at + mark.len()..].trim_start_matches(|c| is_word(c) || "&:.'".contains(c));
                    let colon = if is_rust || rest.trim() != "" || !mark.starts_with('-') { "" } else { ":\n" };
                    Some(with_line(&all, function.header, &format!("{}{mark}{kind}{rest}{colon}", &line[..at])))
                }
                None if is_rust => {
                    Some(with_line(&all, function.header, &line.replacen(") {", &format!(") -> {kind} {{"), 1)))
                }
                None => Some(with_line(&all, function.header, &line.replacen("):", &format!(") -> {kind}:"), 1))),
            }
        }
        Kind::Decorator => {
            let function = some_function(random, text, is_rust)?;
            let python = ["@staticmethod", "@property", "@contextmanager", "@asynccontextmanager", "@cache", "@{f}"];
            let rust = ["#[tokio::main]", "#[test]", "#[cfg(test)]", "#[tokio::test]", "#[must_use]", "#[inline]"];
            let mark = if is_rust { rust } else { python }[random.below(6)];
            Some(inserted(&all, function.header, &indented(&filled(mark, word), function.indentation)))
        }
        Kind::DeleteDecorator => {
            let is_mark = |line: &&str| {
                let code = line.trim();
                if is_rust { code.starts_with("#[") && code.ends_with(']') } else { code.starts_with('@') }
            };
            let marks: Vec<usize> = (0..all.len()).filter(|line| is_mark(&all[*line])).collect();
            Some(without(&all, *random.pick(&marks)?, 1))
        }
        Kind::Suppression => suppression(random, text, word, is_rust),
        Kind::DeleteSuppression => {
            let comments: Vec<usize> = (0..all.len()).filter(|line| all[*line].contains("unsnarl:")).collect();
            let at = *random.pick(&comments)?;
            let line = all[at];
            let code = &line[..line.find(&format!("{comment} unsnarl:"))?];
            Some(if code.trim().is_empty() {
                without(&all, at, 1)
            } else {
                with_line(&all, at, &format!("{}\n", code.trim_end()))
            })
        }
        _ => unreachable!("{kind:?} is of several files or states"),
    }
}

/// The states of a text while a statement is typed.
pub fn typed(random: &mut Random, text: &str, word: &Words, is_rust: bool) -> Option<Vec<String>> {
    let (at, indentation) = place_in_body(random, text, is_rust)?;
    let all = lines(text);
    let whole = indented(&statement(random, word, is_rust), indentation);
    let mut ends: Vec<usize> = (0..1 + random.below(3)).map(|_| boundary(random, &whole)).collect();
    ends.sort_unstable();
    ends.push(whole.len());
    ends.dedup();
    Some(ends.into_iter().map(|end| inserted(&all, at, &whole[..end])).collect())
}

/// Both texts after a function went from the one to the other.
pub fn moved(random: &mut Random, from: &str, to: &str, is_rust: bool) -> Option<(String, String)> {
    let function = some_function(random, from, is_rust)?;
    let all = lines(from);
    let block: String = all[function.first..function.end]
        .iter()
        .map(|line| line.get(function.indentation.min(indentation(line))..).unwrap_or("\n"))
        .collect();
    let left = without(&all, function.first, function.end - function.first);
    let end = if block.ends_with('\n') { "" } else { "\n" };
    Some((left, format!("{to}{}\n\n{block}{end}", if to.is_empty() || to.ends_with('\n') { "" } else { "\n" })))
}

/// What a package hands on to those that import it.
pub fn export(random: &mut Random, text: &str, word: &Words, is_rust: bool) -> String {
    let python = ["from .{s} import {f}", "from .{s} import *", "from . import {s}", "__all__ = ['{f}', '{C}']"];
    let rust = ["mod {s};", "pub mod {s};", "pub use {s}::*;", "pub use self::{s}::{f};"];
    let line = filled(if is_rust { rust } else { python }[random.below(4)], word);
    inserted(&lines(text), random.below(3).min(lines(text).len()), &format!("{line}\n"))
}

/// A name of a text and what it is to be called.
pub fn renaming(random: &mut Random, text: &str, is_rust: bool) -> Option<(String, String)> {
    let named: Vec<Item> = items(text, is_rust).into_iter().filter(|item| !item.name.is_empty()).collect();
    let old = random.pick(&named)?.name.clone();
    let new = new_name(random, &old);
    Some((old, new))
}

fn new_name(random: &mut Random, old: &str) -> String {
    match random.below(3) {
        0 => format!("{old}_"),
        1 => format!("{}_", old.trim_end_matches('_')),
        _ => old.strip_suffix('_').map_or_else(|| format!("_{old}"), str::to_owned),
    }
}

/// A text with a word in place of another.
pub fn replaced(text: &str, old: &str, new: &str) -> String {
    let mut now = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(old) {
        let is_whole = !rest[..at].ends_with(is_word) && !rest[at + old.len()..].starts_with(is_word);
        now.push_str(&rest[..at]);
        now.push_str(if is_whole { new } else { old });
        rest = &rest[at + old.len()..];
    }
    now + rest
}

fn awaited(random: &mut Random, text: &str, is_rust: bool) -> Option<String> {
    let word = if is_rust { ".await" } else { "await " };
    let there: Vec<usize> = text.match_indices(word).map(|(at, _)| at).collect();
    if random.percent(50) {
        let at = *random.pick(&there)?;
        return Some(format!("{}{}", &text[..at], &text[at + word.len()..]));
    }
    let all = lines(text);
    let ends = if is_rust { ");" } else { ")" };
    let calls: Vec<usize> = (0..all.len())
        .filter(|line| {
            let code = all[*line].trim();
            let is_call = is_rust || code[first_word(code).len()..].starts_with(['(', '.']);
            code.ends_with(ends) && is_call && !code.contains(word)
        })
        .collect();
    let at = *random.pick(&calls)?;
    let line = all[at];
    let now = match is_rust {
        true => line.replacen(");", ").await;", 1),
        false => format!("{}await {}", &line[..indentation(line)], line.trim_start()),
    };
    Some(with_line(&all, at, &now))
}

fn import(random: &mut Random, text: &str, word: &Words, is_rust: bool) -> String {
    let python = [
        "import time",
        "import asyncio",
        "from time import sleep",
        "from concurrent.futures import ThreadPoolExecutor",
        "from {M} import {f}",
        "from .{s} import {f}",
        "from {M} import {C} as {f}",
        "from {M} import *",
        "import {M}",
        "from ..{s} import {C}",
    ];
    let rust = [
        "use std::thread::sleep;",
        "use std::time::Duration;",
        "use crate::{M}::{f};",
        "use crate::{M}::*;",
        "use super::{s}::{f};",
        "use {M}::{C};",
        "use tokio::spawn as {f};",
        "use super::*;",
        "pub use crate::{M}::{C} as {m};",
        "mod {s};",
    ];
    let patterns = if is_rust { rust } else { python };
    let line = match random.percent(30) && !word.import.is_empty() {
        true => word.import.clone(),
        false => filled(patterns[random.below(patterns.len())], word),
    };
    let there = imports(text, is_rust);
    let at = random.pick(&there).copied().unwrap_or(0);
    let all = lines(text);
    let indentation = all.get(at).map_or(0, |line| indentation(line));
    inserted(&all, at, &indented(&line, if there.is_empty() { 0 } else { indentation }))
}

fn base(random: &mut Random, text: &str, word: &Words, is_rust: bool) -> Option<String> {
    let all = lines(text);
    let containers: Vec<Item> =
        items(text, is_rust).into_iter().filter(|item| item.kind == ItemKind::Container).collect();
    let item = random.pick(&containers)?;
    let line = all[item.header];
    let now = if is_rust {
        match (line.split_once("impl"), line.contains(" for ")) {
            (Some((before, _)), true) => format!("{before}impl {} {{\n", item.name),
            (Some((before, _)), false) => format!("{before}impl {} for {} {{\n", word.class, item.name),
            (None, _) => line.replacen(" {", &format!(": {} {{", word.class), 1),
        }
    } else {
        let head = &line[..line.find("class ")? + "class ".len()];
        let bases = ["", "({C})", "(object)", "({C}, Generic[T])", "({M}.{C})", "(Protocol)"];
        format!("{head}{}{}:\n", item.name, filled(bases[random.below(bases.len())], word))
    };
    Some(with_line(&all, item.header, &now))
}

fn with_function(random: &mut Random, text: &str, word: &Words, is_rust: bool) -> String {
    let body = statement(random, word, is_rust);
    let is_async = if random.percent(50) { "async " } else { "" };
    let name = if random.percent(40) { word.function.clone() } else { format!("made_{}", random.below(20)) };
    let all = lines(text);
    let containers: Vec<Item> =
        items(text, is_rust).into_iter().filter(|item| item.kind == ItemKind::Container).collect();
    let around = random.pick(&containers).filter(|_| random.percent(50));
    let (at, indentation, receiver) = match around {
        Some(item) => (item.body, item.indentation + 4, if is_rust { "&self" } else { "self" }),
        None => (all.len(), 0, ""),
    };
    let function = match is_rust {
        true => format!("pub {is_async}fn {name}({receiver}) {{\n{}}}", indented(&body, 4)),
        false => format!("{is_async}def {name}({receiver}):\n{}", indented(&body, 4).trim_end()),
    };
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    inserted(&all, at.min(all.len()), &format!("{gap}{}\n", indented(&function, indentation)))
}

fn suppression(random: &mut Random, text: &str, word: &Words, is_rust: bool) -> Option<String> {
    let all = lines(text);
    let comment = if is_rust { "//" } else { "#" };
    let allow = match random.below(6) {
        0 => format!("{comment} unsnarl: allow({})", word.lint),
        1 => format!("{comment} unsnarl: allow(no-such-lint)"),
        2 => format!("{comment} unsnarl: allow({}, reason = \"it is fine\"", word.lint),
        _ => format!("{comment} unsnarl: allow({}, reason = \"it is fine\")", word.lint),
    };
    match random.below(4) {
        0 => Some(inserted(&all, 0, &format!("{allow}\n"))),
        1 => {
            let function = some_function(random, text, is_rust)?;
            let mark = format!("{comment} unsnarl: non-blocking(reason = \"it is quick\")");
            Some(inserted(&all, function.first, &indented(&mark, function.indentation)))
        }
        place => {
            let calls: Vec<usize> = (0..all.len())
                .filter(|line| all[*line].contains('(') && all[*line].trim_end().ends_with([')', ';']))
                .collect();
            let at = *random.pick(&calls)?;
            let line = all[at];
            Some(match place {
                2 => inserted(&all, at, &indented(&allow, indentation(line))),
                _ => with_line(&all, at, &format!("{}  {allow}\n", line.trim_end())),
            })
        }
    }
}

fn some_function(random: &mut Random, text: &str, is_rust: bool) -> Option<Item> {
    random.pick(&functions(text, is_rust)).cloned()
}

/// A line of a function's body before which a statement can stand, and how far it is indented.
fn place_in_body(random: &mut Random, text: &str, is_rust: bool) -> Option<(usize, usize)> {
    let function = some_function(random, text, is_rust)?;
    let all = lines(text);
    let end = function.end - usize::from(is_rust);
    let first = (function.body..end).find(|line| !all[*line].trim().is_empty())?;
    let wanted = indentation(all[first]);
    let is_place = |line: &usize| {
        let before = all[line - 1].trim_end();
        let begins = indentation(all[*line]) == wanted && !all[*line].trim().is_empty();
        begins
            && (*line == first
                || if is_rust { before.ends_with([';', '}']) } else { !before.ends_with([',', '(', '[', '{']) })
    };
    let places: Vec<usize> = (first..end).filter(is_place).collect();
    Some((*random.pick(&places)?, wanted))
}

fn places(text: &str, is_it: impl Fn(char) -> bool) -> Vec<usize> {
    text.char_indices().filter(|(_, c)| is_it(*c)).map(|(at, _)| at).collect()
}

fn boundary(random: &mut Random, text: &str) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn indented(code: &str, by: usize) -> String {
    code.lines().map(|line| format!("{}{line}\n", " ".repeat(by))).collect()
}

fn inserted(lines: &[&str], at: usize, text: &str) -> String {
    [&lines[..at], &[text], &lines[at..]].concat().concat()
}

fn without(lines: &[&str], at: usize, count: usize) -> String {
    let at = at.min(lines.len());
    [&lines[..at], &lines[(at + count).min(lines.len())..]].concat().concat()
}

fn with_line(lines: &[&str], at: usize, text: &str) -> String {
    inserted(&lines[..at], at, text) + &lines[at + 1..].concat()
}

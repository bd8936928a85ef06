//! The Python front end: a tree-sitter tree to the facts of one file.
//!
//! The only folder that names tree-sitter. It knows syntax and scoping, and neither libraries nor other files.

mod compound;
mod directives;
mod expressions;
mod imports;
mod literals;
mod mask;
mod outline;
mod patterns;
mod recovery;
mod scope;
mod signature;
mod statements;
mod syntax;
mod types;
mod unit;

use crate::model::{DefFlags, DefId, Dialect, FileFacts, Note, NoteKind, Unit, UnitSpan};
use crate::text::{Span, Strings};
use outline::OutlineWriter;
use std::borrow::Cow;
use syntax::{Kind, Syntax};
use unit::UnitLowering;

/// Texts whose tree is deeper than this are lowered on a thread with a stack of its own.
const DEEP: u32 = 150;

/// The stack of such a thread, in bytes.
const DEEP_STACK: usize = 256 << 20;

/// Unparsed stretches that are noted in one file.
const MAX_NOTES: usize = 100;

/// The facts of one file's text. Total: whatever the text holds, there are facts and, where something was left out, notes.
pub fn lower(text: &str, dialect: Dialect) -> FileFacts {
    lower_onto(text, dialect, Strings::default())
}

/// As [`lower`], with symbols that go on from a table of names.
pub fn lower_onto(text: &str, dialect: Dialect, names: Strings) -> FileFacts {
    let text = &*with_line_feeds(text);
    let syntax = syntax::parse(text);
    on_stack_for(&syntax, || lower_file(text, dialect, &syntax, names, true))
}

/// As [`lower`], without the units of functions: what a file offers.
pub fn outline(text: &str, dialect: Dialect) -> FileFacts {
    let text = &*with_line_feeds(text);
    let syntax = syntax::parse(text);
    on_stack_for(&syntax, || lower_file(text, dialect, &syntax, Strings::default(), false))
}

/// Lowers the text of one function, decorators left out, as [`lower`] does with its file. None if it holds no function.
pub fn lower_unit(text: &str) -> Option<(Unit, Strings)> {
    let syntax = syntax::parse(text);
    let mut strings = Strings::default();
    let whole = UnitSpan { span: Span::new(0, text.len() as u32), def: DefId::NONE };
    let (unit, _) = on_stack_for(&syntax, || lower_slice(text, &syntax, whole, &mut strings));
    unit.functions.first().is_some_and(|own| own.name.is_some()).then_some((unit, strings))
}

/// A text whose lines all end with `\n`, byte for byte: to Python, a `\r` by itself ends a line, too.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let ends_line = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    if !text.contains('\r') || !(0..bytes.len()).any(ends_line) {
        return Cow::Borrowed(text);
    }
    let changed = (0..bytes.len()).map(|at| if ends_line(at) { b'\n' } else { bytes[at] }).collect();
    Cow::Owned(String::from_utf8(changed).expect("ASCII stands in place of ASCII"))
}

fn lower_slice(text: &str, syntax: &Syntax, at: UnitSpan, strings: &mut Strings) -> (Unit, Vec<(u32, u32)>) {
    let head = (0..syntax.nodes.len() as u32).find(|node| syntax.kind(*node) == Kind::Function);
    let unit = UnitLowering::new(text, syntax, at.span, 0, Some(at.def), strings, None);
    match head {
        Some(head) => unit.function(head),
        None => unit.nothing(),
    }
}

fn lower_file(text: &str, dialect: Dialect, syntax: &Syntax, names: Strings, bodies: bool) -> FileFacts {
    let whole = Span::new(0, text.len() as u32);
    let mut strings = names;
    let mut writer = OutlineWriter::default();
    writer.outline.units.push(UnitSpan { span: whole, def: DefId::NONE });
    let module = UnitLowering::new(text, syntax, whole, 0, None, &mut strings, Some(&mut writer));
    let (unit, mut too_deep) = module.module();
    let mut units = vec![unit];
    for (at, def) in std::mem::take(&mut writer.functions) {
        if !bodies {
            if syntax.yields(at) {
                writer.outline.definitions[def.0 as usize].flags.set(DefFlags::GENERATOR);
            }
            continue;
        }
        let node = syntax.node(at);
        let place = UnitSpan { span: Span::new(node.start, node.end), def };
        let (unit, deep) = if syntax.is_altered(at) {
            // Recovery from an error may have looked beyond the function; a unit depends on its own text alone.
            let slice = &text[place.span.range()];
            let syntax = syntax::parse(slice);
            let (unit, deep) = on_stack_for(&syntax, || lower_slice(slice, &syntax, place, &mut strings));
            (unit, deep.into_iter().map(|(start, end)| (start + node.start, end + node.start)).collect())
        } else {
            UnitLowering::new(text, syntax, place.span, node.start, Some(def), &mut strings, None).function(at)
        };
        too_deep.extend(deep);
        if unit.functions.first().is_some_and(|own| own.is_generator) {
            writer.outline.definitions[def.0 as usize].flags.set(DefFlags::GENERATOR);
        }
        units.push(unit);
    }
    let directives = directives::read(text, syntax, &mut strings);
    let mut notes: Vec<Note> = Vec::new();
    let of_kind = |kind| move |(start, end): (u32, u32)| Note { kind, span: Span::new(start, end) };
    notes.extend(syntax.errors.iter().copied().map(of_kind(NoteKind::Syntax)));
    notes.extend(syntax.broken.iter().copied().map(of_kind(NoteKind::Syntax)));
    notes.extend(syntax.junk().map(of_kind(NoteKind::Syntax)));
    notes.extend(syntax.too_deep.iter().copied().chain(too_deep).map(of_kind(NoteKind::TooDeep)));
    notes.sort_by_key(|note| (note.span.start, note.span.end, note.kind));
    notes.dedup();
    notes.truncate(MAX_NOTES);
    strings.freeze();
    FileFacts {
        dialect,
        strings,
        outline: writer.outline,
        units,
        directives,
        notes,
        bytes: text.len() as u32,
        lines: line_count(text),
    }
}

fn line_count(text: &str) -> u32 {
    let ends = text.bytes().filter(|byte| *byte == b'\n').count() as u32;
    ends + (!text.is_empty() && !text.ends_with('\n')) as u32
}

/// Runs `lower` here, or, for a deep tree, where the stack is large enough whatever the caller's is.
fn on_stack_for<T: Send>(syntax: &Syntax, lower: impl FnOnce() -> T + Send) -> T {
    if syntax.depth < DEEP {
        return lower();
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(DEEP_STACK).spawn_scoped(scope, lower);
        let thread = thread.expect("a thread can be started");
        match thread.join() {
            Ok(value) => value,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

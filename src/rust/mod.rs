//! The Rust front end: a syn tree, lowered to the facts of one file.
//!
//! The only folder that names syn and proc-macro2. It resolves no path and knows no library; the grammars of macros
//! come from the catalogue. Lowering is total: any text gives facts and notes.

mod arena;
mod assign;
mod attributes;
mod body;
mod control;
mod directives;
mod expr;
mod extent;
mod function;
mod imports;
mod macros;
mod members;
mod outline;
mod pattern;
mod recover;
mod scan;
mod select;
mod source;
mod types;
mod walk;

use arena::{Arena, Parsed};
use body::Body;
use outline::{OutlineWriter, Place};
use source::File;
use syn::Item;

use crate::model::{
    DefFlags, DefId, Dialect, Edition, FileFacts, FunctionKind, Note, NoteKind, Outline, Unit, UnitBuilder, UnitId,
};
use crate::text::{Span, Strings, Sym};

/// A syntax tree deeper than this is parsed, lowered and dropped on a thread with a stack for it.
const DEEP: usize = 150;

/// The stack for the deepest tree that is read at all, in bytes; only what is used of it is ever touched.
const STACK: usize = 128 << 20;

/// Lowers one file.
pub fn lower(text: &str, dialect: Dialect) -> FileFacts {
    lower_onto(text, dialect, Strings::default())
}

/// As [`lower`], with symbols that go on from a table of names.
pub fn lower_onto(text: &str, dialect: Dialect, names: Strings) -> FileFacts {
    lower_file(text, dialect, names, true)
}

/// As [`lower`], without the units of functions: what a file offers.
pub fn outline(text: &str, dialect: Dialect) -> FileFacts {
    lower_file(text, dialect, Strings::default(), false)
}

fn lower_file(text: &str, dialect: Dialect, names: Strings, bodies: bool) -> FileFacts {
    let depth = scan::depth(text);
    on_a_stack_for(depth, || lower_here(text, dialect, depth, names, bodies)).unwrap_or_else(|| {
        let span = Span::new(0, text.len() as u32);
        facts_without_code(text, dialect, vec![Note { kind: NoteKind::TooDeep, span }])
    })
}

/// Lowers the text of one function, attributes included, as it is lowered with its file. None if it is not one
/// function with a body.
pub fn lower_unit(text: &str, dialect: Dialect) -> Option<(Unit, Strings)> {
    let depth = scan::depth(text);
    if depth > recover::DEEPEST {
        return None;
    }
    on_a_stack_for(depth, || lower_unit_here(text, dialect))?
}

/// Runs here what needs no more stack than a thread has; none if no other thread can be started or it fails.
fn on_a_stack_for<T: Send>(depth: usize, run: impl FnOnce() -> T + Send) -> Option<T> {
    if depth <= DEEP {
        let result = run();
        proc_macro2::extra::invalidate_current_thread_spans();
        return Some(result);
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run).ok()?;
        thread.join().ok()
    })
}

fn facts_without_code(text: &str, dialect: Dialect, notes: Vec<Note>) -> FileFacts {
    let mut module = UnitBuilder::new(Span::new(0, text.len() as u32), None);
    module.begin_own(FunctionKind::Module, false, Sym::NONE);
    module.end();
    let base = before_code(text);
    let mut file = File::new(text, base, edition(dialect));
    file.notes = notes;
    let directives = directives::read(&mut file, base, &[]);
    let File { strings, notes, .. } = file;
    FileFacts {
        dialect,
        strings,
        outline: Outline { units: outline::unit_spans(Span::new(0, text.len() as u32), &[]), ..Outline::default() },
        units: vec![module.finish()],
        directives,
        notes,
        bytes: text.len() as u32,
        lines: text.lines().count() as u32,
    }
}

fn edition(dialect: Dialect) -> Edition {
    match dialect {
        Dialect::Rust { edition } => edition,
        Dialect::Python { .. } => Edition::E2021,
    }
}

fn lower_unit_here(text: &str, dialect: Dialect) -> Option<(Unit, Strings)> {
    let function: syn::TraitItemFn = syn::parse_str(text)
        .or_else(|_| {
            let item: syn::ImplItemFn = syn::parse_str(text)?;
            let syn::ImplItemFn { attrs, modifiers, sig, block, .. } = item;
            Ok::<_, syn::Error>(syn::TraitItemFn { attrs, modifiers, sig, default: Some(block), semi_token: None })
        })
        .ok()?;
    let block = function.default.as_ref()?;
    let arena = Arena::default();
    let file = File::new(text, 0, edition(dialect));
    let body = Body::new(file, arena.end(), Span::new(0, text.len() as u32), None);
    let (unit, file, _) = body.function(&function.sig, block);
    Some((unit, file.strings))
}

/// Bytes before the code: a byte order mark and a `#!` line.
fn before_code(text: &str) -> u32 {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let rest = &text[mark..];
    if !rest.starts_with("#!") || rest[2..].trim_start().starts_with('[') {
        return mark as u32;
    }
    (mark + rest.find('\n').unwrap_or(rest.len())) as u32
}

fn lower_here(text: &str, dialect: Dialect, depth: usize, names: Strings, bodies: bool) -> FileFacts {
    let arena = Arena::default();
    let end = text.len() as u32;
    let base = before_code(text);
    let mut file = File::new(text, base, edition(dialect));
    file.strings = names;
    let source = &text[base as usize..];
    let parsed = if depth <= recover::DEEPEST { syn::parse_file(source).ok() } else { None };
    let items = match parsed {
        Some(file) => file.items,
        None => {
            let (readable, notes) = recover::readable(source, depth);
            for note in notes {
                file.note(note.kind, note.span.offset(base));
            }
            syn::parse_file(&readable).map(|file| file.items).unwrap_or_default()
        }
    };
    let mut arena_end = arena.end();
    let items: &[Item] = match arena_end.keep(Parsed::Items(items)) {
        Parsed::Items(items) => items,
        _ => &[],
    };
    let whole = Span::new(0, end);
    let mut module = Body::new(file, arena_end, whole, None);
    module.b.begin_own(FunctionKind::Module, false, Sym::NONE);
    module.open_temporaries();
    let mut writer = OutlineWriter { module, outline: Outline::default(), pending: Vec::new() };
    writer.items(items, Place { parent: DefId::NONE, flags: DefFlags::default() });
    let OutlineWriter { mut module, mut outline, pending } = writer;
    module.b.end();
    let (unit, mut file, mut arena_end) = module.finish();
    let mut units = vec![unit];
    for function in pending.iter().filter(|_| bodies) {
        let body = Body::new(file, arena_end, function.span, Some(function.def));
        let (unit, back, end) = body.function(function.signature, function.block);
        units.push(unit);
        file = back;
        arena_end = end;
    }
    outline.units = outline::unit_spans(whole, &pending);
    debug_assert!(
        !bodies
            || outline.definitions.iter().all(|def| def.unit == UnitId::NONE || (def.unit.0 as usize) < units.len())
    );
    let directives = directives::read(&mut file, base, items);
    let File { mut strings, notes, .. } = file;
    strings.freeze();
    FileFacts { dialect, strings, outline, units, directives, notes, bytes: end, lines: text.lines().count() as u32 }
}

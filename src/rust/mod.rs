//! The Rust front end: a syn tree, lowered to the facts of one file.
//!
//! The only folder that names syn and proc-macro2. It resolves no path and knows no library; the grammars of macros
//! come from the catalogue. Lowering is total: any text gives facts and notes.

mod arena;
mod attributes;
mod body;
mod control;
mod expr;
mod extent;
mod macros;
mod outline;
mod pattern;
mod select;
mod source;
mod types;

use arena::{Arena, Parsed};
use body::Body;
use outline::{OutlineWriter, Place};
use source::File;
use syn::Item;

use crate::model::{DefFlags, DefId, Dialect, Edition, FileFacts, FnId, FunctionKind, NoteKind, Outline, Unit, UnitId};
use crate::text::{Span, Strings, Sym};

/// Lowers one file.
pub fn lower(text: &str, dialect: Dialect) -> FileFacts {
    let facts = lower_here(text, dialect);
    proc_macro2::extra::invalidate_current_thread_spans();
    facts
}

/// Lowers the text of one function, attributes included, as it is lowered with its file. None if it is not one
/// function with a body.
pub fn lower_unit(text: &str, dialect: Dialect) -> Option<(Unit, Strings)> {
    let lowered = lower_unit_here(text, dialect);
    proc_macro2::extra::invalidate_current_thread_spans();
    lowered
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

fn lower_here(text: &str, dialect: Dialect) -> FileFacts {
    let arena = Arena::default();
    let end = text.len() as u32;
    let base = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut file = File::new(text, base, edition(dialect));
    let source = &text[base as usize..];
    let items = match syn::parse_file(source) {
        Ok(file) => file.items,
        Err(_) => {
            file.note(NoteKind::Syntax, Span::new(0, end));
            Vec::new()
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
    let _ = FnId::OWN;
    let (unit, mut file, mut arena_end) = module.finish();
    let mut units = vec![unit];
    for function in &pending {
        let body = Body::new(file, arena_end, function.span, Some(function.def));
        let (unit, back, end) = body.function(function.signature, function.block);
        units.push(unit);
        file = back;
        arena_end = end;
    }
    outline.units = outline::unit_spans(whole, &pending);
    debug_assert!(
        outline.definitions.iter().all(|def| def.unit == UnitId::NONE || (def.unit.0 as usize) < units.len())
    );
    let File { mut strings, notes, .. } = file;
    strings.freeze();
    FileFacts {
        dialect,
        strings,
        outline,
        units,
        directives: Vec::new(),
        notes,
        bytes: end,
        lines: text.lines().count() as u32,
    }
}

//! The words and signs that facts are printed with.

use crate::catalogue::{Ty, TyId, TyList, TyPool};
use crate::model::outline::{DefFlags, DefKind};
use crate::model::value::{BinaryOp, ConstKind};
use crate::model::{Edition, NoteKind};
use crate::text::{Strings, Sym};

pub(super) fn python_import(path: &str, name_sym: Sym, level: u8, name: &str, alias: &str) -> String {
    let dots = ".".repeat(level as usize);
    match name_sym.is_none() {
        true => format!("import {dots}{path} as {alias}"),
        false => format!("from {dots}{path} import {name} as {alias}"),
    }
}

pub(super) fn constant(kind: ConstKind, sym: Sym, text: &str) -> String {
    match kind {
        ConstKind::Nothing => "none".to_string(),
        ConstKind::True => "true".to_string(),
        ConstKind::False => "false".to_string(),
        ConstKind::Integer | ConstKind::Float => text.to_string(),
        ConstKind::Text if sym.is_none() => "text".to_string(),
        ConstKind::Text => format!("{text:?}"),
        ConstKind::Bytes if sym.is_none() => "bytes".to_string(),
        ConstKind::Bytes => format!("b{text:?}"),
        ConstKind::Ellipsis => "...".to_string(),
    }
}

pub(super) fn operator(op: BinaryOp, unary: bool) -> &'static str {
    if let Some(symbol) = op.symbol() {
        return symbol;
    }
    match op {
        BinaryOp::Equal => "==",
        BinaryOp::NotEqual => "!=",
        BinaryOp::Less => "<",
        BinaryOp::LessEqual => "<=",
        BinaryOp::Greater => ">",
        BinaryOp::GreaterEqual => ">=",
        BinaryOp::Is => "is",
        BinaryOp::IsNot => "is not",
        BinaryOp::In => "in",
        BinaryOp::NotIn => "not in",
        BinaryOp::Not if unary => "not ",
        BinaryOp::Not => "not",
        BinaryOp::Negate if unary => "negate ",
        BinaryOp::Negate => "negate",
        BinaryOp::Invert if unary => "invert ",
        BinaryOp::Invert => "invert",
        BinaryOp::Range => "..",
        BinaryOp::Dereference if unary => "deref ",
        BinaryOp::Dereference => "deref",
        _ => unreachable!("the others have a symbol"),
    }
}

/// A type term as text; terms nested beyond any real annotation end in `…`.
pub(super) fn ty_text(types: &TyPool, strings: &Strings, id: TyId, depth: usize) -> String {
    if depth > 64 {
        return "…".to_string();
    }
    let one = |id| ty_text(types, strings, id, depth + 1);
    let all = |list: TyList, by: &str| types.list(list).iter().map(|id| one(*id)).collect::<Vec<_>>().join(by);
    match types.get(id) {
        _ if id.is_none() => "-".to_string(),
        Ty::Unknown => "?".to_string(),
        Ty::Named { path, args } if args.len == 0 => strings.get(path).to_string(),
        Ty::Named { path, args } => format!("{}[{}]", strings.get(path), all(args, ", ")),
        Ty::Tuple { parts } => format!("({})", all(parts, ", ")),
        Ty::Union { parts } => all(parts, " | "),
        Ty::Dyn { traits } => format!("dyn {}", all(traits, " + ")),
        Ty::Callable { signature } => format!("fn[{}]", all(signature, ", ")),
        Ty::Class { of } => format!("type[{}]", one(of)),
        Ty::SelfTy => "Self".to_string(),
        Ty::Nothing => "none".to_string(),
    }
}

pub(super) fn edition_name(edition: Edition) -> &'static str {
    match edition {
        Edition::E2015 => "2015",
        Edition::E2018 => "2018",
        Edition::E2021 => "2021",
        Edition::E2024 => "2024",
    }
}

pub(super) fn note_name(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Syntax => "syntax",
        NoteKind::TooDeep => "too-deep",
        NoteKind::TooLarge => "too-large",
        NoteKind::Binary => "binary",
        NoteKind::NotUtf8 => "not-utf8",
        NoteKind::MacroBody => "macro-body",
        NoteKind::Failed => "failed",
    }
}

pub(super) fn kind_name(kind: DefKind) -> &'static str {
    match kind {
        DefKind::Function => "function",
        DefKind::Class => "class",
        DefKind::Struct => "struct",
        DefKind::Enum => "enum",
        DefKind::Variant => "variant",
        DefKind::Trait => "trait",
        DefKind::Impl => "impl",
        DefKind::Alias => "alias",
        DefKind::Const => "const",
        DefKind::Module => "module",
        DefKind::Macro => "macro",
    }
}

pub(super) const DEF_FLAGS: [(DefFlags, &str); 13] = [
    (DefFlags::ASYNC, "async"),
    (DefFlags::GENERATOR, "generator"),
    (DefFlags::RECEIVER, "receiver"),
    (DefFlags::BY_VALUE, "by-value"),
    (DefFlags::NO_BODY, "no-body"),
    (DefFlags::TYPE_CHECKING, "type-checking"),
    (DefFlags::TEST, "test"),
    (DefFlags::CONDITIONAL, "conditional"),
    (DefFlags::PUBLIC, "public"),
    (DefFlags::OUT_OF_LINE, "out-of-line"),
    (DefFlags::STATIC, "static"),
    (DefFlags::FOREIGN, "foreign"),
    (DefFlags::HOOK, "hook"),
];

//! Constants, strings and collections.

use super::expressions::{is_operand, positional};
use super::syntax::{At, Kind};
use super::unit::UnitLowering;
use crate::model::{Arg, ArgKind, CollectionKind, ConstKind, ValueId, ValueKind};
use crate::text::Sym;

/// The text of a longer string constant is not kept.
const MAX_TEXT: usize = 40;

/// A literal with more elements keeps only those that are not constants.
const MAX_ELEMENTS: usize = 16;

impl UnitLowering<'_> {
    pub fn constant(&mut self, at: At) -> ValueId {
        let source = self.source(at);
        let (kind, text) = match self.syntax.kind(at) {
            Kind::None => (ConstKind::Nothing, Sym::NONE),
            Kind::True => (ConstKind::True, Sym::NONE),
            Kind::False => (ConstKind::False, Sym::NONE),
            Kind::Ellipsis => (ConstKind::Ellipsis, Sym::NONE),
            kind => {
                let plain: String = source.chars().filter(|it| *it != '_').collect();
                let imaginary = plain.ends_with(['j', 'J']) && !plain.starts_with("0x");
                let is_float = kind == Kind::Float || imaginary;
                let text = if is_float { plain } else { decimal(&plain) };
                (if is_float { ConstKind::Float } else { ConstKind::Integer }, self.strings.intern(&text))
            }
        };
        self.push(ValueKind::Const { kind, text }, at)
    }

    /// A string, or several in a row: text with interpolations, or a constant.
    pub fn string(&mut self, at: At) -> ValueId {
        let syntax = self.syntax;
        let parts: Vec<At> = match syntax.kind(at) {
            Kind::ConcatenatedString => syntax.children(at).filter(|it| syntax.kind(*it) == Kind::String).collect(),
            _ => vec![at],
        };
        if parts.iter().any(|part| syntax.has(*part, Kind::Interpolation)) {
            let mut args = Vec::new();
            for part in parts {
                self.interpolations(part, &mut args);
            }
            let (args, count) = self.builder.push_args(&args);
            return self.push(ValueKind::Text { args, count }, at);
        }
        let is_bytes = parts
            .first()
            .and_then(|part| syntax.child(*part, Kind::StringStart))
            .is_some_and(|start| self.source(start).bytes().any(|byte| byte == b'b' || byte == b'B'));
        let kind = if is_bytes { ConstKind::Bytes } else { ConstKind::Text };
        let text = self.short_text(&parts);
        self.push(ValueKind::Const { kind, text }, at)
    }

    /// The content of a plain string, if it is one and short.
    pub fn constant_text(&mut self, at: At) -> Option<Sym> {
        if self.syntax.kind(at) != Kind::String || self.syntax.has(at, Kind::Interpolation) {
            return None;
        }
        let content = self.syntax.child(at, Kind::StringContent).map_or("", |content| self.source(content));
        Some(self.strings.intern(content))
    }

    fn short_text(&mut self, parts: &[At]) -> Sym {
        let syntax = self.syntax;
        let mut text = String::new();
        for part in parts {
            for content in syntax.children(*part).filter(|it| syntax.kind(*it) == Kind::StringContent) {
                let source = self.source(content);
                if source.len() + text.len() > MAX_TEXT || source.contains('\\') {
                    return Sym::NONE;
                }
                text.push_str(source);
            }
        }
        self.strings.intern(&text)
    }

    /// The values between braces, those in format specifiers included.
    fn interpolations(&mut self, at: At, args: &mut Vec<Arg>) {
        let syntax = self.syntax;
        for child in syntax.children(at) {
            match syntax.kind(child) {
                Kind::Interpolation | Kind::FormatExpression => {
                    let value = syntax.children(child).find(|it| {
                        is_operand(syntax.kind(*it)) && !matches!(syntax.kind(*it), Kind::FormatSpecifier | Kind::Other)
                    });
                    if let Some(value) = value {
                        args.push(positional(self.expression(value)));
                    }
                    self.interpolations(child, args);
                }
                Kind::FormatSpecifier => self.interpolations(child, args),
                _ => {}
            }
        }
    }

    pub fn collection(&mut self, at: At, kind: CollectionKind) -> ValueId {
        let syntax = self.syntax;
        let mut elements: Vec<At> = syntax.children(at).filter(|it| is_operand(syntax.kind(*it))).collect();
        if elements.len() > MAX_ELEMENTS {
            elements.retain(|element| !self.is_constant(*element));
        }
        let mut args = Vec::with_capacity(elements.len());
        for element in elements {
            let arg_kind = match syntax.kind(element) {
                Kind::ListSplat | Kind::ListSplatPattern => ArgKind::Spread,
                _ => ArgKind::Positional,
            };
            let value = self.expression(element);
            args.push(Arg { value, kind: arg_kind, name: Sym::NONE });
        }
        let (args, count) = self.builder.push_args(&args);
        self.push(ValueKind::Collection { kind, args, count }, at)
    }

    pub fn dictionary(&mut self, at: At) -> ValueId {
        let syntax = self.syntax;
        let mut elements: Vec<At> = syntax.children(at).filter(|it| is_operand(syntax.kind(*it))).collect();
        if elements.len() > MAX_ELEMENTS {
            elements.retain(|element| !self.is_constant(*element));
        }
        let mut args = Vec::with_capacity(2 * elements.len());
        for element in elements {
            if syntax.kind(element) == Kind::DictionarySplat {
                let value = self.expression(element);
                args.push(Arg { value, kind: ArgKind::KeywordSpread, name: Sym::NONE });
                continue;
            }
            for part in syntax.children(element).filter(|it| is_operand(syntax.kind(*it))) {
                args.push(positional(self.expression(part)));
            }
        }
        let (args, count) = self.builder.push_args(&args);
        self.push(ValueKind::Collection { kind: CollectionKind::Dict, args, count }, at)
    }

    /// Made of literals alone.
    pub fn is_constant(&self, at: At) -> bool {
        let syntax = self.syntax;
        (at..syntax.node(at).next).all(|node| {
            matches!(
                syntax.kind(node),
                Kind::Integer
                    | Kind::Float
                    | Kind::True
                    | Kind::False
                    | Kind::None
                    | Kind::Ellipsis
                    | Kind::String
                    | Kind::StringStart
                    | Kind::StringContent
                    | Kind::StringEnd
                    | Kind::ConcatenatedString
                    | Kind::Tuple
                    | Kind::List
                    | Kind::Set
                    | Kind::Dictionary
                    | Kind::Pair
                    | Kind::UnaryOperator
                    | Kind::Minus
                    | Kind::Plus
                    | Kind::Tilde
                    | Kind::Parenthesized
            )
        })
    }
}

/// An integer literal in decimal; as written where it is too large.
fn decimal(source: &str) -> String {
    let lower = source.to_ascii_lowercase();
    let digits = lower.trim_end_matches('l');
    let value = match digits.get(..2) {
        Some("0x") => u128::from_str_radix(&digits[2..], 16),
        Some("0o") => u128::from_str_radix(&digits[2..], 8),
        Some("0b") => u128::from_str_radix(&digits[2..], 2),
        _ => return digits.to_string(),
    };
    value.map_or_else(|_| source.to_string(), |value| value.to_string())
}

//! The patterns of `case`.

use super::scope::captured_names;
use super::syntax::{At, Kind};
use super::unit::UnitLowering;
use crate::model::{Projection, ValueId, ValueKind};

impl UnitLowering<'_> {
    /// What a pattern's arm is called: a class, `None`, a constant as written, `[]`, `{}`, `|`. None where anything matches.
    pub fn pattern_head(&self, at: At) -> Option<String> {
        let syntax = self.syntax;
        match syntax.kind(at) {
            Kind::CasePattern | Kind::Parenthesized => match syntax.first(at) {
                // `case -1:`
                Some(sign) if syntax.kind(sign) == Kind::Minus => Some(self.source(at).trim().to_string()),
                Some(inner) => self.pattern_head(inner),
                None if self.source(at).trim() == "_" => None,
                None => Some(self.source(at).trim().to_string()),
            },
            Kind::AsPattern => self.pattern_head(syntax.first(at)?),
            Kind::Underscore => None,
            Kind::DottedName => {
                let text = self.source(at);
                text.contains('.').then(|| text.to_string())
            }
            Kind::Identifier => None,
            Kind::ClassPattern => syntax.child(at, Kind::DottedName).map(|head| self.source(head).to_string()),
            Kind::TuplePattern => {
                let parts: Vec<At> = syntax.children(at).collect();
                match parts[..] {
                    // `case (x):` is `case x:`
                    [one] if !self.source(at).trim_end_matches([')', ' ', '\n']).ends_with(',') => {
                        self.pattern_head(one)
                    }
                    _ => Some("[]".to_string()),
                }
            }
            Kind::ListPattern => Some("[]".to_string()),
            Kind::DictPattern => Some("{}".to_string()),
            Kind::UnionPattern => Some("|".to_string()),
            Kind::None => Some("None".to_string()),
            Kind::SplatPattern => None,
            _ => Some(self.source(at).chars().take(40).collect()),
        }
    }

    /// Writes what a pattern captures.
    pub fn pattern(&mut self, at: At, subject: ValueId, path: &mut Vec<Projection>) {
        let syntax = self.syntax;
        match syntax.kind(at) {
            Kind::CasePattern | Kind::Parenthesized | Kind::UnionPattern => {
                for child in syntax.children(at) {
                    self.pattern(child, subject, path);
                }
            }
            Kind::DottedName => {
                let mut parts = syntax.children(at);
                if let (Some(name), None) = (parts.next(), parts.next()) {
                    self.write_name(self.scope, name, subject, path);
                }
            }
            Kind::Identifier => self.write_name(self.scope, at, subject, path),
            Kind::AsPattern => {
                let mut children = syntax.children(at).filter(|it| syntax.kind(*it) != Kind::As);
                let (Some(inner), alias) = (children.next(), children.next()) else { return };
                self.pattern(inner, subject, path);
                let Some(mut alias) = alias else { return };
                if syntax.kind(alias) == Kind::AsTarget {
                    alias = syntax.first(alias).unwrap_or(alias);
                }
                let is = self.class_of(inner);
                path.extend(is);
                self.write_name(self.scope, alias, subject, path);
                if is.is_some() {
                    path.pop();
                }
            }
            Kind::ClassPattern => self.class_pattern(at, subject, path),
            Kind::TuplePattern | Kind::ListPattern => self.sequence_pattern(at, subject, path),
            // No projection says what stands under a key.
            Kind::DictPattern => {
                let mut names = Vec::new();
                captured_names(syntax, at, &mut |name| names.push(name));
                for name in names {
                    let value = self.push(ValueKind::Unknown, name);
                    self.write_name(self.scope, name, value, &[]);
                }
            }
            Kind::SplatPattern => {
                if let Some(name) = syntax.child(at, Kind::Identifier) {
                    self.write_name(self.scope, name, subject, path);
                }
            }
            _ => {}
        }
    }

    fn class_of(&mut self, at: At) -> Option<Projection> {
        let syntax = self.syntax;
        match syntax.kind(at) {
            Kind::CasePattern | Kind::Parenthesized => self.class_of(syntax.first(at)?),
            Kind::ClassPattern => {
                let head = syntax.child(at, Kind::DottedName)?;
                Some(Projection::Is(self.annotation(head)))
            }
            _ => None,
        }
    }

    fn class_pattern(&mut self, at: At, subject: ValueId, path: &mut Vec<Projection>) {
        let syntax = self.syntax;
        let Some(head) = syntax.child(at, Kind::DottedName) else { return };
        let variant = self.sym(head);
        let is = self.annotation(head);
        path.push(Projection::Is(is));
        let mut position = 0;
        for child in syntax.children(at).filter(|it| *it != head) {
            let keyword = match syntax.kind(child) {
                Kind::KeywordPattern => Some(child),
                Kind::CasePattern => syntax.child(child, Kind::KeywordPattern),
                _ => continue,
            };
            match keyword {
                Some(keyword) => {
                    let mut parts = syntax.children(keyword);
                    let (Some(name), Some(value)) = (parts.next(), parts.next()) else { continue };
                    let name = self.sym(name);
                    path.push(Projection::Field(name));
                    self.pattern(value, subject, path);
                }
                None => {
                    path.push(Projection::Payload(variant, position));
                    position += 1;
                    self.pattern(child, subject, path);
                }
            }
            path.pop();
        }
        path.pop();
    }

    fn sequence_pattern(&mut self, at: At, subject: ValueId, path: &mut Vec<Projection>) {
        let syntax = self.syntax;
        let parts: Vec<At> = syntax.children(at).collect();
        let is_group = syntax.kind(at) == Kind::TuplePattern && self.pattern_head(at).as_deref() != Some("[]");
        if let ([one], true) = (&parts[..], is_group) {
            return self.pattern(*one, subject, path);
        }
        let mut star_seen = false;
        for (number, child) in parts.into_iter().enumerate() {
            let is_star = syntax.kind(child) == Kind::SplatPattern || syntax.has(child, Kind::SplatPattern);
            path.push(match (is_star, star_seen) {
                (true, _) => Projection::Rest,
                (false, true) => Projection::Element,
                (false, false) => Projection::Part(number as u32),
            });
            star_seen |= is_star;
            self.pattern(child, subject, path);
            path.pop();
        }
    }
}

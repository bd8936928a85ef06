//! The parameters of a `def` or `lambda`.

use super::syntax::{At, Kind, Syntax};
use crate::model::ParamKind;

/// A parameter as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct ParamSyntax {
    pub at: At,
    /// None for a pattern, which Python 3 does not have.
    pub name: Option<At>,
    pub kind: ParamKind,
    pub annotation: Option<At>,
    pub default: Option<At>,
}

/// The parameters below a parameter list.
pub(super) fn parameters(syntax: &Syntax, head: At) -> Vec<ParamSyntax> {
    let mut params: Vec<ParamSyntax> = Vec::new();
    let mut kind = ParamKind::Ordinary;
    for at in syntax.children(head) {
        let mut param = ParamSyntax { at, name: None, kind, annotation: None, default: None };
        let mut named = at;
        match syntax.kind(at) {
            Kind::PositionalSeparator => {
                for before in &mut params {
                    before.kind = ParamKind::PositionalOnly;
                }
                continue;
            }
            Kind::KeywordSeparator => {
                kind = ParamKind::KeywordOnly;
                continue;
            }
            Kind::TypedParameter => {
                named = syntax.first(at).unwrap_or(at);
                param.annotation = syntax.child(at, Kind::Type);
            }
            Kind::DefaultParameter | Kind::TypedDefaultParameter => {
                named = syntax.first(at).unwrap_or(at);
                param.annotation = syntax.child(at, Kind::Type);
                let value = syntax.children(at).filter(|it| *it != named && Some(*it) != param.annotation).last();
                param.default = value;
            }
            Kind::Identifier | Kind::ListSplatPattern | Kind::DictionarySplatPattern | Kind::TuplePattern => {}
            _ => continue,
        }
        match syntax.kind(named) {
            Kind::Identifier => param.name = Some(named),
            Kind::ListSplatPattern => {
                param.kind = ParamKind::Rest;
                param.name = syntax.child(named, Kind::Identifier);
                kind = ParamKind::KeywordOnly;
            }
            Kind::DictionarySplatPattern => {
                param.kind = ParamKind::KeywordRest;
                param.name = syntax.child(named, Kind::Identifier);
            }
            _ => {}
        }
        params.push(param);
    }
    params
}

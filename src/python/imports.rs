//! Import statements as written.

use super::syntax::{At, Kind, Syntax};

/// One imported name.
#[derive(Clone, Debug)]
pub(super) struct ImportSyntax {
    /// The name's node with its alias; the statement's for `*`.
    pub at: At,
    /// Leading dots.
    pub level: u8,
    /// The node of the name that is bound; none for `*`.
    pub bound: Option<At>,
    module: Vec<(u32, u32)>,
    name: Option<(u32, u32)>,
    alias: Option<(u32, u32)>,
    is_star: bool,
}

impl ImportSyntax {
    /// The module without leading dots, and without blanks between its parts.
    pub fn path(&self, text: &str) -> String {
        let parts: Vec<&str> = self.module.iter().map(|span| slice(text, *span)).collect();
        parts.join(".")
    }

    /// The name that is taken from the module; none for `import a.b`.
    pub fn name<'a>(&self, text: &'a str) -> Option<&'a str> {
        if self.is_star { Some("*") } else { self.name.map(|span| slice(text, span)) }
    }

    /// The name that is bound.
    pub fn alias<'a>(&self, text: &'a str) -> &'a str {
        if self.is_star { "*" } else { self.alias.map_or("", |span| slice(text, span)) }
    }
}

fn slice(text: &str, span: (u32, u32)) -> &str {
    &text[span.0 as usize..span.1 as usize]
}

/// What an import statement imports.
pub(super) fn read(syntax: &Syntax, at: At) -> Vec<ImportSyntax> {
    let span = |at: At| (syntax.node(at).start, syntax.node(at).end);
    let identifiers =
        |at: At| -> Vec<At> { syntax.children(at).filter(|it| syntax.kind(*it) == Kind::Identifier).collect() };
    let mut children = syntax.children(at).filter(|it| syntax.kind(*it) != Kind::From);
    let mut level = 0;
    let mut module = Vec::new();
    let is_from = syntax.kind(at) == Kind::ImportFrom;
    if is_from && let Some(head) = children.next() {
        let mut dotted = Some(head);
        if syntax.kind(head) == Kind::RelativeImport {
            let dots = syntax.child(head, Kind::ImportPrefix).map_or((0, 0), span);
            level = (dots.1 - dots.0).min(u8::MAX as u32) as u8;
            dotted = syntax.child(head, Kind::DottedName);
        }
        module = dotted.map(|it| identifiers(it).into_iter().map(span).collect()).unwrap_or_default();
    }
    let mut imports = Vec::new();
    for child in children {
        let (dotted, alias) = match syntax.kind(child) {
            Kind::DottedName => (child, None),
            Kind::AliasedImport => {
                let Some(dotted) = syntax.child(child, Kind::DottedName) else { continue };
                (dotted, syntax.child(child, Kind::Identifier))
            }
            Kind::WildcardImport => {
                imports.push(ImportSyntax {
                    at,
                    level,
                    bound: None,
                    module: module.clone(),
                    name: None,
                    alias: None,
                    is_star: true,
                });
                continue;
            }
            _ => continue,
        };
        let parts = identifiers(dotted);
        let Some(first) = parts.first().copied() else { continue };
        let bound = alias.unwrap_or(first);
        imports.push(ImportSyntax {
            at: child,
            level,
            bound: Some(bound),
            module: if is_from { module.clone() } else { parts.iter().map(|it| span(*it)).collect() },
            name: is_from.then(|| span(first)),
            alias: Some(span(bound)),
            is_star: false,
        });
    }
    imports
}

//! What a name means where it stands: Python's scopes, and the names that each of them binds.

use super::syntax::{At, Kind, Syntax};
use crate::model::{FnId, LocalId};
use crate::text::Sym;
use rustc_hash::{FxHashMap, FxHashSet};

/// A scope's place in its [`Scopes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ScopeId(u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScopeKind {
    Module,
    Function,
    /// Seen from its own statements only, not from functions in it.
    Class,
    Comprehension,
}

/// What a name stands for in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    Local(LocalId),
    /// A module variable that the unit does not own, or one that the outline defines.
    Outside,
    /// Defined or imported by the outline and assigned as well: written as a local, read as a name.
    Both(LocalId),
}

#[derive(Clone, Copy, Debug)]
struct Scope {
    kind: ScopeKind,
    above: Option<ScopeId>,
    function: FnId,
}

/// The scopes of one unit.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    scopes: Vec<Scope>,
    names: FxHashMap<(u32, Sym), Binding>,
    /// Names of class bodies before their first write: `x = x` reads the module's `x`.
    unwritten: FxHashSet<(u32, Sym)>,
}

impl Scopes {
    pub fn open(&mut self, kind: ScopeKind, above: Option<ScopeId>, function: FnId) -> ScopeId {
        self.scopes.push(Scope { kind, above, function });
        ScopeId(self.scopes.len() as u32 - 1)
    }

    pub fn kind(&self, scope: ScopeId) -> ScopeKind {
        self.scopes[scope.0 as usize].kind
    }

    pub fn function(&self, scope: ScopeId) -> FnId {
        self.scopes[scope.0 as usize].function
    }

    pub fn bind(&mut self, scope: ScopeId, name: Sym, binding: Binding) {
        if self.kind(scope) == ScopeKind::Class {
            self.unwritten.insert((scope.0, name));
        }
        self.names.insert((scope.0, name), binding);
    }

    /// A write makes a name of a class body visible to the statements that follow.
    pub fn wrote(&mut self, scope: ScopeId, name: Sym) {
        self.unwritten.remove(&(scope.0, name));
    }

    /// What the scope itself binds the name to.
    pub fn own(&self, scope: ScopeId, name: Sym) -> Option<Binding> {
        self.names.get(&(scope.0, name)).copied()
    }

    /// What a read of the name in the scope finds.
    pub fn find(&self, scope: ScopeId, name: Sym) -> Option<Binding> {
        let mut at = Some(scope);
        while let Some(current) = at {
            if (current == scope || self.kind(current) != ScopeKind::Class)
                && let Some(binding) = self.own(current, name)
                && !self.unwritten.contains(&(current.0, name))
            {
                return Some(binding);
            }
            at = self.scopes[current.0 as usize].above;
        }
        None
    }

    /// What `nonlocal` in the scope refers to.
    pub fn find_above(&self, scope: ScopeId, name: Sym) -> Option<Binding> {
        let mut at = self.scopes[scope.0 as usize].above;
        while let Some(current) = at {
            if self.kind(current) == ScopeKind::Function
                && let Some(binding) = self.own(current, name)
            {
                return Some(binding);
            }
            at = self.scopes[current.0 as usize].above;
        }
        None
    }

    /// The scope that `:=` in a scope binds in.
    pub fn binding_scope(&self, scope: ScopeId) -> ScopeId {
        let mut at = scope;
        while self.kind(at) == ScopeKind::Comprehension {
            match self.scopes[at.0 as usize].above {
                Some(above) => at = above,
                None => break,
            }
        }
        at
    }
}

/// A name that a piece of code binds, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// Assigned; an annotation, if there is one, is at the node.
    Variable {
        annotation: Option<At>,
    },
    /// `def`, `class`, `type`.
    Definition,
    Import,
    Global,
    Nonlocal,
}

/// Calls `bind` with each name that the code below `at` binds in the scope that it runs in, in the order of the text,
/// and returns whether it yields.
pub(super) fn bound_names(syntax: &Syntax, at: At, bind: &mut dyn FnMut(At, Bound)) -> bool {
    let mut finder = Finder { syntax, bind, yields: false };
    finder.run(at + 1, syntax.node(at).next);
    finder.yields
}

/// Likewise of one expression, the node itself included.
pub(super) fn bound_names_of(syntax: &Syntax, at: At, bind: &mut dyn FnMut(At, Bound)) -> bool {
    let mut finder = Finder { syntax, bind, yields: false };
    finder.run(at, syntax.node(at).next);
    finder.yields
}

struct Finder<'a> {
    syntax: &'a Syntax,
    bind: &'a mut dyn FnMut(At, Bound),
    yields: bool,
}

impl Finder<'_> {
    /// Goes over the nodes `at..end`.
    fn run(&mut self, mut at: At, end: At) {
        while at < end {
            let node = self.syntax.node(at);
            let mut next = at + 1;
            match node.kind {
                Kind::Assignment | Kind::AugmentedAssignment | Kind::For => self.left_side(at, node.kind),
                Kind::ForIn => {
                    // `[… for x in xs]` binds `x` in the comprehension alone.
                    if let Some(left) = self.comprehension_target(at) {
                        next = self.syntax.node(left).next;
                    }
                }
                Kind::NamedExpression => {
                    if let Some(name) = self.syntax.first(at) {
                        self.variable(name);
                    }
                }
                Kind::AsTarget => self.target(at),
                Kind::Except => self.except_alias(at),
                Kind::DeleteStatement => {
                    for child in self.syntax.children(at) {
                        self.target(child);
                    }
                }
                Kind::Function | Kind::Class => {
                    if let Some(name) = self.syntax.child(at, Kind::Identifier) {
                        (self.bind)(name, Bound::Definition);
                    }
                    next = node.next;
                }
                Kind::TypeAlias => {
                    if let Some(name) = alias_name(self.syntax, at) {
                        (self.bind)(name, Bound::Definition);
                    }
                    next = node.next;
                }
                Kind::Lambda | Kind::Type => next = node.next,
                Kind::ImportStatement | Kind::ImportFrom => {
                    imported_names(self.syntax, at, &mut |name| (self.bind)(name, Bound::Import));
                    next = node.next;
                }
                Kind::FutureImport => next = node.next,
                Kind::Global | Kind::Nonlocal => {
                    let bound = if node.kind == Kind::Global { Bound::Global } else { Bound::Nonlocal };
                    for name in self.syntax.children(at) {
                        (self.bind)(name, bound);
                    }
                    next = node.next;
                }
                Kind::Case => self.captures(at),
                Kind::Yield => self.yields = true,
                _ => {}
            }
            at = next;
        }
    }

    fn variable(&mut self, name: At) {
        (self.bind)(name, Bound::Variable { annotation: None });
    }

    fn left_side(&mut self, at: At, kind: Kind) {
        let mut children = self.syntax.children(at).filter(|child| self.syntax.kind(*child) != Kind::Async);
        let Some(left) = children.next() else { return };
        let annotation = match kind {
            Kind::Assignment => self.syntax.child(at, Kind::Type),
            _ => None,
        };
        match self.syntax.kind(left) {
            Kind::Identifier => (self.bind)(left, Bound::Variable { annotation }),
            _ => self.target(left),
        }
    }

    fn comprehension_target(&self, at: At) -> Option<At> {
        self.syntax.children(at).find(|child| self.syntax.kind(*child) != Kind::Async)
    }

    /// `except E as e`, where the grammar may read `E as e` as one expression.
    fn except_alias(&mut self, at: At) {
        let mut seen = false;
        for child in self.syntax.children(at) {
            match self.syntax.kind(child) {
                Kind::As => seen = true,
                Kind::Block => return,
                Kind::Identifier if seen => return self.variable(child),
                _ => {}
            }
        }
    }

    /// The names in an assignment's target; not those that it reads (`a` of `a.b`).
    fn target(&mut self, at: At) {
        match self.syntax.kind(at) {
            Kind::Identifier => self.variable(at),
            Kind::TuplePattern
            | Kind::ListPattern
            | Kind::PatternList
            | Kind::ListSplatPattern
            | Kind::ListSplat
            | Kind::Tuple
            | Kind::List
            | Kind::ExpressionList
            | Kind::Parenthesized
            | Kind::AsTarget => {
                let syntax = self.syntax;
                for child in syntax.children(at) {
                    self.target(child);
                }
            }
            _ => {}
        }
    }

    /// The names that the patterns of a `case` bind.
    fn captures(&mut self, case: At) {
        let syntax = self.syntax;
        for child in syntax.children(case) {
            if syntax.kind(child) == Kind::CasePattern {
                captured_names(syntax, child, &mut |name| (self.bind)(name, Bound::Variable { annotation: None }));
            }
        }
    }
}

/// Calls `bind` with each name that a `case` pattern captures.
pub(super) fn captured_names(syntax: &Syntax, pattern: At, bind: &mut dyn FnMut(At)) {
    let mut at = pattern;
    let end = syntax.node(pattern).next;
    while at < end {
        let node = syntax.node(at);
        let mut next = at + 1;
        match node.kind {
            // `case x:`; a name with a dot is a value that is compared.
            Kind::DottedName => {
                let mut parts = syntax.children(at);
                if let (Some(name), None) = (parts.next(), parts.next()) {
                    bind(name);
                }
                next = node.next;
            }
            Kind::ClassPattern => {
                if let Some(head) = syntax.child(at, Kind::DottedName) {
                    next = syntax.node(head).next;
                }
            }
            Kind::KeywordPattern => {
                if let Some(name) = syntax.child(at, Kind::Identifier) {
                    next = syntax.node(name).next;
                }
            }
            Kind::Identifier => bind(at),
            Kind::String | Kind::ConcatenatedString => next = node.next,
            _ => {}
        }
        at = next;
    }
}

/// Calls `bind` with the node of each name that an import binds; `import a.b` binds `a`.
pub(super) fn imported_names(syntax: &Syntax, import: At, bind: &mut dyn FnMut(At)) {
    let from = syntax.kind(import) == Kind::ImportFrom;
    for (number, child) in syntax.children(import).filter(|it| syntax.kind(*it) != Kind::From).enumerate() {
        if from && number == 0 {
            continue;
        }
        match syntax.kind(child) {
            Kind::DottedName => {
                if let Some(name) = syntax.first(child) {
                    bind(name);
                }
            }
            Kind::AliasedImport => {
                if let Some(name) = syntax.child(child, Kind::Identifier) {
                    bind(name);
                }
            }
            _ => {}
        }
    }
}

/// The name that `type X[T] = …` defines.
pub(super) fn alias_name(syntax: &Syntax, at: At) -> Option<At> {
    let left = syntax.first(at)?;
    let end = syntax.node(left).next;
    (left..end).find(|node| syntax.kind(*node) == Kind::Identifier)
}

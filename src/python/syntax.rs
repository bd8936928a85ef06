//! The tree of one text, flat: what tree-sitter read, in preorder, without punctuation.

use super::{mask, recovery};
use std::cell::RefCell;
use std::sync::OnceLock;
use tree_sitter::{Parser, Tree};

/// Levels of the tree that are kept below a file's root or a unit's head; what is deeper is left out.
pub(super) const MAX_DEPTH: u32 = 2_000;

/// A node's place in a [`Syntax`].
pub(super) type At = u32;

/// One node. Its children follow it; the next sibling, if any, is at `next`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub kind: Kind,
    /// It, or something in it, could not be parsed.
    pub has_error: bool,
    pub start: u32,
    pub end: u32,
    /// The first node behind its subtree.
    pub next: At,
}

/// A parsed text.
#[derive(Debug, Default)]
pub(super) struct Syntax {
    pub nodes: Vec<Node>,
    /// Spans of the comments, in order.
    pub comments: Vec<(u32, u32)>,
    /// Spans of what could not be parsed, outermost only.
    pub errors: Vec<(u32, u32)>,
    /// Spans of statements that were left out so that the others could be parsed.
    pub broken: Vec<(u32, u32)>,
    /// Spans of what is nested too deep.
    pub too_deep: Vec<(u32, u32)>,
    /// The deepest level that is kept.
    pub depth: u32,
}

impl Syntax {
    pub fn node(&self, at: At) -> Node {
        self.nodes[at as usize]
    }

    pub fn kind(&self, at: At) -> Kind {
        self.nodes[at as usize].kind
    }

    pub fn children(&self, at: At) -> Children<'_> {
        Children { nodes: &self.nodes, at: at + 1, end: self.nodes[at as usize].next }
    }

    pub fn child(&self, at: At, kind: Kind) -> Option<At> {
        self.children(at).find(|child| self.kind(*child) == kind)
    }

    pub fn first(&self, at: At) -> Option<At> {
        self.children(at).next()
    }

    /// Whether the node's own text might be read differently from how it is read here.
    pub fn is_altered(&self, at: At) -> bool {
        let node = self.node(at);
        let within = |(start, end): &(u32, u32)| *start < node.end && *end > node.start;
        node.has_error || self.broken.iter().any(within)
    }

    /// Spans of statements that Python 3 does not have.
    pub fn junk(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let junk = self.nodes.iter().filter(|it| matches!(it.kind, Kind::PrintStatement | Kind::ExecStatement));
        junk.map(|node| (node.start, node.end))
    }

    /// Whether the body of a function yields, functions in it left out.
    pub fn yields(&self, function: At) -> bool {
        let end = self.node(function).next;
        let mut at = self.child(function, Kind::Block).unwrap_or(end);
        while at < end {
            match self.kind(at) {
                Kind::Yield => return true,
                Kind::Function | Kind::Lambda | Kind::Class => at = self.node(at).next,
                _ => at += 1,
            }
        }
        false
    }

    pub fn has(&self, at: At, kind: Kind) -> bool {
        self.child(at, kind).is_some()
    }
}

/// The children of a node, in order.
#[derive(Clone)]
pub(super) struct Children<'a> {
    nodes: &'a [Node],
    at: At,
    end: At,
}

impl Iterator for Children<'_> {
    type Item = At;

    fn next(&mut self) -> Option<At> {
        if self.at >= self.end {
            return None;
        }
        let at = self.at;
        self.at = self.nodes[at as usize].next;
        Some(at)
    }
}

macro_rules! kinds {
    ($($kind:ident $named:literal $name:literal)+) => {
        /// What a node is. Tokens are kept only where they decide something.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Kind {
            /// Punctuation and keywords that decide nothing; never in a [`Syntax`].
            Skipped,
            /// A named node that has no meaning of its own here.
            Other,
            Error,
            $($kind,)+
        }

        fn kind_of(name: &str, named: bool) -> Kind {
            match (name, named) {
                $(($name, $named) => Kind::$kind,)+
                (_, true) => Kind::Other,
                (_, false) => Kind::Skipped,
            }
        }
    };
}

kinds! {
    Module true "module"
    Comment true "comment"
    LineContinuation true "line_continuation"
    Block true "block"
    ImportStatement true "import_statement"
    ImportFrom true "import_from_statement"
    FutureImport true "future_import_statement"
    RelativeImport true "relative_import"
    ImportPrefix true "import_prefix"
    AliasedImport true "aliased_import"
    WildcardImport true "wildcard_import"
    DottedName true "dotted_name"
    PrintStatement true "print_statement"
    Chevron true "chevron"
    ExecStatement true "exec_statement"
    Assert true "assert_statement"
    ExpressionStatement true "expression_statement"
    NamedExpression true "named_expression"
    Return true "return_statement"
    DeleteStatement true "delete_statement"
    Raise true "raise_statement"
    Pass true "pass_statement"
    Break true "break_statement"
    Continue true "continue_statement"
    If true "if_statement"
    Elif true "elif_clause"
    Else true "else_clause"
    Match true "match_statement"
    Case true "case_clause"
    For true "for_statement"
    While true "while_statement"
    Try true "try_statement"
    Except true "except_clause"
    ExceptGroup true "except_group_clause"
    Finally true "finally_clause"
    With true "with_statement"
    WithClause true "with_clause"
    WithItem true "with_item"
    Function true "function_definition"
    Parameters true "parameters"
    LambdaParameters true "lambda_parameters"
    ListSplat true "list_splat"
    DictionarySplat true "dictionary_splat"
    Global true "global_statement"
    Nonlocal true "nonlocal_statement"
    TypeAlias true "type_alias_statement"
    Class true "class_definition"
    TypeParameter true "type_parameter"
    ArgumentList true "argument_list"
    Decorated true "decorated_definition"
    Decorator true "decorator"
    ExpressionList true "expression_list"
    CasePattern true "case_pattern"
    UnionPattern true "union_pattern"
    DictPattern true "dict_pattern"
    KeywordPattern true "keyword_pattern"
    SplatPattern true "splat_pattern"
    ClassPattern true "class_pattern"
    ComplexPattern true "complex_pattern"
    TuplePattern true "tuple_pattern"
    ListPattern true "list_pattern"
    PatternList true "pattern_list"
    ListSplatPattern true "list_splat_pattern"
    DictionarySplatPattern true "dictionary_splat_pattern"
    DefaultParameter true "default_parameter"
    TypedParameter true "typed_parameter"
    TypedDefaultParameter true "typed_default_parameter"
    KeywordSeparator true "keyword_separator"
    PositionalSeparator true "positional_separator"
    AsPattern true "as_pattern"
    AsTarget true "as_pattern_target"
    NotOperator true "not_operator"
    BooleanOperator true "boolean_operator"
    BinaryOperator true "binary_operator"
    UnaryOperator true "unary_operator"
    Comparison true "comparison_operator"
    Lambda true "lambda"
    Assignment true "assignment"
    AugmentedAssignment true "augmented_assignment"
    Yield true "yield"
    Attribute true "attribute"
    Subscript true "subscript"
    Slice true "slice"
    Ellipsis true "ellipsis"
    Call true "call"
    Type true "type"
    KeywordArgument true "keyword_argument"
    List true "list"
    Set true "set"
    Tuple true "tuple"
    Dictionary true "dictionary"
    Pair true "pair"
    ListComprehension true "list_comprehension"
    DictionaryComprehension true "dictionary_comprehension"
    SetComprehension true "set_comprehension"
    Generator true "generator_expression"
    Parenthesized true "parenthesized_expression"
    ForIn true "for_in_clause"
    IfClause true "if_clause"
    Conditional true "conditional_expression"
    ConcatenatedString true "concatenated_string"
    String true "string"
    StringStart true "string_start"
    StringContent true "string_content"
    StringEnd true "string_end"
    Interpolation true "interpolation"
    FormatSpecifier true "format_specifier"
    FormatExpression true "format_expression"
    Integer true "integer"
    Float true "float"
    Identifier true "identifier"
    True true "true"
    False true "false"
    None true "none"
    Await true "await"
    Async false "async"
    From false "from"
    As false "as"
    And false "and"
    Or false "or"
    Plus false "+"
    Minus false "-"
    Star false "*"
    Slash false "/"
    DoubleSlash false "//"
    Percent false "%"
    DoubleStar false "**"
    At false "@"
    Bar false "|"
    Ampersand false "&"
    Caret false "^"
    ShiftLeft false "<<"
    ShiftRight false ">>"
    Tilde false "~"
    Less false "<"
    LessEqual false "<="
    Equal false "=="
    NotEqual false "!="
    NotEqualOld false "<>"
    GreaterEqual false ">="
    Greater false ">"
    In false "in"
    NotIn false "not in"
    Is false "is"
    IsNot false "is not"
    PlusEqual false "+="
    MinusEqual false "-="
    StarEqual false "*="
    SlashEqual false "/="
    AtEqual false "@="
    DoubleSlashEqual false "//="
    PercentEqual false "%="
    DoubleStarEqual false "**="
    ShiftRightEqual false ">>="
    ShiftLeftEqual false "<<="
    AmpersandEqual false "&="
    CaretEqual false "^="
    BarEqual false "|="
    Underscore false "_"
}

impl Kind {
    /// A statement, simple or compound.
    pub fn is_statement(self) -> bool {
        use Kind::*;
        matches!(
            self,
            ImportStatement
                | ImportFrom
                | FutureImport
                | PrintStatement
                | ExecStatement
                | Assert
                | ExpressionStatement
                | Return
                | DeleteStatement
                | Raise
                | Pass
                | Break
                | Continue
                | If
                | Match
                | For
                | While
                | Try
                | With
                | Function
                | Global
                | Nonlocal
                | TypeAlias
                | Class
                | Decorated
        )
    }
}

thread_local! {
    static PARSER: RefCell<Parser> = RefCell::new(new_parser());
}

fn new_parser() -> Parser {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_python::LANGUAGE.into()).expect("the grammar fits the parser's version");
    parser
}

/// Node kinds by tree-sitter's numbers.
fn kind_table() -> &'static [Kind] {
    static TABLE: OnceLock<Vec<Kind>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let language: tree_sitter::Language = tree_sitter_python::LANGUAGE.into();
        (0..language.node_kind_count() as u16)
            .map(|id| kind_of(language.node_kind_for_id(id).unwrap_or(""), language.node_kind_is_named(id)))
            .collect()
    })
}

/// Parses a text: a file, or the text of one function.
pub(super) fn parse(text: &str) -> Syntax {
    let masked = mask::without_long_runs(text);
    let source = masked.as_deref().unwrap_or(text);
    let Some(mut tree) = parse_tree(source) else {
        return Syntax { errors: vec![(0, text.len() as u32)], nodes: vec![empty_module(text)], ..Syntax::default() };
    };
    if !tree.root_node().has_error() {
        return flatten(&tree, Vec::new());
    }
    let without_defaults = mask::without_type_defaults(source);
    let source = without_defaults.as_deref().unwrap_or(source);
    if without_defaults.is_some()
        && let Some(second) = parse_tree(source)
    {
        tree = second;
    }
    let mut broken = Vec::new();
    if tree.root_node().has_error()
        && let Some(recovered) = recovery::without_broken_statements(source, &mut is_whole)
        && let Some(second) = parse_tree(&recovered.text)
    {
        tree = second;
        broken = recovered.broken;
    }
    flatten(&tree, broken)
}

fn is_whole(text: &str) -> bool {
    parse_tree(text).is_some_and(|tree| !tree.root_node().has_error())
}

fn parse_tree(text: &str) -> Option<Tree> {
    PARSER.with_borrow_mut(|parser| parser.parse(text, None))
}

fn empty_module(text: &str) -> Node {
    Node { kind: Kind::Module, has_error: true, start: 0, end: text.len() as u32, next: 1 }
}

/// A node whose subtree is being copied.
struct OpenNode {
    at: At,
    /// Levels below the unit's head, or below the root.
    depth: u32,
    in_function: bool,
    in_error: bool,
}

/// `broken` are the spans that were left out before the text was parsed.
fn flatten(tree: &Tree, broken: Vec<(u32, u32)>) -> Syntax {
    let kinds = kind_table();
    let root = tree.root_node();
    let mut syntax = Syntax { nodes: Vec::with_capacity(root.descendant_count()), broken, ..Syntax::default() };
    let mut open: Vec<OpenNode> = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        let (start, end) = (node.start_byte() as u32, node.end_byte() as u32);
        let kind = match node.is_error() {
            true => Kind::Error,
            false => kinds.get(node.kind_id() as usize).copied().unwrap_or(Kind::Other),
        };
        let (depth, in_function, in_error) = match open.last() {
            Some(above) => (above.depth + 1, above.in_function, above.in_error),
            None => (0, false, false),
        };
        let begins_unit = kind == Kind::Function && !in_function;
        let depth = if begins_unit { 0 } else { depth };
        let mut enter = false;
        match kind {
            Kind::Comment => syntax.comments.push((start, end)),
            Kind::Skipped | Kind::LineContinuation => {
                if node.is_missing() && !in_error {
                    syntax.errors.push((start, end));
                }
            }
            _ if depth > MAX_DEPTH => syntax.too_deep.push((start, end)),
            _ => {
                let is_error = kind == Kind::Error || node.is_missing();
                if is_error && !in_error {
                    syntax.errors.push((start, end));
                }
                let at = syntax.nodes.len() as At;
                syntax.nodes.push(Node { kind, has_error: node.has_error(), start, end, next: at + 1 });
                syntax.depth = syntax.depth.max(depth);
                open.push(OpenNode {
                    at,
                    depth,
                    in_function: in_function || kind == Kind::Function,
                    in_error: in_error || is_error,
                });
                enter = true;
            }
        }
        if enter {
            // Escapes in a string's text decide nothing.
            if kind != Kind::StringContent && cursor.goto_first_child() {
                continue;
            }
            close(&mut syntax, &mut open);
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return syntax;
            }
            close(&mut syntax, &mut open);
        }
    }
}

fn close(syntax: &mut Syntax, open: &mut Vec<OpenNode>) {
    let node = open.pop().expect("a node that was entered is open");
    syntax.nodes[node.at as usize].next = syntax.nodes.len() as At;
}

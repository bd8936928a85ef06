//! Whether two versions of a file say the same, wherever in the text they say it.
//!
//! Symbols are compared by number: the later facts must have been lowered onto the names of the earlier ones.

use crate::model::{Definition, FileFacts, Function, Import, Local, Outline, Unit, UnitImport, UnitSpan, Value};
use crate::text::Span;

/// Whether the symbols of two versions of a file may be compared.
pub fn is_comparable(before: &FileFacts, now: &FileFacts) -> bool {
    before.dialect == now.dialect && now.strings.continues(&before.strings)
}

/// Whether two outlines say the same. What stands before what counts, where does not.
pub fn same_outline(before: &Outline, now: &Outline) -> bool {
    let definition = |definition: &Definition| Definition { span: NOWHERE, name_span: NOWHERE, ..*definition };
    let import = |import: &Import| Import { span: NOWHERE, ..*import };
    let unit = |unit: &UnitSpan| UnitSpan { span: NOWHERE, ..*unit };
    before.definitions.iter().map(definition).eq(now.definitions.iter().map(definition))
        && before.imports.iter().map(import).eq(now.imports.iter().map(import))
        && before.units.iter().map(unit).eq(now.units.iter().map(unit))
        && before.params == now.params
        && before.fields == now.fields
        && before.generics == now.generics
        && before.types == now.types
        && before.bases == now.bases
        && before.decorators == now.decorators
        && before.exports == now.exports
}

/// Whether the variables of two versions of a module are the same.
pub fn same_variables(before: &Unit, now: &Unit) -> bool {
    before.types == now.types && before.locals.iter().map(local).eq(now.locals.iter().map(local))
}

/// Definitions, imports and variables of a module, by kind and number, in the order of the text: the last that binds a
/// name counts.
pub fn order(facts: &FileFacts) -> Vec<(u8, u32)> {
    let outline = &facts.outline;
    let definitions = outline.definitions.iter().map(|it| it.span).zip(0..).map(|(span, n)| (span.start, (0, n)));
    let imports = outline.imports.iter().map(|it| it.span).zip(0..).map(|(span, n)| (span.start, (1, n)));
    let module = &facts.units[0];
    let variables = module.locals.iter().map(|it| it.span).zip(0..).map(|(span, n)| (span.start, (2, n)));
    let mut all: Vec<(u32, (u8, u32))> = definitions.chain(imports).chain(variables).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, it)| it).collect()
}

/// Whether two versions of a unit do the same.
pub fn same_unit(before: &Unit, now: &Unit) -> bool {
    let function = |function: &Function| Function { span: NOWHERE, ..*function };
    let import = |import: &UnitImport| UnitImport { span: NOWHERE, ..*import };
    before.def == now.def
        && before.values.len() == now.values.len()
        && before.values.iter().map(value).eq(now.values.iter().map(value))
        && before.functions.iter().map(function).eq(now.functions.iter().map(function))
        && before.regions == now.regions
        && before.locals.iter().map(local).eq(now.locals.iter().map(local))
        && before.args == now.args
        && before.params == now.params
        && before.projections == now.projections
        && before.lists == now.lists
        && before.extents == now.extents
        && before.imports.iter().map(import).eq(now.imports.iter().map(import))
        && before.types == now.types
}

const NOWHERE: Span = Span { start: 0, end: 0 };

/// Whether a literal is empty is told by its bytes: so short a value keeps its length.
fn value(value: Value) -> Value {
    const SHORT: u32 = 8;
    Value { span: Span { start: 0, end: value.span.len().min(SHORT) }, ..value }
}

fn local(local: &Local) -> Local {
    Local { span: NOWHERE, ..*local }
}

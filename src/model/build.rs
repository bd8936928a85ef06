//! Writing the facts of a unit in evaluation order.
//!
//! The builder numbers entries, keeps the tree of regions, and says of each operand what becomes of it. What a
//! construct means is the front ends' business.

use super::DefId;
use super::outline::Param;
use super::packed::Packed;
use super::unit::*;
use super::value::*;
use crate::catalogue::{TyId, TyPool};
use crate::text::{Span, Sym};

/// A unit being written.
///
/// Functions are lowered one after the other: a nested function is announced with [`UnitBuilder::nested`] where it is
/// made and lowered after the function around it is finished, first announced first.
#[derive(Debug, Default)]
pub struct UnitBuilder {
    span: Span,
    def: Option<DefId>,
    functions: Vec<Function>,
    values: Vec<Value>,
    regions: Vec<Region>,
    locals: Vec<Local>,
    args: Vec<Arg>,
    params: Vec<Param>,
    projections: Vec<Projection>,
    lists: Vec<u32>,
    extents: Vec<Extent>,
    imports: Vec<UnitImport>,
    pub types: TyPool,
    open: Vec<RegionId>,
    current: FnId,
}

impl Default for FnId {
    fn default() -> FnId {
        FnId::OWN
    }
}

/// What is known of a nested function where it is made.
#[derive(Clone, Copy, Debug)]
pub struct NestedFunction {
    pub kind: FunctionKind,
    pub is_async: bool,
    pub by_move: bool,
    pub name: Sym,
    pub span: Span,
}

impl UnitBuilder {
    /// `span` is the unit's in its file; all other spans are given relative to its start.
    pub fn new(span: Span, def: Option<DefId>) -> UnitBuilder {
        UnitBuilder { span, def, ..UnitBuilder::default() }
    }

    /// Begins the unit's own function. Must be called first and once.
    pub fn begin_own(&mut self, kind: FunctionKind, is_async: bool, name: Sym) -> FnId {
        assert!(self.functions.is_empty(), "a unit has one own function, which comes first");
        let span = Span::new(0, self.span.len());
        self.functions.push(new_function(NestedFunction { kind, is_async, by_move: false, name, span }, FnId::OWN));
        self.begin(FnId::OWN);
        FnId::OWN
    }

    /// Announces a nested function and emits the value that makes it.
    pub fn nested(&mut self, nested: NestedFunction) -> (FnId, ValueId) {
        let id = FnId(self.functions.len() as u32);
        self.functions.push(new_function(nested, self.current));
        let made = self.push(ValueKind::Function { function: id }, nested.span);
        self.functions[id.0 as usize].made = made;
        (id, made)
    }

    /// Begins the code of an announced function, which must be the next in turn.
    pub fn begin(&mut self, function: FnId) {
        assert!(self.open.is_empty(), "functions are lowered one after the other");
        self.current = function;
        self.functions[function.0 as usize].start = self.next().0;
        let body = self.open_region(RegionKind::Body, ValueId::NONE, Sym::NONE);
        self.functions[function.0 as usize].body = body;
    }

    /// Ends the code of the current function.
    pub fn end(&mut self) {
        let body = self.functions[self.current.0 as usize].body;
        self.close_region(body);
        self.functions[self.current.0 as usize].end = self.next().0;
    }

    pub fn current(&self) -> FnId {
        self.current
    }

    pub fn function(&self, id: FnId) -> &Function {
        &self.functions[id.0 as usize]
    }

    pub fn function_mut(&mut self, id: FnId) -> &mut Function {
        &mut self.functions[id.0 as usize]
    }

    /// The number that the next entry will have.
    pub fn next(&self) -> ValueId {
        ValueId(self.values.len() as u32)
    }

    /// Emits an entry, and marks what becomes of its operands.
    pub fn push(&mut self, kind: ValueKind, span: Span) -> ValueId {
        let id = self.next();
        assert!(!self.open.is_empty(), "an entry is emitted inside a function");
        self.values.push(Value { kind, used: Use::DISCARDED, span });
        self.mark_operands(id, kind);
        id
    }

    /// Says what becomes of a value, unless that is already known.
    pub fn set_use(&mut self, value: ValueId, kind: UseKind, of: u32, n: u16) {
        if value.is_none() {
            return;
        }
        let used = &mut self.values[value.0 as usize].used;
        if used.kind == UseKind::Discarded {
            *used = Use { kind, n, of };
        }
    }

    pub fn value(&self, id: ValueId) -> &Value {
        &self.values[id.0 as usize]
    }

    pub fn value_mut(&mut self, id: ValueId) -> &mut Value {
        &mut self.values[id.0 as usize]
    }

    /// Opens a region inside the innermost open one, and marks what becomes of its value.
    pub fn open_region(&mut self, kind: RegionKind, value: ValueId, name: Sym) -> RegionId {
        let id = RegionId(self.regions.len() as u32);
        let parent = self.open.last().copied().unwrap_or(RegionId::NONE);
        let start = self.next().0;
        self.regions.push(Region { kind, parent, start, end: start, value, name });
        self.open.push(id);
        self.mark_region_value(id);
        id
    }

    /// Sets the value of an open region that is evaluated inside it, such as the condition of a `while`.
    pub fn set_region_value(&mut self, region: RegionId, value: ValueId) {
        self.regions[region.0 as usize].value = value;
        self.mark_region_value(region);
    }

    pub fn region_mut(&mut self, region: RegionId) -> &mut Region {
        &mut self.regions[region.0 as usize]
    }

    pub fn region(&self, region: RegionId) -> &Region {
        &self.regions[region.0 as usize]
    }

    /// The innermost region around an entry, once that region is closed.
    pub fn region_of(&self, value: ValueId) -> RegionId {
        innermost(&self.regions, value)
    }

    /// Closes the innermost open region, which must be `region`.
    pub fn close_region(&mut self, region: RegionId) {
        assert_eq!(self.open.pop(), Some(region), "regions are closed in the reverse order of opening");
        self.regions[region.0 as usize].end = self.next().0;
    }

    /// The open regions, outermost first.
    pub fn open_regions(&self) -> &[RegionId] {
        &self.open
    }

    pub fn push_args(&mut self, args: &[Arg]) -> (u32, u16) {
        let start = self.args.len() as u32;
        let args = &args[..args.len().min(u16::MAX as usize)];
        self.args.extend_from_slice(args);
        (start, args.len() as u16)
    }

    pub fn push_projections(&mut self, projections: &[Projection]) -> (u32, u16) {
        let start = self.projections.len() as u32;
        self.projections.extend_from_slice(projections);
        (start, projections.len() as u16)
    }

    pub fn push_list(&mut self, items: &[u32]) -> Slice {
        let start = self.lists.len() as u32;
        self.lists.extend_from_slice(items);
        Slice { start, len: items.len() as u32 }
    }

    pub fn push_params(&mut self, params: &[Param]) -> Slice {
        let start = self.params.len() as u32;
        self.params.extend_from_slice(params);
        Slice { start, len: params.len() as u32 }
    }

    pub fn push_import(&mut self, import: UnitImport) -> u32 {
        self.imports.push(import);
        self.imports.len() as u32 - 1
    }

    pub fn push_extent(&mut self, extent: Extent) {
        self.extents.push(extent);
    }

    pub fn local(&mut self, local: Local) -> LocalId {
        self.locals.push(local);
        LocalId(self.locals.len() as u32 - 1)
    }

    pub fn locals(&self) -> &[Local] {
        &self.locals
    }

    pub fn local_mut(&mut self, id: LocalId) -> &mut Local {
        &mut self.locals[id.0 as usize]
    }

    pub fn values(&self) -> &[Value] {
        &self.values
    }

    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    pub fn functions(&self) -> &[Function] {
        &self.functions
    }

    pub fn finish(self) -> Unit {
        Unit {
            span: self.span,
            def: self.def,
            functions: self.functions.into(),
            values: Packed::new(&self.values),
            regions: self.regions.into(),
            locals: self.locals.into(),
            args: Packed::new(&self.args),
            params: self.params.into(),
            projections: self.projections.into(),
            lists: self.lists.into(),
            extents: Packed::new(&self.extents),
            imports: self.imports.into(),
            types: self.types,
        }
    }

    fn mark_region_value(&mut self, id: RegionId) {
        let region = self.regions[id.0 as usize];
        let kind = match region.kind {
            RegionKind::Branch { .. } => UseKind::Scrutinee,
            RegionKind::Arm { .. } => UseKind::Condition,
            RegionKind::Loop { kind: LoopKind::While | LoopKind::Endless } => UseKind::Condition,
            RegionKind::Loop { .. } => UseKind::Iterated,
            RegionKind::Managed { .. } => UseKind::Entered,
            RegionKind::SelectArm | RegionKind::SelectHandler => UseKind::Raced,
            _ => return,
        };
        self.set_use(region.value, kind, id.0, 0);
    }

    fn mark_operands(&mut self, id: ValueId, kind: ValueKind) {
        let of = id.0;
        match kind {
            ValueKind::Attr { of: base, .. } => self.set_use(base, UseKind::Base, of, 0),
            ValueKind::Item { of: base, index } => {
                self.set_use(base, UseKind::Base, of, 0);
                self.set_use(index, UseKind::Operand, of, 1);
            }
            ValueKind::Call { callee, args, count } => {
                self.set_use(callee, UseKind::Callee, of, 0);
                self.mark_args(args, count, UseKind::Argument, of);
            }
            ValueKind::Method { of: receiver, args, count, .. } => {
                self.set_use(receiver, UseKind::Receiver, of, 0);
                self.mark_args(args, count, UseKind::Argument, of);
            }
            ValueKind::Struct { args, count, .. } | ValueKind::Macro { args, count, .. } => {
                self.mark_args(args, count, UseKind::Argument, of);
            }
            ValueKind::Collection { args, count, .. } => self.mark_args(args, count, UseKind::Element, of),
            ValueKind::Text { args, count } => self.mark_args(args, count, UseKind::Interpolated, of),
            ValueKind::Operation { left, right, .. } => {
                self.set_use(left, UseKind::Operand, of, 0);
                self.set_use(right, UseKind::Operand, of, 1);
            }
            ValueKind::Await { of: awaited } => self.set_use(awaited, UseKind::Awaited, of, 0),
            ValueKind::Try { of: tried } | ValueKind::Cast { of: tried, .. } => {
                self.set_use(tried, UseKind::Tried, of, 0);
            }
            ValueKind::Write { from, .. } => self.set_use(from, UseKind::Bound, of, 0),
            ValueKind::WriteName { from, .. } => self.set_use(from, UseKind::Stored, of, 0),
            ValueKind::WriteAttr { of: base, from, .. } => {
                self.set_use(base, UseKind::Base, of, 0);
                self.set_use(from, UseKind::Stored, of, 0);
            }
            ValueKind::WriteItem { of: base, index, from } => {
                self.set_use(base, UseKind::Base, of, 0);
                self.set_use(index, UseKind::Operand, of, 1);
                self.set_use(from, UseKind::Stored, of, 0);
            }
            ValueKind::Jump { kind, value, .. } => match kind {
                JumpKind::Return => self.set_use(value, UseKind::Returned, of, 0),
                JumpKind::Raise | JumpKind::Reraise => self.set_use(value, UseKind::Raised, of, 0),
                _ => {}
            },
            _ => {}
        }
    }

    fn mark_args(&mut self, args: u32, count: u16, kind: UseKind, of: u32) {
        for n in 0..count {
            let arg = self.args[args as usize + n as usize];
            if arg.kind != ArgKind::Generics {
                self.set_use(arg.value, kind, of, n);
            }
        }
    }
}

fn new_function(nested: NestedFunction, parent: FnId) -> Function {
    Function {
        kind: nested.kind,
        is_async: nested.is_async,
        is_generator: false,
        by_move: nested.by_move,
        name: nested.name,
        parent,
        made: ValueId::NONE,
        span: nested.span,
        start: 0,
        end: 0,
        body: RegionId::NONE,
        params: Slice::default(),
        first_param: LocalId::NONE,
        returns: TyId::NONE,
        captures: Slice::default(),
        decorators: Slice::default(),
    }
}

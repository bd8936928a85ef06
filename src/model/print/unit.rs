//! The lines of one unit.

use super::Printer;
use super::words::{constant, operator, python_import};
use crate::catalogue::TyId;
use crate::model::unit::*;
use crate::model::value::*;
use crate::text::Sym;
use std::fmt::Write;

pub(super) struct UnitPrinter<'p, 'a> {
    printer: &'p mut Printer<'a>,
    unit: &'a Unit,
    /// The regions inside each region, in order.
    children: Vec<Vec<RegionId>>,
}

impl<'p, 'a> UnitPrinter<'p, 'a> {
    pub(super) fn new(printer: &'p mut Printer<'a>, unit: &'a Unit) -> UnitPrinter<'p, 'a> {
        let mut children = vec![Vec::new(); unit.regions.len()];
        for (number, region) in unit.regions.iter().enumerate() {
            if region.parent != RegionId::NONE {
                children[region.parent.0 as usize].push(RegionId(number as u32));
            }
        }
        for list in &mut children {
            list.sort_by_key(|region| (unit.region(*region).start, region.0));
        }
        UnitPrinter { printer, unit, children }
    }

    fn text(&self, sym: Sym) -> &'a str {
        self.printer.facts.text(sym)
    }

    fn ty(&self, id: TyId) -> String {
        self.printer.ty(&self.unit.types, id)
    }

    pub(super) fn unit(&mut self, number: usize) {
        let unit = self.unit;
        for (at, function) in unit.functions.iter().enumerate() {
            let head = match at {
                0 => format!("unit {number} "),
                _ => format!("  fn {at} made by {} ", function.made.0),
            };
            let text = head + &self.function_head(function);
            line!(self.printer, 0, "{text}");
            let decorators = function.decorators.of(&unit.lists);
            if !decorators.is_empty() {
                let list: Vec<_> = decorators.iter().map(u32::to_string).collect();
                line!(self.printer, 4, "decorated by {}", list.join(", "));
            }
            let captures = function.captures.of(&unit.lists);
            if !captures.is_empty() {
                let list: Vec<_> = captures.iter().map(|local| self.local(LocalId(*local))).collect();
                line!(self.printer, 4, "captures {}", list.join(", "));
            }
            self.locals(FnId(at as u32));
            if function.body != RegionId::NONE {
                self.region(function.body, 2, function.start);
            }
            for extent in unit.extents.iter().filter(|it| it.start >= function.start && it.start < function.end) {
                self.extent(extent);
            }
        }
    }

    fn function_head(&self, function: &Function) -> String {
        let mut head = String::new();
        if function.is_async {
            head += "async ";
        }
        if function.by_move {
            head += "move ";
        }
        head += match function.kind {
            FunctionKind::Module => "module",
            FunctionKind::Named => "function",
            FunctionKind::Anonymous => "closure",
            FunctionKind::AsyncBlock => "block",
        };
        if function.name.is_some() {
            let _ = write!(head, " {}", self.text(function.name));
        }
        if function.kind == FunctionKind::Named || function.kind == FunctionKind::Anonymous {
            head += &self.printer.params(&self.unit.types, function.params.of(&self.unit.params));
        }
        if function.returns.is_some() {
            let _ = write!(head, " -> {}", self.ty(function.returns));
        }
        if function.is_generator {
            head += " [generator]";
        }
        head
    }

    fn locals(&mut self, owner: FnId) {
        let unit = self.unit;
        for (number, local) in unit.locals.iter().enumerate() {
            let plain = local.kind == LocalKind::Variable && local.ty.is_none();
            if local.owner != owner || plain || local.kind == LocalKind::Param {
                continue;
            }
            let kind = match local.kind {
                LocalKind::Param => "parameter",
                LocalKind::Variable => "variable",
                LocalKind::Definition => "definition",
                LocalKind::ClassMember => "member",
            };
            let mut text = format!("{kind} {}", self.local(LocalId(number as u32)));
            if local.ty.is_some() {
                let _ = write!(text, ": {}", self.ty(local.ty));
            }
            line!(self.printer, 4, "{text}");
        }
    }

    /// A local by its name; by its number too, where another local of the unit has that name.
    fn local(&self, id: LocalId) -> String {
        let Some(local) = self.unit.locals.get(id.0 as usize) else { return "-".to_string() };
        let same = self.unit.locals.iter().filter(|other| other.name == local.name).count();
        match self.text(local.name) {
            "" => format!("#{}", id.0),
            name if same > 1 => format!("{name}#{}", id.0),
            name => name.to_string(),
        }
    }

    /// Prints the values of a region from `next` on, and returns the first value behind it.
    fn region(&mut self, id: RegionId, indent: usize, mut next: u32) -> u32 {
        let unit = self.unit;
        let region = *unit.region(id);
        let text = self.region_head(id, &region);
        line!(self.printer, indent, "{text}");
        let children = std::mem::take(&mut self.children[id.0 as usize]);
        for child in children {
            let start = unit.region(child).start;
            while next < start {
                self.value(ValueId(next), indent + 2);
                next += 1;
            }
            next = self.region(child, indent + 2, next);
        }
        while next < region.end {
            self.value(ValueId(next), indent + 2);
            next += 1;
        }
        next
    }

    fn region_head(&self, id: RegionId, region: &Region) -> String {
        let mut head = format!("@{} ", id.0);
        head += match region.kind {
            RegionKind::Body => "body",
            RegionKind::Block => "block",
            RegionKind::Branch { exhaustive: true } => "branch exhaustive",
            RegionKind::Branch { exhaustive: false } => "branch",
            RegionKind::Arm { test } => match test {
                ArmTest::True => "arm true",
                ArmTest::False => "arm false",
                ArmTest::Pattern => "arm pattern",
                ArmTest::GuardedPattern => "arm guarded pattern",
                ArmTest::Static => "arm static",
                ArmTest::NotStatic => "arm not static",
            },
            RegionKind::Loop { kind } => match kind {
                LoopKind::For => "loop for",
                LoopKind::AsyncFor => "loop async for",
                LoopKind::While => "loop while",
                LoopKind::Endless => "loop endless",
                LoopKind::Comprehension => "loop comprehension",
                LoopKind::AsyncComprehension => "loop async comprehension",
                LoopKind::Lazy => "loop lazy",
            },
            RegionKind::LoopElse => "loop else",
            RegionKind::Try => "try",
            RegionKind::TryBody => "try body",
            RegionKind::Handler => "handler",
            RegionKind::TryElse => "try else",
            RegionKind::Finally => "finally",
            RegionKind::Managed { is_async: false } => "managed",
            RegionKind::Managed { is_async: true } => "async managed",
            RegionKind::Select => "select",
            RegionKind::SelectArm => "select arm",
            RegionKind::SelectHandler => "select handler",
            RegionKind::Class => "class",
        };
        if region.name.is_some() {
            let _ = write!(head, " `{}`", self.text(region.name));
        }
        if region.value.is_some() {
            let _ = write!(head, " by {}", region.value.0);
        }
        if region.start == region.end && self.children[id.0 as usize].is_empty() {
            head += " (empty)";
        }
        head
    }

    fn value(&mut self, id: ValueId, indent: usize) {
        let value = self.unit.value(id);
        let mut text = format!("{} {}", id.0, self.kind(value.kind));
        if !is_effect_only(value.kind) {
            let _ = write!(text, " -> {}", self.used(value.used));
        }
        line!(self.printer, indent, "{text}");
    }

    fn kind(&self, kind: ValueKind) -> String {
        let text = |sym| self.text(sym);
        match kind {
            ValueKind::Name { name, generics } if generics.is_some() => {
                format!("name {}::<{}>", text(name), self.ty(generics))
            }
            ValueKind::Name { name, .. } => format!("name {}", text(name)),
            ValueKind::Local { local, by: Access::Value } => format!("local {}", self.local(local)),
            ValueKind::Local { local, by: Access::Reference } => format!("local &{}", self.local(local)),
            ValueKind::Local { local, by: Access::Receiver } => format!("local .{}", self.local(local)),
            ValueKind::Const { kind, text: content } => format!("const {}", constant(kind, content, text(content))),
            ValueKind::Attr { of, name } => format!("attr {}.{}", of.0, text(name)),
            ValueKind::Item { of, index } if index.is_none() => format!("item {}[:]", of.0),
            ValueKind::Item { of, index } => format!("item {}[{}]", of.0, index.0),
            ValueKind::Call { callee, args, count } => format!("call {}({})", callee.0, self.args(args, count)),
            ValueKind::Method { of, name, args, count } => {
                format!("call {}.{}({})", of.0, text(name), self.args(args, count))
            }
            ValueKind::Struct { ty, args, count } => format!("struct {} {{{}}}", self.ty(ty), self.args(args, count)),
            ValueKind::Collection { kind, args, count } => {
                let name = match kind {
                    CollectionKind::List => "list",
                    CollectionKind::Tuple => "tuple",
                    CollectionKind::Set => "set",
                    CollectionKind::Dict => "dict",
                };
                format!("{name} [{}]", self.args(args, count))
            }
            ValueKind::Operation { op, left, right } if right.is_none() && left.is_some() && op != BinaryOp::Range => {
                format!("op {}{}", operator(op, true), left.0)
            }
            ValueKind::Operation { op, left, right } => {
                format!("op {} {} {}", number(left), operator(op, false), number(right))
            }
            ValueKind::Choice { region } => format!("choice @{}", region.0),
            ValueKind::Function { function } => format!("function {}", function.0),
            ValueKind::Class { name } => format!("class {}", text(name)),
            ValueKind::Await { of } => format!("! await {}", number(of)),
            ValueKind::Try { of } => format!("try {}", number(of)),
            ValueKind::Cast { of, ty } => format!("cast {} as {}", number(of), self.ty(ty)),
            ValueKind::Text { args, count } => format!("text ({})", self.args(args, count)),
            ValueKind::Macro { path, args, count } => format!("macro {}!({})", text(path), self.args(args, count)),
            ValueKind::Import { import } => {
                let Some(import) = self.unit.imports.get(import as usize) else { return "import".to_string() };
                python_import(text(import.path), import.name, import.level, text(import.name), text(import.alias))
            }
            ValueKind::Unknown => "unknown".to_string(),
            ValueKind::Write { local, from, path, count } => {
                let steps = &self.unit.projections[path as usize..path as usize + count as usize];
                let steps: Vec<_> = steps.iter().map(|step| self.projection(*step)).collect();
                let steps = if steps.is_empty() { String::new() } else { format!(" . {}", steps.join(" . ")) };
                format!("write {} = {}{steps}", self.local(local), number(from))
            }
            ValueKind::WriteName { name, from } => format!("write global {} = {}", text(name), number(from)),
            ValueKind::WriteAttr { of, name, from } => format!("write {}.{} = {}", of.0, text(name), number(from)),
            ValueKind::WriteItem { of, index, from } => {
                let index = if index.is_none() { ":".to_string() } else { index.0.to_string() };
                format!("write {}[{index}] = {}", of.0, number(from))
            }
            ValueKind::Delete { local } => format!("delete {}", self.local(local)),
            ValueKind::Jump { kind, leaves, value } => {
                let name = match kind {
                    JumpKind::Return => "return",
                    JumpKind::Raise => "raise",
                    JumpKind::Reraise => "re-raise",
                    JumpKind::Break => "break",
                    JumpKind::Continue => "continue",
                    JumpKind::Maybe => "maybe",
                };
                let value = if value.is_some() { format!(" {}", value.0) } else { String::new() };
                format!("^ {name}{value}{}", leaving(leaves))
            }
            ValueKind::Suspend { kind, region } => {
                let name = match kind {
                    SuspendKind::Step => "step",
                    SuspendKind::Enter => "enter",
                    SuspendKind::Exit => "exit",
                    SuspendKind::Select => "select",
                    SuspendKind::Join => "join",
                    SuspendKind::Yield => "yield",
                };
                if region == RegionId::NONE { format!("! {name}") } else { format!("! {name} @{}", region.0) }
            }
        }
    }

    fn args(&self, args: u32, count: u16) -> String {
        let list: Vec<_> = self
            .unit
            .args(args, count)
            .iter()
            .map(|arg| match arg.kind {
                ArgKind::Positional => number(arg.value),
                ArgKind::Keyword => format!("{}={}", self.text(arg.name), number(arg.value)),
                ArgKind::Spread => format!("*{}", number(arg.value)),
                ArgKind::KeywordSpread => format!("**{}", number(arg.value)),
                ArgKind::Generics => format!("<{}>", self.ty(TyId(arg.value.0))),
            })
            .collect();
        list.join(", ")
    }

    fn projection(&self, step: Projection) -> String {
        match step {
            Projection::Element => "element".to_string(),
            Projection::Entered => "entered".to_string(),
            Projection::Caught => "caught".to_string(),
            Projection::Part(part) => format!("part {part}"),
            Projection::Rest => "rest".to_string(),
            Projection::Payload(variant, part) => format!("payload {} {part}", self.text(variant)),
            Projection::Field(name) => format!("field {}", self.text(name)),
            Projection::Is(ty) => format!("is {}", self.ty(ty)),
            Projection::Awaited => "awaited".to_string(),
        }
    }

    fn used(&self, used: Use) -> String {
        let of = used.of;
        let region = |name: &str| match of {
            u32::MAX => name.to_string(),
            of => format!("{name} @{of}"),
        };
        let value = |name: &str| match of {
            u32::MAX => name.to_string(),
            of => format!("{name} {of}"),
        };
        let part = |name: &str| format!("{name} {of}.{}", used.n);
        let owner = |name: &str| match used.n {
            0 => format!("{name} definition {of}"),
            2 => format!("{name} class {of}"),
            _ => format!("{name} function {of}"),
        };
        match used.kind {
            UseKind::Discarded => "discarded".to_string(),
            UseKind::Bound => value("bound"),
            UseKind::Stored => value("stored"),
            UseKind::Receiver => value("receiver"),
            UseKind::Base => value("base"),
            UseKind::Callee => value("callee"),
            UseKind::Argument => part("argument"),
            UseKind::Element => part("element"),
            UseKind::Operand => value("operand"),
            UseKind::Condition => region("condition"),
            UseKind::Scrutinee => region("scrutinee"),
            UseKind::Iterated => region("iterated"),
            UseKind::Entered => region("entered"),
            UseKind::Awaited => value("awaited"),
            UseKind::Raced => region("raced"),
            UseKind::Returned => value("returned"),
            UseKind::Yielded => value("yielded"),
            UseKind::Raised => value("raised"),
            UseKind::Choice => value("choice"),
            UseKind::Tried => value("tried"),
            UseKind::Interpolated => part("interpolated"),
            UseKind::Decorates => owner("decorates"),
            UseKind::Default => owner("default"),
            UseKind::Caught => region("caught"),
            UseKind::Deleted => "deleted".to_string(),
        }
    }

    fn extent(&mut self, extent: Extent) {
        let of = if extent.local.is_none() { extent.value.0.to_string() } else { self.local(extent.local) };
        let ending = match extent.ending {
            Ending::Scope => "scope",
            Ending::Moved => "moved",
            Ending::Captured => "captured",
            Ending::Replaced => "replaced",
            Ending::Maybe => "maybe",
        };
        let into = if extent.into.is_some() { format!(" into {}", extent.into.0) } else { String::new() };
        line!(self.printer, 2, "~{of} {}..{} {ending}{into}", extent.start, extent.end);
    }
}

/// Entries of the order that have no value of their own.
fn is_effect_only(kind: ValueKind) -> bool {
    matches!(
        kind,
        ValueKind::Write { .. }
            | ValueKind::WriteName { .. }
            | ValueKind::WriteAttr { .. }
            | ValueKind::WriteItem { .. }
            | ValueKind::Delete { .. }
            | ValueKind::Jump { .. }
            | ValueKind::Suspend { .. }
    )
}

fn number(value: ValueId) -> String {
    if value.is_none() { "-".to_string() } else { value.0.to_string() }
}

fn leaving(region: RegionId) -> String {
    if region == RegionId::NONE { String::new() } else { format!(" leaves @{}", region.0) }
}

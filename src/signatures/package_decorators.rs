//! What decorators of installed Python packages leave as it is.

use super::packages::{Found, Module, World};
use crate::catalogue::{Ty, TyId};
use crate::model::{UnitId, ValueId};
use crate::text::Sym;

/// Whether what a decorator returns is as async as what it is given, and returns the same: by its name, or because
/// it is declared to return what it takes.
pub fn is_transparent(world: &World<'_>, name: &str, module: &Module, decorator: ValueId) -> bool {
    let unit = module.facts.unit(UnitId::MODULE);
    let Some(written) = module.text.get(unit.value(decorator).span.range()) else { return false };
    let written = written.split('(').next().unwrap_or(written).trim();
    if TRANSPARENT.contains(&written.rsplit('.').next().unwrap_or(written)) {
        return true;
    }
    let Some((Found::Function, home)) = world.absolute(name, module, written).and_then(|path| world.find(&path, 0))
    else {
        return false;
    };
    let Some((path, name)) = home.rsplit_once('.') else { return false };
    let Some(module) = world.module(path) else { return false };
    let Some(id) = module.own.get(name) else { return false };
    let outline = &module.facts.outline;
    let name_of = |ty: TyId| match outline.types.get(ty) {
        Ty::Named { path, args } if outline.types.list(args).is_empty() => Some(path),
        _ => None,
    };
    let returns = outline.get(*id).returns;
    if returns.is_none() {
        return false;
    }
    let (taken, given) = match outline.types.get(returns) {
        Ty::Callable { signature } => match outline.types.list(signature) {
            [taken, given] => (name_of(*taken), name_of(*given)),
            _ => (None, None),
        },
        _ => (outline.params(*id).iter().find_map(|param| name_of(param.ty)), name_of(returns)),
    };
    let is_generic = |name: Sym| {
        let name = module.facts.text(name);
        let own = outline.generics(*id).iter().any(|generic| module.facts.text(generic.name) == name);
        own || matches!(
            world.absolute(path, &module, name).and_then(|path| world.find(&path, 0)),
            Some((Found::TypeVar, _))
        )
    };
    taken.is_some() && taken == given && taken.is_some_and(is_generic)
}

/// Decorators that say nothing of what a call returns, or whose meaning is written out.
const TRANSPARENT: [&str; 20] = [
    "DynamicClassAttribute",
    "abstractmethod",
    "asynccontextmanager",
    "cache",
    "cached_property",
    "classmethod",
    "contextmanager",
    "deprecated",
    "distributed_trace",
    "distributed_trace_async",
    "final",
    "lru_cache",
    "no_type_check",
    "overload",
    "override",
    "property",
    "staticmethod",
    "type_check_only",
    "validate_call",
    "wraps",
];

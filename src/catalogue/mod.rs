//! What libraries do, as data: effects written by hand, signatures generated.
//!
//! The only place that knows library names. `data/<language>/<library>.toml` says what calls do, in the closed list of
//! effects of [`schema`]; `data/<language>/signatures/<root>.txt` says what there is: paths, bases, parameters, result
//! types. Knows nothing of facts, of programs or of what is wrong.

mod embedded;
mod layers;
mod load;
mod lookup;
pub mod macros;
mod prelude;
mod read;
pub mod schema;
mod signature_list;
mod signatures;
mod terms;
mod ty;

pub use lookup::{
    Attribute, Catalogue, CatalogueError, Default, Function, FunctionId, Item, Macro, ParamShape, ParamSignature,
    Receiver, Type, TypeId, TypeRef,
};
pub use prelude::{LiteralType, await_words, coroutine_type, derived_traits, lets_go_by_name, literal_type, prelude};
pub use ty::{Language, Ty, TyId, TyList, TyPool};

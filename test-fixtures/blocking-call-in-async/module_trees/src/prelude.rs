pub use crate::inline::*;
pub use crate::net::*;
pub(crate) use crate::placed as somewhere;

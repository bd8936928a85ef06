mod first;
mod second;
mod third;
mod fourth;
mod fifth;
mod sixth;
mod seventh;
mod eighth;

pub use first::*;
pub use second::*;
pub use third::*;
pub use fourth::*;
pub use fifth::*;
pub use sixth::*;
pub use seventh::*;
pub use eighth::*;

#[cfg(unix)]
pub use second::Kind;
#[cfg(windows)]
pub use third::Kind;

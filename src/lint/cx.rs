//! What a lint may ask.

/// The questions that lints ask of a linked program.
#[derive(Debug, Default)]
pub struct Cx<'p> {
    program: std::marker::PhantomData<&'p ()>,
}

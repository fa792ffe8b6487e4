//! SQL as text, without an engine: where statements, names, literals and placeholders begin and end.

mod statement;

pub use statement::Statement;
pub(crate) use statement::*;

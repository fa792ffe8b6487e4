//! SQL as text, without an engine: where statements, names, literals and placeholders begin and end.

mod lexer;
mod statement;

pub(crate) use lexer::{Token, TokenKind, code_tokens, tokens};
pub use statement::Statement;
pub(crate) use statement::*;

//! The one gate for SQL that a user writes: the shell, one query, reports of a user's own and the queries in their headers,
//! adapters.
//!
//! It reads the database and changes nothing. [`admit`] tells a statement by its first words and has the [`Judge`] look
//! through the engine's own parse tree of everything in it that selects; [`RestrictedViews`] keep people whose record is
//! restricted out of what it reads. Neither runs a statement, and neither replaces what the engine and the kernel refuse.

mod judge;
mod parse_tree;
mod restricted_views;
mod statement_kind;

pub(crate) use judge::Judge;
pub(crate) use restricted_views::{RestrictedViews, withheld};
pub(crate) use statement_kind::{Made, StatementKind, TemporaryTable, admit, kind_of, temporary_table};

use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Memory of the engine while it runs SQL of a user, in bytes, unless more is given.
pub(crate) const MEMORY: u64 = 1_000_000_000;
/// How long SQL of a user may take, unless it is given longer.
pub(crate) const TIMEOUT: Duration = Duration::from_mins(5);

/// A failure with the byte of the statement that it is about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PositionedFailure {
    pub(crate) failure: Failure,
    pub(crate) position: Option<usize>,
}

impl From<Failure> for PositionedFailure {
    fn from(failure: Failure) -> Self {
        Self { failure, position: None }
    }
}

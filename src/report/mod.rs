//! Reports: one SQL file each, with typed parameters, run on a read-only database.
//!
//! A [`Library`] holds the reports there are; a [`Report`] is a file taken apart; [`resolve`] makes values of what
//! was given; [`prepare`] runs all but the rows, which [`Ready`] then streams.

mod check;
mod file;
mod guard;
mod header;
mod header_position;
mod library;
mod listing;
mod meta;
mod parameter;
mod ready;
mod scaffold;
mod script;
mod validate;
mod value;

pub use crate::sql_text::Statement;
#[cfg(test)]
pub(crate) use check::RESERVED;
pub use file::{Origin, Report, Setup};
pub use header::{Chart, ChartKind, Header, ItemKind, Parameter, ParameterKind};
pub(crate) use library::{Library, all_problems};
pub(crate) use listing::listing;
pub(crate) use meta::{ListRead, Meta};
pub(crate) use parameter::what_is_right;
pub(crate) use parameter::{Given, choices, problems_without_database, values_held};
pub(crate) use ready::{Fill, Manner, Ready, Rows, prepare};
pub(crate) use scaffold::start;
pub(crate) use script::prepared;
pub(crate) use validate::{columns, empty_schema};
pub(crate) use value::Days;
pub(crate) use value::read_as;

use crate::failure::Failure;

/// The reports the program comes with, by name.
///
/// # Errors
/// When one of them does not parse.
pub fn built_in() -> Result<Vec<Report>, Failure> {
    Ok(Library::open(None)?.reports)
}

//! The database file: created, opened, brought up, and refused where it is not this program's.

mod create;
mod data_date;
mod lists;
mod open;
mod open_failure;
mod sql;
mod stamp;
mod upgrade;
pub(crate) mod verified_cache;

pub use create::create;
pub(crate) use create::{create_with, publish};
pub(crate) use data_date::data_date;
pub(crate) use lists::{ListKind, list_kinds, repeated};
pub use open::Access;
pub(crate) use sql::{quoted, quoted_name, run, sql_file};
pub use stamp::SCHEMA_VERSION;
pub(crate) use stamp::stamp;
pub(crate) use upgrade::upgrade;

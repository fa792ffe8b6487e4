//! `harmrank report`: the list and its explanation in every form, their files, parameters and plain SQL.

mod explain;
mod formats;
mod list;
mod long;
mod output;
mod own;
mod page;
mod parameters;
mod plain_sql;
pub mod terminal;

use crate::support::Desk;

/// The extract of the first transcript: nine people, most cases of the rules once.
const EXTRACT: &str = include_str!("../cmd/first_list.in/extract.csv");
const EXTRACT_DATE: [&str; 2] = ["--extract-date", "2026-06-30"];

fn held() -> Desk {
    Desk::holding(EXTRACT, &EXTRACT_DATE)
}

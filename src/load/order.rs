//! What the user asks to load.

use super::columns::Mapping;
use super::file::Reading;
use super::form;
use crate::failure::Failure;
use jiff::civil::Date;
use std::path::PathBuf;

/// What to load and how.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// Files, or one folder for an adapter that reads one.
    pub(crate) paths: Vec<PathBuf>,
    /// Files of a load by tables, instead, each with the name of its table.
    pub(crate) tables: Vec<(String, PathBuf)>,
    /// Built-in adapter by name, or a file ending in `.sql`.
    pub(crate) adapter: String,
    /// The day the extract was taken; none: the newest report date in it.
    pub(crate) extract_on: Option<Date>,
    /// Report dates, both inclusive, for which the extract is declared complete.
    pub(crate) full: Option<(Date, Date)>,
    /// Give the account and leave the database as it is.
    pub(crate) is_dry: bool,
    /// Refuse what an analyst would have to decide first.
    pub(crate) is_strict: bool,
    /// Statuses of the source taken for statuses of ours.
    pub(crate) values: Vec<Mapping>,
    /// Code system of records that do not say theirs.
    pub(crate) code_system: Option<String>,
    /// What the user said of the files.
    pub(crate) reading: Reading,
}

impl Order {
    /// Fails where crimes are declared complete and no file gives crimes.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        let has_crimes = self.tables.is_empty() || self.tables.iter().any(|(table, _)| table == form::CRIMES);
        if self.full.is_some() && !has_crimes {
            return Err(Failure::usage("declares crimes complete, and no file holds crimes")
                .at("--full")
                .hint("give the crimes with --crimes FILE, or leave --full out"));
        }
        Ok(())
    }
}

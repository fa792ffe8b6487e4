//! The same in the file of protected characteristics, where there is one.

use super::fresh::{self, Draft};
use super::outcome::Held;
use super::references::{attached, find, hash_references, suppress};
use crate::context::Context;
use crate::database::{self, Access, sql_file};
use crate::failure::Failure;
use crate::ledger::Ledger;
use crate::work_folder::WorkFolder;
use duckdb::Connection;

/// The file of protected characteristics, held until this is dropped.
pub(super) struct Protected {
    access: Access,
    workshop: WorkFolder,
    connection: Connection,
    /// What it holds of the person.
    pub(super) held: Vec<Held>,
}

impl Protected {
    /// Opens the file and looks what it holds under the references; nothing where there is no file.
    pub(super) fn open(references: &[String], access: &Access) -> Result<Option<Self>, Failure> {
        let access = access.of_protected();
        if !access.path.exists() {
            if access.path.is_symlink() {
                return Err(Failure::failed("is a link to nothing; nothing was changed")
                    .at_path(&access.path)
                    .hint("bring back the file of protected characteristics, or remove the link"));
            }
            return Ok(None);
        }
        let path = access.path.canonicalize().unwrap_or_else(|_| access.path.clone());
        let access = Access { path, ..access };
        let (workshop, connection) = attached(&access)?;
        find(references, &connection)?;
        database::run(&connection, &sql_file("forget/kept_protected.sql")?)?;
        let counts = sql_file("forget/count_protected.sql")?.text;
        let held: Held = connection.query_row(counts, [], |row| {
            Ok(Held { what: row.get(0)?, now: row.get(1)?, past: row.get(2)? })
        })?;
        let held = Vec::from_iter((held.now + held.past > 0).then_some(held));
        Ok(Some(Self { access, workshop, connection, held }))
    }

    /// Writes the file anew without the references, once for all of them.
    pub(super) fn write(
        &self,
        references: &[String],
        ledger: &Ledger,
        context: &Context,
    ) -> Result<Draft, Failure> {
        hash_references(references, ledger, context, &self.connection)?;
        fresh::write(&self.access, self.workshop.path(), &self.connection)
    }

    /// Puts the references whose hashes are ready on the list of those that no load takes in.
    pub(super) fn suppress(&self) -> Result<(), Failure> {
        suppress(&self.connection)
    }

    /// Puts the new file in the place of the old one.
    pub(super) fn publish(&self, draft: &Draft) -> Result<(), Failure> {
        fresh::publish(draft, &self.access)
    }
}

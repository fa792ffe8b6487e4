//! Who was forgotten, and must not come back with the next extract: known by keyed hashes alone.

use crate::failure::Failure;
use crate::ledger::Ledger;
use duckdb::Connection;
use std::collections::HashSet;

/// The keyed hashes of references that are not taken in.
#[derive(Default)]
pub(super) struct Suppression<'a> {
    marks: HashSet<String>,
    ledger: Option<&'a Ledger>,
}

impl<'a> Suppression<'a> {
    /// Reads the list of a database.
    pub(super) fn of(connection: &Connection, ledger: &'a Ledger) -> Result<Self, Failure> {
        let mut prepared = connection.prepare("select mark, key_id from suppression order by mark")?;
        let rows: Vec<(String, String)> =
            prepared.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        if let Some((_, key_id)) = rows.iter().find(|(_, key_id)| key_id != ledger.key_id()) {
            return Err(Failure::failed(format!(
                "people were forgotten under the key {key_id}, and the key here is {}: a load could bring them back",
                ledger.key_id()
            ))
            .hint("put the key of the ledger back, NAME.ledger.key beside the database unless set; nothing was loaded"));
        }
        Ok(Self { marks: rows.into_iter().map(|(mark, _)| mark).collect(), ledger: Some(ledger) })
    }

    /// True where nobody was forgotten.
    pub(super) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// True for a reference of somebody forgotten.
    pub(super) fn holds(&self, reference: &str) -> bool {
        self.ledger.is_some_and(|ledger| self.marks.contains(&ledger.hashed(reference)))
    }

    /// Refuses to go on where somebody was forgotten since the list was read.
    pub(super) fn still_holds(&self, connection: &Connection) -> Result<(), Failure> {
        let now: usize = connection.query_row("select count(*) from suppression", [], |row| row.get(0))?;
        if now == self.marks.len() {
            return Ok(());
        }
        Err(Failure::failed("somebody was forgotten while the files were read; nothing was loaded")
            .hint("load again"))
    }
}

//! Room on the disk for a load: looked for before, and given back where the load did not come to its end.

use crate::database::Access;
use crate::disk_room;
use crate::failure::Failure;
use crate::paths::{folder_of, log_of};
use std::path::Path;

/// How many bytes of a disk one byte of an extract may take until its load has ended: in the log first, and then in the
/// database as well. Measured: 4.1 for 20,000 flat rows into a small database.
const BYTES_FOR_ONE: u64 = 4;

/// Bytes that stay free beside a load, for the ledger and what other accounts write.
const RESERVE: u64 = 4_000_000;

/// Nothing, or that the disk of a database has no room for a load of files of so many bytes.
pub(super) fn check(database: &Path, bytes: u64) -> Result<(), Failure> {
    let needed = bytes.saturating_mul(BYTES_FOR_ONE).saturating_add(RESERVE);
    disk_room::check(&folder_of(database), needed, "no room on the disk: the load", "load again")
}

/// Size of a database with its log in bytes; nought where there is none.
pub(super) fn size_of(database: &Path) -> u64 {
    let files = [database.to_path_buf(), log_of(database)];
    files.iter().map(|file| file.metadata().map_or(0, |file| file.len())).sum()
}

/// Lets the engine cut off what a load that failed had added to the end of a database. Where that cannot be done now,
/// the next load does it.
pub(super) fn give_back(access: &Access, before: u64) {
    if size_of(&access.path) > before
        && let Ok(connection) = access.write()
    {
        let _ = connection.execute_batch("force checkpoint");
    }
}

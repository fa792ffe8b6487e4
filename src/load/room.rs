//! Room on the disk for a load: looked for before, and given back where the load did not come to its end.

use crate::database::Access;
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
    let folder = folder_of(database);
    // A disk that does not say is tried.
    let Ok(disk) = rustix::fs::statvfs(&folder) else { return Ok(()) };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let needed = bytes.saturating_mul(BYTES_FOR_ONE).saturating_add(RESERVE);
    if free >= needed {
        return Ok(());
    }
    let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
    let message = format!(
        "no room on the disk: the load may need {} MB, and {} MB are free; nothing was changed",
        megabytes(needed),
        megabytes(free)
    );
    Err(Failure::failed(message).at_path(&folder).hint("free some room and load again"))
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

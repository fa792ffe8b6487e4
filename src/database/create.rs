//! A new database: tables, reference rows, macros and views.

use super::open::Access;
use super::sql::run;
use super::stamp::{close, stamp};
use crate::embedded_sql::{self, SqlFile};
use crate::failure::Failure;
use crate::interrupt;
use crate::paths::folder_of;
use crate::work_folder;
use duckdb::{AccessMode, Connection};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use std::path::Path;

/// Creates a database: tables, reference rows, macros and views.
///
/// # Errors
/// When the file exists already or cannot be written.
pub fn create(access: &Access) -> Result<(), Failure> {
    create_with(access, &[])
}

/// The same with tables that other databases do not have.
pub(crate) fn create_with(access: &Access, more: &[SqlFile]) -> Result<(), Failure> {
    let path = &access.path;
    if path.exists() {
        return Err(Failure::failed("exists already; nothing was changed")
            .at_path(path)
            .hint("`harmrank upgrade` brings an older database up, --db FILE names another"));
    }
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(Failure::failed("no such folder").at_path(&folder).hint("create it first"));
    }
    // Complete or not at all: made under another name in the same folder, then renamed.
    let workshop =
        work_folder::begin(&folder, work_folder::INIT).map_err(|error| Failure::io(&error, &folder))?;
    let draft = workshop.path().join("draft.duckdb");
    let connection = Connection::open_with_flags(&draft, access.config(&AccessMode::ReadWrite)?)?;
    interrupt::watch(&connection);
    for file in embedded_sql::installed().iter().chain(more) {
        interrupt::check()?;
        run(&connection, file)?;
    }
    close(connection)?;
    stamp(&draft, access.config(&AccessMode::ReadWrite)?)?;
    interrupt::check()?;
    publish(&draft, path).map_err(|error| Failure::io(&error, path))
}

/// Gives a draft its name, unless a file of that name was made meanwhile.
pub(crate) fn publish(draft: &Path, path: &Path) -> std::io::Result<()> {
    match renameat_with(CWD, draft, CWD, path, RenameFlags::NOREPLACE) {
        // A disk that cannot refuse.
        Err(Errno::INVAL | Errno::NOSYS) if !path.exists() => std::fs::rename(draft, path),
        outcome => Ok(outcome?),
    }
}
